"""Who may do what. When it may be done is the table's business (`blog.states`).

An account may have limits (`Remit`): it then reviews and edits the pieces of its categories and those that it looks
after, and publishes the pieces of its categories alone. With a piece at hand ask the functions that end in `_of`.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, prefetch_related_objects
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


def is_administrator(user: "User") -> bool:
    """Whether the account may change the masthead and the templates of letters."""
    return user.is_active and user.has_perm("blog.run_blog")


def may_begin(user: "User") -> bool:
    """Whether the account is on the staff, and so may begin a piece of its own without being invited."""
    return user.is_active and (user.has_perm("blog.write_pieces") or user.has_perm("blog.edit_pieces"))


def limits_of(user: "User") -> frozenset[int] | None:
    """Return the keys of the categories that the account is limited to; None without limits.

    Read once for each account at hand. An administrator of everything has none.
    """
    if user.is_superuser:
        return None
    prefetch_related_objects([user], "remits")
    return frozenset(remit.category_id for remit in user.remits.all()) or None


def in_limits(user: "User", *, of: str = "") -> Q:
    """Return the condition that a piece is one that an editor with this account may edit.

    `of` names the piece where other rows are asked for: `in_limits(user, of="post")` is for letters or comments.
    """
    limits = limits_of(user)
    if limits is None:
        return Q()
    path = f"{of}__" if of else ""
    return Q(**{f"{path}category__in": limits}) | Q(**{f"{path}editor": user.pk})


def is_in_limits(user: "User", post: Post) -> bool:
    """Say of a piece at hand what `in_limits` says of pieces in the database."""
    limits = limits_of(user)
    return limits is None or post.category_id in limits or post.editor_id == user.pk


def is_editor_of(user: "User", post: Post) -> bool:
    """Whether the account may review and edit this piece: within its limits, or because it looks after the piece."""
    return is_editor(user) and is_in_limits(user, post)


def is_publisher_of(user: "User", post: Post) -> bool:
    """Whether the account may publish, correct and retract this piece: within its limits alone."""
    if not is_publisher(user):
        return False
    limits = limits_of(user)
    return limits is None or post.category_id in limits


def may_see_identities(user: "User") -> bool:
    """Whether the account may look behind a pen name. No role says so: it is given to each account explicitly."""
    if not user.is_superuser:
        return user.is_active and user.has_perm("blog.see_identities")
    given = Permission.objects.filter(content_type__app_label="blog", codename="see_identities")
    return user.is_active and given.filter(Q(user=user) | Q(group__user=user)).exists()


def is_writer_of(user: "User", post: Post) -> bool:
    """Whether one of the account's names is on the byline."""
    return user.is_active and Byline.objects.filter(post=post, author__identity__user=user).exists()


def may_read_draft(user: "User", post: Post) -> bool:
    """Whether the account may see what is not published: its writers and the editors."""
    return is_editor_of(user, post) or is_writer_of(user, post)


def is_party(user: "User", post: Post, party: Party) -> bool:
    """Whether the account is on that side of the piece."""
    if party is Party.WRITER:
        return is_writer_of(user, post)
    return is_editor_of(user, post) if party is Party.EDITOR else is_publisher_of(user, post)


def may_make(user: "User", post: Post, kind: MoveKind) -> bool:
    """Whether the account is one of those who may ever make this move on this piece."""
    return any(is_party(user, post, party) for party in MOVES[kind].parties)


def require_editor(user: "User") -> None:
    """Raise PermissionDenied unless the account may edit pieces."""
    if not is_editor(user):
        raise PermissionDenied(_("Only editors can do this."))


def require_editor_of(user: "User", post: Post) -> None:
    """Raise PermissionDenied unless the account may edit this piece."""
    if not is_editor_of(user, post):
        raise PermissionDenied(_("Only editors of this piece can do this."))


def require_publisher(user: "User") -> None:
    """Raise PermissionDenied unless the account may publish pieces."""
    if not is_publisher(user):
        raise PermissionDenied(_("Only editors who publish can do this."))


def require_publisher_of(user: "User", post: Post) -> None:
    """Raise PermissionDenied unless the account may publish this piece."""
    if not is_publisher_of(user, post):
        raise PermissionDenied(_("Only editors who publish in this category can do this."))


def require_administrator(user: "User") -> None:
    """Raise PermissionDenied unless the account may change the masthead and the templates of letters."""
    if not is_administrator(user):
        raise PermissionDenied(_("Only administrators can do this."))


def require_move(user: "User", post: Post, kind: MoveKind) -> None:
    """Raise PermissionDenied unless the account may ever make this move on this piece."""
    if not may_make(user, post, kind):
        raise PermissionDenied(_("You can’t do this to the piece."))
