"""The first pass over an export: every element adds to the index what others will ask for."""

import re
from itertools import islice

from blog.archive.sources.spool import Row
from blog.archive.sources.values import number
from blog.archive.sources.wordpress import files
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.places import MOST_HOSTS, SIZED, front_of, host_of
from blog.archive.sources.wordpress.words import line

SIZED_ADDRESS = re.compile(r"https?://[^\s\"'<>()]{1,500}?-\d{1,5}x\d{1,5}\.(?:jpe?g|png|gif|webp|avif)", re.IGNORECASE)
MOST_SIZES = 200  # Of one text
MOST_FRONTS = 3
GUESTS = {"guest-author", "guest_author"}  # Co-Authors Plus; Molongui


def take(element: Element, index: Index) -> None:
    """Add what an element says to the index."""
    if element.name == "item":
        _take_item(element, index)
    elif element.name == "wp:author":
        _take_author(element, index)
    else:
        _take_term(element, index)


def _take_author(element: Element, index: Index) -> None:
    login = element.get("wp:author_login")
    names = [element.get(f"wp:author_{part}_name") for part in ("first", "last")]
    row = {
        "login": login,
        "id": element.get("wp:author_id"),
        # Only while it is read, to tell whose comments are whose
        "mail": element.get("wp:author_email").lower(),
        "name": line(element.get("wp:author_display_name")) or line(" ".join(names)) or line(login),
    }
    index.keep("author", login, row)


def _take_term(element: Element, index: Index) -> None:
    if element.name == "wp:category":
        taxonomy, part, name = "category", "category_nicename", "wp:cat_name"
    elif element.name == "wp:tag":
        taxonomy, part, name = "post_tag", "tag_slug", "wp:tag_name"
    else:
        taxonomy, part, name = element.get("wp:term_taxonomy"), "term_slug", "wp:term_name"
    slug = element.get(f"wp:{part}")
    row = {
        "taxonomy": taxonomy,
        "slug": slug,
        "name": line(element.get(name)) or slug,
        "id": element.get("wp:term_id"),
        "parent": element.get("wp:category_parent") or element.get("wp:term_parent"),
        "description": element.get(
            {"category": "wp:category_description", "post_tag": "wp:tag_description"}.get(
                taxonomy, "wp:term_description"
            )
        ),
        "meta": {key: values[0] for key, values in list(element.meta.items())[:20] if len(values[0]) < 5_000},
    }
    keep_term(index, row)


def keep_term(index: Index, row: Row) -> None:
    """Keep a term, under its taxonomy too."""
    taxonomy, slug = str(row["taxonomy"])[:200], str(row["slug"])
    if index.keep("term", f"{taxonomy}/{slug}", row):
        index.spool.put(f"term {taxonomy}", row, of=slug)
        index.keep("taxonomy", taxonomy, {"taxonomy": taxonomy})
        if taxonomy == "category":
            index.keep("category by number", str(row["id"]), {"slug": slug})


def _take_item(item: Element, index: Index) -> None:
    kind = item.get("wp:post_type") or "post"
    for term in item.terms:
        if not index.seen.has("term", f"{term.taxonomy}/{term.slug}"):
            row = {"taxonomy": term.taxonomy, "slug": term.slug, "name": line(term.name) or term.slug}
            keep_term(index, {**row, "id": "", "parent": "", "description": "", "meta": {}})
    index.clock.learn(item.get("wp:post_date"), item.get("wp:post_date_gmt"))
    if kind == "attachment":
        files.keep(item, index)
    elif kind == "wp_block":
        index.keep("block", item.key, {"title": line(item.get("title")), "text": item.text("content:encoded")})
    elif kind in GUESTS:
        _take_guest(item, index)
    elif kind == "nav_menu_item":
        _take_menu_entry(item, index)
    elif kind in {"post", "page"}:
        _take_piece(item, kind, index)


def _take_piece(item: Element, kind: str, index: Index) -> None:
    row = {"kind": kind, "title": line(item.get("title"))[:300], "link": item.get("link"), "id": item.key}
    index.keep(kind, item.key, row)
    creator = item.get("dc:creator")
    if kind == "post" and creator:
        index.keep("creator", creator, {"login": creator})
    link = item.get("link")
    if (host := host_of(link)) and (host in index.hosts or len(index.hosts) < MOST_HOSTS):
        index.hosts[host] += 1
    is_out = item.get("wp:status") == "publish" and "?" not in link
    if kind == "post" and is_out and len(index.fronts) < MOST_FRONTS:
        index.fronts.add(front_of(link, index.places.base))
    for found in islice(SIZED_ADDRESS.finditer(item.text("content:encoded")), MOST_SIZES):
        address = found[0]
        if index.seen.is_new("size", address):
            index.spool.put("size", {"address": address}, of=SIZED.sub("", address))


def _take_guest(item: Element, index: Index) -> None:
    login = item.one("cap-user_login") or item.get("wp:post_name").removeprefix("cap-")
    row = {
        "id": item.key,
        "login": login,
        "slug": item.get("wp:post_name").removeprefix("cap-") or login,
        "name": line(item.one("cap-display_name") or item.get("title")),
        "about": item.one("cap-description") or item.text("content:encoded"),
        "linked": item.one("cap-linked_account"),
        "portrait": item.one("_thumbnail_id"),
        "role": line(item.one("_molongui_guest_author_job")),
        "organisation": line(item.one("_molongui_guest_author_company")),
    }
    index.keep("guest", item.key, row)


def _take_menu_entry(item: Element, index: Index) -> None:
    menu = next((term.slug for term in item.terms if term.taxonomy == "nav_menu"), "")
    row = {
        "menu": menu,
        "title": line(item.get("title")),
        "type": item.one("_menu_item_type"),
        "object": item.one("_menu_item_object"),
        "target": item.one("_menu_item_object_id"),
        "url": item.one("_menu_item_url"),
    }
    if index.seen.is_new("entry", item.key):
        index.spool.put("entry", row, of=menu, rank=number(item.get("wp:menu_order")) or 0)
