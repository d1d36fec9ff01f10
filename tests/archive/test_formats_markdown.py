"""Markdown: texts that read back as they were, front matter that strangers can't break, files in their places."""

import zipfile
from pathlib import Path

import pytest
import yaml

from blog.archive.formats import markdown
from blog.archive.formats.markdown.bodies import as_markdown, of_plain, reads_back
from blog.archive.records import Credit, Loss, Page, Person, Piece, Record, Remark, Site, Topic
from blog.archive.sources import folder
from blog.archive.sources.base import SourceError
from blog.prose import clean_prose
from tests.archive.samples import HOSTILE, LATER, SAMPLE, SITE, written

BODIES = [
    "<p>Plain <em>slanted <strong>and strong</strong></em>, <code>a`b</code> and <sup>1</sup>.</p>",
    "<h2>One</h2><h3>Two</h3><p># not one</p><p>1. nor a list</p><p>- nor this</p><p>+ or this</p><p>&gt; said</p>",
    '<ul><li>a</li></ul><ul><li>b<ol start="3"><li>c</li></ol></li></ul><hr><blockquote><p>a</p><ul><li>b</li></ul></blockquote>',
    "<pre>a\n\n  b ``` [^1]\n</pre><pre><code>x\n---\n</code></pre>",
    '<figure><img src="/media/a.png" alt="&quot;A&quot; &gt; b" width="3" height="4"><figcaption>C <cite>d</cite></figcaption></figure>',
    '<table><caption>T</caption><thead><tr><th scope="col">a|b</th></tr></thead><tbody><tr><td>1<br>2</td></tr></tbody></table>',
    "<p>[^1] [^2]: no note</p><p>[x](y) ![z](w) &lt;b&gt; &amp;amp; &amp;lt; *a* _b_ ~~c~~ \\ `</p><p>[^1]: nor this</p>",
    '<p>{{ site.url }} {% raw %} <code>{{&lt; ref "x" &gt;}}</code></p><pre>{% link a.md %}</pre>',
    '<p><a href="https://x.example/a_(b)?c=d&amp;e">l*i]nk</a> <a href="mailto:a@b.example">m</a> www.x.example https://y.example</p>',
    "loose <em>text</em><p>a</p>more",
    "<p>one<br>two</p><p>  </p><p>Title\n===</p><p>Other\n---</p><p>---</p>",
    "<p>| a | b |</p><p>| - | - |</p><ol><li><p>a</p><p>b</p></li></ol>",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_a_text_reads_back_as_it_was(body: str):
    prose = clean_prose(body)
    assert reads_back(as_markdown(prose), prose)


def test_what_people_write_becomes_markdown_as_people_write_it():
    prose = '<h2>Bees</h2><p>Nobody <em>owns</em> <a href="/a/">them</a>.</p><ul><li>a</li><li>b</li></ul>'
    assert as_markdown(prose) == "## Bees\n\nNobody *owns* [them](/a/).\n\n- a\n- b"


def test_one_block_that_has_no_sign_in_markdown_leaves_the_others_alone():
    prose = clean_prose('<p>One *two*</p><figure><img src="/media/a.png" alt="A"></figure><p>Three</p>')
    figure = '<figure><img src="/media/a.png" alt="A"></figure>'
    assert as_markdown(prose) == f"One \\*two\\*\n\n{figure}\n\nThree"


def test_plain_text_reads_back_too():
    assert of_plain("a < b\nc\n\n# d") == "<p>a &lt; b<br>c</p>\n\n\\# d"


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist() if not name.startswith("media/")}


def test_everything_has_its_place(tmp_path: Path):
    written("markdown", tmp_path / "blog.zip")
    assert sorted(parts(tmp_path / "blog.zip")) == [
        "README.txt", "authors/ada.md", "authors/cy.md", "categories/roofs.md", "files.yaml", "moved.yaml", "pages/about.md",
        "pages/small.md", "posts/2026-03-11-answer.md", "posts/2026-03-11-who.md", "posts/draft-4.md",
        "series/hives.md", "site.yaml", "tags/bees.md",
    ]  # fmt: skip


def test_front_matter_is_one_yaml_document_whatever_a_title_says(tmp_path: Path):
    written("markdown", tmp_path / "blog.zip")
    front, _end, body = (
        parts(tmp_path / "blog.zip")["posts/2026-03-11-answer.md"].removeprefix("---\n").partition("\n---\n")
    )
    assert yaml.safe_load(front)["title"] == "---"
    assert body == "\n<p>---</p>\n\ntitle: x\n" or body.endswith("title: x\n")
    hostile = parts(tmp_path / "blog.zip")["posts/2026-03-11-who.md"].removeprefix("---\n").partition("\n---\n")[0]
    assert yaml.safe_load(hostile)["title"] == HOSTILE


def test_two_names_alike_do_not_write_over_each_other(tmp_path: Path):
    records: list[Record] = [Piece("draft:1", "A", "", slug="same"), Piece("draft:2", "B", "", slug="same")]
    written("markdown", tmp_path / "blog.zip", records)
    assert sorted(parts(tmp_path / "blog.zip")) == ["posts/same-2.md", "posts/same.md"]


def test_a_readme_says_what_it_is_and_is_no_text_of_the_blog(tmp_path: Path):
    for to, inside in (("markdown", "posts/"), ("json", "blog.jsonl")):
        written(to, tmp_path / f"{to}.zip")
        told = parts(tmp_path / f"{to}.zip")["README.txt"]
        assert told.startswith(f"Bees & Co\n{SITE}\n"), to
        assert inside in told, to
    assert not [record for record in came_in(tmp_path / "markdown.zip") if "README" in repr(record)]


def test_two_people_of_one_name_keep_what_is_said_of_each(tmp_path: Path):
    people = [Person(f"author:{slug}", "Sam Lee", slug, about=f"Is {slug}.") for slug in ("sam-lee", "sam-lee-2")]
    pieces = [
        Piece(f"post:{p.slug}", "A", "<p>x</p>", slug=p.slug, published_at=LATER, credits=(Credit(p.key),))
        for p in people
    ]
    written("markdown", tmp_path / "blog.zip", [*people, *pieces])
    came = of(Person, came_in(tmp_path / "blog.zip"))
    assert {slug: clean_prose(person.about) for slug, person in came.items()} == {
        "sam-lee": "<p>Is sam-lee.</p>", "sam-lee-2": "<p>Is sam-lee-2.</p>",
    }  # fmt: skip


def test_a_discussion_too_long_for_front_matter_stands_beside_it_and_comes_in_again(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(markdown, "MOST_COMMENTS", 3)
    many = tuple(Remark(str(number), "Dana", "So did we.", LATER) for number in range(4))
    outcome = written("markdown", tmp_path / "blog.zip", [Piece("post:a", "A", "", slug="a", remarks=many)])
    assert len(yaml.safe_load(parts(tmp_path / "blog.zip")["posts/a.comments.yaml"])) == 4
    assert outcome.losses == []
    (piece,) = of(Piece, came_in(tmp_path / "blog.zip")).values()
    assert [row.key for row in piece.remarks] == ["0", "1", "2", "3"]
    assert markdown.read_back(tmp_path / "blog.zip")["comment"] == 4


def test_what_does_not_read_back_is_noticed(tmp_path: Path):
    path = tmp_path / "blog.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("posts/a.md", "---\ntitle: [\n---\n")
    with pytest.raises(SourceError, match="no YAML"):
        markdown.read_back(path)


def came_in(path: Path) -> list[Record]:
    return list(folder.open_export(path).records())


def of(kind: type, records: list[Record]) -> dict[str, Record]:
    return {record.slug: record for record in records if isinstance(record, kind)}  # type: ignore[attr-defined]


def test_what_went_out_comes_in_again(tmp_path: Path):
    written("markdown", tmp_path / "blog.zip")
    records = came_in(tmp_path / "blog.zip")
    assert [record for record in records if isinstance(record, Site)] == SAMPLE[:1]
    ada = of(Person, records)["ada"]
    assert (ada.name, ada.role, ada.organisation, ada.is_pen_name) == ("Ada <Byron>", "Keeper", "Depot", True)
    assert f"{SITE}/author/a-b/" in ada.addresses
    topics = of(Topic, records)
    assert (topics["roofs"].name, topics["hives"].planned_parts) == ("Roofs & walls", 3)
    sent, piece = of(Piece, SAMPLE)["who"], of(Piece, records)["who"]
    same = ("key", "title", "state", "standfirst", "published_at", "changed_at", "part", "comments_open", "notices")
    assert [getattr(piece, name) for name in same] == [getattr(sent, name) for name in same]
    assert piece.credits == (Credit("ada", "Keeper then", "Hive"), Credit("cy"))
    assert set(sent.addresses) <= set(piece.addresses)
    assert of(Piece, records)["answer"].in_reply_to == "post:who"
    said = [(row.key, row.name, row.text, row.written_at, row.parent, row.site, row.edited_at) for row in piece.remarks]
    assert said == [
        (row.key, row.name, row.text, row.written_at, row.parent, row.site, row.edited_at) for row in sent.remarks
    ]
    page = of(Page, records)["about"]
    assert (page.title, page.position, page.is_in_footer, page.standfirst) == ("About: us", 1, True, "Why")
    assert [record.which for record in records if isinstance(record, Loss)] == ["posts/draft-4.md"]  # It has no title
