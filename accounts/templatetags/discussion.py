"""The discussion under a piece, for the readers' pages. Rendered without a request: the same for everybody."""

import datetime as dt
import functools
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.commenting import reading
from blog import keys
from blog.models import Post
from blog.reading.shown import shows

register = template.Library()


@register.inclusion_tag("accounts/_discussion.html")
def discussion(post: Post, moment: dt.datetime) -> dict[str, Any]:
    """Show the comments of a piece that readers see at that moment; nothing while they don't see it."""
    if not post.is_visible_at(moment):
        return {"post": None}
    shows(keys.discussion(post.pk))
    found = reading.discussion_of(post)
    entries = [one for thread in found.threads for one in (thread, *thread.replies)]
    shows(*(keys.author(one.author_id) for one in entries if one.author_id))
    return {"post": post, "discussion": found}


@register.inclusion_tag("accounts/_latest_comments.html")
def latest_comments(moment: dt.datetime) -> dict[str, Any]:
    """Show the five newest comments on pieces that readers see at that moment. One query."""
    shows(keys.COMMENTS)
    comments = reading.latest_comments(moment)
    shows(*(keys.piece(comment.post_id) for comment in comments))
    shows(*(keys.author(comment.author_id) for comment in comments if comment.author_id))
    return {"comments": comments}


@register.filter
@functools.lru_cache(maxsize=1024)
def reply_to(name: str) -> SafeString:
    """Show the words of the link that answers somebody's comment; their name is for those who hear the link alone."""
    return format_html('{}<span class="vh"> {}</span>', _("Reply"), _("to {name}").format(name=name))
