"""Bringing a Word file into a piece: its text becomes a new revision, its pictures the house's, the rest a report."""

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from blog.editorial import pictures
from blog.editorial.drafting import (
    MAX_STANDFIRST,
    MAX_TITLE,
    ConflictError,
    Text,
    require_turn_to_write,
    save_text,
)
from blog.editorial.permissions import may_read_draft
from blog.editorial.refusals import IncompleteError
from blog.editorial.word_report import why_refused
from blog.models import Picture, Post, Revision, WordFile
from blog.prose import clean_line
from blog.word.reading import MOST_BYTES, WordText, place_in, read_word_file
from blog.word.refusing import WordFileRefusedError

if TYPE_CHECKING:
    from accounts.models import User

REPLACE, ADD = "replace", "add"
WAYS = {REPLACE, ADD}
PICTURE = re.compile(r'<img src="word-picture-(\d+)" />')
EMPTY_FIGURE = re.compile(r"<figure>(?:<figcaption>(.*?)</figcaption>)?</figure>", re.DOTALL)

Made = tuple[tuple[bytes, int, int], str]


@dataclass(frozen=True)
class _Arrived:
    """What came out of a file, with its pictures made anew: None for one that could not be."""

    text: WordText
    pictures: list[Made | None]
    left_out: list[dict[str, object]]


def bring_in(
    *, post: Post, file: IO[bytes] | None, way: str, by: "User", at: dt.datetime, based_on: int | None
) -> WordFile:
    """Make a Word file the text of a piece, as a new revision, and return the record of it.

    `way` says what becomes of a text that is there: “replace” or “add” at the end; the earlier one stays among the
    versions. In this order: checks who may (PermissionDenied) and whose turn it is (MoveNotAllowedError), checks what
    was sent (IncompleteError, by field), reads the file in a process of its own (IncompleteError with one sentence
    for a file that is refused, or while two others are being read), makes its pictures anew, and saves everything in
    one transaction. The title and the standfirst are taken only where the piece has none. Where somebody else saved
    meanwhile, what arrived is kept as a revision of its own, and ConflictError names both. The file is not kept, nor
    its name, nor whatever it says of its author.
    """
    if not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can write in it."))
    require_turn_to_write(post, by)
    base = post.revisions.filter(pk=based_on or 0).first() or post.working or Revision()
    _require_what_is_needed(file, way, base)
    arrived = _arrive(file)
    conflict: ConflictError | None = None
    with transaction.atomic():
        kept = [_keep(arrived, number, post=post, by=by, at=at) for number in range(len(arrived.pictures))]
        try:
            revision = save_text(
                post=post, text=_as_text(arrived.text, kept, base, way), by=by, at=at, based_on=based_on
            )
        except ConflictError as error:
            conflict, revision = error, error.kept
        record, _is_new = WordFile.objects.get_or_create(
            revision=revision,
            defaults={
                "post": post,
                "brought_by": by,
                "brought_at": at,
                "pictures": sum(picture is not None for picture in kept),
                "left_out": arrived.left_out,
            },
        )
    if conflict:
        raise conflict
    return record


def brought_in_as(*, post: Post, record: int | None) -> WordFile | None:
    """Return a Word file that was brought into this very piece, or None."""
    return WordFile.objects.filter(post=post, pk=record or 0).first()


def _require_what_is_needed(file: IO[bytes] | None, way: str, base: Revision) -> None:
    errors: dict[str, str] = {}
    if file is None:
        errors["file"] = _("Choose a Word file.")
    if base.words and way not in WAYS:
        errors["way"] = _("Say whether the Word file replaces the text or is added at its end.")
    if errors:
        raise IncompleteError(errors)


def _arrive(file: IO[bytes] | None) -> _Arrived:
    """Read the file and make its pictures anew, outside any transaction: both take their time."""
    assert file is not None  # noqa: S101  It was asked for above
    content = file.read(MOST_BYTES + 1)
    try:
        with place_in(settings.VAR_DIR / "word"):
            text = read_word_file(content)
            made = [_remake(picture.content) for picture in text.pictures]
    except WordFileRefusedError as refused:
        raise IncompleteError({"file": why_refused(refused.kind)}) from refused
    left_out = list(text.left_out)
    broken = sum(picture is None for picture in made)
    if broken:
        left_out.append({"kind": "pictures_of_other_kinds", "count": broken, "near": []})
    described = zip(text.pictures, made, strict=True)
    bare = sum(made is not None and not clean_line(picture.description) for picture, made in described)
    if bare:
        left_out.append({"kind": "descriptions", "count": bare, "near": []})
    return _Arrived(text, made, left_out)


def _remake(content: bytes) -> Made | None:
    try:
        return pictures.reencode(io.BytesIO(content))
    except IncompleteError:
        return None


def _keep(arrived: _Arrived, number: int, *, post: Post, by: "User", at: dt.datetime) -> Picture | None:
    made = arrived.pictures[number]
    alt = clean_line(arrived.text.pictures[number].description)[:500]
    return pictures.keep(made, post=post, by=by, at=at, alt=alt) if made else None


def _as_text(text: WordText, kept: list[Picture | None], base: Revision, way: str) -> Text:
    title, standfirst = clean_line(text.title), clean_line(text.standfirst)
    takes_title = not base.title and len(title) <= MAX_TITLE
    takes_standfirst = not base.standfirst and len(standfirst) <= MAX_STANDFIRST
    body = _with_pictures(text.html, kept)
    if standfirst and not takes_standfirst and standfirst != base.standfirst:
        body = f"<p>{escape(standfirst)}</p>{body}"
    if title and not takes_title and title != base.title:
        body = f"<h2>{escape(title)}</h2>{body}"
    return Text(
        title=title if title and takes_title else None,
        standfirst=standfirst if standfirst and takes_standfirst else None,
        body=f"{base.body}{body}" if way == ADD else body,
    )


def _with_pictures(html: str, kept: list[Picture | None]) -> str:
    def show(found: re.Match[str]) -> str:
        number = int(found[1])
        picture = kept[number] if number < len(kept) else None
        if picture is None:
            return ""
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}">',
            picture.file.url,
            picture.alt,
            picture.width,
            picture.height,
        )

    return EMPTY_FIGURE.sub(lambda empty: f"<p>{empty[1]}</p>" if empty[1] else "", PICTURE.sub(show, html))
