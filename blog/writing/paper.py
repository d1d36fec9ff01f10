"""The writing page: a text is typed, kept and sent. When it is not the writer's turn, a page to read and wait by."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.desk.keys import key_in
from blog.desk.script import answering_script, overtaken, saved, taken_in
from blog.desk.word_file import form_of, said_of
from blog.desk.words import day, length_of, time_of
from blog.editorial import drafting
from blog.editorial.drafting import ConflictError, Text
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.moves import allowed_moves
from blog.editorial.names.identity import writes_as
from blog.editorial.one_text import kept_beside
from blog.editorial.pitching.replies import answered_by
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.review import text_as_sent
from blog.models import Post, Revision
from blog.states import MoveKind, State
from blog.writing.access import asks_for_name, desk_page, is_on_the_desk, login_address, own_piece, show_kept
from blog.writing.beside import NoteTrouble, beside_text
from blog.writing.conversation import conversation, so_far
from blog.writing.merging import show_conflict
from blog.writing.progress import progress_of

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest

WRITERS_FIELDS = ("title", "standfirst", "body")


@dataclass(frozen=True)
class Shown:
    """What stands in the fields of the writing page: the working text, or what was just typed."""

    title: str
    standfirst: str
    body: str
    based_on: int | None
    errors: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def piece(request: "WriterRequest", pk: int) -> HttpResponse:
    """Show the writing page or the page to read; a POST saves, and with `send` in it also sends to the editor."""
    post = own_piece(request.user, pk)
    if request.method == "POST":
        return _save(request, post, sends="send" in request.POST)
    if asks_for_name(post, request.user):
        return redirect("writing:byline", pk)
    if is_on_the_desk(post, request.user):
        return write_page(request, post)
    return read_page(request, post)


@require_POST
@desk_page
def submit(request: "WriterRequest", pk: int) -> HttpResponse:
    """Save what was typed, if a text was sent along, then send the piece to the editor."""
    return _save(request, own_piece(request.user, pk), sends=True)


@require_POST
@desk_page
@answering_script
def autosave(request: "WriterRequest", pk: int) -> JsonResponse:
    """Save what was typed, and answer the script on the page."""
    post, at = own_piece(request.user, pk), timezone.now()
    based_on = key_in(request.POST.get("based_on", ""))
    try:
        revision = drafting.save_text(post=post, text=_typed(request), by=request.user, at=at, based_on=based_on)
    except ConflictError as conflict:
        address = reverse("writing:merge", args=[pk, conflict.kept.pk])
        return overtaken(conflict, compare=address, reader=request.user)
    return saved(revision, post=post, at=at)


@require_POST
@desk_page
@answering_script
def pictures(request: "WriterRequest", pk: int) -> JsonResponse:
    """Take in a picture for the text, and answer with what the page needs to show it."""
    picture = drafting.add_picture(
        post=own_piece(request.user, pk),
        file=request.FILES.get("file"),
        alt=request.POST.get("alt", ""),
        caption=request.POST.get("caption", ""),
        credit=request.POST.get("credit", ""),
        by=request.user,
        at=timezone.now(),
    )
    return taken_in(picture)


def _typed(request: "WriterRequest") -> Text:
    """Return what a writer may write. State, names, dates, introduction: whatever else was sent is left alone."""
    return Text(
        title=request.POST.get("title"), standfirst=request.POST.get("standfirst"), body=request.POST.get("body")
    )


def _save(request: "WriterRequest", post: Post, *, sends: bool) -> HttpResponse:
    at = timezone.now()
    based_on = key_in(request.POST.get("based_on", ""))
    try:
        if any(name in request.POST for name in WRITERS_FIELDS):
            revision = drafting.save_text(post=post, text=_typed(request), by=request.user, at=at, based_on=based_on)
            based_on = revision.pk
        if sends:
            drafting.submit_for_review(post=post, by=request.user, at=at, seen=based_on)
    except ConflictError as conflict:
        return show_conflict(request, post, conflict)
    except IncompleteError as incomplete:
        typed = {name: request.POST.get(name, "") for name in WRITERS_FIELDS}
        shown = Shown(**typed, based_on=based_on, errors=incomplete.errors)
        return write_page(request, own_piece(request.user, post.pk), shown=shown, status=422)
    except EditorialRefusal as refusal:
        return show_kept(request, status=409, sentence=str(refusal))
    return redirect("writing:piece", post.pk)


def keep_typed(request: "WriterRequest", post: Post, *, note_trouble: NoteTrouble | None = None) -> HttpResponse | None:
    """Save the text that came along with something else; return the page to show where it can't be saved."""
    based_on = key_in(request.POST.get("based_on", ""))
    try:
        drafting.save_text(post=post, text=_typed(request), by=request.user, at=timezone.now(), based_on=based_on)
    except ConflictError as conflict:
        return show_conflict(request, post, conflict)
    except IncompleteError as incomplete:
        typed = {name: request.POST.get(name, "") for name in WRITERS_FIELDS}
        shown = Shown(**typed, based_on=based_on, errors=incomplete.errors)
        return write_page(request, own_piece(request.user, post.pk), shown=shown, note_trouble=note_trouble, status=422)
    except EditorialRefusal as refusal:
        return show_kept(request, status=409, sentence=str(refusal))
    return None


def write_page(
    request: "WriterRequest",
    post: Post,
    *,
    shown: Shown | None = None,
    say_error: str = "",
    note_trouble: NoteTrouble | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page to write on."""
    working = post.working or Revision()
    at = timezone.now()
    shown = shown or Shown(working.title, working.standfirst, working.body, post.working_id)
    address = reverse("writing:piece", args=[post.pk])
    author = writes_as(request.user, post)
    byline = next((byline for byline in post.bylines.all() if byline.author == author), None)
    context = {
        **_around(request, post, at),
        **beside_text(post=post, reader=request.user, text=post.working, trouble=note_trouble),
        "shown": shown,
        "say_error": say_error,
        **form_of(request, post),
        **said_of(request, post),
        "kept_beside": kept_beside(post=post, by=request.user),
        "saved": _saved_line(working, at),
        "words_text": length_of(words=working.words, wanted=post.brief_words),
        "login": login_address(address),
        "has_bare_byline": author is not None and byline is not None and not (byline.role_line or author.about),
    }
    return render(request, "writing/write.html", context, status=status)


def read_page(
    request: "WriterRequest",
    post: Post,
    *,
    say_error: str = "",
    note_trouble: NoteTrouble | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a piece to its writer while others hold it: where it stands, its text, and what can be done."""
    at = timezone.now()
    # What the editor is changing meanwhile comes with the proof
    sent = text_as_sent(post=post) if post.state == State.SUBMITTED else None
    shown = sent or post.live or post.working
    text = Revision.objects.select_related("introduced_by").get(pk=shown.pk) if shown else None
    beside = beside_text(post=post, reader=request.user, text=text, trouble=note_trouble)
    context = {**_around(request, post, at), **beside, "text": text, "say_error": say_error}
    if post.live_id:
        context |= {"proposals": list(post.proposals.all()), "may_propose": post.is_visible_at(at)}
    return render(request, "writing/piece.html", context, status=status)


def _around(request: "WriterRequest", post: Post, at: dt.datetime) -> dict[str, Any]:
    """Return what stands beside the text on both pages."""
    allowed = allowed_moves(post=post, by=request.user, at=at)
    editor = name_in(names_around(post), post.editor) if post.editor else ""
    return {
        "post": post,
        "progress": progress_of(post, reader=request.user, at=at),
        "remarks": conversation(post, reader=request.user),
        "so_far": so_far(post, reader=request.user),
        "editor": editor,
        "answers": answered_by(post, at=at),
        "due": day(post.due_date, timezone.localdate(at)) if post.due_date else "",
        "answer_days": settings.ANSWER_DAYS,
        "may_take_back": MoveKind.TAKE_BACK in allowed,
        "may_withdraw": MoveKind.WITHDRAW in allowed,
        "typed_message": request.POST.get("text", ""),
        "section": "pieces",
    }


def _saved_line(working: Revision, at: dt.datetime) -> str:
    if not working.words:
        return ""
    if timezone.localdate(working.written_at) == timezone.localdate(at):
        return _("Saved at {time}").format(time=time_of(working.written_at))
    when = day(working.written_at, timezone.localdate(at))
    return _("Saved on {day} at {time}").format(day=when, time=time_of(working.written_at))
