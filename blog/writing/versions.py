"""Every version of a text: read one, compare any two, go on with an earlier one."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.changes import side_by_side
from blog.desk.keys import key_in
from blog.editorial import drafting
from blog.editorial.drafting import ConflictError, Text
from blog.editorial.letters.writing import name_in, names_around
from blog.models import Post, Revision
from blog.states import MoveKind
from blog.writing.access import desk_page, is_on_the_desk, own_piece
from blog.writing.marked import marked_changes
from blog.writing.merging import show_conflict

if TYPE_CHECKING:
    from accounts.models import User
    from blog.writing.access import WriterRequest

# The page saves while one writes; saves this close together are one sitting
SITTING = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class Version:
    """A version in the list: who wrote it, and what became of it."""

    revision: Revision
    name: str
    marks: list[str]


@require_safe
@desk_page
def versions(request: "WriterRequest", pk: int) -> HttpResponse:
    """List the versions of a text, newest first: one a sitting, or with `?every=1` every save.

    With `?old=…&new=…` it leads on to the comparison of the two.
    """
    post = own_piece(request.user, pk)
    if "old" in request.GET or "new" in request.GET:
        old, new = (_own_revision(post, request.GET.get(name, "")) for name in ("old", "new"))
        return redirect("writing:compare", post.pk, old.pk, new.pk)
    revisions = list(
        Revision.objects.filter(post=post).select_related("written_by").defer("body", "introduction").order_by("number")
    )
    names, marks = names_around(post), _marks(post, revisions)
    shows_every = "every" in request.GET
    listed = [
        Version(revision, _name(revision, names, request.user), marks.get(revision.pk, []))
        for revision, following in zip(revisions, [*revisions[1:], None], strict=True)
        if shows_every or revision.pk in marks or _ends_a_sitting(revision, following)
    ]
    context = {
        "post": post,
        "versions": listed[::-1],
        "left_out": len(revisions) - len(listed),
        "shows_every": shows_every,
        "section": "pieces",
    }
    return render(request, "writing/versions.html", context)


@require_safe
@desk_page
def version(request: "WriterRequest", pk: int, revision: int) -> HttpResponse:
    """Show one version to read."""
    post = own_piece(request.user, pk)
    text = _own_revision(post, revision)
    context = {
        "post": post,
        "text": text,
        "name": _name(text, names_around(post), request.user),
        "may_use": text.pk != post.working_id and is_on_the_desk(post, request.user),
        "section": "pieces",
    }
    return render(request, "writing/version.html", context)


@require_safe
@desk_page
def compare(request: "WriterRequest", pk: int, old: int, new: int) -> HttpResponse:
    """Show one version with what changed in it since another."""
    post = own_piece(request.user, pk)
    return _comparison(request, post, old=_own_revision(post, old), new=_own_revision(post, new))


@require_POST
@desk_page
def use(request: "WriterRequest", pk: int, revision: int) -> HttpResponse:
    """Go on with another version: its words become the newest text, and the one before is kept too."""
    post = own_piece(request.user, pk)
    chosen = _own_revision(post, revision)
    seen = request.POST.get("based_on", "")
    based_on = _own_revision(post, seen).pk if seen else post.working_id
    text = Text(title=chosen.title, standfirst=chosen.standfirst, body=chosen.body)
    try:
        drafting.save_text(post=post, text=text, by=request.user, at=timezone.now(), based_on=based_on)
    except ConflictError as conflict:
        return show_conflict(request, post, conflict)
    return redirect("writing:piece", post.pk)


def _comparison(request: "WriterRequest", post: Post, *, old: Revision, new: Revision) -> HttpResponse:
    names = names_around(post)
    working = post.working
    other = new if working and working.pk == old.pk else old if working and working.pk == new.pk else None
    if working is None or other is None or other.pk == working.pk or not is_on_the_desk(post, request.user):
        other = None
    context = {
        "post": post,
        "old": old,
        "new": new,
        "old_name": _name(old, names, request.user),
        "new_name": _name(new, names, request.user),
        "marked": marked_changes(old, new),
        "rows": side_by_side(old.body, new.body) if request.GET.get("view") == "side" else [],
        "view": "side" if request.GET.get("view") == "side" else "inline",
        "other": other,
        "other_is_mine": other and working and other.written_by_id == request.user.pk != working.written_by_id,
        "other_is_newer": other and working and other.number > working.number,
        "section": "pieces",
    }
    return render(request, "writing/compare.html", context)


def _own_revision(post: Post, key: int | str) -> Revision:
    """Return a version of this very piece; a version of another does not exist here (404)."""
    revisions = Revision.objects.select_related("written_by", "introduced_by")
    return get_object_or_404(revisions, post=post, pk=key_in(str(key)))


def _name(revision: Revision, names: dict[int, str], reader: "User") -> str:
    if revision.written_by_id == reader.pk:
        return _("You")
    return name_in(names, revision.written_by)


def _ends_a_sitting(revision: Revision, following: Revision | None) -> bool:
    return (
        following is None
        or following.written_by_id != revision.written_by_id
        or following.written_at - revision.written_at > SITTING
    )


def _marks(post: Post, revisions: list[Revision]) -> dict[int, list[str]]:
    """Say what versions are known for: sent, live, being worked on, or kept beside another after a conflict."""
    marks: dict[int, list[str]] = {}

    def add(key: int | None, mark: str) -> None:
        if key and mark not in marks.setdefault(key, []):
            marks[key].append(mark)

    based_on = {revision.pk: revision.based_on_id for revision in revisions}
    line: set[int] = set()
    key = post.working_id
    while key and key not in line:
        line.add(key)
        key = based_on.get(key)
    add(post.working_id, _("Newest"))
    add(post.live_id, _("Readers see this"))
    for made in post.moves.all():
        if made.kind == MoveKind.SUBMIT:
            add(made.revision_id, _("Sent to the editor"))
    for revision in revisions:
        if revision.pk not in line:
            add(revision.pk, _("Kept beside the text"))
    return marks
