"""What was elsewhere once, and where it is now; and what was taken down."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.db.models import F
from django.urls import reverse

from blog.editorial.upkeep import addresses, old_paths
from blog.editorial.upkeep.addresses import TakenDownError
from blog.models import ArrivalKind, OldAddress, OldPath, Post
from blog.plain_files.addresses import visible_pieces
from blog.plain_files.folder import is_safe
from blog.states import State

KINDS = {"category", "tag", "series", "author"}
HAVE_FEEDS = {"post", *KINDS}


@dataclass
class Moves:
    """Old paths, decoded, with the paths that they lead to; those of what was taken down; and rules for beginnings.

    A path may hold a question (`/?p=7`). `below` are paths, with a slash at the end, under which all has moved along.
    """

    to: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)
    taken_down: set[str] = field(default_factory=set)

    def add(self, path: str, to: str) -> None:
        """Add an old path, unless it is where it leads to."""
        if is_here(to) and path.rstrip("/") != unquote(to).rstrip("/"):
            self.to.setdefault(path, to)

    def add_below(self, path: str, to: str) -> None:
        """Add the beginning of old paths; what follows it stays."""
        if is_here(to) and path.strip("/") and not to.startswith(path):
            self.below.setdefault(f"{path.rstrip('/')}/", f"{to.rstrip('/')}/")

    def without_what_was_taken_down(self) -> "Moves":
        """Return those that lead to something that readers may see."""
        to = {old: new for old, new in self.to.items() if new not in self.taken_down}
        return Moves(to, {old: new for old, new in self.below.items() if new not in self.taken_down})


def is_here(to: str) -> bool:
    """Whether an address can't lead to another site: browsers read two slashes, or a slash and its mirror, as that."""
    return to.startswith("/") and to[1:2] not in {"/", "\\"} and to.isprintable()


def moves(*, moment: dt.datetime) -> Moves:
    """Return all old paths that lead to something readers may see, or to what was taken down."""
    found = Moves()
    retracted = Post.objects.filter(state=State.RETRACTED, published_at__lte=F("state_since")).order_by("pk")
    gone = {post.pk: post.get_absolute_url() for post in retracted.only("slug", "published_at")}
    found.taken_down = set(gone.values())
    known = {**gone, **{post.pk: post.get_absolute_url() for post in visible_pieces(moment)}}
    for row in OldAddress.objects.order_by("kind", "slug").iterator():
        to = _present(row.kind, row.target, known, moment)
        for path in _old(row, to):
            found.add(path, to)
            found.add_below(path, to)
    for old in OldPath.objects.order_by("path").iterator():
        if old.path.endswith("*"):
            found.add_below(old.path.removesuffix("*"), old.to)
            continue
        to = _leads_to(old, known, moment)
        if to:
            found.add(old.path, to)
            if old.kind in HAVE_FEEDS and "?" not in old.path and to not in found.taken_down:
                found.add(f"{old.path}/feed", f"{to}feed/")
    return found


def page_of(path: str) -> str:
    """Return the name of the file that can stand at an old path and lead on, or nothing where there can be none."""
    name = path.strip("/")
    last = name.rpartition("/")[2]
    if "?" in path or not name or any(part.startswith(".") for part in name.split("/")):
        return ""
    found = name if last.endswith((".html", ".htm")) else f"{name}/index.html"
    return found if is_safe(found) and ("." not in last or found == name) else ""


def _old(row: OldAddress, to: str) -> Iterator[str]:
    """Yield where something was before it got the address that it has now."""
    if not to:
        return
    if row.kind == OldAddress.Kind.POST:
        yield to.rstrip("/").rpartition("/")[0] + f"/{row.slug}/"
    elif row.kind == OldAddress.Kind.PLAIN_PAGE:
        yield f"/{row.slug}/"
    elif row.kind in KINDS:
        yield reverse(f"reading:{row.kind}", args=[row.slug])


def _leads_to(row: OldPath, known: dict[int, str], moment: dt.datetime) -> str:
    if row.kind in {ArrivalKind.PICTURE, ArrivalKind.DOCUMENT}:
        path, _mark, question = row.path.partition("?")
        return old_paths.present(path, question=question, at=moment)
    return _present(row.kind, row.target, known, moment) if row.kind and row.target else row.to


def _present(kind: str, target: int, pieces: dict[int, str], moment: dt.datetime) -> str:
    if kind == OldAddress.Kind.POST:
        return pieces.get(target, "")
    try:
        return addresses.present_address(kind=kind, target=target, at=moment)
    except TakenDownError:
        return ""
