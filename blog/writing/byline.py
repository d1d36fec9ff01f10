"""How a writer's name appears: name or pen name, role, organisation, a line about them, portrait."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.names import identity
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, Post
from blog.states import WRITERS_STATES, State
from blog.writing.access import asks_for_name, desk_page, own_piece
from blog.writing.forms import BylineForm

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def byline(request: "WriterRequest", pk: int) -> HttpResponse:
    """Show and change how the writer appears on a piece. Nothing is saved where anything is wrong."""
    post = own_piece(request.user, pk)
    author = identity.writes_as(request.user, post)
    if author is None:
        raise Http404
    if request.method != "POST":
        printed = next(one for one in post.ordered_bylines() if one.author_id == author.pk)
        return _page(request, post, author, BylineForm(initial=asdict(identity.details_on(printed))))
    form = BylineForm(request.POST, request.FILES)
    status = _refusal_of(request, post, author, form)
    if status is not None:
        return _page(request, post, author, form, status=status)
    messages.success(request, _("Saved. This is how your name will appear."))
    return redirect("writing:proof" if post.state == State.IN_PROOF else "writing:piece", pk)


def _refusal_of(request: "WriterRequest", post: Post, author: Author, form: BylineForm) -> int | None:
    """Write everything down or nothing; return the status to answer with where something is wrong."""
    form.is_valid()  # Its fields refuse nothing: the rules are in the editorial room, and speak below
    details, portrait = form.appearance()
    try:
        identity.set_byline(
            post=post, author=author, details=details, portrait=portrait, by=request.user, at=timezone.now()
        )
    except IncompleteError as incomplete:
        for name, sentence in incomplete.errors.items():
            form.add_error(name, sentence)
        return 422
    except EditorialRefusal as refusal:
        form.add_error("name", str(refusal))
        return 409
    return None


def _page(request: "WriterRequest", post: Post, author: Author, form: BylineForm, *, status: int = 200) -> HttpResponse:
    names = post.ordered_bylines()
    context = {
        "post": post,
        "is_first": asks_for_name(post, request.user),
        "is_together": len(names) > 1,
        "is_written": post.state in WRITERS_STATES,
        "looks": [
            (name_in(names_around(post), look.by), look)
            for look in identity.looks_behind_names_of(user=request.user, post=post)
        ],
        "author": Author.objects.select_related("portrait").get(pk=author.pk),
        "form": form,
        "can_change": post.is_unpublished,
        "section": "pieces",
    }
    return render(request, "writing/byline.html", context, status=status)
