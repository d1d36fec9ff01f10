"""Drawing the desk's own pages, and the words they share."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.editorial.identity import is_under_pen_name
from blog.models import Post

if TYPE_CHECKING:
    from django.forms import BaseForm

UNPROCESSABLE = 422
CONFLICT = 409


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page in the frame of the desk."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)


def ago(moment: dt.datetime, at: dt.datetime) -> str:
    """Say how long ago something was, in days as people count them."""
    return days_ago(timezone.localdate(moment), timezone.localdate(at))


def days_ago(day: dt.date, today: dt.date) -> str:
    """Say how long ago a day was: today, yesterday, 9 days ago."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{days} day ago", "{days} days ago", days).format(days=days)


def short_day(moment: dt.datetime | dt.date) -> str:
    """Write a day without its year: 11 March."""
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    return date_format(local, "j F")


def listed(names: list[str]) -> str:
    """Join names as in a sentence: Ann, Ben and Cy."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def guests_are_hidden(post: Post) -> bool:
    """Whether the names and addresses in a piece's invitations and letters have to stay out of sight."""
    return is_under_pen_name(post)


def errors_of(form: "BaseForm") -> dict[str, str]:
    """Return one sentence for each field of a form that has a problem."""
    return {name: " ".join(str(error) for error in errors) for name, errors in form.errors.items()}
