"""Posts and pages of an export → pieces and pages, with all that hangs on them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from blog.archive.records import Loss, Page, Piece, PieceState, Weight
from blog.archive.sources.values import key_of, number
from blog.archive.sources.wordpress import addresses, topics
from blog.archive.sources.wordpress.body import Context, render, without_shortcodes
from blog.archive.sources.wordpress.elements import MOST_ROWS, MOST_TERMS, Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.people import People
from blog.archive.sources.wordpress.places import slug_of
from blog.archive.sources.wordpress.remarks import Remarks
from blog.archive.sources.wordpress.words import line, shortened
from blog.archive.text import plain

STATES = {
    "publish": PieceState.PUBLISHED,
    "future": PieceState.PUBLISHED,
    "pending": PieceState.SUBMITTED,
    "draft": PieceState.DRAFT,
}
HIDDEN = {"private": "It was private", "trash": "It was in the bin"}
TITLE_WORDS = 60  # Characters of the text that stand for a title that is missing
# Of the plugins WP Subtitle, Subtitles and Secondary Title
SUBTITLES = ("wps_subtitle", "_subtitle", "_secondary_title")
UNTITLED = "Untitled"
MOST_POSITION = 10_000


@dataclass(frozen=True)
class Reader:
    """What reads items: what the first pass found, the people, and the comments so far."""

    index: Index
    people: People
    remarks: Remarks

    def piece(self, item: Element) -> Iterator[Piece | Loss]:
        """Give the piece that a post is, then what was lost of it."""
        which, context, losses = self._begun(item)
        body, title = self._texts(item, context)
        at, changed_at = self.index.clock.begun(item), self.index.clock.changed(item)
        state, why = _state(item)
        if item.get("wp:status") == "future" and at and self.index.exported_at and at < self.index.exported_at:
            state, why = PieceState.DRAFT, "It should have appeared before the export was made, and hadn't"
        elif item.get("wp:status") == "future" and at is None:
            state, why = PieceState.DRAFT, "It waits for a time that can't be read"
        if why:
            losses.append(Loss("piece", which, f"{why}, so it comes as a draft.", Weight.CHANGED))
        if item.get("wp:is_sticky") == "1":
            losses.append(Loss("piece", which, "It was kept on top of the first page.", Weight.NOTED))
        place = topics.with_primary(topics.filed(item), _primary(item), self.index)
        remarks, lost = self.remarks.under(item, which)
        yield Piece(
            key=_key(item, self.index, losses, which),
            title=title,
            body=body,
            state=state,
            slug=_slug(item),
            standfirst=_standfirst(item),
            lead=self._lead(item, context),
            published_at=at if state is PieceState.PUBLISHED else None,
            changed_at=changed_at if changed_at and at and changed_at > at else None,
            begun_at=at,
            credits=self.people.credits(item),
            category=place.category,
            tags=place.tags,
            also_in=place.also_in,
            series=place.series,
            part=place.part,
            comments_open=item.get("wp:comment_status") == "open",
            remarks=remarks,
            addresses=addresses.of_item(item, self.index, number_asked="p"),
        )
        yield from [*losses, *context.losses, *lost]

    def page(self, item: Element) -> Iterator[Page | Loss]:
        """Give a page, then what was lost of it."""
        which, context, losses = self._begun(item)
        body, title = self._texts(item, context)
        state, why = _state(item)
        if why:
            losses.append(Loss("page", which, f"{why}, so it comes unpublished.", Weight.CHANGED))
        if item.get("wp:status") == "future":
            losses.append(
                Loss("page", which, "Pages can't wait for a time here, so it comes unpublished.", Weight.CHANGED)
            )
        remarks, lost = self.remarks.under(item, which)
        if picture := self._lead(item, context):
            body = f'<figure><img src="{picture}" alt=""></figure>\n{body}' if picture not in body else body
        order = number(item.get("wp:menu_order"))
        yield Page(
            key=_key(item, self.index, losses, which),
            title=title,
            body=body,
            slug=_slug(item),
            standfirst=_standfirst(item),
            is_published=state is PieceState.PUBLISHED and item.get("wp:status") != "future",
            changed_at=self.index.clock.changed(item) or self.index.clock.begun(item),
            position=order if order and 0 < order <= MOST_POSITION else None,
            remarks=remarks,
            addresses=addresses.of_item(item, self.index, number_asked="page_id"),
        )
        yield from [*losses, *context.losses, *lost]

    def _begun(self, item: Element) -> tuple[str, Context, list[Loss]]:
        which = shortened(item.get("title")) or item.get("link") or item.key
        context = Context(self.index, which, item.key, notes=_notes(item))
        losses = []
        if item.is_mended:
            why = "Its XML is damaged in the export; what could be read is here. Compare it with the old page."
            losses.append(Loss("text", which, why, Weight.CHANGED))
        if item.is_cut:
            why = f"It has too much beside its text: {MOST_ROWS:,} comments and {MOST_TERMS:,} terms are read at most."
            losses.append(Loss("piece", which, why))
        if item.is_reencoded:
            why = "Some signs were not in the encoding of the file; they were read as Windows-1252."
            losses.append(Loss("text", which, why, Weight.CHANGED))
        if elsewhere := item.one("_links_to"):
            why = f"A plugin sent its readers on to {shortened(elsewhere, 200)}; here they stay."
            losses.append(Loss("redirect", which, why, Weight.CHANGED))
        return which, context, losses

    def _texts(self, item: Element, context: Context) -> tuple[str, str]:
        body = render(item.text("content:encoded"), context)
        if title := line(item.get("title")):
            return body, title
        words = shortened(plain(body[:5_000]), TITLE_WORDS)
        context.lose("title", "It had none; the first words of the text stand there.", Weight.CHANGED)
        return body, words or UNTITLED

    def _lead(self, item: Element, context: Context) -> str:
        wanted = item.one("_thumbnail_id")
        if not wanted or wanted == "0":
            return ""
        if picture := self.index.attachment(wanted):
            return picture.address
        context.lose("featured picture", f"Attachment {shortened(wanted, 20)} isn't in the export.")
        return ""


def _key(item: Element, index: Index, losses: list[Loss], which: str) -> str:
    """Return an item's key: its number, or where another item has claimed that, the number with the item's slug."""
    kind = item.get("wp:post_type") or "post"
    key = item.key or key_of(item.get("guid") or item.get("link") or item.get("title"))
    if index.seen.is_new(f"brought {kind}", key):
        return key
    losses.append(Loss(kind, which, f"Another item of the export has its number, {key}, too.", Weight.NOTED))
    again = key_of(f"{key}/{item.get('wp:post_name') or item.get('link')}")
    index.seen.is_new(f"brought {kind}", again)
    return again


def _state(item: Element) -> tuple[PieceState, str]:
    """Return an item's state, and why it is none that readers see, if they could have seen it under conditions."""
    status = item.get("wp:status") or "publish"
    if item.text("wp:post_password"):
        return PieceState.DRAFT, "It asked for a password"
    if status in STATES:
        return STATES[status], ""
    return PieceState.DRAFT, HIDDEN.get(status, f"Its status was “{shortened(status, 40)}”")


def _primary(item: Element) -> str:
    """Return the number of the category that plugins for search engines call the primary one."""
    return item.one("_yoast_wpseo_primary_category") or item.one("rank_math_primary_category")


def _slug(item: Element) -> str:
    slug = slug_of(f"https://x/{item.get('wp:post_name')}")
    return slug or ("" if "?" in item.get("link") else slug_of(item.get("link")))


def _standfirst(item: Element) -> str:
    """Return the excerpt; without one, what a plugin keeps as the line under the title."""
    return without_shortcodes(item.get("excerpt:encoded")) or next(filter(None, map(item.one, SUBTITLES)), "")


def _notes(item: Element) -> tuple[str, ...]:
    """Return the footnotes of a text in block markup, which WordPress keeps beside it as JSON."""
    written = item.one("footnotes")
    try:
        found: Any = json.loads(written) if written and len(written) < 1_000_000 else []
    except (ValueError, RecursionError):
        return ()
    notes = found if isinstance(found, list) else []
    return tuple(str(note.get("content", "")) for note in notes[:1_000] if isinstance(note, dict))
