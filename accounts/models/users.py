"""Accounts. The address is private; the display name is what others see beside a comment."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts, with addresses in lower case throughout."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it signs in by a code sent to its address."""
        if not email:
            raise ValueError("An account needs a mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator's account."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. A public byline is an `Author` and is not reached from here."""

    email = models.EmailField(_("mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=80, help_text=_("A pen name is welcome."))
    is_staff = models.BooleanField(_("works in the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)
    blocked_reason = models.TextField(_("why blocked"), max_length=500, blank=True)
    blocked_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("blocked by")
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ("display_name", "pk")
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(condition=~Q(display_name=""), name="account_has_a_display_name"),
            models.CheckConstraint(condition=~Q(email=""), name="account_has_an_address"),
            models.CheckConstraint(
                condition=Q(blocked_at__isnull=True, blocked_reason="")
                | Q(blocked_at__isnull=False) & ~Q(blocked_reason=""),
                name="blocked_account_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(email=models.functions.Lower("email")), name="address_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """Return the display name; Django's admin asks for it under this name."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the display name; Django's admin asks for it under this name."""
        return self.display_name

    @property
    def is_blocked(self) -> bool:
        """Whether an editor has stopped this account from commenting."""
        return self.blocked_at is not None
