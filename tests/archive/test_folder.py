"""Folders of Markdown and HTML arrive, with whatever stands above their texts."""

import datetime as dt
import zipfile

import pytest

from blog.archive.records import (
    Credit,
    File,
    Loss,
    MenuEntry,
    Notice,
    Page,
    Person,
    Piece,
    PieceState,
    RemarkState,
    Site,
    Topic,
    TopicKind,
    Weight,
)  # fmt: skip
from blog.archive.sources import folder
from blog.archive.sources.base import SourceError
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder import front_matter
from blog.archive.sources.folder.generators import without_tags
from blog.archive.sources.folder.html_page import first_heading, read_page
from blog.archive.sources.markdown_text import to_html
from blog.archive.sources.safe_yaml import YamlError, load_yaml


def made(tmp_path, files):
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def read(path, **particulars):
    return list(folder.open_export(path, **particulars).records())


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


JEKYLL = {
    "_config.yml": "title: The blog\nurl: https://old.example\nbaseurl: /blog\ntimezone: Europe/London\nauthor: ann\n",
    "_data/authors.yml": "ann:\n  name: Ann Example\n  bio: Writes\n",
    "_layouts/post.html": "{{ content }}",
    "index.html": "---\nlayout: default\n---\n{% for post in site.posts %}{% endfor %}",
    "_posts/2013-07-10-hello.md": '---\ntitle: "Hello: there"\nauthor: ann\ntags: [a, B]\ncategories: news towns\nimage: /images/x.jpg\n'
    "date: 2013-07-10 10:00:00\n---\n# Hello: there\n\nSee ![pic](../images/x.jpg), [next]({% post_url 2014-01-01-two %}) "
    "and [that](2014-01-01-two.md#part).\n\n{% highlight ruby %}\na < {{ b }}\n{% endhighlight %}\n\n{% include foo.html %}\n",
    "_posts/2014-01-01-two.md": "---\ntitle: Two\npublished: false\n---\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "_drafts/three.md": "Three words here",
    "about.md": "---\nlayout: page\ntitle: About\nposition: 2\n---\nWe are.\n",
    "README.md": "# How to build",
    "images/x.jpg": b"x",
}


def test_jekyll_arrives(tmp_path):
    path = made(tmp_path, JEKYLL)
    assert folder.recognises(path, b"")
    source = folder.open_export(path)
    records = list(source.records())
    assert source.progress() == 1.0
    assert list(source.records()) == records
    assert records[0] == Site("The blog", "", "https://old.example/blog")
    hello, two, three = (
        next(row for row in of(Piece, records) if row.title == title) for title in ("Hello: there", "Two", "Three")
    )
    assert hello.body == (
        '<p>See <img src="https://old.example/blog/images/x.jpg" alt="pic" />, <a href="https://old.example/blog/2014/01/01/two.html">next</a> '
        'and <a href="https://old.example/blog/2014/01/01/two.html#part">that</a>.</p>\n<pre><code>a &lt; {{ b }}</code></pre>'
    )
    assert hello.published_at == dt.datetime(2013, 7, 10, 9, tzinfo=dt.UTC)  # In London it is summer
    assert hello.addresses[0] == "https://old.example/blog/news/towns/2013/07/10/hello.html"
    assert (hello.category, hello.also_in, hello.tags) == ("news", ("towns",), ("a", "b"))
    assert hello.lead == "https://old.example/blog/images/x.jpg"
    assert [(row.key, row.name, row.about) for row in of(Person, records)] == [("ann", "Ann Example", "Writes")]
    assert hello.credits == (Credit("ann"),)
    assert (two.state, three.state) == (PieceState.DRAFT, PieceState.DRAFT)
    assert "<td>1</td>" in two.body
    assert [(page.title, page.position) for page in of(Page, records)] == [("About", 2)]
    assert of(MenuEntry, records) == [MenuEntry("about.md", 2)]
    said = {loss.which for loss in of(Loss, records)}
    assert {"README.md", "index.html", "_layouts/", "Hello: there"} <= said


def test_a_zip_of_a_folder_arrives_as_the_folder_does(tmp_path):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in JEKYLL.items():
            archive.writestr(f"site-main/{name}", content)
        archive.writestr("site-main/../../evil.md", "# Evil")
    records = read(path)
    assert {row.title for row in of(Piece, records)} == {"Hello: there", "Two", "Three"}
    hello = next(row for row in of(Piece, records) if row.title == "Hello: there")
    assert hello.addresses[0] == "https://old.example/blog/news/towns/2013/07/10/hello.html"
    assert 'src="https://old.example/blog/site-main/images/x.jpg"' in hello.body
    assert "site-main/../../evil.md" in {loss.which for loss in of(Loss, records)}


def test_hugo_arrives(tmp_path):
    path = made(tmp_path, {
        "hugo.toml": 'baseURL = "https://h.example/"\ntitle = "H"\n',
        "content/posts/first/index.md": '+++\ntitle = "First"\ndate = 2020-03-01T10:00:00Z\nlastmod = 2020-04-01\nauthors = ["Ann", "Bob"]\n'
        'series = ["Walks"]\nseries_order = 2\naliases = ["/old/first/"]\ndraft = false\n[cover]\nimage = "head.jpg"\nalt = "Head"\n+++\n'
        '{{< figure src="head.jpg" caption="C" >}}\n\n{{< youtube abc_DEF-1 >}}\n\n[x]({{< ref "second.md" >}}) {{< strange a="b" >}}\n',
        "content/posts/first/head.jpg": b"x",
        "content/posts/second.md": '{"title": "Second", "date": "2020-05-01", "tags": "x, y z", "expiryDate": "2021-01-01"}\nText',
        "content/about.md": "---\ntitle: About\n---\nWe\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    })  # fmt: skip
    records = read(path)
    first, second = (next(row for row in of(Piece, records) if row.title == title) for title in ("First", "Second"))
    assert first.body == (
        '<figure><img src="https://h.example/content/posts/first/head.jpg" alt="C"><figcaption>C</figcaption></figure>\n'
        '<p><a href="https://www.youtube.com/watch?v=abc_DEF-1">https://www.youtube.com/watch?v=abc_DEF-1</a></p>\n'
        '<p><a href="https://h.example/posts/second/">x</a></p>'
    )
    assert (first.slug, first.series, first.part) == ("first", "walks", 2)
    assert first.addresses[:2] == ("https://h.example/old/first/", "https://h.example/posts/first/")
    assert first.changed_at == dt.datetime(2020, 4, 1, tzinfo=dt.UTC)
    assert first.credits == (Credit("Ann"), Credit("Bob"))
    assert of(File, records)[0].alt == "Head"
    assert second.state == PieceState.DRAFT
    assert second.tags == ("x", "y z")
    assert [page.title for page in of(Page, records)] == ["About"]
    assert {(loss.what, loss.weight) for loss in of(Loss, records) if loss.which == "First"} == {
        ("shortcode", Weight.LOST)
    }


OURS = """---
key: post:one
title: One
slug: one
state: published
date: 2024-05-06T07:08:09+00:00
updated: 2024-06-01T00:00:00+00:00
authors:
- name: Ann Example
  slug: ann
  role: Councillor
  organisation: Town Council
- name: Nobody
  slug: nobody
  pen_name: true
category: News
tags: [Buses, Two words]
series:
  name: Walks
  part: 3
  planned_parts: 5
standfirst: In short
introduction: <p>By <em>us</em></p>
introduced_by: {name: Bob Example, slug: bob}
lead:
  address: /media/a.jpg
  alt: A hall
  caption: The hall
  credit: Ann
comments_open: false
comments:
- {key: c1, name: Cal, text: "First\\n\\nSecond", date: 2024-05-07T00:00:00+00:00}
- {key: c2, name: Dee, text: "Yes", date: 2024-05-08T00:00:00+00:00, parent: c1, state: held}
notices:
- {kind: correction, date: 2024-06-01T00:00:00+00:00, note: A name}
permalink: /2024/05/06/one/
aliases: ["/?p=7"]
format: html
---
<p>Text *as it is*</p>
"""


def test_every_field_that_is_documented_is_read(tmp_path):
    path = made(tmp_path, {
        "posts/one.md": OURS,
        "authors/ann.md": "---\nkind: author\ntitle: Ann Example\nslug: ann\n---\nWrites *well*.\n",
        "series/walks.md": "---\nkind: series\ntitle: Walks\nslug: long-walks\nplanned_parts: 6\n---\n",
        "site.md": "---\nkind: site\ntitle: Ours\nstrapline: Of towns\naddress: https://o.example\n---\n",
    })  # fmt: skip
    records = read(path, address="https://o.example")
    assert records[0] == Site("Ours", "Of towns", "https://o.example")
    [one] = of(Piece, records)
    assert one == Piece(
        key="post:one",
        title="One",
        body="<p>Text *as it is*</p>",
        slug="one",
        standfirst="In short",
        introduction="<p>By <em>us</em></p>",
        introduced_by="bob",
        lead="/media/a.jpg",
        published_at=dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC),
        changed_at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC),
        credits=(Credit("ann", "Councillor", "Town Council"), Credit("nobody")),
        category="news",
        tags=("buses", "two words"),
        series="walks",
        part=3,
        comments_open=False,
        remarks=one.remarks,
        notices=(Notice("correction", dt.datetime(2024, 6, 1, tzinfo=dt.UTC), "A name"),),
        addresses=(
            "https://o.example/2024/05/06/one/",
            "https://o.example/?p=7",
            "https://o.example/posts/one/",
            "https://o.example/posts/one.html",
        ),
    )
    assert [(row.key, row.name, row.text, row.parent, row.state) for row in one.remarks] == [
        ("c1", "Cal", "First\n\nSecond", "", RemarkState.APPROVED),
        ("c2", "Dee", "Yes", "c1", RemarkState.HELD),
    ]
    people = {row.key: row for row in of(Person, records)}
    assert (people["ann"].name, people["ann"].about) == ("Ann Example", "<p>Writes <em>well</em>.</p>\n")
    assert people["nobody"].is_pen_name
    assert people["bob"].name == "Bob Example"
    walks = next(row for row in of(Topic, records) if row.kind == TopicKind.SERIES)
    assert (walks.slug, walks.planned_parts) == ("long-walks", 6)
    assert of(File, records) == [File("/media/a.jpg", alt="A hall", caption="The hall", credit="Ann")]


PAGE = b"""<!DOCTYPE html><html><head><meta charset="windows-1252"><title>One | Site</title><link rel="canonical" href="https://s.example/one">
<meta name="author" content="Ann"><meta property="article:published_time" content="2019-02-03T04:05:06+00:00">
<meta name="keywords" content="a, b"><meta name="description" content="In short"><script>evil()</script></head>
<body><nav>Menu</nav><article><header><h1>One caf\xe9</h1></header><p>Text <img src="a.jpg"> <a href="two.html">two</a></p>
<aside>Related</aside></article><footer>Foot</footer></body></html>"""


def test_pages_of_html_arrive(tmp_path):
    path = made(
        tmp_path, {"one.html": PAGE, "two.html": "<html><body><h1>Two</h1><p>x</p></body></html>", "a.jpg": b"x"}
    )
    records = read(path)
    one, two = of(Piece, records)[0], of(Page, records)[0]
    assert (one.title, one.standfirst, one.tags) == ("One café", "In short", ("a", "b"))
    assert one.body == '<p>Text <img src="/a.jpg"> <a href="/two/">two</a></p>'
    assert one.addresses[0] == "https://s.example/one"
    assert one.published_at == dt.datetime(2019, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    assert (two.title, two.body) == ("Two", "<p>x</p>")


def test_without_any_date_that_of_the_file_holds_and_is_told(tmp_path):
    records = read(made(tmp_path, {"a.md": "# Title\n\nText"}) / "a.md")
    [piece] = of(Piece, records)
    assert (piece.title, piece.body) == ("Title", "<p>Text</p>")
    assert piece.published_at.year > 2000
    assert [(loss.what, loss.weight) for loss in of(Loss, records)] == [("date", Weight.CHANGED)]


@pytest.mark.parametrize(
    "above",
    [
        "a: &a [x]\nb: [*a, *a]", "!!python/object/apply:os.system ['x']", "a: !!python/name:os.system x", "a: [" * 50, "a: {" * 5_000,
        "title: [unclosed", "a: " + "x" * 300_000, "\t- x", "a: !!timestamp x", "x: 2020-99-99T99:99:99Z\n: :", "? {a: b}\n: c",
        "a: " + "9" * 5_000, "a: 0x" + "f" * 5_000, "a: 1:2:3:4", "? [1]\n: 2", "<<: 3", "a: .nan\nb: .inf\ndate: .nan", "- a\n- b", "just text",
    ],
)  # fmt: skip
def test_hostile_yaml_ends_in_a_line_of_the_report(tmp_path, above):
    records = read(made(tmp_path, {"2020-01-01-a.md": f"---\n{above}\n---\n\n# T\n\nText"}))
    assert len(of(Piece, records)) == 1
    assert "Text" in of(Piece, records)[0].body


def test_yaml_gives_plain_values_alone():
    assert load_yaml("a: 2020-01-01\nb: 12:30\nc: 7\nd: 99999999999999999999\ne: 2020-02-30") == {
        "a": dt.date(2020, 1, 1), "b": "12:30", "c": 7, "d": "99999999999999999999", "e": "2020-02-30",
    }  # fmt: skip
    with pytest.raises(YamlError, match="anchors"):
        load_yaml("a: &a [x]\nb: *a")


@pytest.mark.parametrize(
    ("written", "found", "text"),
    [
        ("---\ntitle: A\n---\nx", {"title": "A"}, "x"),
        ("\ufeff---\r\nTitle: A\r\n...\r\nx", {"title": "A"}, "x"),
        (
            "+++\ntitle = 'A'\n[extra]\nseries = 's'\n+++\nx",
            {"title": "A", "extra": {"series": "s"}, "series": "s"},
            "x",
        ),
        ('{"title": "A"}\nx', {"title": "A"}, "\nx"),
        ("Title: A\nDate: 2020-01-01\n\nx", {"title": "A", "date": "2020-01-01"}, "\nx"),
        ("Note: this is a text\n\nx", {}, "Note: this is a text\n\nx"),
        ("---\nA rule, no front matter", {}, "---\nA rule, no front matter"),
        ("{braces}", {}, "{braces}"),
        ("+++\nbroken = = \n+++\nx", {"draft": True}, "x"),
    ],
)
def test_front_matter_of_each_kind(written, found, text):
    assert front_matter.part(written, Findings("x")) == (found, text)


def test_footnotes_become_notes():
    assert to_html("A[^x] b[^y] c[^x] d[^none]\n\n[^y]: The *second*\n    and on\n[^x]: First\n[^z]: Lone") == (
        "<p>A<sup>1</sup> b<sup>2</sup> c<sup>1</sup> d[^none]</p>\n"
        "<p>Lone</p><ol><li>First</li><li>The <em>second</em> and on</li></ol>"
    )
    assert "[^1]" in to_html("```\na[^1]\n```\n\n[^1]: x")


@pytest.mark.parametrize(
    "written",
    [
        ">" * 5_000,
        "[" * 5_000,
        "*a " * 5_000,
        "- " * 5_000,
        "<div>" * 5_000,
        "`" * 5_001,
        "{{<" * 20_000,
        "{% highlight x %}" * 5_000,
    ],
)
def test_markdown_that_was_made_to_hurt_takes_no_time(written):
    assert len(to_html(without_tags(written, Findings("x"), address_of=lambda name: ""))) < 2_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"\x00<html>",
        b"<html>" + b"<div>" * 10_000 + b"x",
        "<html><meta content='\udcff'>".encode("utf-8", "surrogateescape"),
    ],
)
def test_broken_pages_are_no_traceback(content):
    said, body = read_page(content)
    assert isinstance(said, dict)
    assert isinstance(body, str)


def test_the_first_heading_is_the_title_only_where_the_text_begins_with_it():
    assert first_heading("<h1>A <b>b</b></h1><p>x</p>") == ("A b", "<p>x</p>")
    assert first_heading("<p>x</p><h1>A</h1>") == ("", "<p>x</p><h1>A</h1>")


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no text"):
        read(made(tmp_path, {"a.jpg": b"x"}))


def test_strange_front_matter_never_stops_the_rest(tmp_path):
    above = "title: [1, {a: b}]\nslug: {a: b}\ndate: [x]\nauthors: {name: [x]}\ntags: {a: b}\nseries: [[x]]\npart: -3\nlead: [[]]\ncomments: [7, {}, {text: x, date: never}]\nnotices: 7\naliases: {x: y}\npermalink: 7\ncategories: 7\ndraft: maybe"
    records = read(
        made(
            tmp_path,
            {
                "2020-01-01-a.md": f"---\n{above}\n---\nx",
                "2020-01-02-b.md": "---\ntitle: " + "t" * 100_000 + "\n---\nx",
                "2020-99-99-c.md": b"\xff\xfe\x00\xd8",
            },
        )
    )
    assert len(of(Piece, records)) + len(of(Page, records)) == 3
