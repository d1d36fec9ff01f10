"""The masthead: the one row in which the blog says what it is called and how to reach it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.access import EditorsAdmin, user_of
from blog.editorial.masthead import keep_masthead
from blog.editorial.permissions import is_administrator
from blog.models import Masthead
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

    MastheadModelForm = forms.ModelForm[Masthead]
else:
    MastheadModelForm = forms.ModelForm


class MastheadForm(MastheadModelForm):
    """What the blog says about itself, cleaned."""

    def clean_name(self) -> str:
        """Return the name; refuse one of which nothing is left."""
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Write the name of the blog."))
        return name

    def clean_strapline(self) -> str:
        """Return the strapline on one line."""
        return clean_line(self.cleaned_data["strapline"])

    def clean_colophon(self) -> str:
        """Return the colophon as plain text."""
        return clean_text(self.cleaned_data["colophon"])

    def clean_invitation(self) -> str:
        """Return the invitation to contribute as plain text."""
        return clean_text(self.cleaned_data["invitation"])

    def clean_addresses(self) -> str:
        """Return the addresses, one a line; refuse what is no address."""
        lines = [line.strip() for line in clean_text(self.cleaned_data["addresses"]).splitlines() if line.strip()]
        for line in lines:
            try:
                validate_email(line)
            except ValidationError as error:
                message = _("“{line}” is no mail address. Write one a line, like editors@blog.example.")
                raise ValidationError(message.format(line=line)) from error
        return "\n".join(lines)


@admin.register(Masthead)
class MastheadAdmin(EditorsAdmin[Masthead]):
    """One row: it can be made if there is none, changed, and never removed."""

    form = MastheadForm
    list_display = ("name", "strapline")

    def lets_in(self, user: "User") -> bool:
        """Show it to administrators alone."""
        return is_administrator(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let them make the row while there is none."""
        return super().has_add_permission(request) and not Masthead.objects.exists()

    def save_model(self, request: HttpRequest, obj: Masthead, form: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Write the row in the editorial room."""
        keep_masthead(masthead=obj, by=user_of(request), at=timezone.now())
