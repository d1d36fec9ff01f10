"""How a comment will appear, before it is sent. Nothing is written."""

import datetime as dt

from accounts.commenting.posting import clean
from accounts.commenting.reading import Entry
from accounts.models import AccountPicture, Comment, User
from accounts.verifying import badges
from blog.editorial.names.identity import writes_as
from blog.editorial.permissions import is_editor
from blog.models import Post


def as_it_will_appear(*, post: Post, text: str, by: User, at: dt.datetime, parent: Comment | None = None) -> Entry:
    """Return a comment as readers would see it; raise IncompleteError like `posting.post_comment`."""
    author = writes_as(by, post)
    entry = Entry(0, author.name if author else by.display_name, clean(text), at)
    if author:
        entry.author_id = author.pk
    else:
        entry.is_editor = is_editor(by)
        entry.is_verified = by.pk in badges.are_verified({by.pk}, at)
        entry.face = next(iter(AccountPicture.objects.filter(user=by).values_list("file", flat=True)), "")
    if parent and parent.parent_id:
        entry.answers_id, entry.answers = parent.pk, parent.public_name
    return entry
