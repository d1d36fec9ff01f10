"""A source made in a test, and files that lie nowhere but in memory."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image

from blog.archive.media import Found
from blog.archive.records import Credit, File, Person, Piece, Record, Site, Topic, TopicKind

OLD = "https://old.example"
DAY = dt.datetime(2013, 12, 10, 9, 30, tzinfo=dt.UTC)


@dataclass
class InMemory:
    """Records from a list. `breaks_at` is the number of the record at which it breaks, as a full disk or a Ctrl-C does."""

    given: Sequence[Record]
    system: str = "wordpress"
    breaks_at: int | None = None

    def records(self) -> Iterator[Record]:
        for number, record in enumerate(self.given):
            if number == self.breaks_at:
                raise KeyboardInterrupt
            yield record

    def progress(self) -> float:
        return 0.5


@dataclass
class Shelf:
    """Files by their address, in place of `Media`."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def find(self, address: str) -> Found | None:
        self.asked.append(address)
        content = self.files.get(address)
        if content is None:
            return None
        return Found(address.rpartition("/")[2], len(content), lambda: io.BytesIO(content))

    def why(self, address: str) -> str:
        return "Nobody has it."

    def close(self) -> None:
        pass


def a_picture(colour: str = "teal", *, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(out, kind)
    return out.getvalue()


SITE = Site("The Old Parish Pump", "Water, mostly", f"{OLD}/")
AMIR = Person("amir", "Amir Okafor", slug="amir", about="Pumps water.", role="Plumber", organisation="Upper Marsh")
BEA = Person("bea", "Bea Lindqvist", slug="bea")
WATER = Topic(TopicKind.CATEGORY, "water", "Water", slug="water", description="All of it.")
SEWERS = Topic(TopicKind.CATEGORY, "sewers", "Sewers", slug="sewers", parent="water")
DRAINS = Topic(TopicKind.TAG, "drains", "Drains", slug="drains")
LOCAL = Topic(TopicKind.SERIES, "local", "Central – Local", slug="central-local", planned_parts=4)
PUMP = File(f"{OLD}/files/2013/pump.png", key="7", alt="A pump in a yard", caption="The pump <em>itself</em>")


def a_piece(number: int = 1, **changed: object) -> Piece:
    fields: dict[str, object] = {
        "key": str(number),
        "title": f"Pumping, part {number}",
        "body": f"<p>The water of day {number} was <em>brown</em>.</p>",
        "slug": f"pumping-{number}",
        "published_at": DAY + dt.timedelta(days=number),
        "credits": (Credit("amir", "Plumber", "Upper Marsh"),),
        "category": "water",
        "tags": ("drains",),
        "addresses": (f"{OLD}/2013/12/pumping-{number}/", f"{OLD}/?p={number}"),
    }
    return Piece(**(fields | changed))  # type: ignore[arg-type]


def an_archive(*more: Record, breaks_at: int | None = None) -> InMemory:
    return InMemory([SITE, AMIR, BEA, WATER, SEWERS, DRAINS, LOCAL, PUMP, *more], breaks_at=breaks_at)
