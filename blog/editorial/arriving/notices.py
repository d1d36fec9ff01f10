"""What readers were told over there of changes after publication. The texts before the changes never come along."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from blog.editorial.arriving import texts
from blog.editorial.arriving.texts import ArrivingText
from blog.models import Correction, Post, Revision, Withholding
from blog.states import CHANGES, TEXT_CHANGES, CorrectionKind

LONGEST_NOTE = 1000
# The editors read it beside each notice
WHY_WITHHELD = "The earlier text did not come with the archive."


@dataclass(frozen=True)
class ArrivingNotice:
    """A notice of a change, its note clean, not empty, and within `LONGEST_NOTE`."""

    kind: CorrectionKind
    at: dt.datetime
    note: str


def is_of_a_text(kind: str) -> bool:
    """Whether a notice of this kind can come: of a change of the text, not of a retraction."""
    return kind in TEXT_CHANGES


def write(
    post: Post, text: ArrivingText, notices: Sequence[ArrivingNotice], *, first: Revision, at: dt.datetime
) -> Revision:
    """Write the notices of a piece, and return its newest text.

    Each stands between two revisions of the same words, for a notice is bound to a text before and one after; readers
    are never shown the one before.
    """
    newest = first
    for number, notice in enumerate(sorted(notices, key=lambda one: one.at), first.number + 1):
        (revision,) = texts.write([(post, text, number, newest.pk)], at=at)
        is_withheld = CHANGES[notice.kind].shows_earlier_text
        row = Correction.objects.create(
            post=post,
            kind=notice.kind,
            note=notice.note,
            earlier=newest,
            corrected=revision,
            at=notice.at,
            is_withheld=is_withheld,
        )
        if is_withheld:
            Withholding.objects.create(correction=row, reason=WHY_WITHHELD, at=at)
        newest = revision
    return newest
