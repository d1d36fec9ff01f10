"""What a writer can do to a piece beside writing it: take it back, withdraw it, say something about it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from blog.editorial import drafting, review
from blog.editorial.refusals import IncompleteError
from blog.writing.access import desk_page, is_on_the_desk, own_piece
from blog.writing.paper import read_page, write_page

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_POST
@desk_page
def take_back(request: "WriterRequest", pk: int) -> HttpResponse:
    """Take a submission back to go on writing."""
    drafting.take_back(post=own_piece(request.user, pk), by=request.user, at=timezone.now())
    return redirect("writing:piece", pk)


@require_POST
@desk_page
def withdraw(request: "WriterRequest", pk: int) -> HttpResponse:
    """Withdraw a piece before it is published."""
    reason = request.POST.get("reason", "")
    review.withdraw(post=own_piece(request.user, pk), reason=reason, by=request.user, at=timezone.now())
    return redirect("writing:piece", pk)


@require_POST
@desk_page
def say(request: "WriterRequest", pk: int) -> HttpResponse:
    """Say something to the editors about a piece."""
    post = own_piece(request.user, pk)
    try:
        drafting.say(post=post, text=request.POST.get("text", ""), by=request.user, at=timezone.now())
    except IncompleteError as incomplete:
        page = write_page if is_on_the_desk(post, request.user) else read_page
        return page(request, post, say_error=incomplete.errors["text"], status=422)
    return redirect("writing:piece", pk)
