"""The page on which a moderator takes the picture beside a comment away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commenting import appearance
from accounts.commenting.permissions import is_moderator
from accounts.models import AccountPicture, Comment
from blog.admin.access import user_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.illustrations import portrait

SIDE = 96  # Pixels of CSS


def take_away(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Ask for the reason, and take the picture away. It is found by a comment that it stands beside, not by account."""
    by, at = user_of(request), timezone.now()
    if not is_moderator(by):
        raise PermissionDenied(_("Only editors who look after comments can do this."))
    # Under a byline’s name there is none, whatever the account has
    picture = AccountPicture.objects.filter(user=comment.user_id).first() if comment.author_id is None else None
    if picture is None:
        raise Http404
    context: dict[str, Any] = {
        "comment": comment,
        "face": portrait(picture.illustration, side=SIDE, sizes=f"{SIDE}px"),
        "title": _("Picture of {name}").format(name=comment.public_name),
    }
    if request.method != "POST":
        return show(request, "accounts/admin/picture.html", context)
    reason = request.POST.get("reason", "")
    try:
        appearance.take_picture_away(user=comment.user, reason=reason, by=by, at=at)
    except IncompleteError as refusal:
        context |= {"error": refusal.errors["reason"], "reason": reason}
        return show(request, "accounts/admin/picture.html", context, status=UNPROCESSABLE)
    except EditorialRefusal as refusal:
        context |= {"error": str(refusal), "reason": reason}
        return show(request, "accounts/admin/picture.html", context, status=CONFLICT)
    messages.success(request, _("The picture is gone, and its owner gets a letter with the reason."))
    return redirect("admin:accounts_comment_change", comment.pk)
