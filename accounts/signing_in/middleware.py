"""What every request of somebody signed in passes: when a session was last used, and the door of the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from accounts.signing_in import browsers, second_factors, sessions

# To sign in and out, and what the desk's pages are made of, is open without a second factor
OPEN = {"login", "logout", "jsi18n"}
# Outside the admin, and yet the desk's: there editors read what is not published
PREVIEWS = {"reading:preview", "reading:preview_change", "reading:preview_page"}


class Sessions:
    """Notes once an hour that a session is used, and lets a browser be known again where somebody has signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note. Where nobody looked at the session there is none: readers' pages ask for nothing."""
        response = self.get_response(request)
        if request.session.accessed and request.session.get(SESSION_KEY):
            sessions.note_use(session=request.session, at=timezone.now())
            browsers.remember(request, response)
        return response


class SecondFactor:
    """Leads whoever works in the admin and has no second factor to setting one up, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop before any page of the admin, and before what editors look at beforehand."""
        match = request.resolver_match
        if match is None:
            return None
        is_desk = match.namespaces[:1] == ["admin"] and match.url_name not in OPEN
        if not is_desk and match.view_name not in PREVIEWS:
            return None
        user = request.user
        if not isinstance(user, User) or not second_factors.is_missing(user=user, session=request.session):
            return None
        wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("admin:index")
        return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': wanted})}")
