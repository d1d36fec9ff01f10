"""Accounts in the admin, for administrators alone. Nothing here leads to a public name."""

from typing import Any, ClassVar

import allauth.account.admin  # noqa: F401  Registers its own pages first, so that they can be taken away here
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import EDITORS
from blog.admin.access import EditorsAdmin

# Addresses are confirmed by their owners alone
admin.site.unregister(EmailAddress)


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
    """Who can sign in, and with which role."""

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
    readonly_fields = (
        "email",
        "is_staff",
        "is_superuser",
        "last_login",
        "joined_at",
        "blocked_at",
        "blocked_by",
        "blocked_reason",
    )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show accounts to administrators alone."""
        return _is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Show accounts to administrators alone."""
        return _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let administrators change names and roles."""
        return _is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by signing up, by an invitation, or by `manage.py make_editor`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: an account is closed (made inactive), never removed."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Let who is in the editors' group into the admin, and nobody else but administrators."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or user.groups.filter(name=EDITORS).exists()
        user.save(update_fields=["is_staff"])


def _is_administrator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_active and request.user.is_superuser
