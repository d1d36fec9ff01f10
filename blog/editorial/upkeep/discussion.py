"""What the blog knows of the discussion under a piece: how many comments readers see, on how many pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Post

MANY = 500  # Keys in one question


def set_comment_count(*, post_id: int, count: int, pages: int, at: dt.datetime) -> None:
    """Write down the number of public comments on a piece and of their pages, so that readers’ pages need not count.

    In one transaction: writes the numbers, and records that pages with the comments or their number are out of date.
    """
    with transaction.atomic():
        Post.objects.filter(pk=post_id).update(comment_count=count, comment_pages=pages)
        mark(keys.discussion(post_id), keys.COMMENTS, at=at)


def set_comment_counts(numbers: Mapping[int, tuple[int, int]], *, at: dt.datetime) -> None:
    """Write down the numbers of comments and of their pages under many pieces, by the keys of these.

    In one transaction, as `set_comment_count` does for one.
    """
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for post, found in numbers.items():
        alike[found].append(post)
    with transaction.atomic():
        for (count, pages), posts in alike.items():
            for start in range(0, len(posts), MANY):
                some = Post.objects.filter(pk__in=posts[start : start + MANY])
                some.update(comment_count=count, comment_pages=pages)
        if numbers:
            mark(*(keys.discussion(post) for post in numbers), keys.COMMENTS, at=at)
