"""The page on which somebody takes over comments of an archive that were written with their address, or leaves them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.archiving import claiming
from accounts.models import User
from accounts.pages.signed_in import user_of
from blog.desk.keys import key_in
from blog.editorial.refusals import MoveNotAllowedError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def archived(request: HttpRequest) -> HttpResponse:
    """Show comments of archives with one's confirmed addresses. POST takes those under a name over, or leaves them."""
    user = user_of(request)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponseBadRequest()
        try:
            done = act(user, key_in(request.POST.get("name", "")) or 0)
        except MoveNotAllowedError as refusal:
            return _page(request, error=str(refusal), status=409)
        messages.success(request, done)
        return redirect("accounts:archived" if claiming.waiting_names(user) else "accounts:home")
    return _page(request)


def _take_over(user: User, name_pk: int) -> str:
    taken = claiming.take_over(name_pk=name_pk, by=user, at=timezone.now())
    return ngettext(
        "{count} comment is yours now. {name} stands beside it.",
        "{count} comments are yours now. {name} stands beside them.",
        taken.comments,
    ).format(count=taken.comments, name=user.display_name)


def _leave(user: User, name_pk: int) -> str:
    name = claiming.leave(name_pk=name_pk, by=user, at=timezone.now())
    return _("The comments stay as they are, under {name}. We won’t ask again.").format(name=name.name)


ACTS = {"take": _take_over, "leave": _leave}


def _page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    user = user_of(request)
    context = {"section": "account", "account": user, "found": claiming.found_for(user), "error": error}
    return render(request, "accounts/archived.html", context, status=status)
