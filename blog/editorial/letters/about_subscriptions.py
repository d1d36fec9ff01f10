"""The letters about following by mail, as rows of the registry (`letter_words`). None holds what somebody typed."""

from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import BLOG, Given, Kind, Word, register
from blog.editorial.subscriptions.subjects import subject_of
from blog.models import Subscription

CONFIRM, RUNNING = "to_reader/follow_confirm", "to_reader/follow_running"


def _subscription(given: Given) -> Subscription | None:
    found = given.more.get("subscription")
    return found if isinstance(found, Subscription) else None


def _followed(given: Given) -> str:
    row = _subscription(given)
    return subject_of(row).words if row else ""


def _how_often(given: Given) -> str:
    row = _subscription(given)
    if row is not None and row.how_often == Subscription.Pace.WEEKLY:
        return str(gettext_lazy("One letter a week, if there is something new."))
    return str(gettext_lazy("One letter for each new piece, as it comes out."))


FOLLOWED = Word("followed", gettext_lazy("what is followed."), gettext_lazy("the series “Small lists”"), _followed)
HOW_OFTEN = Word(
    "how_often",
    gettext_lazy("the sentence about how often letters come."),
    gettext_lazy("One letter for each new piece, as it comes out."),
    _how_often,
)
DAYS = Word("days", gettext_lazy("for how many days the link works."), "30", lambda given: given.text("days"))
LINK = Word(
    "link",
    gettext_lazy("the reader’s own link. The letter is emptied once it is sent, and shown to nobody."),
    "https://blog.example/following/…/",
    lambda given: given.text("link"),
)

register(
    Kind(
        CONFIRM,
        gettext_lazy("Following: confirm the address"),
        gettext_lazy("Sent to the address that somebody typed to follow by mail. It holds nothing that was typed."),
        (FOLLOWED, HOW_OFTEN, BLOG, DAYS, LINK),
    ),
    Kind(
        RUNNING,
        gettext_lazy("Following: it runs already"),
        gettext_lazy("Sent instead where the address follows already, so that the page need not say so."),
        (FOLLOWED, HOW_OFTEN, BLOG, LINK),
    ),
)
