"""The folder of kept pages, as a test sees it."""

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff

from django.conf import settings
from django.test import Client
from django.utils import timezone

from blog.reading.baking.addresses import INDEXES
from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import Bakery

LINK = re.compile(rb'href="(?:http://blog\.example)?(/[^"#?]*)')
PERSONAL = ("/accounts/", "/admin/", "/desk/", "/contact/", "/contribute/pitch/", "/static/", "/media/", "/search/")


@dataclass
class Clock:
    """The time as it is for a test."""

    now: dt.datetime

    def pass_(self, **span: float) -> dt.datetime:
        """Let some time pass, and return what time it is then."""
        self.now += dt.timedelta(**span)
        return self.now


@dataclass
class House:
    """What is kept, and who follows the purges."""

    at: Bakery
    follower: Follower

    def look(self, at: dt.datetime | None = None) -> None:
        """Carry out what is due."""
        self.follower.look(at=at or timezone.now())

    def kept(self) -> dict[str, bytes]:
        """Return what is kept, by address."""
        found = {}
        generation = self.at.generation()
        pages = generation.folder / "pages" if generation else None
        for file in pages.rglob("*") if pages else ():
            if file.is_file() and file.suffix not in {".gz", ".br"}:
                address = f"/{file.relative_to(pages)}"
                for name in INDEXES.values():
                    address = address.removesuffix(name)
                found[address] = file.read_bytes()
        return found

    @contextmanager
    def nothing_kept(self):
        """Answer everything anew for a while."""
        folder, settings.PAGES_DIR = settings.PAGES_DIR, None
        try:
            yield
        finally:
            settings.PAGES_DIR = folder

    def stale(self) -> list[str]:
        """Return how kept pages differ from what would be made now: the address, then the lines that differ."""
        told: list[str] = []
        with self.nothing_kept():
            client = Client()
            for address, content in sorted(self.kept().items()):
                now = client.get(address).content
                if now != content:
                    lines = unified_diff(content.decode().splitlines(), now.decode().splitlines(), lineterm="", n=0)
                    told += [address, *(line.strip() for line in lines)]
        return told


def warm(*beside: str) -> set[str]:
    """Open every page that can be reached from the front page by links, and return the addresses."""
    client, seen, waiting = Client(), set(), ["/", *beside]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(PERSONAL):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting += [found.decode() for found in LINK.findall(answer.content)]
    return seen
