"""The list of what was changed after publication, and what readers are told of one piece that was taken down."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import keys
from blog.models import Correction
from blog.reading import lists, metadata
from blog.reading.notices import Notice
from blog.reading.rendering import MovedError, render
from blog.reading.shown import shows
from blog.states import CorrectionKind

A_PAGE = 20


@dataclass(frozen=True)
class Entry(Notice):
    """One change, with the title and the address of its piece as far as readers may know them."""

    title: str
    address: str = ""

    @property
    def is_retraction(self) -> bool:
        """Whether the piece was taken down."""
        return self.correction.kind == CorrectionKind.RETRACTION


@dataclass(frozen=True)
class Page:
    """One page of the list. `previous` and `next` are the numbers of the pages beside it."""

    entries: list[Entry]
    number: int
    last: int

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.last else None

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None


def changes(*, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of changes, newest first, or one of the pages behind its first."""
    path = reverse("reading:changes")
    if number == 0:
        raise Http404
    if number == 1:
        raise MovedError(path)
    shows(keys.CHANGES)
    shown = Correction.objects.shown_at(moment)
    last = lists.last_page(shown.count(), size=A_PAGE)
    here = number or 1
    if here > last:
        raise Http404
    rows = shown.newest_first().select_related("post__live")
    rows = rows.defer("post__live__body", "post__live__introduction")[(here - 1) * A_PAGE : here * A_PAGE]
    return render(
        "changes",
        path=f"{path}page/{number}/" if number else path,
        metadata=metadata.Page(_("Corrections and changes")),
        page=Page([entry_of(row) for row in rows], here, last),
        pages_at=path,
    )


def entry_of(row: Correction) -> Entry:
    """Return a change as readers are told of it."""
    post = row.post
    shows(keys.piece(post.pk))
    title = post.live.title if post.live and (row.is_noticed or row.shows_title) else ""
    return Entry(row, 0, title, post.get_absolute_url() if row.is_noticed else "")


def retraction_of(post_pk: int, *, moment: dt.datetime) -> Entry | None:
    """Return what readers are told of a piece that was taken down, if there is a notice of it."""
    shows(keys.piece(post_pk))
    told = Correction.objects.shown_at(moment).filter(post=post_pk, kind=CorrectionKind.RETRACTION)
    row = told.select_related("post__live").defer("post__live__body", "post__live__introduction").first()
    return entry_of(row) if row else None
