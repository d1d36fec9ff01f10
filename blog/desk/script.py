"""What the script of the two writing pages (`static/desk/`) is answered, the same at both desks.

200 saved, 201 a picture is taken in, 401 signed out, 403 not allowed, 409 somebody was quicker or it is not one's turn
(`message`), 422 something is missing or too long (`errors`, by field).
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from blog.desk.words import length_of, time_of
from blog.editorial.drafting import ConflictError
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Picture, Post, Revision

if TYPE_CHECKING:
    from accounts.models import User

R = TypeVar("R", bound=HttpRequest)
P = ParamSpec("P")


def wants_json(request: HttpRequest) -> bool:
    """Whether a script is asking."""
    return "application/json" in request.headers.get("Accept", "")


def answering_script(view: Callable[Concatenate[R, P], JsonResponse]) -> Callable[Concatenate[R, P], JsonResponse]:
    """Turn what the editorial room refuses into an answer that the script can show beside the field or the text."""

    @wraps(view)
    def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except IncompleteError as incomplete:
            errors = {name: [sentence] for name, sentence in incomplete.errors.items()}
            return JsonResponse({"errors": errors}, status=422)
        except EditorialRefusal as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)

    return answer


def saved(revision: Revision, *, post: Post, at: dt.datetime) -> JsonResponse:
    """Answer that the text is kept: as which revision, at what time, and how long it is."""
    return JsonResponse(
        {
            "revision": revision.pk,
            "saved_at": time_of(at),
            "words": revision.words,
            "words_text": length_of(words=revision.words, wanted=post.brief_words),
        }
    )


def overtaken(conflict: ConflictError, *, compare: str, reader: "User") -> JsonResponse:
    """Answer that another save was quicker, with the address where the two texts stand side by side."""
    sentence = _("Somebody else saved this piece at {time}.")
    if conflict.working.written_by_id == reader.pk:
        sentence = _("You saved this piece in another window at {time}.")
    message = sentence.format(time=time_of(conflict.working.written_at))
    return JsonResponse({"message": message, "compare": compare}, status=409)


def taken_in(picture: Picture) -> JsonResponse:
    """Answer with what the page needs to show a picture in the text."""
    return JsonResponse(
        {
            "src": picture.file.url,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
        },
        status=201,
    )
