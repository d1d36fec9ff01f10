"""Where the search begins: every route of the site, in every place where something of the person's can stand."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.urls import NoReverseMatch

from blog.models import Letter, Post
from tests.addresses import path_of, routes
from tests.pen_names.life import Life
from tests.world import World


def seeds(world: Life) -> list[str]:
    """Return the addresses of all routes: for each piece of the person's first, then of the world they live in.

    They come from the URL configuration. A route without a row in tests/addresses.py is a KeyError here.
    """
    found: dict[str, None] = {}
    for around in [*_each_piece(world), world]:
        for name in routes():
            try:
                found[path_of(name, around)] = None
            except (NoReverseMatch, AttributeError, IndexError):
                if around is world:
                    raise
    return list(found)


def _each_piece(world: Life) -> Iterator[World]:
    """Yield the world with each piece of the person's in the places of its three pieces, and what hangs on it."""
    for post in world.pieces:
        piece = Post.objects.get(pk=post.pk)
        hanging = {
            "author": piece.bylines.filter(author__is_pen_name=True).first(),
            "invitation": piece.invitations.first(),
            "letter": Letter.objects.filter(post=piece).first(),
            "note": piece.notes.first(),
            "proposal": piece.proposals.first(),
            "comment": world.comment,
            "pitch": world.pitch,
            "reader": world.keeper,
        }
        hanging["author"] = hanging["author"] and hanging["author"].author
        places = {name: row for name, row in hanging.items() if row is not None}
        yield SimpleNamespace(**{**vars(world), "proof": piece, "submitted": piece, "out": piece, **places})
