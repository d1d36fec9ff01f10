"""The discussion under a piece, for the readers' pages. Rendered without a request: the same for everybody."""

import datetime as dt
from typing import Any

from django import template

from accounts.commenting import reading
from blog.models import Post

register = template.Library()


@register.inclusion_tag("accounts/_discussion.html")
def discussion(post: Post, moment: dt.datetime) -> dict[str, Any]:
    """Show the comments of a piece that readers see at that moment; nothing while they don't see it."""
    if not post.is_visible_at(moment):
        return {"post": None}
    return {"post": post, "discussion": reading.discussion_of(post)}


@register.inclusion_tag("accounts/_latest_comments.html")
def latest_comments(moment: dt.datetime) -> dict[str, Any]:
    """Show the five newest comments on pieces that readers see at that moment. One query."""
    return {"comments": reading.latest_comments(moment)}
