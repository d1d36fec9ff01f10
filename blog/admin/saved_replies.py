"""Saved replies: their list in the admin, and what the review page offers of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.admin.access import EditorsAdmin
from blog.models import SavedReply
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

NOTES = "notes"  # The reply that leads to one’s notes; it is never saved


class CleanForm(ModelForm):
    """A form whose texts are cleaned like every other before they are checked for anything else."""

    texts = ("text",)

    def clean(self) -> dict[str, Any] | None:
        """Clean the texts, and refuse one of which nothing is left."""
        cleaned = super().clean() or self.cleaned_data
        for name, typed in cleaned.items():
            if isinstance(typed, str):
                cleaned[name] = clean_text(typed) if name in self.texts else clean_line(typed)
                if typed and not cleaned[name]:
                    self.add_error(name, ValidationError(_("Write something that people can see.")))
        return cleaned


@admin.register(SavedReply)
class SavedReplyAdmin(EditorsAdmin[SavedReply]):
    """Saved replies."""

    form = CleanForm
    list_display = ("title", "text")
    search_fields = ("title", "text")

    def has_delete_permission(self, request: HttpRequest, obj: SavedReply | None = None) -> bool:
        """Let editors remove one: nothing refers to it."""
        return self.has_module_permission(request)


@dataclass(frozen=True)
class Ready:
    """Words ready to be put into a field: what they are chosen by, and the words."""

    value: str
    title: str
    text: str


def ready_replies(*, open_notes: int) -> list[Ready]:
    """Return the saved replies, and before them the sentence that leads to the notes, if there are any."""
    replies = [Ready(str(one.pk), one.title, one.text) for one in SavedReply.objects.all()]
    if not open_notes:
        return replies
    sentence = ngettext("See my note beside the text.", "See my {count} notes beside the text.", open_notes)
    return [Ready(NOTES, sentence.format(count=open_notes), sentence.format(count=open_notes)), *replies]
