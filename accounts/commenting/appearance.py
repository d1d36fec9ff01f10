"""How somebody appears beside their comments: under which name."""

import datetime as dt

from django.db import transaction

from accounts.models import Comment, User
from blog import keys
from blog.editorial.upkeep.purges import mark


def rename(*, user: User, display_name: str, at: dt.datetime) -> None:
    """Give an account another display name, and record that pages with its comments are out of date."""
    with transaction.atomic():
        user.display_name = display_name
        user.save(update_fields=["display_name"])
        renew(user=user, at=at)


def renew(*, user: User, at: dt.datetime) -> None:
    """Record that pages with comments of an account are out of date, after a change to its name."""
    posts = Comment.objects.public().filter(user=user).order_by().values_list("post_id", flat=True).distinct()
    discussions = [keys.discussion(pk) for pk in posts]
    if discussions:
        mark(*discussions, keys.COMMENTS, at=at)
