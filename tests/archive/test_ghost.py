"""Ghost's export arrives: posts, pages, names, tags, cards, addresses, comments."""

import datetime as dt
import json
import zipfile

import pytest

from blog.archive.records import (
    Credit,
    File,
    Loss,
    Moved,
    Page,
    Person,
    Piece,
    PieceState,
    RemarkState,
    Site,
    Topic,
    Weight,
)  # fmt: skip
from blog.archive.sources import ghost
from blog.archive.sources.base import SourceError
from blog.archive.sources.findings import Findings
from blog.archive.sources.ghost.lexical import UnreadableError, lexical_to_html
from blog.archive.sources.ghost.mobiledoc import mobiledoc_to_html
from blog.archive.sources.ghost.rendered import plain_cards

POST = {
    "id": "p1",
    "uuid": "u-1",
    "title": "A title",
    "slug": "a-title",
    "html": '<p>See <a href="__GHOST_URL__/other/">other</a></p>',
    "status": "published",
    "visibility": "public",
    "type": "post",
    "created_at": "2020-01-01T09:00:00.000Z",
    "updated_at": "2020-03-01T09:00:00.000Z",
    "published_at": "2020-02-01T09:00:00.000Z",
    "custom_excerpt": "In short",
    "feature_image": "__GHOST_URL__/content/images/2020/02/head.jpg",
}
USERS = [
    {
        "id": "1",
        "name": "Ann Example",
        "slug": "ann",
        "email": "ann@private.example",
        "password": "$2a$10$digest",
        "bio": "Writes.",
    },
    {"id": "2", "name": "Bob Example", "slug": "bob", "email": "bob@private.example"},
]
TAGS = [{"id": "t1", "name": "News", "slug": "news"}, {"id": "t2", "name": "#internal", "slug": "hash-internal"}]


def export_of(tmp_path, *, name="export.json", **tables):
    data = {"posts": [POST], "users": USERS, "tags": TAGS} | tables
    path = tmp_path / name
    path.write_text(json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.80.0"}, "data": data}]}))
    return path


def read(path, **particulars):
    return list(ghost.open_export(path, **particulars).records())


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


def test_a_post_arrives_with_all_that_belongs_to_it(tmp_path):
    path = export_of(
        tmp_path,
        posts_authors=[
            {"post_id": "p1", "author_id": "1", "sort_order": 1},
            {"post_id": "p1", "author_id": "2", "sort_order": 0},
        ],
        posts_tags=[
            {"post_id": "p1", "tag_id": "t2", "sort_order": 0},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 1},
        ],
        posts_meta=[{"post_id": "p1", "feature_image_alt": "A hall", "feature_image_caption": "The <b>hall</b>"}],
        settings=[{"key": "title", "value": "The blog"}, {"key": "description", "value": "Of towns"}],
    )
    assert ghost.recognises(path, path.read_bytes()[:65536])
    source = ghost.open_export(path, address="https://old.example/")
    records = list(source.records())
    assert source.progress() == 1.0
    assert list(source.records()) == records  # From the beginning again
    assert records[0] == Site("The blog", "Of towns", "https://old.example")
    [piece] = of(Piece, records)
    assert piece.title == "A title"
    assert piece.body == '<p>See <a href="https://old.example/other/">other</a></p>'
    assert piece.standfirst == "In short"
    assert piece.state == PieceState.PUBLISHED
    assert piece.published_at == dt.datetime(2020, 2, 1, 9, tzinfo=dt.UTC)
    assert piece.credits == (Credit("2"), Credit("1"))
    assert piece.tags == ("t1",)
    assert piece.category == ""
    assert piece.lead == "https://old.example/content/images/2020/02/head.jpg"
    assert piece.addresses == ("https://old.example/a-title/",)
    assert of(File, records) == [File(piece.lead, alt="A hall", caption="The <b>hall</b>")]
    assert [(row.name, row.addresses) for row in of(Person, records)] == [
        ("Ann Example", ("https://old.example/author/ann/",)),
        ("Bob Example", ("https://old.example/author/bob/",)),
    ]
    assert [row.name for row in of(Topic, records)] == ["News"]
    assert [(row.what, row.weight) for row in of(Loss, records)] == [("internal tag", Weight.NOTED)]
    assert of(Moved, records) == [Moved("https://old.example/rss/", "/feed/")]


def test_nothing_of_an_account_is_in_the_records(tmp_path):
    said = repr(read(export_of(tmp_path)))
    assert "private.example" not in said
    assert "digest" not in said


@pytest.mark.parametrize(
    ("changes", "state", "has_loss"),
    [
        ({"status": "draft", "published_at": None}, PieceState.DRAFT, False),
        ({"status": "scheduled", "published_at": "2999-01-01 10:00:00"}, PieceState.PUBLISHED, False),
        ({"status": "sent"}, PieceState.DRAFT, True),
        ({"visibility": "paid"}, PieceState.DRAFT, True),
        ({"visibility": "members"}, PieceState.DRAFT, True),
        ({"published_at": "NaN"}, PieceState.PUBLISHED, True),
        ({"codeinjection_head": "<script>1</script>"}, PieceState.PUBLISHED, True),
    ],
)
def test_what_wasnt_public_stays_so(tmp_path, changes, state, has_loss):
    records = read(export_of(tmp_path, posts=[POST | changes], tags=[]))
    [piece] = of(Piece, records)
    assert piece.state == state
    assert bool(of(Loss, records)) == has_loss


def test_old_exports_have_pages_by_a_flag_and_one_author(tmp_path):
    path = tmp_path / "old.json"
    old = {
        "id": 1,
        "title": "About",
        "slug": "about",
        "markdown": "x",
        "html": "<p>x</p>",
        "page": 1,
        "status": "published",
    }
    post = {
        "id": 2,
        "title": "Post",
        "slug": "post",
        "html": "<p>y</p>",
        "page": 0,
        "status": "published",
        "author_id": 1,
    }
    settings = [
        {"key": "permalinks", "value": "/:year/:month/:day/:slug/"},
        {"key": "activeTimezone", "value": "Asia/Tokyo"},
    ]
    post["published_at"] = 1420070400000 - 3_600_000
    path.write_text(
        json.dumps(
            {
                "meta": {"exported_on": 1},
                "data": {"posts": [old, post], "users": [USERS[0] | {"id": 1}], "settings": settings},
            }
        )
    )
    records = read(path, address="https://old.example")
    assert [page.slug for page in of(Page, records)] == ["about"]
    [piece] = of(Piece, records)
    assert piece.credits == (Credit("1"),)
    # Where the site is, the new year has begun
    assert piece.addresses == ("https://old.example/2015/01/01/post/", "https://old.example/post/")


def test_comments_come_with_their_states_and_answers(tmp_path):
    comments = [
        {
            "id": "c1",
            "post_id": "p1",
            "member_id": "m1",
            "status": "published",
            "html": "<p>First</p>",
            "created_at": "2020-02-02 10:00:00",
        },
        {
            "id": "c2",
            "post_id": "p1",
            "parent_id": "c1",
            "status": "hidden",
            "html": "<p>Second</p>",
            "created_at": "2020-02-02 11:00:00",
        },
        {"id": "c3", "post_id": "p1", "status": "deleted", "html": None},
    ]
    records = read(
        export_of(tmp_path, comments=comments, members=[{"id": "m1", "name": "Cal", "email": "cal@x.example"}])
    )
    first, second = of(Piece, records)[0].remarks
    assert (first.name, first.text, first.address, first.state) == (
        "Cal",
        "First",
        "cal@x.example",
        RemarkState.APPROVED,
    )
    assert (second.parent, second.state, second.name) == ("c1", RemarkState.HELD, "Anonymous")
    assert any(loss.what == "comment" for loss in of(Loss, records))


def test_a_zip_brings_its_routes_and_redirects(tmp_path):
    export = export_of(tmp_path)
    path = tmp_path / "backup.zip"
    redirects = [
        {"from": "^\\/old\\/$", "to": "/new/", "permanent": True},
        {"from": "/tree/(.*)", "to": "/wood/"},
        {"from": "/(\\d+)/x", "to": "/$1/"},
    ]
    with zipfile.ZipFile(path, "w") as made:
        made.write(export, "data/export.json")
        made.writestr("data/redirects.json", json.dumps(redirects))
        made.writestr(
            "settings/routes.yaml",
            "collections:\n  /blog/:\n    permalink: /blog/{year}/{slug}/\ntaxonomies:\n  tag: /topic/{slug}/\n",
        )
    records = read(path, member="data/export.json", address="https://old.example")
    assert of(Piece, records)[0].addresses == ("https://old.example/blog/2020/a-title/", "https://old.example/a-title/")
    assert of(Topic, records)[0].addresses == ("https://old.example/topic/news/",)
    assert of(Moved, records)[:2] == [
        Moved("https://old.example/old/", "/new/"), Moved("https://old.example/tree/*", "/wood/"),
    ]  # fmt: skip
    assert [loss.which for loss in of(Loss, records) if loss.what == "redirect"] == ["/(\\d+)/x → /$1/"]


def lexical(*children):
    return json.dumps({"root": {"type": "root", "children": list(children)}})


def words(text, form=0):
    return {"type": "extended-text", "text": text, "format": form}


def test_lexical_becomes_html():
    findings = Findings("x")
    written = lexical(
        {"type": "extended-heading", "tag": "h2", "children": [words("Head")]},
        {"type": "paragraph", "children": [
            words("a < b "), words("both", 3), {"type": "linebreak"},
            {"type": "link", "url": "https://x.example/?a=1&b=2", "children": [words("link")]},
        ]},
        {"type": "list", "listType": "number", "start": 3, "children": [
            {"type": "listitem", "children": [words("one")]},
            {"type": "listitem", "children": [{"type": "list", "listType": "bullet", "children": [
                {"type": "listitem", "children": [words("within")]}]}]},
        ]},
        {"type": "image", "src": "__GHOST_URL__/a.jpg", "alt": 'A "b"', "caption": "<i>c</i>", "width": 10, "height": "x"},
        {"type": "bookmark", "url": "https://x.example/", "metadata": {"title": "There", "description": "D"}},
        {"type": "codeblock", "code": "<b>", "language": "html"},
        {"type": "horizontalrule"},
        {"type": "markdown", "markdown": "*m*"},
        {"type": "toggle", "heading": "<span>Q</span>", "content": "<p>A</p>"},
        {"type": "strange-new-card", "html": "<p>kept</p>"},
    )  # fmt: skip
    html = lexical_to_html(written, findings)
    assert html == (
        "<h2>Head</h2><p>a &lt; b <em><strong>both</strong></em><br>"
        '<a href="https://x.example/?a=1&amp;b=2">link</a></p>'
        '<ol start="3"><li>one<ul><li>within</li></ul></li></ol>'
        '<figure><img src="__GHOST_URL__/a.jpg" alt="A &quot;b&quot;" width="10"><figcaption><i>c</i></figcaption></figure>'
        '<p><a href="https://x.example/">There</a>: D</p>'
        "<pre><code>&lt;b&gt;</code></pre><hr><p><em>m</em></p>\n<h3><span>Q</span></h3><p>A</p><p>kept</p>"
    )
    assert {loss.what for loss in findings.take()} == {"toggle", "card"}


CARDS = [
    ("gallery", {"images": [{"src": "/a.jpg"}, {"src": "/b.jpg"}], "caption": "Two"}, ["/a.jpg", "/b.jpg", "Two"]),
    ("embed", {"html": "<iframe src='https://v.example/1'></iframe>", "caption": "C"}, ["iframe", "C"]),
    ("embed", {"url": "https://v.example/2"}, ['href="https://v.example/2"']),
    ("callout", {"calloutEmoji": "💡", "calloutText": "Mind <b>this</b>"}, ["💡", "<b>this</b>"]),
    ("button", {"buttonUrl": "https://b.example/", "buttonText": "Go"}, ['<a href="https://b.example/">Go</a>']),
    ("header", {"header": "H", "subheader": "S", "buttonEnabled": True, "buttonUrl": "/u", "buttonText": "B"}, ["<h2>H</h2>", "S", "/u"]),
    ("file", {"src": "/f.pdf", "fileTitle": "Report", "fileCaption": "2020"}, ['<a href="/f.pdf">Report</a>', "2020"]),
    ("audio", {"src": "/s.mp3", "title": "Talk"}, ['<a href="/s.mp3">Talk</a>']),
    ("video", {"src": "/v.mp4", "caption": "Film"}, ["/v.mp4", "Film"]),
    ("product", {"productTitle": "P", "productDescription": "D", "productUrl": "/p", "productButton": "Buy", "productRatingEnabled": True, "productStarRating": 4}, ["P", "D", "Buy", "★★★★"]),
    ("call-to-action", {"textValue": "<p>T</p>", "buttonUrl": "/c", "buttonText": "Do"}, ["<p>T</p>", "/c"]),
    ("signup", {"header": "Join", "subheader": "us"}, ["Join", "us"]),
    ("email", {"html": "<p>letter</p>"}, []),
    ("paywall", {}, []),
    ("before-after", {"beforeImage": {"src": "/1.jpg"}, "afterImage": {"src": "/2.jpg"}}, ["/1.jpg", "/2.jpg"]),
    ("code", {"code": "a<b"}, ["<pre><code>a&lt;b</code></pre>"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "particulars", "parts"), CARDS)
def test_each_card_keeps_what_it_says(kind, particulars, parts):
    html = mobiledoc_to_html(json.dumps({"cards": [[kind, particulars]], "sections": [[10, 0]]}), Findings("x"))
    for part in parts:
        assert part in html
    assert bool(html) == bool(parts)


def test_mobiledoc_becomes_html():
    written = {
        "version": "0.3.1",
        "atoms": [["soft-return", "", {}], ["mention", "@ann", {}]],
        "cards": [["hr", {}], ["card-markdown", {"markdown": "## M"}]],
        "markups": [["strong"], ["a", ["href", "https://x.example/"]], ["script"]],
        "sections": [
            [1, "h2", [[0, [], 0, "Head"]]],
            [1, "p", [[0, [0], 0, "a "], [0, [1], 2, "b"], [1, [], 0, 0], [0, [2], 1, "<c>"], [1, [], 0, 1]]],
            [3, "ul", [[[0, [], 0, "one"]], [[0, [0], 5, "two"]]]],
            [10, 0], [10, 1], [10, 99], [1, "p", [[0, [77], 0, "d"]]],
        ],
    }  # fmt: skip
    assert mobiledoc_to_html(json.dumps(written), Findings("x")) == (
        '<h2>Head</h2><p><strong>a <a href="https://x.example/">b</a></strong><br>&lt;c&gt;@ann</p>'
        "<ul><li>one</li><li><strong>two</strong></li></ul><hr><h2>M</h2>\n<p>d</p>"
    )


def test_rendered_cards_become_plain_elements():
    findings = Findings("x")
    html = plain_cards(
        "<p>Before</p>"
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example/">'
        '<div class="kg-bookmark-content"><div class="kg-bookmark-title">There</div><div class="kg-bookmark-description">It &amp; that</div>'
        '<div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://x.example/icon.png"><span class="kg-bookmark-author">X</span></div></div></a></figure>'
        'tail<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Q</h4></div>'
        '<div class="kg-toggle-content"><p>A</p></div></div>'
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">Mind</div></div>'
        '<div class="kg-card kg-signup-card"><h2 class="kg-signup-card-heading">Join</h2><form><input></form></div>'
        '<figure class="kg-card kg-image-card"><img src="/a.jpg" alt="A"></figure>',
        findings,
    )
    assert html == (
        '<p>Before</p><p><a href="https://x.example/">There</a> (X): It &amp; that</p>tail<h3>Q</h3><p>A</p>'
        '<p>! Mind</p><p>Join</p><figure class="kg-card kg-image-card"><img src="/a.jpg" alt="A"></figure>'
    )
    assert {loss.what for loss in findings.take()} == {"toggle", "callout", "form"}


def deep(levels):
    return '{"root":' + '{"type":"quote","children":[' * levels + "]}" * levels + "}"


@pytest.mark.parametrize(
    "written",
    ["", "null", "[]", "{", '{"root": 7}', '{"root": {}}', deep(100), deep(100_000), '{"root": ' + "9" * 5_000 + "}"],
)
def test_lexical_that_cant_be_read_is_said_to_be(written):
    with pytest.raises(UnreadableError):
        lexical_to_html(written, Findings("x"))


@pytest.mark.parametrize(
    "written",
    [
        lexical(7, None, "x", {"type": "text", "text": 7, "format": "x"}),
        lexical({"type": ["x"], "children": {"a": 1}}, {"type": "image", "src": {}}, {"type": "gallery", "images": 3}),
        lexical(
            {"type": "list", "start": 10**30, "children": [[]]}, {"type": "text", "format": 10**40, "text": "\ud800"}
        ),
    ],
)
def test_lexical_of_wrong_kinds_is_read_as_far_as_it_goes(written):
    assert isinstance(lexical_to_html(written, Findings("x")), str)


@pytest.mark.parametrize(
    "changes",
    [
        {"sections": 7},
        {"sections": [[1]], "markups": 3},
        {"sections": [[3, "ul", 7], [10, -1], [99], 7, [1, "p", [[0, [0], 10**9, []]]]]},
    ],
)
def test_mobiledoc_of_wrong_kinds_is_no_traceback(changes):
    written = json.dumps({"markups": [], "cards": [], "atoms": []} | changes)
    try:
        assert isinstance(mobiledoc_to_html(written, Findings("x")), str)
    except UnreadableError:
        assert changes == {"sections": 7}


def test_a_text_that_cant_be_read_is_a_loss_and_the_piece_comes(tmp_path):
    post = POST | {"html": None, "lexical": deep(100), "plaintext": "Plain <words>"}
    records = read(export_of(tmp_path, posts=[post]))
    assert of(Piece, records)[0].body == "<p>Plain &lt;words&gt;</p>"
    assert [loss.weight for loss in of(Loss, records) if loss.what == "text"] == [Weight.LOST]


@pytest.mark.parametrize(
    "content",
    [
        '{"db": [{"meta": {}, "data": {"users": []}}]}',
        '{"db": [{"data": {"posts": [{"id": "1", "title": "cut',
        '{"db": [{"data": {"posts": [{"published_at": NaN}]}}]}',
        '{"db": [{"data": {"posts": [' + '{"a":[' * 200 + "]}" * 200 + "]}}]}",
        '{"db": [{"data": {"posts": [{"id": "\xff"',
        "[]",
    ],
)
def test_a_file_that_is_none_ends_in_a_sentence(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(SourceError):
        read(path)


def test_strange_rows_never_stop_the_rest(tmp_path):
    rows = [
        {"id": None, "title": None}, {"id": "p1"}, POST, {"id": [], "slug": {}, "title": "\ud800" * 3, "status": 7},
        {"id": "x" * 5_000, "title": "t" * 1_000_000, "slug": "../../x", "status": "published", "published_at": "2020-13-45T99:99:99Z"},
    ]  # fmt: skip
    path = export_of(tmp_path, posts=rows, posts_tags=[{"post_id": "p1", "tag_id": "none"}, {"tag_id": None}, 7])
    records = read(path)
    assert len(of(Piece, records)) == 2
    assert all(len(piece.key) < 200 for piece in of(Piece, records))
    assert sum(loss.what == "piece" for loss in of(Loss, records)) == 3
