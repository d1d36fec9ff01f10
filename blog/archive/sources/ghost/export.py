"""The export as records. It is read once and laid aside, for what belongs to a post stands in other tables."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from blog.archive.packed import Packed, is_packed
from blog.archive.records import File, Loss, Moved, Person, Record, Site, Topic, TopicKind, Weight
from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.ghost.pieces import Pieces
from blog.archive.sources.ghost.routes import Routes, addresses, read_redirects, read_routes
from blog.archive.sources.json_rows import rows
from blog.archive.sources.spool import Row, Spool
from blog.archive.sources.values import key_of, line, mapping, number, on_site, shown, site_of, text, zone

LIKENESS = re.compile(rb'"(?:db|data|meta)"\s*:')
SIGNS = (rb'"exported_on"', rb'"posts_tags"', rb'"posts_authors"', rb'"posts_meta"', rb'"mobiledoc"', rb'"lexical"')
PLACES = re.compile(r"(?:db\.item\.)?data\.([a-z_]+)\.item")
SETTINGS = {"title", "description", "permalinks", "timezone", "active_timezone", "activeTimezone", "url"}
# The table, and the column by which its rows are looked up
TABLES = {
    "posts": "id",
    "posts_meta": "post_id",
    "posts_authors": "post_id",
    "posts_tags": "post_id",
    "users": "id",
    "tags": "id",
    "comments": "post_id",
    "members": "id",
}
COLUMNS = {"members": ("id", "name", "email"), "users": ("id", "name", "slug", "bio", "profile_image")}
MOST_BESIDE = 2_000_000  # Bytes of a file of redirects or routes


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is an export of Ghost, by how it begins."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begins.startswith(b"{") or not LIKENESS.search(begins):
        return False
    return any(sign in begins for sign in SIGNS) or (b'"db"' in begins[:200] and b'"data"' in begins)


class GhostExport:
    """Ghost's export."""

    system = "ghost"

    def __init__(self, path: Path, *, member: str = "", address: str = "") -> None:
        self._export = ExportFile(path, member)
        self._address = site_of(address)
        self._spool: Spool | None = None
        self._settings: dict[str, str] = {}
        self._share = 0.0

    def progress(self) -> float:
        """Return how much has been read: laying aside is the first half."""
        return self._share

    def records(self) -> Iterator[Record]:
        """Give what is in it. Raises SourceError."""
        spool = self._laid_aside()
        site, home = self._site(), self._home()
        yield Site(title=self._settings.get("title", ""), strapline=self._settings.get("description", ""), address=site)
        routes = read_routes(self._beside("routes.yaml"), self._settings.get("permalinks", ""))
        yield from self._people(spool, routes, site)
        yield from self._tags(spool, routes, site)
        yield from self._pictures(spool, site)
        pieces = Pieces(spool, routes=routes, site=site, home=home)
        total = max(1, spool.count("posts"))
        for place, row in enumerate(spool.each("posts")):
            yield from pieces.of(row)
            self._share = 0.5 + 0.5 * place / total
        for name in ("redirects.json", "redirects.yaml"):
            if written := self._beside(name):
                yield from read_redirects(written, name, site=site)
        yield Moved(on_site(site, "/rss/"), "/feed/")
        self._share = 1.0

    def _site(self) -> str:
        return self._address or site_of(self._settings.get("url", ""))

    def _home(self) -> dt.tzinfo:
        names = ("timezone", "active_timezone", "activeTimezone")
        return zone(next((self._settings[name] for name in names if self._settings.get(name)), "UTC"))

    def _laid_aside(self) -> Spool:
        if self._spool is not None:
            return self._spool
        spool = Spool()
        self._share = 0.0
        has_posts = False
        with self._export.open() as opened:
            for place, value in rows(opened, PLACES, name=self._export.name):
                found = PLACES.fullmatch(place)
                table, row = found[1] if found else "", mapping(value)
                has_posts = has_posts or table == "posts"
                if table == "settings" and line(row.get("key")) in SETTINGS:
                    self._settings[line(row["key"])] = line(row.get("value"))
                elif table in TABLES:
                    _put(spool, table, row)
                self._share = 0.5 * opened.share
        if not has_posts:
            raise SourceError(f"“{self._export.name}” is no export of Ghost: there are no posts in it.")
        self._spool = spool
        return spool

    def _beside(self, name: str) -> str:
        """Return a file that lies in the zip or folder beside the export, be it in another folder; else nothing."""
        if not self._export.member or not is_packed(self._export.path):
            return ""
        with Packed(self._export.path) as packed:
            found = next((row for row in packed.names if row.rsplit("/", 1)[-1] == name), "")
            return packed.read(found, most=MOST_BESIDE).decode("utf-8", "replace") if found else ""

    def _people(self, spool: Spool, routes: Routes, site: str) -> Iterator[Record]:
        for row in _once(spool, "users"):
            key, slug = key_of(row.get("id")), line(row.get("slug"))
            parts = {"slug": slug, "id": key}
            yield Person(
                key=key,
                name=line(row.get("name")) or slug or key,
                slug=slug,
                about=text(row.get("bio")),
                portrait=_whole(text(row.get("profile_image")), site),
                addresses=addresses([routes.author], parts, site=site, published_at=None, home=dt.UTC),
            )

    def _tags(self, spool: Spool, routes: Routes, site: str) -> Iterator[Record]:
        for row in _once(spool, "tags"):
            name, slug = line(row.get("name")), line(row.get("slug"))
            if name.startswith("#") or line(row.get("visibility")) == "internal":
                why = "It was never shown to readers there, so it isn't a tag here."
                yield Loss("internal tag", shown(name), why, Weight.NOTED)
                continue
            parts = {"slug": slug}
            yield Topic(
                kind=TopicKind.TAG,
                key=key_of(row.get("id")),
                name=name or slug,
                slug=slug,
                description=text(row.get("description")),
                addresses=addresses([routes.tag], parts, site=site, published_at=None, home=dt.UTC),
            )

    def _pictures(self, spool: Spool, site: str) -> Iterator[Record]:
        """Give the pictures at the head of posts, for their descriptions stand in a table of their own."""
        seen: set[str] = set()
        for row in spool.each("posts"):
            address = _whole(text(row.get("feature_image")) or text(row.get("image")), site)
            if not address or address in seen:
                continue
            seen.add(address)
            beside = spool.one("posts_meta", key_of(row.get("id")))
            alt, caption = (
                text(beside.get(name)) or text(row.get(name)) for name in ("feature_image_alt", "feature_image_caption")
            )
            yield File(address=address, alt=line(alt), caption=caption)


def _put(spool: Spool, table: str, row: Row) -> None:
    if names := COLUMNS.get(table):  # Never a password's digest, nor an address of those who wrote
        row = {name: row.get(name) for name in names}
    spool.put(table, row, of=key_of(row.get(TABLES[table])), rank=number(row.get("sort_order")) or 0)


def _once(spool: Spool, table: str) -> Iterator[Row]:
    """Give rows, each key once."""
    seen: set[str] = set()
    for row in spool.each(table):
        key = key_of(row.get("id"))
        if key and key not in seen:
            seen.add(key)
            yield row


def _whole(address: str, site: str) -> str:
    return on_site(site, address.replace("__GHOST_URL__", site)) if address else ""
