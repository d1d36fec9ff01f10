"""Letting those who moderate hear of reports and formal complaints, within their limits."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.commenting.moderation_letters import REPORTED
from accounts.commenting.permissions import moderators_of
from accounts.models import Comment, Complaint, User
from blog.editorial.letters import news
from blog.editorial.letters.choices import HowOften, choices_of
from blog.editorial.letters.writing import write_letter

REPORTED_LETTER = "to_editor/comment_reported"
RUNS_OUT = dt.timedelta(hours=12)  # So much time is left when those who moderate are reminded of a complaint
NOT_BEFORE = dt.timedelta(hours=6)  # After it came


def tell_of_report(comment: Comment, *, reporter: User, is_held: bool, at: dt.datetime) -> None:
    """Let those who moderate hear that a comment was reported, as they chose; neither its writer nor who reported it.

    Nobody gets a second such letter on one day: what comes later is a line in the letter of the day, one a comment.
    """
    told = [one for one in moderators_of(comment.post) if one.pk not in {comment.user_id, reporter.pk}]
    choices = choices_of(told, REPORTED)
    for moderator in told:
        how_often = choices[moderator.pk]
        if how_often == HowOften.NEVER:
            continue
        row = news.keep_for_digest(
            user=moderator,
            group=REPORTED,
            key=_key(comment),
            sentence=_("A comment under “{title}” was reported").format(title=comment.post.readers_title),
            path=reverse("admin:accounts_comment_change", args=[comment.pk]),
            at=at,
        )
        is_first = not news.letters_today(user=moderator, kind=REPORTED_LETTER, at=at)
        if row and how_often == HowOften.AT_ONCE and is_first:
            row.letter = write_letter(
                REPORTED_LETTER,
                to_address=moderator.email,
                to_name=moderator.display_name,
                to_user=moderator,
                post=comment.post,
                at=at,
                comment=comment,
                is_held=is_held,
            )
            row.save(update_fields=["letter"])


def reports_are_closed(comment: Comment, *, at: dt.datetime) -> None:
    """Take a reported comment that somebody has decided about out of the letters of the day that are still to come."""
    news.drop(key=_key(comment), at=at)


def tell_of_complaint(complaint: Complaint, *, at: dt.datetime) -> None:
    """Write to those who moderate that a formal complaint has come. The law's clock runs, so nobody can choose."""
    _write_to_moderators("to_editor/complaint", complaint, at=at)


def remind_due(*, at: dt.datetime, most: int) -> int:
    """Remind those who moderate of complaints that nobody has answered and whose clock has less than 12 hours left.

    Once for each complaint, and nobody can choose, as with the first letter. In a transaction of its own with the fact
    that it was written, by a conditional update: a worker that is killed, or runs twice, neither loses nor doubles any.
    Returns how many letters were written; what is left over `most` comes the next time.
    """
    written = 0
    unanswered = Complaint.objects.filter(state=Complaint.State.OPEN, reminded_at=None, due_at__lte=at + RUNS_OUT)
    # What the editors gave a very short time is not reminded of in the minute in which it comes
    waiting = unanswered.filter(Q(due_at__lte=at) | Q(at__lte=at - NOT_BEFORE)).order_by("due_at", "pk")
    for complaint in waiting.select_related("post")[:most]:
        if written >= most:
            break
        with transaction.atomic():
            if unanswered.filter(pk=complaint.pk).update(reminded_at=at):
                written += _write_to_moderators("to_editor/complaint_runs_out", complaint, at=at)
    return written


def _write_to_moderators(kind: str, complaint: Complaint, *, at: dt.datetime) -> int:
    told = moderators_of(complaint.post)
    for moderator in told:
        write_letter(
            kind,
            to_address=moderator.email,
            to_name=moderator.display_name,
            to_user=moderator,
            post=complaint.post,
            at=at,
            complaint=complaint,
        )
    return len(told)


def _key(comment: Comment) -> str:
    return f"comment-reported:{comment.pk}"
