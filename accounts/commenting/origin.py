"""Which comments came with the archive of another blog. They were written long ago, so nobody hears of them as news."""

from django.db.models import Q

from accounts.commenting.screening import CAME_WITH_AN_ARCHIVE
from accounts.models import Comment
from blog.models import Archive, Arrival

# As they waited over there. One that readers see and report waits for that
WAITS_SINCE_BEFORE = Q(state=Comment.State.HELD, held_because__0__why=CAME_WITH_AN_ARCHIVE)


def has_waited_before(comment: Comment) -> bool:
    """Whether a comment waited where it came from, also if it has been decided about since."""
    return any(reason.get("why") == CAME_WITH_AN_ARCHIVE for reason in comment.held_because[:1])


def archive_of(comment: Comment) -> Archive | None:
    """Return the archive that a comment came with, whoever has taken it over since; None for one written here."""
    row = Arrival.objects.filter(kind=Arrival.Kind.COMMENT, target=comment.pk).select_related("archive").first()
    return row.archive if row else None
