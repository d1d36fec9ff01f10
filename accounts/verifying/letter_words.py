"""The letters about badges: the words that editors can fill in."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import BLOG, TO_NAME, Given, Kind, Word, full_day, link_word, register


def _code(given: Given) -> str:
    return given.text("code")


def _day(given: Given) -> str:
    lapses_at = given.more.get("lapses_at")
    return full_day(localdate(lapses_at)) if lapses_at else ""


CODE = Word("code", gettext_lazy("the code to type on the page that asked for it."), "BCDF-GHJK", _code)
DAY = Word("day", gettext_lazy("the day on which the badge lapses."), "Friday 20 March", _day)
PAGE = link_word("/accounts/verifying/", lambda _given: reverse("accounts:verifying"))


def register_letters() -> None:
    """Add the letters about badges to the list of the blog. Once, at the start."""
    register(
        Kind(
            "to_reader/badge_code",
            gettext_lazy("A code for the badge"),
            gettext_lazy(
                "Sent to a work address for whoever wants to be shown as a public servant. It names nobody, for others "
                "may read there."
            ),
            (BLOG, CODE),
            needs=("code",),
        ),
        Kind(
            "to_reader/badge_reminder",
            gettext_lazy("The badge lapses soon"),
            gettext_lazy("Sent four weeks before the badge of a public servant lapses, and in the last week."),
            (TO_NAME, BLOG, DAY, PAGE),
            group="reminders",
        ),
        Kind(
            "to_reader/badge_ended",
            gettext_lazy("The badge has ended"),
            gettext_lazy("Sent when the domain that a badge rested on is taken off the list."),
            (TO_NAME, BLOG, PAGE),
        ),
    )
