"""Texts of WordPress → HTML: paragraphs, shortcodes, blocks, pictures."""

from pathlib import Path

import pytest

from blog.archive.records import Piece, Weight
from blog.archive.sources.wordpress.body.paragraphs import paragraphs
from tests.archive.wordpress_exports import attachment, body, export, item, losses, records

HALL = "https://old.example/wp-content/uploads/2013/12/hall.jpg"


def joined(html: str) -> str:
    return " ".join(html.replace("\n", " ").split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One.\n\nTwo,\nand a line.", "<p>One.</p> <p>Two,<br> and a line.</p>"),
        ("One.<br /><br />Two.", "<p>One.</p> <p>Two.</p>"),
        (
            "<h2>Head</h2>\nText\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
            "<h2>Head</h2> <p>Text</p> <ul><li>a</li><li>b</li></ul>",
        ),
        ("<blockquote>Said</blockquote>", "<blockquote><p>Said</p> </blockquote>"),
        ("<p>One\n\nTwo</p>", "<p>One</p> <p>Two</p>"),
        ("<div>One</div>", "<div>One</div>"),
        ("<li>One\n\nTwo</li>", "<li><p>One</p> <p>Two</p> </li>"),
        ("<pre>a\n\n  b</pre>", "<pre>a b</pre>"),
        ("Text <em>with\nmarks</em>.", "<p>Text <em>with<br> marks</em>.</p>"),
        ("\r\n\r\n", ""),
        ("1 < 2 and 3 > 2", "<p>1 < 2 and 3 > 2</p>"),
    ],
)
def test_blank_lines_part_paragraphs(typed, shown):
    assert joined(paragraphs(typed)) == shown


def test_lines_in_pre_stay_as_they_were_typed():
    assert paragraphs("<pre>a\n\n  b</pre>").strip() == "<pre>a\n\n  b</pre>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            f'[caption width="300"]<img src="{HALL}" /> The <em>hall</em>[/caption]',
            "<figcaption>The <em>hall</em></figcaption>",
        ),
        (
            f'[caption caption="The &lt;b&gt;hall&lt;/b&gt;"]<img src="{HALL}" />[/caption]',
            "<figcaption>The <b>hall</b></figcaption>",
        ),
        ("[youtube https://www.youtube.com/watch?v=abc&amp;w=640]", 'href="https://www.youtube.com/watch?v=abc"'),
        ("[youtube=https://youtu.be/abc]", 'href="https://youtu.be/abc"'),
        ("[php]if ($a < 1) {}[/php]", "<pre><code>if ($a &lt; 1) {}</code></pre>"),
        ("[ccnle_php]$a;[/ccnle_php]", "<pre><code>$a;</code></pre>"),
        ("Type [cci]ls -l[/cci] now.", "<p>Type <code>ls -l</code> now.</p>"),
        ("A [code review], then [code]x[/code]", "A [code review], then"),
        ("Our [html] notes", "Our [html] notes"),
        ("[slideshare id=12&doc=hall-34]", 'href="https://www.slideshare.net/slideshow/embed_code/12"'),
        (
            '[vc_row][vc_column width="1/2"][vc_column]Left[/vc_column][/vc_column][/vc_row]',
            "<p>Left</p>",
        ),
        ('[toggle title="The sums"]Four.[/toggle]', "<p><strong>The sums</strong></p> <p>Four.</p>"),
        ('[et_pb_image src="https://old.example/a.jpg" /]', '<img src="https://old.example/a.jpg"'),
        ('[vc_btn title="Go" link="/there/"]', '<a href="/there/">Go</a>'),
        ("A [note] and an [alert].", "<p>A [note] and an [alert].</p>"),
        ("[vimeo 123]", 'href="https://vimeo.com/123"'),
        ('[vimeo id="123"]', 'href="https://vimeo.com/123"'),
        ("[embed width=4]https://a.example/x[/embed]", 'href="https://a.example/x"'),
        ("[gist https://gist.github.com/a/1]", 'href="https://gist.github.com/a/1"'),
        ("[tweet 99]", 'href="https://twitter.com/i/status/99"'),
        ("Before\nhttps://a.example/x\nafter", '<a href="https://a.example/x">'),
        ("[quote]Said\n\nand done[/quote]", "<blockquote><p>Said</p> <p>and done</p> </blockquote>"),
        ("[code]if a &lt; b:\n\n    [gallery][/code]", "<pre><code>if a &lt; b: [gallery]</code></pre>"),
        ('[audio src="https://old.example/a.mp3"]', '<audio src="https://old.example/a.mp3"'),
        ("[[gallery]] is how", "[gallery] is how"),
        ("<code>[gallery]</code>", "<code>[gallery]</code>"),
        ("[sic] and [1]", "[sic] and [1]"),
        ("a<!--more Go on-->b", "<p>a</p> <p>b</p>"),
    ],
)
def test_shortcodes_become_what_they_mean(tmp_path: Path, typed, shown):
    assert shown in joined(body(tmp_path, typed))


def test_shortcodes_that_mean_nothing_stay_and_are_named_once(tmp_path: Path):
    found = records(tmp_path, export(item(text='[card color="red"]Hi[/card] [card color="blue"]Ho[/card] [sic]')))

    assert '[card color="red"]Hi[/card]' in next(record.body for record in found if isinstance(record, Piece))
    assert [(loss.what, loss.weight) for loss in losses(found)] == [("shortcode", Weight.CHANGED)]


def test_forms_go_and_are_named(tmp_path: Path):
    found = records(tmp_path, export(item(text="Write: [contact-form][contact-field label='Name' /][/contact-form]")))

    assert next(record.body for record in found if isinstance(record, Piece)) == "<p>Write:</p>"
    assert [(loss.what, loss.weight) for loss in losses(found)] == [("form", Weight.LOST)]


def test_a_gallery_is_its_pictures_in_order(tmp_path: Path):
    files = [attachment(n, f"https://old.example/wp-content/uploads/2013/12/{n}.jpg", post_parent=7) for n in (2, 3, 4)]

    def order(typed: str) -> list[str]:
        return [part[:1] for part in body(tmp_path, typed, *files).split("2013/12/")[1:]]

    assert order('[gallery ids="4,2"]') == ["4", "2"]
    assert order("[gallery]") == ["2", "3", "4"]
    assert order('[gallery exclude="3" columns="2"]') == ["2", "4"]


def test_a_picture_that_is_missing_from_a_gallery_is_named(tmp_path: Path):
    found = losses(records(tmp_path, export(item(text='[gallery ids="404"]'))))

    assert {loss.what for loss in found} == {"picture", "gallery"}


def test_pictures_come_at_full_size_with_their_words(tmp_path: Path):
    file = attachment(9, HALL, meta=[("_wp_attachment_image_alt", "A hall")])
    small = HALL.replace(".jpg", "-300x200.jpg")

    shown = body(tmp_path, f'<a href="{HALL}"><img class="size-medium" src="{small}" alt="" width="300"/></a>', file)

    assert shown == f'<p><img src="{HALL}" alt="A hall"></p>'


def test_a_picture_whose_own_name_ends_like_a_size_is_itself(tmp_path: Path):
    names = [HALL.replace(".jpg", f"-{size}.jpg") for size in ("150x150", "580x300")]
    files = [attachment(n, name) for n, name in enumerate(names, 20)]

    shown = body(tmp_path, f'<img src="{names[1]}?w=200">', *files)

    assert names[1] in shown


def test_a_link_around_a_picture_that_leads_elsewhere_stays(tmp_path: Path):
    shown = body(tmp_path, f'<a href="https://a.example/"><img src="{HALL}"></a>', attachment(9, HALL))

    assert '<a href="https://a.example/">' in shown


def block(name: str, inner: str = "", attributes: str = "") -> str:
    attributes = f"{attributes} " if attributes else ""
    return (
        f"<!-- wp:{name} {attributes}-->\n{inner}\n<!-- /wp:{name} -->" if inner else f"<!-- wp:{name} {attributes}/-->"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (block("paragraph", "<p>One</p>") + "\n\n" + block("paragraph", "<p>Two</p>"), "<p>One</p> <p>Two</p>"),
        (block("group", f"<div>{block('paragraph', '<p>In</p>')}</div>"), "<div> <p>In</p> </div>"),
        (block("spacer", '<div style="height:9px"></div>') + block("paragraph", "<p>x</p>"), "<p>x</p>"),
        (block("more", "<!--more-->") + "<p>x</p>", "<p>x</p>"),
        (
            block(
                "embed",
                "<figure><div>\nhttps://a.example/x\n</div><figcaption>Cap</figcaption></figure>",
                '{"url":"https://a.example/x"}',
            ),
            '<p><a href="https://a.example/x">https://a.example/x</a></p> <p>Cap</p>',
        ),
        (
            block(
                "file",
                f'<div><a href="{HALL}">Hall</a><a href="{HALL}" class="wp-block-file__button">Download</a></div>',
                "{}",
            ),
            f'<p><a href="{HALL}">Hall</a></p>',
        ),
        (
            block(
                "gallery",
                '<figure><ul><li><figure><img src="/a.jpg" alt=""/><figcaption>A</figcaption></figure></li>'
                '<li><figure><img src="/b.jpg" alt=""/></figure></li></ul><figcaption>All</figcaption></figure>',
            ),
            '<figure><img src="/a.jpg" alt=""/><figcaption>A</figcaption></figure> <figure><img src="/b.jpg" alt=""/></figure> <p>All</p>',
        ),
        (
            block(
                "table",
                "<figure><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>Sums</figcaption></figure>",
            ),
            "<table><caption>Sums</caption><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (block("verse", '<pre class="wp-block-verse">Why<br>not?\n\nSo.</pre>'), "<p>Why<br>not?</p><p>So.</p>"),
        (
            block(
                "cover",
                '<div><img class="wp-block-cover__image-background" src="/c.jpg" alt="C"/><div><p>On it</p></div></div>',
            ),
            '<figure><img class="wp-block-cover__image-background" src="/c.jpg" alt="C"/></figure> <div><div><p>On it</p></div></div>',
        ),
        (block("shortcode", "[vimeo 5]"), '<p><a href="https://vimeo.com/5">https://vimeo.com/5</a></p>'),
        (
            block("paragraph", "<p>https://a.example/x</p>"),
            '<p><a href="https://a.example/x">https://a.example/x</a></p>',
        ),
        (
            "Old words\n\nfrom before\n" + block("paragraph", "<p>New</p>"),
            "<p>Old words</p> <p>from before</p> <p>New</p>",
        ),
    ],
)
def test_blocks_become_what_they_show(tmp_path: Path, typed, shown):
    assert joined(body(tmp_path, typed)) == shown


def test_a_reusable_block_is_put_in_and_one_that_holds_itself_ends(tmp_path: Path):
    parts = [
        item(30, block("paragraph", "<p>Again</p>"), kind="wp_block"),
        item(31, block("block", attributes='{"ref":31}'), kind="wp_block"),
        item(text=block("block", attributes='{"ref":30}') + block("block", attributes='{"ref":31}')),
    ]

    found = records(tmp_path, export(*parts))

    assert next(record.body for record in found if isinstance(record, Piece)) == "<p>Again</p>"
    assert ["holds itself" in loss.why for loss in losses(found)] == [True]


def test_dynamic_blocks_and_page_breaks_are_named(tmp_path: Path):
    text = block("latest-posts") + block("paragraph", "<p>x</p>") + block("nextpage", "<!--nextpage-->")

    found = losses(records(tmp_path, export(item(text=text))))

    assert [(loss.what, loss.weight) for loss in found] == [("block", Weight.LOST), ("page break", Weight.NOTED)]


def test_footnotes_come_from_beside_the_text(tmp_path: Path):
    shown = body(tmp_path, block("footnotes"), meta=[("footnotes", '[{"content":"See <em>it</em>","id":"a"}]')])

    assert shown == "<ol><li>See <em>it</em></li></ol>"


def test_a_missing_title_is_made_of_the_first_words(tmp_path: Path):
    found = records(tmp_path, export(item(title="", text="Councils have been here before. " * 9)))

    title = next(record.title for record in found if isinstance(record, Piece))

    assert title.startswith("Councils have been here before.")
    assert len(title) <= 60
    assert [loss.what for loss in losses(found)] == ["title"]
