"""Inviting a guest, and what an editor can do with an invitation afterwards."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.forms import AssignmentForm, PieceForm, errors_of, note_refusal
from blog.admin.pages import UNPROCESSABLE, show
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page
from blog.desk.keys import key_in
from blog.editorial import invitations
from blog.editorial.refusals import EditorialRefusal
from blog.editorial.series_parts import MOST_PARTS
from blog.models import Post, SeriesSlot


class InviteForm(AssignmentForm, PieceForm):
    """Whom to invite, to write what."""

    field_order = ("name", "email", "note", "title")

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("It stands on the piece until the guest chooses how to appear."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The link works for this address alone."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def invite_view(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite, invite them, and go on to the piece that was made."""
    by, at = editor_of(request), timezone.now()
    answered = _answered(request.POST.get("in_reply_to") or request.GET.get("reply", ""), at=at)
    form = InviteForm(request.POST) if request.method == "POST" else InviteForm(initial=_for_part(request))
    if request.method != "POST":
        return show(request, "admin/invite.html", {"form": form, "errors": {}, "answered": answered})
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            invitation = invitations.invite(by=by, at=at, in_reply_to=answered, **form.cleaned_data)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            messages.success(request, _("The invitation to {name} is in the post.").format(name=invitation.author.name))
            return redirect("admin:blog_post_change", invitation.post_id)
    context = {"form": form, "errors": errors_of(form), "answered": answered}
    return show(request, "admin/invite.html", context, status=status)


def _answered(key: str, *, at: dt.datetime) -> Post | None:
    """Return the piece that the guest is to answer, if readers can see it."""
    pk = key_in(key)
    return Post.objects.visible_at(at).select_related("live").filter(pk=pk).first() if pk else None


def _for_part(request: HttpRequest) -> dict[str, object]:
    """Return what is planned for the part of a series that the link is about."""
    series, number = key_in(request.GET.get("series", "")), key_in(request.GET.get("part", ""))
    if not series or not number or number > MOST_PARTS:
        return {"series": series} if series else {}
    slot = SeriesSlot.objects.filter(series=series, part_number=number).first()
    return {"series": series, "part_number": number, "title": slot.working_title if slot else ""}


def act_view(request: HttpRequest, pk: int, invitation_pk: int, act: str) -> HttpResponse:
    """Send an invitation again, to the same address or another, or take it back."""
    by, at = editor_of(request), timezone.now()
    # The piece first: a key that no row can have is then not found, and no more than SQLite takes
    invitation = get_object_or_404(piece_or_404(pk, by=by).invitations, pk=invitation_pk)
    typed = {name: request.POST.get(name, "") for name in ("name", "email")}
    try:
        if act == "send_again":
            invitations.send_again(invitation=invitation, by=by, at=at)
            said = _("The invitation is in the post again.")
        elif act == "change_address":
            invitations.change_address(invitation=invitation, by=by, at=at, **typed)
            said = _("The old link no longer works; a new one is in the post.")
        elif act == "revoke":
            invitations.revoke(invitation=invitation, by=by, at=at)
            said = _("The invitation is taken back; its link no longer works.")
        else:
            raise Http404
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "invitation", refusal, by=by, at=at, typed=typed)
    messages.success(request, said)
    return redirect("admin:blog_post_change", pk)
