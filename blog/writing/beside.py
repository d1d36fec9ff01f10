"""What stands beside a writer's text: the notes on it, and what to look at before it is sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blog.editorial import drafting
from blog.editorial.noting.checklists import before_it_is_sent
from blog.editorial.noting.noted import notes_on
from blog.models import Post, Revision
from blog.states import WRITERS_STATES

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class NoteTrouble:
    """A note that could not be answered or settled: which, why, and what was typed."""

    key: int
    sentence: str
    typed: str = ""
    status: int = 409


def beside_text(
    *, post: Post, reader: "User", text: Revision | None, trouble: NoteTrouble | None = None
) -> dict[str, Any]:
    """Return the notes that the writer sees, in the order of the text that is shown, and what is left before sending.

    `note_form` names the form on the page that their buttons belong to: that of the text itself while it is being
    written, so that whatever was typed goes along.
    """
    notes = notes_on(post, reader=reader, text=text)
    is_written = post.state in WRITERS_STATES and drafting.may_write(post=post, by=reader)
    return {
        "notes_open": [one for one in notes if one.note.is_open],
        "notes_settled": [one for one in notes if not one.note.is_open],
        "note_trouble": trouble,
        "note_form": "paper" if is_written else "notes-form",
        "may_take": is_written,
        "before_sending": before_it_is_sent(post=post) if is_written else [],
    }
