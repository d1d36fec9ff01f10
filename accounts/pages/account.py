"""The page of one's account: what one is called, and what one wrote."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.commenting import appearance
from accounts.commenting.reading import own_comments
from accounts.forms import DisplayNameForm
from accounts.pages.signed_in import user_of
from blog.editorial.names.identity import looks_behind_names_of


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
    context = {
        "section": "account",
        "form": form,
        "account": user,
        "comments": own_comments(user),
        "looks": looks_behind_names_of(user=user),
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
    }
    return render(request, "accounts/home.html", context, status=422 if form.errors else 200)
