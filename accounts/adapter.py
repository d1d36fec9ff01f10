"""Every override of allauth: letters instead of direct mail, addresses from the settings, the house's words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation, EmailConfirmationHMAC
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import add_query_params
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.signing_in import devices, limits
from blog.editorial.letters.writing import absolute, put_in_post
from blog.models import Masthead
from blog.prose import clean_line


class AccountAdapter(DefaultAccountAdapter):
    """The house's way of signing up and in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address and the password don’t belong together. Check both."),
        "too_many_login_attempts": _(
            "Too many wrong tries for this account. Wait ten minutes, or have a code sent to your address."
        ),
        "incorrect_code": _("This is not the code. Check it, or have a new one sent."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "duplicate_email": _("This address already belongs to your account."),
        "email_taken": _("This address can’t be added. Choose another."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
    }

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002  allauth declares it so
    ) -> AbstractBaseUser:
        """Save a new account with its display name."""
        assert isinstance(user, User)  # noqa: S101  For the type checker
        user.display_name = clean_line(form.cleaned_data["display_name"])[:80]
        return super().save_user(request, user, form, commit=commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter instead of sending: confidential, for it carries a link or a code."""
        given = {
            **context,
            "email": email,
            "masthead": Masthead.current(),
            "site_url": settings.SITE_URL,
            "signup_url": absolute(reverse("account_signup")),
            "login_url": absolute(reverse("account_login")),
            "account_url": absolute(reverse("accounts:home")),
            "device": devices.described(str(context.get("user_agent", ""))),
        }
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        put_in_post(
            "account",
            to_address=email,
            at=timezone.now(),
            subject=render_to_string(f"{template_prefix}_subject.txt", given),
            text=render_to_string(f"{template_prefix}_message.txt", given),
            # A display name may be somebody else's invention until the address is confirmed
            to_name="",
            to_user=user,
            is_confidential=True,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody tried to sign up with it."""
        self.send_mail(
            "account/email/account_already_exists",
            email,
            {"password_reset_url": absolute(reverse("account_reset_password"))},
        )

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation | EmailConfirmationHMAC
    ) -> str:
        """Return the link that confirms an address; it leads back to where the visitor wanted to go."""
        return self._with_next(reverse("account_confirm_email", args=[emailconfirmation.key]), request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link that sets a new password; it leads back to where the visitor wanted to go."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return self._with_next(path.replace("UID-KEY", key), allauth_context.request)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether `next` may lead there: this site alone, as the settings name it."""
        host = settings.SITE_URL.partition("://")[2]
        return bool(url) and url_has_allowed_host_and_scheme(
            url, allowed_hosts={host}, require_https=settings.IS_SECURE
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the visitor's address; behind a local socket there is none, and all visitors count as one."""
        return (request.META.get("REMOTE_ADDR") and super().get_client_ip(request)) or "local"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take up a try: by account and where it comes from, and by account alone unless the browser is known to it.

        Raises ValidationError if there is none left.
        """
        address = str(credentials.get("email", "")).lower()
        browser = limits.browser_of(request, address)
        self._tries = limits.Tries(request)
        if not self._tries.take("login_failed", f"{address}|{limits.place_of(request, browser)}"):
            raise self.validation_error("too_many_login_attempts")
        if not browser and not self._tries.take("login_failed_anywhere", address):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Give the try back, for the password was right."""
        self._tries.give_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget the wrong tries for an account whose owner has set a new password."""
        address = str(credentials.get("email", "")).lower()
        ratelimit.clear(request, app=limits.APP, action="login_failed_anywhere", key=address)
        for browser in {"", limits.browser_of(request, address)}:
            key = f"{address}|{limits.place_of(request, browser)}"
            ratelimit.clear(request, app=limits.APP, action="login_failed", key=key)

    @staticmethod
    def _with_next(path: str, request: HttpRequest) -> str:
        url = absolute(path)
        wanted = get_next_redirect_url(request)
        return add_query_params(url, {"next": wanted}) if wanted else url
