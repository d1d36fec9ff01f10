"""What the admin's first page shows of the comments."""

from accounts.models import Comment, User
from blog.editorial.permissions import in_limits


def held_comments(user: User, most: int) -> tuple[int, list[Comment]]:
    """Return how many comments wait for this moderator, and the oldest of them, oldest first. Two queries."""
    held = Comment.objects.filter(state=Comment.State.HELD).filter(in_limits(user, of="post"))
    rows = held.for_lists().order_by("written_at", "pk")
    return held.count(), list(rows[:most])
