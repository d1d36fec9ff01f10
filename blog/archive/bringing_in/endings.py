"""What can be done only when everything is here: what answers what, the menu, redirects, kin, what is recognised."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from blog.archive.bringing_in import pages, people
from blog.archive.bringing_in.old_site import split
from blog.archive.bringing_in.run import Run
from blog.archive.recognising.proposing import propose_all
from blog.archive.records import Loss, MenuEntry, Moved, Weight
from blog.batches import in_batches
from blog.editorial.arriving import archives, arrivals, linking
from blog.editorial.upkeep import old_paths, related
from blog.models import Arrival, ArrivalKind

FEW_DAYS = 0.05  # Of the pieces: so many may have been given another date by hand


def end(run: Run, *, menu: Iterable[MenuEntry], moved: Iterable[Moved]) -> None:
    """Do what is left, propose what is recognised, and write down that the run has come to its end."""
    people.count_other_tags(run)
    pages.place_in_menu(run, menu)
    _compare_days(run)
    _answer(run)
    _move(run, moved)
    _relate(run)
    with transaction.atomic():
        run.report.proposed = propose_all(archive=run.archive, at=run.at)
    with transaction.atomic():
        run.report.is_finished = True
        archives.finish(archive=run.archive, report=run.report.kept(), at=run.at)


def _answer(run: Run) -> None:
    """Tie pieces to those that they answer; those that came before stay as they are here, unless that was cut short."""
    changed = set(run.changed)
    for some in in_batches(run.replies):
        known = arrivals.known(run.archive, ArrivalKind.POST, [key for pair in some for key in pair])
        pairs = []
        for key, answered in some:
            row, other = known.get(key), known.get(answered)
            if row is None or not (row.target in changed or run.was_interrupted):
                continue
            if other is None or other.target == row.target:
                why = _("It answered the piece “{answered}”, which is not in the archive.").format(answered=answered)
                run.report.add(Loss("piece", key, why))
            else:
                pairs.append((row.target, other.target))
        with transaction.atomic():
            linking.answer(pairs=pairs)


def _compare_days(run: Run) -> None:
    """Say so if many pieces have another day here than in their old address: then the old blog had another zone."""
    if run.on_another_day <= FEW_DAYS * run.dated:
        return
    why = _(
        "Of {dated:,} pieces with a day in their old address, {others:,} have another one here, so these addresses "
        "only lead on. The time zone of the blog is {zone}; if the old one had another, set TIME_ZONE to that, and "
        "bring the archive into an empty blog."
    ).format(dated=run.dated, others=run.on_another_day, zone=settings.TIME_ZONE)
    run.report.add(Loss("time zone", settings.TIME_ZONE, why, Weight.NOTED))


def _move(run: Run, moved: Iterable[Moved]) -> None:
    rows = []
    for one in moved:
        is_here = one.to.startswith("/") and not one.to.startswith("//")  # A path of our own, wherever the blog lay
        to = one.to if is_here else run.site.whole(one.to)
        parts = split(to)
        if parts is None or not (is_here or run.site.is_ours(to)):
            why = _("It led to {to}, on another site. Old addresses lead only to what is here.").format(to=one.to)
            run.report.add(Loss("redirect", one.address, why))
            continue
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        if len(path) > old_paths.LONGEST:
            run.report.add(Loss("redirect", one.address, _("The address that it led to is endless."), Weight.LOST))
            continue
        rows.append((one.address, path))
    for some in in_batches(rows):
        with transaction.atomic():
            old_paths.keep_literal(some, at=run.at)


def _relate(run: Run) -> None:
    """Work out what goes with what; after an interruption for all of the archive, for nobody knows how far it came."""
    wanted = run.changed
    if run.was_interrupted:
        rows = Arrival.objects.filter(archive=run.archive, kind=ArrivalKind.POST)
        wanted = list(rows.order_by("target").values_list("target", flat=True))
    for _number in related.rearrange_all(posts=wanted, at=run.at):
        run.tell()
