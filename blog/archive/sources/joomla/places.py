"""Where things were in Joomla: by number, by the path of their category, and by the menus that lead to them.

Which of its ways of writing addresses a site had (`.html` or not, numbers or not) isn't in its tables. So everything
has all of them, but for those with `/index.php` before them, which only what a menu or a category leads to has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from blog.archive.sources.joomla.gathering import Gathered
from blog.archive.sources.spool import Row
from blog.archive.sources.values import in_address, key_of, line, on_site

MOST_LEVELS = 20
SUFFIX = ".html"
COMPONENT = "index.php?option=com_content&view=article&id="
K2_COMPONENT = "index.php?option=com_k2&view=item&id="


@dataclass
class Entry:
    """An entry of a menu that leads to something of ours."""

    path: str
    place: int
    is_home: bool = False


@dataclass
class Menus:
    """Entries of menus by what they lead to: articles, categories, items and categories of K2, by number."""

    articles: dict[str, list[Entry]] = field(default_factory=dict)
    categories: dict[str, list[Entry]] = field(default_factory=dict)
    items: dict[str, list[Entry]] = field(default_factory=dict)
    item_categories: dict[str, list[Entry]] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)  # Title and where it leads


def read_menus(gathered: Gathered) -> Menus:
    """Return what the menus of the site lead to."""
    menus = Menus()
    for place, row in enumerate(gathered.each("menu")):
        if line(row.get("published")) != "1" or line(row.get("client_id")) not in {"", "0"}:
            continue
        if line(row.get("menutype")) in {"", "main", "menu"} and line(row.get("alias")) == "root":
            continue
        _put(menus, line(row.get("link")), _entry(row, place), line(row.get("title")) or line(row.get("name")))
    return menus


def _entry(row: Row, place: int) -> Entry:
    path = line(row.get("path")) or line(row.get("alias"))
    left = line(row.get("lft")) or line(row.get("ordering"))
    return Entry(
        path.strip("/"), int(left) if left.isdigit() and len(left) < 9 else place, line(row.get("home")) == "1"
    )


def _put(menus: Menus, link: str, entry: Entry, title: str) -> None:
    try:
        asked = dict(parse_qsl(urlsplit(link).query, max_num_fields=50))
    except ValueError:
        return
    number = asked.get("id", "").split(":")[0]
    kinds = {
        ("com_content", "article"): menus.articles,
        ("com_content", "category"): menus.categories,
        ("com_k2", "item"): menus.items,
        ("com_k2", "itemlist"): menus.item_categories,
    }
    kind = kinds.get((asked.get("option", ""), asked.get("view", "")))
    if kind is not None and number:
        kind.setdefault(number, []).append(entry)
    elif not entry.is_home and (title or link):
        menus.others.append((title, link))


class Categories:
    """The categories of articles or of K2's items, with their paths. Parents that go in circles are followed once."""

    def __init__(self, gathered: Gathered, table: str) -> None:
        self._rows: dict[str, Row] = {}
        for row in gathered.each(table):
            key = key_of(row.get("id"))
            if key and line(row.get("extension")) in {"", "com_content"} and line(row.get("alias")) != "root":
                self._rows.setdefault(key, row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def row(self, key: str) -> Row:
        """Return a category, or an empty one."""
        return self._rows.get(key, {})

    def name(self, key: str) -> str:
        """Return what a category is called."""
        row = self.row(key)
        return line(row.get("title")) or line(row.get("name")) or line(row.get("alias"))

    def parent(self, key: str) -> str:
        """Return the category above it; of J2XML, which names paths alone, the one with the path above."""
        row = self.row(key)
        above = key_of(row.get("parent_id")) or key_of(row.get("parent"))
        if not above and "/" in key:
            above = key.rsplit("/", 1)[0]
        return above if above in self._rows and above != key else ""

    def lineage(self, key: str) -> list[str]:
        """Return a category and those above it, the nearest first."""
        found: list[str] = []
        while key in self._rows and key not in found and len(found) < MOST_LEVELS:
            found.append(key)
            key = self.parent(key)
        return found

    def path(self, key: str) -> str:
        """Return the path of a category, without slashes around it."""
        written = line(self.row(key).get("path")).strip("/")
        return written or "/".join(line(self.row(one).get("alias")) or one for one in reversed(self.lineage(key)))

    def is_none(self, key: str) -> bool:
        """Whether it is the category of what is in none."""
        alias = line(self.row(key).get("alias")).lower()
        return key in {"", "0"} or re.fullmatch(r"uncategori[sz]ed(-\d+)?", alias) is not None


def _written(site: str, paths: list[str]) -> tuple[str, ...]:
    parts = ["/".join(in_address(part) for part in path.split("/") if part) for path in paths]
    return tuple(dict.fromkeys(on_site(site, f"/{part}") for part in parts if part))


def of_category(categories: Categories, key: str, menus: dict[str, list[Entry]], *, site: str) -> tuple[str, ...]:
    """Return the addresses of a category of articles."""
    path, alias = categories.path(key), line(categories.row(key).get("alias"))
    paths = [f"{path}", f"category/{key}-{alias}", f"component/content/category/{key}-{alias}"]
    paths += [entry.path for entry in menus.get(key, [])]
    paths += [f"{path}{SUFFIX}" for path in paths]
    asked = (on_site(site, f"/index.php?option=com_content&view=category&id={key}"),) if key.isdigit() else ()
    return (*_written(site, paths), *asked)


def of_article(row: Row, categories: Categories, menus: Menus, *, site: str) -> tuple[str, ...]:
    """Return the addresses of an article, the usual ones first."""
    key, alias = line(row.get("id")), line(row.get("alias"))
    ends = [part for part in (f"{key}-{alias}" if alias else key, alias) if part]
    lineage = categories.lineage(key_of(row.get("catid")))
    before = [categories.path(lineage[0])] if lineage else []
    direct = [entry.path for entry in menus.articles.get(key, [])]
    led = [entry.path for category in lineage for entry in menus.categories.get(category, [])]
    paths = direct + [f"{path}/{end}" for path in dict.fromkeys(before + led) for end in ends]
    with_script = [f"index.php/{path}" for path in paths]
    paths += [ends[0], f"component/content/article/{ends[0]}"]
    if lineage and lineage[0].isdigit():
        above = f"{lineage[0]}-{line(categories.row(lineage[0]).get('alias'))}"
        paths += [f"{above}/{ends[0]}", f"component/content/article/{above}/{ends[0]}"]
    paths += [f"{path}{SUFFIX}" for path in paths]
    canonical = line(row.get("canonical"))
    asked = [f"/{COMPONENT}{key}", f"/{COMPONENT}{key}:{alias}"] if alias else [f"/{COMPONENT}{key}"]
    found = (*_written(site, paths + with_script), *(on_site(site, path) for path in asked))
    return tuple(dict.fromkeys((*((canonical,) if canonical.startswith("http") else ()), *found)))


def of_item(row: Row, categories: Categories, menus: Menus, *, site: str) -> tuple[str, ...]:
    """Return the addresses of an item of K2."""
    key, alias = line(row.get("id")), line(row.get("alias"))
    end = f"{key}-{alias}" if alias else key
    led = [
        entry.path
        for category in categories.lineage(key_of(row.get("catid")))
        for entry in menus.item_categories.get(category, [])
    ]
    paths = [entry.path for entry in menus.items.get(key, [])]
    paths += [f"{path}/item/{end}" for path in led] + [f"{path}/{end}" for path in led]
    paths += [f"item/{end}", f"component/k2/item/{end}"]
    paths += [f"{path}{SUFFIX}" for path in paths]
    return (
        *_written(site, paths),
        on_site(site, f"/{K2_COMPONENT}{key}"),
        on_site(site, f"/{K2_COMPONENT}{key}:{alias}"),
    )
