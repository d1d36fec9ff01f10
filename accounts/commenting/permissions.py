"""Who may comment and who may moderate. When it may be done is for `posting` and `moderation` to say."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from blog.editorial.letters.writing import holders_of
from blog.editorial.permissions import is_in_limits, limits_of
from blog.models import Post


def is_moderator(user: User) -> bool:
    """Whether the account may approve and hide comments and block accounts."""
    return user.is_active and user.has_perm("accounts.moderate_comments")


def require_moderator(user: User) -> None:
    """Raise PermissionDenied unless the account may moderate comments."""
    if not is_moderator(user):
        raise PermissionDenied(_("Only editors who look after comments can do this."))


def require_moderator_of(user: User, post: Post) -> None:
    """Raise PermissionDenied unless the account may moderate the comments on this piece."""
    require_moderator(user)
    if not is_in_limits(user, post):
        raise PermissionDenied(_("Only editors of this piece can do this."))


def moderators_of(post: Post) -> list[User]:
    """Return who may moderate the comments on a piece, within their limits."""
    return [one for one in holders_of("accounts.moderate_comments") if is_in_limits(one, post)]


def has_confirmed_address(user: User) -> bool:
    """Whether somebody opened a letter sent to one of the account's addresses."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def own_addresses(user: User) -> list[str]:
    """Return the addresses that somebody has shown to be theirs: rows about any other may be about somebody else."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in confirmed})


def stopped(user: User, at: dt.datetime) -> str:
    """Return the sentence for an account that an editor keeps from commenting: until when, and why. Else nothing."""
    block = user.block_at(at)
    if block is None:
        return ""
    if block.until is None:
        return _("An editor has stopped this account from commenting: {reason}").format(reason=block.reason)
    until = timezone.localtime(block.until)
    return _("An editor has stopped this account from commenting until {day}, {time}: {reason}").format(
        day=formats.date_format(until, "j F Y"), time=formats.date_format(until, "H.i"), reason=block.reason
    )


def sets_rules(user: User) -> bool:
    """Whether the account may change the rules of moderation: moderators whose work has no limits."""
    return is_moderator(user) and limits_of(user) is None
