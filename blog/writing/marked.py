"""Two texts of a piece compared, with every change numbered so that one can go from each to the next."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog.changes import compare, compare_lines
from blog.models import Revision
from blog.prose import clean_line


@dataclass(frozen=True)
class Part:
    """A title, a standfirst or a block of the text, with the numbers of the changes in it (0 for none).

    `place` is which block of the newer text it is, from 0; None for anything else.
    """

    html: SafeString
    first: int = 0
    last: int = 0
    total: int = 0
    next: int = 0
    place: int | None = None

    @property
    def paragraph(self) -> int:
        """The block as people count, from 1; 0 where it is none of the newer text."""
        return 0 if self.place is None else self.place + 1

    @property
    def label(self) -> str:
        """Say which changes these are: Changes 2 and 3 of 4."""
        numbers = {"first": self.first, "last": self.last, "total": self.total}
        if self.first == self.last:
            return _("Change {first} of {total}").format(**numbers)
        if self.first + 1 == self.last:
            return _("Changes {first} and {last} of {total}").format(**numbers)
        return _("Changes {first} to {last} of {total}").format(**numbers)


@dataclass(frozen=True)
class Marked:
    """A text with what changed in it since another, marked and counted."""

    title: Part
    standfirst: Part
    blocks: list[Part]
    introduction: list[SafeString]
    total: int
    in_text: int
    changed_blocks: int
    has_new_introduction: bool

    @property
    def has_new_title(self) -> bool:
        """Whether the title differs."""
        return bool(self.title.first)

    @property
    def has_new_standfirst(self) -> bool:
        """Whether the standfirst differs."""
        return bool(self.standfirst.first)

    @property
    def is_same(self) -> bool:
        """Whether nothing differs at all."""
        return not self.total and not self.has_new_introduction


def marked_changes(old: Revision, new: Revision) -> Marked:
    """Compare two texts of a piece. A changed title or standfirst counts as one change each."""
    text = compare(old.body, new.body)
    title_is_new = old.title != new.title
    standfirst_is_new = clean_line(old.standfirst) != clean_line(new.standfirst)
    before_text = title_is_new + standfirst_is_new
    total = before_text + text.changes
    starts = [1] * title_is_new + [before_text] * standfirst_is_new
    starts += [before_text + block.first for block in text.blocks if block.changes]

    def part(html: SafeString, first: int, count: int, place: int | None = None) -> Part:
        after = next((start for start in starts if start > first), 0)
        if not count:
            return Part(html, place=place)
        return Part(html, first, first + count - 1, total, after, place)

    return Marked(
        title=part(compare_lines(old.title, new.title), 1, int(title_is_new)),
        standfirst=part(compare_lines(old.standfirst, new.standfirst), before_text, int(standfirst_is_new)),
        blocks=[part(block.html, before_text + block.first, block.changes, block.place) for block in text.blocks],
        introduction=[block.html for block in compare(old.introduction, new.introduction).blocks],
        total=total,
        in_text=text.changes,
        changed_blocks=text.changed_blocks,
        has_new_introduction=old.introduction != new.introduction,
    )
