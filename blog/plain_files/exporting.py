"""Writing the whole site into a folder, and going through it."""

import datetime as dt
import functools
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from blog.models import Correction, PlainPage, Post
from blog.plain_files import hosting, searching
from blog.plain_files.addresses import addresses
from blog.plain_files.files import Wanted
from blog.plain_files.folder import CHUNK, ExportError, Folder, read_list
from blog.plain_files.links import Check, check, links_in, local
from blog.plain_files.making import Made, make, moved_page, over_pages, readdressed, search_page
from blog.plain_files.making_many import make_many
from blog.plain_files.moves import moves, page_of
from blog.progress import Counting, Say, silent
from blog.reading import pages
from blog.reading.lasting import Lasting, as_files

INDEXES = {
    "application/rss+xml": "index.xml",
    "application/atom+xml": "index.xml",
    "application/feed+json": "index.json",
}
A_NEWEST = b"<updated>"


@dataclass
class Report:
    """What came of an export: counts, and whatever is not as it should be."""

    folder: Path
    as_of: dt.date
    counts: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    check: Check = field(default_factory=Check)

    @property
    def is_well(self) -> bool:
        """Whether every address is there, and every link leads somewhere."""
        return self.check.is_well and not self.missing

    def lines(self) -> list[str]:
        """Say it in sentences."""
        told = [f"{self.folder}: the site as of {self.as_of:%-d %B %Y}."]
        told += [f"{number:,} {what}" for what, number in self.counts.items()]
        return [*told, *told_of_missing(self.missing), *told_of(self.check)]


def told_of_missing(paths: list[str]) -> list[str]:
    """Return a line for each address that the site should have and does not answer."""
    return [f"NO PAGE: {path}" for path in paths]


def told_of(found: Check) -> list[str]:
    """Say in lines what came of going through a folder."""
    lines = [f"{found.files:,} files and {found.links:,} addresses in their links were looked at."]
    lines += [f"LEADS NOWHERE: {path} (on {page})" for path, page in found.broken.items()]
    lines += [f"NOT AS WRITTEN: {name}" for name in found.damaged]
    return [*lines, "Everything is well." if found.is_well else f"{len(found.broken) + len(found.damaged):,} to mend."]


def export(*, target: Path, address: str, now: dt.datetime, processes: int = 1, say: Say = silent) -> Report:
    """Write the site as readers see it now into a folder, for a site at that address (without a slash at its end).

    In this order: pages and feeds, with the files that they name; the search; old addresses; what web servers are
    told; then what no longer belongs is taken away, and everything is gone through. Pages are made at the moment of the
    newest change and not by the clock, so that nothing differs while nothing has changed. Raises ExportError for a
    folder that holds something else. Interrupted, it can be run again.
    """
    moment = newest_change(now)
    folder = Folder(target)
    report = Report(target, timezone.localdate(moment))
    with folder.opened(), as_files(Lasting(report.as_of)):
        writing = _Writing(folder, moment, address, report, say)
        writing.pages(processes)
        writing.others()
        writing.moves()
        facts = {"made_by": "wlg", "version": 1, "address": address, "moved": writing.moved}
        folder.finish(facts)
    say("Following the links …")
    report.check = check(target, folder.files, moved=writing.moved, site=address)
    report.counts |= {
        "pages and feeds": writing.made,
        "small pages that lead on": writing.small,
        "files in all": len(folder.files),
        "new": folder.new,
        "changed": folder.changed,
        "as they were": folder.same,
        "taken away": folder.removed,
    }
    return report


def plan(*, target: Path, now: dt.datetime) -> int:
    """Return how many pages and feeds an export would make. Writes nothing. Raises ExportError as `export`."""
    Folder(target).look()
    return len(set(addresses(moment=newest_change(now))))


def check_only(target: Path) -> Check:
    """Go through a folder that an export wrote: every file as it was written, every link to something that is there."""
    content = read_list(target)
    moved = content.get("moved")
    return check(
        target,
        content["files"],
        moved=moved if isinstance(moved, dict) else {},
        site=str(content.get("address", "")),
        digest=_digest,
    )


def newest_change(now: dt.datetime) -> dt.datetime:
    """Return when something that readers see changed last: a piece, a comment, a correction, a retraction, a page."""
    visible = Post.objects.visible_at(now)
    dates = [
        visible.aggregate(newest=Max("published_at"))["newest"],
        Correction.objects.shown_at(now).aggregate(newest=Max("at"))["newest"],
        PlainPage.objects.filter(changed_at__lte=now).aggregate(newest=Max("changed_at"))["newest"],
        _newest_comment(now),
    ]
    return max((date for date in dates if date), default=now.replace(hour=0, minute=0, second=0, microsecond=0))


def _newest_comment(now: dt.datetime) -> dt.datetime | None:
    """Return when the newest comment was written or edited: the blog knows it by the feed alone."""
    feed = make(reverse("comments:feed_atom"), moment=now).content
    written = feed.partition(b"<entry>")[0].partition(A_NEWEST)[2].partition(b"<")[0].decode()
    # A feed tells whole seconds; the pages shall show the comment of the last one, too
    newest = dt.datetime.fromisoformat(written) + dt.timedelta(seconds=1) if written else None
    return min(newest, now) if newest and newest.year > 1970 else None


class _Writing:
    """One export on its way."""

    def __init__(self, folder: Folder, moment: dt.datetime, address: str, report: Report, say: Say) -> None:
        self.folder, self.moment, self.address, self.report, self.say = folder, moment, address, report, say
        self.readdress = readdressed(address)
        self.wanted = Wanted(folder)
        self.made = self.small = 0
        self.moved: dict[str, str] = {}
        self.gone: list[str] = []

    def pages(self, processes: int) -> None:
        """Make every page and feed, and bring the files that they name."""
        self.say("Asking the database which pages there are …")
        paths = list(dict.fromkeys(addresses(moment=self.moment)))
        tell = Counting(self.say, "pages and feeds", len(paths))
        for path, page in make_many(paths, moment=self.moment, processes=processes):
            if isinstance(page, Made):
                self.put(path, page)
            elif page:
                self.moved[path] = page
            else:
                self.report.missing.append(path)  # It went while this was written: the next run has it right
            tell.add()
        tell = Counting(self.say, "cards", len(self.wanted.cards))
        for path, card in make_many(self.wanted.cards, moment=self.moment, processes=processes):
            if isinstance(card, Made):  # A text may name an older one; the check says so
                self.folder.write(path.lstrip("/"), card.content)
            tell.add()

    def others(self) -> None:
        """Make what has no page on a running blog, or another."""
        self.say("Writing the index of the search …")
        search = reverse("reading:search")
        self.put(search, Made(search_page(moment=self.moment).encode()))
        for name, content in searching.index(moment=self.moment, under=search.lstrip("/")):
            self.folder.write(name, self.readdress(content))
        for path, page in over_pages().items():
            self.put(path, Made(page.encode()))
        self.put("/404.html", Made(pages.nothing_here(moment=self.moment).encode()))

    def moves(self) -> None:
        """Write small pages where something was once, and what web servers are told of it."""
        self.say("Writing what was elsewhere once …")
        found = moves(moment=self.moment)
        for path in sorted(found.taken_down):
            self.put(path, make(path, moment=self.moment))
        for path, to in sorted(found.to.items()):
            self.lead_on(path, to)
        for name, content in hosting.files(moves=found, site=self.address, gone=self.gone):
            if name not in self.folder.files:
                self.folder.write(name, content)

    def put(self, path: str, page: Made) -> None:
        """Write a page, bring what it names, and lead on to a feed from where a server looks for a page."""
        content = self.readdress(page.content)
        name = file_of(path, page.content_type)
        self.folder.write(name, content)
        self.made += 1
        if page.is_gone:
            self.gone.append(path)
        if name.endswith(".json"):
            small = name.removesuffix(".json")
        elif path.endswith(("/feed/", "/feed/atom/")):
            small = name.removesuffix(".xml")
        else:
            for link in links_in(content.decode()):
                self.wanted.bring(local(link, page=path, site=self.address))
            return
        self.folder.write(f"{small}.html", self.readdress(moved_page(f"/{name}")))
        self.small += 1

    def lead_on(self, path: str, to: str) -> None:
        """Write the small page of an old path, where there can be one and nothing else is."""
        self.moved[path] = to
        self.wanted.bring(local(to, page=path, site=self.address))
        name = page_of(path)
        if not name or name in self.folder.files or self._is_below_a_file(name):
            return
        self.folder.write(name, self.readdress(moved_page(to)))
        self.small += 1

    def _is_below_a_file(self, name: str) -> bool:
        parents = name.split("/")[:-1]
        return any("/".join(parents[:number]) in self.folder.files for number in range(1, len(parents) + 1))


def file_of(path: str, content_type: str) -> str:
    """Return the name of the file for a path: that of a folder is the index in it."""
    name = unquote(path).lstrip("/")
    index = INDEXES.get(content_type.partition(";")[0], "index.html")
    return f"{name}{index}" if path.endswith("/") else name


def _digest(place: Path) -> str:
    found: Any = hashlib.sha256()
    with place.open("rb") as file:
        for chunk in iter(functools.partial(file.read, CHUNK), b""):
            found.update(chunk)
    return str(found.hexdigest())


__all__ = ["ExportError", "Report", "check_only", "export", "plan", "told_of"]
