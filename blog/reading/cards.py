"""Cards: the pictures that other sites show beside a link to a piece.

The address of a card carries a hash of what it shows, so a kept one is never out of date. An older hash leads on to
the card as it is now.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import astuple

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import keys
from blog.models import Byline, Masthead, Post, Revision
from blog.reading import series
from blog.reading.card_drawing import HEIGHT, WIDTH, Card, draw
from blog.reading.rendering import MovedError
from blog.reading.shown import shows

__all__ = ["CONTENT_TYPE", "HEIGHT", "WIDTH", "names", "of_piece", "of_site", "path_of", "piece_card", "site_card"]

CONTENT_TYPE = "image/png"
DRAWING = 1  # Goes up with every change to how cards look
MOST_NAMES = 3


def of_piece(
    post: Post, text: Revision, *, bylines: Sequence[Byline], place: series.Place | None, masthead: Masthead
) -> Card:
    """Return what the card of a piece shows."""
    category = post.category.name if post.category else ""
    return Card(
        blog=masthead.name,
        title=text.title,
        byline=names(bylines),
        kicker=_standing(place) if place else category,
        part=(place.number or 0) if place else 0,
        parts=place.total if place else 0,
        accent=masthead.accent,
    )


def of_site(masthead: Masthead) -> Card:
    """Return what the card of the blog itself shows."""
    return Card(blog=masthead.name, title=masthead.name, byline=masthead.strapline, accent=masthead.accent)


def path_of(card: Card, *, pk: int | None = None) -> str:
    """Return where a card is, that of a piece or of the blog itself."""
    digest = hashlib.sha256(repr((DRAWING, astuple(card))).encode()).hexdigest()[:12]
    if pk is None:
        return reverse("reading:site_card", args=[digest])
    return reverse("reading:card", args=[pk, digest])


def piece_card(*, pk: int, digest: str, moment: dt.datetime) -> bytes:
    """Draw the card of a piece that readers see; raise Http404 for any other, MovedError for an older card of it."""
    visible = (
        Post.objects.visible_at(moment).select_related("live", "series", "category").prefetch_related("bylines__author")
    )
    post = visible.defer("live__body", "live__introduction").filter(pk=pk).first()
    if post is None or post.live is None:
        raise Http404
    _shows_piece(post)
    place = series.places([post], moment=moment).get(post.pk)
    card = of_piece(post, post.live, bylines=post.ordered_bylines(), place=place, masthead=Masthead.current())
    return _drawn(card, digest, path_of(card, pk=post.pk))


def site_card(*, digest: str, moment: dt.datetime) -> bytes:
    """Draw the card of the blog itself; raise MovedError for an older one."""
    shows(keys.EVERYTHING)
    card = of_site(Masthead.current())
    return _drawn(card, digest, path_of(card))


def _drawn(card: Card, digest: str, path: str) -> bytes:
    if f"-{digest}." not in path:
        raise MovedError(path)
    return draw(card)


def _shows_piece(post: Post) -> None:
    shows(keys.EVERYTHING, keys.piece(post.pk), *(keys.author(byline.author_id) for byline in post.bylines.all()))
    if post.series_id:
        shows(keys.topic("series", post.series_id), keys.in_series(post.series_id))
    elif post.category_id:
        shows(keys.topic("category", post.category_id))


def names(bylines: Sequence[Byline]) -> str:
    """Return the names on a piece in one line; of more than three, the first two and how many others."""
    written = [byline.author.name for byline in bylines]
    if len(written) > MOST_NAMES:
        others = _("{number} others").format(number=len(written) - 2)
        written = [*written[:2], others]
    *first, last = written or [""]
    return _("{names} and {last}").format(names=", ".join(first), last=last) if first else last


def _standing(place: series.Place) -> str:
    title, number, total = place.series.title, place.number, place.total
    if number and total > 1:
        return _("Part {number} of {total} in {series}").format(number=number, total=total, series=title)
    if number:
        return _("Part {number} in {series}").format(number=number, series=title)
    return _("In {series}").format(series=title)
