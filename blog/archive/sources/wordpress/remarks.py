"""Comments under an item → remarks: threaded, with their states, their text plain."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from blog.archive.records import Loss, Remark, RemarkState, Weight
from blog.archive.sources.values import site_of
from blog.archive.sources.wordpress.body.paragraphs import paragraphs
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.people import People
from blog.archive.sources.wordpress.words import decoded, line
from blog.archive.text import plain

STATES = {
    "1": RemarkState.APPROVED,
    "approve": RemarkState.APPROVED,
    "approved": RemarkState.APPROVED,
    "0": RemarkState.HELD,
    "hold": RemarkState.HELD,
    "": RemarkState.HELD,
    "spam": RemarkState.SPAM,
    "post-trashed": RemarkState.HELD,
}
WRITTEN = {"", "comment", "review"}
# Announced by other sites: the third is of the plugin Webmention
PINGS = {"pingback", "trackback", "webmention"}
NAMELESS = "Anonymous"  # As WordPress shows it
HAS_MARKUP = re.compile(r"[<&]")
MOST_SITE = 200
MOST_ADDRESS = 254


@dataclass
class Remarks:
    """Reads the comments of items. Keeps in mind which numbers came, and how many pings, for the report's end."""

    index: Index
    people: People
    pings: Counter[str] = field(default_factory=Counter)

    def under(self, item: Element, which: str) -> tuple[tuple[Remark, ...], list[Loss]]:
        """Return the comments under an item in their order, and what was lost or changed."""
        rows = {}
        losses = _Losses(which)
        for row in item.comments:
            key = row.get("wp:comment_id", "").strip()
            if not self.index.seen.is_new("comment", key) if key else True:
                losses.count("without a number of its own" if not key else "of a number that came before")
                continue
            rows[key] = row
        remarks = [remark for key, row in rows.items() if (remark := self._remark(key, row, rows, losses))]
        return tuple(_without_circles(remarks, losses)), list(losses.said())

    def noted(self) -> Iterator[Loss]:
        """Say how pings came in."""
        if self.pings:
            counted = ", ".join(
                f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(self.pings.items())
            )
            why = f"{counted}: came in as comments, with the name of the other site and the address of its page."
            yield Loss("ping", "several pieces", why, Weight.NOTED)

    def _remark(
        self, key: str, row: dict[str, str], rows: dict[str, dict[str, str]], losses: "_Losses"
    ) -> Remark | None:
        kind = row.get("wp:comment_type", "").strip()
        if kind not in WRITTEN | PINGS:
            losses.count(f"of the type “{line(kind)[:40]}”, which people didn't write")
            return None
        approved = row.get("wp:comment_approved", "1").strip()
        if approved == "trash":
            losses.count("that had been thrown away")
            return None
        utc, local = row.get("wp:comment_date_gmt", ""), row.get("wp:comment_date", "")
        written_at = self.index.clock.moment(utc, local)
        if not written_at:
            losses.count("without a date")
            return None
        if approved == "post-trashed":
            losses.held += 1
        if kind in PINGS:
            self.pings[kind] += 1
        site = _site(row.get("wp:comment_author_url", ""))
        return Remark(
            key=key,
            name=line(row.get("wp:comment_author", "")) or NAMELESS,
            text=_text(row.get("wp:comment_content", ""), site if kind in PINGS else ""),
            written_at=written_at,
            parent=self._parent(key, rows, losses),
            state=STATES.get(approved, RemarkState.HELD),
            address="" if kind in PINGS else _address(row.get("wp:comment_author_email", "")),
            site=site,
            person=self.people.of_user(
                row.get("wp:comment_user_id", "").strip(), row.get("wp:comment_author_email", "")
            ),
        )

    def _parent(self, key: str, rows: dict[str, dict[str, str]], losses: "_Losses") -> str:
        """Return the comment that one answers; where that isn't brought, the one above it."""
        passed = {key}
        parent = rows[key].get("wp:comment_parent", "").strip()
        while parent not in {"", "0"}:
            if parent in passed or parent not in rows:
                losses.orphans += 1
                return ""
            row = rows[parent]
            kind, approved = row.get("wp:comment_type", "").strip(), row.get("wp:comment_approved", "").strip()
            if approved != "trash" and kind in WRITTEN | PINGS:
                return parent
            passed.add(parent)
            parent = row.get("wp:comment_parent", "").strip()
        return ""


@dataclass
class _Losses:
    """What was lost of the comments under one item, counted."""

    which: str
    lost: Counter[str] = field(default_factory=Counter)
    orphans: int = 0
    held: int = 0

    def count(self, reason: str) -> None:
        self.lost[reason] += 1

    def said(self) -> Iterator[Loss]:
        for reason, count in self.lost.items():
            yield Loss("comment", self.which, f"{_comments(count)} {reason}.")
        if self.orphans:
            why = f"{_comments(self.orphans)} answered what isn't here or themselves; now they answer the piece."
            yield Loss("comment", self.which, why, Weight.CHANGED)
        if self.held:
            why = f"{_comments(self.held)} had gone with the piece when it was thrown away; they are held."
            yield Loss("comment", self.which, why, Weight.CHANGED)


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count:,} comments"


def _without_circles(remarks: list[Remark], losses: _Losses) -> Iterator[Remark]:
    """Give the comments; one of each circle of answers answers the piece. Takes time by their number."""
    above = {remark.key: remark.parent for remark in remarks}
    sound: set[str] = {""}
    broken: set[str] = set()
    for remark in remarks:
        path: dict[str, None] = {}
        key = remark.key
        while key not in sound and key not in path:
            path[key] = None
            key = above.get(key, "") if key not in broken else ""
        if key in path:
            broken.add(key)
            losses.orphans += 1
        sound.update(path)
    for remark in remarks:
        is_lost = remark.key in broken or (remark.parent and remark.parent not in above)
        yield _top_level(remark) if is_lost else remark


def _top_level(remark: Remark) -> Remark:
    return Remark(**{**{name: getattr(remark, name) for name in remark.__dataclass_fields__}, "parent": ""})


def _text(content: str, announced_from: str) -> str:
    text = content.replace("\r\n", "\n").replace("\r", "\n").strip()
    if HAS_MARKUP.search(text):
        text = plain(paragraphs(text)) if "<" in text else decoded(text)
    return f"{text}\n\n{announced_from}".strip() if announced_from and announced_from not in text else text


def _site(address: str) -> str:
    """Return the page that somebody gave as theirs, if it is an address of the web."""
    address = decoded(address.strip())
    return address if site_of(address) and len(address) <= MOST_SITE and " " not in address else ""


def _address(address: str) -> str:
    """Return a mail address as it was typed, if it looks like one at all."""
    address = address.strip()
    return (
        address
        if address.count("@") == 1 and len(address) <= MOST_ADDRESS and not set(address) & set(" <>,;\r\n")
        else ""
    )
