"""Saying what is wrong in a text, at its paragraphs: in a proof, which then goes back, or in a published piece."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.changes import split_blocks
from blog.desk.keys import key_in
from blog.editorial import proof as sign_offs
from blog.editorial import proposals
from blog.editorial.proof import Remark, shortened
from blog.editorial.refusals import EditorialRefusal, IncompleteError, TextHasChangedError
from blog.models import Post, Revision
from blog.prose import as_plain
from blog.states import State
from blog.writing.access import desk_page, own_piece
from blog.writing.proof import show_changed

if TYPE_CHECKING:
    from django.http import QueryDict

    from blog.writing.access import WriterRequest

MOST_REMARKS = 30


@dataclass(frozen=True)
class Passage:
    """A paragraph of a text, and what was typed about it."""

    block: int
    words: str
    text: str = ""
    quote: str = ""
    text_error: str = ""
    quote_error: str = ""

    @property
    def number(self) -> int:
        """The paragraph as people count, from 1."""
        return self.block + 1

    @property
    def beginning(self) -> str:
        """How it begins, enough to know it by."""
        return shortened(self.words)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def ask_for_correction(request: "WriterRequest", pk: int) -> HttpResponse:
    """Ask at which paragraphs something is wrong, and send the proof back; `add` only brings one more paragraph."""
    post = own_piece(request.user, pk)
    if request.method != "POST" and post.state != State.IN_PROOF:
        return redirect("writing:piece", pk)
    if request.method != "POST":
        return _correction_page(request, post, request.GET)
    if "add" in request.POST and post.state == State.IN_PROOF:
        return _correction_page(request, post, request.POST)
    remarks = [
        Remark(block, request.POST.get(f"text-{block}", ""), request.POST.get(f"quote-{block}", ""))
        for block in _chosen(request.POST)
    ]
    reason = request.POST.get("reason", "")
    try:
        sign_offs.ask_for_correction(
            post=post,
            reason=reason,
            remarks=remarks,
            seen=key_in(request.POST.get("seen", "")),
            by=request.user,
            at=timezone.now(),
        )
    except TextHasChangedError as refusal:
        typed = "\n\n".join(part for part in (reason, *(remark.text for remark in remarks)) if part.strip())
        return show_changed(request, post, refusal, typed=typed)
    except IncompleteError as incomplete:
        return _correction_page(request, post, request.POST, errors=incomplete.errors, status=422)
    messages.success(request, _("The proof is back with the editor. A new one will come to you."))
    return redirect("writing:piece", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def propose(request: "WriterRequest", pk: int) -> HttpResponse:
    """Propose a correction of a piece that readers see."""
    post, at = own_piece(request.user, pk), timezone.now()
    if request.method != "POST":
        if not post.is_visible_at(at):
            return redirect("writing:piece", pk)
        return _propose_page(request, post)
    block = request.POST.get("block", "")
    try:
        proposals.propose(
            post=post,
            wrong=request.POST.get("wrong", ""),
            wanted=request.POST.get("wanted", ""),
            # Anything that is no number can't be a paragraph either
            block=None if block == "" else (-1 if key_in(block) is None else key_in(block)),
            seen=key_in(request.POST.get("seen", "")),
            by=request.user,
            at=at,
        )
    except IncompleteError as incomplete:
        return _propose_page(request, post, errors=incomplete.errors, status=422)
    except EditorialRefusal as refusal:
        return _propose_page(request, post, errors={"wrong": str(refusal)}, status=409)
    messages.success(request, _("The editors have it and will write to you. Readers see the piece as it is meanwhile."))
    return redirect("writing:piece", pk)


def passages_of(text: Revision | None) -> list[Passage]:
    """Return the paragraphs, lists, tables … of a text, with their words; one without words says what it is."""
    blocks = split_blocks(text.body) if text else []
    return [
        Passage(number, " ".join(as_plain(html).split()) or _("(a picture or a line)"))
        for number, html in enumerate(blocks)
    ]


def _chosen(typed: "QueryDict") -> list[int]:
    """Return the paragraphs that a form or an address names, each once."""
    keys = [key for text in typed.getlist("block") if (key := key_in(text)) is not None]
    return list(dict.fromkeys(keys))[:MOST_REMARKS]


def _correction_page(
    request: "WriterRequest", post: Post, typed: "QueryDict", *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    errors = errors or {}
    working = Revision.objects.filter(pk=post.working_id or 0).first()
    passages = passages_of(working)
    chosen = [block for block in _chosen(typed) if block < len(passages)]
    shown = [
        Passage(
            block,
            passages[block].words,
            typed.get(f"text-{block}", ""),
            typed.get(f"quote-{block}", ""),
            errors.get(f"text-{block}", ""),
            errors.get(f"quote-{block}", ""),
        )
        for block in sorted(chosen)
    ]
    context = {
        "post": post,
        "passages": shown,
        "others": [passage for passage in passages if passage.block not in chosen],
        "reason": typed.get("reason", ""),
        "errors": errors,
        "seen": typed.get("seen") or post.working_id,
        "section": "pieces",
    }
    return render(request, "writing/correction.html", context, status=status)


def _propose_page(
    request: "WriterRequest", post: Post, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    live = Revision.objects.filter(pk=post.live_id or 0).first()
    context = {
        "post": post,
        "passages": passages_of(live),
        "chosen": key_in(typed.get("block", "")),
        "wrong": request.POST.get("wrong", ""),
        "wanted": request.POST.get("wanted", ""),
        "errors": errors or {},
        "seen": typed.get("seen") or post.live_id,
        "section": "pieces",
    }
    return render(request, "writing/propose.html", context, status=status)
