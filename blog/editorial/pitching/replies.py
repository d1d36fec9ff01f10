"""Replies: which piece one answers, and telling its writers once the reply is out."""

import datetime as dt

from django.db import transaction

from blog.editorial.letters.writing import absolute, write_letter, writers_to_tell
from blog.models import Post
from blog.states import MoveKind


def answered_by(post: Post, *, at: dt.datetime) -> Post | None:
    """Return the piece that this one answers, if readers can see it. No query where it answers none."""
    if post.in_reply_to_id is None:
        return None
    return Post.objects.visible_at(at).select_related("live").filter(pk=post.in_reply_to_id).first()


def tell_due(*, at: dt.datetime) -> int:
    """Write to the writers of each piece that a reply has come out to by that moment; return how many replies.

    The worker asks again and again, for a reply scheduled ahead comes out by the clock alone. For each reply once, in
    one transaction with the note that they were told; not to whoever published it, nor to writers of the reply itself.
    """
    due = Post.objects.visible_at(at).filter(in_reply_to__isnull=False, reply_told_at__isnull=True)
    told = 0
    for reply in due.order_by("published_at", "pk").select_related("in_reply_to", "live"):
        told += _tell(reply, at=at)
    return told


def _tell(reply: Post, *, at: dt.datetime) -> bool:
    original = reply.in_reply_to
    with transaction.atomic():
        if not Post.objects.filter(pk=reply.pk, reply_told_at__isnull=True).update(reply_told_at=at):
            return False  # Another worker was quicker
        if original is None or not original.is_visible_at(at) or reply.live is None:
            return False
        published = reply.moves.filter(kind=MoveKind.PUBLISH).select_related("by").last()
        know_already = set(reply.bylines.values_list("author__identity__user", flat=True))
        if published and published.by_id:
            know_already.add(published.by_id)
        for user, name in writers_to_tell(original, None).items():
            if user.pk in know_already:
                continue
            # It belongs to the original, whose byline says whether its writers' addresses must stay hidden
            write_letter(
                "to_writer/reply_published",
                to_address=user.email,
                to_name=name,
                to_user=user,
                post=original,
                at=at,
                reply_title=reply.live.title,
                link=absolute(reply.get_absolute_url()),
            )
    return True
