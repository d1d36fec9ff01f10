"""The text of a piece as the review page shows it: with its changes, as readers will see it, or two side by side.

In each view every paragraph of the working text knows the notes that are on it.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.changes import Comparison, compare, compare_lines, lines_side_by_side, side_by_side, split_blocks
from blog.editorial import review
from blog.editorial.noting.noted import Noted
from blog.models import Post, Revision
from blog.prose import show_each
from blog.states import OUT_STATES

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from blog.changes import Pairing

VIEWS = ("changes", "sent", "readers", "side")


@dataclass(frozen=True)
class Paragraph:
    """A block of the text. `number` counts from 1; 0 is one that was taken out, which nobody can note any more.

    `before` is the earlier block where two texts stand side by side.
    """

    html: "SafeString"
    number: int
    notes: list[Noted]
    changes: int = 0
    first: int = 0
    last: int = 0
    before: "SafeString | str" = ""


@dataclass(frozen=True)
class TextView:
    """The text in one of its views. `changes` counts what is marked in the paragraphs; None where nothing is."""

    name: str
    title: "str | SafeString"
    standfirst: "str | SafeString"
    paragraphs: list[Paragraph]
    changes: int | None = None
    introduction: Comparison | None = None
    earlier: Revision | None = None
    earlier_title: "str | SafeString" = ""
    earlier_standfirst: "str | SafeString" = ""
    summary: str = ""
    available: list[str] = field(default_factory=list)
    is_since_live: bool = False


def text_view(*, post: Post, wanted: str, notes: list[Noted]) -> TextView:
    """Return the text in the view that was asked for, or in the one that says most: changes, if there are any.

    Of a piece that came out the changes are those that readers do not have yet, as long as there are some.
    """
    working = post.working or Revision(post=post)
    last_round, as_sent = review.text_of_last_round(post=post), review.text_as_sent(post=post)
    came_out = post.live if post.state in OUT_STATES and post.live_id != post.working_id else None
    since = came_out or last_round or as_sent
    basis = {"changes": since, "sent": as_sent, "readers": None, "side": since}
    # In the first round the two comparisons are one
    available = [name for name in VIEWS if name == "readers" or (basis[name] and (name != "sent" or since != as_sent))]
    name = wanted
    if name != "readers" and basis.get(name) is None:
        has_changes = since is not None and since.content_hash != working.content_hash
        name = "changes" if has_changes else "readers"
    shown = _shown(name, basis[name], working, _by_place(notes))
    return replace(shown, available=available, is_since_live=came_out is not None)


def _shown(name: str, old: Revision | None, working: Revision, on: dict[int, list[Noted]]) -> TextView:
    if old is None:
        return TextView("readers", working.title, working.standfirst, _as_read(working, on))
    if name == "side":
        return _side(old, working, on)
    body = compare(old.body, working.body)
    paragraphs = [
        Paragraph(block.html, _number(block.place), _notes(on, block.place), block.changes, block.first, block.last)
        for block in body.blocks
    ]
    return TextView(
        name=name,
        title=compare_lines(old.title, working.title),
        standfirst=compare_lines(old.standfirst, working.standfirst),
        paragraphs=paragraphs,
        changes=body.changes,
        introduction=compare(old.introduction, working.introduction) if working.introduction else None,
        summary=summary_of(body),
    )


def summary_of(body: Comparison) -> str:
    """Say how much changed, in one sentence."""
    return _summary(body.changes, body.changed_blocks)


def summary_of_rows(rows: "list[Pairing]") -> str:
    """Say how much differs between two texts that stand side by side."""
    return _summary(sum(row.changes for row in rows), sum(bool(row.changes) for row in rows))


def _summary(changes: int, paragraphs: int) -> str:
    if not changes:
        return _("The text is the same.")
    what = ngettext("{count} change", "{count} changes", changes).format(count=changes)
    places = ngettext("{count} paragraph", "{count} paragraphs", paragraphs).format(count=paragraphs)
    return _("{changes} in {paragraphs}.").format(changes=what, paragraphs=places)


def _side(old: Revision, working: Revision, on: dict[int, list[Noted]]) -> TextView:
    rows = side_by_side(old.body, working.body)
    title = lines_side_by_side(old.title, working.title)
    standfirst = lines_side_by_side(old.standfirst, working.standfirst)
    return TextView(
        name="side",
        title=title.after,
        standfirst=standfirst.after,
        paragraphs=[
            Paragraph(
                html=row.after,
                number=_number(row.place),
                notes=_notes(on, row.place),
                changes=row.changes,
                first=row.first,
                last=row.last,
                before=row.before,
            )
            for row in rows
        ],
        changes=sum(row.changes for row in rows),
        introduction=compare(old.introduction, working.introduction) if working.introduction else None,
        earlier=old,
        earlier_title=title.before,
        earlier_standfirst=standfirst.before,
        summary=summary_of_rows(rows),
    )


def _as_read(working: Revision, on: dict[int, list[Noted]]) -> list[Paragraph]:
    shown = show_each(split_blocks(working.body), split_blocks)
    return [Paragraph(html, place + 1, on.get(place, [])) for place, html in enumerate(shown)]


def _by_place(notes: list[Noted]) -> dict[int, list[Noted]]:
    on: dict[int, list[Noted]] = {}
    for noted in notes:
        if noted.place is not None and noted.note.is_open:
            on.setdefault(noted.place, []).append(noted)
    return on


def _notes(on: dict[int, list[Noted]], place: int | None) -> list[Noted]:
    return on.get(place, []) if place is not None else []


def _number(place: int | None) -> int:
    return 0 if place is None else place + 1
