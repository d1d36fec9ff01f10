"""Accounts in the admin, for administrators alone. Nothing here leads to a public name."""

from typing import Any, ClassVar

import allauth.account.admin  # noqa: F401  Registers its own pages first, so that they can be taken away here
import django.contrib.auth.admin  # noqa: F401  The same
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.commenting import appearance
from accounts.models import User
from accounts.roles import EDITORS
from blog.admin.access import EditorsAdmin
from blog.admin.forms import Choices

CHANGED_HERE = {"display_name", "groups", "is_active"}

# Addresses are confirmed by their owners alone
admin.site.unregister(EmailAddress)
# What a role may do is said in `accounts.roles`, and nowhere else
admin.site.unregister(Group)


class AddressInline(admin.TabularInline):  # type: ignore[type-arg]
    """The addresses of an account, to look at."""

    model = EmailAddress
    fields = ("email", "verified", "primary")
    readonly_fields = fields
    extra = 0
    can_delete = False
    verbose_name_plural = _("addresses")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Addresses are added by their owners."""
        return False


@admin.register(User)
class UserAdmin(EditorsAdmin[User]):
    """Who can sign in, and with which role. An account is closed (made inactive), never removed."""

    list_display = ("email", "display_name", "is_staff", "is_active", "blocked_at", "joined_at")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    inlines: ClassVar[list[Any]] = [AddressInline]
    fields = (
        "email",
        "display_name",
        "groups",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "joined_at",
        "blocked_at",
        "blocked_by",
        "blocked_reason",
    )
    readonly_fields = tuple(name for name in fields if name not in CHANGED_HERE)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def lets_in(self, user: User) -> bool:
        """Show accounts to administrators alone, and let them change names and roles."""
        return user.is_active and user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by signing up, by an invitation, or by `manage.py make_editor`."""
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose groups with our field, which knows what no key can be."""
        return super().formfield_for_manytomany(db_field, request, **{"form_class": Choices, **kwargs})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  Django's
        """Let who is in the editors' group into the admin, and nobody else but administrators; renew their comments."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or user.groups.filter(name=EDITORS).exists()
        user.save(update_fields=["is_staff"])
        appearance.renew(user=user, at=timezone.now())
