"""Two texts of a piece that were written at the same time become one; the outcome is a new revision."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from blog.editorial.drafting import UNCHANGED, Text, save_text
from blog.editorial.permissions import is_editor_of, may_read_draft
from blog.editorial.refusals import IncompleteError
from blog.merging import Part, merge, merge_line, settle
from blog.models import Post, Revision

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Choice:
    """What somebody chose for an open part, and what they typed if they write it by hand."""

    chosen: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Merged:
    """Two texts brought together: `working` is theirs, `kept` mine, and `basis` what both were made from.

    Open parts are known by their place: “title”, “standfirst”, “introduction-0”, “body-12”.
    """

    basis: Revision
    working: Revision
    kept: Revision
    title: Part
    standfirst: Part
    introduction: list[Part]
    body: list[Part]

    def parts(self) -> dict[str, Part]:
        """Return all parts by their places, in the order of a page."""
        return {
            "title": self.title,
            "standfirst": self.standfirst,
            **{f"introduction-{number}": part for number, part in enumerate(self.introduction)},
            **{f"body-{number}": part for number, part in enumerate(self.body)},
        }

    def open_places(self) -> list[str]:
        """Return the places where somebody has to choose."""
        return [place for place, part in self.parts().items() if part.is_open]

    @property
    def is_same(self) -> bool:
        """Whether there is nothing of mine that isn't in the working text already."""
        return all(not part.is_open and part.by in {"", "theirs", "both"} for part in self.parts().values())


def brought_together(*, post: Post, kept: Revision, working: Revision | None = None) -> Merged:
    """Return a text that was kept aside, brought together with the working one (or `working`, as somebody saw it)."""
    working = working or post.working or kept
    basis = _common_basis(post, working, kept)
    return Merged(
        basis=basis,
        working=working,
        kept=kept,
        title=merge_line(basis.title, working.title, kept.title),
        standfirst=merge_line(basis.standfirst, working.standfirst, kept.standfirst),
        introduction=merge(basis.introduction, working.introduction, kept.introduction),
        body=merge(basis.body, working.body, kept.body),
    )


def save_together(*, post: Post, merged: Merged, choices: dict[str, Choice], by: "User", at: dt.datetime) -> Revision:
    """Save two texts as one: a new revision on the working one. Both stay among the versions.

    `choices` are by place. In this order: checks who may (PermissionDenied), that every open part is chosen
    (IncompleteError, by place), and saves as `drafting.save_text` does, with the same refusals: ConflictError where
    somebody saved after `merged.working`.
    """
    if not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can write in it."))
    settled: dict[str, str] = {}
    errors: dict[str, str] = {}
    for place, part in merged.parts().items():
        choice = choices.get(place, Choice())
        text = settle(part, choice.chosen, choice.typed)
        if text is None:
            errors[place] = _("Choose what stands here.")
        settled[place] = text or ""
    if errors:
        raise IncompleteError(errors)
    introduction = "".join(text for place, text in settled.items() if place.startswith("introduction-"))
    together = Text(
        title=settled["title"],
        standfirst=settled["standfirst"],
        body="".join(text for place, text in settled.items() if place.startswith("body-")),
        introduction=introduction if is_editor_of(by, post) else None,
        lead_picture=_lead_picture(merged),
    )
    return save_text(post=post, text=together, by=by, at=at, based_on=merged.working.pk)


def kept_beside(*, post: Post, by: "User") -> Revision | None:
    """Return the newest text of somebody's that was kept beside the working one, if they saved nothing since.

    Whoever goes on writing after a conflict has decided; until then the writing page reminds them.
    """
    rows = list(post.revisions.order_by("number").values_list("pk", "based_on", "written_by"))
    mine = [pk for pk, _based_on, writer in rows if writer == by.pk]
    line = _line({pk: based_on for pk, based_on, _writer in rows}, post.working_id)
    if not mine or mine[-1] in line:
        return None
    return post.revisions.select_related("written_by").get(pk=mine[-1])


def _lead_picture(merged: Merged) -> object:
    is_mine = merged.kept.lead_picture_id != merged.basis.lead_picture_id
    is_theirs = merged.working.lead_picture_id != merged.basis.lead_picture_id
    return merged.kept.lead_picture if is_mine and not is_theirs else UNCHANGED


def _common_basis(post: Post, working: Revision, kept: Revision) -> Revision:
    """Return the newest text that both were made from; the working one itself where they have none in common."""
    based_on = dict(post.revisions.values_list("pk", "based_on"))
    line = _line(based_on, working.pk)
    key = based_on.get(kept.pk)
    seen: set[int] = set()
    while key and key not in line and key not in seen:
        seen.add(key)
        key = based_on.get(key)
    return post.revisions.get(pk=key) if key in line else working


def _line(based_on: dict[int, int | None], key: int | None) -> set[int]:
    """Return the keys of a text and of all that it was made from."""
    line: set[int] = set()
    while key and key not in line:
        line.add(key)
        key = based_on.get(key)
    return line
