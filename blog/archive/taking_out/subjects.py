"""Names, categories, tags and series, as records: those that readers can find."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.archive.records import Loss, Person, Record, Topic, TopicKind, Weight
from blog.archive.taking_out import here, keys
from blog.archive.taking_out.pieces import texts, which
from blog.batches import in_batches
from blog.models import Author, Byline, Category, Series, SeriesSlot, Tag
from blog.states import OUT_STATES


def people(*, at: dt.datetime, with_unpublished: bool) -> Iterator[Record]:
    """Give the names that stand on pieces or on introductions. Whoever is behind one is not known here."""
    rows = named(at=at, with_unpublished=with_unpublished).select_related("portrait").order_by("slug")
    for batch in in_batches(rows.iterator(here.AT_ONCE), here.AT_ONCE):
        addresses = here.addresses("author", {row.pk: row.get_absolute_url() for row in batch})
        for row in batch:
            yield Person(
                key=keys.of_person(row),
                name=row.name,
                slug=row.slug,
                about=row.about,
                role=row.role,
                organisation=row.organisation,
                # Readers are told that it is one, wherever the name stands
                is_pen_name=row.is_pen_name,
                portrait=here.whole(row.portrait.file.url) if row.portrait else "",
                addresses=addresses[row.pk],
            )


def named(*, at: dt.datetime, with_unpublished: bool) -> QuerySet[Author]:
    """Return the names on what goes out; of those on the way to publication, the ones that their writers chose."""
    pieces = which(at=at, with_unpublished=with_unpublished)
    chosen = Q(is_confirmed=True) | Q(post__state__in=sorted(OUT_STATES))
    bylines = Byline.objects.filter(chosen, post__in=pieces, author=OuterRef("pk"))
    introductions = texts(at=at, with_unpublished=with_unpublished).filter(introduced_by=OuterRef("pk"))
    return Author.objects.filter(Exists(bylines.order_by()) | Exists(introductions.order_by()))


def topics(*, at: dt.datetime, with_unpublished: bool) -> Iterator[Record]:
    """Give categories, then tags, then series. A category has its page from the beginning, the others by a piece."""
    pieces = which(at=at, with_unpublished=with_unpublished)
    categories = [(row, row.name, row.description, None) for row in Category.objects.order_by("slug")]
    yield from _topics(TopicKind.CATEGORY, categories)
    seen = Exists(pieces.filter(tags=OuterRef("pk")).order_by())
    yield from _topics(TopicKind.TAG, [(row, row.name, "", None) for row in Tag.objects.filter(seen).order_by("slug")])
    seen = Exists(pieces.filter(series=OuterRef("pk")).order_by())
    series = list(Series.objects.filter(seen).order_by("slug"))
    yield from _topics(TopicKind.SERIES, [(row, row.title, row.description, row.planned_parts) for row in series])
    yield from _planned(series)


def _topics(kind: TopicKind, rows: Sequence[tuple[Category | Tag | Series, str, str, int | None]]) -> Iterator[Topic]:
    for batch in in_batches(rows, here.AT_ONCE):
        addresses = here.addresses(kind.value, {row.pk: row.get_absolute_url() for row, *_rest in batch})
        for row, name, description, planned in batch:
            yield Topic(
                kind=kind,
                key=keys.of_topic(kind.value, row.slug),
                name=name,
                slug=row.slug,
                description=description,
                planned_parts=planned,
                addresses=addresses[row.pk],
            )


def _planned(series: list[Series]) -> Iterator[Loss]:
    told = SeriesSlot.objects.filter(Q(is_title_shown=True) | Q(planned_for__isnull=False), series__in=series)
    for slot in told.select_related("series").order_by("series__slug", "part_number"):
        shown = [f"its working title, “{slot.working_title}”,"] if slot.is_title_shown else []
        shown += [f"that it is planned for {slot.planned_for:%B %Y}"] if slot.planned_for else []
        why = f"{' and '.join(shown)} goes out with backups alone."
        which = f"{slot.series.title}, part {slot.part_number}"
        yield Loss("planned part", which, f"{why[0].upper()}{why[1:]}", Weight.CHANGED)
