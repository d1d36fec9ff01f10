"""Pictures, documents, stylesheets, scripts and cards: whatever the pages name, and nothing else of what there is.

So the pictures of a draft stay where they are: no page names them.
"""

import posixpath
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage

from blog.plain_files.folder import Folder, is_safe
from blog.reading import cards
from blog.reading.baking import oven
from blog.reading.baking.addresses import place_of
from blog.reading.baking.generations import bakery

# What stylesheets and script modules name: url("x.woff2"), from "./x.js", import("./x.js")
NAMED = re.compile(r"""(?:url\(\s*["']?|\bfrom\s*["']|\bimport\s*\(?\s*["'])([^"')]+)""")
CARDS = "/cards/"


class Wanted:
    """The files that pages name, brought as they are met, each once. `cards` are those that have to be drawn."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.cards: list[str] = []
        self._met: set[str] = set()

    def bring(self, path: str) -> None:
        """Bring the file of a path, if it is one of these kinds. The check of the links finds what is not there."""
        if path in self._met or not path.startswith((settings.MEDIA_URL, settings.STATIC_URL, CARDS)):
            return
        self._met.add(path)
        name = path.lstrip("/")
        if not is_safe(name):
            return
        if path.startswith(CARDS):
            self._card(path, name)
        elif path.startswith(settings.MEDIA_URL):
            self._media(path.removeprefix(settings.MEDIA_URL), name)
        else:
            self._static(path.removeprefix(settings.STATIC_URL), name)

    def _card(self, path: str, name: str) -> None:
        if self.folder.has(name):  # Its name holds a hash of what it shows
            self.folder.keep(name)
        elif drawn := _kept(path):
            self.folder.write(name, drawn)
        else:
            self.cards.append(path)

    def _media(self, stored: str, name: str) -> None:
        try:
            if default_storage.exists(stored):
                with default_storage.open(stored) as source:
                    self.folder.copy(name, source, default_storage.size(stored))
        except (OSError, SuspiciousOperation):
            pass

    def _static(self, stored: str, name: str) -> None:
        content = _static_content(stored)
        if content is None:
            return
        self.folder.write(name, content)
        if name.endswith((".css", ".js")):
            for named in NAMED.findall(content.decode()):
                if not re.match(r"[a-z]+:|//|#", named):
                    beside = posixpath.join(settings.STATIC_URL, posixpath.dirname(stored))
                    self.bring(posixpath.normpath(posixpath.join(beside, named)))


def _kept(path: str) -> bytes | None:
    """Return a card that readers asked for, if it was kept: to draw one takes longer than all else of a piece."""
    at, place = bakery(), place_of(path, cards.CONTENT_TYPE)
    generation = at.generation() if at else None
    page = oven.kept_in(generation, place) if generation and place else None
    return page.content if page else None


def _static_content(stored: str) -> bytes | None:
    """Return a static file: as it was collected, or on a developer's machine from where it is written."""
    try:
        if staticfiles_storage.exists(stored):
            with staticfiles_storage.open(stored) as source:
                return bytes(source.read())
        found = finders.find(stored) if settings.IS_DEVELOPMENT else None
    except (OSError, SuspiciousOperation):
        return None
    return Path(str(found)).read_bytes() if found else None
