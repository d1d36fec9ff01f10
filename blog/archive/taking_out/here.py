"""The addresses of what goes out: where it is, and every old one that leads there."""

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from django.conf import settings

from blog.models import OldAddress, OldPath

AT_ONCE = 200
# What a path from elsewhere may hold as it is, the question among it (RFC 3986, 3.3 and 3.4)
PLAIN = "/?=&;:@!$'()*+,-._~"


def whole(path: str) -> str:
    """Return the whole address of a path on this site, as it stands in pages."""
    return f"{settings.SITE_URL}{path}"


def whole_old(path: str) -> str:
    """Return the whole address of a path as `OldPath` keeps it: decoded."""
    return whole(quote(path, safe=PLAIN))


def path_of(address: str) -> str:
    """Return the path of a whole address on this site."""
    return address.removeprefix(settings.SITE_URL)


def old_slugs(kind: str, targets: Sequence[int]) -> dict[int, list[str]]:
    """Return the last parts of the addresses that things had on this site, by their keys."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = OldAddress.objects.filter(kind=kind, target__in=targets).order_by("slug")
    for row in rows:
        found[row.target].append(row.slug)
    return found


def old_paths(kind: str, targets: Sequence[int]) -> dict[int, list[str]]:
    """Return the whole addresses from elsewhere that lead to things, by their keys."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in OldPath.objects.filter(kind=kind, target__in=targets).order_by("path"):
        found[row.target or 0].append(whole_old(row.path))
    return found


def addresses(kind: str, rows: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Return all whole addresses of things: the present one first. `rows` are their present paths by their keys.

    An old address on this site differs from the present one in its last part alone.
    """
    slugs, paths = old_slugs(kind, list(rows)), old_paths(kind, list(rows))
    found = {}
    for pk, path in rows.items():
        before = path.rstrip("/").rpartition("/")[0]
        here = [path, *(f"{before}/{slug}/" for slug in slugs[pk])] if path else []
        found[pk] = tuple(dict.fromkeys([*map(whole, here), *paths[pk]]))
    return found
