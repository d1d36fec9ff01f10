"""Inviting whoever wrote a comment to answer the piece with one of their own, without learning their address."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commenting.permissions import is_moderator
from accounts.models import Comment, User
from blog.admin.access import editor_of
from blog.admin.forms import DAY_FORMATS, CategoryChoice, errors_of, note_refusal
from blog.admin.pages import UNPROCESSABLE, show
from blog.editorial import invitations
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal
from blog.models import Category


class ReplyForm(forms.Form):
    """What the invitation says and asks for. Name and address are those of the account."""

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
        label=gettext_lazy("Length in words"), required=False, min_value=1, max_value=100_000
    )
    due_date = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 20/03/2026.")},
    )
    category = CategoryChoice(
        label=gettext_lazy("Category"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=gettext_lazy("None yet"),
    )


def may_invite(comment: Comment, by: User) -> bool:
    """Whether this editor can invite its writer: not themselves, and not whoever wrote the piece."""
    if not is_editor(by) or comment.user_id == by.pk or comment.user.is_blocked or not comment.user.is_active:
        return False
    return not comment.author_id and comment.post.is_visible_at(timezone.now())


def invite_its_writer(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Ask what the invitation is to say, send it to the account's address, and go on to the piece that was made."""
    by, at = editor_of(request), timezone.now()
    if not is_moderator(by) or not may_invite(comment, by):
        raise PermissionDenied(_("The writer of this comment can’t be invited."))
    form = ReplyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                invitation = invitations.invite_commenter(
                    to=comment.user, in_reply_to=comment.post, by=by, at=at, **form.cleaned_data
                )
            except EditorialRefusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The invitation to {name} is in the post.").format(name=invitation.name))
                return redirect("admin:blog_post_change", invitation.post_id)
    context = {"form": form, "errors": errors_of(form) if form.is_bound else {}, "comment": comment}
    return show(request, "accounts/admin/invite.html", context, status=status)
