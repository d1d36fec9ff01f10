"""The form beside the text in which a note is written: about which paragraph, and what was typed if it was refused."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from blog.admin.moves import Trouble
from blog.changes import split_blocks
from blog.desk.keys import key_in
from blog.editorial.noting.anchoring import as_words
from blog.models import Post

NOTE = "note"  # Where a refusal of this form belongs
FIELDS = ("paragraph", "quote", "text", "suggests", "new", "seen")


@dataclass(frozen=True)
class NoteForm:
    """What stands in the form. `paragraph` counts from 1; 0 is the whole piece."""

    paragraph: int = 0
    words: str = ""
    is_open: bool = False
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def words_error(self) -> str:
        """What is wrong with the words that were chosen."""
        return self.errors.get("quote", "") or self.errors.get("old", "")


def note_form(request: HttpRequest, post: Post, trouble: Trouble | None) -> NoteForm:
    """Return the form: as it was typed, on the paragraph that a link names (`?note=3`), or closed."""
    is_back = trouble is not None and trouble.where == NOTE
    typed = trouble.typed if trouble and is_back else {}
    asked = typed.get("paragraph", "") if is_back else request.GET.get("note", "")
    blocks = split_blocks(post.working.body) if post.working else []
    number = key_in(asked) or 0
    number = number if number <= len(blocks) else 0
    return NoteForm(
        paragraph=number,
        words=as_words(blocks[number - 1]) if number else "",
        is_open=is_back or bool(asked),
        typed=typed,
        errors=trouble.errors if trouble and is_back else {},
    )
