"""The pages of one's account: how one appears, what one wrote and hears of, how one signs in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.archiving import claiming
from accounts.commenting import appearance
from accounts.commenting.permissions import stopped
from accounts.commenting.reading import own_comments
from accounts.forms.account import DisplayNameForm
from accounts.models import AccountPicture, Comment
from accounts.pages.signed_in import user_of
from accounts.verifying.badges import are_verified
from blog.desk.keys import key_in
from blog.editorial.names.identity import looks_behind_names_of
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions import links, managing
from blog.illustrations import portrait
from blog.models import Post

FACE = 96  # Pixels of CSS
LATEST = 3
ON_A_PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show one's account; POST changes the display name."""
    user = user_of(request)
    form = DisplayNameForm(request.POST or None, initial={"display_name": user.display_name})
    if request.method == "POST" and form.is_valid():
        appearance.rename(user=user, display_name=form.cleaned_data["display_name"], at=timezone.now())
        messages.success(request, _("Your display name is now {name}.").format(name=user.display_name))
        return redirect("accounts:home")
    return _home(request, form, status=422 if form.errors else 200)


@never_cache
@require_POST
@login_required
def picture(request: HttpRequest) -> HttpResponse:
    """Take in a picture for one's comments, or take the one that is there away."""
    user = user_of(request)
    if "remove" in request.POST:
        appearance.remove_picture(user=user, at=timezone.now())
        messages.success(request, _("Your picture is gone, and its file is removed."))
        return redirect("accounts:home")
    try:
        appearance.show_picture(user=user, file=request.FILES.get("picture"), at=timezone.now())
    except IncompleteError as refusal:
        form = DisplayNameForm(initial={"display_name": user.display_name})
        return _home(request, form, picture_error=refusal.errors["file"], status=422)
    messages.success(request, _("Your picture stands beside your comments now."))
    return redirect("accounts:home")


def _home(request: HttpRequest, form: DisplayNameForm, *, picture_error: str = "", status: int = 200) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    addresses = list(EmailAddress.objects.filter(user=user).order_by("-primary", "email"))
    followed = [(one.email, managing.followed(one.email)) for one in addresses if one.verified]
    shown = AccountPicture.objects.filter(user=user).first()
    context: dict[str, Any] = {
        "section": "account",
        "form": form,
        "error": picture_error,
        "picture_error": picture_error,
        "account": user,
        "face": portrait(shown.illustration, side=FACE, sizes=f"{FACE}px") if shown else "",
        "is_verified": user.pk in are_verified({user.pk}, now),
        "stopped": stopped(user, now),
        "comments": own_comments(user, now, most=LATEST),
        "comment_count": _own(request).count(),
        "archived": claiming.waiting_names(user),
        "piece_count": Post.objects.held_by(user).count(),
        "follows": [(address, rows, links.manage_link(rows[0])) for address, rows in followed if rows],
        "looks": looks_behind_names_of(user=user),
        "addresses": addresses,
        "factors": Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        "sessions": UserSession.objects.filter(user=user).count(),
        "providers": bool(get_provider_adapter().list_providers(request))
        or SocialAccount.objects.filter(user=user).exists(),
    }
    return render(request, "accounts/home.html", context, status=status)


@never_cache
@require_safe
@login_required
def comments(request: HttpRequest) -> HttpResponse:
    """Show everything that one wrote under pieces, newest first, with what became of it, page after page."""
    user, pages = user_of(request), Paginator(_own(request), ON_A_PAGE)
    number = key_in(request.GET.get("page", "1")) or 0
    if number not in pages.page_range:
        raise Http404
    page = pages.page(number)
    own = own_comments(user, timezone.now(), start=page.start_index() - 1 if page else 0, most=ON_A_PAGE)
    context = {"section": "account", "account": user, "page": page, "comments": own}
    return render(request, "accounts/comments.html", context)


def _own(request: HttpRequest) -> Any:
    rows = Comment.objects.filter(user=user_of(request)).exclude(state=Comment.State.DELETED)
    return rows.order_by("-written_at", "-pk")
