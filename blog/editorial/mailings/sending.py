"""Sending what is queued, in small batches: claimed by one worker each, so that a kill loses and doubles nothing.

A letter is queued, claimed with a lease, “being sent” from right before it can arrive (`wire`), and sent. A worker that
dies leaves claims, which run out and are taken over, and at most one letter that was being sent: its journal says
whether that one left. Where even the journal can't, it is unsure: not sent again by itself, and shown to editors.
"""

import datetime as dt
import logging
import secrets
import traceback
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from blog.editorial.mailings import journal
from blog.editorial.mailings.following import Pace, following, follows, subscriptions_of
from blog.editorial.mailings.journal import Fate, Journal
from blog.editorial.mailings.messages import Contents, message_for
from blog.editorial.mailings.wire import Look, Outcome, Result, Wire
from blog.editorial.subscriptions.bouncing import note_bounce
from blog.models import Delivery, Mailing, Post, Subscription
from blog.states import State as PostState

logger = logging.getLogger(__name__)

State = Delivery.State
LEASE = dt.timedelta(minutes=5)
# A letter that a server put off is tried again after these waits; then it has failed
WAITS = [dt.timedelta(minutes=m) for m in (5, 15, 60, 240, 1200)]
# While nothing goes at all, the whole mailing waits so long between two tries
PAUSE = dt.timedelta(minutes=2)
ON_THE_WAY = (State.QUEUED, State.SENDING)
A_MINUTE = dt.timedelta(minutes=1)


def send_some(*, at: dt.datetime, most: int = 50, is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Send the next letters of what is going out, at most so many, and return how many were dealt with.

    After each letter `is_stopped` says whether to leave the rest to somebody else; the one at hand is always finished.
    """
    settle_lost(at=at)
    claimed = _claim(at=at, most=most)
    if claimed is None:
        finish(at=at)
        return 0
    mailing, rows = claimed
    return _Batch(mailing, rows, at=at).send(is_stopped)


def settle_lost(*, at: dt.datetime) -> int:
    """Settle what was being sent by workers that have died: gone, queued again, or unsure. Returns how many."""
    settled = 0
    for row in Delivery.objects.filter(state=State.SENDING, claimed_until__lte=at):
        fate = journal.fate_of(row.claim, row.pk)
        if fate is Fate.ALIVE:
            continue
        ours = Delivery.objects.filter(pk=row.pk, claim=row.claim, state=State.SENDING)
        if fate is Fate.GONE:
            settled += ours.update(state=State.SENT, sent_at=at, claim="", claimed_until=None)
        elif fate is Fate.NEVER_LEFT:
            settled += ours.update(state=State.QUEUED, claim="", claimed_until=None)
        else:
            settled += ours.update(state=State.UNSURE)
        journal.remove(row.claim)
    return settled


def finish(*, at: dt.datetime) -> int:
    """Call done what has nothing left to send, with its counts. Returns how many."""
    left = Delivery.objects.filter(mailing=OuterRef("pk"), state__in=ON_THE_WAY)
    done = 0
    for pk in Mailing.objects.filter(~Exists(left), state=Mailing.State.SENDING).values_list("pk", flat=True):
        with transaction.atomic():
            row = Mailing.objects.select_for_update(of=("self",)).get(pk=pk)
            if row.state == Mailing.State.SENDING and not row.deliveries.filter(state__in=ON_THE_WAY).exists():
                counts = counts_of(row)
                Mailing.objects.filter(pk=pk).update(state=Mailing.State.DONE, done_at=at, last_error="", **counts)
                done += 1
    return done


def counts_of(mailing: Mailing) -> dict[str, int]:
    """Return how many letters of a mailing were sent, failed and so on, counted now."""
    rows = Delivery.objects.filter(mailing=mailing).order_by().values_list("state").annotate(count=Count("pk"))
    counts = dict(rows)
    return {
        "recipients": sum(counts.values()),
        "sent": counts.get(State.SENT, 0),
        "skipped": counts.get(State.SKIPPED, 0),
        "failed": counts.get(State.FAILED, 0),
        "unsure": counts.get(State.UNSURE, 0),
    }


def _claim(*, at: dt.datetime, most: int) -> tuple[Mailing, list[Delivery]] | None:
    """Claim the next letters of the oldest mailing that can go on; no more than the limit for a minute lets through."""
    going = Mailing.objects.filter(state=Mailing.State.SENDING).filter(
        Q(wait_until__isnull=True) | Q(wait_until__lte=at),
        Q(post__isnull=True) | Q(post__state=PostState.PUBLISHED, post__published_at__lte=at),
    )
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = Delivery.objects.filter(free, state=State.QUEUED, due_at__lte=at)
    mailing = (
        going.filter(Exists(due.filter(mailing=OuterRef("pk")))).select_related("post").order_by("at", "pk").first()
    )
    if mailing is None:
        return None
    with transaction.atomic():
        # Workers claim in turn, so that together they keep the limit
        locked = Mailing.objects.filter(state=Mailing.State.SENDING).select_for_update(of=("self",)).order_by("pk")
        if mailing.pk not in {row.pk for row in locked}:
            return None
        if settings.MAILINGS_PER_MINUTE:
            tried = Delivery.objects.filter(tried_at__gt=at - A_MINUTE, tried_at__lte=at).count()
            most = min(most, settings.MAILINGS_PER_MINUTE - tried)
        rows = list(due.filter(mailing=mailing).order_by("due_at", "pk")[: max(most, 0)])
        claim = secrets.token_hex(16)
        for row in rows:
            row.claim = claim
        keys = [row.pk for row in rows]
        Delivery.objects.filter(pk__in=keys).update(claim=claim, claimed_until=at + LEASE, tried_at=at)
    return (mailing, rows) if rows else None


class _Batch:
    """The letters that one worker has claimed, over one connection."""

    def __init__(self, mailing: Mailing, rows: list[Delivery], *, at: dt.datetime) -> None:
        self.mailing, self.rows, self.at = mailing, rows, at
        self.contents = Contents(mailing, at=at)
        pace = Pace.WEEKLY if mailing.is_round_up else Pace.AT_ONCE
        addresses = [row.address for row in rows]
        self.subscriptions = subscriptions_of(addresses, following(self.contents.posts, pace))
        self.had = self._had_at_once(addresses)

    def send(self, is_stopped: Callable[[], bool]) -> int:
        """Send them one after the other; give back what is not reached."""
        dealt_with = 0
        try:
            with Journal(self.rows[0].claim) as book, Wire() as wire:
                for row in self.rows:
                    if is_stopped() or not self._deal_with(row, wire, book):
                        break
                    dealt_with += 1
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  Nothing that is wrong with a mailing may stop the letters beside it
            where = "".join(traceback.format_tb(error.__traceback__))
            name = type(error).__name__
            logger.error("Mailing %s waits: %s\n%s", self.mailing.pk, name, where)  # noqa: TRY400  Its message may hold an address
            self._wait(type(error).__name__)
        finally:
            ours = Delivery.objects.filter(pk__in=[row.pk for row in self.rows], claim=self.rows[0].claim)
            ours.filter(state=State.QUEUED).update(claim="", claimed_until=None)
        return dealt_with

    def _deal_with(self, row: Delivery, wire: Wire, book: Journal) -> bool:
        """Send one letter, and write down what came of it; returns whether to go on with the next."""
        subscriptions, posts = self._for(row.address)
        if not posts:
            self._note(row, {State.QUEUED}, state=State.SKIPPED)
            return True
        message = message_for(row, self.contents, posts, subscriptions)
        look = Look(
            last=lambda: self._last_look(row, posts, subscriptions),
            going=lambda: book.going(row.pk),
            gone=lambda: book.gone(row.pk),
        )
        return self._note_result(row, wire.send(message, look))

    def _for(self, address: str) -> tuple[list[Subscription], list[Post]]:
        """Return why an address gets the letter, and which of its pieces: none that it has had at once."""
        subscriptions, had = self.subscriptions.get(address, []), self.had.get(address, set())
        posts = [
            post
            for post in self.contents.posts
            if post.pk not in had and any(follows(one, post) for one in subscriptions)
        ]
        return [one for one in subscriptions if any(follows(one, post) for post in posts)], posts

    def _had_at_once(self, addresses: list[str]) -> dict[str, set[int]]:
        had: dict[str, set[int]] = defaultdict(set)
        if self.mailing.is_round_up:
            rows = Delivery.objects.filter(
                mailing__kind=Mailing.Kind.ANNOUNCEMENT,
                mailing__post__in=self.contents.posts,
                address__in=addresses,
                state__in=[State.SENT, State.SENDING, State.UNSURE],
            )
            for address, post in rows.values_list("address", "mailing__post_id"):
                had[address].add(post)
        return had

    def _last_look(self, row: Delivery, posts: list[Post], subscriptions: list[Subscription]) -> bool:
        """Call the letter “being sent”, in a write of its own, if it is still to go; returns whether it is.

        It is not if somebody held the mailing, if a piece of it was retracted, or if its reader ended it just now.
        """
        is_going = Mailing.objects.filter(pk=OuterRef("mailing_id"), state=Mailing.State.SENDING)
        not_out = Post.objects.filter(pk__in=[post.pk for post in posts]).exclude(state=PostState.PUBLISHED)
        follows_still = Subscription.objects.active().filter(pk__in=[one.pk for one in subscriptions])
        ours = Delivery.objects.filter(pk=row.pk, claim=row.claim, state=State.QUEUED)
        ours = ours.filter(Exists(is_going), Exists(follows_still), ~Exists(not_out))
        return bool(ours.update(state=State.SENDING, attempts=F("attempts") + 1))

    def _note_result(self, row: Delivery, result: Result) -> bool:
        at, outcome = self.at, result.outcome
        words = result.words.replace(row.address, "…")[:300]
        tried = {State.SENDING, State.UNSURE, State.QUEUED}
        if outcome is Outcome.SENT:
            self._note(row, tried, state=State.SENT, sent_at=at, last_error="")
        elif outcome is Outcome.UNSURE:
            self._note(row, tried, state=State.UNSURE, last_error=words)
        elif outcome is Outcome.REFUSED:
            self._note(row, tried, state=State.FAILED, last_error=words)
            note_bounce(address=row.address, at=at, is_permanent=result.is_permanent)
        elif outcome in {Outcome.LATER, Outcome.FAULT}:
            tries = row.attempts + 1
            if tries > len(WAITS):
                self._note(row, tried, state=State.FAILED, attempts=tries, last_error=words)
                if outcome is Outcome.LATER:
                    note_bounce(address=row.address, at=at, is_permanent=False)
            else:
                due_at = at + WAITS[tries - 1]
                self._note(row, tried, state=State.QUEUED, attempts=tries, due_at=due_at, last_error=words)
        if outcome in {Outcome.FAULT, Outcome.UNSURE}:
            self._wait(words)
        return outcome not in {Outcome.FAULT, Outcome.UNSURE, Outcome.WITHDRAWN}

    def _note(self, row: Delivery, origins: set[Delivery.State], **fields: Any) -> None:
        ours = Delivery.objects.filter(pk=row.pk, claim=row.claim, state__in=origins)
        ours.update(claim="", claimed_until=None, **fields)

    def _wait(self, words: str) -> None:
        Mailing.objects.filter(pk=self.mailing.pk).update(wait_until=self.at + PAUSE, last_error=words[:300])
