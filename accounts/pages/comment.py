"""The comment form of a piece, with one's own comments on it."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.commenting import posting, reading
from accounts.commenting.previewing import as_it_will_appear
from accounts.commenting.screening import TooManyCommentsError, is_trusted
from accounts.models import Comment
from accounts.pages.signed_in import user_of
from blog.desk.keys import key_in
from blog.editorial.names.identity import writes_as
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.closing import closing_of
from blog.models import Post

UNSENT = "unsent_comment"
MOST_KEPT = 20_000
CREATED = 201
STATUSES = {IncompleteError: 422, posting.MayNotCommentError: 403, TooManyCommentsError: 429}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, post_pk: int) -> HttpResponse:
    """Show the comment form of a piece and one's own comments on it; POST shows how a comment will look, or leaves it.

    For the script on the reader's page the answers are fragments: the form; 201 and the comment, once it is left; and
    401 while signed out.
    """
    if not request.user.is_authenticated:
        return _signed_out(request, post_pk)
    now = timezone.now()
    visible = Post.objects.visible_at(now).select_related("live", "category")
    post = get_object_or_404(visible.defer("live__body", "live__introduction"), pk=post_pk)
    if request.method == "POST":
        return _leave(request, post)
    kept = request.session.get(UNSENT, {})
    # What was typed under another piece waits until they come back to that one
    kept = request.session.pop(UNSENT) if kept.get("post") == post.pk else {}
    reply = str(kept.get("reply") or request.GET.get("reply", ""))
    parent = Comment.objects.public().filter(pk=key_in(reply) or 0, post=post).select_related("user", "author").first()
    return _room(request, post, text=kept.get("text", ""), parent=parent)


def _leave(request: HttpRequest, post: Post) -> HttpResponse:
    text, reply, at = request.POST.get("text", ""), request.POST.get("reply", ""), timezone.now()
    # One that was taken down meanwhile is refused below, with what was typed kept; one of another piece is not found
    known = Comment.objects.select_related("user", "author")
    parent = get_object_or_404(known, pk=key_in(reply), post=post) if reply else None
    is_parent_seen = parent is None or parent.state == Comment.State.APPROVED
    try:
        if "preview" in request.POST:
            seen = parent if is_parent_seen else None
            preview = as_it_will_appear(post=post, text=text, by=user_of(request), at=at, parent=seen)
            return _room(request, post, text=text, parent=seen, preview=preview)
        left = posting.post_comment(post=post, text=text, by=user_of(request), at=at, parent=parent)
    except EditorialRefusal as refusal:
        status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 409)
        # The words of one that readers don't see, or no longer, are not shown
        return _room(request, post, text=text, parent=parent if is_parent_seen else None, error=refusal, status=status)
    if wants_fragment(request):
        return _room(request, post, left=left, status=CREATED)
    if left.state == Comment.State.APPROVED:
        return redirect(left.get_absolute_url())
    return redirect(f"{left.own_url()}#{left.anchor}")


def _signed_out(request: HttpRequest, post_pk: int) -> HttpResponse:
    """Lead to signing in and back. What was typed waits in the session, so that an expired sign-in loses nothing."""
    if wants_fragment(request):
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
    preview: reading.Entry | None = None,
    left: Comment | None = None,
    error: EditorialRefusal | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    author = writes_as(user, post)
    is_blocked = user.is_blocked_at(now)
    try:
        posting.require_commenter(user, now)
        obstacle = ""
    except posting.MayNotCommentError as refusal:
        obstacle = str(refusal)
    own = reading.own_comments(user, now, post)
    context: dict[str, Any] = {
        "section": "account",
        "post": post,
        "own_comments": own,
        "public_name": author.name if author else user.display_name,
        "is_newcomer": author is None and not is_trusted(user),
        "is_blocked": is_blocked,
        "obstacle": obstacle,
        "unconfirmed": "" if is_blocked or not obstacle else user.email,
        "closing": closing_of(post, moment=now),
        "parent": parent,
        "text": text,
        "preview": preview,
        "left": left,
        "count": Post.objects.values_list("comment_count", flat=True).get(pk=post.pk) if left else 0,
        "left_as_readers_see_it": reading.entry_of(left, now) if left else None,
        "left_own": next((one for one in own if left and one.comment.pk == left.pk), None),
        "error": str(error) if error else "",
        "most": posting.MAX_LENGTH,
    }
    template = "accounts/_comment_fragment.html" if wants_fragment(request) else "accounts/comment.html"
    return render(request, template, context, status=status)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether the script on a page asks, and not somebody who opened the address."""
    return request.headers.get("X-Requested-With") == "fetch"
