"""After a conflict on the editor's writing page: the two texts brought together, and saved as one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.access import editor_of, user_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import piece_or_404
from blog.desk.keys import key_in
from blog.desk.merging import choices_in, rows_of, whose_texts
from blog.editorial import drafting
from blog.editorial.drafting import ConflictError
from blog.editorial.moves import refusal
from blog.editorial.one_text import Choice, brought_together, save_together
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Post, Revision
from blog.states import State


def merge_view(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """Show a text that was kept aside beside the working one; a POST saves what was chosen as the newest text."""
    by = editor_of(request)
    post = piece_or_404(pk, by=by)
    kept = _own_revision(post, revision)
    if request.method != "POST":
        if not drafting.may_write(post=post, by=by):
            raise MoveNotAllowedError(refusal(State(post.state)))
        return show_merge(request, post, kept)
    seen = _own_revision(post, key_in(request.POST.get("working", "")) or 0)
    choices = choices_in(request.POST.dict())
    try:
        merged = brought_together(post=post, kept=kept, working=seen)
        save_together(post=post, merged=merged, choices=choices, by=by, at=timezone.now())
    except ConflictError as conflict:
        return show_merge(request, post, conflict.kept, seen=conflict.working, status=CONFLICT)
    except IncompleteError as incomplete:
        return show_merge(request, post, kept, seen=seen, choices=choices, errors=incomplete.errors)
    messages.success(request, _("The two texts are one now. Both stay among the versions."))
    return redirect("admin:blog_post_edit", pk)


def show_merge(
    request: HttpRequest,
    post: Post,
    kept: Revision,
    *,
    seen: Revision | None = None,
    choices: dict[str, Choice] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page on which two texts become one."""
    merged = brought_together(post=post, kept=kept, working=seen)
    whose = whose_texts(post, working=merged.working, kept=kept, reader=user_of(request))
    context = {
        "post": post,
        "merged": rows_of(merged, whose=whose, choices=choices or {}, errors=errors),
        "errors": errors or {},
        "is_conflict": status == CONFLICT,
    }
    return show(request, "admin/one_text.html", context, status=UNPROCESSABLE if errors else status)


def _own_revision(post: Post, key: int) -> Revision:
    return get_object_or_404(Revision.objects.select_related("written_by"), post=post, pk=key_in(str(key)))
