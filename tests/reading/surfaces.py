"""Every reader's address as a function of a piece, so that whatever hides a piece can be tried on all of them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from blog.editorial.upkeep.listings import relist
from blog.models import Category, Post, Series, Tag
from blog.states import State
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_editor,
    make_piece,
)

TITLE = "Zebra crossings at dusk"
SLUG = "zebra-crossings-at-dusk"
TELLTALE = [TITLE, SLUG, "A standfirst.", "A name against each row", "Quentin Onlyhere"]


@dataclass(frozen=True)
class Subject:
    """A piece and all that it hangs on."""

    post: Post
    on: dt.date
    category: Category
    tag: Tag
    series: Series

    def dated(self, *parts: str) -> list[object]:
        """Return parts of the day it went out, or would have gone out."""
        return [getattr(self.on, part) for part in parts]


@dataclass(frozen=True)
class Surface:
    """One reader's address, and whether it shows the title of a visible piece."""

    path: Callable[[Subject], str]
    shows: bool = True


def _at(name: str, *args: Callable[[Subject], object]) -> Callable[[Subject], str]:
    return lambda subject: reverse(f"reading:{name}", args=[arg(subject) for arg in args])


def _year(subject: Subject) -> object:
    return subject.on.year


def _month(subject: Subject) -> object:
    return subject.on.month


def _day(subject: Subject) -> object:
    return subject.on.day


def _slug(subject: Subject) -> object:
    return SLUG


def _category(subject: Subject) -> object:
    return subject.category.slug


def _tag(subject: Subject) -> object:
    return subject.tag.slug


def _series(subject: Subject) -> object:
    return subject.series.slug


def _author(subject: Subject) -> object:
    return subject.post.bylines.get().author.slug


def _two(subject: Subject) -> object:
    return 2


FORMATS = ["", "_atom", "_json"]
SURFACES: dict[str, Surface] = {
    "home": Surface(_at("home")),
    "home_page": Surface(_at("home_page", _two), shows=False),
    "year": Surface(_at("year", _year)),
    "year_page": Surface(_at("year_page", _year, _two), shows=False),
    "month": Surface(_at("month", _year, _month)),
    "month_page": Surface(_at("month_page", _year, _month, _two), shows=False),
    "day": Surface(_at("day", _year, _month, _day)),
    "day_page": Surface(_at("day_page", _year, _month, _day, _two), shows=False),
    "post": Surface(_at("post", _year, _month, _day, _slug)),
    "earlier": Surface(_at("earlier", _year, _month, _day, _slug, lambda _subject: 1), shows=False),
    "comments": Surface(_at("comments", _year, _month, _day, _slug, _two), shows=False),
    "plain_page": Surface(_at("plain_page", lambda _subject: "about"), shows=False),
    "preview_page": Surface(_at("preview_page"), shows=False),
    "category": Surface(_at("category", _category)),
    "category_page": Surface(_at("category_page", _category, _two), shows=False),
    "tag": Surface(_at("tag", _tag)),
    "tag_page": Surface(_at("tag_page", _tag, _two), shows=False),
    "author": Surface(_at("author", _author)),
    "author_page": Surface(_at("author_page", _author, _two), shows=False),
    "authors": Surface(_at("authors"), shows=False),
    "authors_page": Surface(_at("authors_page", _two), shows=False),
    "series_list_page": Surface(_at("series_list_page", _two), shows=False),
    "series_list": Surface(_at("series_list"), shows=False),
    "series": Surface(_at("series", _series)),
    "archive": Surface(_at("archive"), shows=False),
    "changes": Surface(_at("changes"), shows=False),
    "changes_page": Surface(_at("changes_page", _two), shows=False),
    "search": Surface(lambda _subject: reverse("reading:search") + "?q=quentin"),
    **{f"feed{form}": Surface(_at(f"feed{form}")) for form in FORMATS},
    **{f"category_feed{form}": Surface(_at(f"category_feed{form}", _category)) for form in FORMATS},
    **{f"tag_feed{form}": Surface(_at(f"tag_feed{form}", _tag)) for form in FORMATS},
    **{f"author_feed{form}": Surface(_at(f"author_feed{form}", _author)) for form in FORMATS},
    **{f"series_feed{form}": Surface(_at(f"series_feed{form}", _series)) for form in FORMATS},
    "sitemap": Surface(_at("sitemap"), shows=False),
    "sitemap_lists": Surface(_at("sitemap_lists"), shows=False),
    "sitemap_lists_more": Surface(_at("sitemap_lists_more", _two), shows=False),
    "sitemap_month": Surface(_at("sitemap_month", _year, _month), shows=False),
    "sitemap_month_more": Surface(_at("sitemap_month_more", _year, _month, _two), shows=False),
    "card": Surface(_at("card", lambda subject: subject.post.pk, lambda _subject: "0"), shows=False),
    "site_card": Surface(_at("site_card", lambda _subject: "0"), shows=False),
    "contribute": Surface(_at("contribute"), shows=False),
    "contact": Surface(_at("contact"), shows=False),
    "pitch_form": Surface(_at("pitch_form"), shows=False),
    "pitch_sent": Surface(_at("pitch_sent"), shows=False),
    "pitch": Surface(_at("pitch", lambda _subject: "no-such-token"), shows=False),
    "pitch_act": Surface(_at("pitch_act", lambda _subject: "no-such-token", lambda _subject: "confirm"), shows=False),
    "contact_sent": Surface(_at("contact_sent"), shows=False),
    "subscribe": Surface(_at("subscribe"), shows=False),
    "subscribe_sent": Surface(_at("subscribe_sent"), shows=False),
    "subscribe_ask": Surface(_at("subscribe_ask"), shows=False),
    "subscribe_series": Surface(_at("subscribe_series", _series), shows=False),
    "subscribe_author": Surface(_at("subscribe_author", _author), shows=False),
    "subscribe_category": Surface(_at("subscribe_category", _category), shows=False),
    **{
        name: Surface(_at(name, lambda _subject: "no-such-token"), shows=False)
        for name in ("manage_subscriptions", "confirm_subscription", "end_subscription")
    },
    "preview": Surface(_at("preview", lambda subject: subject.post.pk), shows=False),
    "preview_change": Surface(_at("preview_change", lambda subject: subject.post.pk), shows=False),
    "robots": Surface(_at("robots"), shows=False),
    "healthz": Surface(_at("healthz"), shows=False),
}
# A form and a page for those who have signed in; everything else is the same for everybody
PERSONAL = {
    "contact", "pitch_form", "pitch", "pitch_act", "preview", "preview_change", "preview_page",
    "subscribe_ask", "manage_subscriptions", "confirm_subscription", "end_subscription",
}  # fmt: skip


def make_subject(state: State, *, at: dt.datetime, go_out_at: dt.datetime | None = None) -> Subject:
    """Make a piece in a state, with a category, a tag, a series and a writer that no other piece has."""
    category, series, tag = CategoryFactory(), SeriesFactory(planned_parts=3), TagFactory()
    post = make_piece(
        state,
        title=TITLE,
        at=at,
        go_out_at=go_out_at,
        editor=make_editor(),
        author=None,
        category=category,
        series=series,
        part_number=1,
    )
    author = post.bylines.get().author
    author.name = "Quentin Onlyhere"
    author.save()
    post.tags.add(tag)
    relist(post=post, at=at)
    return Subject(post, timezone.localdate(go_out_at or at), category, tag, series)


def written_by(**author: Any) -> dict[str, Any]:
    """Return the particulars of a piece by a writer who appears like this."""
    writer = UserFactory()
    return {"writer": writer, "author": make_author(writer, **author)}
