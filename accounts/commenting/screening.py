"""Which comments wait for an editor, and why: newcomers, links, listed words, floods.

The rules are data (`ModerationRules`, `ListedWord`), edited in the admin. Nothing here is a pattern that people write,
and each comment is read a fixed number of times, so that no text and no list takes long.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Comment, ListedWord, ModerationRules, User
from accounts.models.comments import CommentQuerySet
from blog.editorial.names.identity import writes_as
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal
from blog.models import Author, Post

State = Comment.State
WINDOW = dt.timedelta(minutes=1)
REFUSED_FROM = 4  # So many times what a rule lets through before things wait
MOST_WORDS = 4  # In a row, on the list
MOST_NAMED = 5  # Listed words that a reason names
CAME_WITH_AN_ARCHIVE = "archive"  # It waited over there, for years perhaps

LINK = re.compile(r"(?:https?:/|www\.)[^\s]", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")


class TooManyCommentsError(EditorialRefusal):
    """More comments come in than people write. Nothing is kept of this one: 429 (RFC 6585, 4)."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a comment, and why it waits: what `Comment.held_because` keeps."""

    state: Comment.State
    reasons: list[dict[str, Any]] = field(default_factory=list)


def verdict(*, user: User, author: Author | None, text: str, post: Post, at: dt.datetime) -> Verdict:
    """Say whether readers see a comment at once. Called in the transaction that writes it, with the account locked.

    `author` is the name on the piece's byline that it is written under. Such a comment, and one of an editor, never
    waits. Everybody else's does, under the current rules, if fewer than so many comments of the account were approved,
    if it has too many links, if it holds a listed word, or in a flood, from one account or from all. Raises
    TooManyCommentsError in a heavy flood.

    What was written under a byline's name counts for nothing here, neither as trust nor as a flood: what happens to
    comments elsewhere would tell whose name it is.
    """
    if author is not None or is_editor(user):
        return Verdict(State.APPROVED)
    rules = ModerationRules.current()
    own = own_name_comments(user)
    approved = own.public()[: rules.trusted_after].count() if rules.trusted_after else 0
    is_newcomer = approved < rules.trusted_after
    reasons = [*_flood(own, rules, is_newcomer=is_newcomer, at=at)]
    if is_newcomer:
        reasons.insert(0, {"why": "newcomer", "approved": approved})
    links = len(LINK.findall(text))
    if links > rules.most_links:
        reasons.append({"why": "links", "count": links})
    reasons += [{"why": "word", "word": words} for words in listed_in(text)[:MOST_NAMED]]
    return Verdict(State.HELD if reasons else State.APPROVED, reasons)


def refuse_in_flood(*, user: User, post: Post, at: dt.datetime) -> None:
    """Raise TooManyCommentsError for a newcomer's comment in a heavy flood, before anything is locked.

    `verdict` would say the same, but under the lock that the comments of others wait for. Two questions to the database
    where there is no flood.
    """
    rules = ModerationRules.current()
    if _from_all(rules, at) < rules.site_a_minute * REFUSED_FROM:
        return
    approved = own_name_comments(user).public()[: rules.trusted_after].count() if rules.trusted_after else 0
    if approved < rules.trusted_after and not is_editor(user) and writes_as(user, post) is None:
        raise TooManyCommentsError(too_many())


def too_many() -> str:
    """Return the sentence for somebody whose comment is refused in a flood."""
    return _("Many comments are coming in just now. Please keep your text and send it again in a minute.")


def _from_all(rules: ModerationRules, at: dt.datetime) -> int:
    """Return how many comments came in the last minute; no further than matters."""
    # Each state on its own, so that the index by state and time answers, however many comments there are
    lately = Comment.objects.filter(written_at__gt=at - WINDOW, state__in=State.values, author__isnull=True).order_by()
    return lately[: rules.site_a_minute * REFUSED_FROM].count()


def is_trusted(user: User) -> bool:
    """Whether comments of the account under its own name appear at once, if nothing else is wrong with them."""
    rules = ModerationRules.current()
    wanted = rules.trusted_after
    return is_editor(user) or not wanted or own_name_comments(user).public()[:wanted].count() >= wanted


def own_name_comments(user: User) -> CommentQuerySet:
    """Return what an account wrote under its own name: all that may be said to belong together."""
    return Comment.objects.filter(user=user, author__isnull=True)


def _flood(
    own: CommentQuerySet, rules: ModerationRules, *, is_newcomer: bool, at: dt.datetime
) -> Iterator[dict[str, Any]]:
    from_all = _from_all(rules, at)
    from_one = own.filter(written_at__gt=at - WINDOW).order_by().count()
    is_too_much = from_one >= rules.account_a_minute * REFUSED_FROM
    if is_too_much or (is_newcomer and from_all >= rules.site_a_minute * REFUSED_FROM):
        raise TooManyCommentsError(too_many())
    if from_one >= rules.account_a_minute:
        yield {"why": "flood", "count": from_one + 1}
    elif from_all >= rules.site_a_minute:
        yield {"why": "brake"}


def folded(text: str) -> list[str]:
    """Return the words of a text without capitals, accents and invisible signs: what is compared with the list."""
    # Composing in short runs is not needed here: taking apart is linear but for the order of marks, which are dropped
    plain = "".join(
        sign
        for character in text
        for sign in unicodedata.normalize("NFKD", character)
        if unicodedata.category(sign) not in {"Mn", "Me", "Cf"}
    )
    return WORD.findall(plain.casefold())


def listed_in(text: str) -> list[str]:
    """Return the listed words that a text holds, as the list writes them, each once, in the order of the list."""
    listed = dict(ListedWord.objects.values_list("folded", "words"))
    if not listed:
        return []
    words = folded(text)
    found = {
        run
        for length in range(1, MOST_WORDS + 1)
        for start in range(len(words) - length + 1)
        if (run := " ".join(words[start : start + length])) in listed
    }
    return [listed[run] for run in sorted(found)]


def in_words(reasons: list[dict[str, Any]]) -> list[str]:
    """Return why a comment waits, as the queue says it."""
    known = (SENTENCES.get(reason.get("why", "")) for reason in reasons)
    return [say(reason) for say, reason in zip(known, reasons, strict=True) if say]


def _newcomer(reason: dict[str, Any]) -> str:
    approved = reason.get("approved", 0)
    if not approved:
        return _("first comment")
    return ngettext("{count} approved so far", "{count} approved so far", approved).format(count=approved)


def _links(reason: dict[str, Any]) -> str:
    return ngettext("has {count} link", "has {count} links", reason["count"]).format(count=reason["count"])


def _flooded(reason: dict[str, Any]) -> str:
    count = reason["count"]
    return ngettext("{count} comment in a minute", "{count} comments in a minute", count).format(count=count)


def _reported(reason: dict[str, Any]) -> str:
    count = reason["count"]
    return ngettext("reported by {count} reader", "reported by {count} readers", count).format(count=count)


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "newcomer": _newcomer,
    "links": _links,
    "word": lambda reason: _("word “{word}”").format(word=reason["word"]),
    "flood": _flooded,
    "brake": lambda _reason: _("many comments at once, from everybody"),
    "reports": _reported,
    CAME_WITH_AN_ARCHIVE: lambda reason: _("came with the archive “{archive}”").format(archive=reason["archive"]),
}
