"""The notices of a piece: what readers are told was changed after it came out."""

from dataclasses import dataclass

from blog.models import Correction, Post
from blog.states import CHANGES, CorrectionKind


@dataclass(frozen=True)
class Notice:
    """One notice. `number` is that of the text before it in its address, and stays the same for ever."""

    correction: Correction
    number: int

    @property
    def heading(self) -> str:
        """What kind of change it is: Correction, Clarification, Update."""
        return str(CorrectionKind(self.correction.kind).label)

    @property
    def done(self) -> str:
        """The same in the line of facts under a title: Corrected, Clarified, Updated."""
        return str(CHANGES[CorrectionKind(self.correction.kind)].done)


def notices(post: Post, *, coming: Correction | None = None) -> list[Notice]:
    """Return the notices of a piece, oldest first, from the prefetched corrections if there are any.

    `coming` is one that is not published yet, for a preview.
    """
    known = [*post.corrections.all(), *([coming] if coming else [])]
    told = [correction for correction in known if correction.is_noticed]
    return [Notice(correction, number) for number, correction in enumerate(told, 1)]
