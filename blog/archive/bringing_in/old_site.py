"""Which addresses were the old blog's."""

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from blog.archive.report import NOWHERE

A_FILE = re.compile(r"\.(?!php|asp|cgi|jsp)[A-Za-z0-9]{2,5}$", re.IGNORECASE)
WORDPRESS_COM = ".wordpress.com"


class OldSite:
    """Where the blog was. `address` is a whole one with the path that it lay under, or empty if nobody knows."""

    def __init__(self, address: str) -> None:
        parts = split(address)
        is_known = bool(parts and parts.hostname and parts.scheme in {"http", "https"})
        self.address = address.strip() if is_known else ""
        self.base = f"{self.address.partition('?')[0].partition('#')[0].rstrip('/')}/" if is_known else NOWHERE
        base = urlsplit(self.base)
        self.under = base.path
        self.hosts = _with_www(base.hostname or "")
        self.file_hosts = set[str]()

    @property
    def name(self) -> str:
        """The address without what does not tell blogs apart."""
        return self.address.partition("://")[2].strip("/").lower()

    @property
    def fetched_hosts(self) -> frozenset[str]:
        """The hosts that files of the blog were on, as far as its address tells."""
        host = next((one for one in sorted(self.hosts) if one.endswith(WORDPRESS_COM)), "")
        files = {f"{host.removesuffix(WORDPRESS_COM)}.files{WORDPRESS_COM}"} if host else set()
        return frozenset((self.hosts | files) if self.address else ())

    def whole(self, address: str) -> str:
        """Return an address as a whole one."""
        try:
            return urljoin(self.base, address.strip())
        except ValueError:
            return self.base

    def add_file(self, address: str) -> None:
        """Take the host of a file that the archive lists for one of the blog's own."""
        parts = split(self.whole(address))
        if parts and parts.hostname and len(self.file_hosts) < 100:
            self.file_hosts.add(parts.hostname)

    def is_ours(self, address: str) -> bool:
        """Whether a whole address was one of the blog's: under its path, or on a host that its files were on."""
        parts = split(address)
        if parts is None or not parts.hostname:
            return False
        host = parts.hostname
        if host in self.hosts:
            return f"{parts.path}/".startswith(self.under) or parts.path.startswith(self.under)
        return host in self.file_hosts


def spelling(address: str) -> str:
    """Return a whole address in the one spelling that stands for it: no scheme, no www, decoded.

    What is asked of a file, such as its width, is left out; what is asked of a program tells files apart.
    """
    parts = split(address)
    if parts is None:
        return address[:2000]
    asked = "" if A_FILE.search(parts.path) else f"?{parts.query}"
    return f"{(parts.hostname or '').removeprefix('www.')}{unquote(parts.path)}{asked.rstrip('?')}"


def split(address: str) -> SplitResult | None:
    """Return the parts of an address, or None if it is none."""
    try:
        parts = urlsplit(address.strip())
        parts.hostname, parts.port  # noqa: B018  Raise for what can't be
    except ValueError:
        return None
    return parts


def _with_www(host: str) -> set[str]:
    plain = host.removeprefix("www.")
    return {plain, f"www.{plain}"}
