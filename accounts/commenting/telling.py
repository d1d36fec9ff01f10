"""Who hears of a comment by letter: those who moderate, and the writers of the piece. Each as they chose, and once."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.commenting.letter_words import COMMENTS_ON_YOURS, COMMENTS_WAITING
from accounts.models import Comment
from blog.editorial.letters import news
from blog.editorial.letters.choices import HowOften, choices_of
from blog.editorial.letters.writing import holders_of, write_letter, writers_to_tell
from blog.editorial.permissions import in_limits, is_in_limits

WAITING_LETTER = "to_editor/comments_waiting"


def tell_writers(comment: Comment, *, at: dt.datetime) -> None:
    """Let the writers of a piece hear of a comment that readers see now; nobody of their own, nor twice of one."""
    for user, name in writers_to_tell(comment.post, comment.user).items():
        news.tell(
            user=user,
            group=COMMENTS_ON_YOURS,
            key=f"comment:{comment.pk}",
            sentence=_("{name} commented on “{title}”").format(name=comment.public_name, title=_title_of(comment)),
            path=comment.get_absolute_url(),
            at=at,
            kind="to_writer/comment_on_yours",
            to_name=name,
            post=comment.post,
            comment=comment,
        )


def tell_moderators(comment: Comment, *, at: dt.datetime) -> None:
    """Let those who moderate, within their limits, hear of a comment that waits for them.

    A letter goes out when their queue fills, for while it is not empty they know already, and no more than one a day;
    what waits beside that is a line in the next letter of the day, unless it has been decided by then.
    """
    waiting = Comment.objects.filter(state=Comment.State.HELD).exclude(pk=comment.pk)
    moderators = [
        one
        for one in holders_of("accounts.moderate_comments")
        if one.pk != comment.user_id and is_in_limits(one, comment.post)
    ]
    choices = choices_of(moderators, COMMENTS_WAITING)
    for moderator in moderators:
        how_often = choices[moderator.pk]
        if how_often == HowOften.NEVER:
            continue
        is_first = not waiting.filter(in_limits(moderator, of="post")).exists()
        is_letter_due = is_first and not news.letters_today(user=moderator, kind=WAITING_LETTER, at=at)
        if how_often == HowOften.AT_ONCE and is_letter_due:
            write_letter(
                WAITING_LETTER,
                to_address=moderator.email,
                to_name=moderator.display_name,
                to_user=moderator,
                post=comment.post,
                at=at,
                comment=comment,
            )
        elif how_often == HowOften.DAILY or is_first:
            news.keep_for_digest(
                user=moderator,
                group=COMMENTS_WAITING,
                key=_waiting_key(comment),
                sentence=_("{name} wrote under “{title}”, and waits for an editor").format(
                    name=comment.public_name, title=_title_of(comment)
                ),
                path=reverse("admin:accounts_comment_changelist"),
                at=at,
            )


def wait_is_over(comment: Comment, *, at: dt.datetime) -> None:
    """Take a comment that somebody has decided about out of the letters of the day that are still to come."""
    news.drop(key=_waiting_key(comment), at=at)


def not_shown_any_more(comment: Comment, *, at: dt.datetime) -> None:
    """Take a comment that was taken down out of the letters of the day that are still to come."""
    news.drop(key=f"comment:{comment.pk}", at=at)


def _waiting_key(comment: Comment) -> str:
    return f"comment-waits:{comment.pk}"


def _title_of(comment: Comment) -> str:
    return comment.post.live.title if comment.post.live else comment.post.title
