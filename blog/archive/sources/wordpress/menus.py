"""Menus of an export → which pages stood in the menu of the blog, in which order."""

import re
from collections import Counter
from collections.abc import Iterator

from blog.archive.records import Loss, MenuEntry, Weight
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.words import shortened

# What the menu in the head of a blog is mostly called; exports don't say which one that is
MAIN = ("primary", "main", "header", "top", "navigation", "nav")
MOST_NAMED = 100
MOST_ENTRIES = 10_000


def records(index: Index) -> Iterator[MenuEntry | Loss]:
    """Give the pages of the main menu in their order; say what else stood there, and which menus there were beside."""
    counted = Counter(row["menu"] for row in index.each("entry"))
    if not counted:
        return
    main = _main(counted, index)
    position = 0
    passed: set[str] = set()
    for row in index.spool.of("entry", main, most=MOST_ENTRIES):
        if row["type"] == "post_type" and row["object"] == "page" and index.one("page", row["target"]):
            if row["target"] not in passed:
                position += 1
                passed.add(row["target"])
                yield MenuEntry(row["target"], position)
        else:
            why = f"The menu here holds pages only; this one led to {_target(row, index)}."
            yield Loss("menu entry", _name(row, index), why, Weight.NOTED)
    for menu in counted:
        if menu != main:
            rows = index.spool.of("entry", menu, most=MOST_NAMED)
            named = ", ".join(_name(row, index) for row in rows)
            more = " …" if counted[menu] > MOST_NAMED else ""
            why = f"A blog has one menu here, and “{main}” was taken. In this one stood: {named}{more}"
            yield Loss("menu", menu, why, Weight.NOTED)


def _main(counted: Counter[str], index: Index) -> str:
    """Return the menu that is called the main one, or else the one with the most pages."""
    words = {menu: set(re.split(r"[^a-z0-9]+", menu.lower())) for menu in counted}
    named = (menu for sign in MAIN for menu in counted if sign in words[menu])
    pages = Counter(row["menu"] for row in index.each("entry") if row["object"] == "page")
    return next(named, (pages or counted).most_common(1)[0][0])


def _name(row: dict[str, str], index: Index) -> str:
    return shortened(
        row["title"] or _page(row, index).get("title", "") or row["url"] or f"{row['object']} {row['target']}"
    )


def _page(row: dict[str, str], index: Index) -> dict[str, str]:
    return index.one(row["object"], row["target"]) if row["type"] == "post_type" else {}


def _target(row: dict[str, str], index: Index) -> str:
    return shortened(row["url"] or _page(row, index).get("link", "") or f"{row['object']} {row['target']}", 200)
