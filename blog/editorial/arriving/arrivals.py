"""What is here of an archive already, by the keys that things had over there."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from blog.batches import in_batches
from blog.editorial.upkeep import old_paths
from blog.models import Archive, Arrival
from blog.prose import clean_line

LONGEST_KEY = 255
BATCH = 500


@dataclass(frozen=True)
class Note:
    """Something about a thing that came, for the report: which thing, and a sentence."""

    which: str
    why: str
    is_changed: bool = False  # Else somebody may only want to look


def key_of(key: str) -> str:
    """Return a key as it is kept: as it is, or with a hash in place of what can't be kept."""
    if len(key) <= LONGEST_KEY and clean_line(key) == key:
        return key
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
    return f"{clean_line(key[:400])[: LONGEST_KEY - 65]}~{digest}"


def known(archive: Archive, kind: str, keys: Iterable[str]) -> dict[str, Arrival]:
    """Return what has come of these, by the key over there."""
    kept = {key_of(key): key for key in keys}
    found = dict[str, Arrival]()
    for some in in_batches(sorted(kept)):
        rows = Arrival.objects.filter(archive=archive, kind=kind, key__in=some)
        found |= {kept[row.key]: row for row in rows}
    return found


def add(archive: Archive, kind: str, rows: Iterable[tuple[str, int, str]]) -> None:
    """Write down what has come: key over there, key here, digest. One that came before gets the new values."""
    Arrival.objects.bulk_create(
        [Arrival(archive=archive, kind=kind, key=key_of(key), target=pk, digest=digest) for key, pk, digest in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["archive", "kind", "key"],
        update_fields=["target", "digest"],
    )


def elsewhere(addresses: Iterable[str], here: str) -> list[str]:
    """Return the old addresses of a thing that are not the one it has here."""
    path = old_paths.path_of(here)
    return [address for address in dict.fromkeys(addresses) if old_paths.path_of(address) != path]


def still_here(arrivals: dict[str, Arrival], present: Collection[int]) -> dict[str, int]:
    """Return, by the key over there, the keys here of what has not been removed since."""
    return {key: row.target for key, row in arrivals.items() if row.target in present}
