"""Articles of Joomla and items of K2 → pieces and pages."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from blog.archive.records import Credit, File, Loss, Page, Piece, PieceState, Record, Remark
from blog.archive.sources.findings import Findings
from blog.archive.sources.joomla.braces import PICTURE_NOTE, are_comments_closed, without_plugins
from blog.archive.sources.joomla.gathering import Gathered
from blog.archive.sources.joomla.names import Names
from blog.archive.sources.joomla.places import Categories, Menus, of_article, of_item
from blog.archive.sources.joomla.remarks import remarks_of_article, remarks_of_item
from blog.archive.sources.spool import Row
from blog.archive.sources.values import (
    escaped,
    is_never,
    key_of,
    line,
    listed,
    mapping,
    moment,
    number,
    on_site,
    shown,
    text,
)

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
PUBLIC = {"", "0", "1", "5", "Public", "Guest"}  # 0 in version 1.5, 1 since; 5 is for whoever is not signed in
TRASHED = -2
STATES = {1: PieceState.PUBLISHED, 2: PieceState.PUBLISHED, -1: PieceState.PUBLISHED, 0: PieceState.DRAFT}
LEADING = re.compile(r"^\s*<[a-z]", re.IGNORECASE)


class Articles:
    """Puts articles together from their tables. `now` decides which of them had expired."""

    def __init__(
        self, gathered: Gathered, *, names: Names, articles: Categories, items: Categories, menus: Menus, site: str
    ) -> None:
        self._gathered, self._names, self._site, self._menus = gathered, names, site, menus
        self._articles, self._items = articles, items
        self._now = dt.datetime.now(dt.UTC)
        self._seen: set[str] = set()

    def of(self, row: Row, *, is_item: bool = False) -> Iterator[Record]:
        """Give an article, or an item of K2, behind its pictures and what was found about it."""
        number_ = key_of(row.get("id"))
        key = f"k2-{number_}" if is_item else number_
        which = shown(row.get("title")) or key
        if not number_ or key in self._seen:
            yield Loss("article", which, "It has no number, or that of another one before it.")
            return
        self._seen.add(key)
        state = self._raw_state(row)
        if state == TRASHED:
            yield Loss("article", which, "It lay in the trash.")
            return
        findings = Findings(which)
        if is_item:
            made = self._piece(row, key, PieceState(STATES.get(state, PieceState.DRAFT)), findings, is_item=True)
        elif self._is_page(row):
            made = self._page(row, key, state, findings)
        else:
            made = self._piece(row, key, PieceState(STATES.get(state, PieceState.DRAFT)), findings, is_item=False)
        yield from findings.take()
        yield made

    def files(self, row: Row) -> Iterator[Record]:
        """Give the pictures at the head of an article."""
        for address, alt, caption in self._pictures(row):
            yield File(address=address, alt=alt, caption=caption)

    def _is_page(self, row: Row) -> bool:
        leads = self._menus.articles.get(line(row.get("id")), [])
        return bool(leads) and self._articles.is_none(key_of(row.get("catid")))

    def _piece(self, row: Row, key: str, state: PieceState, findings: Findings, *, is_item: bool) -> Piece | Page:
        begun = moment(row.get("created"))
        at = moment(row.get("publish_up")) or begun
        state = self._state(row, state, findings)
        if state == PieceState.PUBLISHED and is_never(row.get("publish_up")):
            findings.changed("article", "It waits for a time that can't be read, so it isn't published.")
            state = PieceState.DRAFT
        if state == PieceState.PUBLISHED and at is None:
            findings.changed("date", "It has no date that can be read.")
            at = LONG_AGO
        categories = self._items if is_item else self._articles
        category = key_of(row.get("catid"))
        prefix = "k2-" if is_item else ""
        if category and category not in categories and category != "0":
            findings.lost("category", f"Its category, number {category}, isn't in the export.")
        pictures = self._pictures(row)
        if len(pictures) > 1:
            findings.noted("picture", f"Of its two pictures, the one of lists stays aside: {pictures[1][0]}")
        raw = text(row.get("introtext")) + text(row.get("fulltext"))
        alias = line(row.get("alias"))
        places = of_item if is_item else of_article
        return Piece(
            key=key,
            title=line(row.get("title")),
            body=self._body(row, raw, findings),
            state=state,
            slug=alias,
            standfirst=text(row.get("metadesc")),
            lead=pictures[0][0] if pictures else "",
            published_at=at if state == PieceState.PUBLISHED else None,
            changed_at=moment(row.get("modified")),
            begun_at=begun,
            credits=self._credits(row, findings),
            category=f"{prefix}{category}" if category in categories and not categories.is_none(category) else "",
            tags=self._tags(row, is_item=is_item),
            comments_open=not are_comments_closed(raw),
            remarks=self._remarks(row, findings, is_item=is_item),
            addresses=places(row, categories, self._menus, site=self._site),
        )

    def _page(self, row: Row, key: str, state: int, findings: Findings) -> Page:
        is_published = self._state(row, STATES.get(state, PieceState.DRAFT), findings) == PieceState.PUBLISHED
        findings.noted("page", "A menu led straight to it and it is in no category, so it is a page here.")
        entries = self._menus.articles.get(line(row.get("id")), [])
        raw = text(row.get("introtext")) + text(row.get("fulltext"))
        pictures = "".join(
            f'<figure><img src="{escaped(address)}" alt="{escaped(alt)}">'
            f"{f'<figcaption>{escaped(caption)}</figcaption>' if caption else ''}</figure>"
            for address, alt, caption in self._pictures(row)[:1]
        )
        return Page(
            key=key,
            title=line(row.get("title")),
            body=pictures + self._body(row, raw, findings),
            slug=line(row.get("alias")),
            standfirst=text(row.get("metadesc")),
            is_published=is_published,
            changed_at=moment(row.get("modified")) or moment(row.get("created")),
            position=min(entry.place for entry in entries) if entries else None,
            remarks=self._remarks(row, findings, is_item=False),
            addresses=of_article(row, self._articles, self._menus, site=self._site),
        )

    def _raw_state(self, row: Row) -> int:
        if line(row.get("trash")) == "1" or line(row.get("trashed")) == "1":
            return TRASHED
        state = number(row.get("state"))
        return state if state is not None else number(row.get("published")) or 0

    def _state(self, row: Row, state: PieceState, findings: Findings) -> PieceState:
        if state != PieceState.PUBLISHED:
            return state
        ends = moment(row.get("publish_down"))
        if ends and ends <= self._now:
            findings.changed("article", f"It was taken off the site on {ends:%d %B %Y}, so it isn't published.")
            return PieceState.DRAFT
        if ends:
            findings.changed("article", f"It was to end on {ends:%d %B %Y}; here nothing ends by itself.")
        if line(row.get("access")) not in PUBLIC:
            findings.changed("article", "Only some of those who signed in could read it, so it isn't published.")
            return PieceState.DRAFT
        return state

    def _body(self, row: Row, raw: str, findings: Findings) -> str:
        body = without_plugins(raw, findings)
        if raw and not LEADING.match(raw) and "<" not in raw:
            body = "".join(f"<p>{part}</p>" for part in body.split("\n\n") if part.strip())
        for name, what in (("video", "video"), ("gallery", "gallery")):  # Fields of K2
            field = text(row.get(name)).strip()
            if field:
                body += without_plugins(field, findings)
                findings.noted(what, "It stood beside the text and stands at its end now.")
        if text(row.get("extra_fields")).strip() not in {"", "[]", "{}"}:
            findings.lost("fields", "What stood in fields of its own isn't brought.")
        return body + self._links(row)

    def _links(self, row: Row) -> str:
        """Return the three links that an article may have beside its text, as a list."""
        fields = _unpacked(row.get("urls"))
        found = [(text(fields.get(f"url{letter}")), line(fields.get(f"url{letter}text"))) for letter in "abc"]
        items = [f'<li><a href="{escaped(url)}">{escaped(words or url)}</a></li>' for url, words in found if url]
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def _pictures(self, row: Row) -> list[tuple[str, str, str]]:
        """Return the pictures beside the text, that of the article before that of lists: address, words for it."""
        fields = _unpacked(row.get("images"))
        found: dict[str, tuple[str, str, str]] = {}
        for name in ("image_fulltext", "image_intro"):
            address = on_site(self._site, PICTURE_NOTE.sub("", text(fields.get(name)).split("#joomlaImage")[0]))
            if address:
                words = (line(fields.get(f"{name}_alt")), line(fields.get(f"{name}_caption")))
                found.setdefault(address, (address, *words))
        return list(found.values())

    def _credits(self, row: Row, findings: Findings) -> tuple[Credit, ...]:
        alias = line(row.get("created_by_alias"))
        if alias and (" and " in alias or "&" in alias or "," in alias):
            findings.noted("author", f"“{alias[:100]}” may be more than one person; it came in as one name.")
        person = self._names.of(row)
        return (Credit(person),) if person else ()

    def _tags(self, row: Row, *, is_item: bool) -> tuple[str, ...]:
        key = key_of(row.get("id"))
        if is_item:
            return tuple(
                dict.fromkeys(
                    f"k2-{tag}"
                    for link in self._gathered.of("k2_tags_xref", key)
                    if (tag := key_of(link.get("tagid"))) and self._gathered.one("k2_tags", tag)
                )
            )
        links = self._gathered.of("contentitem_tag_map", key)
        keys = [key_of(link.get("tag_id")) for link in links if _is_of_article(link)]
        keys += [key_of(path) for path in listed(row.get("tag"))]  # J2XML
        return tuple(tag for tag in dict.fromkeys(keys) if tag and self._gathered.one("tags", tag))

    def _remarks(self, row: Row, findings: Findings, *, is_item: bool) -> tuple[Remark, ...]:
        read = remarks_of_item if is_item else remarks_of_article
        found: dict[str, Remark] = {}
        for remark, number_ in read(self._gathered, key_of(row.get("id"))):
            if remark is None:
                findings.lost("comment", f"Comment {number_} was deleted, or has no words.")
            else:
                found.setdefault(remark.key, remark)
        return tuple(found.values())


def _is_of_article(link: Row) -> bool:
    return line(link.get("type_alias")) in {"", "com_content.article"}


def _unpacked(value: Any) -> dict[str, Any]:
    """Return a field of JSON as a mapping; what can't be read, as an empty one."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if len(value) < 100_000 else {}
        except (ValueError, RecursionError):
            return {}
    return mapping(value)
