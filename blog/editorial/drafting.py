"""Beginning a piece and writing it: every save is a revision, and none overwrites another."""

import datetime as dt
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from blog.editorial import pictures
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.moves import move, record
from blog.editorial.names.identity import staff_author
from blog.editorial.noting.noted import for_letter
from blog.editorial.particulars import part_errors
from blog.editorial.permissions import is_editor, is_editor_of, is_writer_of, may_begin, may_read_draft, require_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.remits import require_category_in_limits
from blog.models import Author, Byline, Category, Message, Move, Picture, Post, Revision, Series
from blog.prose import clean_line, clean_prose, clean_text, count_words, pictures_without_description
from blog.states import WRITERS_STATES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

UNCHANGED = object()
MAX_TITLE = 300
MAX_STANDFIRST = 1000
MAX_BODY = 1_000_000
MAX_MESSAGE = 4000


class ConflictError(EditorialRefusal):
    """Somebody else saved the piece meanwhile. `kept` is the text that was sent, kept beside the working one."""

    def __init__(self, *, kept: Revision, working: Revision) -> None:
        super().__init__(_("Somebody else saved this piece meanwhile. Your text is kept; compare the two."))
        self.kept = kept
        self.working = working


@dataclass(frozen=True)
class Text:
    """What somebody typed, before cleaning. Fields left out stay as they are in the working text.

    An introduction is signed by `introduced_by`; left out, by whoever signed it before, or else by who writes it.
    """

    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    introduction: str | None = None
    introduced_by: Author | None = None
    lead_picture: object = UNCHANGED


def begin(
    *,
    by: "User",
    at: dt.datetime,
    title: str = "",
    authors: list[Author],
    is_guest_piece: bool,
    editor: "User | None" = None,
    brief: str = "",
    brief_words: int | None = None,
    due_date: dt.date | None = None,
    category: Category | None = None,
    series: Series | None = None,
    part_number: int | None = None,
) -> Post:
    """Begin a piece: the row, its byline, its first revision (with the title, if there is one), its first move.

    Raises PermissionDenied for anybody but editors, and IncompleteError for a part number without a series, a part
    that another piece is already, a category outside the editor's limits, or too long a title.
    """
    require_editor(by)
    require_category_in_limits(by, category)
    with transaction.atomic():
        errors = part_errors(series=series, part_number=part_number)
        if errors:
            raise IncompleteError(errors)
        post = Post(
            is_guest_piece=is_guest_piece,
            editor=editor or by,
            brief=clean_text(brief),
            brief_words=brief_words,
            due_date=due_date,
            category=category,
            series=series,
            part_number=part_number,
        )
        return _begin(post, authors, title=title, by=by, at=at)


def begin_own(*, by: "User", at: dt.datetime, title: str = "") -> Post:
    """Begin a piece of one's own, under one's own name and without being invited, as the staff may (PermissionDenied).

    An editor looks after it from the beginning. Nobody looks after a writer's, so every editor hears once it is sent.
    """
    if not may_begin(by):
        raise PermissionDenied(_("Only the staff can begin a piece. Others are invited to one."))
    with transaction.atomic():
        post = Post(is_guest_piece=False, editor=by if is_editor(by) else None)
        return _begin(post, [staff_author(user=by)], title=title, by=by, at=at)


def _begin(post: Post, authors: list[Author], *, title: str, by: "User", at: dt.datetime) -> Post:
    post.state = State.DRAFTING
    post.state_since = post.created_at = at
    post.save(force_insert=True)
    for position, author in enumerate(authors, 1):
        Byline.objects.create(
            post=post, author=author, position=position, role=author.role, organisation=author.organisation
        )
    post.working = _append(post, Text(title=title), by=by, at=at, based_on=None)
    post.save(update_fields=["working"])
    record(post=post, kind=MoveKind.BEGIN, by=by, at=at, revision=post.working)
    return post


def save_text(*, post: Post, text: Text, by: "User", at: dt.datetime, based_on: int | None) -> Revision:
    """Save what somebody typed as a new working revision, and return it.

    `based_on` is the key of the revision that they began from. In this order: checks who may (PermissionDenied), locks
    the piece, checks whose turn it is (MoveNotAllowedError), cleans the text, checks its lengths (IncompleteError), and
    appends a revision. Where nothing changed, the working revision is returned and none is made. Where somebody else
    saved meanwhile, the text is kept as a revision of its own, the working one stays, and ConflictError names both.
    """
    if not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can write in it."))
    if text.introduction is not None and not is_editor_of(by, post):
        raise PermissionDenied(_("Only editors write the introduction."))
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        require_turn_to_write(row, by)
        working = row.working
        if working is None or based_on == working.pk:
            revision = _append(row, text, by=by, at=at, based_on=working)
            Post.objects.filter(pk=row.pk).update(working=revision)
            post.working = revision
            return revision
        basis = row.revisions.filter(pk=based_on or 0).first() or working
        kept = _append(row, text, by=by, at=at, based_on=basis)
        if kept.content_hash == working.content_hash:
            return working
        conflict = ConflictError(kept=kept, working=working)
    raise conflict


def add_picture(
    *,
    post: Post,
    file: IO[bytes] | None,
    by: "User",
    at: dt.datetime,
    alt: str = "",
    caption: str = "",
    credit: str = "",
) -> Picture:
    """Take in a picture for the text of a piece: one in it, or the one that leads it.

    In this order: checks who may write now (PermissionDenied, MoveNotAllowedError), then the file and its description
    (IncompleteError, by field), and keeps the picture. It appears once a text with it is saved.
    """
    if not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can add a picture."))
    require_turn_to_write(post, by)
    if file is None:
        raise IncompleteError({"file": _("Choose a picture.")})
    return pictures.take_in(file=file, post=post, by=by, at=at, alt=alt, caption=caption, credit=credit)


def may_write(*, post: Post, by: "User") -> bool:
    """Whether the account could save this piece's text now: writers on their turn, editors on theirs."""
    if post.state in WRITERS_STATES and is_writer_of(by, post):
        return True
    if not is_editor_of(by, post):
        return False
    if post.state == State.DRAFTING and not post.is_guest_piece:
        return True
    return post.state in {State.SUBMITTED, State.PUBLISHED}


def require_turn_to_write(post: Post, by: "User") -> None:
    """Raise MoveNotAllowedError unless the account could save this piece's text now."""
    if not may_write(post=post, by=by):
        message = _("It is not your turn to write: the piece is now “{state}”. What you typed is still in this page.")
        raise MoveNotAllowedError(message.format(state=State(post.state).label))


def _append(post: Post, text: Text, *, by: "User", at: dt.datetime, based_on: Revision | None) -> Revision:
    """Make the next revision, or return `based_on` where it would be the same."""
    base = based_on or Revision()
    introduction = base.introduction if text.introduction is None else clean_prose(text.introduction)
    introduced_by = text.introduced_by or base.introduced_by or (staff_author(user=by) if introduction else None)
    lead_picture = base.lead_picture if text.lead_picture is UNCHANGED else text.lead_picture
    revision = Revision(
        post=post,
        title=base.title if text.title is None else clean_line(text.title),
        standfirst=base.standfirst if text.standfirst is None else clean_line(text.standfirst),
        body=base.body if text.body is None else clean_prose(text.body),
        introduction=introduction,
        introduced_by=introduced_by if introduction else None,
        lead_picture=lead_picture if isinstance(lead_picture, Picture) else None,
        based_on=based_on,
        written_by=by,
        written_at=at,
    )
    _require_lengths(revision)
    if based_on and revision.hash_of_content() == based_on.content_hash:
        return based_on
    revision.words = count_words(revision.body)
    highest = Revision.objects.filter(post=post).aggregate(highest=Max("number"))["highest"]
    revision.number = (highest or 0) + 1
    revision.save()
    return revision


def _require_lengths(revision: Revision) -> None:
    """Raise IncompleteError for a text that is too long; cutting it would lose what somebody typed."""
    errors: dict[str, str] = {}
    if len(revision.title) > MAX_TITLE:
        errors["title"] = _("Shorten the title to {most} characters.").format(most=MAX_TITLE)
    if len(revision.standfirst) > MAX_STANDFIRST:
        errors["standfirst"] = _("Shorten the standfirst to {most} characters.").format(most=MAX_STANDFIRST)
    if max(len(revision.body), len(revision.introduction)) > MAX_BODY:
        errors["body"] = _("The text is longer than a blog can carry. Split it into two pieces.")
    if errors:
        raise IncompleteError(errors)


def submit_for_review(*, post: Post, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Send a piece to the editor.

    Checks that nothing is missing (IncompleteError), moves it to submitted, and writes a letter to the editor who
    looks after it, or to all of them.
    """
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.SUBMIT, by=by, at=at, seen=seen)
        require_complete(post)
        tell_editors("submitted", post=post, by=by, at=at, open_notes=for_letter(post))
    return made


def take_back(*, post: Post, by: "User", at: dt.datetime) -> Move:
    """Take a submission back to go on writing; the editor gets a letter."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.TAKE_BACK, by=by, at=at)
        tell_editors("taken_back", post=post, by=by, at=at)
    return made


def require_complete(post: Post) -> None:
    """Raise IncompleteError unless the working text has what a reader needs."""
    errors: dict[str, str] = {}
    working = post.working
    if working is None or not working.title:
        errors["title"] = _("Give the piece a title.")
    if working is None or not working.words:
        errors["body"] = _("Write the text first.")
    elif pictures_without_description(working.body):
        errors["body"] = _("Describe every picture for people who cannot see it.")
    if not Byline.objects.filter(post=post).exists():
        errors["byline"] = _("Say whose name the piece appears under.")
    if errors:
        raise IncompleteError(errors)


def say(*, post: Post, text: str, by: "User", at: dt.datetime) -> Message:
    """Add a message to the conversation about a piece; the other side gets a letter. An empty one is refused."""
    if not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can do this."))
    text = clean_text(text)
    if not text:
        raise IncompleteError({"text": _("Write your message first.")})
    if len(text) > MAX_MESSAGE:
        raise IncompleteError({"text": _("Shorten the message to {most} characters.").format(most=MAX_MESSAGE)})
    with transaction.atomic():
        message = Message.objects.create(post=post, by=by, at=at, text=text)
        tell = tell_editors if is_writer_of(by, post) else tell_writers
        tell("message", post=post, by=by, at=at, message=message)
    return message
