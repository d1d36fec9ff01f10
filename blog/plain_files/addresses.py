"""Which addresses the site has for readers, asked of the database through the gate: each as its path, once."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from blog import keys
from blog.models import Author, Category, Correction, PlainPage, Post, Series, Tag
from blog.plain_files.making import make
from blog.reading import changes, counts, lists
from blog.reading import series as runs
from blog.reading.feeds.addresses import FORMATS
from blog.states import CHANGES

A_SITEMAP = re.compile(rb"<loc>[^<]*?(/sitemap[^<]*)</loc>")
TOLD = sorted(kind for kind, change in CHANGES.items() if change.shows_earlier_text)


def addresses(*, moment: dt.datetime) -> Iterator[str]:
    """Yield the path of every page and feed that readers can open at that moment."""
    yield from _paged(reverse("reading:home"), lists.everything(moment=moment).count)
    yield from _feeds(reverse("reading:feed"), reverse("comments:feed"))
    yield from (reverse("reading:archive"), reverse("reading:series_list"), reverse("reading:authors"))
    yield from _numbered(reverse("reading:series_list"), runs.series_page(moment=moment).last)
    yield from _numbered(reverse("reading:authors"), counts.writers(moment=moment).last)
    told = Correction.objects.shown_at(moment).count()
    yield reverse("reading:changes")
    yield from _numbered(reverse("reading:changes"), lists.last_page(told, size=changes.A_PAGE))
    yield from (page.get_absolute_url() for page in PlainPage.objects.order_by("pk"))
    yield from _topics(moment)
    yield from _dates(moment)
    yield from _pieces(moment)
    yield from _sitemaps(moment)


def visible_pieces(moment: dt.datetime) -> Iterator[Post]:
    """Yield the pieces that readers see, oldest first, with no more than addresses need."""
    rows = Post.objects.visible_at(moment).order_by("published_at", "pk")
    return rows.only("slug", "published_at", "state", "comment_pages").iterator(chunk_size=2000)


def _pieces(moment: dt.datetime) -> Iterator[str]:
    visible = Post.objects.visible_at(moment)
    told = Correction.objects.filter(post__in=visible.values("pk"), kind__in=TOLD).order_by()
    changed = dict(told.values_list("post").annotate(number=Count("pk")))
    for post in visible_pieces(moment):
        path = post.get_absolute_url()
        yield path
        yield from (f"{path}earlier/{number}/" for number in range(1, changed.get(post.pk, 0) + 1))
        yield from (f"{path}comment-page-{number}/" for number in range(2, post.comment_pages + 1))
        yield from _feeds(f"{path}feed/")


def _dates(moment: dt.datetime) -> Iterator[str]:
    for year in counts.years(moment=moment):
        yield from _paged(reverse("reading:year", args=[year.number]), year.count)
        for first, count in year.months:
            yield from _paged(reverse("reading:month", args=[first.year, first.month]), count)
    dates = Post.objects.visible_at(moment).order_by().values_list("published_at", flat=True)
    days = Counter(timezone.localdate(date) for date in dates.iterator(chunk_size=2000) if date)
    for day in sorted(days):
        yield from _paged(reverse("reading:day", args=[day.year, day.month, day.day]), days[day])


def _topics(moment: dt.datetime) -> Iterator[str]:
    # A category has a page from the beginning; the others with their first piece
    for category in Category.objects.order_by("pk"):
        yield from _paged(category.get_absolute_url(), lists.kept(keys.in_category(category.pk), moment=moment).count)
        yield from _feeds(f"{category.get_absolute_url()}feed/")
    visible = Post.objects.visible_at(moment).values("pk")
    for tag in Tag.objects.filter(posts__in=visible).distinct().order_by("pk"):
        yield from _paged(tag.get_absolute_url(), lists.kept(keys.with_tag(tag.pk), moment=moment).count)
        yield from _feeds(f"{tag.get_absolute_url()}feed/")
    for author in Author.objects.filter(posts__in=visible).distinct().order_by("pk"):
        yield from _paged(author.get_absolute_url(), lists.kept(keys.by_author(author.pk), moment=moment).count)
        yield from _feeds(f"{author.get_absolute_url()}feed/")
    for series in Series.objects.filter(posts__in=visible).distinct().order_by("pk"):
        yield series.get_absolute_url()
        yield from _feeds(f"{series.get_absolute_url()}feed/")


def _sitemaps(moment: dt.datetime) -> Iterator[str]:
    index = reverse("reading:sitemap")
    yield index
    yield from (path.decode() for path in A_SITEMAP.findall(make(index, moment=moment).content))


def _paged(path: str, count: int) -> Iterator[str]:
    yield path
    yield from _numbered(path, lists.last_page(count))


def _numbered(path: str, last: int) -> Iterator[str]:
    return (f"{path}page/{number}/" for number in range(2, last + 1))


def _feeds(*paths: str) -> Iterable[str]:
    return [f"{path}{form.below}" for path in paths for form in FORMATS]
