"""The page before the desk, for whoever works there and has no second factor yet."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages.signed_in import user_of
from accounts.signing_in import second_factors

# Where somebody wanted to go, until they have a second factor
WANTED = "wanted_before_second_factor"
LONGEST = 2000


@never_cache
@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say what is needed and why; or lead on, to where they wanted, whoever has one by now."""
    wanted = str(request.GET.get("next", ""))[:LONGEST]
    if wanted and get_adapter(request).is_safe_url(wanted):
        request.session[WANTED] = wanted
    if second_factors.has_one(user_of(request)):
        return redirect(request.session.pop(WANTED, None) or reverse("mfa_index"))
    return render(request, "accounts/second_factor.html", {"section": "account"})
