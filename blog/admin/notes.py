"""Notes on the review page: writing one beside a paragraph, answering, settling, taking a suggestion; and ticks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.moves import Trouble
from blog.admin.note_form import FIELDS, NOTE
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page, review_page
from blog.admin.saved_replies import ready_replies
from blog.admin.text_views import VIEWS
from blog.desk.keys import key_in
from blog.desk.note_acts import ACTS, act_on
from blog.editorial.noting import checklists, noted, notes
from blog.editorial.refusals import EditorialRefusal
from blog.models import Note, Post

TYPED = {*FIELDS, "reason"}
SAID = {
    "answer": gettext_lazy("Answered."),
    "done": gettext_lazy("The note is done."),
    "reopen": gettext_lazy("The note is open again."),
    "leave": gettext_lazy("The words stay as they are."),
    "take": gettext_lazy("The suggested words are in the text now."),
}


def write_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note about a paragraph, or about the whole piece."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    suggests = bool(typed["suggests"] or typed["new"].strip())
    number = key_in(typed["paragraph"])
    try:
        note = notes.write_note(
            post=post,
            text=typed["text"],
            by=by,
            at=at,
            block=number - 1 if number else None,
            quote=typed["quote"],
            old=typed["quote"] if suggests else "",
            new=typed["new"] if suggests else "",
            seen=key_in(typed["seen"]),
        )
    except EditorialRefusal as refusal:
        return refused_page(request, pk, NOTE, refusal, by=by, at=at, typed=typed)
    is_waiting = not noted.is_seen_by(note, post, writer=True)
    sentence = _("Noted. The writers see it once you hand the piece on.") if is_waiting else _("Noted.")
    messages.success(request, sentence)
    return _back(request, pk, f"remark-{note.pk}")


def act_view(request: HttpRequest, pk: int, note_pk: int, act: str) -> HttpResponse:
    """Answer or settle a note of this very piece; a note of another does not exist here (404)."""
    if act not in ACTS:
        raise Http404
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    note = note_or_404(post, note_pk)
    text = request.POST.get("text", "")
    try:
        act_on(note, act, text=text, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, f"note-{note.pk}", refusal, by=by, at=at, typed={"text": text})
    messages.success(request, str(SAID[act]))
    return _back(request, pk, f"remark-{note.pk}")


def tick_view(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Tick a question of the checklist, or take the tick off."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    item = next((one for one in checklists.questions_for(post) if one.pk == item_pk), None)
    if item is None:
        raise Http404
    checklists.tick(post=post, item=item, is_ticked=request.POST.get("ticked") == "1", by=by, at=at)
    return _back(request, pk, f"check-{item.pk}")


def fill_view(request: HttpRequest, pk: int, where: str) -> HttpResponse:
    """Show the page again with a saved reply put after what was typed: for pages without script. Changes nothing.

    `where` is the form that it was pressed in: a move, the conversation, the new note or a note that is answered.
    """
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str) and name in TYPED}
    opened = len([note for note in noted.open_notes(post) if note.by_id == by.pk])
    chosen = request.POST.get("saved_reply", "")
    reply = next((one.text for one in ready_replies(open_notes=opened) if one.value == chosen), "")
    field = "reason" if "reason" in typed else "text"
    typed[field] = "\n\n".join(part for part in (typed.get(field, "").strip(), reply) if part)
    return review_page(request, post, by=by, at=at, trouble=Trouble(where, typed=typed, is_refused=False))


def note_or_404(post: Post, note_pk: int) -> Note:
    """Return a note on this piece that the editors see; raise Http404 for any other."""
    key = key_in(str(note_pk))
    note = post.notes.select_related("revision", "post").filter(pk=key).first() if key else None
    if note is None or not noted.is_seen_by(note, post, writer=False):
        raise Http404
    return note


def _back(request: HttpRequest, pk: int, place: str) -> HttpResponse:
    view = request.POST.get("view", "")
    query = f"?{urlencode({'view': view})}" if view in VIEWS else ""
    return redirect(f"{reverse('admin:blog_post_change', args=[pk])}{query}#{place}")
