"""Bringing in an archive from its beginning to its end."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from blog.archive.bringing_in import endings
from blog.archive.bringing_in.files import Files
from blog.archive.bringing_in.fitting import Fitting
from blog.archive.bringing_in.old_site import OldSite
from blog.archive.bringing_in.run import Run
from blog.archive.bringing_in.sound import sound
from blog.archive.bringing_in.walking import Walk
from blog.archive.media import Media
from blog.archive.records import Site
from blog.archive.report import Report
from blog.archive.sources.base import Source
from blog.editorial.arriving import archives
from blog.progress import EVERY, Progress, Say, silent
from blog.prose import clean_line


def bring_in(
    *,
    source: Source,
    media: Media,
    name: str = "",
    at: dt.datetime,
    at_hand: Media | None = None,
    address: str = "",
    is_dry_run: bool = False,
    say: Say = silent,
    every: float = EVERY,
    report: Report | None = None,
) -> Report:
    """Bring in everything that a source holds, and return what became of it.

    `name` tells the archive apart, else the old blog's address does. `address` is where the blog was, if the source
    doesn't know. `at_hand` finds files that lie here: all that are listed come from it; the others are looked for in
    `media` when a text wants them. `say` gets a line about every `every` seconds.

    In this order, each in transactions of its own: names, topics, files that lie here; pieces and pages in chunks, each
    with its comments, lists, search and old addresses; then what answers what, the menu, what goes with what.
    Interrupted anywhere, the next run goes on. A dry run does the same in one transaction that is rolled back, and
    stores no file; on SQLite nobody else can write meanwhile. `report` fills as it goes, so that a caller who
    interrupts it has what there is. Raises SourceError.
    """
    report = report if report is not None else Report()
    report.system, report.at, report.is_dry_run = source.system, at, is_dry_run
    with _undone(is_dry_run=is_dry_run):
        site = site_of(source)
        old_site = OldSite(address or site.address)
        report.name = clean_line(name or old_site.name)[:200] or source.system
        progress = Progress(say, source.progress, every=every)
        run = _begin(source, report, old_site, media, at_hand, at=at, progress=progress)
        try:
            _name_blog(run, site)
            walk = Walk(run)
            for record in source.records():
                walk.take(sound(record))
            walk.end()
            endings.end(run, menu=walk.menu, moved=walk.moved)
        finally:
            run.files.listed.close()
    return report


def site_of(source: Source) -> Site:
    """Return what a source says of the blog itself, which is the first thing that it gives. Raises SourceError."""
    first = next(iter(source.records()), None)
    return sound(first) if isinstance(first, Site) else Site()


@contextmanager
def _undone(*, is_dry_run: bool) -> Iterator[None]:
    """Undo everything in the end, for a dry run."""
    if not is_dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _begin(
    source: Source,
    report: Report,
    site: OldSite,
    media: Media,
    at_hand: Media | None,
    *,
    at: dt.datetime,
    progress: Progress,
) -> Run:
    with transaction.atomic():
        archive, was_interrupted = archives.begin(name=report.name, system=source.system, at=at)
    if was_interrupted:
        report.go_on(archive.report)
    files = Files(archive, site, media, at_hand, report, at, is_dry_run=report.is_dry_run)
    run = Run(archive, at, report, site, files, progress, was_interrupted=was_interrupted)
    files.tell = run.tell
    return run


def _name_blog(run: Run, site: Site) -> None:
    fitting = Fitting("blog", site.title)
    name = fitting.line(site.title, archives.LENGTHS["name"], _("name"))
    strapline = fitting.line(site.strapline, archives.LENGTHS["strapline"], _("strapline"))
    with transaction.atomic():
        if archives.name_blog(name=name, strapline=strapline, at=run.at):
            run.report.add(*fitting.losses)
