"""The list of domains that make a verified public servant. Every editor reads it; who looks after accounts changes it.

It says nothing of who carries the badge, not even how many: at a small council one would be somebody.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import ListedDomain
from accounts.verifying import listing
from accounts.verifying.domains import clean_domain
from blog.admin.access import EditorsAdmin, user_of
from blog.editorial.refusals import IncompleteError
from blog.prose import clean_text

if TYPE_CHECKING:
    DomainModelForm = forms.ModelForm[ListedDomain]
else:
    DomainModelForm = forms.ModelForm


class ListedDomainForm(DomainModelForm):
    """A domain, who has an address there, and once it is listed, whether it stays so."""

    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        max_length=300,
        help_text=gettext_lazy("As it stands after the @, like gov.uk. Whatever is under it counts as well."),
    )
    note = forms.CharField(
        label=gettext_lazy("Who has an address there"),
        required=False,
        max_length=listing.MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see this on the page on which they ask for the badge."),
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("On the list"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Taken off, the badges that rest on it end at once, and whoever carried one gets a letter. Put back on, "
            "everybody asks anew."
        ),
    )

    class Meta:
        model = ListedDomain
        fields = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["domain"].disabled = True
            self.initial["domain"] = self.instance.domain
            self.initial["is_listed"] = self.instance.taken_off_at is None
        else:
            del self.fields["is_listed"]

    def clean_domain(self) -> str:
        """Return the domain as the list keeps it, if it is one and not there yet."""
        try:
            domain = clean_domain(self.cleaned_data["domain"])
        except IncompleteError as refusal:
            raise ValidationError(refusal.errors["domain"]) from refusal
        if not self.instance.pk and ListedDomain.objects.filter(domain=domain).exists():
            raise ValidationError(
                gettext_lazy("There is a row for this domain already. Open it to put it on the list or take it off.")
            )
        return domain

    def clean_note(self) -> str:
        """Return the note, cleaned as every text is."""
        return clean_text(self.cleaned_data["note"])


@admin.register(ListedDomain)
class ListedDomainAdmin(EditorsAdmin[ListedDomain]):
    """The list."""

    form = ListedDomainForm
    list_display = ("domain", "note", "is_listed")
    search_fields = ("domain", "note")
    empty_words = gettext_lazy("No domain yet, so nobody can ask for the badge of a public servant.")

    @admin.display(description=gettext_lazy("on the list"), boolean=True)
    def is_listed(self, row: ListedDomain) -> bool:
        """Show whether it counts."""
        return row.taken_off_at is None

    def get_fields(self, request: HttpRequest, obj: ListedDomain | None = None) -> tuple[str, ...]:
        """Show what can be changed, or to others what there is."""
        if not self.has_change_permission(request, obj):
            return ("domain", "note", "listed_at", "taken_off_at")
        return ("domain", "note", "is_listed") if obj else ("domain", "note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those who look after accounts add to it."""
        return listing.may_edit_list(user_of(request))

    def has_change_permission(self, request: HttpRequest, obj: ListedDomain | None = None) -> bool:
        """Let those who look after accounts change it."""
        return listing.may_edit_list(user_of(request))

    def save_model(self, request: HttpRequest, obj: ListedDomain, form: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """List it, or say what was changed; take it off or put it back."""
        by, at, cleaned = user_of(request), timezone.now(), form.cleaned_data
        if not change:
            row = listing.list_domain(domain=cleaned["domain"], note=cleaned["note"], by=by, at=at)
            obj.pk, obj.domain, obj.listed_at = row.pk, row.domain, row.listed_at
            return
        listing.change(row=obj, note=cleaned["note"], is_listed=cleaned["is_listed"], by=by, at=at)
