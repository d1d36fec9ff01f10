"""The public names themselves, apart from any one piece: what an editor puts right about them."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from blog import keys
from blog.editorial.names.bylines import void_sign_offs
from blog.editorial.names.identity import (
    AS_IT_IS,
    BylineDetails,
    Portrait,
    clean_appearance,
    free_slug,
    is_slug_of,
    require_pen_name_kept,
    write_down,
)
from blog.editorial.permissions import require_editor
from blog.editorial.subscriptions import moving
from blog.editorial.upkeep import addresses, search_index
from blog.editorial.upkeep.purges import mark
from blog.models import Author, Byline, Post
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User


def describe(
    *, author: Author, details: BylineDetails, by: "User", at: dt.datetime, portrait: Portrait = AS_IT_IS
) -> Author:
    """Change what the blog says about a public name, everywhere that the name appears.

    In this order: checks who may (PermissionDenied), details and portrait (IncompleteError, by field), and that a pen
    name is not ended by somebody else (EditorialRefusal), writes them, records that pages with the name are out of
    date, and voids the sign-offs of pieces that are not out yet, if the name changed. The role under each piece stays
    as it was when the piece was written. A pen name never keeps the address of another name, for that would give it
    away, and for the same reason loses who followed it by mail; any other name keeps its address once readers know it.
    """
    require_editor(by)
    with transaction.atomic():
        details, picture = clean_appearance(details, portrait, by=by, at=at)
        # Locked before the name, in the same order as a sign-off and a change of one byline
        on = list(Byline.objects.filter(author=author).values_list("post_id", flat=True))
        posts = Post.objects.select_for_update(of=("self",)).filter(pk__in=on).order_by("pk")
        unsigned = [post for post in posts if post.state in {State.IN_PROOF, State.READY}]
        row = Author.objects.select_for_update(of=("self",)).get(pk=author.pk)
        require_pen_name_kept(row, details, by=by)
        has_new_name = details.name != row.name
        has_changed = has_new_name or details.is_pen_name != row.is_pen_name
        is_known = row.bylines.filter(post__live__isnull=False).exists()
        # Also where the name was changed some time before, and the address kept
        tells_old_name = has_changed and details.is_pen_name and not is_slug_of(row.slug, details.name)
        if tells_old_name or (has_new_name and not is_known):
            row.slug = free_slug(details.name)
        if details.is_pen_name:
            addresses.forget(kind="author", target=row.pk)
            if has_changed:
                moving.drop_followers(row)
        write_down(row, details, portrait, picture)
        mark(keys.author(row.pk), keys.AUTHORS, at=at)
        if has_changed:
            for post in unsigned:
                void_sign_offs(post, by=by, at=at)
            search_index.keep(on, at=at)
    return row
