"""What the review page says beside each button of the letters that it sends."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.desk.words import listed
from blog.editorial.letters.writing import editors_to_tell, writers_to_tell
from blog.editorial.permissions import is_writer_of
from blog.models import Post
from blog.states import MoveKind

if TYPE_CHECKING:
    from accounts.models import User

# Their letters wait some minutes, in which they can be changed
WAITS = {
    MoveKind.ASK_FOR_CHANGES,
    MoveKind.ACCEPT,
    MoveKind.DECLINE,
    MoveKind.GO_AHEAD,
    MoveKind.EDIT,
    MoveKind.RETRACT,
    MoveKind.REOPEN,
}


def who_hears(kind: MoveKind, post: Post, by: "User", *, side: str) -> str:
    """Say who gets a letter now, and what becomes of an invitation that nobody has answered."""
    if kind is not MoveKind.WITHDRAW:
        return _told(side, post, by, waits=kind in WAITS)
    is_own = is_writer_of(by, post)
    told = _told("editors" if is_own else "writers", post, by, waits=not is_own)
    if post.invitations.unanswered().exists():
        return _("The invitation is taken back. {letters}").format(letters=told)
    return told


def _told(side: str, post: Post, by: "User", *, waits: bool = False) -> str:
    if side == "nobody":
        return _("Nobody gets a letter.")
    if side == "editors":
        return _editors_told(post, by)
    names = list(writers_to_tell(post, by).values())
    if not names:
        return _("Nobody gets a letter: no other writer has an account yet.")
    if waits and settings.LETTER_MINUTES:
        sentence = ngettext(
            "{names} gets a letter in {minutes} minutes.", "{names} get a letter in {minutes} minutes.", len(names)
        )
        return sentence.format(names=listed(names), minutes=settings.LETTER_MINUTES)
    sentence = ngettext("{names} gets a letter now.", "{names} get a letter now.", len(names))
    return sentence.format(names=listed(names))


def _editors_told(post: Post, by: "User") -> str:
    told = editors_to_tell(post, by)
    if post.editor in told:
        return _("{name} gets a letter now.").format(name=post.editor.display_name)
    return _("The editors get a letter now.") if told else _("Nobody gets a letter: you look after it yourself.")
