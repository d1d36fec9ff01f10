"""What the desk's forms share: fields about a piece, the form about a name, and what the editorial room refused."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.pages import CONFLICT, UNPROCESSABLE
from blog.desk.keys import key_in
from blog.editorial.names.identity import BylineDetails, Portrait
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Category, Series

if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[Category]
    SeriesChoice = forms.ModelChoiceField[Series]
    ManyChoices = forms.ModelMultipleChoiceField[Any]
else:
    CategoryChoice = SeriesChoice = forms.ModelChoiceField
    ManyChoices = forms.ModelMultipleChoiceField

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]


class Choices(ManyChoices):
    """Several rows to choose. A key that no row can have is an error like any other, not more than SQLite takes."""

    def clean(self, value: Any) -> Any:
        """Return the chosen rows."""
        for key in value if isinstance(value, (list, tuple)) else []:
            if key_in(str(key)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key})
        return super().clean(value)


def errors_of(form: forms.BaseForm) -> dict[str, str]:
    """Return one sentence for each field of a form that has a problem."""
    return {name: " ".join(str(error) for error in errors) for name, errors in form.errors.items()}


def note_refusal(form: forms.BaseForm, refusal: EditorialRefusal) -> int:
    """Put each sentence of a refusal beside the field it is about; return the status to answer with."""
    if not isinstance(refusal, IncompleteError):
        form.add_error(None, str(refusal))
        return CONFLICT
    for name, sentence in refusal.errors.items():
        form.add_error(name if name in form.fields else None, sentence)
    return UNPROCESSABLE


class BriefForm(forms.Form):
    """What an editor asks for: what, how long, by when, for which category."""

    brief = forms.CharField(
        label=gettext_lazy("What you ask for"),
        help_text=gettext_lazy("The guest sees it beside the text while writing."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    brief_words = forms.IntegerField(
        label=gettext_lazy("Length in words"), required=False, min_value=1, max_value=100_000
    )
    due_date = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 20/03/2026.")},
    )
    category = CategoryChoice(
        label=gettext_lazy("Category"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=gettext_lazy("None yet"),
    )


class PieceForm(BriefForm):
    """What an editor asks for, and where the piece belongs."""

    series = SeriesChoice(
        label=gettext_lazy("Series"), queryset=Series.objects.all(), required=False, empty_label=gettext_lazy("None")
    )
    part_number = forms.IntegerField(label=gettext_lazy("Part"), required=False, min_value=1, max_value=999)


class AssignmentForm(BriefForm):
    """What an invitation says and asks for."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Your own words, at the top of the letter."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    title = forms.CharField(label=gettext_lazy("Working title"), max_length=300, required=False)

    def clean_due_date(self) -> dt.date | None:
        """Refuse a day that has passed."""
        day: dt.date | None = self.cleaned_data["due_date"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose a later one."))
        return day


class AuthorForm(forms.Form):
    """What readers see of a public name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    is_pen_name = forms.BooleanField(label=gettext_lazy("This is a pen name"), required=False)
    role = forms.CharField(label=gettext_lazy("Role"), max_length=160, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=160, required=False)
    about = forms.CharField(
        label=gettext_lazy("About the writer"),
        help_text=gettext_lazy("One or two sentences under the pieces and on the writer’s page."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    portrait = forms.FileField(
        label=gettext_lazy("Portrait"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 10 MB. Leave empty to keep the one there is."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_portrait = forms.BooleanField(label=gettext_lazy("Take the portrait away"), required=False)

    def appearance(self) -> tuple[BylineDetails, Portrait]:
        """Return what was typed, for the editorial room."""
        typed = dict(self.cleaned_data)
        portrait = Portrait(typed.pop("portrait"), is_removed=typed.pop("remove_portrait"))
        return BylineDetails(**typed), portrait
