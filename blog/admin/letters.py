"""Letters: what was written to whom, and holding, releasing, rewriting and cancelling what has not gone out."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from blog.admin.access import ReadOnlyAdmin, editor_of
from blog.admin.letter_lines import about, is_masked, recipient_of, subject_for, with_accounts_hidden
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.editorial.letters import post_room
from blog.editorial.letters.html import blocks_of
from blog.editorial.letters.kinds import KINDS as WORDED
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.moves import decision_to_take_back
from blog.editorial.permissions import in_limits, may_see_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter, LetterAct

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

Act = Callable[..., None]
ACTS: "dict[str, tuple[Act, _StrPromise]]" = {
    "hold": (post_room.hold, gettext_lazy("The letter is held until somebody releases it.")),
    "release": (post_room.release, gettext_lazy("The letter goes out within a minute.")),
    "hurry": (post_room.hurry, gettext_lazy("The letter goes out within a minute.")),
    "cancel": (post_room.cancel, gettext_lazy("The letter is cancelled and will not go out.")),
}
OFFERED = {
    Letter.Status.WAITING: ["hurry", "hold", "cancel"],
    Letter.Status.HELD: ["release", "cancel"],
    Letter.Status.FAILED: ["release", "cancel"],
}


class KindFilter(admin.SimpleListFilter):
    """Letters of one kind, named as the list names them."""

    title = gettext_lazy("about")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the kinds that there are."""
        kinds = Letter.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, about(kind)) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        """Keep the letters of the kind that was chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin[Letter]):
    """The post room. Letters are read here and changed through `blog.editorial.letters.post_room` alone."""

    list_display = ("subject_line", "about_what", "recipient", "status", "written_at", "sent_at")
    list_filter = ("status", KindFilter)
    list_select_related = ("post__working", "to_user", "pitch", "invitation")
    date_hierarchy = "written_at"
    ordering = ("-written_at", "-pk")
    search_fields = ("post__working__title",)
    search_help_text = gettext_lazy("The title of the piece")
    actions = ("hold_letters", "release_letters", "cancel_letters")
    empty_words = gettext_lazy("No letters yet. Every letter that the blog writes appears here.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """Bring along what tells whether a recipient may be shown, and remember who is asking."""
        sees_identities = may_see_identities(editor_of(request))
        letters = super().get_queryset(request).filter(_within_limits(editor_of(request)))
        letters = letters.prefetch_related("post__bylines__author")
        letters = letters.defer("text", "post__working__body", "post__working__introduction")
        # On the rows, not on this object: one admin object serves all threads
        return with_accounts_hidden(letters.annotate(sees_identities=Value(sees_identities)))

    @admin.display(description=gettext_lazy("subject"))
    def subject_line(self, letter: Letter) -> str:
        """Show the subject, unless it could hold a name that must stay hidden."""
        return subject_for(letter, sees_identities=bool(getattr(letter, "sees_identities", False)))

    @admin.display(description=gettext_lazy("choose"))
    def action_checkbox(self, obj: Letter) -> SafeString:
        """Draw the box to choose a letter. Django's own would name it by its subject, hidden or not."""
        label = _("Choose “{subject}”").format(subject=self.subject_line(obj))
        box = forms.CheckboxInput({"class": "action-select", "aria-label": label}, lambda _value: False)
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    @admin.display(description=gettext_lazy("about"))
    def about_what(self, letter: Letter) -> str:
        """Show what kind of letter it is."""
        return about(letter.kind)

    @admin.display(description=gettext_lazy("to"))
    def recipient(self, letter: Letter) -> str:
        """Show name and address, unless the piece is under a pen name."""
        return recipient_of(letter, sees_identities=bool(getattr(letter, "sees_identities", False)))

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Let editors hold, release and cancel letters."""
        return self.has_view_permission(request)

    @admin.action(description=gettext_lazy("Hold"), permissions=["act"])
    def hold_letters(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        """Hold what still waits."""
        self._act_on_all(request, letters, post_room.hold)

    @admin.action(description=gettext_lazy("Release, or try again"), permissions=["act"])
    def release_letters(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        """Release what is held, and try again what failed."""
        self._act_on_all(request, letters, post_room.release)

    @admin.action(description=gettext_lazy("Cancel"), permissions=["act"])
    def cancel_letters(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        """Cancel what has not gone out."""
        self._act_on_all(request, letters, post_room.cancel)

    def _act_on_all(self, request: HttpRequest, letters: QuerySet[Letter], act: Act) -> None:
        by, at = editor_of(request), timezone.now()
        done, refused = 0, 0
        for letter in letters:
            try:
                act(letter=letter, by=by, at=at)
                done += 1
            except EditorialRefusal:
                refused += 1
        if done:
            words = ngettext("{count} letter was changed.", "{count} letters were changed.", done)
            messages.success(request, words.format(count=done))
        if refused:
            words = ngettext(
                "{count} letter stayed as it is: its status does not allow this.",
                "{count} letters stayed as they are: their status does not allow this.",
                refused,
            )
            messages.warning(request, words.format(count=refused))

    def get_urls(self) -> list[URLPattern]:
        """Give the list, one letter, and what can be done with it; nothing else."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_letter_changelist"),
            path("<int:pk>/change/", wrap(self.letter_view), name="blog_letter_change"),
            path("<int:pk>/rewrite/", wrap(require_POST(self.rewrite_view)), name="blog_letter_rewrite"),
            path("<int:pk>/<str:act>/", wrap(require_POST(self.act_view)), name="blog_letter_act"),
        ]

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one letter."""
        by = editor_of(request)
        return _letter_page(request, _letter_or_404(pk, by=by), by=by, at=timezone.now())

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Hold, release, send or cancel a letter; the buttons on a piece's page lead back to it."""
        by, at = editor_of(request), timezone.now()
        if act not in ACTS:
            raise Http404
        letter = _letter_or_404(pk, by=by)
        function, said = ACTS[act]
        reason = request.POST.get("reason", "")
        try:
            function(letter=letter, by=by, at=at, **({"reason": reason} if act == "cancel" else {}))
        except IncompleteError as error:
            typed = {"subject": letter.subject, "text": letter.text, "reason": reason}
            return _letter_page(request, letter, by=by, at=at, typed=typed, errors=error.errors, status=UNPROCESSABLE)
        except EditorialRefusal as refusal:
            return _letter_page(request, letter, by=by, at=at, sentence=str(refusal), status=CONFLICT)
        messages.success(request, str(said))
        if request.POST.get("back") == "piece" and letter.post_id:
            return redirect("admin:blog_post_change", letter.post_id)
        return redirect("admin:blog_letter_change", pk)

    def rewrite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change the words of a letter that has not gone out."""
        by, at = editor_of(request), timezone.now()
        letter = _letter_or_404(pk, by=by)
        if is_masked(letter, sees_identities=may_see_identities(by)):
            raise PermissionDenied(_("Only those who may see identities can change this letter."))
        typed = {"subject": request.POST.get("subject", ""), "text": request.POST.get("text", "")}
        try:
            post_room.rewrite(letter=letter, by=by, at=at, **typed)
        except IncompleteError as error:
            return _letter_page(request, letter, by=by, at=at, typed=typed, errors=error.errors, status=UNPROCESSABLE)
        except EditorialRefusal as refusal:
            return _letter_page(request, letter, by=by, at=at, typed=typed, sentence=str(refusal), status=CONFLICT)
        messages.success(request, _("The letter has its new words."))
        return redirect("admin:blog_letter_change", pk)


def _within_limits(by: "User") -> Q:
    """Return the condition that a letter is about no piece, or about one that the editor may edit."""
    limits = in_limits(by, of="post")
    return limits | Q(post__isnull=True) if limits else limits


def _letter_or_404(pk: int, *, by: "User") -> Letter:
    letters = Letter.objects.filter(_within_limits(by))
    letters = letters.select_related("post__working", "to_user", "pitch", "invitation")
    return get_object_or_404(letters.prefetch_related("post__bylines__author"), pk=pk)


def _letter_page(
    request: HttpRequest,
    letter: Letter,
    *,
    by: "User",
    at: dt.datetime,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    sees_identities = may_see_identities(by)
    masked = is_masked(letter, sees_identities=sees_identities)
    is_readable = not masked and not letter.is_confidential
    recipient = recipient_of(letter, sees_identities=sees_identities)
    context: dict[str, Any] = {
        "letter": letter,
        "subject": subject_for(letter, sees_identities=not masked),
        "about": about(letter.kind),
        "recipient": recipient,
        # What a mail server says names the address
        "is_error_hidden": masked or letter.to_address not in recipient,
        "is_readable": is_readable,
        "blocks": blocks_of(letter.text) if is_readable else [],
        "is_changeable": is_readable and letter.status in post_room.UNSENT,
        "acts": []
        if letter.claimed_until and letter.claimed_until > at
        else OFFERED.get(Letter.Status(letter.status), []),
        "typed": typed or {"subject": letter.subject, "text": letter.text},
        "is_rewriting": typed is not None and "reason" not in typed,
        "is_decision": letter.move_id is not None and letter.status in post_room.UNSENT,
        "can_be_taken_back": _can_be_taken_back(letter, at),
        "wording_page": f"{reverse('admin:blog_letterwording_changelist')}{letter.kind}/"
        if letter.kind in WORDED
        else "",
        "history": _history(letter),
        "errors": errors or {},
        "sentence": sentence,
    }
    return show(request, "admin/letter.html", context, status=status)


def _can_be_taken_back(letter: Letter, at: dt.datetime) -> bool:
    """Whether the decision that a letter reports can still be taken back."""
    if letter.post is None or letter.move_id is None or letter.status not in post_room.UNSENT:
        return False
    decision = decision_to_take_back(letter.post, at)
    return decision is not None and decision.pk == letter.move_id


def _history(letter: Letter) -> list[tuple[LetterAct, str]]:
    """Return what was done to a letter, oldest first, each with who did it, by the name that holds around the piece."""
    acts = list(letter.acts.select_related("by").order_by("at", "pk"))
    names = names_around(letter.post) if acts and letter.post else {}
    return [(act, name_in(names, act.by) if act.by else "") for act in acts]
