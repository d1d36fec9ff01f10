"""Which system an export comes from, by its content; opened as that system's.

A zip or a folder may hold an export beside other things, such as pictures, or texts in Markdown or HTML. It is looked
into without anything being written under a name that stands in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from blog.archive.packed import Packed, is_packed
from blog.archive.sources import feeds, folder, ghost, joomla, own, wordpress
from blog.archive.sources.base import Source, SourceError
from blog.archive.sources.export_file import HEAD, MOST_EXPORT, ExportFile

# Endings of files that may hold an export, in a zip or a folder
MAY_BE_EXPORTS = (".json", ".xml", ".rss", ".atom", ".rdf", ".sql", ".sql.gz", ".txt", ".dump")
MOST_LOOKED_AT = 500
NAMES = {
    "wlg": "an archive of this system",
    "wordpress": "WordPress (WXR)",
    "ghost": "Ghost (JSON)",
    "joomla": "Joomla (a database dump, the JSON of its web services, or J2XML)",
    "feed": "a feed (RSS, Atom, JSON Feed)",
    "folder": "a folder or zip of Markdown or HTML files",
}


class _Recognises(Protocol):
    def __call__(self, path: Path, head: bytes) -> bool:
        """Whether a file, a zip or a folder is of a system."""
        ...


@dataclass(frozen=True)
class _System:
    """A system: how its exports are known, and how one is opened, be it the whole or members of a zip or folder."""

    recognises: _Recognises
    open: Callable[[Path, tuple[str, ...], str], Source]


def _wordpress(path: Path, members: tuple[str, ...], address: str) -> Source:
    return wordpress.open_export(path, address=address)


def _ghost(path: Path, members: tuple[str, ...], address: str) -> Source:
    return ghost.open_export(path, member=members[0] if members else "", address=address)


def _joomla(path: Path, members: tuple[str, ...], address: str) -> Source:
    return joomla.open_export(path, members=members, address=address)


def _feed(path: Path, members: tuple[str, ...], address: str) -> Source:
    return feeds.open_export(path, member=members[0] if members else "", address=address)


def _folder(path: Path, members: tuple[str, ...], address: str) -> Source:
    return folder.open_export(path, address=address)


def _own(path: Path, members: tuple[str, ...], address: str) -> Source:
    return own.open_export(path, address=address)


SYSTEMS = {
    "wlg": _System(own.recognises, _own),
    "wordpress": _System(wordpress.recognises, _wordpress),
    "ghost": _System(ghost.recognises, _ghost),
    "joomla": _System(joomla.recognises, _joomla),
    "feed": _System(feeds.recognises, _feed),
    "folder": _System(folder.recognises, _folder),
}
# These look into zips and folders themselves
LOOK_THEMSELVES = ("wlg", "wordpress")
BY_MEMBER = ("ghost", "joomla", "feed")
OF_ONE_FILE = {"ghost", "feed"}


def systems() -> tuple[str, ...]:
    """Return the names of the systems, for a command's help."""
    return tuple(SYSTEMS)


def open_source(path: Path, *, system: str = "", address: str = "") -> Source:
    """Open an export: of the system that is named, else of the one that its content says.

    `address` is where the old site was, for exports that don't say it. Raises SourceError if the file can't be read,
    if nothing fits, or if several do.
    """
    if system and system not in SYSTEMS:
        raise SourceError(f"“{system}” is no system that is known here. Known are: {', '.join(SYSTEMS)}.")
    if not path.exists():
        raise SourceError(f"There is no file or folder “{path}”.")
    found = _found(path)
    if system:
        return _opened(system, path, found.get(system, ()), address)
    if not found:
        raise SourceError(
            f"“{path.name}” isn't recognised as {_either(NAMES)}. If it is one of these all the same, name the system."
        )
    if len(found) > 1:
        said = " and ".join(NAMES[name] for name in found)
        raise SourceError(f"“{path.name}” could be {said}: name the system that it should be read as.")
    name, members = next(iter(found.items()))
    return _opened(name, path, members, address)


def _opened(system: str, path: Path, members: tuple[str, ...], address: str) -> Source:
    if len(members) > 1 and system in OF_ONE_FILE:
        names = ", ".join(members[:5])
        raise SourceError(f"“{path.name}” holds several exports ({names}): unpack it, and bring one of them at a time.")
    return SYSTEMS[system].open(path, members, address)


def _found(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the systems that an export may be of, each with the members of the zip or folder that say so."""
    if not is_packed(path):
        head = ExportFile(path).head()
        fits = [name for name, system in SYSTEMS.items() if system.recognises(path, head)]
        # A file with such an ending may hold a text, but only if it holds nothing else
        return {name: () for name in fits if name != "folder" or fits == ["folder"]}
    with Packed(path) as packed:
        if not packed.names:
            raise SourceError(f"There is nothing in “{path.name}”{_refused(packed)}.")
    head = b""
    if path.is_file():
        with path.open("rb") as opened:
            head = opened.read(64)
    whole: dict[str, tuple[str, ...]] = {}
    for name in LOOK_THEMSELVES:
        if SYSTEMS[name].recognises(path, head):
            whole[name] = ()
    if "wlg" in whole:
        return {"wlg": ()}
    members = _members(path)
    feed = members.pop("feed", ())
    # Beside an export or texts, a feed is what the generator of a site wrote
    found = whole | members
    if not found and folder.recognises(path, b""):
        return {"folder": ()}
    return found or ({"feed": feed} if feed else {})


def _members(path: Path) -> dict[str, tuple[str, ...]]:
    """Return what members of a zip or a folder are recognised as, the lie of the folder aside."""
    found: dict[str, list[str]] = {}
    with Packed(path) as packed:
        names = [name for name in packed.names if name.lower().endswith(MAY_BE_EXPORTS)]
        # The likeliest lie near the top
        names.sort(key=lambda name: (name.count("/"), name))
        for name in names[:MOST_LOOKED_AT]:
            for system in _systems_of(packed, name):
                found.setdefault(system, []).append(name)
    return {name: tuple(sorted(members)) for name, members in found.items()}


def _systems_of(packed: Packed, name: str) -> list[str]:
    """Return the systems that a member may be of; none if it can't be read."""
    try:
        # From what is open: a zip of thousands of files takes long to open
        with packed.open(name, most=MOST_EXPORT) as opened:
            head = opened.read(HEAD)
        export = ExportFile(packed.path, name)
        return [
            system
            for system in BY_MEMBER
            if SYSTEMS[system].recognises(Path(name), head) or (system == "joomla" and joomla.is_joomla(export, head))
        ]
    except SourceError:
        return []


def _either(names: dict[str, str]) -> str:
    said = list(names.values())
    return f"{', '.join(said[:-1])}, or {said[-1]}"


def _refused(packed: Packed) -> str:
    return f" that can be read: “{packed.refused[0][0]}” isn't, for {packed.refused[0][1]}" if packed.refused else ""
