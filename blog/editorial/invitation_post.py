"""What stands for an invitation in the post: its row, its link, and its letter."""

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import INVITATION_LINK, absolute, name_for, write_letter
from blog.editorial.refusals import IncompleteError
from blog.models import Author, Invitation, Letter, Post
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

MAX_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without its brackets


def clean_address(name: str, email: str) -> tuple[str, str]:
    """Return both cleaned; raise IncompleteError, by field, for what can't be written to."""
    name, email = clean_line(name), email.strip().lower()
    errors: dict[str, str] = {}
    if not name:
        errors["name"] = _("Write the guest’s name.")
    elif len(name) > 120:
        errors["name"] = _("Shorten the name to 120 characters.")
    try:
        validate_email(email)
    except ValidationError:
        errors["email"] = _("Write a mail address, like name@council.gov.uk.")
    if len(email) > MAX_ADDRESS:
        errors["email"] = _("Shorten the address to {most} characters.").format(most=MAX_ADDRESS)
    if errors:
        raise IncompleteError(errors)
    return name, email


def send(
    *,
    post: Post,
    author: Author,
    name: str,
    email: str,
    note: str,
    by: "User",
    at: dt.datetime,
    is_address_hidden: bool = False,
) -> Invitation:
    """Write an invitation to stand on the byline of a piece as `author`, and its letter."""
    invitation = Invitation(
        post=post,
        author=author,
        name=name,
        email=email,
        is_address_hidden=is_address_hidden,
        note=note,
        nonce=secrets.token_urlsafe(32),
        invited_by=by,
        sent_at=at,
        expires_at=at + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.token_hash = hash_of(_token(invitation))
    invitation.save()
    post.bylines.filter(author=author).update(is_confirmed=False)
    write_to_guest(invitation, by=by, at=at)
    return invitation


def write_to_guest(invitation: Invitation, *, by: "User", at: dt.datetime) -> Letter:
    """Write the letter of an invitation; a co-author's names the piece that is being written already."""
    is_co_author = invitation.post.bylines.exclude(author=invitation.author).exists()
    return write_letter(
        "to_writer/co_author_invitation" if is_co_author else "to_writer/invitation",
        to_address=invitation.email,
        to_name=invitation.name,
        post=invitation.post,
        invitation=invitation,
        at=at,
        by_name=name_for(by, invitation.post),
        link=INVITATION_LINK,
    )


def link_of(invitation: Invitation) -> str:
    """Return the full address of an invitation. The token is derived anew each time and kept nowhere."""
    return absolute(reverse("invitation", args=[_token(invitation)]))


def _token(invitation: Invitation) -> str:
    """256 bits, from the secret key, the invitation's own random part, and the address it is bound to."""
    return salted_hmac("wlg.invitation", f"{invitation.nonce}:{invitation.email}", algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what is stored of a link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def close(invitation: Invitation, at: dt.datetime) -> None:
    """Write down that an invitation is taken back, and stop its letters that have not gone out."""
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    cancel_unsent(invitation)


def cancel_unsent(invitation: Invitation) -> None:
    """Stop the letters of an invitation that have not gone out."""
    unsent = invitation.letters.filter(status__in=[Letter.Status.WAITING, Letter.Status.HELD])
    unsent.update(status=Letter.Status.CANCELLED)
