"""The texts of pieces that come from an archive: cleaned by the same door as any other, and kept as revisions."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from blog.editorial.drafting import MAX_BODY, MAX_STANDFIRST, MAX_TITLE
from blog.models import Post, Revision
from blog.prose import clean_line, clean_prose, count_words

LENGTHS = {"title": MAX_TITLE, "standfirst": MAX_STANDFIRST, "body": MAX_BODY, "introduction": MAX_BODY}
END_OF_BLOCK = re.compile(r"</(?:p|ul|ol|blockquote|table|figure|pre|h2|h3)>|<hr>")


@dataclass(frozen=True)
class ArrivingText:
    """A text: `introduced_by` and `lead` are keys of an author and a picture."""

    title: str
    standfirst: str = ""
    body: str = ""
    introduction: str = ""
    introduced_by: int | None = None
    lead: int | None = None


def clean(text: ArrivingText) -> tuple[ArrivingText, tuple[str, ...]]:
    """Return a text as it may be kept, and the names of the fields that were too long and have been cut."""
    cleaned = {
        "title": clean_line(text.title),
        "standfirst": clean_line(text.standfirst),
        "body": clean_prose(text.body),
        "introduction": clean_prose(text.introduction),
    }
    cut = tuple(name for name, value in cleaned.items() if len(value) > LENGTHS[name])
    for name in cut:
        cut_to = cut_prose if name in {"body", "introduction"} else cut_line
        cleaned[name] = cut_to(cleaned[name], LENGTHS[name])
    is_introduced = bool(cleaned["introduction"]) and text.introduced_by is not None
    return ArrivingText(**cleaned, introduced_by=text.introduced_by if is_introduced else None, lead=text.lead), cut


def cut_line(text: str, most: int) -> str:
    """Return the beginning of a line, up to the end of a word, with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at = head.rfind(" ", most // 2)
    return f"{head[:at] if at > 0 else head}…".strip()


def cut_prose(prose: str, most: int) -> str:
    """Return the beginning of clean prose, up to the end of a block, still clean."""
    if len(prose) <= most:
        return prose
    # Less by what a cleaner adds to close what is open
    room = most - 1000
    end = max((found.end() for found in END_OF_BLOCK.finditer(prose, 0, room)), default=0)
    if end < room // 2:  # One endless block
        end = prose.rfind(" ", room // 2, room) if prose.find(" ", room // 2, room) > 0 else room
        is_in_tag = prose.rfind("<", 0, end) > prose.rfind(">", 0, end)
        end = prose.rfind("<", 0, end) if is_in_tag else end
    return clean_prose(prose[:end])[:most]


def write(texts: Sequence[tuple[Post, ArrivingText, int, int | None]], *, at: dt.datetime) -> list[Revision]:
    """Add revisions, many at a time: of which piece, the text, its number, and the key of the one it is based on."""
    return Revision.objects.bulk_create([_revision(*one, at=at) for one in texts], batch_size=200)


def _revision(post: Post, text: ArrivingText, number: int, based_on: int | None, *, at: dt.datetime) -> Revision:
    row = as_revision(text)
    row.post, row.number, row.based_on_id = post, number, based_on
    row.words = count_words(row.body)
    row.content_hash = row.hash_of_content()
    row.written_at = at
    return row


def as_revision(text: ArrivingText) -> Revision:
    """Return a text as a revision that is not saved, so that its hash can be compared."""
    return Revision(
        title=text.title,
        standfirst=text.standfirst,
        body=text.body,
        introduction=text.introduction,
        introduced_by_id=text.introduced_by,
        lead_picture_id=text.lead,
    )
