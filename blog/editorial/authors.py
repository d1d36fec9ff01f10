"""The public names themselves, apart from any one piece: what an editor puts right about them."""

from typing import TYPE_CHECKING

from django.db import transaction

from blog.editorial.identity import BylineDetails, clean_details, free_slug, void_sign_offs
from blog.editorial.permissions import require_editor
from blog.models import Author, Post
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User


def describe(*, author: Author, details: BylineDetails, by: "User") -> Author:
    """Change what the blog says about a public name, everywhere that the name appears.

    In this order: checks who may (PermissionDenied) and the details (IncompleteError), writes them, and voids the
    sign-offs of pieces that are not out yet, if the name changed. The role under each piece stays as it was when the
    piece was written. A name that becomes a pen name always gets a new address, for the old one would give it away;
    any other name keeps its address once readers know it.
    """
    require_editor(by)
    details = clean_details(details)
    with transaction.atomic():
        row = Author.objects.select_for_update(of=("self",)).get(pk=author.pk)
        has_new_name = details.name != row.name
        has_changed = has_new_name or details.is_pen_name != row.is_pen_name
        is_known = row.bylines.filter(post__live__isnull=False).exists()
        if has_new_name and (details.is_pen_name or not is_known):
            row.slug = free_slug(details.name)
        row.name, row.is_pen_name, row.about = details.name, details.is_pen_name, details.about
        row.role, row.organisation = details.role, details.organisation
        row.save(update_fields=["name", "slug", "is_pen_name", "about", "role", "organisation"])
        if has_changed:
            for post in Post.objects.filter(bylines__author=row, state__in=[State.IN_PROOF, State.READY]):
                void_sign_offs(post)
    return row
