"""Addresses that change: what was once printed in an address leads on for ever."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from blog.models import Author, Category, OldAddress, PlainPage, Post, Series, Tag
from blog.states import State

Kind = OldAddress.Kind
# The reader's addresses that hold a slug, and what may come after it
DATED = re.compile(
    r"/\d{4}/\d{2}/\d{2}/(?P<slug>[-\w]+)/(?P<rest>(?:(?:earlier/|comment-page-)\d+/|feed/(?:[a-z]+/)?)?)"
)
TOPIC = re.compile(r"/(?P<kind>category|tag|series|author)/(?P<slug>[-\w]+)/(?P<rest>(?:[a-z]+/){0,2}(?:\d+/)?)")
PAGE = re.compile(r"/(?P<slug>[-\w]+)/(?P<rest>)")


@dataclass(frozen=True)
class TakenDown:
    """A piece that readers could see before it was retracted: its key, and when that was."""

    post: int
    at: dt.datetime


class TakenDownError(Exception):
    """The address once led to a piece that the editors have taken down."""

    def __init__(self, taken_down: TakenDown) -> None:
        super().__init__(taken_down)
        self.taken_down = taken_down


def keep(*, kind: str, target: int, old: str, new: str, at: dt.datetime) -> None:
    """Write down that something has another address now. The old one leads there for ever.

    An address that it takes back is no longer an old one. To be called in the transaction of the change.
    """
    if old == new or not old:
        return
    with transaction.atomic():
        OldAddress.objects.filter(kind=kind, slug=new, target=target).delete()
        OldAddress.objects.update_or_create(kind=kind, slug=old, defaults={"target": target, "kept_at": at})


def forget(*, kind: str, target: int) -> None:
    """Let no old address lead to something any more: a name that went under a pen name must not be found by it."""
    OldAddress.objects.filter(kind=kind, target=target).delete()


def free(base: str, is_taken: Callable[[str], bool]) -> str:
    """Return an address that is free: `base`, or with a number behind. In few questions, however many have the same."""
    if not is_taken(base):
        return base
    low, high = 1, 2
    while is_taken(f"{base}-{high}"):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(f"{base}-{middle}") else (low, middle)
    return f"{base}-{high}"


def is_kept_by_other(*, kind: str, slug: str, target: int | None = None) -> bool:
    """Whether an address once belonged to another, and so leads there and is not free."""
    return OldAddress.objects.filter(kind=kind, slug=slug).exclude(target=target or 0).exists()


def kept_by_another() -> str:
    """Return the sentence for somebody who wants an address that is kept for another."""
    return _("Another had this address, and it leads its readers on. Choose a different one.")


def present_path(*, path: str, at: dt.datetime) -> str:
    """Return where an old address leads now, or nothing. Only what readers may see is told.

    Raises TakenDownError for that of a piece which readers could see once.
    """
    if found := DATED.fullmatch(path):
        return _present(Kind.POST, found, at)
    if found := TOPIC.fullmatch(path):
        return _present(found["kind"], found, at)
    if found := PAGE.fullmatch(path):
        return _present(Kind.PLAIN_PAGE, found, at)
    return ""


def _present(kind: str, found: re.Match[str], at: dt.datetime) -> str:
    path = next((present_address(kind=kind, target=key, at=at) for key in _targets(kind, found["slug"])), "")
    return f"{path}{found['rest']}" if path else ""


def present_address(*, kind: str, target: int, at: dt.datetime) -> str:
    """Return the address of a thing, by its kind and key, if readers may see it; else nothing.

    Raises TakenDownError for a piece that readers could see once.
    """
    if kind == Kind.POST:
        post = Post.objects.filter(pk=target).first()
        if post and not post.is_visible_at(at) and was_taken_down(post):
            raise TakenDownError(TakenDown(post.pk, post.state_since))
        return post.get_absolute_url() if post and post.is_visible_at(at) else ""
    visible = Post.objects.visible_at(at)
    thing: PlainPage | Category | Tag | Series | Author | None = None
    if kind == Kind.PLAIN_PAGE:
        thing = PlainPage.objects.filter(pk=target).first()
    elif kind == Kind.CATEGORY:  # It has a page from the beginning; the others with their first piece
        thing = Category.objects.filter(pk=target).first()
    elif kind == Kind.TAG and visible.filter(tags=target).exists():
        thing = Tag.objects.filter(pk=target).first()
    elif kind == Kind.SERIES and visible.filter(series=target).exists():
        thing = Series.objects.filter(pk=target).first()
    elif kind == Kind.AUTHOR and visible.filter(authors=target).exists():
        thing = Author.objects.filter(pk=target).first()
    return thing.get_absolute_url() if thing else ""


def _targets(kind: str, slug: str) -> list[int]:
    return list(OldAddress.objects.filter(kind=kind, slug=slug).values_list("target", flat=True))


def was_taken_down(post: Post) -> bool:
    """Whether readers could see a piece before it was retracted."""
    return post.state == State.RETRACTED and post.published_at is not None and post.published_at <= post.state_since


def taken_down(*, slug: str) -> TakenDown | None:
    """Return the piece of that address that was taken down, if readers could see it before."""
    retracted = Post.objects.filter(slug=slug, state=State.RETRACTED, published_at__lte=F("state_since"))
    row = retracted.values_list("pk", "state_since").first()
    return TakenDown(*row) if row else None
