"""A Joomla site as records."""

from collections.abc import Iterator
from pathlib import Path

from blog.archive.records import File, Loss, MenuEntry, Moved, Page, Record, Site, Topic, TopicKind, Weight
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.joomla.articles import Articles
from blog.archive.sources.joomla.gathering import Gathered
from blog.archive.sources.joomla.names import Names
from blog.archive.sources.joomla.places import Categories, Menus, of_category, read_menus
from blog.archive.sources.values import key_of, line, on_site, shown, site_of, text

FEEDS = ("/?format=feed&type=rss", "/?format=feed&type=atom", "/index.php?format=feed&type=rss")


class JoomlaExport:
    """A Joomla site, from whichever form of export."""

    system = "joomla"

    def __init__(self, path: Path, *, members: tuple[str, ...] = (), address: str = "") -> None:
        self._exports = [ExportFile(path, member) for member in members] or [ExportFile(path)]
        self._site = site_of(address)
        self._gathered: Gathered | None = None
        self._half = 0.0

    def progress(self) -> float:
        """Return how much has been read: laying the rows aside is the first half."""
        return (self._gathered.share / 2 if self._gathered else 0.0) + self._half

    def records(self) -> Iterator[Record]:
        """Give what is in it. Raises SourceError."""
        self._half = 0.0
        gathered = self._laid_aside()
        menus = read_menus(gathered)
        categories = Categories(gathered, "categories")
        k2_categories = Categories(gathered, "k2_categories")
        names = Names(gathered)
        articles = Articles(
            gathered, names=names, articles=categories, items=k2_categories, menus=menus, site=self._site
        )
        yield Site(address=self._site)
        yield from gathered.losses
        yield from names.people()
        yield from self._categories(categories, menus, "")
        yield from self._categories(k2_categories, menus, "k2-")
        yield from self._tags(gathered)
        yield from self._files(gathered, articles)
        yield from self._pieces(gathered, articles)
        yield from self._beside(gathered, menus)
        self._half = 0.5

    def _laid_aside(self) -> Gathered:
        if self._gathered is None:
            gathered = self._gathered = Gathered()
            try:
                gathered.take(self._exports)
            except BaseException:
                self._gathered = None
                raise
            gathered.share = 1.0
        return self._gathered

    def _categories(self, categories: Categories, menus: Menus, prefix: str) -> Iterator[Record]:
        for key in categories:
            if categories.is_none(key):
                continue
            row, parent = categories.row(key), categories.parent(key)
            if line(row.get("published")) not in {"", "1", "2"}:
                why = "It wasn't shown there; it comes in because articles may be in it."
                yield Loss("category", shown(categories.name(key)), why, Weight.NOTED)
            led = [on_site(self._site, f"/{entry.path}") for entry in menus.item_categories.get(key, [])]
            yield Topic(
                kind=TopicKind.CATEGORY,
                key=f"{prefix}{key}",
                name=categories.name(key) or key,
                slug=line(row.get("alias")),
                description=text(row.get("description")),
                parent=f"{prefix}{parent}" if parent else "",
                addresses=tuple(led) if prefix else of_category(categories, key, menus.categories, site=self._site),
            )

    def _tags(self, gathered: Gathered) -> Iterator[Record]:
        for table, prefix in (("tags", ""), ("k2_tags", "k2-")):
            seen: set[str] = set()
            for first in gathered.each(table):
                key = key_of(first.get("id"))
                if not key or key in seen or line(first.get("alias")) == "root":
                    continue
                seen.add(key)
                row = gathered.one(table, key)
                name, alias = line(row.get("title")) or line(row.get("name")), line(row.get("alias"))
                path = line(row.get("path")).strip("/") or alias
                yield Topic(
                    kind=TopicKind.TAG,
                    key=f"{prefix}{key}",
                    name=name or alias or key,
                    slug=alias,
                    description=text(row.get("description")),
                    addresses=(on_site(self._site, f"/component/tags/tag/{path}"),) if path else (),
                )

    def _files(self, gathered: Gathered, articles: Articles) -> Iterator[Record]:
        seen: set[str] = set()
        for row in gathered.each("content"):
            for file in articles.files(row):
                if isinstance(file, File) and file.address not in seen:
                    seen.add(file.address)
                    yield file

    def _pieces(self, gathered: Gathered, articles: Articles) -> Iterator[Record]:
        total = max(1, gathered.count("content") + gathered.count("k2_items"))
        done = 0
        pages: list[MenuEntry] = []
        for table in ("content", "k2_items"):
            for row in gathered.each(table):
                for record in articles.of(row, is_item=table == "k2_items"):
                    if isinstance(record, Page) and record.position is not None:
                        pages.append(MenuEntry(record.key, record.position))
                    yield record
                done += 1
                self._half = 0.5 * done / total
        yield from sorted(pages, key=lambda entry: entry.position)

    def _beside(self, gathered: Gathered, menus: Menus) -> Iterator[Record]:
        for row in gathered.each("redirect_links"):
            old, new = line(row.get("old_url")), line(row.get("new_url"))
            if old and new and line(row.get("published")) == "1":
                yield Moved(on_site(self._site, old), new)
        for title, link in menus.others:
            yield Loss(
                "menu entry",
                shown(title) or link[:200],
                f"It leads to nothing that comes in: {link[:200]}",
                Weight.NOTED,
            )
        for path in FEEDS:
            yield Moved(on_site(self._site, path), "/feed/")
