"""What the first page of the desk says of letters to those who follow the blog: what goes out next, what is held."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.admin.mailing_lines import line_of
from blog.admin.mailings import mailings_for
from blog.models import Mailing

if TYPE_CHECKING:
    from accounts.models import User

MOST_MAILINGS = 4
LONG = [f"post__{text}__{field}" for text in ("live", "working") for field in ("body", "introduction")]
State = Mailing.State
# What a line says before a mailing begins; one that is going out is counted on its own page, not for each line here
UNCOUNTED = {"recipients": 0, "sent": 0, "skipped": 0, "failed": 0, "unsure": 0}


@dataclass(frozen=True)
class Due:
    """One mailing on the first page."""

    title: str
    url: str
    sentence: str
    late: str


def mailings_due(user: "User", at: dt.datetime) -> dict[str, object]:
    """Return the mailings that are still to go out, or ended unsure, the next first. One query."""
    waits = Q(state__in=[State.PLANNED, State.SENDING, State.HELD]) | Q(state=State.DONE, unsure__gt=0)
    due = mailings_for(user, at=at).filter(waits).defer(*LONG)
    rows = list(due.order_by("at", "pk")[: MOST_MAILINGS + 1])
    return {
        "mailings": [_due(row, at) for row in rows[:MOST_MAILINGS]],
        "mailings_url": reverse("admin:blog_mailing_changelist"),
        "has_more_mailings": len(rows) > MOST_MAILINGS,
    }


def _due(mailing: Mailing, at: dt.datetime) -> Due:
    line = line_of(mailing, at=at, progress=UNCOUNTED)
    sentence = _("Going out now.") if mailing.state == State.SENDING else line.sentence
    return Due(line.title, line.url, sentence, _late(mailing))


def _late(mailing: Mailing) -> str:
    """Say what somebody has to decide about, if anything."""
    if mailing.state == State.HELD:
        return _("Held until somebody releases it.")
    if mailing.state == State.DONE:
        return _("Of some letters nobody knows whether they arrived.")
    return ""
