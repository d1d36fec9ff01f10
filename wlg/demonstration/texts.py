"""Reading the demonstration's texts: a header, the body as HTML, and comments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wlg.demonstration.people import BEHIND

FOLDER = Path(__file__).parent / "texts"
# Where a picture stands in a text
PICTURE = re.compile(r"\[picture (\w+)\]")


@dataclass(frozen=True)
class Remark:
    """A comment to be made: who says what, and whether in reply to the last one that was no reply."""

    who: str
    text: str
    is_reply: bool


@dataclass(frozen=True)
class Text:
    """One text of the demonstration."""

    slug: str
    header: dict[str, str]
    body: str
    remarks: list[Remark] = field(default_factory=list)

    @property
    def state(self) -> str:
        """The state it is taken to."""
        return self.header.get("state", "published")

    @property
    def series(self) -> tuple[str, int] | None:
        """The series it belongs to, and which part of it."""
        slug, _, part = self.header.get("series", "").partition(" ")
        return (slug, int(part)) if slug else None

    @property
    def tags(self) -> list[str]:
        """The slugs of its tags."""
        return _listed(self.header.get("tags", ""))

    @property
    def others(self) -> list[str]:
        """Who wrote it together with its author, in the order of the byline."""
        return [BEHIND.get(slug, slug) for slug in _listed(self.header.get("with", ""))]

    @property
    def pictures(self) -> list[str]:
        """The names of the pictures in its body."""
        return PICTURE.findall(self.body)

    def first_body(self, figures: Mapping[str, str]) -> str:
        """Return the body with its pictures, as it was before it was corrected."""
        body = PICTURE.sub(lambda place: figures[place[1]], self.body)
        if "correction" in self.header:
            body = body.replace(self.header["corrected"], self.header["at_first"])
        return body


def all_texts() -> list[Text]:
    """Return every text, by the name of its file."""
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Text:
    """Read one file; raise ValueError if it is not of the form."""
    head, divider, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    if not divider:
        raise ValueError(f"{path.name} has no line of three dashes.")
    header = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    body, _, remarks = rest.partition("\n=== comments\n")
    return Text(path.stem, header, body.strip(), [_remark(line) for line in remarks.splitlines() if line.strip()])


def _remark(line: str) -> Remark:
    who, _, text = line.removeprefix("> ").partition(" | ")
    return Remark(who.strip(), text.strip(), line.startswith("> "))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
