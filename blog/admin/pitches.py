"""Pitches in the desk: their list, and the page on which one is accepted, asked about, declined or handed over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog.admin.access import ReadOnlyAdmin, editor_of, searchable, user_of
from blog.admin.forms import AssignmentForm, errors_of, note_refusal
from blog.admin.pages import CONFLICT, UNPROCESSABLE, ago, show
from blog.admin.saved_replies import ready_replies
from blog.desk.keys import key_in
from blog.desk.words import short_day
from blog.editorial.letters.writing import editors
from blog.editorial.permissions import is_editor_of, may_see_identities
from blog.editorial.pitching import pitches
from blog.editorial.pitching import waits as pitch_waits
from blog.editorial.pitching.pitches import Assignment
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Pitch, PitchState
from blog.models.pitches import OPEN_STATES

if TYPE_CHECKING:
    from accounts.models import User

HIDDEN = gettext_lazy("hidden, because the piece is under a pen name")


class ConfirmedStates(admin.ChoicesFieldListFilter):
    """The states of a pitch that editors see: one whose address is not confirmed is in no list."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer the states without that one."""
        unseen = str(PitchState.UNCONFIRMED.label)
        return (choice for choice in super().choices(changelist) if choice["display"] != unseen)


@admin.register(Pitch)
class PitchAdmin(ReadOnlyAdmin[Pitch]):
    """Pitches with a confirmed address. Every change is one call into the editorial room.

    Where the piece is under a pen name, whoever may not look behind it is shown neither name nor address of its writer,
    and does not find the pitch by them.
    """

    list_display = ("title", "writer", "state_line", "belongs_to", "day")
    list_filter = (("state", ConfirmedStates), "confirmed_at")
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title or the text, or a name")
    empty_words = gettext_lazy("No pitches yet. What people send from “Write for us” appears here.")
    ordering = ("-confirmed_at", "-pk")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pitch]:
        """Show what is confirmed, with what tells whether its writer may be named."""
        rows = Pitch.objects.confirmed().with_hiding().select_related("slot__series", "in_reply_to__working", "editor")
        # On the rows, not on this object: one admin object serves all threads
        return rows.annotate(sees_identities=Value(may_see_identities(user_of(request))))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Pitch], search_term: str
    ) -> tuple[QuerySet[Pitch], bool]:
        """Search titles and texts, and names and addresses where they may be seen."""
        sees_identities = may_see_identities(user_of(request))
        for word in searchable(search_term).split():
            writer = Q(name__icontains=word) | Q(email__icontains=word)
            if not sees_identities:
                writer &= Q(is_under_pen_name=False)
            queryset = queryset.filter(Q(title__icontains=word) | Q(text__icontains=word) | writer)
        return queryset, False

    @admin.display(description=gettext_lazy("from"))
    def writer(self, pitch: Pitch) -> str:
        """Show who pitched it, unless the piece is under a pen name."""
        is_hidden = getattr(pitch, "is_under_pen_name", True) and not getattr(pitch, "sees_identities", False)
        return str(HIDDEN) if is_hidden else pitch.name

    @admin.display(description=gettext_lazy("state"), ordering="state_since")
    def state_line(self, pitch: Pitch) -> str:
        """Show where it is, and for how long an open one has waited."""
        at = timezone.now()
        if pitch.state == PitchState.WAITING:
            late = pitch_waits.late_in_words(pitch, at)
            return f"{pitch.get_state_display()}, {pitch_waits.wait_in_words(pitch, at)}" + (
                f". {late}" if late else ""
            )
        since = short_day(pitch.state_since, timezone.localdate(at))
        return _("{state}, since {day}").format(state=pitch.get_state_display(), day=since)

    @admin.display(description=gettext_lazy("for"))
    def belongs_to(self, pitch: Pitch) -> str:
        """Show which part of a series it is for, or which piece it answers."""
        if pitch.slot:
            return _("Part {number} of {series}").format(number=pitch.slot.part_number, series=pitch.slot.series.title)
        return _("In reply to “{title}”").format(title=pitch.in_reply_to.title) if pitch.in_reply_to else ""

    @admin.display(description=gettext_lazy("confirmed"), ordering="confirmed_at")
    def day(self, pitch: Pitch) -> str:
        """Show when it came."""
        return short_day(pitch.confirmed_at or pitch.sent_at, timezone.localdate())

    def get_urls(self) -> list[URLPattern]:
        """Give the list, the page, and what can be done there."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_pitch_changelist"),
            path("<int:pk>/change/", wrap(require_safe(pitch_view)), name="blog_pitch_change"),
            path("<int:pk>/<slug:act>/", wrap(require_POST(act_view)), name="blog_pitch_act"),
        ]


def pitch_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pitch with everything that was said about it."""
    by = editor_of(request)
    return _page(request, _pitch_or_404(pk), by=by)


def act_view(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept, ask, decline or hand over. What was typed is kept on a refusal."""
    by, at = editor_of(request), timezone.now()
    pitch = _pitch_or_404(pk)
    text = request.POST.get("text", "")
    form = AssignmentForm(request.POST) if act == "accept" else None
    try:
        if form is not None:
            if not form.is_valid():
                return _page(request, pitch, by=by, form=form, status=UNPROCESSABLE)
            post = pitches.accept(pitch=pitch, assignment=Assignment(**form.cleaned_data), by=by, at=at)
            messages.success(request, _("Accepted. The invitation is in the post."))
            return redirect("admin:blog_post_change", post.pk)
        if act == "fill":
            return _filled(request, pitch, by=by, text=text)
        if act == "ask":
            pitches.ask(pitch=pitch, text=text, by=by, at=at)
            messages.success(request, _("Your question is in the post."))
        elif act == "decline":
            pitches.decline(pitch=pitch, text=text, by=by, at=at)
            messages.success(request, _("Declined. Your letter is in the post."))
        elif act == "hand-over":
            chosen = key_in(request.POST.get("to", ""))
            to = next((one for one in editors() if one.pk == chosen), None)
            if to is None:
                raise IncompleteError({"to": _("Choose an editor.")})
            pitches.hand_over(pitch=pitch, to=to, by=by, at=at)
            messages.success(request, _("{name} looks after it now.").format(name=to.display_name))
        else:
            raise Http404
    except EditorialRefusal as refusal:
        return _refused(request, pk, act, refusal, by=by, form=form, text=text)
    return redirect("admin:blog_pitch_change", pk)


def _filled(request: HttpRequest, pitch: Pitch, *, by: "User", text: str) -> HttpResponse:
    """Show the page again with a saved reply put after the letter's words: for pages without script."""
    chosen = request.POST.get("saved_reply", "")
    reply = next((one.text for one in ready_replies(open_notes=0) if one.value == chosen), "")
    words = "\n\n".join(part for part in (text.strip(), reply) if part)
    return _page(request, pitch, by=by, trouble={"where": "decline", "sentence": "", "text": words})


def _refused(
    request: HttpRequest,
    pk: int,
    act: str,
    refusal: EditorialRefusal,
    *,
    by: "User",
    form: AssignmentForm | None,
    text: str,
) -> HttpResponse:
    pitch = _pitch_or_404(pk)
    if form is not None:
        return _page(request, pitch, by=by, form=form, status=note_refusal(form, refusal))
    is_incomplete = isinstance(refusal, IncompleteError)
    sentence = " ".join(refusal.errors.values()) if isinstance(refusal, IncompleteError) else str(refusal)
    trouble = {"where": act, "sentence": sentence, "text": text}
    return _page(request, pitch, by=by, trouble=trouble, status=UNPROCESSABLE if is_incomplete else CONFLICT)


def _pitch_or_404(pk: int) -> Pitch:
    rows = Pitch.objects.confirmed().select_related(
        "slot__series", "in_reply_to__working", "in_reply_to__live", "editor", "post__working"
    )
    return get_object_or_404(rows, pk=key_in(str(pk)))


def _page(
    request: HttpRequest,
    pitch: Pitch,
    *,
    by: "User",
    form: AssignmentForm | None = None,
    trouble: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    is_hidden = pitches.hides_its_writer(pitch, from_=by)
    initial = {"title": pitch.title, "brief": pitches.suggested_brief(pitch)}
    form = form or AssignmentForm(initial=initial)
    context: dict[str, Any] = {
        "pitch": pitch,
        "is_hidden": is_hidden,
        "is_open": pitch.state in OPEN_STATES,
        "is_waiting": pitch.state == PitchState.WAITING,
        "wait": pitch_waits.wait_in_words(pitch, at),
        "late": pitch_waits.late_in_words(pitch, at),
        "came": ago(pitch.confirmed_at or pitch.sent_at, at),
        # What was said greets its writer by name
        "events": [] if is_hidden else list(pitch.events.select_related("by")),
        "form": form,
        "errors": errors_of(form) if form.is_bound else {},
        "trouble": trouble,
        "ready_letter": _ready_letter(pitch, by),
        "replies": ready_replies(open_notes=0),
        "other_editors": [one for one in editors() if one.pk != pitch.editor_id],
        "may_open_piece": pitch.post is not None and is_editor_of(by, pitch.post),
    }
    return show(request, "admin/pitch.html", context, status=status)


def _ready_letter(pitch: Pitch, by: "User") -> str:
    """Return the words of a kind refusal, ready to be changed."""
    letter = _(
        "Dear {name},\n\nthank you for your pitch “{title}”. We have read it with interest, and we will not run this"
        " one. That says nothing about your next idea: please do write to us again.\n\nWith best wishes,\n{editor}"
    )
    return letter.format(name=pitch.name, title=pitch.title, editor=by.display_name)
