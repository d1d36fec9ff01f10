"""Telling those who follow a piece that it is out: planned as soon as it is published, begun some minutes after."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from blog.editorial.mailings.following import Pace, following, not_from_an_archive, queue
from blog.editorial.mailings.sending import counts_of
from blog.models import Mailing, MailingAct, Post
from blog.states import State

# Whoever hears of a piece so much later has found it by then: after a week with no worker nobody is told
TOO_LATE = dt.timedelta(days=7)


def delay() -> dt.timedelta:
    """Return how long a piece is out before anybody is told, so that a slip can be taken back."""
    return dt.timedelta(minutes=settings.ANNOUNCE_MINUTES)


def due_at(post: Post) -> dt.datetime:
    """Return when those who follow a published piece are told: the delay after it is out, or out again."""
    return max(post.published_at or post.state_since, post.state_since) + delay()


def plan(*, at: dt.datetime) -> int:
    """Plan an announcement of each piece that is published, now or for a time ahead, and has none. Returns how many.

    Editors see it in the list, and can hold it, before it goes. A piece has one in its life, however often it is
    published; one that was dated back by more than a week gets none, and none that came published from an archive.
    """
    new = Post.objects.filter(state=State.PUBLISHED, published_at__gt=at - TOO_LATE).exclude(
        pk__in=Mailing.objects.filter(kind=Mailing.Kind.ANNOUNCEMENT, post__published_at__gt=at - TOO_LATE).values(
            "post"
        )
    )
    planned = 0
    for post in not_from_an_archive(new).only("pk", "published_at", "state_since"):
        try:
            with transaction.atomic():
                Mailing.objects.create(kind=Mailing.Kind.ANNOUNCEMENT, post=post, at=due_at(post), prepared_at=at)
        except IntegrityError:  # Another worker was faster
            continue
        planned += 1
    return planned


def begin(mailing: Mailing, *, at: dt.datetime) -> bool:
    """Queue a due announcement, if its piece is out and has been for the delay; returns whether it is going out.

    Of a piece that was put off it waits for the new time; of one that is not out it waits until it is, or too late.
    """
    with transaction.atomic():
        row = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
        if row.state != Mailing.State.PLANNED or row.at > at:
            return False
        post = Post.objects.filter(mailings=row, state=State.PUBLISHED).prefetch_related("bylines").first()
        if post is None:
            return False
        if due_at(post) > at:
            Mailing.objects.filter(pk=row.pk).update(at=due_at(post))
            return False
        # Whoever began to follow after that moment has found the piece on the page
        who = following([post], Pace.AT_ONCE) & Q(confirmed_at__lte=due_at(post))
        recipients = queue(row, who, at=at)
        Mailing.objects.filter(pk=row.pk).update(state=Mailing.State.SENDING, queued_at=at, recipients=recipients)
    return True


def expire(*, at: dt.datetime) -> int:
    """Cancel announcements of pieces that have not been out for a week after their time. Returns how many."""
    late = Mailing.objects.filter(kind=Mailing.Kind.ANNOUNCEMENT, at__lte=at - TOO_LATE).filter(
        Q(state=Mailing.State.PLANNED) | Q(state=Mailing.State.SENDING) & ~Q(post__state=State.PUBLISHED)
    )
    cancelled = 0
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            open_states = [Mailing.State.PLANNED, Mailing.State.SENDING]
            row = Mailing.objects.select_for_update(of=("self",)).get(pk=pk)
            counts = counts_of(row) if row.queued_at else {}
            rows = Mailing.objects.filter(pk=pk, state__in=open_states)
            if rows.update(state=Mailing.State.CANCELLED, **counts):
                MailingAct.objects.create(mailing_id=pk, kind=MailingAct.Kind.LATE, at=at)
                cancelled += 1
    return cancelled
