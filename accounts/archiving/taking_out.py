"""What readers see of discussions, for an archive that goes out: names and words, and nothing of the accounts."""

from collections.abc import Iterable

from accounts.models import Comment
from blog.archive.records import Remark, RemarkState
from blog.batches import in_batches

State = Comment.State
FIELDS = (
    *("written_at", "pk", "post_id", "parent_id", "parent__state", "replied_to_id", "replied_to__state"),
    *("author__slug", "author__name", "user__display_name", "text", "edited_at"),
)


def take_out(posts: Iterable[int]) -> dict[int, tuple[Remark, ...]]:
    """Return what readers see under pieces, by the piece's key, the oldest first. One query for some hundred pieces.

    A comment's key is its own here. One under a byline's name names that name, as `blog.archive.taking_out` does, so
    that it stands under the byline again where it comes in. What answers a comment that readers don't see goes out as
    an answer to the one above, or by itself.
    """
    found: dict[int, list[Remark]] = {}
    for some in in_batches(sorted(set(posts))):
        found.update({post: [] for post in some})
        rows = Comment.objects.public().filter(post__in=some).order_by().values_list(*FIELDS)
        # Sorted here, as a page does: an order in the question costs more
        for row in sorted(rows, key=lambda row: row[:2]):
            written_at, pk, post, top, top_state, answered, answered_state, slug, byline, name, text, edited_at = row
            above = answered if answered_state == State.APPROVED else top if top_state == State.APPROVED else None
            found[post].append(
                Remark(
                    key=str(pk),
                    name=byline or name,
                    text=text,
                    written_at=written_at,
                    parent=str(above or ""),
                    state=RemarkState.APPROVED,
                    person=f"author:{slug}" if slug else "",
                    edited_at=edited_at,
                )
            )
    return {post: tuple(remarks) for post, remarks in found.items()}
