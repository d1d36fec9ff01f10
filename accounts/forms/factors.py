"""allauth's forms for second factors, in the house's words, and safe from whatever is sent."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import Error
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from accounts.forms.words import HouseWords
from accounts.signing_in import browsers
from accounts.signing_in.limits import Tries
from blog.prose import clean_line

MOST_OF_A_CREDENTIAL = 20_000  # Characters; a browser sends about two thousand
NAME_LENGTH = 60
# What fido2 and allauth raise for something that is no credential
BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, RecursionError, Error)
# A code is good for its half minute and the one before and after
USED_FOR = 120
NO_PASSKEY = _("This passkey could not be used here. Try again, or take another way.")


class Credential(forms.JSONField):
    """What the browser says of a passkey: an object of strings, as browsers write it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(
            error_messages={
                "required": _("Press the button for the passkey, and let your browser ask you for it."),
                "invalid": NO_PASSKEY,
            }
        )

    def to_python(self, value: Any) -> Any:
        """Return the object, or raise ValidationError for anything else."""
        if isinstance(value, str) and len(value) > MOST_OF_A_CREDENTIAL:
            raise ValidationError(NO_PASSKEY, code="invalid")
        try:
            found = super().to_python(value)
        # Deeper, or with a longer number, than is read
        except (RecursionError, ValueError) as error:
            raise ValidationError(NO_PASSKEY, code="invalid") from error
        if found is None:
            return None
        if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
            raise ValidationError(NO_PASSKEY, code="invalid")
        if not isinstance(found["response"].get("userHandle", ""), str | None):
            raise ValidationError(NO_PASSKEY, code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show none again: each is for one time."""
        return InvalidJSONInput("")


class ByPasskey(HouseWords):
    """A form that a passkey is sent with."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self) -> Any:
        """Check the passkey; whatever is wrong with it, the sentence is the same."""
        check = getattr(super(), "clean_credential", None)
        try:
            return check() if check else self.cleaned_data["credential"]  # type: ignore[attr-defined]  # The form’s
        except BROKEN as error:
            raise ValidationError(NO_PASSKEY, code="invalid") from error


class AuthenticatePasskeyForm(ByPasskey, webauthn_forms.AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey."""


class ReauthenticatePasskeyForm(ByPasskey, webauthn_forms.ReauthenticateWebAuthnForm):
    """Showing once more who one is, by passkey."""


class SignInByPasskeyForm(ByPasskey, webauthn_forms.LoginWebAuthnForm):
    """Signing in by passkey and nothing else."""


class PasskeyName(forms.CharField):
    """What one calls a passkey."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Name of the passkey"),
                "help_text": _("So that you know it again, for example “Work laptop”."),
                "max_length": NAME_LENGTH,
                "error_messages": {
                    "required": _("Give the passkey a name."),
                    "max_length": _("Shorten the name to 60 characters."),
                },
                "widget": forms.TextInput(attrs={"autocomplete": "off"}),
                **kwargs,
            }
        )

    def clean(self, value: Any) -> str:
        """Return one clean line."""
        return str(super().clean(clean_line(str(value or ""))))


class AddPasskeyForm(ByPasskey, webauthn_forms.AddWebAuthnForm):
    """Adding a passkey. Each can be signed in with by itself, so its device has to ask who uses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = PasskeyName(required=False)

    def clean(self) -> dict[str, Any]:
        """Check what the browser made."""
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except ValidationError as error:
            raise ValidationError(NO_PASSKEY, code="invalid") from error
        except BROKEN as error:
            raise ValidationError(NO_PASSKEY, code="invalid") from error


class RenamePasskeyForm(HouseWords, webauthn_forms.EditWebAuthnForm):
    """Calling a passkey something else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = PasskeyName()


class CodeOfAFactor(HouseWords):
    """A form with a code from an authenticator app, or a recovery code."""

    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code from the app, or a recovery code")
        code.error_messages["required"] = _("Write the code from your authenticator app, or a recovery code.")
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}

    def clean_code(self) -> str:
        """Check the code. A code from the app counts once, and thirty wrong ones a day are enough from one place."""
        tries = Tries(context.request)
        browser = browsers.known(context.request, self.user.pk)
        if not tries.take("second_factor_failed", f"{self.user.pk}|{browser or 'elsewhere'}"):
            raise get_adapter().validation_error("too_many_tries")
        code = str(super().clean_code())  # type: ignore[misc]  # The form’s
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]  # The form’s
        if authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(filter(str.isalnum, code))
            if not cache.add(f"accounts.totp:{self.user.pk}:{digits}", "used", USED_FOR):
                raise get_adapter().validation_error("incorrect_code")
        tries.give_back()
        return code


class AuthenticateForm(CodeOfAFactor, base_forms.AuthenticateForm):
    """The second step of signing in, by a code."""


class ReauthenticateForm(CodeOfAFactor, base_forms.ReauthenticateForm):
    """Showing once more who one is, by a code."""


class ActivateTOTPForm(HouseWords, totp_forms.ActivateTOTPForm):
    """Setting up an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code that the app shows now")
        code.error_messages["required"] = _("Write the six digits that the app shows.")
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
