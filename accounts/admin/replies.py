"""Inviting whoever wrote a comment to answer the piece with one of their own, without learning their address."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commenting.permissions import is_moderator
from accounts.models import Comment, User
from blog.admin.access import editor_of
from blog.admin.forms import AssignmentForm, errors_of, note_refusal
from blog.admin.pages import UNPROCESSABLE, show
from blog.editorial import invitations
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal


def may_invite(comment: Comment, by: User) -> bool:
    """Whether this editor can invite its writer: not themselves, and not whoever wrote the piece."""
    at = timezone.now()
    if not is_editor(by) or comment.user_id == by.pk or not comment.user.is_active or comment.user.is_blocked_at(at):
        return False
    return not comment.author_id and comment.post.is_visible_at(at)


def invite_its_writer(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Ask what the invitation is to say, send it to the account's address, and go on to the piece that was made."""
    by, at = editor_of(request), timezone.now()
    if not is_moderator(by) or not may_invite(comment, by):
        raise PermissionDenied(_("The writer of this comment can’t be invited."))
    form = AssignmentForm(request.POST or None)
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
