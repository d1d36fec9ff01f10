"""Holds in the admin: a plain form with days and times as the United Kingdom's clocks show them."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.admin.access import EditorsAdmin, user_of
from blog.admin.forms import DAY_FORMATS, Choices
from blog.admin.times import period_of, scope_of
from blog.editorial import holds
from blog.editorial.permissions import is_publisher
from blog.editorial.publishing import moment_in_uk
from blog.editorial.refusals import IncompleteError
from blog.models import Category, Hold

if TYPE_CHECKING:
    HoldModelForm = forms.ModelForm[Hold]
else:
    HoldModelForm = forms.ModelForm

TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
DAY_WIDGET = {"type": "date"}
MOST_NAMED = 5


class HoldForm(HoldModelForm):
    """From which day to which, both included; with times where the days are not whole."""

    from_day = forms.DateField(
        label=gettext_lazy("From"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs=DAY_WIDGET, format="%Y-%m-%d"),
    )
    from_time = forms.TimeField(
        label=gettext_lazy("At"),
        help_text=gettext_lazy("UK time. Leave empty for the whole day."),
        required=False,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    to_day = forms.DateField(
        label=gettext_lazy("To"),
        help_text=gettext_lazy("This day is still in it."),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs=DAY_WIDGET, format="%Y-%m-%d"),
    )
    to_time = forms.TimeField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("UK time. Leave empty for the whole day."),
        required=False,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    categories = Choices(
        label=gettext_lazy("Only these categories"),
        queryset=Category.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Hold
        fields = ("name", "reason", "covers_everything")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hold = self.instance
        if hold.pk:
            first, end = timezone.localtime(hold.begins_at), timezone.localtime(hold.ends_at)
            is_whole = end.time() == dt.time.min
            self.initial = {
                **self.initial,
                "from_day": first.date(),
                "from_time": None if first.time() == dt.time.min else first.time(),
                "to_day": end.date() - dt.timedelta(days=1) if is_whole else end.date(),
                "to_time": None if is_whole else end.time(),
                "categories": list(hold.categories.all()),
            }

    def clean(self) -> dict[str, Any] | None:
        """Turn days and times into moments, and check what the editorial room would refuse."""
        typed = super().clean() or self.cleaned_data
        if typed.get("from_day") and typed.get("to_day"):
            self._moment("begins_at", "from_time", typed["from_day"], typed.get("from_time"))
            last, until = typed["to_day"], typed.get("to_time")
            if last == dt.date.max:
                self.add_error("to_day", _("Choose an earlier day."))
            else:
                self._moment("ends_at", "to_time", last if until else last + dt.timedelta(days=1), until)
            if not self.errors and self.instance.ends_at <= self.instance.begins_at:
                self.add_error("to_day", _("Choose an end that is after the beginning."))
        if not typed.get("covers_everything") and not typed.get("categories") and "categories" not in self.errors:
            self.add_error("categories", _("Choose the categories, or all of them."))
        return typed

    def _moment(self, field: str, named: str, day: dt.date, time: dt.time | None) -> None:
        try:
            # Of a time that exists twice, a hold begins with the first and ends with the second
            which = "before" if field == "begins_at" else "after"
            setattr(self.instance, field, moment_in_uk(day=day, time=time or dt.time.min, which=which))
        except (IncompleteError, OverflowError) as refusal:
            self.add_error(named, str(refusal))


@admin.register(Hold)
class HoldAdmin(EditorsAdmin[Hold]):
    """Holds. Every editor sees them; publishers make, change and lift them."""

    form = HoldForm
    fields = ("name", "reason", ("from_day", "from_time"), ("to_day", "to_time"), "covers_everything", "categories")
    empty_words = gettext_lazy(
        "No holds yet. Inside one, such as the weeks before an election, nothing is scheduled without a reason."
    )
    list_display = ("name", "period", "scope", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hold]:
        """Bring the categories along."""
        return super().get_queryset(request).prefetch_related("categories")

    @admin.display(description=gettext_lazy("when"), ordering="begins_at")
    def period(self, hold: Hold) -> str:
        """Show from when to when."""
        return period_of(hold, at=timezone.now())

    @admin.display(description=gettext_lazy("for"))
    def scope(self, hold: Hold) -> str:
        """Show for which categories."""
        return scope_of(hold)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those who publish make one."""
        return is_publisher(user_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Hold | None = None) -> bool:
        """Let those who publish in its categories change one; others read it."""
        return self.has_add_permission(request) and (obj is None or holds.may_change(user_of(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Hold | None = None) -> bool:
        """Let the same people lift one."""
        return self.has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Hold | None = None) -> Any:
        """Show days and times in words to those who can't change them."""
        if obj is not None and not self.has_change_permission(request, obj):
            return ("name", "reason", "period", "scope")
        return super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Hold | None = None) -> Any:
        """Name what is no field of the form."""
        if obj is not None and not self.has_change_permission(request, obj):
            return ("name", "reason", "period", "scope")
        return ()

    def get_actions(self, request: HttpRequest) -> Any:
        """Lift holds one by one: each has its own consequences."""
        return {}

    def save_model(self, request: HttpRequest, obj: Hold, form: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Write the row in the editorial room, and name what is scheduled inside already."""
        typed = form.cleaned_data
        categories = None if typed["covers_everything"] else list(typed["categories"])
        inside = holds.keep(hold=obj, categories=categories, by=user_of(request), at=timezone.now())
        if inside:
            named = "; ".join(f"“{post.title}”" for post in inside[:MOST_NAMED])
            words = ngettext(
                "{count} piece is scheduled inside and stays so until you decide: {named}. See the first page.",
                "{count} pieces are scheduled inside and stay so until you decide: {named}. See the first page.",
                len(inside),
            )
            messages.warning(request, words.format(count=len(inside), named=named))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Leave the categories alone: the editorial room has written them."""

    def delete_model(self, request: HttpRequest, obj: Hold) -> None:
        """Lift it in the editorial room."""
        holds.lift(hold=obj, by=user_of(request), at=timezone.now())
