"""The proof: the edited text with the changes marked, to be signed off exactly as it stands or sent back."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.desk.keys import key_in
from blog.desk.words import day, listed
from blog.editorial import proof as sign_offs
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.names.bylines import BylineHasChangedError, hash_on, waits_for_answers
from blog.editorial.names.identity import names_of
from blog.editorial.refusals import EditorialRefusal, MoveNotAllowedError, TextHasChangedError
from blog.editorial.review import text_as_sent
from blog.models import Post, Revision
from blog.states import State
from blog.writing.access import asks_for_name, desk_page, own_piece
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
    if asks_for_name(post, request.user):
        return redirect("writing:byline", pk)
    return _proof_page(request, post)


@require_POST
@desk_page
def sign_off(request: "WriterRequest", pk: int) -> HttpResponse:
    """Sign off text and byline that were looked at, for every name that the account has on it."""
    post = own_piece(request.user, pk)
    seen, byline = key_in(request.POST.get("seen", "")) or 0, request.POST.get("byline", "")
    try:
        sign_offs.sign_off(post=post, seen=seen, byline=byline, by=request.user, at=timezone.now())
    except (TextHasChangedError, BylineHasChangedError) as refusal:
        return show_changed(request, post, refusal)
    except MoveNotAllowedError:
        raise
    except EditorialRefusal as refusal:
        return _proof_page(request, own_piece(request.user, pk), error=str(refusal), status=409)
    return redirect("writing:piece", pk)


def _proof_page(request: "WriterRequest", post: Post, *, error: str = "", status: int = 200) -> HttpResponse:
    view = request.GET.get("view")
    working = get_object_or_404(Revision.objects.select_related("introduced_by"), pk=post.working_id or 0)
    sent = text_as_sent(post=post)
    own = {author.pk for author in names_of(request.user, post)}
    signatures = sign_offs.signatures(post=post)
    missing = [signature.author.name for signature in signatures if not signature.signed_at]
    today = timezone.localdate()
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
        "missing": listed(missing),
        "waits": waits_for_answers([one.author.name for one in signatures if one.is_invited]),
        "byline_hash": hash_on(post),
        "due": day(post.proof_due_date, today) if post.proof_due_date else "",
        "is_late": post.proof_due_date is not None and post.proof_due_date < today,
        "error": error,
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


def show_changed(request: "WriterRequest", post: Post, refusal: EditorialRefusal, *, typed: str = "") -> HttpResponse:
    """Say that text or byline changed while they were being read, and lead to them as they stand now."""
    context = {
        "post": post,
        "sentence": str(refusal),
        "address": reverse("writing:proof", args=[post.pk]),
        "reason": typed,
        "section": "pieces",
    }
    return render(request, "writing/text_has_changed.html", context, status=409)
