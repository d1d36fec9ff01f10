"""Where things were in Ghost: the permalinks of `routes.yaml` and the settings, and `redirects.json` or `.yaml`."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from blog.archive.records import Loss, Moved
from blog.archive.sources.safe_yaml import YamlError, load_yaml
from blog.archive.sources.values import in_address, line, listed, mapping, on_site, text

USUAL = "/{slug}/"
PART = re.compile(r"\{([a-z_]+)\}|:([a-z_]+)")
PLAIN_PATH = re.compile(r"/[\w\-./~%+@,;=!']*")


@dataclass
class Routes:
    """Patterns of paths, with parts in braces."""

    pieces: list[str] = field(default_factory=list)
    tag: str = "/tag/{slug}/"
    author: str = "/author/{slug}/"


def read_routes(written: str, permalinks: str) -> Routes:
    """Return the patterns of `routes.yaml`, or of the setting `permalinks` that older versions have."""
    routes = Routes()
    try:
        found = mapping(load_yaml(written))
    except YamlError:
        found = {}
    for collection in mapping(found.get("collections")).values():
        if pattern := line(mapping(collection).get("permalink")):
            routes.pieces.append(pattern)
    if permalinks.startswith("/"):
        routes.pieces.append(permalinks)
    kinds = mapping(found.get("taxonomies"))
    routes.tag = line(kinds.get("tag")) or routes.tag
    routes.author = line(kinds.get("author")) or routes.author
    # What was first at /{slug}/ stays known by it: Ghost's own default
    routes.pieces = list(dict.fromkeys([*routes.pieces, USUAL]))[:20]
    return routes


def addresses(
    patterns: list[str], parts: dict[str, str], *, site: str, published_at: dt.datetime | None, home: dt.tzinfo
) -> tuple[str, ...]:
    """Return the addresses that patterns give, without those for which a part is missing."""
    known = {name: in_address(part) for name, part in parts.items()}
    if published_at:
        day = published_at.astimezone(home)
        known |= {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
    found = [
        on_site(site, PART.sub(lambda name: known[name[1] or name[2]], pattern))
        for pattern in patterns
        if all(known.get(name[0] or name[1]) for name in PART.findall(pattern))
    ]
    return tuple(dict.fromkeys(found))


def read_redirects(written: str, name: str, *, site: str) -> Iterator[Moved | Loss]:
    """Give what a file of redirects says. What isn't a plain path but a pattern is listed."""
    try:
        found: Any = json.loads(written) if name.endswith(".json") else load_yaml(written)
    except (ValueError, RecursionError, YamlError):
        yield Loss("redirects", name, "The file can't be read.")
        return
    rows = [(line(mapping(row).get("from")), line(mapping(row).get("to"))) for row in listed(found)]
    if isinstance(found, dict):
        rows = [
            (line(old), line(new)) for code in (301, 302, "301", "302") for old, new in mapping(found.get(code)).items()
        ]
    for old, new in rows:
        plain, is_prefix = _plain(old)
        if not plain or not new or "$" in new:
            yield Loss("redirect", f"{old} → {new}"[:200], "It is a pattern, which can't be kept as a path.")
        else:
            yield Moved(on_site(site, plain) + ("*" if is_prefix else ""), text(new))


def _plain(pattern: str) -> tuple[str, bool]:
    """Return the path that a pattern of Ghost's redirects means, and whether it means all that begin so."""
    path = pattern.removeprefix("^").replace("\\/", "/").replace("\\.", ".").replace("\\-", "-")
    is_prefix = path.endswith(("(.*)", ".*", "(.*)$", ".*$"))
    for ending in ("$", "(.*)", ".*", "[/]?", "/?"):
        path = path.removesuffix(ending)
    return (path, is_prefix) if PLAIN_PATH.fullmatch(path) and path != "/" else ("", False)
