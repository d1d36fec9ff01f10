"""Where one is signed in: the list, and ending any of them."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages.signed_in import user_of
from accounts.signing_in import sessions

LONGEST_NUMBER = 18


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions_list(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in; POST ends one of these sessions, or all others."""
    user, here = user_of(request), str(request.session.session_key)
    if request.method == "POST":
        chosen = str(request.POST.get("session", ""))
        if chosen == "others":
            number = sessions.end(user=user, but=here)
            said = ngettext("{number} session is ended.", "{number} sessions are ended.", number)
            messages.success(request, said.format(number=number))
        elif chosen.isascii() and chosen.isdecimal() and len(chosen) <= LONGEST_NUMBER:
            sessions.end(user=user, only=int(chosen))
            if not request.session.exists(here):
                logout(request)
                return redirect("account_login")
            messages.success(request, _("The session is ended."))
        return redirect("usersessions_list")
    rows = [(row, row.session_key == here) for row in sessions.sessions_of(user)]
    context = {"section": "account", "rows": rows, "has_others": any(not is_here for _row, is_here in rows)}
    return render(request, "usersessions/usersession_list.html", context)
