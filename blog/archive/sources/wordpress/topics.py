"""Categories, tags and series of an export, and which of them an item is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from blog.archive.records import Loss, Topic, TopicKind, Weight
from blog.archive.sources.spool import Row
from blog.archive.sources.values import key_of, number
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.places import each_once
from blog.archive.sources.wordpress.words import line
from blog.archive.text import plain

# `series` is the taxonomy of Organize Series and of PublishPress Series
KINDS = {"category": TopicKind.CATEGORY, "post_tag": TopicKind.TAG, "series": TopicKind.SERIES}
QUESTIONS = {"category": "cat", "post_tag": "tag", "series": "series"}
FOLDERS = {"category": "category", "post_tag": "tag", "series": "series"}
# What WordPress keeps as terms and other rooms read, or nobody needs: menus, authors, formats, patterns of themes
UNDERSTOOD = {*KINDS, "nav_menu", "author", "wp_theme", "wp_template_part_area", "wp_pattern_category", "link_category"}
# The category that WordPress puts a piece into for want of another, in the words of its translations
UNFILED = frozenset(
    {"uncategorized", "uncategorised", "unkategorisiert", "nicht-kategorisiert", "non-classe", "sin-categoria"}
    | {"sin-categorizar", "senza-categoria", "sem-categoria", "geen-categorie", "niet-gecategoriseerd"}
    | {"bez-kategorii", "nezarazene", "okategoriserade", "okategoriserat", "ukategorisert", "ikke-kategoriseret"}
    | {"luokittelematon", "kategorisiz", "kategorilenmemis", "fara-categorie", "kategorizalatlan", "nekategorizirano"}
    | {"без-рубрики", "без-категорії", "未分类", "未分類", "미분류", "غير-مصنف", "دسته-بندی-نشده", "דף-ללא-קטגוריה"}
)
MOST_LEVELS = 20
MOST_PART = 9_999


@dataclass(frozen=True)
class Filed:
    """Where a piece is filed."""

    category: str = ""
    also_in: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    part: int | None = None


def records(index: Index) -> Iterator[Topic | Loss]:
    """Give every category, tag and series."""
    for taxonomy, kind in KINDS.items():
        for row in index.each(f"term {taxonomy}"):
            above, is_cyclic = _above(row, index) if taxonomy == "category" else ([], False)
            if is_cyclic:
                why = "The categories above it lead back to itself; it is brought without them."
                yield Loss("category", row["name"], why, Weight.CHANGED)
            if taxonomy == "category" and is_unfiled(row["slug"]):
                why = "It says that a piece is in none. What was in another category as well is only in that one."
                yield Loss("category", row["name"], why, Weight.NOTED)
            yield Topic(
                kind=kind,
                key=key_of(row["slug"]),
                name=row["name"],
                slug=unquote(row["slug"]),
                description=plain(row["description"]),
                parent=key_of(above[0]) if above else "",
                addresses=_addresses(row, taxonomy, above, index),
            )


def is_unfiled(slug: str) -> bool:
    """Whether a category only says that nobody has chosen one."""
    return unquote(slug).lower() in UNFILED


def filed(item: Element) -> Filed:
    """Return where a piece is filed: in its first category; in the one that means none only where it has no other."""
    found: dict[TopicKind, list[str]] = {kind: [] for kind in TopicKind}
    for term in item.terms:
        if term.taxonomy in KINDS:
            key = key_of(term.slug)
            if key and key not in found[KINDS[term.taxonomy]]:
                found[KINDS[term.taxonomy]].append(key)
    categories = [key for key in found[TopicKind.CATEGORY] if not is_unfiled(key)] or found[TopicKind.CATEGORY][:1]
    series = next(iter(found[TopicKind.SERIES]), "")
    part = number(item.one("_series_part")) if series else None
    return Filed(
        category=categories[0] if categories else "",
        also_in=tuple(categories[1:]),
        tags=tuple(found[TopicKind.TAG]),
        series=series,
        part=part if part and 0 < part <= MOST_PART else None,
    )


def with_primary(place: Filed, primary: str, index: Index) -> Filed:
    """Return where a piece is filed, with the category of that number first, if it is in it at all."""
    slug = key_of(index.one("category by number", primary).get("slug", "")) if primary else ""
    if not slug or slug == place.category or slug not in place.also_in:
        return place
    others = (place.category, *(key for key in place.also_in if key != slug))
    return Filed(slug, others, place.tags, place.series, place.part)


def others(index: Index) -> Iterator[Loss]:
    """Say of each further taxonomy that it isn't brought."""
    for row in index.each("taxonomy"):
        taxonomy = row["taxonomy"]
        if taxonomy in UNDERSTOOD:
            continue
        if taxonomy == "post_format":
            why = "Pieces have one form here; what was set as gallery, aside or quote is a piece like any other."
            yield Loss("post format", "", why, Weight.NOTED)
            continue
        names = [line(term["name"]) for term in _first(index.each(f"term {taxonomy}"), 31)]
        listed = ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
        yield Loss("taxonomy", taxonomy, f"Only categories, tags and series are brought. Its terms: {listed}")


def _addresses(row: Row, taxonomy: str, above: list[str], index: Index) -> tuple[str, ...]:
    places = index.places
    folder = FOLDERS[taxonomy]
    path = "/".join([*reversed(above), row["slug"]])
    found = [*places.fronted(f"{folder}/{path}/"), *places.fronted(f"{folder}/{row['slug']}/")]
    if taxonomy == "category":
        found += [places.on(f"?cat={row['id']}")] if row["id"] else []
        found.append(places.on(f"?category_name={row['slug']}"))
    else:
        found.append(places.on(f"?{QUESTIONS[taxonomy]}={row['slug']}"))
    return each_once(found)


def _above(row: Row, index: Index) -> tuple[list[str], bool]:
    """Return the slugs of the categories above one, from its parent up; and whether they lead back to themselves."""
    above: list[str] = []
    while (slug := row.get("parent", "")) and len(above) < MOST_LEVELS:
        if slug in {*above, row["slug"]}:
            return [], True
        row = index.one("term", f"category/{slug}")
        if not row:
            break
        above.append(slug)
    return above, False


def _first(rows: Iterator[Row], most: int) -> Iterator[Row]:
    for _, row in zip(range(most), rows, strict=False):
        yield row
