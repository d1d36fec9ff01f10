"""Where a WordPress blog has its things: addresses of the blog, of what is in it, and of files at any size."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from blog.archive.sources.values import site_of

# As WordPress names the sizes of a picture (`image_make_intermediate_size`, `wp_create_image_subsizes`)
SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[A-Za-z0-9]{2,5}$)")
SCALED = re.compile(r"-(?:scaled|rotated|e\d{10,14})(?=\.[A-Za-z0-9]{2,5}$)")
BY_MONTH = re.compile(r"/(\d{4}/\d{2}/[^/]+)$")
PROXY = re.compile(r"^(?:https?:)?//i[0-3]\.wp\.com/(.+)$", re.IGNORECASE)  # Jetpack's, before the true address
DATED = re.compile(r"^(.*/)(\d{4})/(\d{2})/(\d{2})(/[^/]+/?)$")
MOST_HOSTS = 50
MOST_ADDRESS = 2_000  # Characters


@dataclass
class Places:
    """The blog's address, without a slash at its end, and the hosts that its pages and its files lie on.

    `hosts` are others than that of `base`, such as one that the blog has moved from. `front` is what its addresses
    begin with below `base`, such as `/blog` in a network of blogs or `/index.php`.
    """

    base: str = ""
    front: str = ""
    hosts: set[str] = field(default_factory=set)
    file_hosts: set[str] = field(default_factory=set)

    def on(self, path: str) -> str:
        """Return the whole address of a path, or of a question, on the blog."""
        return f"{self.base}/{path.lstrip('/')}"

    def fronted(self, path: str) -> tuple[str, ...]:
        """Return the addresses of a list at `path`: with what the blog's addresses begin with, and without."""
        return each_once([self.on(path), self.on(f"{self.front}/{path}")] if self.front else [self.on(path)])

    def is_ours(self, address: str) -> bool:
        """Whether an address lies on the blog, with or without `www.`."""
        here, there = _parts(self.base), _parts(address)
        if there is None or here is None:
            return address.startswith("/") and not address.startswith("//")
        if there[0] != here[0] and there[0] in self.hosts:
            return True
        path = here[1].rstrip("/")
        return here[0] == there[0] and (there[1] == path or there[1].startswith(f"{path}/"))

    def is_front(self, address: str) -> bool:
        """Whether it is the blog's first page, which is none of a piece's own addresses."""
        parts = urlsplit(address) if _parts(address) else None
        return bool(parts and self.is_ours(address) and not parts.query and _below(address, self.base) == "")

    def whole(self, address: str) -> str:
        """Return an address of the web as a whole one; nothing if it is none, or endless."""
        address = address.strip()
        if address.startswith("//"):
            address = f"https:{address}"
        elif address.startswith("/"):
            address = self.on(address)
        return address if len(address) <= MOST_ADDRESS and _parts(address) else ""

    def know_file(self, address: str) -> None:
        """Remember the host that a file of the blog lies on."""
        parts = _parts(address)
        if parts and len(self.file_hosts) < MOST_HOSTS:
            self.file_hosts.add(parts[0])

    def file_keys(self, address: str) -> tuple[str, ...]:
        """Return what a file can be found by, whatever the scheme or the proxy: its own address, then as a size."""
        address = unproxied(address)
        return each_once([self._file_key(address), self._file_key(SIZED.sub("", address))])

    def _file_key(self, address: str) -> str:
        parts = _parts(f"https:{address}" if address.startswith("//") else address)
        if parts is None:
            return unquote(address.partition("?")[0])
        path = unquote(SCALED.sub("", parts[1]))
        by_month = BY_MONTH.search(path)
        own = _parts(self.base)
        # A blog that moved to another host has the same months and names there
        is_known = parts[0] in self.file_hosts or (own is not None and own[0] == parts[0])
        return by_month[1] if by_month and is_known else f"{parts[0]}{path}"


def host_of(address: str) -> str:
    """Return the host of an address of the web, without `www.`; nothing if it is none."""
    parts = _parts(address)
    return parts[0] if parts else ""


def each_once(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses that there are, each once, in their order."""
    return tuple(dict.fromkeys(address for address in addresses if address))


def unproxied(address: str) -> str:
    """Return a picture's address without a proxy before it and a wish for its size behind it."""
    if proxied := PROXY.match(address):
        address = f"https://{proxied[1]}"
    return address.partition("?")[0].partition("#")[0]


def slug_of(link: str) -> str:
    """Return the last part of an address's path, decoded; nothing where there is none."""
    try:
        path = urlsplit(link).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def moved_slug(link: str, slug: str) -> str:
    """Return a piece's address as it was with another slug (`_wp_old_slug`)."""
    at, _, query = link.partition("?")
    end = "/" if at.endswith("/") else ""
    return "" if query or "://" not in at else f"{at.rstrip('/').rsplit('/', 1)[0]}/{slug}{end}"


def moved_date(link: str, date: str) -> str:
    """Return a piece's address as it was on another day (`_wp_old_date`, such as 2013-12-10)."""
    found = DATED.match(link)
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date)
    return f"{found[1]}{day[1]}/{day[2]}/{day[3]}{found[5]}" if found and day else ""


def front_of(link: str, base: str) -> str:
    """Return the folder that a piece's address begins with below the blog's; nothing if that is a year or itself."""
    first, slash, _ = (_below(link, base) or "").partition("/")
    return f"/{first}" if slash and not first.isdigit() else ""


def base_of(address: str) -> str:
    """Return a blog's address as `Places` wants it; nothing if it is no address of the web."""
    return site_of(address)


def _below(address: str, base: str) -> str | None:
    there, here = _parts(address), _parts(base)
    if there is None or here is None or there[0] != here[0] or not there[1].startswith(here[1].rstrip("/")):
        return None
    return there[1][len(here[1].rstrip("/")) :].strip("/")


def _parts(address: str) -> tuple[str, str] | None:
    """Return the host, without `www.`, and the path of an address of the web."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    return (host.removeprefix("www."), parts.path) if host and parts.scheme in {"http", "https"} else None
