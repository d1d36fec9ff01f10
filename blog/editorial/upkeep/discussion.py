"""What the blog knows of the discussion under a piece: how many comments readers see."""

import datetime as dt

from django.db import transaction

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Post


def set_comment_count(*, post_id: int, count: int, at: dt.datetime) -> None:
    """Write down the number of public comments on a piece, so that lists need not count.

    In one transaction: writes the number, and records that pages with the comments or their number are out of date.
    """
    with transaction.atomic():
        Post.objects.filter(pk=post_id).update(comment_count=count)
        mark(keys.discussion(post_id), keys.COMMENTS, at=at)
