"""The comment form of a piece, with one's own comments on it."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.commenting import posting
from accounts.commenting.reading import own_comments
from accounts.models import Comment
from accounts.pages.signed_in import user_of
from blog.desk.keys import key_in
from blog.editorial.names.identity import writes_as
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post

UNSENT = "unsent_comment"
MOST_KEPT = 20_000
STATUSES = {IncompleteError: 422, posting.MayNotCommentError: 403}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, post_pk: int) -> HttpResponse:
    """Show the comment form of a piece and one's own comments on it; POST leaves a comment.

    For the script on the reader's page the answer is a fragment, and 401 while signed out.
    """
    if not request.user.is_authenticated:
        return _signed_out(request, post_pk)
    now = timezone.now()
    post = get_object_or_404(Post.objects.visible_at(now).select_related("live"), pk=post_pk)
    if request.method == "POST":
        return _leave(request, post)
    kept = request.session.get(UNSENT, {})
    # What was typed under another piece waits until they come back to that one
    kept = request.session.pop(UNSENT) if kept.get("post") == post.pk else {}
    reply = str(kept.get("reply") or request.GET.get("reply", ""))
    parent = Comment.objects.public().filter(pk=key_in(reply) or 0, post=post).select_related("user", "author").first()
    return _room(request, post, text=kept.get("text", ""), parent=parent)


def _leave(request: HttpRequest, post: Post) -> HttpResponse:
    text, reply = request.POST.get("text", ""), request.POST.get("reply", "")
    # One that was taken down meanwhile is refused below, with what was typed kept; one of another piece is not found
    parent = get_object_or_404(Comment, pk=key_in(reply), post=post) if reply else None
    try:
        left = posting.post_comment(post=post, text=text, by=user_of(request), at=timezone.now(), parent=parent)
    except EditorialRefusal as refusal:
        status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 409)
        if parent and parent.state != Comment.State.APPROVED:
            parent = None  # Its words are no longer, or not yet, for readers to see
        return _room(request, post, text=text, parent=parent, error=str(refusal), status=status)
    if left.state == Comment.State.APPROVED:
        return redirect(left.get_absolute_url())
    return redirect(f"{left.own_url()}#{left.anchor}")


def _signed_out(request: HttpRequest, post_pk: int) -> HttpResponse:
    """Lead to signing in and back. What was typed waits in the session, so that an expired sign-in loses nothing."""
    if _wants_fragment(request):
        return JsonResponse({"message": _("You are signed out.")}, status=401)
    if request.method == "POST" and request.POST.get("text"):
        reply = key_in(request.POST.get("reply", ""))
        request.session[UNSENT] = {"post": post_pk, "text": request.POST["text"][:MOST_KEPT], "reply": reply}
    return redirect_to_login(request.path if request.method == "POST" else request.get_full_path())


def _room(
    request: HttpRequest,
    post: Post,
    *,
    text: str = "",
    parent: Comment | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    user = user_of(request)
    author = writes_as(user, post)
    try:
        posting.require_commenter(user)
        obstacle = ""
    except posting.MayNotCommentError as refusal:
        obstacle = str(refusal)
    own = own_comments(user, post)
    context: dict[str, Any] = {
        "section": "account",
        "post": post,
        "own_comments": own,
        "public_name": author.name if author else user.display_name,
        "is_newcomer": author is None and not is_editor(user) and not user.comments.public().exists(),
        "is_blocked": user.is_blocked,
        "obstacle": obstacle,
        "unconfirmed": "" if user.is_blocked or not obstacle else user.email,
        "parent": parent,
        "text": text,
        "error": error,
        "most": posting.MAX_LENGTH,
    }
    template = "accounts/_comment_fragment.html" if _wants_fragment(request) else "accounts/comment.html"
    return render(request, template, context, status=status)


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
