"""Bringing in a Word file, the same at both desks: what the form sends, and what the page says afterwards."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.desk.keys import key_in
from blog.editorial import word_files
from blog.editorial.word_report import report
from blog.models import Post, Revision, WordFile

if TYPE_CHECKING:
    from accounts.models import User


def bring_in_sent(request: HttpRequest, post: Post, *, by: "User", at: dt.datetime) -> WordFile:
    """Bring in the file that a form sent; raises as `word_files.bring_in` does."""
    return word_files.bring_in(
        post=post,
        file=request.FILES.get("file"),
        way=request.POST.get("way", ""),
        by=by,
        at=at,
        based_on=key_in(request.POST.get("based_on", "")),
    )


def form_of(request: HttpRequest, post: Post, errors: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what the form shows: the text it goes into, what was chosen, what is wrong."""
    working = post.working or Revision()
    return {
        "word_based_on": request.POST.get("based_on", "") or post.working_id or "",
        "word_has_text": bool(working.words),
        "word_way": request.POST.get("way", ""),
        "word_errors": errors or {},
    }


def said_of(request: HttpRequest, post: Post) -> dict[str, Any]:
    """Return the report of the file that was just brought in, as the address (`?word=…`) says; nothing otherwise."""
    key = key_in(request.GET.get("word", ""))
    record = word_files.brought_in_as(post=post, record=key) if key else None
    if record is None:
        return {}
    pictures = ngettext("{count} picture", "{count} pictures", record.pictures).format(count=record.pictures)
    arrived = _("The Word file is in the text below, with {pictures}.") if record.pictures else ""
    return {
        "word_arrived": arrived.format(pictures=pictures) or _("The Word file is in the text below."),
        "word_report": report(record.left_out),
    }
