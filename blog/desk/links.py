"""Pages behind a link that only its owner has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

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
