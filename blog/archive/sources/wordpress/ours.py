"""What our own WXR says beyond what WordPress knows (`formats.wxr.names`), so that it comes in as it went out.

Whatever has a key of ours is read here alone; what a stranger wrote under our names is passed over where it makes no
sense.
"""

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from blog.archive.formats.lines import LineError, made_of
from blog.archive.formats.wxr import names
from blog.archive.records import (
    Credit,
    File,
    Loss,
    Moved,
    Notice,
    Page,
    Person,
    Piece,
    PieceState,
    Remark,
    RemarkState,
    Topic,
    TopicKind,
)
from blog.archive.sources.spool import Row
from blog.archive.sources.values import key_of, moment, number
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index

MARKS = re.compile(r"\n?<!-- /?wp:(?:paragraph|heading|html)(?: \{\"level\":3\})? -->\n?")
TAXONOMIES = {TopicKind.CATEGORY: "category", TopicKind.TAG: "post_tag", TopicKind.SERIES: names.SERIES}
KINDS = {taxonomy: kind for kind, taxonomy in TAXONOMIES.items()}
STATES = {"publish": PieceState.PUBLISHED, "future": PieceState.PUBLISHED, "pending": PieceState.SUBMITTED}
REMARKS = {"1": RemarkState.APPROVED, "0": RemarkState.HELD, "spam": RemarkState.SPAM}
MOST = 2_000  # Addresses of one thing


def is_ours(item: Element) -> bool:
    """Whether an item was written by this system."""
    return bool(item.one(names.KEY))


def keep(element: Element, index: Index) -> bool:
    """Keep what is ours of a fragment, in the first pass. Whether nobody else needs to look at it."""
    if element.name == f"wlg:{names.MOVED}":
        index.spool.put("our moved", {"from": element.get("wlg:from"), "to": element.get("wlg:to")})
        return True
    if element.name == "wp:author" and (row := _json(element.get(f"wlg:{names.PERSON}"), dict)):
        index.keep("our person", element.get("wp:author_login"), row)
    if element.name == "item" and is_ours(element):
        index.seen.is_new("ours", "item")
    if element.name == "item" and element.get("wp:post_type") == "attachment" and is_ours(element):
        fields = (names.KEY, names.CREDIT, names.FILE_NAME, names.ADDRESSES)
        index.keep("our file", element.key, {name: element.one(name) for name in fields})
    return False


def wrote(index: Index) -> bool:
    """Whether this system wrote the file: then it says itself which addresses lead where."""
    return index.seen.has("ours", "item")


def people(records: Iterable[Person | Loss], index: Index) -> Iterator[Person | Loss]:
    """Give people with what our file says of them, each once."""
    for record in records:
        if not isinstance(record, Person):
            yield record
        elif row := index.one("our person", record.key):
            known = {"key": _person(record.key, index), "name": record.name, "slug": record.key}
            yield _made(Person, {**row, **known}, record)
        elif not (record.key.startswith("term-") and index.one("our person", record.key.removeprefix("term-"))):
            yield record


def topics(records: Iterable[Topic | Loss], index: Index) -> Iterator[Topic | Loss]:
    """Give topics with what our file says of them."""
    for record in records:
        row = index.one("term", f"{TAXONOMIES[record.kind]}/{record.key}") if isinstance(record, Topic) else {}
        meta = row.get("meta") or {}
        if isinstance(record, Topic) and names.KEY in meta:
            yield replace(
                record,
                key=key_of(meta[names.KEY]),
                description=html.unescape(record.description),
                planned_parts=number(meta.get(names.PLANNED_PARTS)),
                addresses=_addresses(meta.get(names.ADDRESSES, "")),
            )
        else:
            yield record


def files(records: Iterable[File | Loss], index: Index) -> Iterator[File | Loss]:
    """Give files with what our file says of them."""
    for record in records:
        row = index.one("our file", record.key) if isinstance(record, File) else {}
        if isinstance(record, File) and row:
            yield replace(
                record,
                key=key_of(row[names.KEY]),
                credit=row[names.CREDIT],
                name=row[names.FILE_NAME],
                addresses=_addresses(row[names.ADDRESSES]),
            )
        else:
            yield record


def moved(index: Index) -> Iterator[Moved]:
    """Give the addresses that lead on to others."""
    for row in index.each("our moved"):
        if row["from"] and row["to"]:
            yield Moved(row["from"], row["to"])


def entry(item: Element, index: Index) -> Piece | Page:
    """Return the piece or the page that an item of ours is."""
    return _page(item) if item.get("wp:post_type") == "page" else _piece(item, index)


def _piece(item: Element, index: Index) -> Piece:
    terms = [term for term in item.terms if term.taxonomy in KINDS]
    filed = [(KINDS[term.taxonomy], _topic(term.taxonomy, term.slug, index)) for term in terms]
    by_kind = {kind: [key for each, key in filed if each is kind] for kind in TopicKind}
    published_at = _moment(item.one(names.PUBLISHED_AT) or item.get("wp:post_date_gmt"))
    state = STATES.get(item.get("wp:status"), PieceState.DRAFT)
    lead = index.attachment(item.one(names.THUMBNAIL))
    notices, named = _parts(item.one(names.NOTICES), Notice), _parts(item.one(names.CREDITS), Credit)
    introduced_by = item.one(names.INTRODUCED_BY)
    return Piece(
        key=key_of(item.one(names.KEY)),
        title=html.unescape(item.get("title")),
        body=_body(item),
        state=state,
        slug=item.get("wp:post_name"),
        standfirst=html.unescape(item.get("excerpt:encoded")),
        introduction=item.one(names.INTRODUCTION),
        introduced_by=_person(introduced_by, index) if introduced_by else "",
        lead=lead.address if lead else "",
        published_at=published_at if state is PieceState.PUBLISHED else None,
        changed_at=_moment(item.one(names.CHANGED_AT)),
        begun_at=None if state is PieceState.PUBLISHED else _begun(item),
        credits=tuple(replace(row, person=_person(row.person, index)) for row in named),
        is_guest_piece=item.one(names.IS_GUEST_PIECE) == "1",
        category=next(iter(by_kind[TopicKind.CATEGORY]), ""),
        also_in=tuple(by_kind[TopicKind.CATEGORY][1:]),
        tags=tuple(by_kind[TopicKind.TAG]),
        series=next(iter(by_kind[TopicKind.SERIES]), ""),
        part=number(item.one(names.PART)),
        in_reply_to=key_of(item.one(names.IN_REPLY_TO)),
        comments_open=item.get("wp:comment_status") == "open",
        remarks=tuple(_remarks(item, index)),
        notices=notices,
        addresses=_addresses(item.one(names.ADDRESSES)),
    )


def _page(item: Element) -> Page:
    position = number(item.one(names.POSITION))
    return Page(
        key=key_of(item.one(names.KEY)),
        title=html.unescape(item.get("title")),
        body=_body(item),
        slug=item.get("wp:post_name"),
        standfirst=html.unescape(item.get("excerpt:encoded")),
        is_published=item.get("wp:status") == "publish",
        changed_at=_moment(item.one(names.CHANGED_AT) or item.get("wp:post_modified_gmt")),
        position=number(item.get("wp:menu_order")) if position is None else position,
        is_in_footer=position is not None,
        addresses=_addresses(item.one(names.ADDRESSES)),
    )


def _remarks(item: Element, index: Index) -> Iterator[Remark]:
    keys = {row.get("wp:comment_id", ""): key_of(row.get(f"wlg:{names.COMMENT_KEY}")) for row in item.comments}
    for row in item.comments:
        key, person = keys[row.get("wp:comment_id", "")], row.get(f"wlg:{names.COMMENT_PERSON}", "")
        written_at = _moment(row.get(f"wlg:{names.WRITTEN_AT}") or row.get("wp:comment_date_gmt"))
        if key and written_at:
            yield Remark(
                key=key,
                name=html.unescape(row.get("wp:comment_author", "")),
                text=html.unescape(row.get("wp:comment_content", "")),
                written_at=written_at,
                parent=keys.get(row.get("wp:comment_parent", ""), ""),
                state=REMARKS.get(row.get("wp:comment_approved", ""), RemarkState.HELD),
                site=row.get("wp:comment_author_url", ""),
                person=_person(person, index) if person else "",
                edited_at=_moment(row.get(f"wlg:{names.EDITED_AT}")),
            )


def _body(item: Element) -> str:
    return MARKS.sub("", item.text("content:encoded")).strip()


def _begun(item: Element) -> dt.datetime | None:
    """Return when a draft was begun: WordPress says it by the clock of the blog alone, so it stands beside it too."""
    return _moment(item.one(names.BEGUN_AT) or item.get("wp:post_modified_gmt"))


def _person(login: str, index: Index) -> str:
    return key_of(index.one("our person", login).get("key")) or key_of(login)


def _topic(taxonomy: str, slug: str, index: Index) -> str:
    meta = index.one("term", f"{taxonomy}/{slug}").get("meta") or {}
    return key_of(meta.get(names.KEY)) or key_of(slug)


def _addresses(written: str) -> tuple[str, ...]:
    return tuple(address for address in _json(written, list)[:MOST] if isinstance(address, str))


def _parts(written: str, kind: type) -> tuple[Any, ...]:
    return tuple(part for row in _json(written, list) if (part := _made(kind, row, None)) is not None)


def _made(kind: type, given: Row, otherwise: Any) -> Any:
    try:
        return made_of(kind, given)
    except LineError:
        return otherwise


def _json(written: str, kind: type) -> Any:
    try:
        found = json.loads(written) if written else kind()
    except (ValueError, RecursionError):
        return kind()
    return found if isinstance(found, kind) else kind()


def _moment(written: Any) -> dt.datetime | None:
    """Return a moment in UTC, to its last fraction of a second where it is given."""
    try:
        found = dt.datetime.fromisoformat(written)
        found = found.replace(tzinfo=found.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        return moment(written)
    return found if 1900 <= found.year < 3000 else None
