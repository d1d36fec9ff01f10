"""The roles: what each may do, as groups of permissions, and how an account gets one.

An account has one role or none; readers who comment have none. Each role may do all that the one before it may, and
more. Looking behind pen names belongs to no role: it is given to an account explicitly.
"""

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commenting import appearance
from accounts.models import User
from blog.editorial import remits
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Category
from blog.prose import clean_line


class Role(TextChoices):
    """Who somebody is to the blog. The values are the names of the groups, in the order of what they may do."""

    CONTRIBUTOR = "Contributors", gettext_lazy("Contributor")
    WRITER = "Writers", gettext_lazy("Writer")
    EDITOR = "Editors", gettext_lazy("Editor")
    PUBLISHER = "Publishers", gettext_lazy("Publisher")
    ADMINISTRATOR = "Administrators", gettext_lazy("Administrator")


# What each role adds to the one before it; all that the editorial functions and the desks ask for
ADDS: dict[Role, list[str]] = {
    Role.CONTRIBUTOR: [],
    Role.WRITER: ["blog.write_pieces"],
    Role.EDITOR: ["blog.edit_pieces", "accounts.moderate_comments"],
    Role.PUBLISHER: ["blog.publish_pieces"],
    Role.ADMINISTRATOR: ["blog.run_blog", "accounts.change_user"],
}
# Whoever works in the admin, and whose work can be limited to categories
IN_THE_ADMIN = frozenset({Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR})
CAN_BE_LIMITED = frozenset({Role.EDITOR, Role.PUBLISHER})
# What an account may be given beside its role
BESIDE_THE_ROLE = {
    "sees_identities": "blog.see_identities",
    "runs_blog": "blog.run_blog",
}


class LastAdministratorError(EditorialRefusal):
    """Nobody would be left who can give roles."""


def permissions_of(role: Role) -> list[str]:
    """Return what a role may do, that of the roles before it included."""
    found: list[str] = []
    for each, added in ADDS.items():
        found += added
        if each is role:
            break
    return found


def group_of(role: Role) -> Group:
    """Return the group of a role, with exactly the permissions that the role has now."""
    group, _created = Group.objects.get_or_create(name=role.value)
    group.permissions.set(_named(permissions_of(role)))
    return group


def role_of(user: User) -> Role | None:
    """Return the role of an account, the highest if its groups name several; who may do everything administers."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(Role) if role.value in names), None)


def administers(user: User) -> bool:
    """Whether the account may give roles and close accounts."""
    return user.is_active and user.has_perm("accounts.change_user")


def give_role(*, user: User, role: Role | None, at: dt.datetime, limits: Iterable[Category] = ()) -> None:
    """Give an account a role instead of the one it had, or none, with the categories that it is limited to.

    In one transaction: writes groups and limits; lets into the admin whoever works there, and nobody else; takes from
    somebody who edits no longer what they looked after; and renews how their comments look. Raises IncompleteError for
    limits of a role that has none, and LastAdministratorError.
    """
    wanted = list(limits)
    if wanted and role not in CAN_BE_LIMITED:
        raise IncompleteError({"limits": _("Only editors and publishers can be limited to categories.")})
    with transaction.atomic():
        if role is not Role.ADMINISTRATOR and is_last_administrator(user) and not user.is_superuser:
            raise LastAdministratorError(last_administrator())
        user.groups.remove(*Group.objects.filter(name__in=[each.value for each in Role if each is not role]))
        if role:
            user.groups.add(group_of(role))
        user.is_staff = user.is_superuser or role in IN_THE_ADMIN
        user.save(update_fields=["is_staff"])
        fresh = User.objects.get(pk=user.pk)  # It has not been asked for its permissions yet
        if is_editor(fresh):
            remits.limit(user=fresh, to=wanted)
        else:
            remits.lay_down(user=fresh)
        appearance.renew(user=fresh, at=at)


def give_beside(*, user: User, what: str, is_given: bool) -> None:
    """Give an account something beside its role, or take it away: one of `BESIDE_THE_ROLE`."""
    permission = _named([BESIDE_THE_ROLE[what]]).get()
    if is_given:
        user.user_permissions.add(permission)
    else:
        user.user_permissions.remove(permission)


def has_beside(user: User, what: str) -> bool:
    """Whether an account has something beside its role, given explicitly."""
    return bool(user.pk) and _named([BESIDE_THE_ROLE[what]]).filter(user=user).exists()


def is_last_administrator(user: User) -> bool:
    """Whether nobody could give roles any more if this account could not."""
    if role_of(user) is not Role.ADMINISTRATOR or not user.is_active:
        return False
    gives_roles = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value)
    return not User.objects.filter(gives_roles, is_active=True).exclude(pk=user.pk).exists()


def last_administrator() -> str:
    """Return the sentence for somebody who would leave the blog without an administrator."""
    return _("This is the last administrator. Make another one first.")


def make_editor(
    *,
    email: str,
    name: str,
    at: dt.datetime,
    role: Role = Role.PUBLISHER,
    password: str | None = None,
    limits: Iterable[Category] = (),
) -> tuple[User, bool]:
    """Make the account of somebody on the staff, or give a role to the one that the address has.

    Returns it, and whether it is new. Its address counts as confirmed, for an administrator vouches for it. An existing
    account keeps its name, and its password unless a new one is given or its address was never confirmed; a role is
    never lowered this way.
    """
    email = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=email).first()
        is_new = user is None
        if user is None:
            user = User.objects.create_user(email, password, display_name=clean_line(name), joined_at=at)
        elif password:
            user.set_password(password)
        elif EmailAddress.objects.filter(user=user, email=email, verified=False).exists():
            # Whoever signed up never proved to own the address, so their password is nobody's
            user.set_unusable_password()
        user.is_active = True
        user.save(update_fields=["password", "is_active"])
        had = role_of(user)
        if had is None or list(Role).index(role) >= list(Role).index(had):
            give_role(user=user, role=role, at=at, limits=limits)
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True})
        if not EmailAddress.objects.filter(user=user, primary=True).exists():
            EmailAddress.objects.filter(user=user, email=email).update(primary=True)
    return user, is_new


def _named(permissions: list[str]) -> QuerySet[Permission]:
    """Return the rows of permissions that are named like `blog.edit_pieces`; of none, none."""
    wanted = Q(pk__in=[])
    for permission in permissions:
        app, _dot, codename = permission.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)
