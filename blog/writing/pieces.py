"""The first page of the desk: all pieces of a writer, whose turn comes first."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.editorial.permissions import may_begin
from blog.models import Post, Revision
from blog.states import MoveKind, State
from blog.writing.access import desk_page, with_history
from blog.writing.marked import marked_changes
from blog.writing.progress import Group, Progress, progress_of

if TYPE_CHECKING:
    from accounts.models import User
    from blog.writing.access import WriterRequest


@require_safe
@desk_page
def pieces(request: "WriterRequest") -> HttpResponse:
    """Show every piece that the account has a name on, in whatever state: none ever drops out of sight."""
    by_group = grouped(reader=request.user, at=timezone.now())
    context: dict[str, object] = {group.value: progresses for group, progresses in by_group.items()}
    context |= {"has_any": any(by_group.values()), "section": "pieces", "may_begin": may_begin(request.user)}
    return render(request, "writing/pieces.html", context)


def grouped(*, reader: "User", at: dt.datetime) -> dict[Group, list[Progress]]:
    """Return a writer's pieces under their headings: what is due first, then what moved last."""
    posts = list(with_history(Post.objects.held_by(reader)).order_by("-state_since", "-pk"))
    changes = _changes_in_proofs(posts)
    groups: dict[Group, list[Progress]] = {group: [] for group in Group}
    for post in posts:
        progress = progress_of(post, reader=reader, at=at, changes=changes.get(post.pk))
        groups[progress.said.group].append(progress)
    groups[Group.YOURS].sort(key=lambda progress: progress.post.due_date or dt.date.max)
    groups[Group.PUBLISHED].sort(key=lambda progress: progress.post.published_at or at, reverse=True)
    return groups


def _changes_in_proofs(posts: list[Post]) -> dict[int, int]:
    """Count the changes in each proof, with the texts of all of them in one query."""
    sent = {}
    for post in posts:
        if post.state == State.IN_PROOF:
            of_writer = [made.revision_id for made in post.moves.all() if made.kind == MoveKind.SUBMIT]
            sent[post.pk] = (of_writer[-1] if of_writer else None, post.working_id)
    texts = Revision.objects.in_bulk([key for pair in sent.values() for key in pair if key])
    return {pk: marked_changes(texts[old], texts[new]).total for pk, (old, new) in sent.items() if old and new}
