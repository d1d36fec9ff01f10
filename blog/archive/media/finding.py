"""The door to the files of an archive: by the address that they had over there."""

import base64
import binascii
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext as _

from blog.archive.media.fetching import MOST_BYTES, Fetcher, NotFetchedError
from blog.archive.media.places import Place, Places
from blog.archive.packed import PackedError

MOST_LOCAL = 512 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024
AT_ONCE = 256 * 1024
MOST_REASONS = 5_000


@dataclass(frozen=True)
class Found:
    """A file that was found. `name` is the last part of its path or address; `size`, in bytes, is as its place says."""

    name: str
    size: int
    opens: Callable[[], IO[bytes]]

    def open(self) -> IO[bytes]:
        """Return the file, at its beginning; it can be gone through twice, and the caller closes it. Raises OSError."""
        return self.opens()


class Media:
    """Finds files by the address that they had over there: in folders and zips first, then on the old site if asked.

    `places` are folders (the site's root, its uploads, or a part of them) and zips. `fetches_from` are the hosts that
    may be asked, in small letters (`old.example`); empty: nobody is asked anything. `most_fetched` (requests) and
    `most_bytes` bound all that is fetched together. Raises SourceError for a place that is none.
    """

    def __init__(
        self,
        places: Sequence[Path] = (),
        fetches_from: frozenset[str] = frozenset(),
        *,
        most_fetched: int = 50_000,
        most_bytes: int = 20 * 1024**3,
        fetcher: Fetcher | None = None,
    ) -> None:
        self._places = Places(places)
        self._has_places = bool(places)
        hosts = frozenset(host.lower() for host in fetches_from)
        asks = Fetcher(hosts, most_fetched=most_fetched, most_bytes=most_bytes) if hosts else None
        self._fetcher = fetcher or asks
        self._reasons: dict[str, str] = {}

    def find(self, address: str) -> Found | None:
        """Return the file that stood at an address: a whole one, a path, or one that holds its content (RFC 2397).

        Fetching takes up to a minute. Never raises: `why` tells why nothing was found.
        """
        if address[:5].lower() == "data:":
            return self._inside(address)
        place = self._places.find(address)
        if place is not None:
            return self._at(place, address)
        if self._fetcher is None or not address.lower().startswith(("http://", "https://")):
            return None
        try:
            content = self._fetcher.fetch(address)
        except NotFetchedError as error:
            self._say(address, str(error))
            return None
        return _held(content, address.partition("?")[0].partition("#")[0].rpartition("/")[2])

    def why(self, address: str) -> str:
        """Return why the file at an address was not found, as a sentence."""
        reason = self._reasons.get(address[:500])
        if reason:
            return reason
        if self._fetcher is not None:
            return _("It lies in none of the places that were given, and could not be fetched.")
        if not self._has_places:
            return _("No media were given, and nothing is fetched from the old site.")
        return _("It lies in none of the places that were given, and nothing is fetched from the old site.")

    def close(self) -> None:
        """Let go of the zips."""
        self._places.close()

    def _say(self, address: str, why: str) -> None:
        if len(self._reasons) >= MOST_REASONS:
            self._reasons.pop(next(iter(self._reasons)))
        self._reasons[address[:500]] = why

    def _at(self, place: Place, address: str) -> Found | None:
        if place.size > MOST_LOCAL:
            self._say(address, _("It is larger than {most} MB.").format(most=MOST_LOCAL // 1024**2))
            return None
        return Found(place.name.rpartition("/")[2], place.size, lambda: _opened(place))

    def _inside(self, address: str) -> Found | None:
        head, sign, content = address[5:].partition(",")
        if not sign or len(content) > MOST_BYTES * 3 // 2:
            self._say(address, _("It is written into the text, and too large or broken."))
            return None
        try:
            raw = unquote_to_bytes(content)
            made = base64.b64decode(b"".join(raw.split()), validate=True) if head.lower().endswith(";base64") else raw
        except (binascii.Error, ValueError):
            self._say(address, _("It is written into the text, and broken."))
            return None
        return _held(made, "")


def _held(content: bytes, name: str) -> Found:
    return Found(name, len(content), lambda: io.BytesIO(content))


def _opened(place: Place) -> IO[bytes]:
    """Return a copy of what lies in a place; what a zip says of itself may be wrong, and a copy can be rewound."""
    copy = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  Whoever asked closes it
    try:
        with place.packed.open(place.name, most=MOST_LOCAL) as opened:
            while some := opened.read(AT_ONCE):
                copy.write(some)
    except PackedError as error:
        copy.close()
        raise OSError(str(error)) from error
    copy.seek(0)
    return copy
