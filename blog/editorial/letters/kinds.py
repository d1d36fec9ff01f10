"""Every kind of letter that editors can reword: when it is sent, and the words that can be filled in.

The registry is the only source of what a letter can say beside its fixed text, so no letter can hold more about
anybody than these words do. Names in them are those that stand around a piece: a pen name holds. Other apps add their
own kinds with `register`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Invitation, Masthead, Post

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

SIDES = {
    "to_writer": gettext_lazy("To writers and guests"),
    "to_editor": gettext_lazy("To editors"),
    "to_reader": gettext_lazy("To readers"),
}


@dataclass(frozen=True)
class Given:
    """What a letter is written from."""

    at: dt.datetime
    site: str
    to_name: str = ""
    post: Post | None = None
    invitation: Invitation | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def masthead(self) -> Masthead:
        """The masthead as it is now."""
        return Masthead.current()

    def text(self, name: str) -> str:
        """Return a text that came along, or nothing."""
        return str(self.more.get(name) or "")


Value = Callable[[Given], str]


@dataclass(frozen=True)
class Word:
    """A word that can be filled in: what it stands for, an example, and whether it can be empty or have many lines."""

    name: str
    meaning: "Words"
    example: "Words"
    value: Value
    is_long: bool = False
    is_optional: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of letter. `needs` are the words it can't do without; `group` says what people can choose about it."""

    name: str
    label: "Words"
    when: "Words"
    words: tuple[Word, ...]
    needs: tuple[str, ...] = ("link",)
    group: str = ""
    is_decision: bool = False

    @property
    def side(self) -> str:
        """Whom it goes to."""
        return self.name.partition("/")[0]

    @property
    def names(self) -> list[str]:
        """The names of the words."""
        return [word.name for word in self.words]

    def word(self, name: str) -> Word:
        """Return one of the words."""
        return next(word for word in self.words if word.name == name)

    def fill_from(self, given: Given) -> dict[str, str]:
        """Return what the words stand for in one letter."""
        return {word.name: str(word.value(given) or "") for word in self.words}

    def example(self, *, is_short: bool = False) -> dict[str, str]:
        """Return what they stand for in an invented letter, or in one in which everything that can be empty is."""
        return {
            word.name: "" if is_short and word.is_optional and word.name not in self.needs else str(word.example)
            for word in self.words
        }


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds of letters to the list that editors see."""
    KINDS.update({kind.name: kind for kind in kinds})


def quoted(text: str) -> str:
    """Mark plain text as somebody's own words: every line begins with “> ” (RFC 3676, 4.5)."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def full_day(day: dt.date | None) -> str:
    """Write a day in full: Tuesday 17 March."""
    return date_format(day, "l j F") if day else ""


def uk_time(moment: dt.datetime | None) -> str:
    """Write a moment with its zone in words: Saturday 14 March 2026 at 08.00 (UK time)."""
    if moment is None:
        return ""
    local = localtime(moment)
    return _("{day} at {time} (UK time)").format(day=date_format(local, "l j F Y"), time=date_format(local, "H.i"))


def link_word(example: str, path: Callable[[Given], str]) -> Word:
    """Return the word for the address that a letter leads to; after a short line with a colon it becomes a button."""
    meaning = gettext_lazy("the address of the page that the letter leads to.")
    return Word("link", meaning, f"https://blog.example{example}", lambda given: given.site + path(given))


def of_post(take: Callable[[Post], object]) -> Value:
    """Return what takes a word from the piece; nothing for a letter that is about none."""
    return lambda given: str(take(given.post) or "") if given.post else ""


def _due_ahead(given: Given) -> dt.date | None:
    due = given.post.due_date if given.post else None
    return due if due and due >= localdate(given.at) else None


def sentence_of(sentence: "Words", day_of: Callable[[Given], dt.date | None], otherwise: "Words" = "") -> Value:
    """Return what says a sentence with a day in it, or another where there is no day."""

    def say(given: Given) -> str:
        day = day_of(given)
        return str(sentence).format(day=full_day(day)) if day else str(otherwise)

    return say


def answer_due(given: Given) -> dt.date | None:
    """Return the day by which the writer of the piece may expect an answer."""
    return given.post.answer_due_date if given.post else None


TO_NAME = Word("to_name", gettext_lazy("the name of whoever gets it."), "Priya Raman", lambda given: given.to_name)
BY_NAME = Word(
    "by_name",
    gettext_lazy("the name of whoever did what it reports; the pen name, if they write under one."),
    "Tom Ashby",
    lambda given: given.text("by_name"),
)
BLOG = Word("blog", gettext_lazy("the name of the blog."), "Any Other Business", lambda given: given.masthead.name)
TITLE = Word("title", gettext_lazy("the title of the piece."), "Who closes a row?", of_post(lambda post: post.title))
LIVE_TITLE = Word(
    "title",
    gettext_lazy("the title of the piece, as readers see it."),
    "Who closes a row?",
    of_post(lambda post: post.readers_title),
)
REASON = Word(
    "reason",
    gettext_lazy("the reason, as it was written, set apart as their own words."),
    "> Say who answers, and by when.\n> Then it is nearly there.",
    lambda given: quoted(given.text("reason")),
    is_long=True,
    is_optional=True,
)
WRITES = Word(
    "by_name_writes",
    gettext_lazy("“Tom Ashby writes:”, if a reason was given."),
    "Tom Ashby writes:",
    lambda given: (
        _("{name} writes:").format(name=given.text("by_name")) if given.text("reason") and given.text("by_name") else ""
    ),
    is_optional=True,
)
MESSAGE = Word(
    "message",
    gettext_lazy("the message, as it was written, set apart as their own words."),
    "> Could you add a figure to the second paragraph?",
    lambda given: quoted(getattr(given.more.get("message"), "text", "")),
    is_long=True,
)
ANSWER_BY = Word(
    "answer_by",
    gettext_lazy("the sentence that says until when the writer may expect an answer, while it is an editor’s turn."),
    gettext_lazy("The writer expects an answer by Tuesday 17 March."),
    sentence_of(gettext_lazy("The writer expects an answer by {day}."), answer_due),
    is_optional=True,
)
PLEASE_BY = Word(
    "please_by",
    gettext_lazy("the sentence that asks for it by its date, if there is one ahead."),
    gettext_lazy("Please send it by Friday 20 March, or say if you need longer."),
    sentence_of(gettext_lazy("Please send it by {day}, or say if you need longer."), _due_ahead),
    is_optional=True,
)
PLEASE_SEND_BACK = Word(
    "please_send_back",
    gettext_lazy("the sentence that asks for it back: by its date, or when they are ready if there is none ahead."),
    gettext_lazy("Please send it back by Friday 20 March, or say if you need longer."),
    sentence_of(
        gettext_lazy("Please send it back by {day}, or say if you need longer."),
        _due_ahead,
        gettext_lazy("Send it back when you are ready, and say if you have a question."),
    ),
)
NOTES_STAND = Word(
    "notes_stand_beside",
    gettext_lazy("the line that introduces the open notes, if there are any."),
    gettext_lazy("Beside the text stand these notes:"),
    lambda given: _("Beside the text stand these notes:") if given.text("open_notes") else "",
    is_optional=True,
)
OPEN_NOTES = Word(
    "open_notes",
    gettext_lazy("the open notes beside the text, each in short, set apart as somebody’s own words."),
    "> 1. Tom Ashby: “Replace ‘soon’ with ‘by Friday’.”",
    lambda given: quoted(given.text("open_notes")),
    is_long=True,
    is_optional=True,
)
DUE = Word(
    "due",
    gettext_lazy("the day that it is or was due."),
    "Friday 20 March",
    lambda given: full_day(given.more.get("due")),
)
WRITERS_PAGE = link_word("/desk/12/", lambda g: reverse("writing:piece", args=[g.post.pk]) if g.post else "")
PROOF_PAGE = link_word("/desk/12/proof/", lambda g: reverse("writing:proof", args=[g.post.pk]) if g.post else "")
TALK = link_word(
    "/desk/12/#conversation",
    lambda g: reverse("writing:piece", args=[g.post.pk]) + "#conversation" if g.post else "",
)
REVIEW_PAGE = link_word(
    "/admin/blog/post/12/change/", lambda g: reverse("admin:blog_post_change", args=[g.post.pk]) if g.post else ""
)
NOTE = Word(
    "note",
    gettext_lazy("the first of the notes in short, set apart as their own words."),
    "> “the score that we bought”: May we name the supplier?",
    lambda given: quoted(given.text("words")),
    is_long=True,
)
WRITERS_NOTES = link_word(
    "/desk/12/#notes", lambda g: reverse("writing:piece", args=[g.post.pk]) + "#notes" if g.post else ""
)
REVIEW_NOTES = link_word(
    "/admin/blog/post/12/change/#notes",
    lambda g: reverse("admin:blog_post_change", args=[g.post.pk]) + "#notes" if g.post else "",
)
ITS_PAGE = link_word("/2026/03/14/who-closes-a-row/", lambda g: g.post.get_absolute_url() if g.post else "")

ALWAYS = (TO_NAME, BY_NAME, TITLE, BLOG)


def shortened(text: str, most: int = 600) -> str:
    """Return the beginning of a text."""
    return Truncator(text).chars(most)
