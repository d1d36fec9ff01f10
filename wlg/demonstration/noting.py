"""Notes beside two texts of the demonstration: one whose writer has been asked for changes, one under review."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from blog.editorial import drafting
from blog.editorial.noting import checklists, notes
from blog.models import ChecklistItem, Post


@dataclass(frozen=True)
class Remark:
    """A note of the demonstration: on which words of which paragraph, or with which others in their place."""

    block: int
    quote: str
    text: str = ""
    new: str | None = None


REMARKS: dict[str, list[Remark]] = {
    "a-viewing-at-half-past-ten": [
        Remark(0, "the bakery in Heol Isaf", "Is there only one? Then leave the street out."),
        Remark(3, "The lad behind had an iPad", new="A man behind us had a tablet"),
        Remark(8, "six months in advance", "Is that common where you are? One sentence would help readers elsewhere."),
        Remark(11, "", "A very good end. Please leave it exactly as it is."),
    ],
    "the-microphone-was-on": [
        Remark(1, "who has been ill and can’t taste very much", "Has he agreed to our saying this?"),
        Remark(9, "It transpires that a microphone", new="A microphone"),
    ],
}
EDITED = {"the-microphone-was-on": ("He didn’t lower his voice a great deal.", "He did not lower his voice much.")}


def leave_notes(slug: str, post: Post, *, editor: User, at: dt.datetime) -> None:
    """Leave an editor’s notes on a piece that is with them, an edit of theirs, and a tick or two."""
    post.refresh_from_db()
    if slug in EDITED and post.working:
        old, new = EDITED[slug]
        text = drafting.Text(body=post.working.body.replace(old, new))
        drafting.save_text(post=post, text=text, by=editor, at=at, based_on=post.working_id)
    for remark in REMARKS.get(slug, []):
        is_suggestion = remark.new is not None
        note = notes.write_note(
            post=post,
            text=remark.text,
            by=editor,
            at=at,
            block=remark.block,
            quote=remark.quote,
            old=remark.quote if is_suggestion else "",
            new=remark.new or "",
        )
        if "exactly as it is" in remark.text:
            notes.settle(note=note, by=editor, at=at)
    if slug in REMARKS:
        for item in ChecklistItem.objects.filter(category=None, depends_on="text")[:2]:
            checklists.tick(post=post, item=item, is_ticked=True, by=editor, at=at)
