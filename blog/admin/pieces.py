"""Finding the piece an address names, with everything around it that the desk's pages show."""

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.http import Http404

from blog.editorial.permissions import is_editor_of
from blog.models import Author, Byline, Post

if TYPE_CHECKING:
    from accounts.models import User


def piece_or_404(pk: int, *, by: "User") -> Post:
    """Return the piece with its text, its byline and who looks after it.

    Raises Http404 if there is none, and also where it is outside the editor's limits.
    """
    bylines = Byline.objects.select_related("author__identity__user", "author__portrait").order_by("position")
    posts = Post.objects.select_related(
        "working__introduced_by", "working__lead_picture", "live", "editor", "category", "series"
    )
    post = posts.prefetch_related(Prefetch("bylines", queryset=bylines)).filter(pk=pk).first()
    if post is None or not is_editor_of(by, post):
        raise Http404
    return post


def author_on(post: Post, author_pk: int) -> Author:
    """Return a name on the piece's byline; raise Http404 for one that isn't."""
    for byline in post.ordered_bylines():
        if byline.author_id == author_pk:
            return byline.author
    raise Http404
