"""What front matter says, under the many names that systems have for it → one kind of value for each."""

import re
from dataclasses import dataclass
from typing import Any

from blog.archive.sources.values import is_yes, line, listed, mapping, number, text

# Addresses that stand beside a name, which stay where they were
BESIDE_A_NAME = re.compile(
    r"[\s,]*[<(\[]?(?:mailto:)?(?:[^\s<>()@,]{1,100}@[^\s<>()@,]{1,100}|https?://[^\s<>()]{1,300})[>)\]]?"
)
LINKED_NAME = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{0,500}\)")
WORDS_OF_A_LIST = re.compile(r"\s*[,;]\s*")
Found = dict[str, Any]


@dataclass(frozen=True)
class Name:
    """A name on a text, as front matter gives it."""

    name: str
    slug: str = ""
    role: str = ""
    organisation: str = ""
    about: str = ""
    is_pen_name: bool = False


@dataclass(frozen=True)
class Lead:
    """The picture at the head of a text."""

    address: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


def first(found: Found, *names: str) -> Any:
    """Return the first of some fields that says anything."""
    return next((found[name] for name in names if found.get(name) not in (None, "", [], {})), None)


def words(found: Found, *names: str) -> str:
    """Return the first of some fields as text; of a list, its first."""
    value = first(found, *names)
    return text(listed(value)[0] if isinstance(value, list) else value).strip()


def names_of(value: Any) -> list[Name]:
    """Return names: one, or several as a list, or as text with semicolons; each a text or a mapping."""
    if isinstance(value, str):
        value = [part for part in value.split(";") if part.strip()]
    made = [_name(row) for row in (listed(value) if not isinstance(value, dict) else [value])]
    found: dict[str, Name] = {}
    for row in made:
        if row.name:
            found.setdefault(row.name, row)
    return list(found.values())[:100]


def _name(value: Any) -> Name:
    if not isinstance(value, dict):
        return Name(line(BESIDE_A_NAME.sub("", LINKED_NAME.sub(r"\1", line(value)[:1_000]))))
    row = {str(key).lower(): inner for key, inner in value.items()}
    return Name(
        name=line(first(row, "name", "display_name", "title", "twitter")),
        slug=line(row.get("slug")),
        role=line(first(row, "role", "position", "job")),
        organisation=line(first(row, "organisation", "organization", "affiliation", "company")),
        about=text(first(row, "about", "bio", "description")),
        is_pen_name=is_yes(row.get("pen_name")),
    )


def labels(value: Any, *, at_spaces: bool = False) -> list[str]:
    """Return tags or categories: a list, or text parted by commas (in Jekyll by spaces)."""
    if isinstance(value, str):
        value = WORDS_OF_A_LIST.split(value.strip("[] ")) if "," in value or not at_spaces else value.split()
    found = [line(mapping(row).get("name")) if isinstance(row, dict) else line(row) for row in listed(value)]
    return list(dict.fromkeys(name for name in found if name))[:200]


def series_of(found: Found) -> tuple[str, int | None, int | None]:
    """Return a series' name, the number of this part of it, and how many are planned."""
    value = first(found, "series")
    row = mapping(value[0] if isinstance(value, list) and value else value)
    name = line(first(row, "name", "title")) if row else line(listed(value)[0] if listed(value) else "")
    part = number(first(found, "part", "series_order", "series_part", "part_number"))
    part = part if part is not None else number(row.get("part"))
    planned = number(first(found, "planned_parts", "parts")) or number(row.get("planned_parts"))
    return name, part if part and part > 0 else None, planned if planned and planned > 0 else None


def lead_of(found: Found) -> Lead:
    """Return the picture at the head of a text."""
    names = (
        "lead", "image", "cover", "featured_image", "feature_image", "featuredimage", "thumbnail", "hero", "banner",
        "images", "header",
    )  # fmt: skip
    value = first(found, *names)
    value = value[0] if isinstance(value, list) and value else value
    row = mapping(value)
    address = (
        text(first(row, "address", "url", "src", "image", "path", "file", "feature", "teaser")) if row else text(value)
    )
    beside = {name: line(first(found, f"lead_{name}", f"image_{name}")) for name in ("alt", "caption", "credit")}
    return Lead(
        address=address.strip(),
        alt=line(row.get("alt")) or beside["alt"],
        caption=line(row.get("caption")) or beside["caption"],
        credit=line(row.get("credit")) or beside["credit"],
    )


def is_draft(found: Found) -> bool | None:
    """Whether front matter says that a text isn't public; None if it says nothing."""
    if "draft" in found:
        return is_yes(found["draft"])
    if isinstance(found.get("published"), bool):
        return not found["published"]
    status = words(found, "state", "status", "post_status").lower()
    if status:
        return status not in {"published", "publish", "public", "scheduled", "future"}
    return None
