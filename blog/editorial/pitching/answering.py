"""How soon pitches are usually answered, taken from those that were."""

import math
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Pitch

MOST_LOOKED_AT = 20  # The last ones: how it is now, not how it was in other years
FEWEST = 5  # Of fewer nobody can say what is usual
A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class AnswerDays:
    """Within how many days pitches are usually answered, or, while there is little history, are meant to be."""

    days: int
    is_from_history: bool

    @property
    def sentence(self) -> str:
        """Say it, in one sentence."""
        if not self.is_from_history:
            sentence = ngettext(
                "We have not answered many yet; we try to answer within {days} day.",
                "We have not answered many yet; we try to answer within {days} days.",
                self.days,
            )
            return sentence.format(days=apnumber(self.days))
        if self.days == 1:
            return _("We usually answer within a day.")
        return _("We usually answer within {days} days.").format(days=apnumber(self.days))


def answer_days() -> AnswerDays:
    """Return the usual answering time: the median of the last twenty pitches that an editor answered. One query."""
    answered = Pitch.objects.filter(answered_at__isnull=False).order_by("-answered_at")
    waits = [
        (answered_at - confirmed_at).total_seconds()
        for answered_at, confirmed_at in answered.values_list("answered_at", "confirmed_at")[:MOST_LOOKED_AT]
        if answered_at and confirmed_at
    ]
    if len(waits) < FEWEST:
        return AnswerDays(settings.ANSWER_DAYS, is_from_history=False)
    return AnswerDays(max(1, math.ceil(median(waits) / A_DAY)), is_from_history=True)
