"""The forms of a page, as a browser would send them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

WORDS = "Some words."


@dataclass
class Form:
    """One form: where it goes, what stands in it, and what can be chosen or pressed."""

    action: str
    method: str
    given: dict[str, list[str]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, *, is_filled: bool) -> Iterator[dict[str, list[str]]]:
        """Yield what is sent: by each button, with each bulk move; as it stands, or with words in what is empty."""
        given = {**self.given, **{name: options[:1] for name, options in self.choices.items() if options}}
        filled = {name: [WORDS] for name in self.empty} if is_filled else {}
        for extra in [{name: [value]} for name, value in self.buttons] or [{}]:
            for moves in [{"action": [move]} for move in self.choices.get("action", [])] or [{}]:
                yield {**given, **filled, **extra, **moves}

    @property
    def shape(self) -> tuple[Any, ...]:
        """What forms of the same kind have in common."""
        return (self.method, *sorted({*self.given, *self.empty, *self.choices}), *sorted(map(str, self.buttons)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.inside: Form | None = None
        self.by_key: dict[str, Form] = {}
        self.text: tuple[Form, str, list[str]] | None = None
        self.select: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(about.get("action", ""), about.get("method", "get").lower())
            self.forms[str(len(self.forms))] = self.inside
            if "id" in about:
                self.by_key[about["id"]] = self.inside
            return
        form = self.by_key.get(about.get("form", ""), self.inside)
        if form is None:
            return
        name = about.get("name", "")
        if tag == "option" and self.select and about.get("value"):
            owner, chosen = self.select
            owner.choices[chosen].append(about["value"])
        elif not name or "disabled" in about:
            return
        elif tag == "input":
            _take_input(form, name, about)
        elif tag == "button":
            form.buttons.append((name, about.get("value", "")))
        elif tag == "textarea":
            self.text = (form, name, [])
        elif tag == "select":
            self.select = (form, name)
            form.choices.setdefault(name, [])

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.text:
            form, name, parts = self.text
            said = "".join(parts).strip()
            form.given[name] = [said]
            if not said:
                form.empty.append(name)
            self.text = None


def _take_input(form: Form, name: str, about: dict[str, str]) -> None:
    kind, value = about.get("type", "text"), about.get("value", "")
    if kind == "submit":
        form.buttons.append((name, value))
    elif kind == "checkbox":
        # Every box is ticked: a bulk move then takes all rows
        form.given.setdefault(name, []).append(value or "on")
    elif kind == "radio":
        if "checked" in about or name not in form.given:
            form.given[name] = [value]
    elif kind not in {"file", "button", "reset"}:
        form.given[name] = [value]
        if not value and kind in {"text", "search"}:
            form.empty.append(name)


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return list(reader.forms.values())
