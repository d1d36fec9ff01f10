"""The letters of the demonstration: an editor's own words for one kind, a reminder, and that nobody is mailed."""

import datetime as dt

from django.db.models import F

from accounts.models import User
from blog.editorial.letters import reminders
from blog.editorial.letters import wordings as letter_wordings
from blog.editorial.mailings import sending
from blog.models import Delivery, Letter, LetterAct, News, Post
from blog.states import State

REWORDED = "to_writer/published"
THANKS = "Thank you for writing it."
KINDER = "Thank you for writing it. Tell your colleagues, if you like; the address is below."


def show_letters(*, administrator: User, at: dt.datetime) -> None:
    """Change the words of one letter, and remind somebody of a proof by hand."""
    wording = letter_wordings.wording_of(REWORDED)
    if wording:
        text = wording.text.replace(THANKS, KINDER)
        letter_wordings.change_wording(
            kind=REWORDED, subject=wording.subject, text=text, seen=0, by=administrator, at=at
        )
    for post in Post.objects.filter(state=State.IN_PROOF, editor__isnull=False).order_by("pk")[:1]:
        waiting = reminders.remindable(post=post, at=at)
        if post.editor and waiting:
            reminders.remind_by_hand(post=post, name=waiting[0].name, by=post.editor, at=at)


def count_as_sent(*, at: dt.datetime) -> None:
    """Have nobody mailed: the people are invented, so no mail server may ever see what is written to them.

    Letters count as sent, those to subscribers too, and those that the next move overtook only because no worker ran in
    between; there is no news left for a letter of the day; and no reminders go out by themselves.
    """
    overtaken = LetterAct.objects.filter(kind=LetterAct.Kind.OVERTAKE, at__gte=F("letter__due_at"))
    Letter.objects.filter(pk__in=list(overtaken.values_list("letter_id", flat=True))).update(
        status=Letter.Status.WAITING
    )
    overtaken.delete()
    waiting = Letter.objects.filter(status=Letter.Status.WAITING)
    waiting.filter(is_confidential=True).update(status=Letter.Status.SENT, sent_at=F("due_at"), text="")
    waiting.update(status=Letter.Status.SENT, sent_at=F("due_at"))
    Delivery.objects.filter(state=Delivery.State.QUEUED).update(state=Delivery.State.SENT, sent_at=F("due_at"))
    sending.finish(at=at)
    News.objects.filter(letter__isnull=True).update(dropped_at=at)
    Post.objects.update(is_reminded=False)
