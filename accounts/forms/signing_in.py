"""allauth's forms for accounts, passwords, codes and addresses, in the house's words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.socialaccount import forms as provider_forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms.words import DisplayName, HouseWords
from accounts.signing_in import limits
from accounts.signing_in.claims import drop_unproven

# Where a visitor's session keeps the address that an invitation was sent to
ADDRESS_KEY = "address_to_sign_in_with"


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


class ProviderSignupForm(HouseWords, provider_forms.SignupForm):
    """Making an account by way of another provider: the address, and a name that is asked for and never taken over."""

    field_order: ClassVar[list[str]] = ["email", "display_name"]

    display_name = DisplayName()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["email"]
        address.help_text = _("Nobody else sees it.")
        # Another one could be anybody's
        address.disabled = bool(self.initial.get("email"))

    def clean_email(self) -> str:
        """Check the address; who only says that it is theirs holds nobody up."""
        drop_unproven(str(self.cleaned_data["email"]))
        return str(super().clean_email())
