"""Who wrote what: WordPress's own authors and those of three plugins for several names on a piece → people.

Co-Authors Plus and PublishPress Authors keep names as terms of the taxonomy `author` (the first puts `cap-` before its
slugs), and the first keeps guests as items of type `guest-author`; Molongui keeps `user-1` or `guest-2` with the piece.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from blog.archive.records import Credit, Loss, Person, Weight
from blog.archive.sources.spool import Row
from blog.archive.sources.values import key_of
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.places import each_once
from blog.archive.sources.wordpress.words import is_mail, line
from blog.archive.text import plain

MOST_PEOPLE = 20_000
# As `sanitize_title_with_dashes` makes an author's slug of a login
DROPPED = re.compile(r"[^a-z0-9 _.%-]")
DASHED = re.compile(r"[ .-]+")


@dataclass
class People:
    """The people of an export, found by what items call them."""

    index: Index
    by_key: dict[str, Person] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    together: int = 0  # Pieces with several names as terms
    _by_name: dict[tuple[str, str], str] = field(default_factory=dict)  # What kind of name, and the name → key

    @classmethod
    def of(cls, index: Index) -> "People":
        """Put together who there is from what the first pass found."""
        people = cls(index)
        for row in index.each("author"):
            people._add_author(row["login"], row["name"], row["id"], mail=row["mail"])
        for row in index.each("guest"):
            people._add_guest(row)
        for row in index.each("term author"):
            people._add_term(row)
        for row in index.each("creator"):
            if not people._by_login(row["login"]):
                people._add_author(row["login"], line(row["login"]), "")
        return people

    def records(self) -> Iterator[Person | Loss]:
        """Give everybody, and what was changed about them."""
        yield from self.by_key.values()
        yield from self.losses

    def noted(self) -> Iterator[Loss]:
        """Say what exports don't say of names."""
        if self.together:
            why = (
                f"On {self.together:,} pieces with several names, these stand by the alphabet: exports lose the order."
            )
            yield Loss("order of names", "several pieces", why, Weight.NOTED)

    def credits(self, item: Element) -> tuple[Credit, ...]:
        """Return the names on a piece: what a plugin says, else who wrote it as far as WordPress knows."""
        named = [self._known("slug", _plain_slug(term.slug)) for term in item.terms if term.taxonomy == "author"]
        self.together += len(named) > 1
        if not any(named):
            named = [self._by_molongui(value) for value in _main_first(item)]
        if not any(named):
            named = [self._by_login(item.get("dc:creator"))]
        return tuple(Credit(key) for key in dict.fromkeys(named) if key)

    def of_user(self, number: str, mail: str = "") -> str:
        """Return the key of the person with that user number; nothing for readers.

        Early exports give authors no numbers. Whoever was signed in is known there by their account's address.
        """
        if number in {"", "0"}:
            return ""
        return self._known("id", number) or self._known("mail", mail.strip())

    def _known(self, kind: str, name: str) -> str:
        return self._by_name.get((kind, name.lower()), "") if name else ""

    def _by_login(self, login: str) -> str:
        """Return who has a login; a sign too many around it, as damaged exports have it, makes nobody else of it."""
        return self._known("login", login) or self._known("login", login.strip(" <>\"'"))

    def _by_molongui(self, value: str) -> str:
        kind, _, number = value.partition("-")
        return self._known("id" if kind == "user" else "guest", number)

    def _add_author(self, login: str, name: str, number: str, *, mail: str = "") -> None:
        slug = slug_of_login(login)
        places = self.index.places
        addresses = [*places.fronted(f"author/{slug}/")] if slug else []
        addresses += [places.on(f"?author_name={slug}")] if slug else []
        addresses += [places.on(f"?author={number}")] if number else []
        person = Person(
            key=key_of(login),
            name=self._without_mail(name),
            slug="" if is_mail(login) else slug,
            addresses=each_once(addresses),
        )
        self._add(person, login=login, slug=slug, id=number, mail="" if number else mail)

    def _add_guest(self, row: Row) -> None:
        known = self._known("login", row["linked"]) if row["linked"] else ""
        picture = self.index.attachment(row["portrait"])
        person = Person(
            key=known or key_of(f"guest-{row['id']}"),
            name=self._without_mail(row["name"] or row["login"]),
            slug=row["slug"],
            about=plain(row["about"]),
            role=row["role"],
            organisation=row["organisation"],
            portrait=picture.address if picture else "",
            addresses=each_once(
                [*self.index.places.fronted(f"author/{row['slug']}/"), *(self.by_key[known].addresses if known else ())]
            ),
        )
        self._add(person, slug=row["slug"], guest=row["id"])

    def _add_term(self, row: Row) -> None:
        slug = _plain_slug(row["slug"])
        meta: dict[str, str] = row.get("meta") or {}
        number = meta.get("user_id", "")
        known = self._known("slug", slug) or self._known("id", number) or self._known("login", row["name"])
        if known:
            self._by_name.setdefault(("slug", slug.lower()), known)
            return
        about = meta.get("description", "")
        addresses = self.index.places.fronted(f"author/{slug}/")
        person = Person(
            key_of(f"term-{slug}"), self._without_mail(row["name"]), slug=slug, about=plain(about), addresses=addresses
        )
        self._add(person, slug=slug)

    def _add(self, person: Person, **names: str) -> None:
        if len(self.by_key) >= MOST_PEOPLE and person.key not in self.by_key:
            if not self.losses or self.losses[-1].what != "author":
                self.losses.append(Loss("author", person.name, f"A blog has at most {MOST_PEOPLE:,} authors here."))
            return
        self.by_key[person.key] = person
        for kind, name in names.items():
            if name:
                self._by_name.setdefault((kind, name.lower()), person.key)

    def _without_mail(self, name: str) -> str:
        """Return a name to show; a mail address is none, for those stay where they were."""
        if not is_mail(name):
            return name
        shown = name.partition("@")[0]
        why = "The name of this author was a mail address; only what stands before the @ is brought."
        self.losses.append(Loss("name of an author", shown, why, Weight.CHANGED))
        return shown


def slug_of_login(login: str) -> str:
    """Return the last part of the address that WordPress gives an author's page, for exports don't say it."""
    return DASHED.sub("-", DROPPED.sub("", line(login).lower())).strip("-")[:50]


def _plain_slug(slug: str) -> str:
    return slug.removeprefix("cap-")


def _main_first(item: Element) -> list[str]:
    named = [value.strip() for value in item.meta.get("_molongui_author", [])[:50]]
    main = item.one("_molongui_main_author")
    return [main, *named] if main in named else named
