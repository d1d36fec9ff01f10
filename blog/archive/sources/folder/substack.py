"""Substack's export: a list of posts in CSV, and beside it a file of HTML for each, named by number and slug."""

import csv
import html
import io
import posixpath
import re
from typing import Any

import lxml.html
from lxml import etree

from blog.archive.packed import Packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.values import escaped, line, text

MOST_LIST = 64 * 1024 * 1024  # Bytes
MOST_ROWS = 100_000
LIST = "posts.csv"
# Buttons and forms of the newsletter: they do nothing here
ASKING = "//*[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
ASKING_CLASSES = ("button-wrapper", "subscription-widget-wrap", "subscription-widget", "subscribe-widget")


def read_list(packed: Packed, root: str) -> dict[str, dict[str, Any]]:
    """Return what the list says of each text, by the name of its file without folders and ending."""
    if f"{root}{LIST}" not in packed:
        return {}
    try:
        written = packed.read(f"{root}{LIST}", most=MOST_LIST).decode("utf-8-sig", "replace")
        rows = csv.DictReader(io.StringIO(written.replace("\0", ""), newline=""))
        if "post_id" not in (rows.fieldnames or ()):
            return {}
        return {line(row["post_id"]): _said(row) for row, _place in zip(rows, range(MOST_ROWS), strict=False)}
    except (SourceError, csv.Error):
        return {}


def of(name: str, listed: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the list says of a file."""
    return listed.get(posixpath.splitext(posixpath.basename(name))[0], {}) if listed else {}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    slug = line(row.get("post_id")).partition(".")[2]
    is_public = line(row.get("is_published")).lower() == "true"
    # What subscribers paid for isn't made public by moving
    is_for_all = line(row.get("audience")).lower() in {"", "everyone"}
    found = {
        "title": html.unescape(text(row.get("title"))),
        "description": html.unescape(text(row.get("subtitle"))),
        "date": line(row.get("post_date")),
        "draft": not is_public or not is_for_all,
        "audience": "" if is_for_all else line(row.get("audience")),
        "slug": slug,
        "permalink": f"/p/{slug}" if slug else "",
        "type": "page" if line(row.get("type")) == "page" else "",
        "sound": line(row.get("podcast_url")),
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def body_of(written: str, said: dict[str, Any]) -> str:
    """Return a text without what asks to subscribe, with its sound."""
    body = written
    if any(name in written for name in ASKING_CLASSES):
        try:
            root = lxml.html.fragment_fromstring(re.sub(r"<\?xml[^>]*\?>", "", written), create_parent="div")
        except (etree.LxmlError, ValueError):
            return written
        for name in ASKING_CLASSES:
            for element in root.xpath(ASKING.format(name)):
                if element.getparent() is not None:
                    element.drop_tree()
        body = "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
        body = escaped(root.text or "") + body
    sound = text(said.get("sound"))
    return f'<audio src="{escaped(sound)}" controls></audio>{body}' if sound.startswith("http") else body
