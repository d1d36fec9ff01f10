"""Who follows by mail, in the desk: numbers for every editor; for administrators, ending what a known address follows.

Addresses are listed nowhere. One that somebody wrote about is looked up whole, in a form, so that it gets into no log.
"""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.admin.access import ReadOnlyAdmin, editor_of, searchable, user_of
from blog.admin.pages import UNPROCESSABLE, show
from blog.editorial.permissions import is_administrator, require_administrator
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions import counting, ending
from blog.editorial.subscriptions.subjects import subject_of
from blog.models import Subscription

if TYPE_CHECKING:
    from accounts.models import User


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin[Subscription]):
    """Subscriptions: two pages of our own, and none of Django’s, which would list addresses."""

    def get_urls(self) -> list[URLPattern]:
        """Give the numbers, and the way to end one."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "",
                wrap(require_http_methods(["GET", "HEAD", "POST"])(numbers_view)),
                name="blog_subscription_changelist",
            ),
            path("<int:pk>/end/", wrap(end_view), name="blog_subscription_end"),
        ]


def numbers_view(request: HttpRequest) -> HttpResponse:
    """Show how many follow what; POST looks up an address, for administrators."""
    by = editor_of(request)
    if request.method != "POST":
        return _page(request, by=by)
    require_administrator(by)
    address = searchable(request.POST.get("address", "")).strip()
    if not address:
        return _page(request, by=by, error=_("Write the whole address."), status=UNPROCESSABLE)
    return _page(request, by=by, address=address)


def end_view(request: HttpRequest, pk: int) -> HttpResponse:
    """End a subscription, with the reason that is written down."""
    by = user_of(request)
    require_administrator(by)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = Subscription.objects.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        is_new = ending.end_by_administrator(subscription=row, reason=reason, by=by, at=timezone.now())
    except IncompleteError as error:
        return _page(
            request, by=by, address=row.address, refused=(pk, reason, error.errors["reason"]), status=UNPROCESSABLE
        )
    messages.success(request, _("Ended. Nobody gets a letter about it.") if is_new else _("It was over already."))
    return redirect("admin:blog_subscription_changelist")


def _page(
    request: HttpRequest,
    *,
    by: "User",
    address: str = "",
    error: str = "",
    refused: tuple[int, str, str] = (0, "", ""),
    status: int = 200,
) -> HttpResponse:
    rows = counting.known(address=address, by=by) if address else []
    context = {
        "numbers": counting.numbers(by=by, at=timezone.now()),
        "may_look_up": is_administrator(by),
        "address": address,
        "error": error,
        "rows": [(row, subject_of(row), row.ended_at is None) for row in rows],
        "refused_pk": refused[0],
        "reason": refused[1],
        "reason_error": refused[2],
    }
    return show(request, "admin/subscriptions.html", context, status=status)
