"""Drawing the desk's own pages, and the words they share."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
