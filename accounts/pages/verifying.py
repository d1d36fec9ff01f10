"""The page on which somebody asks to be shown as a public servant, shows it once a year, and lays it down."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages.signed_in import user_of
from accounts.verifying import asking, badges
from blog.desk.keys import key_in
from blog.editorial.refusals import EditorialRefusal, IncompleteError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verifying(request: HttpRequest) -> HttpResponse:
    """Show how things stand with one's badge. POST has a code sent, takes one, or lays the badge down."""
    if request.method != "POST":
        return _page(request)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    try:
        done = act(request, user_of(request))
    except IncompleteError as refusal:
        return _page(request, errors=refusal.errors, status=422)
    except EditorialRefusal as refusal:
        return _page(request, errors={"": str(refusal)}, status=409)
    messages.success(request, done)
    return redirect("accounts:verifying")


def _send(request: HttpRequest, user: User) -> str:
    key = key_in(request.POST.get("address", ""))
    sent = asking.send_code(address_pk=key, by=user, at=timezone.now())
    return _("A letter with a code is on its way to {address}.").format(address=sent.address.email)


def _confirm(request: HttpRequest, user: User) -> str:
    badge = asking.confirm(code=request.POST.get("code", ""), by=user, at=timezone.now())
    day = date_format(localtime(badge.lapses_at), "j F Y")
    return _("The badge stands beside your display name, until {day}.").format(day=day)


def _lay_down(request: HttpRequest, user: User) -> str:
    asking.lay_down(by=user, at=timezone.now())
    return _("The badge is gone from beside your name.")


ACTS = {"send": _send, "confirm": _confirm, "lay_down": _lay_down}


def _page(request: HttpRequest, *, errors: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    addresses = asking.addresses_of(user)
    context: dict[str, Any] = {
        "section": "account",
        "account": user,
        "words": badges.WORDS,
        "standing": badges.standing_of(user, now),
        "offered": [address for address, counts in addresses if counts],
        "others": [address for address, counts in addresses if not counts],
        "chosen": key_in(request.POST.get("address", "")),
        "waiting": asking.waiting_code(user, now),
        "typed": request.POST.get("code", "").replace("\x00", "")[:40],
        "domains": badges.listed_domains(),
        "errors": errors or {},
        "error": bool(errors),
    }
    return render(request, "accounts/verifying.html", context, status=status)
