"""Accounts. The address is private; the display name is what others see beside a comment."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.moderation import AccountBlock


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

    def block_at(self, moment: dt.datetime) -> "AccountBlock | None":
        """Return the block by which an editor keeps this account from commenting at a moment, if there is one."""
        return self.blocks.holding_at(moment).first()

    def is_blocked_at(self, moment: dt.datetime) -> bool:
        """Whether an editor keeps this account from commenting at a moment."""
        return self.blocks.holding_at(moment).exists()
