"""Beginning a piece of one's own at the desk, as the staff may without being invited."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from blog.editorial import drafting
from blog.writing.access import desk_page

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_POST
@desk_page
def begin(request: "WriterRequest") -> HttpResponse:
    """Begin a piece under one's own name, and go on to write it."""
    post = drafting.begin_own(by=request.user, at=timezone.now())
    return redirect("writing:piece", post.pk)
