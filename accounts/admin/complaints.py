"""Formal complaints in the admin: their list with the clocks, and the page on which one is answered or closed."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.commenting import complaints
from accounts.commenting.permissions import is_moderator
from accounts.models import Complaint, User
from blog.admin.access import ReadOnlyAdmin, user_of
from blog.admin.pages import UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.editorial.permissions import in_limits
from blog.editorial.refusals import EditorialRefusal, IncompleteError

AN_HOUR = dt.timedelta(hours=1)
OPEN_FIRST = OrderBy(
    Case(When(state=Complaint.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
)


def clock(complaint: Complaint, at: dt.datetime) -> str:
    """Say how much time is left to answer, or for how long it is over: in hours within two days, else in days."""
    left = complaint.due_at - at
    is_over, hours = left < dt.timedelta(), abs(left) // AN_HOUR
    days = hours // 24
    if is_over and not hours:
        return _("just over")
    if hours < 48:
        if is_over:
            return ngettext("{count} hour over", "{count} hours over", hours).format(count=hours)
        return ngettext("{count} hour left", "{count} hours left", hours).format(count=hours)
    if is_over:
        return ngettext("{count} day over", "{count} days over", days).format(count=days)
    return ngettext("{count} day left", "{count} days left", days).format(count=days)


def visible_to(user: User) -> QuerySet[Complaint]:
    """Return the complaints about pieces within the editor's limits, with the titles that readers see."""
    texts = ("post__live", "post__working")
    long = [f"{text}__{field}" for text in texts for field in ("body", "introduction")]
    rows = Complaint.objects.select_related("comment", "ended_by", *texts).defer(*long)
    return rows.filter(in_limits(user, of="post"))


@admin.register(Complaint)
class ComplaintAdmin(ReadOnlyAdmin[Complaint]):
    """Formal complaints: those that are open first, by when they are due."""

    list_display = ("piece", "kind", "name", "at", "state_line")
    list_filter = ("state", "kind")
    ordering = (OPEN_FIRST, "due_at", "pk")
    empty_words = gettext_lazy(
        "No complaints. What comes by the form of a formal complaint appears here, with its clock."
    )

    def lets_in(self, user: User) -> bool:
        """Show them to moderators."""
        return is_moderator(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        """Bring along what a line shows."""
        return visible_to(user_of(request))

    @admin.display(description=gettext_lazy("piece"))
    def piece(self, complaint: Complaint) -> str:
        """Return the title that readers see."""
        return complaint.post.readers_title

    @admin.display(description=gettext_lazy("state"), ordering="due_at")
    def state_line(self, complaint: Complaint) -> str:
        """Show where it stands, and the clock of an open one."""
        state = str(complaint.get_state_display())
        if complaint.state != Complaint.State.OPEN:
            return state
        return _("{state}, {clock}").format(state=state, clock=clock(complaint, timezone.now()))

    def get_urls(self) -> list[URLPattern]:
        """Give the list, the page, and what can be done there."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="accounts_complaint_changelist"),
            path("<int:pk>/change/", wrap(self.page_view), name="accounts_complaint_change"),
            path("<int:pk>/answer/", wrap(self.act_view), {"act": "answer"}, name="accounts_complaint_answer"),
            path("<int:pk>/close/", wrap(self.act_view), {"act": "close"}, name="accounts_complaint_close"),
        ]

    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a complaint with its clock."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, self._get(request, pk))

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Answer a complaint by letter, or close it without one. What was typed is kept on a refusal."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        complaint, text = self._get(request, pk), request.POST.get("text", "")
        by, at = user_of(request), timezone.now()
        try:
            if act == "answer":
                complaints.answer(complaint=complaint, text=text, by=by, at=at)
                messages.success(request, _("Answered. The letter is in the post."))
            else:
                complaints.close(complaint=complaint, note=text, by=by, at=at)
                messages.success(request, _("Closed. No letter was sent."))
        except IncompleteError as refusal:
            error = " ".join(refusal.errors.values())
            return self._page(request, complaint, act=act, error=error, text=text, status=UNPROCESSABLE)
        except EditorialRefusal as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:accounts_complaint_change", pk)

    def _get(self, request: HttpRequest, pk: int) -> Complaint:
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = key_in(str(pk))
        if key is None:
            raise Http404
        return get_object_or_404(visible_to(user_of(request)), pk=key)

    def _page(self, request: HttpRequest, complaint: Complaint, *, status: int = 200, **more: Any) -> HttpResponse:
        at = timezone.now()
        context = {
            "complaint": complaint,
            "piece": complaint.post.readers_title,
            "is_visible": complaint.post.is_visible_at(at),
            "is_open": complaint.state == Complaint.State.OPEN,
            "clock": clock(complaint, at),
            "is_over": complaint.due_at < at,
            "title": _("Complaint {number}").format(number=complaint.pk),
            **more,
        }
        return show(request, "accounts/admin/complaint.html", context, status=status)
