"""Posts, pages and comments of Ghost → records."""

import datetime as dt
from collections.abc import Iterator

from blog.archive.records import (
    Credit,
    Loss,
    Page,
    Piece,
    PieceState,
    Record,
    Remark,
    RemarkState,
)
from blog.archive.sources.findings import Findings
from blog.archive.sources.ghost.lexical import UnreadableError, lexical_to_html
from blog.archive.sources.ghost.mobiledoc import mobiledoc_to_html
from blog.archive.sources.ghost.rendered import plain_cards
from blog.archive.sources.ghost.routes import Routes, addresses
from blog.archive.sources.spool import Row, Spool
from blog.archive.sources.values import escaped, is_yes, key_of, line, moment, on_site, shown, text
from blog.archive.text import plain

HERE = "__GHOST_URL__"
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
REMARK_STATES = {"published": RemarkState.APPROVED, "hidden": RemarkState.HELD, "deleted": RemarkState.SPAM}
CODE = ("codeinjection_head", "codeinjection_foot")


class Pieces:
    """Puts posts together from their tables."""

    def __init__(self, spool: Spool, *, routes: Routes, site: str, home: dt.tzinfo) -> None:
        self._spool, self._routes, self._site, self._home = spool, routes, site, home
        self._seen: set[str] = set()

    def of(self, row: Row) -> Iterator[Record]:
        """Give a post as a piece or a page, behind what was found about it."""
        key = key_of(row.get("id")) or key_of(row.get("slug"))
        which = shown(row.get("title")) or key
        if not key or key in self._seen:
            yield Loss("piece", which, "Another one of the same number came before it.")
            return
        self._seen.add(key)
        findings = Findings(which)
        beside = self._spool.one("posts_meta", key)
        made = self._page(row, key, findings) if _is_page(row) else self._piece(row, beside, key, findings)
        yield from findings.take()
        yield made

    def _piece(self, row: Row, beside: Row, key: str, findings: Findings) -> Piece:
        at = moment(row.get("published_at"))
        begun = moment(row.get("created_at"))
        state = self._state(row, beside, findings)
        if state == PieceState.PUBLISHED and at is None and line(row.get("status")) == "scheduled":
            findings.changed("date", "It waits for a time that can't be read, so it comes in as a draft.")
            state = PieceState.DRAFT
        if state == PieceState.PUBLISHED and at is None:
            findings.changed(
                "date", "It has no date of publication that can be read, so the one it was begun at holds."
            )
            at = begun or LONG_AGO
        credits_ = self._credits(row, key)
        tags = self._tags(key)
        parts = {
            "slug": line(row.get("slug")),
            "id": key,
            "uuid": line(row.get("uuid")),
            "primary_tag": self._slug("tags", tags[0]) if tags else "all",
            "primary_author": self._slug("users", credits_[0].person) if credits_ else "",
        }
        parts["author"] = parts["primary_author"]
        return Piece(
            key=key,
            title=line(row.get("title")),
            body=self._body(row, findings),
            state=state,
            slug=parts["slug"],
            standfirst=text(row.get("custom_excerpt")),
            lead=self._whole(text(row.get("feature_image")) or text(row.get("image"))),
            published_at=at if state == PieceState.PUBLISHED else None,
            changed_at=moment(row.get("updated_at")),
            begun_at=begun,
            credits=credits_,
            tags=tags,
            remarks=self._remarks(key, findings),
            addresses=addresses(self._routes.pieces, parts, site=self._site, published_at=at, home=self._home),
        )

    def _page(self, row: Row, key: str, findings: Findings) -> Page:
        slug = line(row.get("slug"))
        is_published = line(row.get("status")) == "published" and not _is_kept_back(row)
        if line(row.get("status")) == "published" and not is_published:
            findings.changed("page", "Only members could read it, so it is not published.")
        if row.get("feature_image"):
            findings.noted("picture", "The picture at its head stands first in its text.")
        return Page(
            key=key,
            title=line(row.get("title")),
            body=self._lead(row) + self._body(row, findings),
            slug=slug,
            standfirst=text(row.get("custom_excerpt")),
            is_published=is_published,
            changed_at=moment(row.get("updated_at")),
            remarks=self._remarks(key, findings),
            addresses=(on_site(self._site, f"/{slug}/"),) if slug else (),
        )

    def _state(self, row: Row, beside: Row, findings: Findings) -> PieceState:
        status = line(row.get("status"))
        if status == "sent" or (is_yes(beside.get("email_only")) and status != "draft"):
            findings.changed("piece", "It went out as a letter and never stood on the site, so it comes in as a draft.")
            return PieceState.DRAFT
        if status not in {"published", "scheduled"}:
            return PieceState.DRAFT
        if _is_kept_back(row):
            findings.changed("piece", "Only members could read it, so it comes in as a draft.")
            return PieceState.DRAFT
        return PieceState.PUBLISHED

    def _body(self, row: Row, findings: Findings) -> str:
        for name in CODE:
            if text(row.get(name)).strip():
                findings.lost("code", "Code that was put into the page's head or foot isn't brought.")
        if address := text(row.get("canonical_url")).strip():
            findings.noted("original", f"It named {address[:300]} as the place where it first stood.")
        body = self._text(row, findings)
        # The code fence of old versions is HTML within Markdown; the sign for the site stands in any of them
        return body.replace(HERE, self._site)

    def _text(self, row: Row, findings: Findings) -> str:
        if written := text(row.get("html")):
            return plain_cards(written, findings)
        for name, read in (("lexical", lexical_to_html), ("mobiledoc", mobiledoc_to_html)):
            written = text(row.get(name))
            if not written.strip():
                continue
            try:
                return read(written, findings)
            except UnreadableError:
                findings.lost("text", f"What stands under “{name}” can't be read.")
        return "".join(f"<p>{escaped(part)}</p>" for part in text(row.get("plaintext")).split("\n\n") if part.strip())

    def _lead(self, row: Row) -> str:
        address = self._whole(text(row.get("feature_image")) or text(row.get("image")))
        return f'<figure><img src="{escaped(address)}" alt=""></figure>' if address else ""

    def _credits(self, row: Row, key: str) -> tuple[Credit, ...]:
        written = [key_of(found.get("author_id")) for found in self._spool.of("posts_authors", key)]
        # Before version 2 a post had one author, in a column of its own
        people = written or [key_of(row.get("author_id")) or key_of(row.get("author"))]
        return tuple(Credit(person) for person in dict.fromkeys(people) if person and self._spool.one("users", person))

    def _tags(self, key: str) -> tuple[str, ...]:
        keys = [key_of(found.get("tag_id")) for found in self._spool.of("posts_tags", key)]
        return tuple(tag for tag in dict.fromkeys(keys) if self._is_shown(tag))

    def _is_shown(self, tag: str) -> bool:
        row = self._spool.one("tags", tag)
        return bool(row) and not line(row.get("name")).startswith("#") and line(row.get("visibility")) != "internal"

    def _slug(self, table: str, key: str) -> str:
        return line(self._spool.one(table, key).get("slug"))

    def _remarks(self, key: str, findings: Findings) -> tuple[Remark, ...]:
        found = [self._remark(row, findings) for row in self._spool.of("comments", key)]
        return tuple(remark for remark in found if remark)

    def _remark(self, row: Row, findings: Findings) -> Remark | None:
        words = plain(text(row.get("html")))
        status = line(row.get("status"))
        key = key_of(row.get("id"))
        if not words or status == "deleted" or not key:
            findings.lost("comment", f"Comment {key or 'without a number'} was deleted, or has no words.")
            return None
        member = self._spool.one("members", key_of(row.get("member_id")))
        return Remark(
            key=key,
            name=line(member.get("name")) or "Anonymous",
            text=words,
            written_at=moment(row.get("created_at")) or LONG_AGO,
            parent=key_of(row.get("in_reply_to_id")) or key_of(row.get("parent_id")),
            state=REMARK_STATES.get(status, RemarkState.APPROVED),
            address=line(member.get("email")),
            edited_at=moment(row.get("edited_at")),
        )

    def _whole(self, address: str) -> str:
        return on_site(self._site, address.replace(HERE, self._site)) if address else ""


def _is_page(row: Row) -> bool:
    return line(row.get("type")) == "page" or is_yes(row.get("page"))


def _is_kept_back(row: Row) -> bool:
    return (line(row.get("visibility")) or "public") != "public"
