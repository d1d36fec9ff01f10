"""Feeds arrive, of every kind, whole or as extracts."""

import datetime as dt
import json

import pytest

from blog.archive.records import Credit, File, Loss, Moved, Page, Person, Piece, PieceState, Site, Topic, Weight
from blog.archive.sources import feeds
from blog.archive.sources.base import SourceError
from blog.archive.sources.feeds import reading

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>The &amp; blog</title><link>https://old.example/</link><description>Of towns</description>
<atom:link href="https://old.example/feed/" rel="self" type="application/rss+xml"/>
<item><title>One &amp;amp; only</title><link>https://old.example/2013/12/10/one/</link><guid isPermaLink="false">https://old.example/?p=7</guid>
<pubDate>Tue, 10 Dec 2013 09:00:00 +0100</pubDate><dc:creator>Ann Example</dc:creator><category>Buses</category><category>buses</category>
<description>An extract</description><content:encoded><![CDATA[<p>Whole <iframe src="https://v.example/1"></iframe> <img src="/a.jpg"></p>]]></content:encoded>
<enclosure url="https://old.example/talk.mp3" length="1" type="audio/mpeg"/><slash:comments>3</slash:comments></item>
<item><title>Two</title><link>https://old.example/two.html</link><pubDate>nonsense</pubDate><author>bob@private.example (Bob)</author>
<description>Only this &lt;b&gt;much&lt;/b&gt;</description></item>
<item><title>Two again</title><link>https://old.example/two.html</link></item>
</channel></rss>"""


def written(tmp_path, content, name="feed.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path, **particulars):
    return list(feeds.open_export(path, **particulars).records())


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


def check_rss(records):
    assert records[0] == Site("The & blog", "Of towns", "https://old.example")
    one, two = of(Piece, records)
    assert (one.title, one.slug, one.state) == ("One & only", "one", PieceState.PUBLISHED)
    assert '<iframe src="https://v.example/1"></iframe>' in one.body
    assert '<a href="https://old.example/talk.mp3">talk.mp3</a>' in one.body
    assert one.standfirst == "An extract"
    assert one.published_at == dt.datetime(2013, 12, 10, 8, tzinfo=dt.UTC)
    assert one.addresses == ("https://old.example/2013/12/10/one/", "https://old.example/?p=7")
    assert one.credits == (Credit("Ann Example"),)
    assert one.tags == ("buses",)
    assert two.body == "Only this <b>much</b>"
    assert two.credits == (Credit("Bob"),)
    assert [row.name for row in of(Person, records)] == ["Ann Example", "Bob"]
    assert [row.name for row in of(Topic, records)] == ["Buses"]
    assert of(File, records) == [File("https://old.example/talk.mp3")]
    assert {(loss.what, loss.weight) for loss in of(Loss, records) if loss.which == "Two"} == {
        ("date", Weight.CHANGED), ("text", Weight.CHANGED),
    }  # fmt: skip
    assert [loss.which for loss in of(Loss, records) if loss.what == "piece"] == ["Two again"]
    assert of(Moved, records) == [Moved("https://old.example/feed/", "/feed/")]
    assert "private.example" not in repr(records)


def test_rss_arrives(tmp_path):
    path = written(tmp_path, RSS)
    assert feeds.recognises(path, RSS.encode())
    source = feeds.open_export(path)
    check_rss(list(source.records()))
    check_rss(list(source.records()))
    assert source.progress() == 1.0


def test_a_large_feed_is_read_in_groups_with_the_same_result(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    monkeypatch.setattr(reading, "GROUP", 1)
    check_rss(read(written(tmp_path, RSS)))


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:app="http://www.w3.org/2007/app">
<title>Blogger's</title><author><name>Ann</name><email>ann@private.example</email></author>
<link rel="alternate" href="https://b.example/"/>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2010-01-02T10:00:00.000-08:00</published><updated>2010-01-03T10:00:00Z</updated>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<category scheme="http://www.blogger.com/atom/ns#" term="Label"/><title type="text">Post</title>
<content type="html">&lt;p&gt;Text&lt;/p&gt;</content><link rel="alternate" href="https://b.example/2010/01/post.html"/></entry>
<entry><id>c1</id><published>2010-01-02T12:00:00Z</published><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#comment"/>
<content type="html">Hello&lt;br /&gt;there</content><author><name>Cal</name><email>noreply@blogger.com</email></author>
<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-1" href="https://b.example/2010/01/post.html"/></entry>
<entry><id>p1</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#page"/><title>About</title>
<content type="html">&lt;p&gt;We&lt;/p&gt;</content><link rel="alternate" href="https://b.example/p/about.html"/></entry>
<entry><id>s1</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#settings"/><title>x</title></entry>
<entry><id>d1</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/><title>Draft</title>
<app:control><app:draft>yes</app:draft></app:control><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>X</p></div></content></entry>
</feed>"""


def test_atom_arrives_with_what_blogger_adds(tmp_path):
    records = read(written(tmp_path, ATOM))
    post, draft = of(Piece, records)
    assert (post.title, post.tags, post.credits) == ("Post", ("label",), (Credit("Ann"),))
    assert post.published_at == dt.datetime(2010, 1, 2, 18, tzinfo=dt.UTC)
    assert [(row.name, row.text) for row in post.remarks] == [("Cal", "Hello\nthere")]
    assert (draft.state, draft.published_at) == (PieceState.DRAFT, None)
    assert "<p>X</p>" in draft.body
    assert [(page.title, page.addresses) for page in of(Page, records)] == [
        ("About", ("https://b.example/p/about.html",))
    ]


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://j.example/", "feed_url": "https://j.example/feed.json",
    "authors": [{"name": "Ann"}],
    "items": [
        {"id": 1, "url": "https://j.example/1", "title": "One", "content_html": "<p>x</p>", "summary": "s < t", "date_published": "2020-01-01T00:00:00Z",
         "tags": ["A", "a", None, 7], "image": "https://j.example/a.jpg", "attachments": [{"url": "https://j.example/r.pdf", "title": "Report"}, 5]},
        {"id": "2", "content_text": "Two < three\n\nNext", "authors": [{"name": "Bob"}, {"url": "x"}], "date_published": "never"},
        {"id": None}, 7, {"id": "2"},
    ],
}  # fmt: skip


def test_json_feed_arrives(tmp_path):
    path = written(tmp_path, json.dumps(JSON_FEED), "feed.json")
    assert feeds.recognises(path, path.read_bytes())
    records = read(path)
    one, two = of(Piece, records)
    assert one.body == '<p>x</p><p><a href="https://j.example/r.pdf">Report</a></p>'
    assert (one.standfirst, one.lead, one.credits, one.tags) == (
        "s < t",
        "https://j.example/a.jpg",
        (Credit("Ann"),),
        ("a", "7"),
    )
    assert two.body == "<p>Two &lt; three</p><p>Next</p>"
    assert two.credits == (Credit("Bob"),)
    assert sum(loss.what == "piece" for loss in of(Loss, records)) == 3


@pytest.mark.parametrize(
    "content",
    [
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>'
            "<item rdf:about='https://r.example/1'><title>One</title><link>https://r.example/1</link><description>x</description></item></rdf:RDF>"
        ),
        '<rss version="0.91"><channel><title>T</title><item><title>One</title><link>https://r.example/1</link><description>x</description></item></channel></rss>',
        '<rss version="2.0"><channel><item><title>One</title><link>https://r.example/1</link><description>caf\xe9 &nbsp; & <br></description></item>',
    ],
)
def test_old_and_broken_rss_arrives(tmp_path, content):
    records = read(written(tmp_path, content))
    assert [(row.title, row.addresses) for row in of(Piece, records)] == [("One", ("https://r.example/1",))]


def test_entities_read_no_file_and_take_no_memory(tmp_path):
    bomb = "".join(f'<!ENTITY a{step} "{f"&a{step - 1};" * 10}">' for step in range(1, 10))
    content = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}<!ENTITY leak SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><title>T &leak;</title><item><title>&a9;</title><link>https://r.example/1</link>'
        "<description>&leak; x</description></item></channel></rss>"
    )
    said = repr(read(written(tmp_path, content)))
    assert "root:" not in said
    assert len(said) < 10_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<rss",
        b"<html><body>x</body></html>",
        b'<rss version="2.0"></rss>',
        b'{"version": "x", "items": []}',
        b'{"items": [{"id": 1',
        b"\x00\x01",
    ],
)
def test_what_is_no_feed_ends_in_a_sentence(tmp_path, content):
    with pytest.raises(SourceError):
        read(written(tmp_path, content))


def test_wordpress_s_own_export_is_no_feed(tmp_path):
    head = b'<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    assert not feeds.recognises(tmp_path / "x.xml", head)
    assert not feeds.recognises(tmp_path / "x.html", b"<!DOCTYPE html><html><head></head>")


def test_bloggers_export_of_today_says_what_it_is_in_elements_of_its_own(tmp_path):
    def entry(number, kind, status, more):
        return (
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>{kind}</blogger:type>"
            f"<blogger:status>{status}</blogger:status><author><name>Ann</name></author><title>T{number}</title>"
            f"<content type='html'>&lt;p&gt;So.&lt;/p&gt;</content><published>2013-07-10T10:00:00Z</published>{more}</entry>"
        )

    path = tmp_path / "feed.atom"
    path.write_text(
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'><id>x</id><title>The blog</title>"
        + entry(1, "POST", "LIVE", "<blogger:filename>/2013/07/one.html</blogger:filename>")
        + entry(2, "POST", "DRAFT", "")
        + entry(3, "PAGE", "LIVE", "<blogger:filename>/p/about.html</blogger:filename>")
        + entry(4, "COMMENT", "LIVE", "<blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent>")
        + "</feed>"
    )
    records = list(feeds.open_export(path, address="https://old.example").records())
    one, two = [row for row in records if isinstance(row, Piece)]
    assert (one.title, one.state, len(one.remarks)) == ("T1", PieceState.PUBLISHED, 1)
    assert one.addresses == ("/2013/07/one.html",)
    assert two.state == PieceState.DRAFT
    assert [row.title for row in records if isinstance(row, Page)] == ["T3"]
