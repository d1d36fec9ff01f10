"""What a text is rendered for: its piece, the index that it may ask, and the losses on the way."""

from dataclasses import dataclass, field
from functools import cached_property

from blog.archive.records import Loss, Weight
from blog.archive.sources.wordpress.index import Attachment, Index

MOST_LOSSES = 100  # Of one text
MOST_PICTURES = 1_000  # Brought into one text by galleries
MOST_REUSED = 1_000_000  # Characters that reusable blocks may add to one text
LEAST_REUSED = 1_000  # That each of them counts for


@dataclass
class Context:
    """A text's piece and its losses. The same loss is said once."""

    index: Index
    which: str  # How the report names the piece
    key: str = ""  # The piece's number
    losses: list[Loss] = field(default_factory=list)
    notes: tuple[str, ...] = ()  # Footnotes of a text in block markup, as HTML
    pictures: int = 0
    reused: int = 0  # Characters that came from reusable blocks
    opened: list[str] = field(default_factory=list)  # Reusable blocks that are being rendered, to end a circle

    def lose(self, what: str, why: str, weight: Weight = Weight.LOST) -> None:
        """Say that something of the text couldn't be brought as it was."""
        loss = Loss(what, self.which, why, weight)
        if loss not in self.losses and len(self.losses) < MOST_LOSSES:
            self.losses.append(loss)

    def attachment(self, key: str) -> Attachment | None:
        """Return the attachment of that number."""
        self.pictures += 1
        return self.index.attachment(key)

    @property
    def is_full(self) -> bool:
        """Whether galleries have brought more pictures into the text than anybody would show; then that is a loss."""
        if self.pictures < MOST_PICTURES:
            return False
        self.lose("gallery", f"At most {MOST_PICTURES:,} pictures are brought into one text.")
        return True

    @cached_property
    def attached(self) -> list[Attachment]:
        """What hangs on the piece itself."""
        return self.index.attachments_of(self.key)

    def has_room_for(self, text: str) -> bool:
        """Whether a reusable block may still be put into the text."""
        self.reused += max(len(text), LEAST_REUSED)
        return self.reused <= MOST_REUSED
