"""The answer to whoever asks whether the site is well, before anything else looks at the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from blog.reading.views import healthz

PATH = "/healthz"


class Health:
    """Answer at one path whatever name the site was called by: a load balancer asks by number.

    The answer is the same for everybody and made of nothing in the request, so a made-up name can do nothing with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass the request on."""
        return healthz(request) if request.path_info == PATH else self.get_response(request)
