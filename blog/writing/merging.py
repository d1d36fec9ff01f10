"""After a conflict: the two texts brought together on one page, and saved as one."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog.desk.keys import key_in
from blog.desk.merging import choices_in, rows_of, whose_texts
from blog.editorial.drafting import ConflictError
from blog.editorial.one_text import Choice, brought_together, save_together
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post, Revision
from blog.writing.access import desk_page, is_on_the_desk, own_piece, show_kept

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def merge(request: "WriterRequest", pk: int, revision: int) -> HttpResponse:
    """Show a text that was kept aside beside the working one; a POST saves what was chosen as the newest text."""
    post = own_piece(request.user, pk)
    kept = _own_revision(post, revision)
    if not is_on_the_desk(post, request.user) and request.method != "POST":
        return redirect("writing:compare", post.pk, post.working_id or kept.pk, kept.pk)
    if request.method != "POST":
        return merge_page(request, post, kept)
    seen = _own_revision(post, key_in(request.POST.get("working", "")) or 0)
    choices = choices_in(request.POST.dict())
    try:
        merged = brought_together(post=post, kept=kept, working=seen)
        save_together(post=post, merged=merged, choices=choices, by=request.user, at=timezone.now())
    except ConflictError as conflict:
        return show_conflict(request, post, conflict)
    except IncompleteError as incomplete:
        return merge_page(request, post, kept, seen=seen, choices=choices, errors=incomplete.errors)
    except EditorialRefusal as refusal:
        return show_kept(request, status=HTTPStatus.CONFLICT, sentence=str(refusal))
    return redirect("writing:piece", post.pk)


def show_conflict(request: "WriterRequest", post: Post, conflict: ConflictError) -> HttpResponse:
    """Show somebody's text brought together with the one that was saved meanwhile; both are kept, and they choose."""
    post = own_piece(request.user, post.pk)
    return merge_page(request, post, conflict.kept, seen=conflict.working, status=HTTPStatus.CONFLICT)


def merge_page(
    request: "WriterRequest",
    post: Post,
    kept: Revision,
    *,
    seen: Revision | None = None,
    choices: dict[str, Choice] | None = None,
    errors: dict[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show the page on which two texts become one."""
    merged = brought_together(post=post, kept=kept, working=seen)
    whose = whose_texts(post, working=merged.working, kept=kept, reader=request.user)
    context = {
        "post": post,
        "merged": rows_of(merged, whose=whose, choices=choices or {}, errors=errors),
        "errors": errors or {},
        "is_conflict": status == HTTPStatus.CONFLICT,
        "other": kept,
        "section": "pieces",
    }
    return render(request, "writing/merge.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else status)


def _own_revision(post: Post, key: int) -> Revision:
    """Return a version of this very piece; a version of another does not exist here (404)."""
    return get_object_or_404(Revision.objects.select_related("written_by"), post=post, pk=key_in(str(key)))
