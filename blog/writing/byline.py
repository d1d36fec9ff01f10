"""How a writer's name appears: name or pen name, role, organisation, a line about them, portrait."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.editorial import identity, pictures
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, Post
from blog.writing.access import desk_page, own_piece
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
        return _page(request, post, author, BylineForm(initial=_details_now(post, author)))
    form = BylineForm(request.POST, request.FILES)
    status = _keep(request, post, author, form, at=timezone.now())
    if status is not None:
        return _page(request, post, author, form, status=status)
    messages.success(request, _("Saved. This is how your name will appear."))
    return redirect("writing:piece", pk)


def _keep(request: "WriterRequest", post: Post, author: Author, form: BylineForm, *, at: dt.datetime) -> int | None:
    """Write everything down or nothing; return the status to answer with where something is wrong."""
    form.is_valid()  # Its fields refuse nothing: the rules are in the editorial room, and speak below
    portrait = request.FILES.get("portrait")
    wrong: dict[str, str] = {}
    status = 422
    with transaction.atomic():
        try:
            identity.set_byline(post=post, author=author, details=form.details(), by=request.user, at=at)
        except IncompleteError as incomplete:
            wrong.update(incomplete.errors)
        except EditorialRefusal as refusal:
            wrong["name"], status = str(refusal), 409
        try:
            if portrait and wrong:
                pictures.reencode(portrait)
            elif portrait:
                picture = pictures.take_in(file=portrait, post=post, by=request.user, at=at, needs_description=False)
                identity.set_portrait(author=author, portrait=picture, by=request.user)
            elif form.cleaned_data["remove_portrait"] and not wrong:
                identity.set_portrait(author=author, portrait=None, by=request.user)
        except IncompleteError as incomplete:
            wrong["portrait"] = incomplete.errors.get("file") or str(incomplete)
        if wrong:
            transaction.set_rollback(True)
    for name, sentence in wrong.items():
        form.add_error(name, sentence)
    return status if wrong else None


def _details_now(post: Post, author: Author) -> dict[str, object]:
    printed = next(byline for byline in post.bylines.all() if byline.author_id == author.pk)
    return {
        "name": author.name,
        "is_pen_name": author.is_pen_name,
        "role": printed.role,
        "organisation": printed.organisation,
        "about": author.about,
    }


def _page(request: "WriterRequest", post: Post, author: Author, form: BylineForm, *, status: int = 200) -> HttpResponse:
    context = {
        "post": post,
        "author": Author.objects.select_related("portrait").get(pk=author.pk),
        "form": form,
        "can_change": post.is_unpublished,
        "section": "pieces",
    }
    return render(request, "writing/byline.html", context, status=status)
