"""The discussion under a piece, for the readers' pages. Rendered without a request: the same for everybody."""

import datetime as dt
import functools
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.commenting import reading
from blog import keys, prose
from blog.models import Post
from blog.reading.shown import shows
from blog.templatetags.house import minute

register = template.Library()

# Texts with gaps, and no template: a page has up to hundreds of comments, and the nodes of a template for each of them
# took twice as long
COMMENT = """
<article class="cmt" id="{anchor}">
  <div class="cmt-head"><b>{name}</b> {mark} <a href="#{anchor}">{written}</a></div>
  {text}
  {answer}
</article>"""
MARK = '<span class="mark who">{}</span>'
ANSWER = '<ul class="acts reply"><li><a href="{}?reply={}" rel="nofollow">{}</a></li></ul>'
TAKEN_DOWN = '<article class="cmt" id="{anchor}"><p class="hint">{words}</p></article>'


@register.inclusion_tag("accounts/_discussion.html")
def discussion(post: Post, moment: dt.datetime) -> dict[str, Any]:
    """Show the comments of a piece that readers see at that moment; nothing while they don't see it."""
    if not post.is_visible_at(moment):
        return {"post": None}
    shows(keys.discussion(post.pk))
    found = reading.discussion_of(post)
    entries = [one for thread in found.threads for one in (thread, *thread.replies)]
    shows(*(keys.author(one.author_id) for one in entries if one.author_id))
    form_address = reverse("accounts:comment", args=[post.pk]) if post.comments_open else ""
    return {"post": post, "discussion": found, "form_address": form_address}


@register.inclusion_tag("accounts/_latest_comments.html")
def latest_comments(moment: dt.datetime) -> dict[str, Any]:
    """Show the five newest comments on pieces that readers see at that moment. One query."""
    shows(keys.COMMENTS)
    comments = reading.latest_comments(moment)
    shows(*(keys.piece(comment.post_id) for comment in comments))
    shows(*(keys.author(comment.author_id) for comment in comments if comment.author_id))
    return {"comments": comments}


@register.filter
def comment(entry: reading.Entry, form_address: str) -> SafeString:
    """Show a comment; with the address of the form, also the link that answers it."""
    if not entry.name:
        words = _("This comment was taken down by an editor.")
        return format_html(TAKEN_DOWN, anchor=entry.anchor, words=words)
    mark = _("Author") if entry.author_id else _("Editor") if entry.is_editor else ""
    return format_html(
        COMMENT,
        anchor=entry.anchor,
        name=entry.name,
        mark=format_html(MARK, mark) if mark else "",
        written=minute(entry.written_at),
        text=prose.show_plain(entry.text),
        answer=format_html(ANSWER, form_address, entry.key, _reply_to(entry.name)) if form_address else "",
    )


@functools.lru_cache(maxsize=1024)
def _reply_to(name: str) -> SafeString:
    """Return the words of the link that answers somebody's comment; their name is for those who hear the link alone."""
    return format_html('{}<span class="vh"> {}</span>', _("Reply"), _("to {name}").format(name=name))
