"""Forms of the account pages, with labels, hints and errors in the house's words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.signing_in import limits
from accounts.signing_in.claims import drop_unproven
from blog.prose import clean_line

NAME_LENGTH = 80
MAX_ADDRESS = 254
# Where a visitor's session keeps the address that an invitation was sent to
ADDRESS_KEY = "address_to_sign_in_with"
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


class SignupForm(HouseWords, allauth_forms.SignupForm):
    """Signing up: an address, a display name and a password."""

    field_order: ClassVar[list[str]] = ["email", "display_name", "password1"]

    display_name = DisplayName()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We send a letter there to confirm it. Nobody else sees it.")
        self.fields["password1"].label = _("Password")

    def clean_email(self) -> str:
        """Check the address; who only says that it is theirs holds nobody up."""
        drop_unproven(str(self.cleaned_data["email"]))
        return str(super().clean_email())

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account. Where there is one already it takes as long, so that time tells nobody who has one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class LoginForm(HouseWords, allauth_forms.LoginForm):
    """Signing in with a password. An invitation fills the address in, by the session and never by the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request:
            self.fields["login"].initial = self.request.session.get(ADDRESS_KEY, "")


class RequestLoginCodeForm(HouseWords, allauth_forms.RequestLoginCodeForm):
    """Asking for a code."""

    def clean_email(self) -> str:
        """Find the account, and refuse who asks too often; a browser that the account knows has a count of its own."""
        email = str(self.cleaned_data["email"])
        drop_unproven(email)
        users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = users[0] if users else None
        browser = limits.browser_of(context.request, email.lower())
        key = f"{email.lower()}|{limits.place_of(context.request, browser)}" if browser else email.lower()
        if not limits.Tries(context.request).take("request_login_code", key):
            raise get_adapter().validation_error("rate_limited")
        return email


class ConfirmLoginCodeForm(HouseWords, allauth_forms.ConfirmLoginCodeForm):
    """Entering the code."""


class ResetPasswordForm(HouseWords, allauth_forms.ResetPasswordForm):
    """Asking for a link to set a new password."""

    def clean_email(self) -> str:
        """Find the account; who only says that the address is theirs holds nobody up."""
        drop_unproven(str(self.cleaned_data["email"]))
        return str(super().clean_email())


class ResetPasswordKeyForm(HouseWords, allauth_forms.ResetPasswordKeyForm):
    """Setting a new password by a link."""


class ChangePasswordForm(HouseWords, allauth_forms.ChangePasswordForm):
    """Changing one's password."""


class SetPasswordForm(HouseWords, allauth_forms.SetPasswordForm):
    """Setting a first password."""


class AddEmailForm(HouseWords, allauth_forms.AddEmailForm):
    """Adding an address to one's account."""


class ReauthenticateForm(HouseWords, allauth_forms.ReauthenticateForm):
    """Showing once more who one is."""


class DisplayNameForm(forms.Form):
    """Changing one's display name."""

    display_name = DisplayName()


class DeclineForm(forms.Form):
    """Declining an invitation, with a reason if one likes."""

    reason = forms.CharField(required=False, max_length=2000)
