"""What the extension J2XML writes → rows. See its `J2xml/Table/Table.php`: an element for each row and each column."""

import html
from collections.abc import Iterator
from typing import Any

from lxml import etree

from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted

TABLES = {"content": "content", "category": "categories", "user": "users", "tag": "tags", "img": "img"}
COLUMNS = {"users": {"id", "name", "username"}}


def elements(opened: Counted, *, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the rows of an export with the names of their tables. Raises SourceError.

    Categories, tags and people are named in it by path and by name, never by number; so these are their keys.
    """
    try:
        for _event, element in etree.iterparse(
            opened,
            events=("end",),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            recover=True,
            huge_tree=True,
        ):
            parent = element.getparent()
            if parent is None or parent.getparent() is not None or parent.tag != "j2xml":
                continue
            if (table := TABLES.get(str(element.tag))) is not None:
                yield table, {} if table == "img" else _row(element, table)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    except etree.LxmlError as error:
        raise SourceError(f"“{name}” is no export of J2XML, or a damaged one: {error}") from error


def _row(element: Any, table: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for child in element:
        tag = str(child.tag)
        # Its own escapes lie within those of XML
        value = html.unescape(child.text or "")
        if tag == "taglist" or tag.endswith("list"):
            row[tag.removesuffix("list")] = [html.unescape(inner.text or "") for inner in child]
        elif table not in COLUMNS or tag in COLUMNS[table]:
            row[tag] = value
    if table in {"categories", "tags"}:
        row["number"], row["id"] = row.get("id"), row.get("path") or row.get("alias")
    elif table == "users":
        row["number"], row["id"] = row.get("id"), row.get("username")
    return row
