"""What is in the feeds of comments. The blog writes them, like its own.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no feed to give.
"""

import datetime as dt

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commenting.reading import latest_comments
from accounts.models import Comment
from blog import keys
from blog.editorial.letters.writing import absolute
from blog.editorial.upkeep import addresses
from blog.models import Masthead, Post
from blog.prose import show_plain
from blog.reading.feeds.contents import MOST_ITEMS, Feed, Item, Name, key_of, plain
from blog.reading.rendering import MovedError, RetractedError
from blog.reading.shown import shows


def everything(*, moment: dt.datetime) -> Feed:
    """Return the feed of the newest comments on pieces that readers see."""
    shows(keys.COMMENTS)
    return _feed(
        latest_comments(moment, MOST_ITEMS),
        title=_("Comments"),
        page=reverse("reading:home"),
        at=reverse("comments:feed"),
    )


def of_piece(*, year: int, month: int, day: int, slug: str, moment: dt.datetime) -> Feed:
    """Return the feed of the newest comments under a piece; a wrong date for the right name leads to the right one."""
    post = Post.objects.visible_at(moment).filter(slug=slug).select_related("live").defer("live__body").first()
    if post is None:
        if taken_down := addresses.taken_down(slug=slug):
            raise RetractedError(taken_down)
        raise Http404
    path = post.get_absolute_url()
    if post.published_at is None or timezone.localdate(post.published_at) != _date(year, month, day):
        raise MovedError(f"{path}feed/")
    shows(keys.piece(post.pk), keys.discussion(post.pk))
    title = _("Comments on “{title}”").format(title=post.live.title if post.live else "")
    return _feed(latest_comments(moment, MOST_ITEMS, on=post), title=title, page=path, at=f"{path}feed/")


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _feed(comments: list[Comment], *, title: str, page: str, at: str) -> Feed:
    masthead = Masthead.current()
    shows(keys.EVERYTHING)
    return Feed(
        title=plain(f"{title} – {masthead.name}"),
        about=plain(masthead.strapline),
        publisher=plain(masthead.name),
        page=absolute(page),
        address=absolute(at),
        items=[_item(comment) for comment in comments],
    )


def _item(comment: Comment) -> Item:
    shows(keys.piece(comment.post_id), keys.discussion(comment.post_id))
    if comment.author_id:
        shows(keys.author(comment.author_id))
    title = comment.post.live.title if comment.post.live else ""
    return Item(
        key=key_of("comment", comment.pk, comment.written_at),
        address=absolute(comment.get_absolute_url()),
        title=plain(_("{name} on “{title}”").format(name=comment.public_name, title=title)),
        content=plain(show_plain(comment.text)),
        names=[Name(plain(comment.public_name))],
        published_at=comment.written_at,
        updated_at=comment.edited_at or comment.written_at,
    )
