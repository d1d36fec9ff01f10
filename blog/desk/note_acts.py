"""What can be done to a note, the same at both desks, by the names that their addresses use."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from blog.editorial.noting import notes
from blog.models import Note

if TYPE_CHECKING:
    from accounts.models import User

ANSWER = "answer"
TAKE = "take"
ACTS: dict[str, Callable[..., object]] = {
    ANSWER: notes.answer,
    "done": notes.settle,
    "reopen": notes.reopen,
    "leave": notes.leave,
    TAKE: notes.take,
}


def act_on(note: Note, act: str, *, text: str, by: "User", at: dt.datetime) -> object:
    """Do it to the note; an answer needs `text`. Raises what the editorial room refuses."""
    if act == ANSWER:
        return notes.answer(note=note, text=text, by=by, at=at)
    return ACTS[act](note=note, by=by, at=at)
