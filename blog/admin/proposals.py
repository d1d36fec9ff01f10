"""Corrections that writers propose after publication, as editors see and answer them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.access import editor_of
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page
from blog.editorial import proposals
from blog.editorial.refusals import EditorialRefusal
from blog.models import Proposal


def answer_view(request: HttpRequest, pk: int, proposal_pk: int, act: str) -> HttpResponse:
    """Take a proposed correction up, or refuse it with a reason."""
    by, at = editor_of(request), timezone.now()
    # Through the piece: a key of another piece's leads nowhere
    proposal = get_object_or_404(Proposal.objects.select_related("post"), pk=proposal_pk, post=piece_or_404(pk, by=by))
    reason = request.POST.get("reason", "")
    try:
        if act == "take-up":
            proposals.take_up(proposal=proposal, reason=reason, by=by, at=at)
            said = _("The writer knows that you take it up. Edit the text and publish the correction.")
        elif act == "refuse":
            proposals.refuse(proposal=proposal, reason=reason, by=by, at=at)
            said = _("The writer gets your reason; the text stays as it is.")
        else:
            raise Http404
    except EditorialRefusal as refusal:
        where = f"proposal-{proposal.pk}"
        return refused_page(request, pk, where, refusal, by=by, at=at, typed={"reason": reason})
    messages.success(request, said)
    return redirect("admin:blog_post_change", pk)
