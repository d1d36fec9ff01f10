"""Links in what was written: found in its tags, and followed as far as the folder reaches."""

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

A_TAG = re.compile(r"""<[a-z](?:"[^"]*"|[^">])*>""")
A_LINK = re.compile(r'\s(href|src|srcset|action|content|data-search)="([^"]*)"')
A_REFRESH = re.compile(r"\d+; url=(.+)")
IN_XML = re.compile(r"<(?:loc|image:loc|link|guid|comments|uri|wfw:commentRss)>([^<]*)</")
INDEXES = ("index.html", "index.xml", "index.json")
READ = (".html", ".xml")


def links_in(text: str, *, is_xml: bool = False) -> Iterator[str]:
    """Yield every address that a page or a feed names in its tags, as it stands there."""
    if is_xml:
        yield from (html.unescape(found) for found in IN_XML.findall(text))
    for tag in A_TAG.findall(text):
        is_meta = tag.startswith("<meta")
        for name, value in A_LINK.findall(tag):
            given = html.unescape(value)
            if name == "srcset":
                yield from (candidate.split()[0] for candidate in given.split(",") if candidate.strip())
            elif is_meta:
                refreshed = A_REFRESH.fullmatch(given)
                if refreshed or given.startswith(("http://", "https://")):
                    yield refreshed[1] if refreshed else given
            elif name != "content":
                yield given


def local(link: str, *, page: str, site: str) -> str:
    """Return the path on this site, decoded, that a link on a page leads to; nothing for one that leads elsewhere."""
    if link == site:
        return "/"
    link = link.removeprefix(site) if link.startswith(f"{site}/") else link
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not (parts.path or parts.query):
        return ""
    path = unquote(parts.path) or page
    if not path.startswith("/"):
        path = posixpath.join(posixpath.dirname(page), path)
    ends = "/" if path.endswith(("/", "/.", "/..")) and path != "/" else ""
    return "/" + posixpath.normpath(path).strip("/") + ends


@dataclass
class Check:
    """What came of going through a folder: how many files and links, what leads nowhere and what is not as written."""

    files: int = 0
    links: int = 0
    broken: dict[str, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether everything leads somewhere and is as it was written."""
        return not self.broken and not self.damaged


def check(
    root: Path, files: dict[str, str], *, moved: dict[str, str], site: str, digest: Callable[[Path], str] | None = None
) -> Check:
    """Go through all files and follow what they name, each address once; with `digest`, also compare their hashes.

    Memory: one page, and the addresses that were met.
    """
    found, met = Check(files=len(files)), dict[str, str]()
    for name in sorted(files):
        place = root / name
        if digest and _digest_of(place, digest) != files[name]:
            found.damaged.append(name)
            continue
        if not name.endswith(READ):
            continue
        page = "/" + (name.rpartition("/")[0] + "/" if name.rpartition("/")[2] in INDEXES else name).lstrip("/")
        text = place.read_text(encoding="utf-8", errors="replace")
        for link in links_in(text, is_xml=name.endswith(".xml")):
            if path := local(link, page=page, site=site):
                met.setdefault(path, page)
    for path, to in moved.items():
        met.setdefault(local(to, page="/", site=site), path)
    found.links = len(met)
    found.broken = {path: page for path, page in sorted(met.items()) if not leads_on(path, files, moved)}
    return found


def leads_on(path: str, files: dict[str, str], moved: dict[str, str]) -> bool:
    """Whether a path leads to a file, as a web server finds it, or is one that leads on."""
    bare = path.strip("/")
    inside = [f"{bare}/{index}".lstrip("/") for index in INDEXES]
    if (not path.endswith("/") and bare in files) or any(name in files for name in inside):
        return True
    return path in moved or f"/{bare}" in moved or f"/{bare}/" in moved


def _digest_of(place: Path, digest: Callable[[Path], str]) -> str:
    try:
        return digest(place)
    except OSError:
        return ""
