"""The words of letters in the desk: every kind that there is, and for each a page to read, try and change its words."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.admin.access import ReadOnlyAdmin, editor_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.editorial.letters import wordings as letter_wordings
from blog.editorial.letters.html import Block, blocks_of
from blog.editorial.letters.kinds import KINDS, SIDES, Kind
from blog.editorial.letters.wordings import Wording
from blog.editorial.permissions import is_administrator
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import LetterWording

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Sample:
    """An invented letter: its subject, and its text in the blocks that the HTML part is made of."""

    subject: str
    blocks: list[Block]


@admin.register(LetterWording)
class LetterWordingAdmin(ReadOnlyAdmin[LetterWording]):
    """What letters say. Editors read it, administrators change it; every wording is kept."""

    def get_urls(self) -> list[URLPattern]:
        """Give the list of kinds, and a page for each."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(list_view)), name="blog_letterwording_changelist"),
            path(
                "<slug:side>/<slug:name>/",
                wrap(require_http_methods(["GET", "HEAD", "POST"])(wording_view)),
                name="blog_letterwording_page",
            ),
        ]


def list_view(request: HttpRequest) -> HttpResponse:
    """List every kind of letter, by whom it goes to, with when it is sent and whether its words were changed."""
    editor_of(request)
    changed = {row.kind: row for row in LetterWording.objects.order_by("number")}
    rows = [(kind, changed.get(kind.name)) for kind in KINDS.values() if letter_wordings.wording_of(kind.name)]
    order = list(SIDES)
    rows.sort(key=lambda row: order.index(row[0].side) if row[0].side in SIDES else len(order))
    sides = [(SIDES.get(side, side), list(found)) for side, found in groupby(rows, key=lambda row: row[0].side)]
    return show(request, "admin/letter_wordings.html", {"sides": sides})


def wording_view(request: HttpRequest, side: str, name: str) -> HttpResponse:
    """Show the words of a kind of letter; POST tries them out, keeps them, or goes back to those the blog came with."""
    by, at = editor_of(request), timezone.now()
    kind = KINDS.get(f"{side}/{name}")
    now = letter_wordings.wording_of(kind.name) if kind else None
    if kind is None or now is None:
        raise Http404
    if request.method != "POST":
        return _page(request, kind, now, by=by)
    typed = Wording(request.POST.get("subject", ""), request.POST.get("text", "").replace("\r\n", "\n"))
    act, seen = request.POST.get("act"), key_in(request.POST.get("seen", "")) or 0
    try:
        if act == "default":
            letter_wordings.go_back_to_default(kind=kind.name, seen=seen, by=by, at=at)
            messages.success(request, _("The letter has the words again that the blog came with."))
        elif act == "save":
            letter_wordings.change_wording(
                kind=kind.name, subject=typed.subject, text=typed.text, seen=seen, by=by, at=at
            )
            messages.success(request, _("The letter has its new words from now on."))
        else:
            errors = letter_wordings.faults_in(kind, typed.subject.strip(), typed.text.strip())
            return _page(request, kind, typed, by=by, errors=errors, is_tried=not errors)
    except IncompleteError as error:
        return _page(request, kind, typed, by=by, errors=error.errors)
    except EditorialRefusal as refusal:
        return _page(request, kind, typed, by=by, sentence=str(refusal))
    return redirect("admin:blog_letterwording_page", side, name)


def _page(
    request: HttpRequest,
    kind: Kind,
    wording: Wording,
    *,
    by: "User",
    errors: dict[str, str] | None = None,
    sentence: str = "",
    is_tried: bool = False,
) -> HttpResponse:
    newest = letter_wordings.newest_wording(kind.name)
    default = letter_wordings.default_wording(kind.name)
    context: dict[str, Any] = {
        "kind": kind,
        "side": SIDES.get(kind.side, kind.side),
        "words": [(word, word.name in kind.needs, f"{{{word.name}}}") for word in kind.words],
        "wording": wording,
        # What is in force, beside what was typed, once somebody else was quicker
        "now": letter_wordings.wording_of(kind.name) if sentence else None,
        "seen": newest.number if newest else 0,
        "is_changed": newest is not None and not newest.is_default,
        "has_default": default is not None,
        "may_change": is_administrator(by),
        "earlier": LetterWording.objects.filter(kind=kind.name).select_related("written_by").order_by("-number"),
        "samples": [] if errors else _samples(kind, wording),
        "is_tried": is_tried,
        "errors": errors or {},
        "sentence": sentence,
    }
    status = UNPROCESSABLE if errors else CONFLICT if sentence else 200
    return show(request, "admin/letter_wording.html", context, status=status)


def _samples(kind: Kind, wording: Wording) -> list[Sample]:
    """Return an invented letter with every word filled in, and one with as few as there can be, if that differs."""
    found = []
    for is_short in (False, True):
        example = kind.example(is_short=is_short)
        # Addresses of this site, so that the next step is drawn as the button it becomes
        ours = {name: word.replace("https://blog.example", settings.SITE_URL) for name, word in example.items()}
        filled = letter_wordings.fill(wording, ours)
        sample = Sample(filled.subject, blocks_of(filled.text))
        if sample not in found:
            found.append(sample)
    return found
