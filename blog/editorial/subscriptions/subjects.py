"""What can be followed, and how it is called."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Author, Category, Post, Series, Subscription
from blog.models.subscriptions import SubjectKind

LONGEST_SLUG = 200


@dataclass(frozen=True)
class Subject:
    """Everything, or one series, writer or category."""

    kind: SubjectKind = SubjectKind.EVERYTHING
    thing: Series | Author | Category | None = None

    @property
    def fields(self) -> dict[str, Series | Author | Category | str | None]:
        """What a row of it has in its columns."""
        which: dict[str, Series | Author | Category | str | None] = {"series": None, "author": None, "category": None}
        if self.thing:
            which[str(self.kind)] = self.thing
        return {"subject_kind": self.kind, **which}

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.thing.slug if self.thing else ""

    @property
    def path(self) -> str:
        """The path of the page on which it can be followed."""
        return (
            reverse(f"reading:subscribe_{self.kind}", args=[self.slug]) if self.thing else reverse("reading:subscribe")
        )

    @property
    def pieces_at(self) -> str:
        """The path of its pieces."""
        return self.thing.get_absolute_url() if self.thing else reverse("reading:home")

    @property
    def label(self) -> str:
        """What it is called where several are listed."""
        if isinstance(self.thing, Series):
            return _("The series “{name}”").format(name=self.thing)
        if isinstance(self.thing, Author):
            return _("Pieces by {name}").format(name=self.thing)
        if isinstance(self.thing, Category):
            return _("The category “{name}”").format(name=self.thing)
        return _("Everything")

    @property
    def words(self) -> str:
        """What it is called in a sentence that begins with “you follow”."""
        if isinstance(self.thing, Series):
            return _("the series “{name}”").format(name=self.thing)
        if isinstance(self.thing, Author):
            return _("what {name} writes").format(name=self.thing)
        if isinstance(self.thing, Category):
            return _("the category “{name}”").format(name=self.thing)
        return _("everything")

    @property
    def about(self) -> str:
        """What it is called in a sentence that begins with “we write to you about”."""
        return self.words if self.thing else _("each new piece")


EVERYTHING = Subject()


def subject_of(subscription: Subscription) -> Subject:
    """Return what a subscription follows."""
    thing = subscription.series or subscription.author or subscription.category
    return Subject(SubjectKind(subscription.subject_kind), thing)


def subject_at(*, kind: str, slug: str, at: dt.datetime) -> Subject | None:
    """Return what readers can follow under that address, or None. Only what readers may see can be followed.

    A category has a page from the beginning; a series and a writer with their first visible piece.
    """
    if kind in {"", SubjectKind.EVERYTHING}:
        return EVERYTHING
    if not slug or "\x00" in slug or len(slug) > LONGEST_SLUG:
        return None
    visible = Post.objects.visible_at(at)
    thing: Series | Author | Category | None = None
    if kind == SubjectKind.CATEGORY:
        thing = Category.objects.filter(slug=slug).first()
    elif kind == SubjectKind.SERIES:
        series = Series.objects.filter(slug=slug).first()
        thing = series if series and visible.filter(series=series).exists() else None
    elif kind == SubjectKind.AUTHOR:
        author = Author.objects.filter(slug=slug).first()
        thing = author if author and visible.filter(authors=author).exists() else None
    return Subject(SubjectKind(kind), thing) if thing else None
