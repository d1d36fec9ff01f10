"""Names, categories, tags and series, as they stand at the head of a WXR file."""

from collections.abc import Iterator

from blog.archive.formats.wxr import names
from blog.archive.formats.wxr.xml import as_json, element, meta, plain, text
from blog.archive.records import Person, Topic, TopicKind


def author(person: Person, number: int) -> str:
    """Return a name. It has no address: an account is nobody's business here, and WordPress asks whose it should be."""
    more = {
        "key": person.key,
        "about": person.about,
        "role": person.role,
        "organisation": person.organisation,
        "is_pen_name": person.is_pen_name,
        "portrait": person.portrait,
        "addresses": list(person.addresses),
    }
    shown = text(as_json({name: value for name, value in more.items() if value}))
    parts = (
        f"<wp:author_id>{number}</wp:author_id>",
        f"<wp:author_login>{text(person.slug)}</wp:author_login>",
        "<wp:author_email></wp:author_email>",
        f"<wp:author_display_name>{plain(person.name)}</wp:author_display_name>",
        "<wp:author_first_name></wp:author_first_name>",
        "<wp:author_last_name></wp:author_last_name>",
        f"<wlg:{names.PERSON}>{shown}</wlg:{names.PERSON}>",
    )
    return element("wp:author", "".join(parts))


def term(topic: Topic, number: int) -> str:
    """Return a category, tag or series."""
    return element(
        {TopicKind.CATEGORY: "wp:category", TopicKind.TAG: "wp:tag"}.get(topic.kind, "wp:term"),
        "".join((f"<wp:term_id>{number}</wp:term_id>", *_named(topic), *meta("term", _more(topic)))),
    )


def _named(topic: Topic) -> Iterator[str]:
    match topic.kind:
        case TopicKind.CATEGORY:
            yield f"<wp:category_nicename>{text(topic.slug)}</wp:category_nicename>"
            yield f"<wp:category_parent></wp:category_parent><wp:cat_name>{plain(topic.name)}</wp:cat_name>"
            yield f"<wp:category_description>{plain(topic.description)}</wp:category_description>\n"
        case TopicKind.TAG:
            yield f"<wp:tag_slug>{text(topic.slug)}</wp:tag_slug><wp:tag_name>{plain(topic.name)}</wp:tag_name>"
            yield f"<wp:tag_description>{plain(topic.description)}</wp:tag_description>\n"
        case _:
            yield f"<wp:term_taxonomy>{names.SERIES}</wp:term_taxonomy><wp:term_slug>{text(topic.slug)}</wp:term_slug>"
            yield f"<wp:term_parent></wp:term_parent><wp:term_name>{plain(topic.name)}</wp:term_name>"
            yield f"<wp:term_description>{plain(topic.description)}</wp:term_description>\n"


def _more(topic: Topic) -> dict[str, str]:
    return {
        names.KEY: topic.key,
        names.PLANNED_PARTS: str(topic.planned_parts or ""),
        names.ADDRESSES: as_json(list(topic.addresses)),
    }
