"""What each role may do, as questions to the functions that decide it. docs/roles.md has the answers as a table."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.commenting.permissions import is_moderator
from accounts.models import User
from accounts.roles import Role, administers
from accounts.verifying.listing import may_edit_list
from blog.editorial.names import mergers
from blog.editorial.permissions import (
    is_administrator,
    is_editor,
    is_editor_of,
    is_publisher,
    is_publisher_of,
    may_begin,
    may_make,
    may_read_draft,
    may_see_identities,
)
from blog.models import Post
from blog.states import MoveKind

Asked = Callable[[User, Post], bool]


@dataclass(frozen=True)
class Line:
    """One line of the table: in words, and the question. `is_limited`: an editor's limits to categories hold for it."""

    words: str
    asked: Asked
    is_limited: bool = True


def _moves(*kinds: MoveKind) -> Asked:
    return lambda user, post: all(may_make(user, post, kind) for kind in kinds)


def _in_admin(user: User, _post: Post) -> bool:
    return user.is_staff


TABLE = [
    Line("Begin pieces of one’s own", lambda user, _post: may_begin(user), is_limited=False),
    Line("Work in the admin", _in_admin, is_limited=False),
    Line("Read what others have not published yet", may_read_draft),
    Line("Invite, review, edit, decline, make the proof, hand over", is_editor_of),
    Line("Ask for changes, accept, decline", _moves(MoveKind.ASK_FOR_CHANGES, MoveKind.ACCEPT, MoveKind.DECLINE)),
    Line("Approve and take down comments, block, answer complaints", lambda user, _post: is_moderator(user)),
    Line("Read which domains give the badge of a public servant", lambda user, _post: is_editor(user), False),
    Line("Publish, schedule, unschedule", _moves(MoveKind.PUBLISH, MoveKind.UNSCHEDULE)),
    Line("Set holds on publishing", lambda user, _post: is_publisher(user), is_limited=False),
    Line("Go ahead without the sign-off, with a reason", _moves(MoveKind.GO_AHEAD)),
    Line("Correct, retract, reinstate", _moves(MoveKind.CORRECT, MoveKind.RETRACT, MoveKind.REINSTATE)),
    Line("Withhold an earlier text from readers", is_publisher_of),
    Line("Hold, send again and cancel letters to followers", is_publisher_of),
    Line("Merge two names", lambda user, _post: mergers.may_merge(user)),
    Line("Change the masthead and the templates of letters", lambda user, _post: is_administrator(user), False),
    Line("Find out what one mail address follows, and end it", lambda user, _post: is_administrator(user), False),
    Line("Change which domains give the badge", lambda user, _post: may_edit_list(user), False),
    Line("Give roles, limit editors to categories, close accounts", lambda user, _post: administers(user), False),
    Line("Take somebody’s second factors away", lambda user, _post: administers(user), False),
    Line("Look behind a pen name", lambda user, _post: may_see_identities(user), False),
]


def written(may: Callable[[Role, Line], bool]) -> str:
    """Return the table in Markdown."""
    head = ["| | " + " | ".join(str(role.label) for role in Role) + " |", "|---" * (len(Role) + 1) + "|"]
    rows = [
        f"| {line.words} | " + " | ".join("yes" if may(role, line) else "–" for role in Role) + " |" for line in TABLE
    ]
    return "\n".join([*head, *rows]) + "\n"
