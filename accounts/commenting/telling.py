"""Who hears of a comment by letter: those who moderate, the writers of the piece, and whoever it answers. Each once."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commenting.letter_words import COMMENTS_ON_YOURS, COMMENTS_WAITING, REPLIES
from accounts.commenting.origin import WAITS_SINCE_BEFORE, archive_of
from accounts.commenting.permissions import moderators_of
from accounts.models import Comment, User
from blog.editorial.letters import news
from blog.editorial.letters.choices import HowOften, choices_of
from blog.editorial.letters.writing import write_letter, writers_to_tell
from blog.editorial.permissions import in_limits
from blog.models import News

WAITING_LETTER = "to_editor/comments_waiting"
MOST_LINES = 10  # In one letter of the day, however many comments a flood brings


def tell_writers(comment: Comment, *, at: dt.datetime) -> None:
    """Let whoever a comment answers, and the writers of the piece, hear of it, once readers see it.

    Each as they chose, and once: who is both hears of the reply. Nobody hears of their own, and nobody of what came
    with an archive and is let through years later.
    """
    if archive_of(comment):
        return
    # It is looked up anew: a permalink goes by the page, which may have been given meanwhile
    comment.refresh_from_db(fields=["page"])
    _tell_who_is_answered(comment, at=at)
    for user, name in writers_to_tell(comment.post, comment.user).items():
        news.tell(
            user=user,
            group=COMMENTS_ON_YOURS,
            key=_key(comment),
            sentence=_("{name} commented on “{title}”").format(
                name=comment.public_name, title=comment.post.readers_title
            ),
            path=comment.get_absolute_url(),
            at=at,
            kind="to_writer/comment_on_yours",
            to_name=name,
            post=comment.post,
            comment=comment,
        )


def _tell_who_is_answered(comment: Comment, *, at: dt.datetime) -> None:
    """Let whoever wrote what a comment answers hear of it, under the name that they wrote it under."""
    answered = Comment.objects.public().filter(pk=comment.replied_to_id or comment.parent_id or 0)
    for one in answered.select_related("user", "author"):
        if one.user_id == comment.user_id:
            continue
        news.tell(
            user=one.user,
            group=REPLIES,
            key=_key(comment),
            sentence=_("{name} replied to your comment on “{title}”").format(
                name=comment.public_name, title=comment.post.readers_title
            ),
            path=comment.get_absolute_url(),
            at=at,
            kind="to_reader/comment_answered",
            to_name=one.public_name,
            post=comment.post,
            comment=comment,
        )


def tell_moderators(comment: Comment, *, at: dt.datetime) -> None:
    """Let those who moderate, within their limits, hear of a comment that waits for them.

    A letter goes out when their queue fills, for while it is not empty they know already, and no more than one a day;
    what waits beside that is a line in the next letter of the day, unless it has been decided by then. What waited
    already where an archive came from neither tells them anything nor fills their queue.
    """
    waiting = Comment.objects.filter(state=Comment.State.HELD).exclude(pk=comment.pk).exclude(WAITS_SINCE_BEFORE)
    moderators = [one for one in moderators_of(comment.post) if one.pk != comment.user_id]
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
            _keep_line(moderator, comment, at=at)


def _keep_line(moderator: User, comment: Comment, *, at: dt.datetime) -> None:
    """Keep a line on a comment that waits for the letter of the day; from so many on, one line for all that follow."""
    lines = News.objects.filter(user=moderator, group=COMMENTS_WAITING, letter__isnull=True, dropped_at__isnull=True)
    key = _waiting_key(comment)
    sentence = _("{name} wrote under “{title}”, and waits for an editor").format(
        name=comment.public_name, title=comment.post.readers_title
    )
    if lines[:MOST_LINES].count() >= MOST_LINES:
        key, sentence = f"comments-wait:{timezone.localdate(at)}", _("More comments wait for an editor")
    news.keep_for_digest(
        user=moderator,
        group=COMMENTS_WAITING,
        key=key,
        sentence=sentence,
        path=reverse("admin:accounts_comment_queue"),
        at=at,
    )


def wait_is_over(comment: Comment, *, at: dt.datetime) -> None:
    """Take a comment that somebody has decided about out of the letters of the day that are still to come."""
    news.drop(key=_waiting_key(comment), at=at)


def not_shown_any_more(comment: Comment, *, at: dt.datetime) -> None:
    """Take a comment that was taken down out of the letters of the day that are still to come."""
    news.drop(key=_key(comment), at=at)


def _key(comment: Comment) -> str:
    # The same for everybody, so that nobody hears of it twice
    return f"comment:{comment.pk}"


def _waiting_key(comment: Comment) -> str:
    return f"comment-waits:{comment.pk}"
