"""Writing together: who is invited onto a byline, in which order the names stand, and how one comes off again."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial import invitations
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.names import bylines
from blog.editorial.names.identity import names_of, new_author
from blog.editorial.permissions import is_editor_of, is_writer_of, require_editor_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, FormerName, Identity, Invitation, Post
from blog.prose import ADDRESS, clean_text

if TYPE_CHECKING:
    from accounts.models import User

MOST_NAMES = 8
MOST_INVITATIONS = 10  # That writers can send for one piece, those taken back included
MAX_NOTE = 2000


def invite(*, post: Post, name: str, email: str, by: "User", at: dt.datetime, note: str = "") -> Invitation:
    """Invite somebody to write a piece together with those who are on its byline.

    A writer of the piece or an editor can, before publication (PermissionDenied, EditorialRefusal). In one transaction:
    checks name and address (IncompleteError, by field), puts the name at the end of the byline, voids the sign-offs,
    sends the invitation, and tells the other writers and the editor.
    """
    _require_writer_or_editor(post, by)
    name, email = invitations.clean_address(name, email)
    note = clean_text(note)
    with transaction.atomic():
        row = _locked_before_publication(post)
        _check(row, name=name, email=email, note=note, by=by)
        author = new_author(name=name)
        bylines.add(row, author)
        signs_again = bylines.void(row, by=by, at=at) is not None
        invitation = invitations.send(post=row, author=author, name=name, email=email, note=note, by=by, at=at)
        tell_writers("co_author_invited", post=row, by=by, at=at, name=author.name, signs_again=signs_again)
        tell_editors("co_author_invited", post=row, by=by, at=at, name=author.name, signs_again=signs_again)
    post.refresh_from_db()
    return invitation


def move_name(*, post: Post, author: int, places: int, seen: str, by: "User", at: dt.datetime) -> None:
    """Move a name some places down the byline, or up for a number below 0; at the end of it nothing changes.

    `seen` is the hash of the byline that was looked at (BylineHasChangedError if it is another by now). The sign-offs
    given before are void, and the writers who would have to sign again are told.
    """
    _require_writer_or_editor(post, by)
    with transaction.atomic():
        row = _locked_before_publication(post)
        bylines.require_seen(row, seen)
        before = [one.author_id for one in bylines.names_on(row)]
        if author not in before:
            raise EditorialRefusal(_("This name is not on the byline any more."))
        after = [one for one in before if one != author]
        after.insert(max(0, before.index(author) + places), author)
        if after == before:
            return
        bylines.put_in_order(row, after)
        bylines.void_sign_offs(row, by=by, at=at)
    post.refresh_from_db()


def leave(*, post: Post, by: "User", at: dt.datetime) -> None:
    """Take one's own name off a piece before it is published. The text stays, and the others are told.

    Refused to the last one who writes it: a piece is withdrawn, it never loses its writers. What was done under the
    name stays under it.
    """
    if not is_writer_of(by, post):
        raise PermissionDenied(_("Your name is not on this piece."))
    with transaction.atomic():
        row = _locked_before_publication(post)
        own = names_of(by, row)
        others = Identity.objects.filter(author__bylines__post=row).exclude(user=by)
        if not others.exists():
            raise EditorialRefusal(_("Nobody else writes this piece. Withdraw it if you do not want it published."))
        # While the name is still there, so that it stands in the history and in the letters, and not the account's
        signs_again = bylines.void(row, by=by, at=at) is not None
        for author in own:
            tell_writers("co_author_left", post=row, by=by, at=at, name=author.name, signs_again=signs_again)
            tell_editors("co_author_left", post=row, by=by, at=at, name=author.name, signs_again=signs_again)
            FormerName.objects.create(post=row, author=author, left_at=at)
            bylines.take_off(row, author, at=at)
        Post.objects.filter(pk=row.pk).update(has_former_names=True)
    post.refresh_from_db()


def take_name_off(*, post: Post, author: Author, by: "User", at: dt.datetime) -> None:
    """Take the name of somebody who has not accepted off the byline, as an editor; the writers are told.

    Their invitation stops working. Whoever has accepted takes their name off by themselves, and the last name stays.
    """
    require_editor_of(by, post)
    with transaction.atomic():
        row = _locked_before_publication(post)
        names = [one.author_id for one in bylines.names_on(row)]
        if author.pk not in names:
            raise EditorialRefusal(_("This name is not on the byline any more."))
        if Identity.objects.filter(author=author).exists():
            raise EditorialRefusal(_("{name} writes this piece. Only they can take the name off.").format(name=author))
        if len(names) == 1:
            raise EditorialRefusal(
                _("This is the last name on the piece. Withdraw the piece, or invite somebody first.")
            )
        for invitation in row.invitations.unanswered().filter(author=author):
            invitations.close(invitation, at)
        bylines.void(row, by=by, at=at)
        bylines.take_off(row, author, at=at)
        tell_writers("name_taken_off", post=row, by=by, at=at, name=author.name)
    post.refresh_from_db()


def _require_writer_or_editor(post: Post, by: "User") -> None:
    if not (is_writer_of(by, post) or is_editor_of(by, post)):
        raise PermissionDenied(_("Only the writers and the editors of the piece can change its byline."))


def _locked_before_publication(post: Post) -> Post:
    row = Post.objects.locked(post.pk)
    if not row.is_unpublished:
        raise EditorialRefusal(_("The byline can’t be changed now. Write to the editors."))
    return row


def _check(post: Post, *, name: str, email: str, note: str, by: "User") -> None:
    """Raise IncompleteError for what is wrong with an invitation. Nothing here tells whose a pen name is.

    Whoever accepted is known by the public name alone, so their address is never compared with the typed one.
    """
    errors: dict[str, str] = {}
    names = bylines.names_on(post)
    if any(one.author.name.casefold() == name.casefold() for one in names):
        errors["name"] = _("This name is on the byline already.")
    if ADDRESS.search(name):
        # The letter greets by it, outside the words that it sets apart as the writer's own
        errors["name"] = _("Write a name, without a web address.")
    if email == by.email:
        errors["email"] = _("This is your own address.")
    elif post.invitations.unanswered().filter(email=email).exists():
        errors["email"] = _("This address has an invitation to this piece already.")
    if len(note) > MAX_NOTE:
        errors["note"] = _("Shorten the note to {most} characters.").format(most=MAX_NOTE)
    if len(names) >= MOST_NAMES:
        errors["name"] = _("A piece can have {most} names. Take one off first.").format(most=MOST_NAMES)
    sent = post.invitations.filter(invited_by=by).count()
    if not is_editor_of(by, post) and sent >= MOST_INVITATIONS:
        errors["email"] = _("You have sent {most} invitations to this piece. Ask the editors to send the next.").format(
            most=MOST_INVITATIONS
        )
    if errors:
        raise IncompleteError(errors)
