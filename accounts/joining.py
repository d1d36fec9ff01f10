"""How a guest gets an account by accepting an invitation, and whose an address is."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.own_data import kept_blocks
from accounts.roles import Role, group_of, role_of
from blog.editorial import invitations
from blog.editorial.refusals import EditorialRefusal
from blog.models import Invitation, Post


class AccountExistsError(EditorialRefusal):
    """The address has an account already, so its owner has to sign in."""


def account_of(address: str) -> User | None:
    """Return the account that an address belongs to: confirmed as one of its addresses, or its main one."""
    address = address.lower()
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    return confirmed.user if confirmed else User.objects.filter(email=address).first()


def join(*, invitation: Invitation, at: dt.datetime) -> User:
    """Accept an invitation without having an account.

    In one transaction: makes the account, without a password, under the invited name; notes its address as confirmed,
    because the link was sent there and nowhere else; and accepts with it. Raises AccountExistsError if the address has
    an account, also when another click was quicker, and InvitationClosedError if the invitation is not open.
    """
    with transaction.atomic():
        if account_of(invitation.email):
            raise AccountExistsError(_("This address has an account already. Sign in to go on."))
        try:
            with transaction.atomic():
                user = User.objects.create_user(invitation.email, None, display_name=invitation.name[:80], joined_at=at)
                EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
                kept_blocks.carry_over(user=user, at=at)
        except IntegrityError as error:
            raise AccountExistsError(_("This address has an account already. Sign in to go on.")) from error
        accept(invitation=invitation, by=user, at=at)
    return user


def accept(*, invitation: Invitation, by: User, at: dt.datetime) -> Post:
    """Accept an invitation with an account, which makes a contributor of somebody who has no role yet."""
    with transaction.atomic():
        post = invitations.accept(invitation=invitation, by=by, at=at)
        if role_of(by) is None:
            by.groups.add(group_of(Role.CONTRIBUTOR))
    return post
