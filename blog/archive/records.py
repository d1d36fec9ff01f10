"""What a blog holds, apart from any system: the language between sources, the database, and what goes out.

Plain data, frozen. What a source gives is as it was found there, never cleaned: texts are cleaned where they are
written (`blog.editorial.arriving`), by the same door as everything else. Keys are those of the source, as text, and
differ within a kind. Moments carry their zone. Addresses are whole (`https://old.example/2013/12/10/x/?p=7`) or, where
a source knows no host, begin with a slash.

A source gives its records in this order: one `Site`; then people, topics, files; then pieces and pages, each with its
comments; menu entries and moved addresses last. A `Loss` may stand anywhere.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class PieceState(StrEnum):
    """What a piece was over there."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # Waits for an editor
    PUBLISHED = "published"  # With a time ahead it is scheduled


class RemarkState(StrEnum):
    """What a comment was over there."""

    HELD = "held"
    APPROVED = "approved"
    SPAM = "spam"


class TopicKind(StrEnum):
    """What a topic is. The values are the names of our models."""

    CATEGORY = "category"
    TAG = "tag"
    SERIES = "series"


class Weight(StrEnum):
    """How much of something could not be brought."""

    LOST = "lost"  # It is not here at all
    CHANGED = "changed"  # It is here, but not as it was
    NOTED = "noted"  # It is all here; somebody may want to look


@dataclass(frozen=True)
class Site:
    """The blog itself. `address` is where it was, with the path that it lay under; empty if nobody knows."""

    title: str = ""
    strapline: str = ""
    address: str = ""


@dataclass(frozen=True)
class Person:
    """A name that stood on pieces. Never an address or an account: those stay where they were."""

    key: str
    name: str
    slug: str = ""
    about: str = ""
    role: str = ""
    organisation: str = ""
    is_pen_name: bool = False
    portrait: str = ""  # The address of a picture
    addresses: tuple[str, ...] = ()  # Where it could be found, if elsewhere than at /author/slug/


@dataclass(frozen=True)
class Topic:
    """A category, tag or series."""

    kind: TopicKind
    key: str
    name: str
    slug: str = ""
    description: str = ""
    parent: str = ""  # The key of the category above it; here there are no levels
    planned_parts: int | None = None
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A picture or a document, by its address over there. Its bytes are looked for by that address (`media`)."""

    address: str
    key: str = ""
    alt: str = ""
    caption: str = ""  # HTML or text
    credit: str = ""
    name: str = ""  # As it is offered for saving; else the last part of the address
    addresses: tuple[str, ...] = ()  # Pages that showed it, and other sizes of it


@dataclass(frozen=True)
class Credit:
    """A name on a piece: the key of a person, with role and organisation as they were then."""

    person: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment. `text` is plain. `address` was typed by whoever wrote it: proven by nobody and shown to nobody."""

    key: str
    name: str
    text: str
    written_at: dt.datetime
    parent: str = ""  # The key of the comment it answers, however deep
    state: RemarkState = RemarkState.APPROVED
    address: str = ""
    site: str = ""
    person: str = ""  # The key of the person, if it was written by somebody who was signed in as that
    edited_at: dt.datetime | None = None


@dataclass(frozen=True)
class Notice:
    """What readers were told was changed after publication. `kind` is one of `blog.states.CorrectionKind`."""

    kind: str
    at: dt.datetime
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """A post. `body` and `introduction` are HTML; whatever else a source had, it has turned into that."""

    key: str
    title: str
    body: str
    state: PieceState = PieceState.PUBLISHED
    slug: str = ""
    standfirst: str = ""  # Plain text or HTML
    introduction: str = ""
    introduced_by: str = ""  # The key of a person
    lead: str = ""  # The address of a picture
    published_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    begun_at: dt.datetime | None = None
    credits: tuple[Credit, ...] = ()
    is_guest_piece: bool = False
    category: str = ""
    tags: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()  # Keys of further categories: a piece here is in one, so these become tags
    series: str = ""
    part: int | None = None
    in_reply_to: str = ""  # The key of a piece
    comments_open: bool = True
    remarks: tuple[Remark, ...] = ()
    notices: tuple[Notice, ...] = ()
    addresses: tuple[str, ...] = ()  # Every address it could be found under, the usual one among them


@dataclass(frozen=True)
class Page:
    """A page beside the pieces. Comments under it come in as the end of its text: here pages have no discussion."""

    key: str
    title: str
    body: str
    slug: str = ""
    standfirst: str = ""
    is_published: bool = True
    changed_at: dt.datetime | None = None
    position: int | None = None
    is_in_footer: bool | None = None  # None: as the menu says
    remarks: tuple[Remark, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class MenuEntry:
    """A page that stood in a menu, with its place in it."""

    page: str
    position: int


@dataclass(frozen=True)
class Moved:
    """An address that led to another, such as a redirect that somebody set up."""

    address: str
    to: str


@dataclass(frozen=True)
class Loss:
    """Something that can't be brought as it was, for the report: what it is, which one, and why, in a sentence."""

    what: str  # "menu entry", "picture", "shortcode": in the singular, small letters
    which: str  # Its title or address, so that somebody can find it over there
    why: str
    weight: Weight = Weight.LOST


Record: TypeAlias = Site | Person | Topic | File | Piece | Page | MenuEntry | Moved | Loss
