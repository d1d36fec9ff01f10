"""What somebody does with one comment of their own: change it, take it away."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.commenting import editing, posting
from accounts.commenting.previewing import as_it_will_appear
from accounts.commenting.reading import Entry
from accounts.commenting.screening import TooManyCommentsError
from accounts.models import Comment
from accounts.pages.signed_in import user_of
from blog.desk.keys import key_in
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post

UNSAVED = "unsaved_comment"
MOST_KEPT = 20_000
STATUSES = {IncompleteError: 422, posting.MayNotCommentError: 403, TooManyCommentsError: 429}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment of one's own to change it; POST shows how it will look, or changes it."""
    if not request.user.is_authenticated:
        if request.method == "POST" and request.POST.get("text"):
            request.session[UNSAVED] = {"comment": pk, "text": request.POST["text"][:MOST_KEPT]}
        return redirect_to_login(request.path)
    comment = _own_or_404(request, pk)
    if request.method == "POST":
        return _change(request, comment)
    kept = request.session.get(UNSAVED, {})
    kept = request.session.pop(UNSAVED) if kept.get("comment") == comment.pk else {}
    return _page(request, comment, text=kept.get("text", comment.text), seen=comment.edits.count())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a comment of one's own is to go; POST takes it away."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    comment = _own_or_404(request, pk)
    error, status = "", 200
    if request.method == "POST":
        try:
            editing.take_away(comment=comment, by=user_of(request), at=timezone.now())
        except EditorialRefusal as refusal:
            error, status = str(refusal), 409
        else:
            return redirect(_place_of(comment))
    context = {"section": "account", "comment": comment, "post": comment.post, "error": error}
    context |= {"can_take_away": editing.can_take_away(comment), "has_answers": _has_answers(comment)}
    return render(request, "accounts/comment_delete.html", context, status=status)


def _change(request: HttpRequest, comment: Comment) -> HttpResponse:
    text, at = request.POST.get("text", ""), timezone.now()
    seen = key_in(request.POST.get("seen", "")) or 0
    try:
        if "preview" in request.POST:
            preview = as_it_will_appear(post=comment.post, text=text, by=user_of(request), at=comment.written_at)
            preview.edited_at = at
            return _page(request, comment, text=text, seen=seen, preview=preview)
        changed = editing.edit(comment=comment, text=text, seen=seen, by=user_of(request), at=at)
    except editing.EditedMeanwhileError as refusal:
        # Whoever sends it again has seen what stands there now
        comment.refresh_from_db()
        now = comment.edits.count()
        return _page(request, comment, text=text, seen=now, error=str(refusal), is_other=True, status=409)
    except EditorialRefusal as refusal:
        status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 409)
        return _page(request, comment, text=text, seen=seen, error=str(refusal), status=status)
    if changed.state == Comment.State.APPROVED:
        return redirect(changed.get_absolute_url())
    return redirect(f"{changed.own_url()}#{changed.anchor}")


def _own_or_404(request: HttpRequest, pk: int) -> Comment:
    """Return a comment of one's own; of anybody else's it is not even said that there is one."""
    own = Comment.objects.filter(user=user_of(request)).exclude(state=Comment.State.DELETED).for_lists()
    return get_object_or_404(own, pk=pk)


def _place_of(comment: Comment) -> str:
    """Return where somebody goes on who took a comment away."""
    if not Post.objects.visible_at(timezone.now()).filter(pk=comment.post_id).exists():
        return "accounts:home"
    return f"{comment.get_absolute_url().partition('#')[0]}#comments"


def _has_answers(comment: Comment) -> bool:
    return comment.replies.public().exists() or comment.answers.public().exists()


def _page(
    request: HttpRequest,
    comment: Comment,
    *,
    text: str,
    seen: int,
    preview: Entry | None = None,
    error: str = "",
    is_other: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "account",
        "comment": comment,
        "post": comment.post,
        "text": text,
        "seen": seen,
        "preview": preview,
        "error": error,
        "is_other": is_other,
        "can_edit": editing.can_edit(comment, at=timezone.now()),
        "until": comment.written_at + editing.EDITED_WITHIN,
        "most": posting.MAX_LENGTH,
    }
    return render(request, "accounts/comment_edit.html", context, status=status)
