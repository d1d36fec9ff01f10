"""Signing in with another provider: allauth's two addresses, and what happens where the provider is not well."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.providers.openid_connect import views
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

# What a provider that answers nonsense leads to
NONSENSE = (RequestException, KeyError, ValueError, TypeError, AttributeError, ImproperlyConfigured)
BAD_GATEWAY = 502


def _asked(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    if "\x00" in provider_id or "\x00" in request.META.get("QUERY_STRING", "") or "%00" in request.get_full_path():
        raise Http404
    try:
        answer: HttpResponse = view(request, provider_id=provider_id)
    except NONSENSE:
        return render(request, "socialaccount/not_well.html", status=BAD_GATEWAY)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask before anybody is sent to a provider; POST sends them there.

    By a page of ours that goes on by itself: browsers hold a form that ends on another site against us, for
    `form-action` in our Content-Security-Policy names this site alone (CSP Level 3, 6.4.1).
    """
    answer = _asked(views.login, request, provider_id)
    away = answer.get("Location", "")
    if urlsplit(away).scheme in {"https", "http"}:
        return render(request, "socialaccount/leaving.html", {"away": away})
    return answer


@never_cache
@require_http_methods(["GET", "HEAD"])
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider sends somebody back with."""
    return _asked(views.callback, request, provider_id)
