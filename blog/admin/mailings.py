"""Mailings in the desk: what goes out and how far it is, holding it, and shaping the round-up of the week."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.admin.access import ReadOnlyAdmin, editor_of
from blog.admin.mailing_lines import (
    WEEKDAYS,
    acts_of,
    line_of,
    offered,
    pieces_in,
    progress_of,
    time_in_words,
    title_of,
)
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.editorial.letters.html import blocks_of
from blog.editorial.mailings import controls, round_up
from blog.editorial.mailings.messages import sample_of
from blog.editorial.permissions import in_limits, is_publisher
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Mailing, Post, RoundUpTime

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

ON_A_PAGE = 50
Act = Callable[..., object]
ACTS: "dict[str, tuple[Act, _StrPromise]]" = {
    "hold": (controls.hold, gettext_lazy("It is held until somebody releases it.")),
    "release": (controls.release, gettext_lazy("It is released.")),
    "cancel": (controls.cancel, gettext_lazy("It is cancelled: nobody gets it any more.")),
    "again": (controls.send_again, gettext_lazy("They are sent again within a minute.")),
    "trial": (controls.send_trial, gettext_lazy("A trial is on its way to you, and to nobody else.")),
}


@admin.register(Mailing)
class MailingAdmin(ReadOnlyAdmin[Mailing]):
    """Letters to those who follow the blog. Editors see them; who publishes decides about them."""

    def get_urls(self) -> list[URLPattern]:
        """Give the list, one mailing, and what can be done with it; nothing of Django’s, which would list addresses."""
        wrap = self.admin_site.admin_view
        both = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("", wrap(require_safe(list_view)), name="blog_mailing_changelist"),
            path("time/", wrap(require_POST(time_view)), name="blog_mailing_time"),
            path("<int:pk>/change/", wrap(both(mailing_view)), name="blog_mailing_change"),
            path("<int:pk>/<str:act>/", wrap(require_POST(act_view)), name="blog_mailing_act"),
        ]


def list_view(request: HttpRequest) -> HttpResponse:
    """List every mailing, the newest first, with its state and how far it is."""
    return _list_page(request, by=editor_of(request))


def time_view(request: HttpRequest) -> HttpResponse:
    """Let round-ups go out at another time."""
    by, at = editor_of(request), timezone.now()
    weekday, hour = (key_in(request.POST.get(name, "")) for name in ("weekday", "hour"))
    try:
        row = round_up.set_time(
            weekday=-1 if weekday is None else weekday, hour=-1 if hour is None else hour, by=by, at=at
        )
    except IncompleteError as error:
        return _list_page(request, by=by, errors=error.errors, status=UNPROCESSABLE)
    messages.success(request, _("The round-up goes out on {time} from now on.").format(time=time_in_words(row)))
    return redirect("admin:blog_mailing_changelist")


def mailing_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mailing as its readers get it; POST introduces a round-up and puts its pieces in order."""
    by, at = editor_of(request), timezone.now()
    mailing = _mailing_or_404(pk, by=by, at=at)
    if request.method != "POST":
        return _page(request, mailing, by=by, at=at)
    typed: dict[str, Any] = {
        "introduction": request.POST.get("introduction", ""),
        "places": {key: request.POST.get(f"place_{key}", "") for key in mailing.pieces.values_list("pk", flat=True)},
        "left_out": {key for text in request.POST.getlist("left_out") if (key := key_in(text))},
    }
    try:
        round_up.change(
            mailing=mailing,
            introduction=typed["introduction"],
            places=_places_in(typed["places"]),
            left_out=typed["left_out"],
            up=key_in(request.POST.get("up", "")),
            down=key_in(request.POST.get("down", "")),
            by=by,
            at=at,
        )
    except IncompleteError as error:
        return _page(request, mailing, by=by, at=at, typed=typed, errors=error.errors, status=UNPROCESSABLE)
    except EditorialRefusal as refusal:
        return _page(request, mailing, by=by, at=at, sentence=str(refusal), status=CONFLICT)
    messages.success(request, _("Saved. This is how it goes out."))
    return redirect("admin:blog_mailing_change", pk)


def act_view(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Hold, release or cancel a mailing, send again what is unsure, or try it."""
    by, at = editor_of(request), timezone.now()
    if act not in ACTS:
        raise Http404
    mailing = _mailing_or_404(pk, by=by, at=at)
    function, said = ACTS[act]
    try:
        function(mailing=mailing, by=by, at=at)
    except EditorialRefusal as refusal:
        return _page(request, mailing, by=by, at=at, sentence=str(refusal), status=CONFLICT)
    messages.success(request, str(said))
    return redirect("admin:blog_mailing_change", pk)


def mailings_for(by: "User", *, at: dt.datetime) -> QuerySet[Mailing]:
    """Return what an editor may see: of a piece outside their limits nothing before it is out."""
    limits = in_limits(by, of="post")
    is_out = Q(post__in=Post.objects.visible_at(at))
    rows = Mailing.objects.select_related("post__live", "post__working")
    return rows.filter(limits | Q(post__isnull=True) | is_out) if limits else rows


def _mailing_or_404(pk: int, *, by: "User", at: dt.datetime) -> Mailing:
    return get_object_or_404(mailings_for(by, at=at), pk=key_in(str(pk)))


def _places_in(typed: dict[int, str]) -> dict[int, int]:
    """Return the places as numbers; raise IncompleteError for one that is none."""
    places = {key: key_in(text.strip()) for key, text in typed.items() if text.strip()}
    if any(place is None or place > round_up.MOST_PLACES for place in places.values()):
        raise IncompleteError({"places": _("Write each place as a number, like 2.")})
    return {key: place for key, place in places.items() if place is not None}


def _list_page(
    request: HttpRequest, *, by: "User", errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    rows = mailings_for(by, at=at).order_by("-at", "-pk")
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    time = RoundUpTime.current()
    context: dict[str, Any] = {
        "lines": [line_of(row, at=at) for row in shown],
        "page": shown,
        "time": time,
        "time_in_words": time_in_words(time),
        "weekdays": list(enumerate(WEEKDAYS)),
        "hours": [(hour, f"{hour:02}.00") for hour in range(24)],
        "next": round_up.next_time(at),
        "may_change": is_publisher(by),
        "errors": errors or {},
    }
    return show(request, "admin/mailings.html", context, status=status)


def _page(
    request: HttpRequest,
    mailing: Mailing,
    *,
    by: "User",
    at: dt.datetime,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    sample = sample_of(mailing, at=at, by=by)
    progress = progress_of(mailing)
    may_change = controls.may_change(by, mailing)
    again = progress["failed"] + progress["unsure"]
    context: dict[str, Any] = {
        "mailing": mailing,
        "title": title_of(mailing),
        "line": line_of(mailing, at=at, progress=progress),
        "progress": progress,
        "acts": offered(mailing, may_change=may_change, can_be_tried=sample is not None),
        "again": ngettext("Send {count} again", "Send {count} again", again).format(count=again)
        if may_change and again and mailing.state in {Mailing.State.SENDING, Mailing.State.DONE}
        else "",
        "is_changeable": may_change and round_up.is_changeable(mailing),
        "pieces": pieces_in(mailing, at=at, typed=typed, by=by) if mailing.is_round_up else [],
        "introduction": typed["introduction"] if typed else mailing.introduction,
        "most": f"{round_up.MAX_INTRODUCTION:,}",
        "sample": sample,
        "blocks": blocks_of(sample.text, has_pieces=mailing.is_round_up) if sample else [],
        "history": acts_of(mailing),
        "errors": errors or {},
        "sentence": sentence,
    }
    return show(request, "admin/mailing.html", context, status=status)
