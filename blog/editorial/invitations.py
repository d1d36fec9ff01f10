"""Inviting a guest: by mail, bound to the address, accepted by a deliberate act."""

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from blog.editorial import drafting
from blog.editorial.identity import join_known_name, new_author
from blog.editorial.letters import INVITATION_LINK, absolute, tell_editors, write_letter
from blog.editorial.permissions import require_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, Category, Identity, Invitation, Letter, Post, Series
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

MAX_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without its brackets


class InvitationClosedError(EditorialRefusal):
    """The invitation was revoked, declined, or has run out."""


def invite(
    *,
    by: "User",
    at: dt.datetime,
    name: str,
    email: str,
    note: str = "",
    title: str = "",
    brief: str = "",
    brief_words: int | None = None,
    due_date: dt.date | None = None,
    category: Category | None = None,
    series: Series | None = None,
    part_number: int | None = None,
) -> Invitation:
    """Invite a guest to write a piece.

    In one transaction: makes the piece with the guest's name on its byline, the invitation, and its letter.
    """
    name, email = _clean_address(name, email)
    with transaction.atomic():
        author = new_author(name=name)
        post = drafting.begin(
            by=by,
            at=at,
            title=title,
            authors=[author],
            is_guest_piece=True,
            brief=brief,
            brief_words=brief_words,
            due_date=due_date,
            category=category,
            series=series,
            part_number=part_number,
        )
        return _send(post=post, author=author, name=name, email=email, note=clean_text(note), by=by, at=at)


def send_again(*, invitation: Invitation, by: "User", at: dt.datetime) -> Letter:
    """Send the letter again, with the same link, valid from now on for the full time.

    One that has not gone out yet is cancelled, so that two clicks bring one letter.
    """
    require_editor(by)
    with transaction.atomic():
        open_one = _lock_open(invitation)
        open_one.sent_at = at
        open_one.expires_at = at + dt.timedelta(days=settings.INVITATION_DAYS)
        open_one.save(update_fields=["sent_at", "expires_at"])
        _cancel_unsent(open_one)
        return _write(open_one, by=by, at=at)


def change_address(*, invitation: Invitation, name: str, email: str, by: "User", at: dt.datetime) -> Invitation:
    """Send the invitation to another address. The old link stops working, and a new one goes out."""
    require_editor(by)
    name, email = _clean_address(name, email)
    with transaction.atomic():
        old = _lock_open(invitation)
        _revoke(old, at)
        return _send(post=old.post, author=old.author, name=name, email=email, note=old.note, by=by, at=at)


def revoke(*, invitation: Invitation, by: "User", at: dt.datetime) -> None:
    """Take an invitation back before it is accepted; the link stops working, the piece stays."""
    require_editor(by)
    with transaction.atomic():
        _revoke(_lock_open(invitation), at)


def open_invitation(*, token: str, at: dt.datetime) -> Invitation | None:
    """Find the invitation of a link, and note the first time that it was opened. Nothing else changes."""
    found = Invitation.objects.filter(token_hash=_hash(token)).select_related("post", "author").first()
    if found and not found.opened_at:
        Invitation.objects.filter(pk=found.pk, opened_at__isnull=True).update(opened_at=at)
        found.opened_at = at
    return found


def accept(*, invitation: Invitation, by: "User", at: dt.datetime) -> Post:
    """Accept an invitation with an account.

    In one transaction: locks the piece, then the invitation; checks that it is open (InvitationClosedError), marks it
    accepted, ties the name on the byline to the account (in the table of identities), joins it to a name that the
    guest has already, and tells the editor. Accepting again with the same account changes nothing.
    """
    with transaction.atomic():
        # The piece first, as in a withdrawal, so that the two never wait for each other
        post = Post.objects.locked(invitation.post_id)
        row = Invitation.objects.locked(invitation.pk)
        if row.accepted_by_id == by.pk:
            return post
        require_open(row, at)
        # The condition repeats what the lock promises, for databases that have no row locks
        if not Invitation.objects.unanswered().filter(pk=row.pk).update(accepted_at=at, accepted_by=by):
            raise InvitationClosedError(_("This invitation was already accepted."))
        Identity.objects.create(author=row.author, user=by)
        join_known_name(post=post, author=row.author, by=by)
        tell_editors("invitation_accepted", post=post, by=by, at=at)
    invitation.refresh_from_db()
    return post


def decline(*, invitation: Invitation, at: dt.datetime, reason: str = "") -> None:
    """Decline an invitation: no account is needed. The piece stays with the editor, who gets a letter."""
    with transaction.atomic():
        row = Invitation.objects.locked(invitation.pk)
        require_open(row, at)
        row.declined_at = at
        row.save(update_fields=["declined_at"])
        editor = row.post.editor or row.invited_by
        if editor:
            write_letter(
                "to_editor/invitation_declined",
                to_address=editor.email,
                to_name=editor.display_name,
                to_user=editor,
                post=row.post,
                at=at,
                by_name=row.author.name,
                reason=clean_text(reason)[:2000],
            )


def take_back_unanswered(*, post: Post, at: dt.datetime) -> None:
    """Take back the invitations to a piece that nobody is going to write; their links stop working."""
    for invitation in post.invitations.unanswered().select_for_update(of=("self",)):
        _revoke(invitation, at)


def link_of(invitation: Invitation) -> str:
    """Return the full address of an invitation. The token is derived anew each time and kept nowhere."""
    return absolute(reverse("invitation", args=[_token(invitation)]))


def _token(invitation: Invitation) -> str:
    """256 bits, from the secret key, the invitation's own random part, and the address it is bound to."""
    return salted_hmac("wlg.invitation", f"{invitation.nonce}:{invitation.email}", algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _send(*, post: Post, author: Author, name: str, email: str, note: str, by: "User", at: dt.datetime) -> Invitation:
    invitation = Invitation(
        post=post,
        author=author,
        name=name,
        email=email,
        note=note,
        nonce=secrets.token_urlsafe(32),
        invited_by=by,
        sent_at=at,
        expires_at=at + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.token_hash = _hash(_token(invitation))
    invitation.save()
    _write(invitation, by=by, at=at)
    return invitation


def _write(invitation: Invitation, *, by: "User", at: dt.datetime) -> Letter:
    return write_letter(
        "to_writer/invitation",
        to_address=invitation.email,
        to_name=invitation.name,
        post=invitation.post,
        invitation=invitation,
        at=at,
        by_name=by.display_name,
        link=INVITATION_LINK,
    )


def _revoke(invitation: Invitation, at: dt.datetime) -> None:
    """Write down that an invitation is taken back, and stop its letters that have not gone out."""
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    _cancel_unsent(invitation)


def _cancel_unsent(invitation: Invitation) -> None:
    unsent = invitation.letters.filter(status__in=[Letter.Status.WAITING, Letter.Status.HELD])
    unsent.update(status=Letter.Status.CANCELLED)


def _lock_open(invitation: Invitation) -> Invitation:
    row = Invitation.objects.locked(invitation.pk)
    if row.accepted_at:
        raise InvitationClosedError(_("This invitation was already accepted."))
    if row.declined_at or row.revoked_at:
        raise InvitationClosedError(_("This invitation is closed. Send a new one."))
    return row


def require_open(row: Invitation, at: dt.datetime) -> None:
    """Raise InvitationClosedError, with the sentence for the guest, unless it can still be accepted or declined."""
    status = row.status_at(at)
    if status in {Invitation.Status.SENT, Invitation.Status.OPENED}:
        return
    raise InvitationClosedError(
        {
            Invitation.Status.ACCEPTED: _("This invitation was already accepted."),
            Invitation.Status.DECLINED: _("This invitation was declined."),
            Invitation.Status.REVOKED: _("This invitation was taken back. Write to the editors if that surprises you."),
            Invitation.Status.EXPIRED: _("This invitation has run out. Write to the editors, and they will renew it."),
        }[status]
    )


def _clean_address(name: str, email: str) -> tuple[str, str]:
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
