"""Who may do what. When it may be done is the table's business (`blog.states`)."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from blog.models import Byline, Post
from blog.states import MOVES, MoveKind, Party

if TYPE_CHECKING:
    from accounts.models import User


def is_editor(user: "User") -> bool:
    """Whether the account may invite, review and edit."""
    return user.is_active and user.has_perm("blog.edit_pieces")


def is_publisher(user: "User") -> bool:
    """Whether the account may publish, correct and retract."""
    return user.is_active and user.has_perm("blog.publish_pieces")


def may_see_identities(user: "User") -> bool:
    """Whether the account may look behind a pen name."""
    return user.is_active and user.has_perm("blog.see_identities")


def is_writer_of(user: "User", post: Post) -> bool:
    """Whether one of the account's names is on the byline."""
    return user.is_active and Byline.objects.filter(post=post, author__identity__user=user).exists()


def may_read_draft(user: "User", post: Post) -> bool:
    """Whether the account may see what is not published: its writers and the editors."""
    return is_editor(user) or is_writer_of(user, post)


def is_party(user: "User", post: Post, party: Party) -> bool:
    """Whether the account is on that side of the piece."""
    if party is Party.WRITER:
        return is_writer_of(user, post)
    return is_editor(user) if party is Party.EDITOR else is_publisher(user)


def may_make(user: "User", post: Post, kind: MoveKind) -> bool:
    """Whether the account is one of those who may ever make this move on this piece."""
    return any(is_party(user, post, party) for party in MOVES[kind].parties)


def require_editor(user: "User") -> None:
    """Raise PermissionDenied unless the account may edit pieces."""
    if not is_editor(user):
        raise PermissionDenied(_("Only editors can do this."))


def require_publisher(user: "User") -> None:
    """Raise PermissionDenied unless the account may publish pieces."""
    if not is_publisher(user):
        raise PermissionDenied(_("Only editors who publish can do this."))


def require_move(user: "User", post: Post, kind: MoveKind) -> None:
    """Raise PermissionDenied unless the account may ever make this move on this piece."""
    if not may_make(user, post, kind):
        raise PermissionDenied(_("You can’t do this to the piece."))
