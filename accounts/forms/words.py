"""Labels, hints and errors in the house's words, for every form of the account pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from blog.prose import clean_line

NAME_LENGTH = 80
MAX_ADDRESS = 254
MISSING = {
    "login": _("Write your mail address."),
    "email": _("Write your mail address."),
    "display_name": _("Write the name that others will see. A pen name is welcome."),
    "password": _("Write your password."),
    "oldpassword": _("Write your current password."),
    "password1": _("Choose a password."),
    "password2": _("Write the new password once more."),
    "code": _("Write the code from the letter."),
}
LABELS = {
    "login": _("Mail address"),
    "email": _("Mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}
HINTS = {
    "password": "",
    "oldpassword": "",
    "password1": _("At least 10 characters. Three words that nobody would put together are good."),
}
INVALID_ADDRESS = _("Write a mail address, like name@council.gov.uk.")


class HouseWords:
    """Labels, hints and errors of the house on a form of allauth's; no text inside the boxes."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = str(HINTS.get(name, field.help_text))
            field.error_messages["required"] = MISSING.get(name, field.error_messages["required"])
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = INVALID_ADDRESS
                field.validators = [validate_address]


def validate_address(value: str) -> None:
    """Check a mail address, and say how to mend it."""
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(INVALID_ADDRESS, code="invalid") from error
    if len(value) > MAX_ADDRESS:
        raise ValidationError(_("Shorten the address to 254 characters."), code="max_length")


class DisplayName(forms.CharField):
    """The name beside one's comments."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Display name"),
                "help_text": _("Stands beside your comments. A pen name is welcome."),
                "max_length": NAME_LENGTH,
                "error_messages": {
                    "required": MISSING["display_name"],
                    "max_length": _("Shorten the name to 80 characters."),
                },
                "widget": forms.TextInput(attrs={"autocomplete": "nickname"}),
                **kwargs,
            }
        )

    def clean(self, value: Any) -> str:
        """Return one clean line; control characters and marks of direction are taken out before it is measured."""
        return str(super().clean(clean_line(str(value or ""))))
