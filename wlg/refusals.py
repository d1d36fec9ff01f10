"""What people see when the answer is no: a page that says why, with the right status, and never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.desk.script import wants_json
from blog.editorial.drafting import ConflictError
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Masthead


class EditorialRefusals:
    """Answer an editorial refusal that no view has caught: 422 for something missing, 409 for the wrong moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into an answer; leave every other exception alone."""
        if not isinstance(exception, EditorialRefusal) or isinstance(exception, ConflictError):
            return None
        status = 422 if isinstance(exception, IncompleteError) else 409
        return refuse(request, str(exception), status=status)


def refuse(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """Answer with one clear sentence, as a page or, for a script, as JSON."""
    if wants_json(request):
        return JsonResponse({"message": sentence}, status=status)
    return render(request, "refused.html", {"sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what can't be read (the project's `handler400`). Unlike Django's own it doesn't try to read it again."""
    sentence = _("This could not be read: something in it is too large, too much, or broken.")
    if wants_json(request):
        return JsonResponse({"message": sentence}, status=400)
    page = render_to_string("refused.html", {"sentence": sentence, "masthead": Masthead.current()})
    return HttpResponse(page, status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token: most often a page that was open while somebody signed in or out."""
    sentence = _(
        "This page was open too long, or you signed in or out meanwhile. "
        "Go back, copy what you wrote, reload the page, and send it again."
    )
    return refuse(request, sentence, status=403)
