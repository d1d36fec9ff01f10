"""The roles that an administrator gives: what an editor may do, as one group."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from blog.prose import clean_line

EDITORS = "Editors"

# All that the editorial functions and the desk ask for. Looking behind pen names is left out on purpose
PERMISSIONS = ["blog.edit_pieces", "blog.publish_pieces", "accounts.moderate_comments"]


def editors_group() -> Group:
    """Return the group of editors, with exactly the permissions that the role has now."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    wanted = Q()
    for permission in PERMISSIONS:
        app, _, codename = permission.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


def make_editor(
    *, email: str, name: str, at: dt.datetime, is_administrator: bool = False, password: str | None = None
) -> tuple[User, bool]:
    """Make an editor's account, or promote the one that the address has; return it, and whether it is new.

    Its address counts as confirmed, for an administrator vouches for it. An existing account keeps its name, and its
    password unless a new one is given or its address was never confirmed; nobody loses a role.
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
        user.is_staff = user.is_active = True
        user.is_superuser = user.is_superuser or is_administrator
        user.save(update_fields=["password", "is_staff", "is_active", "is_superuser"])
        user.groups.add(editors_group())
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True})
        if not EmailAddress.objects.filter(user=user, primary=True).exists():
            EmailAddress.objects.filter(user=user, email=email).update(primary=True)
    return user, is_new
