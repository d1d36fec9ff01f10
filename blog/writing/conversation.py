"""What writers and editors of a piece said to each other: messages, and the reasons of moves, in one thread."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from blog.editorial.letters.writing import name_in, names_around
from blog.models import Post

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Remark:
    """One thing that was said, under the name that holds around the piece."""

    name: str
    at: dt.datetime
    text: str
    about: str = ""


def so_far(post: Post, *, reader: "User") -> list[Remark]:
    """Return what was decided about a piece, oldest first: each move, who made it, and the reason if there is one."""
    names = names_around(post)
    return [
        Remark(
            _("You") if made.by_id == reader.pk else name_in(names, made.by),
            made.at,
            made.reason,
            made.get_kind_display(),
        )
        for made in post.moves.all()
    ]


def conversation(post: Post, *, reader: "User") -> list[Remark]:
    """Return everything that was said about a piece, oldest first; the reader is “you”."""
    names = names_around(post)

    def name(user: "User | None") -> str:
        return _("You") if user and user.pk == reader.pk else name_in(names, user)

    remarks = [Remark(name(message.by), message.at, message.text) for message in post.messages.all()]
    remarks += [
        Remark(name(made.by), made.at, made.reason, made.get_kind_display()) for made in post.moves.all() if made.reason
    ]
    return sorted(remarks, key=lambda remark: remark.at)
