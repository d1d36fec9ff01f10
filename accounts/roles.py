"""The roles that an administrator gives: what an editor may do, as one group."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from blog.prose import clean_line

EDITORS = "Editors"

# What an editor does by the editorial functions
ACTS = ["blog.edit_pieces", "blog.publish_pieces", "accounts.moderate_comments"]
# What the admin asks for besides. Identities and the log of looks behind pen names are left out on purpose
SEEN = [
    "author", "byline", "category", "correction", "invitation", "letter", "masthead", "message", "move", "picture",
    "post", "revision", "series", "signoff", "tag",
]  # fmt: skip
ADDED = ["author", "category", "correction", "invitation", "message", "picture", "post", "revision", "series", "tag"]
CHANGED = ["author", "byline", "category", "invitation", "letter", "masthead", "picture", "post", "series", "tag"]
BLOG_CODENAMES = [
    *(f"view_{model}" for model in SEEN),
    *(f"add_{model}" for model in ADDED),
    *(f"change_{model}" for model in CHANGED),
    "add_masthead",
]
ACCOUNTS_CODENAMES = ["view_comment", "change_comment", "view_commentdecision"]


def editors_group() -> Group:
    """Return the group of editors, with exactly the permissions that the role has now."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    acts = Q()
    for act in ACTS:
        app, _, codename = act.partition(".")
        acts |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(
        Permission.objects.filter(
            acts
            | Q(content_type__app_label="blog", codename__in=BLOG_CODENAMES)
            | Q(content_type__app_label="accounts", codename__in=ACCOUNTS_CODENAMES)
        )
    )
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
        user.save()
        user.groups.add(editors_group())
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True})
        if not EmailAddress.objects.filter(user=user, primary=True).exists():
            EmailAddress.objects.filter(user=user, email=email).update(primary=True)
    return user, is_new
