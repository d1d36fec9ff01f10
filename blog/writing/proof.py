"""The proof: the edited text with the changes marked, to be signed off exactly as it stands or sent back."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.desk.keys import key_in
from blog.editorial import proof as sign_offs
from blog.editorial.identity import names_of
from blog.editorial.letters import name_in, names_around
from blog.editorial.refusals import IncompleteError, TextHasChangedError
from blog.editorial.review import text_as_sent
from blog.models import Post, Revision
from blog.states import State
from blog.writing.access import desk_page, own_piece
from blog.writing.marked import marked_changes

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest

VIEWS = ("changes", "readers", "mine")
SHOWN_IN = {State.IN_PROOF, State.READY}


@require_safe
@desk_page
def proof(request: "WriterRequest", pk: int) -> HttpResponse:
    """Show the proof; a piece that is not there yet, or past it, is shown on its own page."""
    post = own_piece(request.user, pk)
    if post.state not in SHOWN_IN:
        return redirect("writing:piece", pk)
    return _proof_page(request, post)


@require_POST
@desk_page
def sign_off(request: "WriterRequest", pk: int) -> HttpResponse:
    """Sign off the text that was looked at, for every name that the account has on the byline."""
    post = own_piece(request.user, pk)
    try:
        seen = key_in(request.POST.get("seen", "")) or 0
        sign_offs.sign_off(post=post, seen=seen, by=request.user, at=timezone.now())
    except TextHasChangedError as refusal:
        return _changed(request, post, refusal)
    return redirect("writing:piece", pk)


@require_POST
@desk_page
def ask_for_correction(request: "WriterRequest", pk: int) -> HttpResponse:
    """Send the proof back to the editor with what is wrong in it."""
    post = own_piece(request.user, pk)
    reason = request.POST.get("reason", "")
    try:
        seen = key_in(request.POST.get("seen", ""))
        sign_offs.ask_for_correction(post=post, reason=reason, seen=seen, by=request.user, at=timezone.now())
    except TextHasChangedError as refusal:
        return _changed(request, post, refusal)
    except IncompleteError as incomplete:
        return _proof_page(request, post, error=incomplete.errors["reason"], status=422)
    return redirect("writing:piece", pk)


def _proof_page(request: "WriterRequest", post: Post, *, error: str = "", status: int = 200) -> HttpResponse:
    view = request.GET.get("view")
    working = get_object_or_404(Revision.objects.select_related("introduced_by"), pk=post.working_id or 0)
    sent = text_as_sent(post=post)
    own = {author.pk for author in names_of(request.user, post)}
    signatures = sign_offs.signatures(post=post)
    context = {
        "post": post,
        "view": view if view in VIEWS else VIEWS[0],
        "working": working,
        "sent": sent,
        "marked": marked_changes(sent, working) if sent else None,
        "who": _who_edited(post, sent, working),
        "signatures": [(signature, signature.author.pk in own) for signature in signatures],
        "has_signed": all(signature.signed_at for signature in signatures if signature.author.pk in own),
        "is_open": post.state == State.IN_PROOF,
        "error": error,
        "typed_reason": request.POST.get("reason", ""),
        "section": "pieces",
    }
    return render(request, "writing/proof.html", context, status=status)


def _who_edited(post: Post, sent: Revision | None, working: Revision) -> str:
    """Return the name of whoever edited the text since it was sent, or “the editors” where it was several."""
    since = Revision.objects.filter(post=post, number__gt=sent.number if sent else 0, number__lte=working.number)
    edits = since.select_related("written_by").defer("body", "introduction")
    by = {revision.written_by_id: revision.written_by for revision in edits}
    if len(by) > 1:
        return _("The editors")
    editor = next(iter(by.values()), post.editor)
    return name_in(names_around(post), editor) if editor else _("The editors")


def _changed(request: "WriterRequest", post: Post, refusal: TextHasChangedError) -> HttpResponse:
    """Say that the text changed while it was being read, and lead to it as it stands now."""
    context = {
        "post": post,
        "sentence": str(refusal),
        "address": reverse("writing:proof", args=[post.pk]),
        "reason": request.POST.get("reason", ""),
        "section": "pieces",
    }
    return render(request, "writing/text_has_changed.html", context, status=409)
