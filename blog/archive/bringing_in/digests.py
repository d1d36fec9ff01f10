"""What tells whether something has changed over there since it came, in three parts: text, particulars, comments."""

import hashlib
from dataclasses import dataclass

from blog.archive.records import Piece

LENGTHS = (24, 20, 20)  # 64 together; each far more than chance ever meets
INCOMPLETE = "?"


@dataclass(frozen=True)
class Digest:
    """The digests of a piece as it was over there. One whose files were not all found is not complete."""

    text: str
    particulars: str
    remarks: str
    is_complete: bool = True

    @classmethod
    def of(cls, piece: Piece) -> "Digest":
        """Return the digests of a piece."""
        text = (piece.title, piece.standfirst, piece.body, piece.introduction, piece.introduced_by, piece.lead)
        particulars = (
            piece.slug, piece.published_at, piece.credits, piece.category, piece.tags, piece.also_in,
            piece.series, piece.part, piece.is_guest_piece, piece.notices,
        )  # fmt: skip
        parts = ((*text, piece.state), particulars, piece.remarks)
        first, second, third = (digest(part)[:length] for part, length in zip(parts, LENGTHS, strict=True))
        return cls(first, second, third)

    @classmethod
    def read(cls, kept: str) -> "Digest":
        """Return the digests as they were kept."""
        first, second = LENGTHS[0], LENGTHS[0] + LENGTHS[1]
        return cls(kept[:first], kept[first:second], kept[second:], not kept.startswith(INCOMPLETE))

    def kept(self) -> str:
        """Return them as they are kept."""
        text = self.text if self.is_complete else f"{INCOMPLETE}{self.text[1:]}"
        return f"{text}{self.particulars}{self.remarks}"

    def has_same_text(self, other: "Digest") -> bool:
        """Whether two are of the same text, whatever was found of its files."""
        return self.text[1:] == other.text[1:]


def digest(value: object) -> str:
    """Return the SHA-256 of plain data, in hexadecimal."""
    return hashlib.sha256(repr(value).encode(errors="surrogatepass")).hexdigest()
