"""Pieces, pages and files as the items of a WXR file."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from blog.archive.formats.wxr import names
from blog.archive.formats.wxr.bodies import as_blocks, with_whole_addresses
from blog.archive.formats.wxr.comments import comments
from blog.archive.formats.wxr.xml import as_json, element, exact, in_utc, local, meta, plain, text
from blog.archive.records import File, Page, Person, Piece, PieceState, Topic, TopicKind

STATUS = {PieceState.PUBLISHED: "publish", PieceState.SUBMITTED: "pending", PieceState.DRAFT: "draft"}
DOMAIN = {TopicKind.CATEGORY: "category", TopicKind.TAG: "post_tag", TopicKind.SERIES: names.SERIES}
BY_MONTH = re.compile(r"\d{4}/\d{2}/[^/]+$")
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass
class Known:
    """What items refer to: names and topics by their keys, the numbers of files by their addresses."""

    site: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    number: int = 0
    comment: int = 0

    def next_number(self) -> int:
        """Return a number that no other item has."""
        self.number += 1
        return self.number

    def login(self, key: str) -> str:
        """Return what a name is called among accounts there; it is that of none."""
        return self.people[key].slug if key in self.people else ""


def of_file(file: File, known: Known) -> Iterator[str]:
    """Give a picture or a document. WordPress fetches it from its address."""
    number = known.files[file.address] = known.next_number()
    path = unquote(urlsplit(file.address).path)
    kept = BY_MONTH.search(path)
    more = {
        "_wp_attached_file": kept[0] if kept else "",
        names.ALT: file.alt,
        names.CREDIT: file.credit,
        names.FILE_NAME: file.name,
        names.KEY: file.key,
        names.ADDRESSES: as_json(list(file.addresses)),
    }
    yield "<item>\n"
    yield from _head(file.name or path.rpartition("/")[2], file.address, file.key or file.address)
    yield element("content:encoded", "") + element("excerpt:encoded", text(file.caption))
    yield from _facts(number, kind="attachment", status="inherit", at=LONG_AGO)
    yield element("wp:attachment_url", text(file.address))
    yield from meta("post", more)
    yield "</item>\n"


def of_page(page: Page, known: Known) -> Iterator[str]:
    """Give a plain page."""
    more = {
        names.KEY: page.key,
        names.POSITION: str(page.position) if page.is_in_footer and page.position is not None else "",
        names.CHANGED_AT: exact(page.changed_at),
        names.ADDRESSES: as_json(list(page.addresses)),
    }
    yield "<item>\n"
    yield from _head(page.title, _first(page.addresses), page.key)
    yield element("content:encoded", text(as_blocks(page.body, known.site)))
    yield element("excerpt:encoded", plain(page.standfirst))
    status = "publish" if page.is_published else "draft"
    order = page.position or 0
    yield from _facts(known.next_number(), kind="page", status=status, at=page.changed_at, slug=page.slug, order=order)
    yield from meta("post", more)
    yield "</item>\n"


def of_piece(piece: Piece, known: Known) -> Iterator[str]:
    """Give a piece with its comments."""
    creator = known.login(piece.credits[0].person) if piece.credits else ""
    yield "<item>\n"
    yield from _head(piece.title, _first(piece.addresses), piece.key, creator=creator, at=piece.published_at)
    yield element("content:encoded", text(as_blocks(piece.body, known.site)))
    yield element("excerpt:encoded", plain(piece.standfirst))
    yield from _facts(
        known.next_number(),
        kind="post",
        status=STATUS[piece.state],
        at=piece.published_at,
        changed_at=piece.changed_at,
        begun_at=piece.begun_at,
        slug=piece.slug,
        is_open=piece.comments_open,
    )
    yield from _terms(piece, known)
    yield from meta("post", _more(piece, known))
    for slug in _old_slugs(piece):
        yield from meta("post", {names.OLD_SLUG: slug})
    yield from comments(piece.remarks, known.login, after=known.comment)
    known.comment += len(piece.remarks)
    yield "</item>\n"


def _more(piece: Piece, known: Known) -> Mapping[str, str]:
    credits_ = [
        {"person": known.login(credit.person), "role": credit.role, "organisation": credit.organisation}
        for credit in piece.credits
    ]
    notices = [{"kind": notice.kind, "at": notice.at.isoformat(), "note": notice.note} for notice in piece.notices]
    return {
        names.THUMBNAIL: str(known.files.get(piece.lead, "")),
        names.KEY: piece.key,
        names.PART: str(piece.part or ""),
        names.CREDITS: as_json(credits_),
        names.INTRODUCTION: with_whole_addresses(piece.introduction, known.site),
        names.INTRODUCED_BY: known.login(piece.introduced_by),
        names.IN_REPLY_TO: piece.in_reply_to,
        names.NOTICES: as_json(notices),
        names.IS_GUEST_PIECE: "1" if piece.is_guest_piece else "",
        names.PUBLISHED_AT: exact(piece.published_at),
        names.CHANGED_AT: piece.changed_at.isoformat() if piece.changed_at else "",
        names.BEGUN_AT: exact(piece.begun_at),
        names.ADDRESSES: as_json(list(piece.addresses)),
    }


def _terms(piece: Piece, known: Known) -> Iterator[str]:
    for key in filter(None, (piece.category, *piece.tags, *piece.also_in, piece.series)):
        if topic := known.topics.get(key):
            yield element("category", plain(topic.name), domain=DOMAIN[topic.kind], nicename=topic.slug)
    if len(piece.credits) > 1:
        for person in (known.people[credit.person] for credit in piece.credits if credit.person in known.people):
            nicename = f"{names.NAME_PREFIX}{person.slug}"
            yield element("category", plain(person.name), domain=names.NAMES, nicename=nicename)


def _old_slugs(piece: Piece) -> list[str]:
    """Return the last parts of the addresses that differ from the present one in nothing else."""
    if not piece.addresses:
        return []
    here = piece.addresses[0].rstrip("/").rpartition("/")[0]
    parts = [address.rstrip("/").rpartition("/") for address in piece.addresses[1:]]
    return [slug for before, _slash, slug in parts if before == here]


def _head(title: str, link: str, key: str, *, creator: str = "", at: dt.datetime | None = None) -> Iterator[str]:
    yield element("title", plain(title)) + element("link", text(link))
    yield element("pubDate", format_datetime(at.astimezone(dt.UTC)) if at else "")
    yield element("dc:creator", text(creator))
    yield element("guid", text(key), isPermaLink="false") + element("description", "")


def _facts(
    number: int,
    *,
    kind: str,
    status: str,
    at: dt.datetime | None,
    changed_at: dt.datetime | None = None,
    begun_at: dt.datetime | None = None,
    slug: str = "",
    order: int = 0,
    is_open: bool = False,
) -> Iterator[str]:
    yield element("wp:post_id", str(number))
    # A draft has a date there, but none by Greenwich
    yield element("wp:post_date", text(local(at or begun_at))) + element("wp:post_date_gmt", text(in_utc(at)))
    changed = changed_at or at or begun_at
    yield element("wp:post_modified", text(local(changed)))
    yield element("wp:post_modified_gmt", text(in_utc(changed)))
    yield element("wp:comment_status", "open" if is_open else "closed") + element("wp:ping_status", "closed")
    yield element("wp:post_name", text(slug)) + element("wp:status", status)
    yield element("wp:post_parent", "0") + element("wp:menu_order", str(order)) + element("wp:post_type", kind)
    yield element("wp:post_password", "") + element("wp:is_sticky", "0")


def _first(addresses: tuple[str, ...]) -> str:
    return addresses[0] if addresses else ""
