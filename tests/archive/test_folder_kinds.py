"""What people's own folders hold: generators' habits, exports of Medium and Substack, and files that are no texts."""

import datetime as dt

import pytest

from blog.archive.formats.markdown.bodies import as_markdown
from blog.archive.records import Loss, Page, Piece, PieceState, Site, Weight
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder.generators import without_tags
from blog.archive.sources.markdown_text import to_html
from tests.archive.test_folder import made, of, read


def piece_of(tmp_path, files, title):
    return next(row for row in of(Piece, read(made(tmp_path, files))) if row.title == title)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{% codeblock Sum lang:python %}\na < b\n{% endcodeblock %}", "\n<pre><code>a &lt; b</code></pre>\n"),
        ("{% img left /a/b.png 300 200 The bees %}", '<img src="/a/b.png" alt="The bees">'),
        ("{% asset_img hive.jpg 'A hive' %}", '<img src="hive.jpg" alt="A hive">'),
        ("{% video /a/b.mp4 640 480 /a/b.png %}", '\n\n<video src="/a/b.mp4" controls></video>\n\n'),
        ("{% youtube abc123 640 480 %}", "\n\n<https://www.youtube.com/watch?v=abc123>\n\n"),
        (
            "{% blockquote Ann %}\nSo.\n{% endblockquote %}",
            "\n\n<blockquote><p><cite>Ann</cite></p>\n\n\nSo.\n\n\n</blockquote>\n\n",
        ),
        ("{% pullquote %}So.{% endpullquote %}", "So."),
        ('{% assign far = 10 | append: "%" %}So.', "So."),
        ("# {{ page.title }}", "# Bees"),
        ("{{ '/a.png' | prepend: site.baseurl }}", "/a.png"),
        ("Write `{{ x }}` here", "Write `{{ x }}` here"),
        ("```\n{% if x %}\n```", "```\n{% if x %}\n```"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{{</* figure src=1 */>}}", "{{< figure src=1 >}}"),
    ],
)
def test_tags_become_what_they_mean_and_stay_in_code(written, meant):
    findings = Findings("x")
    assert without_tags(written, findings, address_of=lambda _name: "", known={"page.title": "Bees"}) == meant
    assert not findings.take()


def test_the_end_of_a_tag_is_no_loss_of_its_own():
    findings = Findings("x")
    assert without_tags("{% if a %}So{% else %}No{% endif %}", findings, address_of=lambda _name: "") == "SoNo"
    assert len(findings.take()) == 1


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("So.\n{: .lead }", "<p>So.</p>"),
        ("* Contents\n{:toc}\n\nSo.", "<p>So.</p>"),
        ("[[TOC]]\n\nSo.", "<p>So.</p>"),
        ("## So {#so}", "<h2>So</h2>"),
        ("![a](b.png){: width='3' .x}", '<p><img src="b.png" alt="a" /></p>'),
        ("`{: .x}` and {:.2f}", "<p><code>{: .x}</code> and {:.2f}</p>"),
        (
            "So.[^1]\n\n```\na[^1]\n```\n\n[^1]: See `b`.",
            "<p>So.<sup>1</sup></p>\n<pre><code>a[^1]\n</code></pre>\n<ol><li>See <code>b</code>.</li></ol>",
        ),
    ],
)
def test_lists_of_attributes_go_and_notes_beside_code_come(written, html):
    assert to_html(written).strip() == html


def test_the_date_is_the_first_that_can_be_read(tmp_path):
    records = read(
        made(
            tmp_path,
            {
                "_posts/2015-11-15-one.md": "---\ntitle: One\ndate: 2015-11-15 15.45\n---\nSo.",
                "content/two.md": '+++\ntitle = "Two"\npath = "2014/12/12/two"\n+++\nSo.',
            },
        )
    )
    dates = {row.title: row.published_at for row in of(Piece, records)}
    assert dates == {
        "One": dt.datetime(2015, 11, 15, tzinfo=dt.UTC),
        "Two": dt.datetime(2014, 12, 12, tzinfo=dt.UTC),
    }
    assert "/2014/12/12/two" in next(row for row in of(Piece, records) if row.title == "Two").addresses


def test_what_is_no_text_of_the_blog_is_named_and_left(tmp_path):
    records = read(
        made(
            tmp_path,
            {
                "_posts/2015-11-15-one.md": "---\ntitle: One\n---\nSo.",
                "_posts/2015-11-16-two.md": "---\ntitle: Two\n---\nSo.",
                "_drafts/three.md": "---\ntitle: Three\npublished: true\n---\nSo.",
                "tag/bees.md": "---\nlayout: tags\ntag: bees\n---\n",
                "archive.md": "---\ntitle: All\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}",
                "AGENTS.md": "Be kind.",
                "_trash/old.md": "Old.",
                "old/four.rst": "Four\n====\n",
            },
        )
    )
    assert {(row.title, row.state) for row in of(Piece, records)} == {
        ("One", PieceState.PUBLISHED),
        ("Two", PieceState.PUBLISHED),
        ("Three", PieceState.DRAFT),
    }
    assert not of(Page, records)
    told = {loss.which: loss.weight for loss in of(Loss, records)}
    assert told["old/four.rst"] == Weight.LOST
    assert {"tag/bees.md", "archive.md", "AGENTS.md", "_trash/"} <= told.keys()


def test_a_lone_readme_comes_and_isnt_called_left(tmp_path):
    records = read(made(tmp_path, {"README.md": "# One\n\nSo."}))
    assert [row.title for row in of(Piece, records)] == ["One"]
    assert not [loss for loss in of(Loss, records) if loss.weight == Weight.NOTED]


def test_pelicans_settings_are_read_and_never_run(tmp_path):
    files = {
        "pelicanconf.py": "SITENAME = 'The blog'\nSITEURL = 'https://old.example'\nAUTHOR = 'Ann Example'\n"
        "ARTICLE_URL = 'blog/{date:%Y}/{date:%m}/{slug}/'\nraise SystemExit\n",
        "content/one.md": "Title: One\nDate: 2013-07-10\n\nSee [two]({filename}two.md) and ![a]({static}/images/a.png).",
        "content/two.md": "Title: Two\nDate: 2013-07-11\n\nSo.",
        "content/images/a.png": b"x",
    }
    records = read(made(tmp_path, files))
    one = next(row for row in of(Piece, records) if row.title == "One")
    assert records[0] == Site("The blog", "", "https://old.example")
    assert [credit.person for credit in one.credits] == ["Ann Example"]
    assert "https://old.example/blog/2013/07/one/" in one.addresses
    assert 'href="https://old.example/blog/2013/07/two/"' in one.body
    assert 'src="https://old.example/content/images/a.png"' in one.body


def test_permalinks_of_a_section_are_hugos(tmp_path):
    files = {
        "hugo.toml": 'baseURL = "https://old.example/"\n[permalinks]\nposts = "/:year/:month/:slug/"\n',
        "content/posts/one.md": '+++\ntitle = "One and Two"\ndate = 2013-07-10\n+++\nSo.',
        "content/posts/deep.md": '+++\ntitle = "Deep"\ndate = 2013-07-10\nslug = "a/b"\n+++\nSo.',
    }
    assert {"https://old.example/2013/07/one/", "https://old.example/2013/07/one-and-two/"} <= set(
        piece_of(tmp_path, files, "One and Two").addresses
    )
    assert "https://old.example/2013/07/a/b/" in piece_of(tmp_path, files, "Deep").addresses


def test_texts_in_public_are_texts_and_pages_in_it_are_not(tmp_path):
    files = {
        "public/one/index.md": "---\ntitle: One\ndate: 2013-07-10\n---\nSo.",
        "public/one/index.html": "<html><body>One</body></html>",
    }
    records = read(made(tmp_path, files))
    assert [(row.title, row.addresses[0]) for row in of(Piece, records)] == [("One", "/one/")]


def test_mdx_comes_without_its_program(tmp_path):
    files = {
        "one.mdx": "---\ntitle: One\n---\nimport X from './x'\n\nSo. <Chart a={1} />\n\n```\nimport b\n<Tag>\n```\n"
    }
    records = read(made(tmp_path, files))
    (one,) = of(Piece, records)
    assert one.body == "<p>So.</p>\n<pre><code>import b\n&lt;Tag&gt;\n</code></pre>"
    assert any("<Chart>" in loss.why for loss in of(Loss, records))


def test_eleventys_front_matter_in_javascript_is_read_where_it_is_plain(tmp_path):
    files = {
        "blog/one/one.md": '---js\nconst title = "One";\nconst date = "2013-07-10";\nconst draft = true;\n---\nSo.',
        "two.md": "So.",
    }
    one = piece_of(tmp_path, files, "One")
    assert (one.state, one.body, one.addresses[0]) == (PieceState.DRAFT, "<p>So.</p>", "/blog/one/")


def test_addresses_beside_an_authors_name_stay_where_they_were(tmp_path):
    files = {"one.md": '---\ntitle: One\nauthor: "Ann Example <ann@old.example>, https://ann.example"\n---\nSo.'}
    assert [credit.person for credit in piece_of(tmp_path, files, "One").credits] == ["Ann Example"]


def test_mediums_export_arrives(tmp_path):
    post = (
        '<html><head><title>x</title></head><body><article class="h-entry"><header><h1 class="p-name">One</h1></header>'
        '<section class="p-summary">Short</section><section class="e-content"><h3 class="graf graf--title">One</h3>'
        '<h4 class="graf graf--subtitle">Short</h4><p>So.</p></section><footer>{}</footer></article></body></html>'
    )
    said = (
        '<p><a class="p-author">Ann Example</a> <time class="dt-published" datetime="2018-08-11T11:23:34Z">x</time></p>'
        '<a class="p-tag">Bees</a><a href="https://medium.com/@ann/one-1" class="p-canonical">Canonical link</a>'
    )
    records = read(
        made(
            tmp_path,
            {
                "posts/2018-08-11_One-1.html": post.format(said),
                "posts/draft_Two-2.html": post.format(""),
                "profile/profile.html": "<html><body>Ann</body></html>",
            },
        )
    )
    one, two = of(Piece, records)
    assert (one.title, one.standfirst, one.body, one.tags) == ("One", "Short", "<p>So.</p>", ("bees",))
    assert one.published_at == dt.datetime(2018, 8, 11, 11, 23, 34, tzinfo=dt.UTC)
    assert one.addresses[0] == "https://medium.com/@ann/one-1"
    assert [credit.person for credit in one.credits] == ["Ann Example"]
    assert two.state == PieceState.DRAFT
    assert not of(Page, records)


def test_substacks_export_arrives(tmp_path):
    listed = (
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
        "11.one,2019-07-26T20:48:19.814Z,true,,newsletter,everyone,One &amp; all,Short,https://a.example/one.mp3\n"
        "12.two,2019-07-27T20:48:19.814Z,true,,newsletter,only_paid,Two,,\n13.three,,false,,newsletter,everyone,,,\n"
    )
    text = '<p>So.</p><p class="button-wrapper"><a href="https://a.example/subscribe">Subscribe</a></p>'
    files = {"posts.csv": listed} | {f"posts/{name}.html": text for name in ("11.one", "12.two", "13.three")}
    records = read(made(tmp_path, files), address="https://a.example")
    one, two, three = of(Piece, records)
    assert (one.title, one.standfirst, one.slug) == ("One & all", "Short", "one")
    assert one.published_at == dt.datetime(2019, 7, 26, 20, 48, 19, tzinfo=dt.UTC)
    assert one.addresses[0] == "https://a.example/p/one"
    assert one.body == '<audio src="https://a.example/one.mp3" controls></audio><p>So.</p>'
    # What readers paid for isn't made public by moving
    assert (two.state, three.state) == (PieceState.DRAFT, PieceState.DRAFT)
    assert any(loss.which in {"posts/12.two.html", "Two"} for loss in of(Loss, records))


@pytest.mark.parametrize("prose", ["<p>{: .x}</p>", "<p>a{: .x}</p>", "<h2>a {#x}</h2>", "<p>[TOC]</p>"])
def test_our_own_markdown_says_such_signs_so_that_they_stay(prose):
    assert to_html(as_markdown(prose)).strip() == prose
