"""Accounts in the admin, for administrators alone. Nothing here leads to a public name."""

from typing import TYPE_CHECKING, Any, ClassVar

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401  Registers what is taken out again below
import django.contrib.auth.admin  # noqa: F401  Registers what is taken out again below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AccountBlock, User
from accounts.own_data.former import ADDRESS as FORMER_READER
from accounts.roles import (
    CAN_BE_LIMITED,
    Role,
    administers,
    give_beside,
    give_role,
    has_beside,
    is_last_administrator,
    last_administrator,
    role_of,
)
from accounts.signing_in import second_factors
from blog.admin.access import EditorsAdmin, editor_of
from blog.admin.forms import Choices
from blog.admin.pages import show
from blog.desk.keys import key_in
from blog.editorial.refusals import IncompleteError
from blog.models import Category, Remit

if TYPE_CHECKING:
    AccountModelForm = forms.ModelForm[User]
else:
    AccountModelForm = forms.ModelForm

NO_ROLE = ("", gettext_lazy("Reader, without a role"))

# Addresses are confirmed by their owners alone, and nobody looks at what opens an account
admin.site.unregister([EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken])
# What a role may do is said in `accounts.roles`, and nowhere else
admin.site.unregister(Group)


class AccountForm(AccountModelForm):
    """Name, role, limits, and what is given beside the role."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[NO_ROLE, *Role.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Each may do all that the one above it may, and more."),
    )
    limits = Choices(
        label=gettext_lazy("Only in these categories"),
        queryset=Category.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For editors and publishers. None chosen: in all of them."),
    )
    sees_identities = forms.BooleanField(
        label=gettext_lazy("May look behind pen names"),
        required=False,
        help_text=gettext_lazy("Belongs to no role. Each look takes a reason, is recorded, and the writer sees it."),
    )
    runs_blog = forms.BooleanField(
        label=gettext_lazy("May change the masthead and the templates of letters"),
        required=False,
        help_text=gettext_lazy("Administrators may in any case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = role_of(self.instance) or ""
        self.initial["limits"] = list(Category.objects.filter(remits__user=self.instance))
        for what in ("sees_identities", "runs_blog"):
            self.initial[what] = has_beside(self.instance, what)
        if self.instance.is_superuser:
            self.fields["role"].disabled = True
            self.fields["role"].help_text = _("This account may do everything; only the server can change that.")

    def clean(self) -> dict[str, Any]:
        """Refuse limits for a role that has none, and to leave the blog without an administrator."""
        cleaned = super().clean() or self.cleaned_data
        role, limits = self.chosen_role(), cleaned.get("limits")
        if limits and role not in CAN_BE_LIMITED:
            self.add_error("limits", _("Only editors and publishers can be limited to categories."))
        # Asked of the row, for the form has written into the account at hand
        before = User.objects.get(pk=self.instance.pk)
        stays = role is Role.ADMINISTRATOR and cleaned.get("is_active")
        if not stays and is_last_administrator(before):
            self.add_error("role" if cleaned.get("is_active") else "is_active", last_administrator())
        return cleaned

    def chosen_role(self) -> Role | None:
        """Return the role that was chosen, if any."""
        chosen = self.cleaned_data.get("role")
        return Role(chosen) if chosen else None


class AddressInline(admin.TabularInline):  # type: ignore[type-arg]  # Can’t be subscripted while it runs
    """The addresses of an account, to look at."""

    model = EmailAddress
    fields = ("email", "verified", "primary")
    readonly_fields = fields
    extra = 0
    can_delete = False
    verbose_name_plural = gettext_lazy("addresses")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Addresses are added by their owners."""
        return False


class BlockInline(admin.TabularInline):  # type: ignore[type-arg]  # Can’t be subscripted while it runs
    """Every block of an account, lifted or not, to look at."""

    model = AccountBlock
    fk_name = "user"
    fields = ("at", "until", "reason", "by", "ended_at", "ended_by")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Blocks are made beside a comment of the account's own."""
        return False


class RoleFilter(admin.SimpleListFilter):
    """The accounts with one role."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the roles."""
        return [(role.name.lower(), str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Narrow the list to one of them."""
        if self.value() is None:
            return queryset
        role = next((role for role in Role if role.name.lower() == self.value()), None)
        return queryset.filter(groups__name=role.value) if role else queryset.none()


@admin.register(User)
class UserAdmin(EditorsAdmin[User]):
    """Who can sign in, and with which role. An account is closed (made inactive), never removed."""

    form = AccountForm
    list_display = ("email", "display_name", "role_line", "state_line", "joined_at")
    list_filter = ("is_active", RoleFilter)
    search_fields = ("email", "display_name")
    search_help_text = gettext_lazy("An address, or a display name")
    ordering = ("email",)
    inlines: ClassVar[list[Any]] = [AddressInline, BlockInline]
    readonly_fields = ("email", "last_login", "joined_at", "second_factors")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "is_active")}),
        (gettext_lazy("On the blog"), {"fields": ("role", "limits", "sees_identities", "runs_blog")}),
        (gettext_lazy("What happened"), {"fields": ("last_login", "joined_at", "second_factors")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Bring along what the list says about roles."""
        limits = Prefetch("remits", Remit.objects.select_related("category").order_by("category__name"))
        holding = AccountBlock.objects.holding_at(timezone.now()).filter(user=OuterRef("pk"))
        # Nobody can do anything with the account of all former readers, nor with names that came with an archive
        everybody = super().get_queryset(request).exclude(email=FORMER_READER).filter(archived_name__isnull=True)
        rows = everybody.prefetch_related("groups", limits)
        return rows.annotate(is_blocked_now=Exists(holding))

    @admin.display(description=gettext_lazy("state"))
    def state_line(self, user: User) -> str:
        """Say what an account can’t do now: in words, for a cross under “blocked” reads as if it were."""
        if not user.is_active:
            return _("Closed: can’t sign in")
        return _("Can’t comment") if getattr(user, "is_blocked_now", False) else ""

    @admin.display(description=gettext_lazy("role"))
    def role_line(self, user: User) -> str:
        """Show the role, and what it is limited to."""
        names = {group.name for group in user.groups.all()}
        role = Role.ADMINISTRATOR if user.is_superuser else next((r for r in reversed(Role) if r.value in names), None)
        if role is None:
            return ""
        limits = ", ".join(remit.category.name for remit in user.remits.all())
        return _("{role}: {categories}").format(role=role.label, categories=limits) if limits else str(role.label)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def lets_in(self, user: User) -> bool:
        """Show accounts to administrators alone, and let them change names and roles."""
        return administers(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by signing up, by an invitation, or by `manage.py make_editor`."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Give the role with its limits, and what comes beside it."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        give_role(user=user, role=form.chosen_role(), at=timezone.now(), limits=form.cleaned_data["limits"])
        for what in ("sees_identities", "runs_blog"):
            give_beside(user=user, what=what, is_given=form.cleaned_data[what])

    def get_urls(self) -> list[URLPattern]:
        """Add the address at which second factors are taken away."""
        own = path(
            "<int:pk>/second-factors/",
            self.admin_site.admin_view(self.second_factors_view),
            name="accounts_user_second_factors",
        )
        return [own, *super().get_urls()]

    @admin.display(description=gettext_lazy("second factors"))
    def second_factors(self, user: User) -> str:
        """Say what the account has, and lead to taking it away."""
        rows = Authenticator.objects.filter(user=user, type__in=second_factors.FACTORS)
        if not rows:
            return _("None")
        kinds = [_("an authenticator app") if row.type == Authenticator.Type.TOTP else _("a passkey") for row in rows]
        url = reverse("admin:accounts_user_second_factors", args=[user.pk])
        return format_html('{} <a href="{}">{}</a>', ", ".join(kinds), url, _("Take them away"))

    def second_factors_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, and take all second factors of an account away."""
        by = editor_of(request)
        if not self.lets_in(by):
            raise PermissionDenied
        user = get_object_or_404(self.get_queryset(request), pk=key_in(str(pk)))
        errors: dict[str, str] = {}
        reason = str(request.POST.get("reason", ""))
        if request.method == "POST":
            try:
                number = second_factors.take_away(user=user, by=by, reason=reason, at=timezone.now())
            except IncompleteError as error:
                errors = error.errors
            else:
                said = ngettext(
                    "{number} second factor is taken away.", "{number} second factors are taken away.", number
                )
                messages.success(request, said.format(number=number))
                return redirect("admin:accounts_user_change", user.pk)
        context = {"account": user, "errors": errors, "reason": reason, "is_self": user.pk == by.pk}
        return show(request, "accounts/admin/second_factors.html", context, status=422 if errors else 200)
