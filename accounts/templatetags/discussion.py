"""The discussion under a piece, for the readers' pages. Rendered without a request: the same for everybody."""

import datetime as dt
import functools
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.commenting import reading
from accounts.models import Comment
from accounts.models.comments import anchor_of, page_address
from accounts.models.pictures import face
from accounts.verifying import badges
from blog import keys, prose
from blog.editorial.upkeep.closing import closing_of
from blog.models import Post
from blog.reading.lasting import lasting
from blog.reading.shown import shows
from blog.templatetags.house import minute

register = template.Library()
State = Comment.State
A_DAY = dt.timedelta(days=1)

# Texts with gaps, and no template: a page has up to hundreds of comments, and the nodes of a template for each of them
# took twice as long
COMMENT = """
<article class="cmt" id="{anchor}">
  <div class="cmt-head">{face}<b>{name}</b> {marks}<a href="#{anchor}">{written}</a>{edited}</div>
  {answers}{text}
  {acts}
</article>"""
FACE = '<img class="face" src="{}" alt="" width="32" height="32" loading="lazy" decoding="async">'
MARK = '<span class="mark who">{}</span> '
BADGE = '<span class="mark" title="{}">{}</span> '
EDITED = '<span class="edited">{}</span>'
ANSWERS = '<p class="answers"><a href="#{}">{}</a></p>'
ACTS = """<ul class="acts reply"><li><a href="{form}?reply={key}" rel="nofollow" data-reply="{key}">{reply}</a></li>
<li><a href="{report_at}" rel="nofollow">{report}</a></li></ul>"""
REPORT_ONLY = '<ul class="acts reply"><li><a href="{report_at}" rel="nofollow">{report}</a></li></ul>'
GONE = '<article class="cmt" id="{anchor}"><p class="hint">{words}</p></article>'


@register.inclusion_tag("accounts/_discussion.html", takes_context=True)
def discussion(context: template.Context, post: Post, moment: dt.datetime, page: int = 1) -> dict[str, Any]:
    """Show a page of the comments of a piece that readers see at that moment; nothing while they don't see it."""
    if not post.is_visible_at(moment) or (lasting() and not post.comment_count):
        return {"post": None}
    shows(keys.discussion(post.pk))
    found = reading.discussion_of(post, moment, page)
    for one in found.entries():
        if one.author_id:
            shows(keys.author(one.author_id))
        elif one.user_id and one.is_verified:
            shows(badges.key_of(one.user_id))
    closing = closing_of(post, moment=moment, masthead=context.get("masthead"))
    path = post.get_absolute_url()
    last = post.comment_pages
    return {
        "post": post,
        "discussion": found,
        "count": found.count if last == 1 else post.comment_count,
        "closing": closing,
        "form_address": "" if closing.is_closed or lasting() else reverse("accounts:comment", args=[post.pk]),
        "lasting": lasting(),
        "page": page,
        "last": last,
        "before": page_address(path, page - 1) if page > 1 else "",
        "after": page_address(path, page + 1) if page < last else "",
        "newest": page_address(path, last),
    }


@register.inclusion_tag("accounts/_latest_comments.html")
def latest_comments(moment: dt.datetime) -> dict[str, Any]:
    """Show the five newest comments on pieces that readers see at that moment. One query."""
    shows(keys.COMMENTS)
    comments = reading.latest_comments(moment)
    shows(*(keys.piece(comment.post_id) for comment in comments))
    shows(*(keys.author(comment.author_id) for comment in comments if comment.author_id))
    return {"comments": comments, "lasting": lasting()}


@register.filter
def comment(entry: reading.Entry, form_address: str) -> SafeString:
    """Show a comment; with the address of the form, also the link that answers it."""
    if not entry.name:
        return format_html(GONE, anchor=entry.anchor, words=_why_gone(entry.state))
    return format_html(
        COMMENT,
        anchor=entry.anchor,
        face=_face(entry.face) if entry.face else "",
        name=entry.name,
        marks=_marks(entry),
        written=minute(entry.written_at),
        edited=format_html(EDITED, _edited(entry.edited_at, entry.written_at)) if entry.edited_at else "",
        answers=_answers(entry.answers_id, entry.answers) if entry.answers_id else "",
        text=prose.show_plain(entry.text),
        acts=_acts(entry, form_address) if entry.pk and not lasting() else "",
    )


def _marks(entry: reading.Entry) -> SafeString | str:
    """Return the marks behind a name, as words. Under a byline's name there is but one."""
    if entry.author_id:
        return format_html(MARK, _("Author"))
    if not entry.is_editor and not entry.is_verified:
        return ""
    editor = format_html(MARK, _("Editor")) if entry.is_editor else ""
    badge = format_html(BADGE, badges.EXPLANATION, badges.WORDS) if entry.is_verified else ""
    return format_html("{}{}", editor, badge)


def _acts(entry: reading.Entry, form_address: str) -> SafeString:
    about = {"report_at": reverse("accounts:report", args=[entry.pk]), "report": _report(entry.name)}
    if not form_address:
        return format_html(REPORT_ONLY, **about)
    return format_html(ACTS, form=form_address, key=entry.key, reply=_reply_to(entry.name), **about)


def _edited(moment: dt.datetime, written_at: dt.datetime) -> SafeString:
    """Return when a comment was edited: the time alone where it was minutes after it was written, as always here."""
    if moment - written_at > A_DAY:
        return format_html(_("edited {time}"), time=minute(moment))
    local = timezone.localtime(moment)
    time = format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%H.%M}")
    return format_html(_("edited at {time}"), time=time)


def _why_gone(state: str) -> str:
    if state == State.DELETED:
        return _("Its writer took this comment away.")
    if state == State.HELD:
        return _("This comment is with the editors.")
    return _("This comment was taken down by an editor.")


def _answers(pk: int, name: str) -> SafeString:
    words = _("In reply to {name}").format(name=name) if name else _("In reply to a comment that is gone")
    return format_html(ANSWERS, anchor_of(pk), words)


@functools.lru_cache(maxsize=1024)
def _face(name: str) -> SafeString:
    return format_html(FACE, face(name).src)


@functools.lru_cache(maxsize=1024)
def _reply_to(name: str) -> SafeString:
    """Return the words of the link that answers somebody's comment; their name is for those who hear the link alone."""
    return format_html('{}<span class="vh"> {}</span>', _("Reply"), _("to {name}").format(name=name))


@functools.lru_cache(maxsize=1024)
def _report(name: str) -> SafeString:
    """Return the words of the link that reports somebody's comment."""
    return format_html('{}<span class="vh"> {}</span>', _("Report"), _("the comment of {name}").format(name=name))
