"""Pages behind a link that only its owner has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def kept_close(view: View) -> View:
    """Keep the link to those who have it: no cache, no search engine, no address passed on to other sites."""

    @never_cache
    @wraps(view)
    def close(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return close


def proven_by_link(view: View) -> View:
    """Take the signed link as the proof of who asks, in place of a cookie and its token; and keep it close.

    Mail programs send the one-click POST without any cookie (RFC 8058, section 3.2), and nobody forges a form to an
    address that they can't know.
    """
    return csrf_exempt(kept_close(view))
