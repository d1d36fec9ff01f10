"""The parts of a series in the desk: what is out, in the works, planned or free, and giving parts other numbers."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.forms import errors_of, note_refusal
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.desk.words import listed, short_day
from blog.editorial import series_parts
from blog.editorial.permissions import is_editor_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.series_parts import MOST_PARTS, Part, Plan
from blog.models import Series

if TYPE_CHECKING:
    from accounts.models import User

MOST_SHOWN = 100  # A longer series is planned a hundred parts at a time


class PlanForm(forms.Form):
    """What is planned for one part."""

    number = forms.IntegerField(label=gettext_lazy("Part"), min_value=1, max_value=MOST_PARTS)
    working_title = forms.CharField(label=gettext_lazy("Working title"), required=False)
    is_title_shown = forms.BooleanField(label=gettext_lazy("Readers see the working title"), required=False)
    month = forms.DateField(
        label=gettext_lazy("Month planned"),
        help_text=gettext_lazy("Like 2026-04. Readers see “Planned for April”."),
        required=False,
        input_formats=["%Y-%m", "%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"invalid": gettext_lazy("Write the month like 2026-04.")},
    )
    is_open = forms.BooleanField(label=gettext_lazy("Open to pitches: “Write for us” names it"), required=False)

    def plan(self) -> Plan:
        """Return what was typed, for the editorial room."""
        given = self.cleaned_data
        return Plan(given["working_title"], given["month"], given["is_title_shown"], given["is_open"])


@dataclass(frozen=True)
class PartLine:
    """One part on the page: what it is, in words, where that leads, and its form."""

    part: Part
    words: str
    title: str
    url: str
    form: PlanForm
    is_first: bool
    is_last: bool
    is_out: bool


def parts_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the parts of a series, and plan one."""
    by, at = editor_of(request), timezone.now()
    series = _series_or_404(pk)
    if request.method != "POST":
        return _page(request, series, by=by, at=at)
    form = PlanForm(request.POST, auto_id=f"id_{key_in(request.POST.get('number', '')) or 0}_%s")
    status = UNPROCESSABLE
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            series_parts.plan(series=series, number=number, plan=form.plan(), by=by, at=at)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            messages.success(request, _("Part {number} is planned like this.").format(number=number))
            return redirect("admin:blog_series_parts", pk)
    return _page(request, series, by=by, at=at, form=form, status=status)


def renumber_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give parts other numbers: one up or down, two swapped, one moved, or room made for a new one."""
    by, at = editor_of(request), timezone.now()
    series = _series_or_404(pk)
    act = request.POST.get("act", "")
    number, to = (key_in(request.POST.get(name, "")) or 0 for name in ("number", "to"))
    try:
        if act == "up":
            series_parts.swap(series=series, one=number, other=number - 1, by=by, at=at)
        elif act == "down":
            series_parts.swap(series=series, one=number, other=number + 1, by=by, at=at)
        elif act == "swap":
            series_parts.swap(series=series, one=number, other=to, by=by, at=at)
        elif act == "move":
            series_parts.move(series=series, number=number, to=to, by=by, at=at)
        elif act == "insert":
            series_parts.insert(series=series, at_number=number, by=by, at=at)
        else:
            raise Http404
    except EditorialRefusal as refusal:
        is_incomplete = isinstance(refusal, IncompleteError)
        sentence = " ".join(refusal.errors.values()) if isinstance(refusal, IncompleteError) else str(refusal)
        status = UNPROCESSABLE if is_incomplete else CONFLICT
        return _page(request, series, by=by, at=at, refusal=sentence, status=status)
    messages.success(request, _("The parts have their new numbers. Published ones keep their addresses."))
    return redirect("admin:blog_series_parts", pk)


def _series_or_404(pk: int) -> Series:
    return get_object_or_404(Series, pk=key_in(str(pk)))


def _page(
    request: HttpRequest,
    series: Series,
    *,
    by: "User",
    at: dt.datetime,
    form: PlanForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    parts = series_parts.parts_of(series)
    beyond = len(parts) + 1
    refused = key_in(str(form["number"].value())) if form else None
    shown = parts[-MOST_SHOWN:]
    lines = [_line(part, parts, by=by, at=at, form=form if part.number == refused else None) for part in shown]
    is_new = form is not None and refused not in {part.number for part in shown}
    context = {
        "series": series,
        "lines": lines,
        "left_out": len(parts) - len(shown),
        "next": beyond,
        "new_form": form if is_new else PlanForm(initial={"number": beyond}, auto_id="id_new_%s"),
        "is_new_refused": is_new,
        "form": form,
        "errors": errors_of(form) if form else {},
        "refusal": refusal,
        "planned": series.planned_parts,
    }
    return show(request, "admin/series_parts.html", context, status=status)


def _line(part: Part, parts: list[Part], *, by: "User", at: dt.datetime, form: PlanForm | None) -> PartLine:
    slot = part.slot
    initial: dict[str, object] = {"number": part.number}
    if slot:
        initial |= {
            "working_title": slot.working_title,
            "is_title_shown": slot.is_title_shown,
            "month": slot.planned_for,
            "is_open": slot.is_open,
        }
    may_open = part.post is not None and is_editor_of(by, part.post)
    # Of a piece outside their limits an editor sees what readers see
    is_hidden = part.post is not None and not may_open and not part.post.is_visible_at(at)
    return PartLine(
        part=part,
        words=_("In the works") if is_hidden else _words_of(part, at),
        title=_title_of(replace(part, post=None) if is_hidden else part),
        url=reverse("admin:blog_post_change", args=[part.post.pk]) if part.post and may_open else "",
        form=form or PlanForm(initial=initial, auto_id=f"id_{part.number}_%s"),
        is_first=part.number == 1,
        is_last=part.number == len(parts),
        is_out=part.post is not None and part.post.is_visible_at(at),
    )


def _title_of(part: Part) -> str:
    if part.post:
        return part.post.readers_title
    return part.slot.working_title if part.slot else ""


def _words_of(part: Part, at: dt.datetime) -> str:
    """Say what a part is: published, in the works and by whom, planned, or free."""
    post = part.post
    if post is None:
        if part.slot and part.slot.is_open:
            return _("Free, and open to pitches")
        return _("Free")
    names = listed([byline.author.name for byline in post.ordered_bylines()])
    if post.is_visible_at(at):
        return _("Published, {names}").format(names=names)
    if post.published_at and post.published_at > at:
        day = short_day(post.published_at, timezone.localdate(at))
        return _("Scheduled for {day}, {names}").format(day=day, names=names)
    return _("In the works: {state}, {names}").format(state=post.get_state_display().lower(), names=names)
