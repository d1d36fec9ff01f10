"""Whether a browser has a page already, and which form of it a browser can read (RFC 9110, 12.5.3 and 13)."""

import functools
import hashlib
import re

TAG = re.compile(r'(?:W/)?("[^"]*")')
PART = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")


def tag_of(content: bytes) -> str:
    """Return the entity tag of a page: weak, for it is the same however the page is compressed."""
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def has_it(*, if_none_match: str | None, if_modified_since: str | None, tag: str, modified: str | None) -> bool:
    """Say whether the browser's copy is the page.

    A date counts only if no tag is named and it is the very one that we sent: clocks of several machines differ.
    """
    if if_none_match is not None:
        return if_none_match.strip() == "*" or tag[2:] in TAG.findall(if_none_match)
    return modified is not None and if_modified_since == modified


@functools.lru_cache(256)
def coding(accept_encoding: str) -> str:
    """Return the best of `br`, `gzip` and nothing that a browser accepts, by its Accept-Encoding."""
    accepted: dict[str, float] = {}
    for part in accept_encoding[:500].lower().split(","):
        if found := PART.fullmatch(part):
            accepted[found[1]] = float(found[2]) if found[2] else 1.0
    weights = {name: accepted.get(name, accepted.get("*", 0.0)) for name in ("br", "gzip")}
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else ""
