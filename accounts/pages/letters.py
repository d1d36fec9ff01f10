"""Which letters one gets: the page to choose on, and the link at the end of a letter that ends its kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages.signed_in import user_of
from blog.desk.links import proven_by_link
from blog.editorial.letters import choices as letter_choices
from blog.editorial.refusals import IncompleteError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Show what letters one gets and how often; POST changes it."""
    user = user_of(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        chosen = {name: str(request.POST[name]) for name in letter_choices.GROUPS if name in request.POST}
        try:
            letter_choices.choose(user=user, choices=chosen, at=timezone.now())
        except IncompleteError as error:
            errors = error.errors
        else:
            messages.success(request, _("Your choice is kept."))
            return redirect("accounts:letters")
    rows = [
        (group, [(str(one), one.label, one == how_often) for one in group.options], errors.get(group.name, ""))
        for group, how_often in letter_choices.all_choices(user)
    ]
    context = {"section": "account", "rows": rows, "account": user, "errors": errors}
    return render(request, "accounts/letters.html", context, status=422 if errors else 200)


@proven_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link of a letter ends, with a button; POST ends it, without signing in."""
    ending = letter_choices.ending_of(token)
    if ending is None:
        raise Http404
    is_ended = request.method == "POST"
    if is_ended:
        letter_choices.end(ending=ending, at=timezone.now())
    context = {"section": "account", "labels": ending.labels, "is_ended": is_ended}
    return render(request, "accounts/letters_end.html", context)
