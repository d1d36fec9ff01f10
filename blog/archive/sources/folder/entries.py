"""Texts of a folder → pieces and pages."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from blog.archive.records import Credit, Notice, Page, Piece, PieceState, Remark, RemarkState
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder.fields import Found, Name, first, is_draft, labels, lead_of, names_of, series_of, words
from blog.archive.sources.folder.generators import without_tags
from blog.archive.sources.folder.html_page import first_heading
from blog.archive.sources.folder.places import Pointers, addresses, slug_of, stem_of
from blog.archive.sources.folder.site import Folder
from blog.archive.sources.folder.texts import Text
from blog.archive.sources.markdown_text import to_html
from blog.archive.sources.values import is_never, is_yes, key_of, line, listed, mapping, moment, number, shown, text
from blog.states import CorrectionKind

SUBMITTED = {"submitted", "pending", "review", "in review"}
STATES = {
    "held": RemarkState.HELD,
    "pending": RemarkState.HELD,
    "hold": RemarkState.HELD,
    "spam": RemarkState.SPAM,
}
WAITING = {"scheduled", "future"}
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Entries:
    """Makes pieces and pages of texts. `people` are those known so far, by their keys."""

    def __init__(self, folder: Folder, people: dict[str, Name], pointers: Pointers | None = None) -> None:
        self.folder, self._people = folder, people
        self._pointers = pointers or Pointers(folder, lambda _name: False, {})
        self._keys: set[str] = set()

    def piece(self, found: Text, at: dt.datetime | None, findings: Findings) -> Piece:
        """Return a text as a piece."""
        said = found.found
        title, body = self._text(found, findings)
        category, others = self.categories(said)
        series, part, _planned = series_of(said)
        state = self._state(found, findings)
        introducer = names_of(said.get("introduced_by"))
        lead = lead_of(said).address
        return Piece(
            key=self._key(found),
            title=title,
            body=body,
            state=state,
            slug=slug_of(found.name, said),
            standfirst=words(said, "standfirst", "description", "summary", "excerpt", "subtitle", "dek"),
            introduction=self._html(text(said.get("introduction")), found, findings),
            introduced_by=self.key_of_name(introducer[0]) if introducer else "",
            lead=self._pointers.at(lead, found.name) if lead else "",
            published_at=at if state == PieceState.PUBLISHED else None,
            changed_at=self._moment(said, "updated", "lastmod", "modified", "last_modified_at", "date_modified"),
            begun_at=self._moment(said, "begun", "begun_at"),
            credits=self._credits(said),
            is_guest_piece=is_yes(first(said, "guest", "is_guest_piece")),
            category=key_of(category.casefold()) if category else "",
            tags=tuple(key_of(tag.casefold()) for tag in labels(first(said, "tags", "tag"), at_spaces=True)),
            also_in=tuple(key_of(other.casefold()) for other in others),
            series=key_of(series.casefold()) if series else "",
            part=part,
            in_reply_to=key_of(said.get("in_reply_to")),
            comments_open=self._are_comments_open(said),
            remarks=tuple(self._remarks(found, findings)),
            notices=tuple(self._notices(said, findings)),
            addresses=addresses(found.name, said, folder=self.folder, at=at),
        )

    def page(self, found: Text, at: dt.datetime | None, findings: Findings) -> Page:
        """Return a text as a page."""
        said = found.found
        title, body = self._text(found, findings)
        footer = first(said, "footer", "is_in_footer")
        return Page(
            key=self._key(found),
            title=title,
            body=body,
            slug=slug_of(found.name, said),
            standfirst=words(said, "standfirst", "description", "summary"),
            is_published=self._state(found, findings) == PieceState.PUBLISHED,
            changed_at=self._moment(said, "updated", "lastmod", "modified", "last_modified_at") or at,
            position=number(first(said, "position", "nav_order", "menu_order")),
            is_in_footer=None if "footer" not in said and footer is None else is_yes(footer),
            remarks=tuple(self._remarks(found, findings)),
            addresses=addresses(found.name, said, folder=self.folder, at=at),
        )

    def names(self, said: Found) -> list[Name]:
        """Return the names on a text, and of whoever introduced it."""
        found = self._written_by(said)
        return [self._known(row) for row in (*found, *names_of(said.get("introduced_by")))]

    def key_of_name(self, row: Name) -> str:
        """Return the key of a name: of the one known under it, else its own."""
        row = self._known(row)
        if row.slug:
            return key_of(row.slug)
        return next((key for key, known in self._people.items() if known.name == row.name), key_of(row.name))

    def categories(self, said: Found) -> tuple[str, list[str]]:
        """Return the category of a text, and further ones."""
        first_one = labels(said.get("category"), at_spaces=False)
        found = list(dict.fromkeys([*first_one, *labels(said.get("categories"), at_spaces=True)]))
        return (found[0], found[1:]) if found else ("", [])

    def is_draft(self, found: Text) -> bool:
        """Whether a text wasn't public."""
        # Jekyll never shows what lies there, and “published: true” is what it takes for granted
        if "_drafts/" in found.name or found.name.startswith("drafts/"):
            return True
        return bool(is_draft(found.found))

    def _known(self, row: Name) -> Name:
        """Return a name as the site's file of authors has it, where the text gives only its key there."""
        beside = self.folder.authors.get(row.name)
        if not beside:
            return row
        about = text(beside.get("bio")) or text(beside.get("about"))
        return Name(line(beside.get("name")), row.slug or line(row.name), row.role, row.organisation, about)

    def _text(self, found: Text, findings: Findings) -> tuple[str, str]:
        """Return the title and the text as HTML, without the heading that is its title."""
        findings.which = shown(words(found.found, "title")) or found.name
        body = self._html(found.body, found, findings)
        title = words(found.found, "title")
        heading, rest = first_heading(body)
        if heading and (not title or heading == line(title)):
            title, body = title or heading, rest
        if not title:
            title = stem_of(found.name).replace("-", " ").replace("_", " ").strip().capitalize()
            findings.changed("title", "It has none; the name of its file stands for it.")
        return line(title), body.strip()

    def _html(self, written: str, found: Text, findings: Findings) -> str:
        known = self.folder.said | {
            "page.title": words(found.found, "title"),
            "page.description": words(found.found, "description"),
        }
        written = without_tags(written, findings, address_of=self._pointers.text_at, known=known)
        body = written if found.is_html else to_html(written)
        return self._pointers.settled(body, found.name)

    def _state(self, found: Text, findings: Findings) -> PieceState:
        if words(found.found, "state", "status").lower() in SUBMITTED:
            return PieceState.SUBMITTED
        if self.is_draft(found):
            return PieceState.DRAFT
        waits = words(found.found, "state", "status", "post_status").lower() in WAITING
        if is_never(found.date) or (waits and moment(found.date) is None):
            findings.changed("piece", "It waits for a time that can't be read, so it comes as a draft.")
            return PieceState.DRAFT
        ends = self._moment(found.found, "expirydate", "expires")
        if ends and ends <= dt.datetime.now(dt.UTC):
            findings.changed("piece", f"It was taken off the site on {ends:%d %B %Y}, so it isn't published.")
            return PieceState.DRAFT
        return PieceState.PUBLISHED

    def _credits(self, said: Found) -> tuple[Credit, ...]:
        rows = self._written_by(said)
        found = [Credit(self.key_of_name(row), line(row.role), line(row.organisation)) for row in rows]
        return tuple({credit.person: credit for credit in found}.values())

    def _written_by(self, said: Found) -> list[Name]:
        return names_of(first(said, "authors", "author", "byline", "creator")) or names_of(self.folder.author)

    def _are_comments_open(self, said: Found) -> bool:
        value = said.get("comments_open", said.get("comments", True))
        return is_yes(value) if isinstance(value, bool | str | int) else True

    def _remarks(self, found: Text, findings: Findings) -> Iterator[Remark]:
        rows = found.found.get("comments")
        for place, value in enumerate(rows if isinstance(rows, list) else [], 1):
            row = {str(name).lower(): inner for name, inner in mapping(value).items()}
            words_ = text(first(row, "text", "body", "message", "comment"))
            if not words_.strip():
                findings.lost("comment", f"Comment {place} has no words.")
                continue
            at = moment(first(row, "date", "written_at"), at_home=self.folder.home)
            if at is None:
                findings.changed("comment", f"Comment {place} has no date that can be read.")
            yield Remark(
                key=key_of(first(row, "key", "id", "_id")) or key_of(f"{found.name} {place}"),
                name=line(first(row, "name", "author")) or "Anonymous",
                text=words_,
                written_at=at or LONG_AGO,
                parent=key_of(first(row, "parent", "replying_to")),
                state=STATES.get(line(row.get("state")).lower(), RemarkState.APPROVED),
                site=text(first(row, "site", "url")),
                person=key_of(row.get("person")),
                edited_at=moment(first(row, "edited", "edited_at"), at_home=self.folder.home),
            )

    def _notices(self, said: Found, findings: Findings) -> Iterator[Notice]:
        for value in listed(said.get("notices")):
            row = mapping(value)
            at, kind = moment(first(row, "date", "at"), at_home=self.folder.home), line(row.get("kind"))
            if at is None or kind not in CorrectionKind.values:
                findings.lost("notice", f"A notice of a change can't be read: {shown(row.get('note'))}")
            else:
                yield Notice(kind, at, text(row.get("note")))

    def _moment(self, said: Found, *names: str) -> dt.datetime | None:
        value: Any = first(said, *names)
        return moment(value, at_home=self.folder.home)

    def _key(self, found: Text) -> str:
        key = key_of(first(found.found, "key")) or key_of(found.name)
        if key in self._keys:
            key = key_of(found.name)
        self._keys.add(key)
        return key
