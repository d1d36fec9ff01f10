"""Attachments of an export → files: their text for those who can't see them, and every address they had."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from blog.archive.records import File, Loss, Weight
from blog.archive.sources.values import number
from blog.archive.sources.wordpress import php
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.places import SCALED, each_once
from blog.archive.sources.wordpress.words import line, shortened

MOST_SIZES = 60
MOST_DESCRIPTION = 5_000  # Characters
MOST_CREDIT = 250
SAYS_WHOSE = re.compile(
    r"©|\(c\)|copyright|public domain|creative commons|\bCC[ -](?:BY|0)|licen[cs]e|\bcredits?\b"
    r"|\b(?:photo(?:graph)?|picture|image|illustration|courtesy)s?(?: by| of|:| ©)|\bvia https?:",
    re.IGNORECASE,
)


def keep(item: Element, index: Index) -> None:
    """Add an attachment to the index, by its number, its addresses and the piece that it hangs on."""
    places = index.places
    address = places.whole(item.get("wp:attachment_url")) or _by_guid(item, index)
    details, why = _details(item)
    description = item.get("content:encoded")[:MOST_DESCRIPTION]
    # The library has no field for whose a picture is, so people write it there
    is_credit = len(description) <= MOST_CREDIT and bool(SAYS_WHOSE.search(description))
    row = {
        "key": item.key,
        "address": address,
        "title": line(item.get("title"))[:300],
        "alt": line(item.one("_wp_attachment_image_alt"))[:2_000],
        "caption": item.get("excerpt:encoded")[:MOST_DESCRIPTION],
        "credit": line(description) if is_credit else line(_text(_within(details, "image_meta", "credit")))[:300],
        "link": places.whole(item.get("link")),
        "sizes": list(_sizes(address, details)),
        "description": "" if is_credit else description,
        "comments": len(item.comments),
        "why": why,
    }
    if not index.keep("file", item.key, row) or not address:
        return
    places.know_file(address)
    index.keep("file at", places.file_keys(address)[0], {"key": item.key})
    if (parent := item.get("wp:post_parent")) not in {"", "0"}:
        index.spool.put("file of", row, of=parent, rank=number(item.get("wp:menu_order")) or 0)


def records(index: Index) -> Iterator[File | Loss]:
    """Give every file, and what of it has no place here."""
    for row in index.each("file"):
        title = row["title"] or row["address"] or row["key"]
        if not row["address"]:
            yield Loss("file", title, "The export doesn't say where this attachment lies.")
            continue
        in_texts = [size["address"] for size in index.spool.of("size", row["address"], most=MOST_SIZES)]
        yield File(
            address=row["address"],
            key=row["key"],
            alt=row["alt"],
            caption=row["caption"],
            credit=row["credit"],
            addresses=each_once(
                [row["link"], index.places.on(f"?attachment_id={row['key']}"), *row["sizes"], *in_texts]
            ),
        )
        yield from _losses(row, title)


def _losses(row: dict[str, Any], title: str) -> Iterator[Loss]:
    if row["description"] and line(row["description"]) != line(row["caption"]):
        why = (
            f"Files have no page of their own here, so its description is left: “{shortened(row['description'], 200)}”"
        )
        yield Loss("description of a file", title, why)
    if row["comments"]:
        yield Loss("comment", title, f"Files have no discussion here: {row['comments']} under it are left.")
    if row["why"]:
        yield Loss("sizes of a picture", title, f"Their list can't be read: {row['why']}", Weight.NOTED)


def _by_guid(item: Element, index: Index) -> str:
    guid = item.get("guid")
    return "" if "?" in guid else index.places.whole(guid)


def _details(item: Element) -> tuple[php.Value, str]:
    notation = item.one("_wp_attachment_metadata")
    if not notation:
        return {}, ""
    try:
        return php.read(notation), ""
    except php.PhpError as error:
        return {}, str(error)


def _sizes(address: str, details: php.Value) -> Iterator[str]:
    """Give the addresses of the other sizes of a picture, and of the one that was uploaded, if that was too large."""
    if not address:
        return
    if (plain := SCALED.sub("", address)) != address:
        yield plain
    original = _text(_within(details, "original_image"))
    if _is_name(original):
        yield urljoin(address, original)
    sizes = _within(details, "sizes")
    for size in list(sizes.values())[:MOST_SIZES] if isinstance(sizes, dict) else []:
        if _is_name(name := _text(_within(size, "file"))):
            yield urljoin(address, name)


def _is_name(name: str) -> bool:
    """Whether it names a file beside the first one, and leads nowhere else."""
    return bool(name) and len(name) < 300 and not set(name) & set("/\\:?#") and name not in {".", ".."}


def _within(value: php.Value, *keys: str) -> php.Value:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: php.Value) -> str:
    return value if isinstance(value, str) else ""
