"""Reporting a comment, for those who are signed in, and complaining formally, for anybody."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.commenting import complaints, reporting
from accounts.models import Comment, Complaint, Report
from accounts.pages.signed_in import user_of
from blog.desk.keys import key_in
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post

STATUSES = {
    IncompleteError: 422,
    reporting.MayNotReportError: 403,
    reporting.TooManyReportsError: 429,
    complaints.TooManyComplaintsError: 429,
}


class Typed(forms.CharField):
    """What somebody typed, as it came: the functions that take it clean it, and say what is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.validators = []


class ReportForm(forms.Form):
    """What is wrong with a comment. What is missing is said by `report_comment`."""

    kind = Typed(label=gettext_lazy("What is wrong with it?"), widget=forms.RadioSelect(choices=Report.Kind.choices))
    words = Typed(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("If there is more to say. Only the editors read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ComplaintForm(forms.Form):
    """A formal complaint. What is missing or wrong is said by `complain`."""

    page = Typed(
        label=gettext_lazy("The address of the piece or the comment"),
        help_text=gettext_lazy("As your browser shows it. A comment’s own address is behind its date."),
    )
    kind = Typed(label=gettext_lazy("What is wrong?"), widget=forms.RadioSelect(choices=Complaint.Kind.choices))
    passage = Typed(
        label=gettext_lazy("Which words do you complain about?"),
        help_text=gettext_lazy("Quote them, or say where they stand."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = Typed(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("If something is untrue: what, and how it harms you."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = Typed(label=gettext_lazy("Your name"))
    email = Typed(label=gettext_lazy("Your mail address"), help_text=gettext_lazy("The answer goes there."))
    # People don't see this field; programs that fill in every field they find do
    website = Typed()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment with the form that reports it, or what one reported and what became of it; POST reports it.

    A comment that readers don't see is not found, unless one has reported it; then its words are not shown.
    """
    user, now = user_of(request), timezone.now()
    comment = _find(pk)
    last = reporting.latest_report(user, comment)
    is_shown = comment.state == Comment.State.APPROVED and comment.post.is_visible_at(now)
    if not is_shown and last is None:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    obstacle = "" if last else reporting.why_not(user, comment, now)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            form.is_valid()
            given = form.cleaned_data
            reporting.report_comment(comment=comment, kind=given["kind"], words=given["words"], by=user, at=now)
        except EditorialRefusal as caught:
            refusal, status = _note(form, caught)
        else:
            return redirect("accounts:report", comment.pk)
    context = {
        "section": "account",
        "comment": comment if is_shown else None,
        "title": comment.post.readers_title,
        "post": comment.post if comment.post.is_visible_at(now) else None,
        "pk": comment.pk,
        "last": last,
        "form": form,
        "refusal": "" if refusal == obstacle else refusal,
        "obstacle": obstacle,
        "is_blocked": user.is_blocked_at(now),
    }
    return render(request, "accounts/report.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Show the form of a formal complaint, or take one. `?comment=` or `?piece=` say what it is opened from."""
    refusal, status = "", 200
    if request.method == "POST":
        form = ComplaintForm(request.POST)
        form.is_valid()
        given = dict(form.cleaned_data)
        sent = HttpResponseRedirect(reverse("accounts:complaint_sent"))
        if given.pop("website"):
            return sent
        try:
            complaints.complain(**given, at=timezone.now())
        except EditorialRefusal as caught:
            refusal, status = _note(form, caught)
        else:
            return sent
    else:
        form = ComplaintForm(initial={"page": _page_asked_for(request)})
    context = {"form": form, "refusal": refusal, "hours": complaints.hours()}
    return render(request, "accounts/complaint.html", context, status=status)


@require_safe
def complaint_sent(request: HttpRequest) -> HttpResponse:
    """Say that the complaint has arrived, and what happens next."""
    return render(request, "accounts/complaint_sent.html", {"hours": complaints.hours()})


def _find(pk: int) -> Comment:
    key = key_in(str(pk))
    comment = Comment.objects.for_lists().filter(pk=key).first() if key else None
    if comment is None:
        raise Http404(_("There is no such comment."))
    return comment


def _note(form: forms.Form, refusal: EditorialRefusal) -> tuple[str, int]:
    """Put each sentence of a refusal beside its field; return the one that belongs to none, and the status."""
    status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 409)
    if not isinstance(refusal, IncompleteError):
        return str(refusal), status
    for name, sentence in refusal.errors.items():
        form.add_error(name, sentence)
    return "", status


def _page_asked_for(request: HttpRequest) -> str:
    now = timezone.now()
    comment_key, piece_key = key_in(request.GET.get("comment", "")), key_in(request.GET.get("piece", ""))
    seen = Post.objects.visible_at(now)
    if comment_key:
        comment = Comment.objects.public().filter(pk=comment_key, post__in=seen).select_related("post").first()
        return complaints.address_of(comment.get_absolute_url()) if comment else ""
    post = seen.filter(pk=piece_key).first() if piece_key else None
    return complaints.address_of(post.get_absolute_url()) if post else ""
