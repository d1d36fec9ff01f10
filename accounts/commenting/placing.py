"""On which page of a long discussion a comment stands. Decided once, so that its permalink never moves.

The oldest comments stand under the piece itself. A page takes new threads until it holds a hundred comments; the next
thread opens another page. Replies stay with their thread. What is taken down later leaves its page shorter, and shifts
nothing.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from django.db.models import Count

from accounts.models import Comment

FULL = 100
Key = TypeVar("Key", bound=Hashable)


def place(post_id: int) -> int:
    """Give those comments their page that readers see for the first time, and return how many pages there are.

    Two threads that come at the same moment may both get the last place of a page, which then holds one more.
    """
    comments = Comment.objects.filter(post_id=post_id)
    by_page = comments.public().filter(page__isnull=False).order_by().values_list("page").annotate(size=Count("pk"))
    sizes = dict(by_page)
    new = comments.public().filter(page__isnull=True).order_by("written_at", "pk")
    placed = pages_for(sizes, new.values_list("pk", "parent_id", "parent__page"))
    pages: dict[int, list[int]] = defaultdict(list)
    for pk, page in placed.items():
        pages[page].append(pk)
    for page, pks in pages.items():
        comments.filter(pk__in=pks).update(page=page)
    return max(sizes, default=1)


def pages_for(sizes: dict[int, int], new: Iterable[tuple[Key, Key | None, int | None]]) -> dict[Key, int]:
    """Return the pages of comments that readers see for the first time, and of what they stand under.

    Each comes with what it stands under and the page of that, if it has one; the oldest first. `sizes` says how many
    are on each page, and is brought up to date.
    """
    placed: dict[Key, int] = {}
    for one, top, its_page in new:
        # A thread that came with it; or one that stands later in the order than a reply to it
        page = its_page or placed.get(one if top is None else top)
        if page is None:
            page = _last(sizes)  # A new thread
        placed[one] = page
        if top is not None:
            # One that was taken down before it had a page still shows where it stood
            placed[top] = page
        sizes[page] = sizes.get(page, 0) + 1
    return placed


def _last(sizes: dict[int, int]) -> int:
    """Return the page for a new thread."""
    last = max(sizes, default=1)
    return last + 1 if sizes.get(last, 0) >= FULL else last
