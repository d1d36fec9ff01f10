"""Records as front matter, under the names that `blog.archive.sources.folder` reads."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import yaml

from blog.archive.formats.markdown.bodies import as_markdown
from blog.archive.records import File, Page, Person, Piece, Remark, RemarkState, Topic, TopicKind

Row: TypeAlias = dict[str, Any]
FOLDERS = {TopicKind.CATEGORY: "categories", TopicKind.TAG: "tags", TopicKind.SERIES: "series"}


class Known:
    """What pieces name: where the blog is, names and topics by their keys, files by their addresses."""

    def __init__(self) -> None:
        self.site = ""
        self.people: dict[str, Person] = {}
        self.topics: dict[str, Topic] = {}
        self.files: dict[str, File] = {}

    def path(self, address: str) -> str:
        """Return the path of an address on the site, and any other as it is."""
        return address.removeprefix(self.site) if self.site and address.startswith(f"{self.site}/") else address

    def aliases(self, addresses: tuple[str, ...]) -> list[str]:
        """Return the old addresses of something: paths, but for those with a colon, which generators would fill in."""
        return [path if ":" not in (path := self.path(address)) else address for address in addresses[1:]]

    def person(self, key: str) -> Row:
        """Return how a piece names somebody."""
        person = self.people.get(key)
        return said(name=person.name, slug=person.slug, pen_name=person.is_pen_name) if person else {}

    def topic(self, key: str) -> str:
        """Return the name of a topic."""
        return self.topics[key].name if key in self.topics else ""


class _Written(yaml.CSafeDumper):
    """YAML as people write it, but that no text spans lines: nothing in one can look like the end of the front."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write the same value twice: strangers' YAML is read without aliases."""
        return True


def _text(dumper: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
    style = '"' if "\n" in value or not value.isprintable() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Written.add_representer(str, _text)


def as_yaml(value: Any) -> str:
    """Return values as YAML; a mapping in the order in which it was made."""
    return str(yaml.dump(value, Dumper=_Written, allow_unicode=True, sort_keys=False, width=10**9))


def said(**values: Any) -> Row:
    """Return the values that say something."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def of_person(person: Person, known: Known) -> Row:
    """Return the front matter of a text about a name; the text is what the blog says about it."""
    return said(
        kind="author",
        title=person.name,
        slug=person.slug,
        role=person.role,
        organisation=person.organisation,
        pen_name=person.is_pen_name,
        portrait=person.portrait,
        url=known.path(_first(person.addresses)),
        aliases=known.aliases(person.addresses),
    )


def of_topic(topic: Topic, known: Known) -> Row:
    """Return the front matter of a text about a category, tag or series; the text is its description."""
    return said(
        kind=topic.kind.value,
        title=topic.name,
        slug=topic.slug,
        planned_parts=topic.planned_parts,
        url=known.path(_first(topic.addresses)),
        aliases=known.aliases(topic.addresses),
    )


def of_page(page: Page, known: Known) -> Row:
    """Return the front matter of a page."""
    row = said(
        kind="page",
        title=page.title,
        slug=page.slug,
        key=page.key,
        url=known.path(_first(page.addresses)),
        draft=not page.is_published,
        updated=page.changed_at,
        standfirst=page.standfirst,
        position=page.position,
        aliases=known.aliases(page.addresses),
    )
    return row | {"footer": bool(page.is_in_footer)}


def of_piece(piece: Piece, known: Known) -> Row:
    """Return the front matter of a piece, without its comments."""
    category = known.topic(piece.category)
    return said(
        kind="piece",
        title=piece.title,
        slug=piece.slug,
        key=piece.key,
        url=known.path(_first(piece.addresses)),
        state=piece.state.value,
        date=piece.published_at,
        begun=piece.begun_at,
        updated=piece.changed_at,
        authors=[
            known.person(credit.person) | said(role=credit.role, organisation=credit.organisation)
            for credit in piece.credits
            if credit.person in known.people
        ],
        guest=piece.is_guest_piece,
        # Text would be parted at its commas
        category=[category] if {",", ";"} & set(category) else category,
        tags=[name for key in (*piece.tags, *piece.also_in) if (name := known.topic(key))],
        series=known.topic(piece.series),
        part=piece.part,
        standfirst=piece.standfirst,
        introduction=as_markdown(piece.introduction) if piece.introduction else "",
        introduced_by=known.person(piece.introduced_by),
        lead=_lead(piece.lead, known),
        in_reply_to=piece.in_reply_to,
        notices=[said(kind=notice.kind, date=notice.at, note=notice.note) for notice in piece.notices],
        aliases=known.aliases(piece.addresses),
    ) | ({} if piece.comments_open else {"comments_open": False})


def of_remark(remark: Remark, known: Known) -> Row:
    """Return a comment. Who wrote it is what stands above it; an address of anybody never goes out."""
    person = known.people.get(remark.person)
    return said(
        key=remark.key,
        parent=remark.parent,
        name=remark.name,
        person=person.slug if person else "",
        site=remark.site,
        date=remark.written_at,
        edited=remark.edited_at,
        state="" if remark.state is RemarkState.APPROVED else remark.state.value,
        text=remark.text,
    )


def of_file(file: File, known: Known) -> Row:
    """Return a row of files.yaml, for whoever wants to know."""
    return said(
        path=known.path(file.address),
        name=file.name,
        alt=file.alt,
        caption=file.caption,
        credit=file.credit,
        aliases=known.aliases((file.address, *file.addresses)),
    )


def _lead(address: str, known: Known) -> Any:
    file = known.files.get(address)
    words: Mapping[str, str] = said(alt=file.alt, caption=file.caption, credit=file.credit) if file else {}
    path = known.path(address)
    return {"address": path, **words} if words else path


def _first(addresses: tuple[str, ...]) -> str:
    return addresses[0] if addresses else ""
