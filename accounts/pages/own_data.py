"""Taking everything along, and erasing one's account. Neither needs an editor; both ask once more who one is."""

import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.archiving import claiming
from accounts.commenting.permissions import own_addresses
from accounts.own_data.archive import SECTIONS, TooManyArchivesError, make_archive
from accounts.own_data.erasing import erase, require_erasable
from accounts.pages.signed_in import user_of
from accounts.roles import LastAdministratorError
from blog.editorial import leaving
from blog.models import Pitch

# Without a password or a second factor, signing in is how one shows who one is; so long it counts
FRESH = 15 * 60
TOO_MANY = 429
COMMENTS = {"keep": True, "remove": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """Say what is in the archive; POST sends it, to whoever has just shown who they are."""
    user, now = user_of(request), timezone.now()
    if request.method == "POST":
        if not _has_shown_who(request):
            return _ask_who(request, reverse("accounts:export"))
        name = f"your-data-{timezone.localdate(now):%Y-%m-%d}.zip"
        try:
            archive = make_archive(user=user, at=now)
        except TooManyArchivesError as refusal:
            context = {"section": "account", "sections": SECTIONS.values(), "is_shown": True, "refusal": str(refusal)}
            return render(request, "accounts/export.html", context, status=TOO_MANY)
        return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
    context = {"section": "account", "sections": SECTIONS.values(), "is_shown": _has_shown_who(request)}
    return render(request, "accounts/export.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erasing(request: HttpRequest) -> HttpResponse:
    """Say what erasing does, and ask what becomes of the comments; POST erases."""
    user, now = user_of(request), timezone.now()
    errors: dict[str, str] = {}
    chosen, is_sure = request.POST.get("comments", request.GET.get("comments", "")), "sure" in request.POST
    try:
        require_erasable(user)
    except LastAdministratorError as refusal:
        obstacle = {"section": "account", "obstacle": str(refusal)}
        return render(request, "accounts/erase.html", obstacle, status=409 if request.method == "POST" else 200)
    if request.method == "POST":
        if chosen not in COMMENTS:
            errors["comments"] = _("Say what becomes of your comments.")
        if not is_sure:
            errors["sure"] = _("Tick the box if you are sure. Erasing can’t be undone.")
        if not errors and not _has_shown_who(request):
            return _ask_who(request, f"{reverse('accounts:erase')}?{urlencode({'comments': chosen})}")
        if not errors:
            erase(user=user, are_comments_kept=COMMENTS[chosen], by=user, at=now)
            logout(request)
            return redirect("accounts:erased")
    context = {
        "section": "account",
        "plan": leaving.plan(user),
        "has_comments": user.comments.exists(),
        "archived": claiming.waiting_names(user),
        "has_pitches": Pitch.objects.filter(email__in=own_addresses(user)).exists(),
        "is_blocked": user.is_blocked_at(now),
        "chosen": chosen,
        "is_sure": is_sure,
        "errors": errors,
        "error": bool(errors),
    }
    return render(request, "accounts/erase.html", context, status=422 if errors else 200)


@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that the account is gone, to whoever has just erased it. Nothing here says whose it was."""
    return render(request, "accounts/erased.html", {"section": "account"})


def _has_shown_who(request: HttpRequest) -> bool:
    """Whether whoever is signed in has lately shown that they are the owner, not somebody at an open browser."""
    user = user_of(request)
    if get_adapter().get_reauthentication_methods(user):
        return did_recently_reauthenticate(request)
    signed_in = get_authentication_records(request, user)
    return bool(signed_in) and time.time() - signed_in[-1]["at"] < FRESH


def _ask_who(request: HttpRequest, back: str) -> HttpResponse:
    """Lead to showing it, and back; whoever signs in by codes alone is asked to do that again."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods:
        return redirect(f"{methods[0]['url']}?{urlencode({'next': back})}")
    way_back = f"{reverse('account_login')}?{urlencode({'next': back})}"
    return render(request, "accounts/sign_in_again.html", {"section": "account", "way_back": way_back}, status=403)
