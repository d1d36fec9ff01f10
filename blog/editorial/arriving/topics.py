"""Categories, tags and series that come from an archive."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.arriving import arrivals
from blog.editorial.arriving.arrivals import Note
from blog.editorial.upkeep import addresses, old_paths
from blog.editorial.upkeep.purges import mark
from blog.models import Archive, Category, Series, Tag

Topic: TypeAlias = Category | Tag | Series
MODELS: dict[str, type[Category] | type[Tag] | type[Series]] = {"category": Category, "tag": Tag, "series": Series}
NAME_FIELDS = {"category": "name", "tag": "name", "series": "title"}
LENGTHS = {"category": 80, "tag": 80, "series": 160}
DESCRIPTIONS = {"category": 600, "tag": 0, "series": 1000}
LONGEST_SLUG = 90
MOST_PARTS = 32_767


@dataclass(frozen=True)
class ArrivingTopic:
    """A category, tag or series, clean, its name within `LENGTHS`, its description within `DESCRIPTIONS`."""

    key: str
    name: str
    slug: str = ""
    description: str = ""
    planned_parts: int | None = None
    addresses: tuple[str, ...] = ()


@dataclass
class Topics:
    """What became of topics of a kind: their keys here by those over there, which came, and what to say of them."""

    found: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def arrive(*, archive: Archive, kind: str, topics: Sequence[ArrivingTopic], at: dt.datetime) -> Topics:
    """Bring topics of a kind in, in the caller's transaction. One whose name is here already is that one."""
    model, name = MODELS[kind], NAME_FIELDS[kind]
    before = arrivals.known(archive, kind, [one.key for one in topics])
    there = model.objects.filter(pk__in=[row.target for row in before.values()]).values_list("pk", flat=True)
    result = Topics(found=arrivals.still_here(before, set(there)))
    missing = [one for one in topics if one.key not in result.found]
    named = {str(row): row for row in model.objects.filter(**{f"{name}__in": {one.name for one in missing}})}
    rows, paths = [], []
    for one in missing:
        if one.name not in named:
            named[one.name] = _make(kind, one, result)
        topic = named[one.name]
        result.found[one.key] = topic.pk
        rows.append((one.key, topic.pk, ""))
        paths += [(path, kind, topic.pk) for path in arrivals.elsewhere(one.addresses, topic.get_absolute_url())]
    arrivals.add(archive, kind, rows)
    old_paths.keep(paths, at=at)
    if result.new and kind == "series":
        mark(keys.SERIES, at=at)
    return result


def _make(kind: str, one: ArrivingTopic, result: Topics) -> Topic:
    slug = _free_slug(kind, one)
    wanted = slugify(one.slug)[:LONGEST_SLUG].strip("-")
    if wanted and slug != wanted:
        result.notes.append(
            Note(one.name, _("The address was taken; it is /{kind}/{slug}/ here.").format(kind=kind, slug=slug))
        )
    result.new.append(one.key)
    if kind == "category":
        return Category.objects.create(name=one.name, slug=slug, description=one.description)
    if kind == "tag":
        return Tag.objects.create(name=one.name, slug=slug)
    parts = one.planned_parts if one.planned_parts and 1 <= one.planned_parts <= MOST_PARTS else None
    return Series.objects.create(title=one.name, slug=slug, description=one.description, planned_parts=parts)


def _free_slug(kind: str, one: ArrivingTopic) -> str:
    """Return an address that no other of its kind has: the old one, or one from the name, or one from its letters."""
    letters = hashlib.sha256(one.name.encode()).hexdigest()[:8]
    base = (slugify(one.slug) or slugify(one.name))[:LONGEST_SLUG].strip("-") or f"{kind}-{letters}"

    def is_taken(slug: str) -> bool:
        return MODELS[kind].objects.filter(slug=slug).exists() or addresses.is_kept_by_other(kind=kind, slug=slug)

    return addresses.free(base, is_taken)
