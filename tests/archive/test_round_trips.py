"""What goes out comes in again equal: by records for whatever anybody writes, and once through the database a format."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as some

from blog.archive import taking_out
from blog.archive.bringing_in import bring_in
from blog.archive.formats.exporting import export
from blog.archive.formats.markdown.bodies import as_markdown, reads_back, tidy
from blog.archive.media import Media
from blog.archive.records import Credit, Page, Person, Piece, Record, Remark, Site, Topic, TopicKind
from blog.archive.sources import folder, own, wordpress
from blog.archive.sources.base import Source
from blog.models import PlainPage, PlainPageVersion, Post
from blog.progress import silent
from blog.prose import clean_line, clean_prose, clean_text
from tests.archive.samples import SITE, written
from tests.archive.take_out_world import AT, Blog

few = settings(max_examples=12, deadline=None, database=None, derandomize=True)
READERS: dict[str, Callable[..., Source]] = {
    "json": own.open_export,
    "wxr": wordpress.open_export,
    "markdown": folder.open_export,
}

signs = some.text(some.sampled_from("ab é🐝 <>&\"'`*_[](){}#-+=|~\\!:;.,1\n\t]>%$/@^“”\u00a0\u200d"), max_size=30)
blocks = some.recursive(
    some.one_of(
        signs.map(lambda words: f"<p>{words}</p>"),
        signs.map(lambda words: f"<h2>{words}</h2>"),
        signs.map(lambda words: f"<pre>{words}</pre>"),
        signs.map(lambda words: f'<figure><img src="/media/a.png" alt="A"><figcaption>{words}</figcaption></figure>'),
        some.tuples(signs, signs).map(lambda two: f"<table><tr><th>{two[0]}</th></tr><tr><td>{two[1]}</td></tr></table>"),
        some.tuples(signs, signs).map(lambda two: f'<p><em>{two[0]}</em><br><a href="/a/">{two[1]}</a> <code>x</code></p>'),
    ),
    lambda inner: some.one_of(
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: f"<blockquote>{''.join(parts)}</blockquote>"),
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: f"<ul>{''.join(f'<li>{part}</li>' for part in parts)}</ul>"),
        some.tuples(signs, inner).map(lambda two: f"<ol><li>{two[0]}{two[1]}</li></ol>"),
    ),
    max_leaves=6,
)  # fmt: skip
proses = some.lists(blocks, max_size=5).map(lambda parts: clean_prose("".join(parts)))
lines = signs.map(clean_line).filter(bool)
# Of a name that is a mail address only what stands before the @ is taken in
names = lines.map(lambda line: clean_line(line.replace("@", ""))).filter(bool)
texts = signs.map(clean_text).filter(bool)
OLDEST = dt.datetime(1999, 1, 1)  # noqa: DTZ001  Hypothesis adds the zone
moments = some.datetimes(OLDEST, OLDEST.replace(year=2030), timezones=some.just(dt.UTC))


@some.composite
def discussions(draw: some.DrawFn) -> tuple[Remark, ...]:
    """Make comments of which some answer others."""
    made: list[Remark] = []
    for number in range(draw(some.integers(0, 3))):
        parent = draw(some.sampled_from(["", *(remark.key for remark in made)]))
        made.append(Remark(str(number + 1), draw(lines), draw(texts), draw(moments), parent=parent))
    return tuple(made)


@some.composite
def blogs(draw: some.DrawFn) -> list[Record]:
    """Make a small blog whose titles, names and texts say anything."""
    person = Person("author:a", draw(names), "a", about=draw(texts), addresses=(f"{SITE}/author/a/",))
    series = Topic(TopicKind.SERIES, "series:s", draw(lines), "s", addresses=(f"{SITE}/series/s/",))
    tag = Topic(TopicKind.TAG, "tag:t", draw(lines), "t", addresses=(f"{SITE}/tag/t/",))
    pieces = [
        Piece(
            f"post:p{number}", draw(lines), draw(proses), slug=f"p{number}", standfirst=draw(texts),
            introduction=draw(proses), introduced_by="author:a", published_at=draw(moments),
            credits=(Credit("author:a", draw(lines)),), tags=("tag:t",), series="series:s", part=number,
            in_reply_to="post:p1" if number > 1 else "", remarks=draw(discussions()),
            addresses=(f"{SITE}/2026/p{number}/", f"{SITE}/?p={number}"),
        )
        for number in range(1, draw(some.integers(1, 4)) + 1)
    ]  # fmt: skip
    page = Page("page:a", draw(lines), draw(proses), "a", position=1, is_in_footer=True)
    return [Site("Bees", "", SITE), person, tag, series, *pieces, page]


def comparable(record: Record) -> Record:
    """Return a record with its texts on the site, and without the white space between blocks."""
    if isinstance(record, Page | Piece):
        record = replace(record, body=tidy(clean_prose(record.body.replace(f'="{SITE}/', '="/'))))
    if isinstance(record, Piece):
        record = replace(record, introduction=tidy(clean_prose(record.introduction.replace(f'="{SITE}/', '="/'))))
    return record


@few
@given(prose=proses)
def test_any_text_reads_back_from_markdown(prose: str):
    assert reads_back(as_markdown(prose), prose)


@few
@given(records=blogs())
def test_any_blog_comes_back_from_json_exactly(tmp_path_factory: pytest.TempPathFactory, records: list[Record]):
    path = tmp_path_factory.mktemp("json") / "blog.zip"
    written("json", path, records)
    assert list(own.open_export(path).records()) == records


@few
@given(records=blogs())
def test_any_blog_comes_back_from_wxr(tmp_path_factory: pytest.TempPathFactory, records: list[Record]):
    path = tmp_path_factory.mktemp("wxr") / "blog.xml"
    written("wxr", path, records)
    came = [comparable(record) for record in wordpress.open_export(path).records()]
    assert came == [comparable(record) for record in records]


@few
@given(records=blogs())
def test_any_blog_comes_back_from_markdown(tmp_path_factory: pytest.TempPathFactory, records: list[Record]):
    path = tmp_path_factory.mktemp("markdown") / "blog.zip"
    written("markdown", path, records)
    came = {
        record.key: comparable(record) for record in folder.open_export(path).records() if isinstance(record, Piece)
    }
    for sent in records:
        if isinstance(sent, Piece):
            assert told(came[sent.key]) == told(comparable(sent))


def told(piece: Record) -> tuple[object, ...]:
    assert isinstance(piece, Piece)
    remarks = tuple((row.key, row.name, row.text, row.written_at, row.parent) for row in piece.remarks)
    credits_ = tuple((row.person.removeprefix("author:"), row.role) for row in piece.credits)
    texts = (piece.title, piece.body, piece.standfirst, piece.introduction)
    return (*texts, piece.published_at, piece.part, piece.in_reply_to, remarks, credits_)


GENERATED = re.compile(r"/posts/|\.html$")
MEDIA = re.compile(r"/media/[^\"'\s)]+")


@pytest.fixture(scope="module")
def sent(kept_rows, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Record]]:
    """Make a blog, take it out in every format, and unmake it."""
    path = tmp_path_factory.mktemp("sent")
    with override_settings(MEDIA_ROOT=path / "media"), transaction.atomic():
        Blog()
        records = list(taking_out.records(at=AT))
        for to in READERS:
            export(to=to, target=path / to, at=AT)
        transaction.set_rollback(True)
    PlainPageVersion.objects.all().delete()
    PlainPage.objects.all().delete()
    return path, records


@pytest.mark.django_db
@pytest.mark.parametrize("to", READERS)
def test_a_blog_comes_back_through_an_empty_database(sent: tuple[Path, list[Record]], to: str):
    path, records = sent
    assert not Post.objects.exists()
    with closing(Media([path / "json"])) as media:
        report = bring_in(source=READERS[to](path / to), media=media, at=AT, say=silent)
    came = list(taking_out.records(at=AT))
    assert list(map(essence, of(Piece, came))) == list(map(essence, of(Piece, records)))
    assert list(map(of_page, of(Page, came))) == list(map(of_page, of(Page, records)))
    assert {person.slug: of_person(person) for person in of(Person, came)} == {
        person.slug: of_person(person) for person in of(Person, records)
    }
    assert {topic.key: of_topic(topic) for topic in of(Topic, came)} == {
        topic.key: of_topic(topic) for topic in of(Topic, records)
    }
    assert not report.weights["lost"], list(report.lines())


def of(kind: type, records: list[Record]) -> list:
    return [record for record in records if isinstance(record, kind)]


def without_names(text: str) -> str:
    """Return a text in which every file has the same name: each gets a new one that can't be guessed."""
    return MEDIA.sub("/media/", text)


def essence(piece: Piece) -> dict[str, object]:
    remarks = {remark.key: remark for remark in piece.remarks}
    return {
        "key": piece.key,
        "title": piece.title,
        "texts": [tidy(without_names(text)) for text in (piece.body, piece.introduction, piece.standfirst)],
        "lead": without_names(piece.lead),
        "dates": (piece.published_at, piece.changed_at),
        "credits": piece.credits,
        "introduced_by": piece.introduced_by,
        "filed": (piece.category, piece.tags, piece.series, piece.part),
        "in_reply_to": piece.in_reply_to,
        "notices": piece.notices,
        "comments": [
            (row.name, row.text, row.written_at, row.person, remarks[row.parent].text if row.parent else "")
            for row in piece.remarks
        ],
        "addresses": (piece.addresses[0], paths(piece.addresses)),
        "comments_open": piece.comments_open,
    }


def of_page(page: Page) -> tuple[object, ...]:
    return page.key, page.title, tidy(page.body), page.standfirst, page.is_in_footer, paths(page.addresses)


def of_person(person: Person) -> tuple[object, ...]:
    # Old addresses of a pen name are not taken in, for one could be that of another name
    kept = person.addresses[:1] if person.is_pen_name else person.addresses
    return replace(person, portrait=without_names(person.portrait), addresses=()), paths(kept)


def of_topic(topic: Topic) -> tuple[object, ...]:
    return replace(topic, addresses=()), paths(topic.addresses)


def paths(addresses: tuple[str, ...]) -> set[str]:
    """Return addresses as they lead on: with a slash at the end or without, but for those that a folder's files add."""
    return {address.rstrip("/") for address in addresses if not GENERATED.search(address)}
