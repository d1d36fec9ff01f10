"""The one account of all former readers: what stays of erased accounts stands under it, one like the other."""

import datetime as dt

from django.utils.translation import gettext as _

from accounts.models import ArchivedName, User
from blog.editorial.leaving import NOWHERE

ADDRESS = f"former-reader@{NOWHERE}"


def former_reader(*, at: dt.datetime) -> User:
    """Return the account of all former readers, made when the first one leaves. Nobody can sign in with it."""
    user, is_new = User.objects.get_or_create(
        email=ADDRESS, defaults={"display_name": _("A former reader"), "is_active": False, "joined_at": at}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def is_placeholder(user: User) -> bool:
    """Whether an account does nothing but hold a name that came with an archive."""
    return ArchivedName.objects.filter(user=user).exists()


def is_nobodys(user: User) -> bool:
    """Whether nobody can ever sign in with an account: that of former readers, or one that holds an archive's name."""
    return is_former_reader(user) or is_placeholder(user)


def is_former_reader(user: User) -> bool:
    """Whether an account is that of all former readers, which nobody can write to, block or give a role."""
    return user.email == ADDRESS
