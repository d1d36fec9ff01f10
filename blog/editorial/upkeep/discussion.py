"""What the blog knows of the discussion under a piece: how many comments readers see, on how many pages."""

import datetime as dt

from django.db import transaction

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Post


def set_comment_count(*, post_id: int, count: int, pages: int, at: dt.datetime) -> None:
    """Write down the number of public comments on a piece and of their pages, so that readers’ pages need not count.

    In one transaction: writes the numbers, and records that pages with the comments or their number are out of date.
    """
    with transaction.atomic():
        Post.objects.filter(pk=post_id).update(comment_count=count, comment_pages=pages)
        mark(keys.discussion(post_id), keys.COMMENTS, at=at)
