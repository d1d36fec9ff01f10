"""What the admin's first page shows of the comments."""

from accounts.models import Comment


def held_comments(most: int) -> tuple[int, list[Comment]]:
    """Return how many comments wait, and the oldest of them, oldest first. Two queries."""
    held = Comment.objects.filter(state=Comment.State.HELD)
    rows = held.for_lists().order_by("written_at", "pk")
    return held.count(), list(rows[:most])
