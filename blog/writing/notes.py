"""Notes at the writer's desk: answered, done, a suggestion taken or left. What was typed in the text goes along."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from blog.desk.note_acts import ACTS, TAKE, act_on
from blog.editorial.noting import noted
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Note, Post
from blog.writing.access import desk_page, is_on_the_desk, own_piece
from blog.writing.beside import NoteTrouble
from blog.writing.paper import WRITERS_FIELDS, keep_typed, read_page, write_page

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_POST
@desk_page
def note_act(request: "WriterRequest", pk: int, note_pk: int, act: str) -> HttpResponse:
    """Answer or settle a note of this very piece; a note of another does not exist here (404).

    The text on the page is saved as well: before a suggestion is taken, for it changes the text; otherwise after, so
    that a conflict over the text keeps nothing else from being said.
    """
    if act not in ACTS:
        raise Http404
    post = own_piece(request.user, pk)
    note = _note_or_404(post, note_pk)
    trouble = None if act == TAKE else _try(request, note, act)
    if any(name in request.POST for name in WRITERS_FIELDS) and is_on_the_desk(post, request.user):
        stopped = keep_typed(request, post, note_trouble=trouble)
        if stopped is not None:
            return stopped
    if act == TAKE:
        trouble = _try(request, note, act)
    if trouble is None:
        return redirect(f"{reverse('writing:piece', args=[pk])}#remark-{note.pk}")
    post = own_piece(request.user, pk)
    page = write_page if is_on_the_desk(post, request.user) else read_page
    return page(request, post, note_trouble=trouble, status=trouble.status)


def _try(request: "WriterRequest", note: Note, act: str) -> NoteTrouble | None:
    typed = request.POST.get(f"text-{note.pk}", "")
    try:
        act_on(note, act, text=typed, by=request.user, at=timezone.now())
    except IncompleteError as incomplete:
        return NoteTrouble(note.pk, str(incomplete), typed, 422)
    except EditorialRefusal as refusal:
        return NoteTrouble(note.pk, str(refusal), typed, 409)
    return None


def _note_or_404(post: Post, note_pk: int) -> Note:
    note = post.notes.select_related("revision", "post").filter(pk=note_pk).first()
    if note is None or not noted.is_seen_by(note, post, writer=True):
        raise Http404
    return note
