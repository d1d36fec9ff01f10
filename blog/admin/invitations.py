"""Inviting a guest, and what an editor can do with an invitation afterwards."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.moves import Trouble
from blog.admin.pages import CONFLICT, UNPROCESSABLE, errors_of, show
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import review_page
from blog.editorial import invitations
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Category, Series

if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[Category]
    SeriesChoice = forms.ModelChoiceField[Series]
else:
    CategoryChoice = SeriesChoice = forms.ModelChoiceField

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
MAX_WORDS = 100_000
MAX_PART = 999


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 20/03/2026.")},
    )


class InviteForm(forms.Form):
    """Whom to invite, to write what."""

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
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Your own words, at the top of the letter."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    title = forms.CharField(label=gettext_lazy("Working title"), max_length=300, required=False)
    brief = forms.CharField(
        label=gettext_lazy("What you ask for"),
        help_text=gettext_lazy("The guest sees it beside the text while writing."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    brief_words = forms.IntegerField(
        label=gettext_lazy("Length in words"), required=False, min_value=1, max_value=MAX_WORDS
    )
    due_date = day_field(gettext_lazy("Due"))
    category = CategoryChoice(label=gettext_lazy("Category"), queryset=Category.objects.all(), required=False)
    series = SeriesChoice(label=gettext_lazy("Series"), queryset=Series.objects.all(), required=False)
    part_number = forms.IntegerField(label=gettext_lazy("Part"), required=False, min_value=1, max_value=MAX_PART)

    def clean_due_date(self) -> dt.date | None:
        """Refuse a day that has passed."""
        day: dt.date | None = self.cleaned_data["due_date"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose a later one."))
        return day


def invite_view(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite, invite them, and go on to the piece that was made."""
    by, at = editor_of(request), timezone.now()
    form = InviteForm(request.POST or None)
    if request.method != "POST":
        return show(request, "admin/invite.html", {"form": form, "errors": {}})
    if form.is_valid():
        try:
            invitation = invitations.invite(by=by, at=at, **form.cleaned_data)
        except IncompleteError as error:
            for field, sentence in error.errors.items():
                form.add_error(field if field in form.fields else None, sentence)
        else:
            messages.success(request, _("The invitation to {name} is in the post.").format(name=invitation.author.name))
            return redirect("admin:blog_post_change", invitation.post_id)
    return show(request, "admin/invite.html", {"form": form, "errors": errors_of(form)}, status=UNPROCESSABLE)


def act_view(request: HttpRequest, pk: int, invitation_pk: int, act: str) -> HttpResponse:
    """Send an invitation again, to the same address or another, or take it back."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk)
    invitation = post.invitations.filter(pk=invitation_pk).first()
    if invitation is None:
        raise Http404
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
        errors = refusal.errors if isinstance(refusal, IncompleteError) else {}
        trouble = Trouble("invitation", str(refusal), errors, typed)
        status = UNPROCESSABLE if errors else CONFLICT
        return review_page(request, post, by=by, at=at, trouble=trouble, status=status)
    messages.success(request, said)
    return redirect("admin:blog_post_change", pk)
