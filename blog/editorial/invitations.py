"""Inviting a guest: by mail, bound to the address, accepted by a deliberate act."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import drafting
from blog.editorial.invitation_post import cancel_unsent, clean_address, close, hash_of, link_of, send, write_to_guest
from blog.editorial.letters.writing import tell_editors, tell_writers, write_letter
from blog.editorial.names import bylines
from blog.editorial.names.identity import join_known_name, new_author
from blog.editorial.permissions import is_editor_of, is_writer_of, require_editor_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.purges import mark
from blog.models import Author, Category, Identity, Invitation, Letter, Post, Series, SeriesSlot
from blog.prose import clean_text

if TYPE_CHECKING:
    from accounts.models import User

REST = dt.timedelta(hours=1)  # Before a writer can have the same letter sent again
INVITATIONS = ["to_writer/invitation", "to_writer/co_author_invitation"]  # Without the reminders
MOST_LETTERS = 3  # That a writer can have sent by one invitation


__all__ = [
    "InvitationClosedError", "accept", "change_address", "clean_address", "close", "decline", "invite",
    "invite_commenter", "link_of", "open_invitation", "require_inviter", "require_open", "revoke", "send", "send_again",
    "take_back_unanswered",
]  # fmt: skip


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
    in_reply_to: Post | None = None,
) -> Invitation:
    """Invite a guest to write a piece, maybe in reply to one that readers can see.

    In one transaction: makes the piece with the guest's name on its byline, the invitation, and its letter; a part of
    a series is no longer open to pitches.
    """
    name, email = clean_address(name, email)
    with transaction.atomic():
        author = new_author(name=name)
        post = _begin(
            author,
            by=by,
            at=at,
            in_reply_to=in_reply_to,
            title=title,
            brief=brief,
            brief_words=brief_words,
            due_date=due_date,
            category=category,
            series=series,
            part_number=part_number,
        )
        return send(post=post, author=author, name=name, email=email, note=clean_text(note), by=by, at=at)


def invite_commenter(
    *,
    to: "User",
    in_reply_to: Post,
    by: "User",
    at: dt.datetime,
    note: str = "",
    title: str = "",
    brief: str = "",
    brief_words: int | None = None,
    due_date: dt.date | None = None,
    category: Category | None = None,
) -> Invitation:
    """Invite whoever wrote a comment to answer a piece, through their account: the editor is not told its address.

    The account's display name, under which the comment stands, is on the piece until its owner chooses. Raises
    EditorialRefusal for an account that can't take part any more.
    """
    if not to.is_active or to.is_blocked_at(at):
        raise EditorialRefusal(_("Whoever wrote this comment can’t be invited now."))
    with transaction.atomic():
        author = new_author(name=to.display_name)
        post = _begin(
            author,
            by=by,
            at=at,
            in_reply_to=in_reply_to,
            title=title,
            brief=brief,
            brief_words=brief_words,
            due_date=due_date,
            category=category,
        )
        return send(
            post=post,
            author=author,
            name=author.name,
            email=to.email,
            note=clean_text(note),
            by=by,
            at=at,
            is_address_hidden=True,
        )


def _begin(author: Author, *, by: "User", at: dt.datetime, in_reply_to: Post | None, **asked: Any) -> Post:
    if in_reply_to and not in_reply_to.is_visible_at(at):
        raise IncompleteError({"in_reply_to": _("Readers can’t see the piece that this would answer.")})
    post = drafting.begin(by=by, at=at, authors=[author], is_guest_piece=True, **asked)
    if in_reply_to:
        post.in_reply_to = in_reply_to
        post.save(update_fields=["in_reply_to"])
    if post.series_id and post.part_number:
        wanted = SeriesSlot.objects.filter(series=post.series_id, part_number=post.part_number, is_open=True)
        if wanted.update(is_open=False):
            mark(keys.WANTED, at=at)
    return post


def send_again(*, invitation: Invitation, by: "User", at: dt.datetime) -> Letter:
    """Send the letter again, with the same link, valid from now on for the full time.

    One that has not gone out yet is cancelled, so that two clicks bring one letter. A writer can do so with an
    invitation of their own, once in a while, and no more often than people do (EditorialRefusal).
    """
    require_inviter(invitation, by)
    with transaction.atomic():
        open_one = _lock_open(invitation)
        if not is_editor_of(by, open_one.post):
            if open_one.sent_at > at - REST:
                raise EditorialRefusal(_("It went out within the last hour. Wait a little before you send it again."))
            sent = open_one.letters.filter(kind__in=INVITATIONS).exclude(status=Letter.Status.CANCELLED)
            if sent.count() >= MOST_LETTERS:
                raise EditorialRefusal(
                    _("It went out {most} times already. Ask the editors to send it again.").format(most=MOST_LETTERS)
                )
        open_one.sent_at = at
        open_one.expires_at = at + dt.timedelta(days=settings.INVITATION_DAYS)
        open_one.save(update_fields=["sent_at", "expires_at"])
        cancel_unsent(open_one)
        return write_to_guest(open_one, by=by, at=at)


def change_address(*, invitation: Invitation, name: str, email: str, by: "User", at: dt.datetime) -> Invitation:
    """Send the invitation to another address. The old link stops working, and a new one goes out."""
    require_editor_of(by, invitation.post)
    name, email = clean_address(name, email)
    with transaction.atomic():
        old = _lock_open(invitation)
        close(old, at)
        return send(post=old.post, author=old.author, name=name, email=email, note=old.note, by=by, at=at)


def revoke(*, invitation: Invitation, by: "User", at: dt.datetime) -> None:
    """Take an invitation back before it is accepted; the link stops working, the piece stays.

    A co-author's name goes off the byline with it, and the other writers are told; the last name stays.
    """
    require_inviter(invitation, by)
    with transaction.atomic():
        post = Post.objects.locked(invitation.post_id)
        row = _lock_open(invitation)
        close(row, at)
        if bylines.goes_off(post, row.author, by=by, at=at):
            tell_writers("name_taken_off", post=post, by=by, at=at, name=row.author.name)


def open_invitation(*, token: str, at: dt.datetime) -> Invitation | None:
    """Find the invitation of a link, and note the first time that it was opened. Nothing else changes."""
    found = Invitation.objects.filter(token_hash=hash_of(token)).select_related("post", "author").first()
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
        if is_writer_of(by, post):
            raise InvitationClosedError(_("Your name is on this piece already, so there is nothing to accept."))
        # The condition repeats what the lock promises, for databases that have no row locks
        if not Invitation.objects.unanswered().filter(pk=row.pk).update(accepted_at=at, accepted_by=by):
            raise InvitationClosedError(_("This invitation was already accepted."))
        Identity.objects.create(author=row.author, user=by)
        join_known_name(post=post, author=row.author, by=by, at=at)
        tell_editors("invitation_accepted", post=post, by=by, at=at)
        tell_writers("co_author_joined", post=post, by=by, at=at)
    invitation.refresh_from_db()
    return post


def decline(*, invitation: Invitation, at: dt.datetime, reason: str = "") -> None:
    """Decline an invitation: no account is needed. The piece stays with the editor, who gets a letter.

    A co-author's name goes off the byline, and the other writers get a letter as well.
    """
    with transaction.atomic():
        post = Post.objects.locked(invitation.post_id)
        row = Invitation.objects.locked(invitation.pk)
        require_open(row, at)
        row.declined_at = at
        row.save(update_fields=["declined_at"])
        if bylines.goes_off(post, row.author, by=None, at=at):
            tell_writers("co_author_declined", post=post, by=None, at=at, name=row.author.name)
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
        close(invitation, at)
        bylines.goes_off(post, invitation.author, by=None, at=at)


def require_inviter(invitation: Invitation, by: "User") -> None:
    """Raise PermissionDenied unless the account may edit the piece, or is the writer of it who invited."""
    is_own = invitation.invited_by_id == by.pk and is_writer_of(by, invitation.post)
    if not is_own:
        require_editor_of(by, invitation.post)


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
