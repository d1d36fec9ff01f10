"""The folder that the site is written into: only what has changed is written, and only what we wrote is taken away.

A list of all files with their hashes lies beside the folder, and not in it: it names the addresses of what was taken
down, and the folder is for the public. While an export runs, the names of new files go into a journal
first, so that one that was interrupted still knows afterwards what is its own.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from blog.reading.baking.locks import tried

JOURNAL = ".plain-files.journal"
LOCK = ".plain-files.lock"
DRAFT = ".plain-files.draft"
OWN = {JOURNAL, LOCK, DRAFT}
CHUNK = 1024 * 1024
Files = dict[str, str]


class ExportError(Exception):
    """The site can't be written there. Its words are a sentence for people."""


class Folder:
    """A folder with files of ours in it. Open it before anything is written, and finish it when everything is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before: Files = {}
        self.files: Files = {}
        self.new = self.changed = self.same = self.removed = 0
        self._journal: IO[str] | None = None

    def look(self) -> None:
        """Look at what is there; raise ExportError for a folder that holds something else. Writes nothing."""
        if self.root.is_file():
            raise ExportError(f"{self.root} is a file. Name a folder.")
        self.before = _known(self.root)
        if not self.before and self.root.exists() and any(entry.name not in OWN for entry in self.root.iterdir()):
            raise ExportError(f"{self.root} holds files that no export wrote. Name an empty or a new folder.")

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the folder, made if it is not there; raise ExportError for one that holds something else."""
        self.look()
        self.root.mkdir(parents=True, exist_ok=True)
        with tried(self.root / LOCK) as is_ours:
            if not is_ours:
                raise ExportError(f"Another export is writing into {self.root}. Wait until it has ended.")
            try:
                with (self.root / JOURNAL).open("a", encoding="utf-8") as self._journal:
                    yield
            finally:
                (self.root / LOCK).unlink(missing_ok=True)

    def write(self, name: str, content: bytes) -> None:
        """Put a file into the folder, unless it is there and the same."""
        target = self._place(name, hashlib.sha256(content).hexdigest())
        if self._is_same(target, name, content):
            self.same += 1
            return
        draft = self.root / DRAFT
        draft.write_bytes(content)
        draft.replace(self._ready(target, name))

    def copy(self, name: str, source: IO[bytes], size: int) -> None:
        """Put a file into the folder that never changes under its name, so that its size tells whether it is whole."""
        if self.has(name, size=size):
            self.keep(name)
            return
        digest = hashlib.sha256()
        with (self.root / DRAFT).open("wb") as draft:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                draft.write(chunk)
        target = self._place(name, digest.hexdigest())
        (self.root / DRAFT).replace(self._ready(target, name))

    def has(self, name: str, *, size: int | None = None) -> bool:
        """Whether a former export wrote that file to its end, and it is still there, of that size if one is given."""
        try:
            found = (self.root / name).stat().st_size
        except OSError:
            return False
        return bool(self.before.get(name)) and size in {None, found}

    def keep(self, name: str) -> None:
        """Say that a file of a former export still belongs here."""
        self.files[name] = self.before[name]
        self.same += 1

    def finish(self, facts: dict[str, Any]) -> None:
        """Take away our files that no longer belong, and folders that they leave empty; write the list of all."""
        for name in sorted(set(self.before) - set(self.files), reverse=True):
            target = self.root / name
            if target.is_file() or target.is_symlink():
                target.unlink()
                self.removed += 1
            _clear(target.parent, self.root)
        content = {**facts, "files": dict(sorted(self.files.items()))}
        written = json.dumps(content, ensure_ascii=False, indent=0).encode()
        place = list_of(self.root)
        if not place.exists() or place.read_bytes() != written:
            draft = place.with_name(f"{place.name}.draft")
            draft.write_bytes(written)
            draft.replace(place)
        (self.root / JOURNAL).unlink()

    def _place(self, name: str, digest: str) -> Path:
        if not is_safe(name):
            raise ExportError(f"“{name}” can’t be the name of a file.")
        self.files[name] = digest
        return self.root / name

    def _is_same(self, target: Path, name: str, content: bytes) -> bool:
        if name not in self.before:
            return False
        try:
            return target.stat().st_size == len(content) and target.read_bytes() == content
        except OSError:
            return False

    def _ready(self, target: Path, name: str) -> Path:
        """Make room for a file; nothing of anybody else's is written over."""
        if name in self.before:
            self.changed += 1
        elif target.exists():
            raise ExportError(f"{target} was written by somebody else. Take it away, or name another folder.")
        else:
            self.new += 1
        if self._journal:
            self._journal.write(json.dumps(name) + "\n")
            self._journal.flush()
        for parent in reversed(target.relative_to(self.root).parents[:-1]):
            # What was a file of ours and is a folder now
            if str(parent) in self.before and (self.root / parent).is_file():
                (self.root / parent).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def list_of(root: Path) -> Path:
    """Return where the list of the files in a folder is."""
    return root.with_name(f"{root.name}.files.json")


def read_list(root: Path) -> dict[str, Any]:
    """Return the list that an export left in a folder; raise ExportError where there is none."""
    try:
        content = json.loads(list_of(root).read_text(encoding="utf-8"))
        files = content["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"There is no list of a finished export beside {root}.") from error
    if not isinstance(files, dict) or not all(is_safe(name) for name in files):
        raise ExportError(f"The list of files in {root} is damaged. Write the site into a new folder.")
    return dict(content)


def is_safe(name: str) -> bool:
    """Whether a name stays inside the folder, is none of our own, and can be a file's on common systems."""
    parts = name.split("/")
    fits = all(part and part not in {".", ".."} and len(part.encode(errors="replace")) <= 255 for part in parts)
    return fits and name not in OWN and name.isprintable() and "\\" not in name and len(name) < 1000


def _known(root: Path) -> Files:
    """Return what earlier exports wrote: by the list, and, without hashes, by the journal of an interrupted one."""
    known: Files = dict(read_list(root)["files"]) if list_of(root).exists() else {}
    if (root / JOURNAL).exists():
        for line in (root / JOURNAL).read_text(encoding="utf-8").splitlines():
            try:
                name = json.loads(line)
            except ValueError:
                continue  # Cut off by the interruption: nothing was written under it yet
            if isinstance(name, str) and is_safe(name):
                known[name] = ""
    return known


def _clear(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
