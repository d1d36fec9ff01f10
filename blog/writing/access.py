"""Who gets to the desk, and how nothing typed is lost on the way in."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from blog.desk.script import wants_json
from blog.editorial import drafting
from blog.models import Byline, Invitation, Message, Move, Post, SignOff
from blog.models.posts import PostQuerySet
from blog.states import WRITERS_STATES

if TYPE_CHECKING:
    from accounts.models import User

    class WriterRequest(HttpRequest):
        """A request of somebody who is signed in."""

        user: User


P = ParamSpec("P")
TYPED = (
    "title", "standfirst", "body", "text", "reason", "name", "role", "organisation", "about", "email", "note", "wrong",
    "wanted",
)  # fmt: skip


class _PatientTokenCheck(CsrfViewMiddleware):
    """The usual check, but a form that comes from this very site with an old token is not thrown away.

    Signing in changes the token, so that a page which stayed open over an expired session sends the old one, and
    with it perhaps an hour's writing. Such a request changes nothing; what it carries is shown again, to be sent anew.
    A form from elsewhere is refused as ever.
    """

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse | None:
        if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
            request.META["WRITING_TOKEN_IS_OLD"] = reason
            return None
        rejected: HttpResponse = super()._reject(request, reason)  # type: ignore[misc]  # The stubs leave it out
        return rejected


_check_token = decorator_from_middleware(_PatientTokenCheck)


def desk_page(
    view: "Callable[Concatenate[WriterRequest, P], HttpResponseBase]",
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only people who are signed in through, and never let the answer be kept by a cache.

    Others are sent to sign in; a script gets 401. What somebody typed into a form is shown to them again.
    """

    @wraps(view)
    def enter(request: "WriterRequest", *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = _turn_away(request) or view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return csrf_exempt(_check_token(enter))  # Checked all the same: by `_check_token`


def _turn_away(request: HttpRequest) -> HttpResponse | None:
    is_old = "WRITING_TOKEN_IS_OLD" in request.META
    if request.user.is_authenticated and not is_old:
        return None
    status = 403 if request.user.is_authenticated else 401
    if wants_json(request):
        return JsonResponse({"message": _("You have been signed out. Sign in to go on.")}, status=status)
    if request.method == "POST":
        return show_kept(request, status=status)
    return redirect(login_address(request.get_full_path()))


def login_address(way_back: str) -> str:
    """Return where to sign in, and where that leads back to."""
    return f"{reverse('account_login')}?{urlencode({'next': way_back})}"


def show_kept(request: HttpRequest, *, status: int, sentence: str = "") -> HttpResponse:
    """Show somebody what they typed, because it could not be taken now.

    With `sentence` it says why for good (not their turn); without, they sign in and send it again.
    """
    typed = {name: text for name, text in request.POST.items() if _is_typed(name) and isinstance(text, str)}
    others = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in typed and name != "csrfmiddlewaretoken"
    ]
    context = {
        "typed": typed,
        "others": others,
        "sentence": sentence,
        "login": "" if request.user.is_authenticated else login_address(reverse("writing:pieces")),
        "section": "pieces",
    }
    return render(request, "writing/kept.html", context, status=status)


def with_history(posts: PostQuerySet) -> PostQuerySet:
    """Bring along what tells a piece's story: names, moves, messages. The number of queries does not grow."""
    return (
        posts.select_related("working", "editor", "series")
        .defer("working__body", "working__introduction")
        .prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author__identity")),
            Prefetch("moves", Move.objects.select_related("by")),
            Prefetch("messages", Message.objects.select_related("by")),
            Prefetch("sign_offs", SignOff.objects.holding()),
            Prefetch("invitations", Invitation.objects.unanswered(), to_attr="waiting_invitations"),
        )
    )


def _is_typed(name: str) -> bool:
    """Whether a field holds somebody's words: one of those that we know, or what was said at a paragraph."""
    return name in TYPED or name.startswith(("text-", "quote-"))


def asks_for_name(post: Post, user: "User") -> bool:
    """Whether a writer who was invited has yet to say how their name appears; nothing is written before."""
    if not post.is_unpublished:
        return False
    own = [one for one in post.bylines.all() if not one.is_confirmed]
    return any(getattr(one.author, "identity", None) and one.author.identity.user_id == user.pk for one in own)


def is_on_the_desk(post: Post, user: "User") -> bool:
    """Whether it is this writer's turn to write: editors on the byline write elsewhere once they hold the piece."""
    return post.state in WRITERS_STATES and drafting.may_write(post=post, by=user)


def own_piece(user: "User", pk: int) -> Post:
    """Return a piece that the account has a name on, with its history; any other does not exist for them (404)."""
    post = with_history(Post.objects.held_by(user)).filter(pk=pk).first()
    if post is None:
        raise Http404
    return post
