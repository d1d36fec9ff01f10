"""Letting those who moderate hear of reports and formal complaints, within their limits."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.commenting.moderation_letters import REPORTED
from accounts.models import Comment, Complaint, User
from blog.editorial.letters import news
from blog.editorial.letters.choices import HowOften, choices_of
from blog.editorial.letters.writing import holders_of, write_letter
from blog.editorial.permissions import is_in_limits
from blog.models import Post

REPORTED_LETTER = "to_editor/comment_reported"


def title_of(comment: Comment) -> str:
    """Return the title of the piece as readers see it."""
    return comment.post.live.title if comment.post.live else comment.post.title


def moderators_of(post: Post) -> list[User]:
    """Return who may moderate the comments on a piece, within their limits."""
    return [one for one in holders_of("accounts.moderate_comments") if is_in_limits(one, post)]


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
            sentence=_("A comment under “{title}” was reported").format(title=title_of(comment)),
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
    for moderator in moderators_of(complaint.post):
        write_letter(
            "to_editor/complaint",
            to_address=moderator.email,
            to_name=moderator.display_name,
            to_user=moderator,
            post=complaint.post,
            at=at,
            complaint=complaint,
        )


def _key(comment: Comment) -> str:
    return f"comment-reported:{comment.pk}"
