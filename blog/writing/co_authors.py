"""The byline as a whole: who writes a piece together, in which order they stand, who is invited, and leaving."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.desk.keys import key_in
from blog.editorial import invitations
from blog.editorial.names import bylines, co_authors
from blog.editorial.names.identity import names_of
from blog.editorial.proof import Signature, signatures
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Byline, Invitation, Post
from blog.states import State
from blog.writing.access import desk_page, own_piece

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from blog.writing.access import WriterRequest

PLACES = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Name:
    """One name as its co-authors see it. `invitation` is there where the reader sent it and nobody has answered."""

    byline: Byline
    signature: Signature
    is_own: bool
    is_first: bool
    is_last: bool
    invitation: Invitation | None = None

    @property
    def has_run_out(self) -> bool:
        """Whether the invitation no longer works until it is sent again."""
        return self.invitation is not None and self.invitation.expires_at <= timezone.now()


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def names(request: "WriterRequest", pk: int) -> HttpResponse:
    """Show the names on a piece; a POST invites somebody to write it together."""
    post = own_piece(request.user, pk)
    if request.method != "POST":
        return _page(request, post)
    typed = {field: request.POST.get(field, "") for field in ("name", "email", "note")}
    try:
        invitation = co_authors.invite(post=post, by=request.user, at=timezone.now(), **typed)
    except IncompleteError as incomplete:
        return _page(request, post, errors=incomplete.errors, status=422)
    except EditorialRefusal as refusal:
        return _page(request, post, errors={"name": str(refusal)}, status=409)
    messages.success(request, _("The invitation to {name} is in the post.").format(name=invitation.author.name))
    return redirect("writing:co_authors", pk)


@require_POST
@desk_page
def order(request: "WriterRequest", pk: int) -> HttpResponse:
    """Move a name one place up or down, if the byline is still the one that was looked at."""
    post = own_piece(request.user, pk)
    places = PLACES.get(request.POST.get("way", ""))
    if places is None:
        raise Http404
    try:
        co_authors.move_name(
            post=post,
            author=key_in(request.POST.get("author", "")) or 0,
            places=places,
            seen=request.POST.get("byline", ""),
            by=request.user,
            at=timezone.now(),
        )
    except EditorialRefusal as refusal:
        return _page(request, own_piece(request.user, pk), refusal=str(refusal), status=409)
    messages.success(request, _("The names are in the new order."))
    return redirect("writing:co_authors", pk)


@require_POST
@desk_page
def act(request: "WriterRequest", pk: int, invitation: int, what: str) -> HttpResponse:
    """Take back an invitation of one's own that nobody has answered, or send it again."""
    post = own_piece(request.user, pk)
    # Through the piece: a key of another piece's leads nowhere
    row = get_object_or_404(post.invitations.select_related("post", "author"), pk=invitation, invited_by=request.user)
    try:
        if what == "take-back":
            invitations.revoke(invitation=row, by=request.user, at=timezone.now())
            said = _("The invitation is taken back; its link no longer works.")
        elif what == "send-again":
            invitations.send_again(invitation=row, by=request.user, at=timezone.now())
            said = _("The invitation is in the post again.")
        else:
            raise Http404
    except EditorialRefusal as refusal:
        return _page(request, own_piece(request.user, pk), refusal=str(refusal), status=409)
    messages.success(request, said)
    return redirect("writing:co_authors", pk)


@require_POST
@desk_page
def leave(request: "WriterRequest", pk: int) -> HttpResponse:
    """Take one's own name off the piece, once that is said twice."""
    post = own_piece(request.user, pk)
    if "sure" not in request.POST:
        errors = {"sure": _("Tick the box if you want to take your name off.")}
        return _page(request, post, errors=errors, status=422)
    title = post.title
    try:
        co_authors.leave(post=post, by=request.user, at=timezone.now())
    except EditorialRefusal as refusal:
        return _page(request, own_piece(request.user, pk), refusal=str(refusal), status=409)
    said = _("Your name is off “{title}”. The text stays, the others have been told, and it is no longer on your desk.")
    messages.success(request, said.format(title=title))
    return redirect("writing:pieces")


def names_for(post: Post, *, reader: "User", at: "dt.datetime") -> list[Name]:
    """Return the names on a piece in their order, with what this reader can do about each."""
    own = {author.pk for author in names_of(reader, post)}
    of_author = {signature.author.pk: signature for signature in signatures(post=post)}
    sent = {one.author_id: one for one in post.invitations.unanswered().filter(invited_by=reader)}
    rows = bylines.names_on(post)
    return [
        Name(
            byline=row,
            signature=of_author[row.author_id],
            is_own=row.author_id in own,
            is_first=place == 0,
            is_last=place == len(rows) - 1,
            invitation=sent.get(row.author_id),
        )
        for place, row in enumerate(rows)
    ]


def _page(
    request: "WriterRequest",
    post: Post,
    *,
    errors: dict[str, str] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = names_for(post, reader=request.user, at=timezone.now())
    context = {
        "post": post,
        "names": rows,
        "byline_hash": bylines.hash_of([row.byline for row in rows]),
        "can_change": post.is_unpublished,
        "voids": post.state in {State.IN_PROOF, State.READY} and any(row.signature.signed_at for row in rows),
        "waits": bylines.waits_for_answers([row.byline.author.name for row in rows if row.signature.is_invited]),
        "may_leave": len([row for row in rows if not row.is_own and not row.signature.is_invited]) > 0,
        "errors": errors or {},
        "refusal": refusal,
        "typed": {field: request.POST.get(field, "") for field in ("name", "email", "note")},
        "section": "pieces",
    }
    return render(request, "writing/co_authors.html", context, status=status)
