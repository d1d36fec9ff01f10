"""Settings of signing in and up, read by `wlg.settings`: allauth's, and who else may say who somebody is."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from wlg import environment

GOOGLE = "https://accounts.google.com"
NAMES = {"microsoft": "Microsoft", "google": "Google"}


def providers() -> list[dict[str, Any]]:
    """Return what `SIGN_IN_WITH` names, as allauth's apps: each an OpenID Connect provider with variables of its own.

    `SIGN_IN_WITH=microsoft,calder` asks for `SIGN_IN_MICROSOFT_CLIENT_ID` and so on. Raises ImproperlyConfigured.
    """
    found = []
    for provider in environment.listing("SIGN_IN_WITH"):
        if not (provider.isascii() and provider.isalnum() and provider.islower() and len(provider) <= 30):
            raise ImproperlyConfigured(f"SIGN_IN_WITH has {provider!r}; write short names in small letters, by commas.")
        prefix = f"SIGN_IN_{provider.upper()}"
        server = environment.text(f"{prefix}_SERVER_URL", GOOGLE if provider == "google" else None)
        if urlsplit(server).scheme not in {"https", "http"} or not urlsplit(server).hostname:
            raise ImproperlyConfigured(f"{prefix}_SERVER_URL is {server!r}; write an address with https.")
        found.append(
            {
                "provider_id": provider,
                "name": environment.text(f"{prefix}_NAME", NAMES.get(provider, provider.title())),
                "client_id": environment.text(f"{prefix}_CLIENT_ID"),
                "secret": environment.text(f"{prefix}_CLIENT_SECRET"),
                "settings": {
                    "server_url": server.rstrip("/"),
                    "oauth_pkce_enabled": True,
                    # For whose addresses its word counts as much as a letter of ours that was answered
                    "trusted_domains": [domain.lower() for domain in environment.listing(f"{prefix}_TRUSTED_DOMAINS")],
                },
            }
        )
    return found


AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.signing_in.AddEmailForm",
    "change_password": "accounts.forms.signing_in.ChangePasswordForm",
    "confirm_login_code": "accounts.forms.signing_in.ConfirmLoginCodeForm",
    "login": "accounts.forms.signing_in.LoginForm",
    "reauthenticate": "accounts.forms.signing_in.ReauthenticateForm",
    "request_login_code": "accounts.forms.signing_in.RequestLoginCodeForm",
    "reset_password": "accounts.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.signing_in.ResetPasswordKeyForm",
    "set_password": "accounts.forms.signing_in.SetPasswordForm",
    "signup": "accounts.forms.signing_in.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # Mail scanners open every link
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 14
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # In the browser that asked for it: straight back to the comment
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # Council mail is slow
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # A factor, a provider or a password that is new or gone: its owner hears of it
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
# Officers share council networks, so what is counted is the account, hardly ever the address alone
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    # The key is the account together with where the try comes from (accounts/signing_in/limits.py)
    "login_failed": "10/10m/key",
    # And the account alone, wherever tries come from, but for browsers that it has signed in with before
    "login_failed_anywhere": "60/h/key",
    "request_login_code": "600/m/ip,3/m/key",
    # Codes from an app and recovery codes, after a password or a letter: by account and known browser
    "second_factor_failed": "30/d/key",
    "reset_password": "600/m/ip,5/m/key",
    "reset_password_from_key": "600/m/ip",
    "signup": "600/m/ip",
}

# Second factors
# A factor of the house's choice: passkeys need a device that asks for a finger, a face or a number
MFA_ADAPTER = "accounts.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # Clocks of telephones and servers are half a minute apart now and then
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
# Who signs in has proved an address, and one that is not proved holds nobody up (accounts/signing_in/claims.py)
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.forms.factors.AuthenticateForm",
    "reauthenticate": "accounts.forms.factors.ReauthenticateForm",
    "activate_totp": "accounts.forms.factors.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.factors.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.factors.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.forms.factors.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.factors.ReauthenticatePasskeyForm",
    "login_webauthn": "accounts.forms.factors.SignInByPasskeyForm",
}

# Other providers
SOCIALACCOUNT_ADAPTER = "accounts.signing_in.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers()}}
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.signing_in.ProviderSignupForm"}
# The form asks for a display name: nobody's real name comes from elsewhere by itself
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
