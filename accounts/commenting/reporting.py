"""Readers report a comment; enough reports hold it; each reporter hears what an editor decided.

The reported writer never learns who reported, nor from whom the reports came that held a comment.
"""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.commenting import alerting
from accounts.commenting.moderation_letters import REPORTS
from accounts.commenting.moves import move
from accounts.commenting.permissions import has_confirmed_address, stopped
from accounts.models import Comment, CommentDecision, ModerationRules, Report, User
from blog.editorial.letters import news
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.prose import clean_text

Outcome = Report.Outcome
MAX_WORDS = 1000
MOST_A_DAY = 20
A_DAY = dt.timedelta(days=1)
IN_VAIN = 3  # So many reports one after the other that were not upheld: further ones hold nothing by themselves


class MayNotReportError(EditorialRefusal):
    """The account can't report now, or not this comment."""


class TooManyReportsError(EditorialRefusal):
    """More reports came from one account within a day than people write: 429 (RFC 6585, 4)."""


def report_comment(*, comment: Comment, kind: str, words: str, by: User, at: dt.datetime) -> Report:
    """Report a comment to those who moderate.

    In this order, in one transaction: locks the account's row, so that two clicks wait for each other, and the
    comment's; checks that the account may report it (MayNotReportError, TooManyReportsError) and what was typed
    (IncompleteError); writes the report; holds the comment if enough reports that count are open, unless an editor has
    left it up before, or an editor or a writer of the piece wrote it: those only wait in the queue; lets those who
    moderate hear of it.

    A report counts if the account is as old as the rules ask, and if its last three were not all in vain.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        _require_reporter(user, row, at)
        words = _checked(kind, words)
        rules = ModerationRules.current()
        written = Report.objects.create(
            comment=row, reporter=user, kind=kind, words=words, at=at, counts=_counts(user, rules, at)
        )
        is_held = _hold(row, rules, at=at)
        alerting.tell_of_report(row, reporter=user, is_held=is_held, at=at)
    comment.state = row.state
    return written


def close_reports(
    *, comment: Comment, outcome: Report.Outcome, at: dt.datetime, decision: CommentDecision | None = None
) -> int:
    """Close the open reports of a comment, and let each reporter hear the outcome as they chose. Return how many.

    Those who moderate hear no more of them, and a reporter is addressed by the name that they have around the piece.
    Called in the transaction of what decides them: by `moderation`, and by who deletes a comment of their own (GONE).
    """
    alerting.reports_are_closed(comment, at=at)
    reports = list(Report.objects.filter(comment=comment, outcome="").select_related("reporter"))
    Report.objects.filter(pk__in=[one.pk for one in reports]).update(outcome=outcome, closed_at=at, decision=decision)
    names = names_around(comment.post) if reports else {}
    for one in reports:
        if one.reporter is None:
            continue
        news.tell(
            user=one.reporter,
            group=REPORTS,
            key=f"report:{one.pk}",
            sentence=SENTENCES[outcome]().format(title=comment.post.readers_title),
            path=reverse("accounts:report", args=[comment.pk]),
            at=at,
            kind=f"to_reader/report_{outcome}",
            to_name=name_in(names, one.reporter),
            post=comment.post,
            comment=comment,
            answer=decision.to_reporters if decision else "",
        )
    return len(reports)


SENTENCES = {
    Outcome.UPHELD: lambda: _("The comment that you reported under “{title}” was taken down"),
    Outcome.NOT_UPHELD: lambda: _("The comment that you reported under “{title}” stays"),
    Outcome.GONE: lambda: _("The comment that you reported under “{title}” was removed by its writer"),
}


def latest_report(user: User, comment: Comment) -> Report | None:
    """Return what an account last reported of a comment, with what was decided."""
    return Report.objects.filter(reporter=user, comment=comment).select_related("decision").last()


def why_not(user: User, comment: Comment, at: dt.datetime) -> str:
    """Return the sentence for an account that can't report this comment now, or nothing."""
    if sentence := stopped(user, at):
        return sentence
    if not has_confirmed_address(user):
        return _("Confirm your mail address before you report a comment.")
    if comment.user_id == user.pk:
        return _("This comment is your own.")
    return ""


def _require_reporter(user: User, comment: Comment, at: dt.datetime) -> None:
    if sentence := why_not(user, comment, at):
        raise MayNotReportError(sentence)
    if Report.objects.filter(reporter=user, comment=comment).exists():
        raise MayNotReportError(_("You have reported this comment already."))
    if comment.state != Comment.State.APPROVED:
        raise MayNotReportError(_("Readers don’t see this comment any more."))
    if Report.objects.filter(reporter=user, at__gt=at - A_DAY).count() >= MOST_A_DAY:
        raise TooManyReportsError(
            _("You have reported many comments today. Please go on tomorrow, or write to the editors.")
        )


def _checked(kind: str, words: str) -> str:
    errors = {}
    if kind not in Report.Kind.values:
        errors["kind"] = _("Choose what is wrong with the comment.")
    words = clean_text(words)
    if kind == Report.Kind.OTHER and not words:
        errors["words"] = _("Say in your words what is wrong.")
    if len(words) > MAX_WORDS:
        errors["words"] = _("Shorten what you wrote to {most} characters.").format(most=f"{MAX_WORDS:,}")
    if errors:
        raise IncompleteError(errors)
    return words


def _counts(user: User, rules: ModerationRules, at: dt.datetime) -> bool:
    if user.joined_at > at - dt.timedelta(days=rules.reporter_days):
        return False
    closed = Report.objects.filter(reporter=user).exclude(outcome="").order_by("-closed_at", "-pk")
    last = list(closed.values_list("outcome", flat=True)[:IN_VAIN])
    return len(last) < IN_VAIN or any(outcome != Outcome.NOT_UPHELD for outcome in last)


def _hold(comment: Comment, rules: ModerationRules, *, at: dt.datetime) -> bool:
    """Hold a comment that enough readers reported, and say whether it was."""
    if comment.author_id or comment.is_by_editor:
        return False
    reports = Report.objects.filter(comment=comment)
    count = reports.filter(outcome="", counts=True).count()
    left_up = reports.filter(outcome=Outcome.NOT_UPHELD)
    if comment.edited_at:
        # What an editor left up was another text
        left_up = left_up.filter(closed_at__gte=comment.edited_at)
    if count < rules.reports_to_hold or left_up.exists():
        return False
    because = [{"why": "reports", "count": count}]
    was = move(comment, {Comment.State.APPROVED}, Comment.State.HELD, at=at, held_because=because)
    CommentDecision.objects.create(comment=comment, kind=CommentDecision.Kind.HOLD, was=was, by=None, at=at)
    return True
