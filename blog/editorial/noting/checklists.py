"""What is left to do before a piece goes out: what the machine can see, and what an editor ticks after looking.

Advice for the editor; what must hold is checked by the moves. Published all the same, what was undone is written down.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.permissions import require_editor_of
from blog.editorial.proof import signatures
from blog.models import Check, ChecklistItem, LeftUndone, Move, Post, Revision
from blog.models.checklists import DependsOn
from blog.prose import pictures_without_description

if TYPE_CHECKING:
    from accounts.models import User

LEEWAY = 0.15  # Nobody counts to the word
PICTURE = re.compile(r'<img\b[^>]*\bsrc="([^"]*)"')


@dataclass(frozen=True)
class Line:
    """One line of the list. `item` is there for a question that somebody ticks; `doubt` says why to look again."""

    is_done: bool
    words: str
    item: ChecklistItem | None = None
    ticked: str = ""
    doubt: str = ""

    @property
    def left_to_do(self) -> str:
        """What is left to do about it, in words; nothing for what is done."""
        if not self.is_done:
            return self.words
        return f"{self.words} ({self.doubt})" if self.doubt else ""


@dataclass(frozen=True)
class SignOffLine(Line):
    """A name on the byline, and whether it has signed off. What follows from it, the moves say."""

    @property
    def left_to_do(self) -> str:
        """Nothing: without the sign-off nothing goes out, unless an editor went ahead with a reason of its own."""
        return ""


def before_it_goes_out(*, post: Post, at: dt.datetime) -> list[Line]:
    """Return what readers would miss if the piece went out now. Nothing for a piece that is out."""
    if post.is_visible_at(at):
        return []
    text = post.working or Revision()
    return [
        Line(bool(text.title), _("A title")),
        Line(bool(text.standfirst), _("A standfirst")),
        _descriptions(text),
        _length(post, text),
        Line(post.category_id is not None, _("A category")),
        *_questions(post, text),
        *_sign_offs(post),
    ]


def before_it_is_sent(*, post: Post) -> list[Line]:
    """Return what a writer looks at before sending: what the machine can see, and the questions meant for writers."""
    text = post.working or Revision()
    asked = [Line(is_done=False, words=item.question, item=item) for item in _items(post, text) if item.is_for_writers]
    return [_descriptions(text), *([_length(post, text)] if post.brief_words else []), *asked]


def left_to_do(*, post: Post, at: dt.datetime) -> list[str]:
    """Return what is left to do, in words, before a piece is published."""
    return [line.left_to_do for line in before_it_goes_out(post=post, at=at) if line.left_to_do]


def tick(*, post: Post, item: ChecklistItem, is_ticked: bool, by: "User", at: dt.datetime) -> Check:
    """Say that somebody has looked, or take that back. Every tick is kept with the text that it was made on.

    Raises PermissionDenied for anybody but editors of the piece.
    """
    require_editor_of(by, post)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        latest = row.checks.filter(item=item).order_by("-at", "-pk").first()
        if latest and latest.is_ticked == is_ticked and latest.revision_id == row.working_id:
            return latest  # The button was pressed twice
        return Check.objects.create(post=row, item=item, revision=row.working, is_ticked=is_ticked, by=by, at=at)


def note_what_is_left(*, made: Move, undone: list[str]) -> LeftUndone | None:
    """Write down, with the move that published a piece, what was undone and published all the same."""
    return LeftUndone.objects.create(move=made, words="\n".join(undone)) if undone else None


def questions_for(post: Post) -> list[ChecklistItem]:
    """Return the questions that an editor can tick for a piece."""
    return _items(post, post.working or Revision())


def _descriptions(text: Revision) -> Line:
    lead = text.lead_picture
    is_done = not pictures_without_description(text.body) and (lead is None or bool(lead.alt))
    return Line(is_done, _("Pictures have descriptions"))


def _length(post: Post, text: Revision) -> Line:
    if not post.brief_words:
        return Line(bool(text.words), _("{words} words, no length asked for").format(words=text.words))
    is_within = abs(text.words - post.brief_words) <= post.brief_words * LEEWAY
    words = _("{words} words of about {asked}").format(words=text.words, asked=post.brief_words)
    return Line(is_within, words)


def _items(post: Post, text: Revision) -> list[ChecklistItem]:
    items = ChecklistItem.objects.filter(Q(category=None) | Q(category=post.category_id or 0), is_active=True)
    has_pictures = bool(_pictures(text))
    return [item for item in items if item.depends_on != DependsOn.PICTURES or has_pictures]


def _questions(post: Post, text: Revision) -> list[Line]:
    items = _items(post, text)
    ticks = post.checks.filter(item__in=items).select_related("by", "revision").order_by("at", "pk")
    latest = {check.item_id: check for check in ticks}
    names = names_around(post) if latest else {}
    lines = []
    for item in items:
        check = latest.get(item.pk)
        if check is None or not check.is_ticked:
            lines.append(Line(is_done=False, words=item.question, item=item))
            continue
        when = date_format(timezone.localtime(check.at), "j F")
        ticked = _("{name}, {when}").format(name=name_in(names, check.by), when=when)
        lines.append(Line(is_done=True, words=item.question, item=item, ticked=ticked, doubt=_doubt(item, check, text)))
    return lines


def _doubt(item: ChecklistItem, check: Check, text: Revision) -> str:
    """Say why an earlier tick may no longer be true."""
    earlier = check.revision or Revision()
    if item.depends_on == DependsOn.NOTHING or earlier.pk == text.pk:
        return ""
    if item.depends_on == DependsOn.PICTURES:
        return _("ticked before a picture was added") if _pictures(text) - _pictures(earlier) else ""
    return _("ticked on an earlier text") if earlier.content_hash != text.content_hash else ""


def _pictures(text: Revision) -> set[str]:
    lead = {str(text.lead_picture_id)} if text.lead_picture_id else set()
    return lead | set(PICTURE.findall(text.body))


def _sign_offs(post: Post) -> list[Line]:
    if not post.is_guest_piece:
        return []
    lines: list[Line] = []
    for signature in signatures(post=post):
        if signature.signed_at:
            when = date_format(timezone.localtime(signature.signed_at), "j F, H.i")
            words = _("{name} signed off on {when}").format(name=signature.author.name, when=when)
        else:
            words = _("{name} signs off this text").format(name=signature.author.name)
        lines.append(SignOffLine(signature.signed_at is not None, words))
    return lines
