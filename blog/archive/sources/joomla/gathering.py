"""Whatever form a Joomla export has → the rows of its tables, laid aside."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blog.archive.records import Loss, Weight
from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted, ExportFile
from blog.archive.sources.joomla.j2xml import elements
from blog.archive.sources.joomla.sql import CutShortError, Dump
from blog.archive.sources.json_rows import rows
from blog.archive.sources.spool import Row, Spool
from blog.archive.sources.values import key_of, line, listed, mapping, number, text

# The table without its prefix, and the column by which its rows are looked up
TABLES = {
    "content": "id",
    "categories": "id",
    "sections": "id",
    "users": "id",
    "tags": "id",
    "contentitem_tag_map": "content_item_id",
    "menu": "id",
    "redirect_links": "id",
    "jcomments": "object_id",
    "komento_comments": "cid",
    "k2_items": "id",
    "k2_categories": "id",
    "k2_tags": "id",
    "k2_tags_xref": "itemid",
    "k2_comments": "itemid",
}
COLUMNS = {"users": ("id", "name", "username")}
# Joomla keeps a copy of what has tags in “ucm_content”
TABLE = re.compile(rf"(?:((?:(?!ucm_).)*?)_)?({'|'.join(sorted(TABLES, key=len, reverse=True))})")
LOOKS_LIKE_SQL = re.compile(rb"(?i)^\s*(?:--|/\*|#|SET\s|CREATE\s|INSERT\s|DROP\s|USE\s|START\s|LOCK\s|BEGIN)")
WORDS_OF_SQL = (
    b"CREATE TABLE",
    b"INSERT INTO",
    b"INSERT IGNORE INTO",
    b"REPLACE INTO",
    b"SQL DUMP",
    b"DATABASE DUMP",
    b"MYSQLDUMP",
)
SQL_SIGNS = re.compile(rb"com_content|_k2_items|_contentitem_tag_map|\bintrotext\b|_action_log_config|_banner_clients")
API_SIGNS = re.compile(rb'"type"\s*:\s*"(?:articles|categories|users|tags)"')
API_PLACES = re.compile(r"data\.item|included\.item|data")
API_TABLES = {"articles": "content", "categories": "categories", "users": "users", "tags": "tags"}
LONGEST_LOOK = 64 * 1024 * 1024  # Bytes of a dump that are looked through for the tables of Joomla


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is a dump or an export of Joomla, by how it begins; a dump is looked through further."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_sql(begins):
        return bool(SQL_SIGNS.search(begins)) or (path.is_file() and is_joomla(ExportFile(path), head))
    if begins.startswith(b"{"):
        return bool(API_SIGNS.search(begins)) and b'"attributes"' in begins
    return b"<j2xml" in begins[:2_000]


def is_sql(head: bytes) -> bool:
    """Whether a file begins as database dumps do."""
    begins = head[:20_000]
    return bool(LOOKS_LIKE_SQL.match(begins)) and any(word in begins.upper() for word in WORDS_OF_SQL)


def is_joomla(export: ExportFile, head: bytes) -> bool:
    """Whether a dump is one of Joomla, by all of it that is looked through. Raises SourceError if it can't be read."""
    if not is_sql(head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        return False
    overlap = b""
    with export.open() as opened:
        for _part in range(LONGEST_LOOK // (1024 * 1024)):
            content = opened.read(1024 * 1024)
            if not content or SQL_SIGNS.search(overlap + content):
                return bool(content)
            overlap = content[-100:]
    return False


class Gathered:
    """The rows of one Joomla site, by table."""

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self.share = 0.0
        self._spool = Spool()
        self._prefixes: Counter[str] = Counter()
        self.prefix = ""

    def take(self, exports: list[ExportFile]) -> None:
        """Read files. Raises SourceError."""
        for place, export in enumerate(exports):
            with export.open() as opened:
                for _row in self._read(export, opened):
                    self.share = (place + opened.share) / len(exports)
        if not self._prefixes:
            names = ", ".join(export.name for export in exports[:3])
            raise SourceError(f"There are no articles of Joomla in {names}: neither “content” nor “k2_items” has rows.")
        self.prefix = self._prefixes.most_common(1)[0][0]
        for other in self._prefixes.keys() - {self.prefix}:
            why = f"The dump holds more than one site; this one isn't brought, “{self.prefix}_” is."
            self.losses.append(Loss("site", f"{other}_", why))

    def each(self, table: str) -> Iterator[Row]:
        """Give the rows of a table."""
        return self._spool.each(f"{self.prefix}:{table}")

    def of(self, table: str, key: str) -> list[Row]:
        """Return the rows of a table that belong to something."""
        return self._spool.of(f"{self.prefix}:{table}", key)

    def one(self, table: str, key: str) -> Row:
        """Return the row of a table with a key, or an empty one."""
        return self._spool.one(f"{self.prefix}:{table}", key)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return self._spool.count(f"{self.prefix}:{table}")

    def _read(self, export: ExportFile, opened: Counted) -> Iterator[None]:
        head = export.head().removeprefix(b"\xef\xbb\xbf").lstrip()
        if head.startswith(b"{"):
            return self._read_api(export, opened)
        if b"<j2xml" in head[:2_000]:
            return self._read_j2xml(export, opened)
        return self._read_dump(export, opened)

    def _read_dump(self, export: ExportFile, opened: Counted) -> Iterator[None]:
        try:
            for table, row in Dump(opened, name=export.name, wanted=lambda name: bool(TABLE.fullmatch(name))).rows():
                if found := TABLE.fullmatch(table):
                    self._put(found[1] or "", found[2], dict(row))
                yield
        except CutShortError as error:
            self.losses.append(Loss("end of the dump", export.name, str(error)))

    def _read_api(self, export: ExportFile, opened: Counted) -> Iterator[None]:
        # One resource is a mapping by itself, several are a list
        for _place, item in rows(opened, API_PLACES, name=export.name, has_lists=False):
            self._put_resource(mapping(item))
            yield

    def _read_j2xml(self, export: ExportFile, opened: Counted) -> Iterator[None]:
        pictures = 0
        for table, row in elements(opened, name=export.name):
            if table == "img":
                pictures += 1
            else:
                self._put("", table, row)
            yield
        if pictures:
            why = "They lie in the export itself, where they can't be read: give the folder “images” of the old site."
            self.losses.append(Loss("pictures", f"{pictures} pictures", why, Weight.NOTED))

    def _put_resource(self, item: Row) -> None:
        """Lay a resource of the web services aside as the row that it was made of."""
        table = API_TABLES.get(line(item.get("type")))
        if not table:
            return
        row = mapping(item.get("attributes")) | {"id": item.get("id")}
        related = mapping(item.get("relationships"))
        if table == "content":
            row["introtext"] = text(row.pop("text", "")) or text(row.get("introtext"))
            row["catid"] = _related(related, "category") or row.get("catid")
            row["created_by"] = _related(related, "created_by") or row.get("created_by")
            self._put_tags(row, related)
        elif table == "categories":
            row.setdefault("extension", "com_content")
        self._put("", table, row)

    def _put_tags(self, row: Row, related: Row) -> None:
        tags = row.pop("tags", None)
        named = {line(key): line(name) for key, name in mapping(tags).items()}
        named |= {line(mapping(tag).get("id")): line(mapping(tag).get("title")) for tag in listed(tags)}
        for tag in listed(mapping(related.get("tags")).get("data")):
            named.setdefault(line(mapping(tag).get("id")), "")
        for key, name in named.items():
            if key and key.isdigit():
                self._put("", "contentitem_tag_map", {"content_item_id": row["id"], "tag_id": key})
                self._spool.put(":tags", {"id": key, "title": name}, of=key_of(key), rank=1)

    def _put(self, prefix: str, table: str, row: dict[str, Any]) -> None:
        if names := COLUMNS.get(table):  # Never a password's digest, nor the address of an account
            row = {name: row.get(name) for name in names}
        if table in {"content", "k2_items"}:
            self._prefixes[prefix] += 1
        self._spool.put(f"{prefix}:{table}", row, of=key_of(row.get(TABLES[table])), rank=number(row.get("rank")) or 0)


def _related(related: Row, name: str) -> str:
    found = mapping(related.get(name)).get("data")
    return line(mapping(found).get("id"))
