"""What the admin's first page shows of the comments: what waits, and formal complaints with their clocks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.admin import complaints, queue
from accounts.models import Comment, Complaint, User

MOST_SHOWN = 5


@dataclass(frozen=True)
class Clock:
    """A formal complaint on the first page."""

    complaint: Complaint
    title: str
    words: str
    is_over: bool


def held_comments(user: User, most: int) -> tuple[int, list[Comment]]:
    """Return how many comments wait for this moderator, and the oldest of them, oldest first. Two queries."""
    waiting = queue.waiting(user)
    return waiting.count(), list(waiting.for_lists()[:most])


def lists_for(user: User, at: dt.datetime) -> dict[str, Any]:
    """Return what waits of comments, held or reported, and the open complaints, the most urgent first."""
    total, held = held_comments(user, MOST_SHOWN)
    rows = complaints.visible_to(user).filter(state=Complaint.State.OPEN).order_by("due_at", "pk")
    clocks = [
        Clock(row, row.post.readers_title, complaints.clock(row, at), row.due_at < at) for row in rows[:MOST_SHOWN]
    ]
    open_ones = len(clocks) if len(clocks) < MOST_SHOWN else rows.count()
    return {"held_total": total, "held": held, "complaints": clocks, "complaints_total": open_ones}
