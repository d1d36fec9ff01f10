"""Which pitches wait for an editor, and for how long, in words."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Pitch, PitchState


def waiting(*, at: dt.datetime, most: int) -> tuple[int, list[Pitch]]:
    """Return how many pitches wait for an editor, and those that have waited longest, oldest first. Two queries."""
    rows = Pitch.objects.filter(state=PitchState.WAITING)
    oldest = rows.select_related("slot__series", "editor").order_by("state_since", "pk")
    return rows.count(), list(oldest[:most])


def wait_in_words(pitch: Pitch, at: dt.datetime) -> str:
    """Say for how many days it has waited for an editor."""
    days = (timezone.localdate(at) - timezone.localdate(pitch.state_since)).days
    if days <= 0:
        return _("waiting since today")
    return ngettext("waiting for {days} day", "waiting for {days} days", days).format(days=days)


def late_in_words(pitch: Pitch, at: dt.datetime) -> str:
    """Say that its answer is overdue, or nothing."""
    due = timezone.localdate(pitch.state_since) + dt.timedelta(days=settings.ANSWER_DAYS)
    days = (timezone.localdate(at) - due).days
    if pitch.state != PitchState.WAITING or days <= 0:
        return ""
    if days == 1:
        return _("The answer was due yesterday.")
    return ngettext("The answer was due {days} day ago.", "The answer was due {days} days ago.", days).format(days=days)
