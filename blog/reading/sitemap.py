"""The sitemap (https://www.sitemaps.org/protocol.html): an index, one file a month with its pieces, one of lists.

A month with more pieces than one file takes has several. Each file of lists has those of a stretch of keys, so that
nobody need count them. Neither the index nor any file takes more work the more pieces there are: how many each month
has was written down when they were published.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from blog import keys
from blog.editorial.letters.writing import absolute
from blog.models import Author, Category, Listed, Listing, ListingKind, PlainPage, Post, Series, Tag
from blog.reading import counts, lists
from blog.reading.lasting import lasting
from blog.reading.rendering import MovedError
from blog.reading.shown import shows

CONTENT_TYPE = "application/xml; charset=utf-8"
A_FILE = 5000
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
FIXED = ["home", "archive", "series_list", "authors", "changes", "contribute"]
TOPICS: dict[str, type[Category | Series | Tag | Author]] = {
    ListingKind.CATEGORY: Category,
    ListingKind.SERIES: Series,
    ListingKind.TAG: Tag,
    ListingKind.AUTHOR: Author,
}
A_PICTURE = re.compile(r'<img\b[^>]*? src="(/[^"]*)"')


@dataclass(frozen=True)
class Address:
    """One page: its path, when it changed last, and the paths of its pictures."""

    path: str
    changed_at: dt.datetime | None = None
    pictures: tuple[str, ...] = ()


def index(*, moment: dt.datetime) -> str:
    """Build the index: the files of the lists, then those of every month with visible pieces, newest first."""
    shows(keys.ALL, keys.SERIES, keys.AUTHORS)
    files = [_lists_path(number) for number in _list_files()]
    for year in counts.years(moment=moment):
        for first, count in year.months:
            files += [_month_path(first, number) for number in _numbers(count)]
    return _written("sitemapindex", "sitemap", (Address(path) for path in files))


def month(*, year: int, month: int, moment: dt.datetime, number: int | None = None) -> str:
    """Build a file with the pieces of a month, newest first; raise Http404 for one without any."""
    if not 1 <= month <= 12:
        raise Http404
    first = dt.date(year, month, 1)
    if number == 1:
        raise MovedError(_month_path(first, 1))
    pieces = lists.begun_or_404(lists.of_month(first, moment=moment))
    file = _one_of(_numbers(pieces.count), number)
    found = lists.a_page_of(pieces.newest_first, file, pieces.count, size=A_FILE)
    rows = Post.objects.visible_at(moment).filter(pk__in=found).newest_first()
    rows = rows.select_related("live__lead_picture").prefetch_related("corrections")
    shows(*(keys.piece(pk) for pk in found))
    return _written("urlset", "url", map(_piece, rows))


def of_lists(*, moment: dt.datetime, number: int | None = None) -> str:
    """Build a file with the plain pages and the lists; raise Http404 beyond the last."""
    if number == 1:
        raise MovedError(_lists_path(1))
    shows(keys.ALL, keys.SERIES, keys.AUTHORS, keys.EVERYTHING)
    file = _one_of(_list_files(), number)
    stretch = _topic_lists(moment).filter(pk__gt=(file - 1) * A_FILE, pk__lte=file * A_FILE)
    topics = _topics(stretch.order_by("kind", "subject").values_list("kind", "subject"))
    return _written("urlset", "url", [*(_pages() if file == 1 else []), *topics])


def _piece(post: Post) -> Address:
    """Return a piece's address, its publication or last correction, and the pictures in it."""
    text = post.live
    if text is None or post.published_at is None:
        return Address(post.get_absolute_url())
    lead = [text.lead_picture.file.url] if text.lead_picture else []
    pictures = dict.fromkeys([*lead, *A_PICTURE.findall(text.introduction), *A_PICTURE.findall(text.body)])
    changed_at = max([post.published_at, *(correction.at for correction in post.corrections.all())])
    return Address(post.get_absolute_url(), changed_at, tuple(pictures))


def _pages() -> list[Address]:
    """Return the pages that are always there, and the plain pages."""
    plain = list(PlainPage.objects.order_by("pk"))
    shows(*(keys.on_page(page.pk) for page in plain))
    fixed = [Address(reverse(f"reading:{name}")) for name in FIXED if not (lasting() and name == "contribute")]
    return [*fixed, *(Address(page.get_absolute_url(), page.changed_at) for page in plain)]


def _topic_lists(moment: dt.datetime) -> QuerySet[Listing]:
    """Return the lists of categories, series, tags and authors that have visible pieces. Three queries to find them."""
    pieces_ahead = list(Post.objects.ahead_at(moment).values_list("pk", flat=True))
    ahead = Counter(Listed.objects.filter(post__in=pieces_ahead).values_list("listing", flat=True))
    sizes = Listing.objects.filter(pk__in=ahead).values_list("pk", "pieces")
    unseen = [pk for pk, pieces in sizes if pieces <= ahead[pk]]
    return Listing.objects.filter(kind__in=TOPICS, pieces__gt=0).exclude(pk__in=unseen)


def _topics(rows: Iterable[tuple[str, int]]) -> list[Address]:
    """Return the pages of categories, series, tags and authors, one query for each kind."""
    wanted: dict[str, list[int]] = {}
    for kind, subject in rows:
        wanted.setdefault(kind, []).append(subject)
    found = []
    for kind, subjects in wanted.items():
        shows(*(keys.author(pk) if kind == ListingKind.AUTHOR else keys.topic(kind, pk) for pk in subjects))
        topics = TOPICS[kind].objects.filter(pk__in=subjects).order_by("pk")
        found += [Address(topic.get_absolute_url()) for topic in topics]
    return found


def _numbers(count: int) -> range:
    return range(1, -(-count // A_FILE) + 1)


def _list_files() -> range:
    """Return the numbers of the files of lists; one always has the plain pages."""
    last = Listing.objects.aggregate(last=Max("pk"))["last"]
    return _numbers(last or 1)


def _one_of(files: range, number: int | None) -> int:
    """Return the number of a file, the first for none; raise Http404 if there is no such file."""
    file = 1 if number is None else number
    if file not in files:
        raise Http404
    return file


def _month_path(first: dt.date, number: int) -> str:
    if number == 1:
        return reverse("reading:sitemap_month", args=[first.year, first.month])
    return reverse("reading:sitemap_month_more", args=[first.year, first.month, number])


def _lists_path(number: int) -> str:
    return reverse("reading:sitemap_lists") if number == 1 else reverse("reading:sitemap_lists_more", args=[number])


def _written(root: str, entry: str, addresses: Iterable[Address]) -> str:
    out = StringIO()
    xml: Any = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(root, {"xmlns": SITEMAPS, **({"xmlns:image": IMAGES} if root == "urlset" else {})})
    for address in addresses:
        xml.startElement(entry, {})
        xml.addQuickElement("loc", absolute(address.path))
        if address.changed_at:
            xml.addQuickElement("lastmod", rfc3339_date(timezone.localtime(address.changed_at)))
        for picture in address.pictures:
            xml.startElement("image:image", {})
            xml.addQuickElement("image:loc", absolute(picture))
            xml.endElement("image:image")
        xml.endElement(entry)
    xml.endElement(root)
    return out.getvalue()
