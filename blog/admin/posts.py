"""Pieces in the desk: their list, and the addresses of everything an editor does with one."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog.admin import (
    bulk,
    calendar,
    corrections_page,
    edit_page,
    export,
    invitations,
    merge_page,
    names,
    notes,
    particulars,
    proposals,
    reminders,
    times,
    versions,
    word_page,
)
from blog.admin.access import ReadOnlyAdmin, editor_of, user_of
from blog.admin.moves import ACTS, TIMED, Given
from blog.admin.narrowing import EditorFilter, MonthFilter, SeriesFilter, WaitingFilter
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page, review_page
from blog.desk.keys import key_in
from blog.desk.words import listed, short_day, time_of
from blog.editorial import drafting, review
from blog.editorial.letters.writing import editors
from blog.editorial.permissions import in_limits, is_publisher
from blog.editorial.refusals import EditorialRefusal, IncompleteError, TextHasChangedError
from blog.editorial.together import Act
from blog.models import Post
from blog.states import MoveKind, State, Turn

# What an editor says about a correction or a retraction, beside the reason
TOLD_TO_READERS = ("change", "note", "shows_title")


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin[Post]):
    """Pieces. Nothing here writes a row: every change is one call into the editorial room."""

    list_display = ("working_title", "state_line", "names", "day", "looked_after_by")
    list_filter = ("state", WaitingFilter, MonthFilter, "category", SeriesFilter, EditorFilter)
    show_full_result_count = False
    search_fields = ("working__title",)
    search_help_text = gettext_lazy("Words of the title")
    ordering = ("-state_since", "-pk")
    actions = ("hand_over_pieces", "unschedule_pieces", "withdraw_pieces", "export_pieces")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Bring along what a line of the list shows, without the long texts."""
        posts = super().get_queryset(request).filter(in_limits(user_of(request))).select_related("working", "editor")
        return posts.defer("working__body", "working__introduction").prefetch_related("bylines__author")

    @admin.display(description=gettext_lazy("title"), ordering="working__title")
    def working_title(self, post: Post) -> str:
        """Show the title of the working text."""
        return post.title

    @admin.display(description=gettext_lazy("state"), ordering="state_since")
    def state_line(self, post: Post) -> str:
        """Show the state, whose turn it is, and since when."""
        at = timezone.now()
        state, since = State(post.state).label, short_day(post.state_since, timezone.localdate(at))
        if post.turn is Turn.NOBODY:
            is_scheduled = post.state == State.PUBLISHED and not post.is_visible_at(at)
            return _("{state}, since {day}").format(state=_("Scheduled") if is_scheduled else state, day=since)
        return _("{state}: waits for {turn}, since {day}").format(state=state, turn=post.turn.label, day=since)

    @admin.display(description=gettext_lazy("byline"))
    def names(self, post: Post) -> str:
        """Show the public names."""
        return listed([byline.author.name for byline in post.ordered_bylines()])

    @admin.display(description=gettext_lazy("due or out"), ordering="published_at")
    def day(self, post: Post) -> str:
        """Show when it came out or will, or when it is due."""
        today = timezone.localdate()
        if post.published_at:
            return short_day(post.published_at, today)
        return _("due {day}").format(day=short_day(post.due_date, today)) if post.due_date else ""

    @admin.display(description=gettext_lazy("looked after by"), ordering="editor__display_name")
    def looked_after_by(self, post: Post) -> str:
        """Show the editor who looks after it."""
        return post.editor.display_name if post.editor else ""

    @admin.display(description=gettext_lazy("choose"))
    def action_checkbox(self, obj: Post) -> SafeString:
        """Draw the box to choose a piece, named by its title."""
        label = _("Choose “{title}”").format(title=obj.title)
        box = forms.CheckboxInput({"class": "action-select", "aria-label": label}, lambda _value: False)
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Let editors do something with several pieces; each piece is asked about when its turn comes."""
        return self.has_view_permission(request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Let those who publish take pieces off the schedule."""
        return self.has_view_permission(request) and is_publisher(user_of(request))

    @admin.action(description=gettext_lazy("Hand over to…"), permissions=["act"])
    def hand_over_pieces(self, request: HttpRequest, posts: QuerySet[Post]) -> HttpResponse:
        """Lead to the page that asks to whom."""
        return bulk.to_confirmation(Act.HAND_OVER, posts)

    @admin.action(description=gettext_lazy("Take off the schedule…"), permissions=["publish"])
    def unschedule_pieces(self, request: HttpRequest, posts: QuerySet[Post]) -> HttpResponse:
        """Lead to the page that says what comes of it."""
        return bulk.to_confirmation(Act.UNSCHEDULE, posts)

    @admin.action(description=gettext_lazy("Withdraw…"), permissions=["act"])
    def withdraw_pieces(self, request: HttpRequest, posts: QuerySet[Post]) -> HttpResponse:
        """Lead to the page that asks for the reason."""
        return bulk.to_confirmation(Act.WITHDRAW, posts)

    @admin.action(description=gettext_lazy("Export to a spreadsheet"), permissions=["act"])
    def export_pieces(self, request: HttpRequest, posts: QuerySet[Post]) -> StreamingHttpResponse:
        """Send the chosen pieces as CSV."""
        return export.as_csv(posts)

    def get_urls(self) -> list[URLPattern]:
        """Give our own pages and none of Django's forms, which could write a row past the editorial room."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_post_changelist"),
            path("invite/", wrap(invitations.invite_view), name="blog_post_invite"),
            path("begin/", wrap(require_POST(begin_view)), name="blog_post_begin"),
            path("export/", wrap(require_safe(export.export_view)), name="blog_post_export"),
            path("together/<str:act>/", wrap(bulk.together_view), name="blog_post_together"),
            path("calendar/", wrap(require_safe(calendar.calendar_view)), name="blog_post_calendar"),
            path("calendar/<str:day>/", wrap(require_safe(calendar.day_view)), name="blog_post_day"),
            path("<int:pk>/let-stand/", wrap(require_POST(calendar.let_stand_view)), name="blog_post_let_stand"),
            path("<int:pk>/change/", wrap(require_safe(review_view)), name="blog_post_change"),
            path("<int:pk>/edit/", wrap(edit_page.edit_view), name="blog_post_edit"),
            # The writing page's script needs a 401 where a page would be sent to sign in
            path("<int:pk>/autosave/", edit_page.autosave_view, name="blog_post_autosave"),
            path("<int:pk>/pictures/", edit_page.pictures_view, name="blog_post_pictures"),
            path("<int:pk>/merge/<int:revision>/", wrap(merge_page.merge_view), name="blog_post_merge"),
            path("<int:pk>/word/", wrap(word_page.word_view), name="blog_post_word"),
            path("<int:pk>/particulars/", wrap(particulars.particulars_view), name="blog_post_particulars"),
            path(
                "<int:pk>/byline/<int:author_pk>/", wrap(require_POST(particulars.byline_view)), name="blog_post_byline"
            ),
            path("<int:pk>/names/", wrap(names.names_view), name="blog_post_names"),
            path(
                "<int:pk>/proposals/<int:proposal_pk>/<str:act>/",
                wrap(require_POST(proposals.answer_view)),
                name="blog_proposal_answer",
            ),
            path(
                "<int:pk>/corrections/",
                wrap(require_safe(corrections_page.corrections_view)),
                name="blog_post_corrections",
            ),
            path(
                "<int:pk>/corrections/<int:correction_pk>/<str:act>/",
                wrap(require_POST(corrections_page.act_view)),
                name="blog_correction_act",
            ),
            path("<int:pk>/versions/", wrap(require_safe(versions.versions_view)), name="blog_post_versions"),
            path(
                "<int:pk>/compare/<int:old>/<int:new>/",
                wrap(require_safe(versions.compare_view)),
                name="blog_post_compare",
            ),
            path("<int:pk>/notes/", wrap(require_POST(notes.write_view)), name="blog_post_note"),
            path(
                "<int:pk>/notes/<int:note_pk>/<str:act>/", wrap(require_POST(notes.act_view)), name="blog_post_note_act"
            ),
            path("<int:pk>/checklist/<int:item_pk>/", wrap(require_POST(notes.tick_view)), name="blog_post_tick"),
            path("<int:pk>/fill/<str:where>/", wrap(require_POST(notes.fill_view)), name="blog_post_fill"),
            path("<int:pk>/say/", wrap(require_POST(say_view)), name="blog_post_say"),
            path("<int:pk>/remind/", wrap(require_POST(reminders.remind_view)), name="blog_post_remind"),
            path("<int:pk>/reminders/", wrap(require_POST(reminders.reminders_view)), name="blog_post_reminders"),
            path("<int:pk>/hand-over/", wrap(require_POST(hand_over_view)), name="blog_post_hand_over"),
            path(
                "<int:pk>/invitations/<int:invitation_pk>/<str:act>/",
                wrap(require_POST(invitations.act_view)),
                name="blog_invitation_act",
            ),
            path("<int:pk>/move/<str:kind>/", wrap(require_POST(move_view)), name="blog_post_move"),
        ]


def review_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the review page."""
    by = editor_of(request)
    return review_page(request, piece_or_404(pk, by=by), by=by, at=timezone.now())


def begin_view(request: HttpRequest) -> HttpResponse:
    """Begin a piece of one's own, under one's own name, and go on to write it."""
    by, at = editor_of(request), timezone.now()
    post = drafting.begin_own(by=by, at=at)
    return redirect("admin:blog_post_edit", post.pk)


def move_view(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Make a move: one view for all of them, which calls the one function that the move names."""
    if kind not in ACTS:
        raise Http404
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    move = MoveKind(kind)
    typed = {name: request.POST.get(name, "") for name in ("reason", *TOLD_TO_READERS, *times.FIELDS)}
    try:
        given = Given(
            post=post,
            by=by,
            at=at,
            reason=typed["reason"],
            seen=_seen(request),
            go_out_at=times.go_out_at(request.POST, at) if move in TIMED else None,
            hold_reason=typed["hold_reason"],
            change=typed["change"],
            note=typed["note"],
            shows_title=bool(typed["shows_title"]),
        )
        ACTS[move].make(given)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, kind, refusal, by=by, at=at, typed=typed)
    messages.success(request, _said(piece_or_404(pk, by=by), move, at=at))
    return redirect("admin:blog_post_change", pk)


def _seen(request: HttpRequest) -> int:
    """Return the revision that was on the page. A button without one was not pressed on our page."""
    seen = key_in(request.POST.get("seen", ""))
    if seen is None:
        raise TextHasChangedError
    return seen


def _said(post: Post, move: MoveKind, *, at: dt.datetime) -> str:
    """Say what has just happened."""
    if move in TIMED and post.published_at and post.published_at > at:
        day = short_day(post.published_at, timezone.localdate(at))
        return _("It comes out on {day} at {time} (UK time).").format(day=day, time=time_of(post.published_at))
    turns = {
        Turn.WRITER: _("It is the writer’s turn now."),
        Turn.EDITOR: _("It is the editor’s turn now."),
        Turn.BYLINE: _("It waits for the sign-off now."),
    }
    return _("{what}. {turn}").format(what=move.label, turn=turns.get(post.turn, "")).strip()


def say_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a message to the conversation."""
    by, at = editor_of(request), timezone.now()
    text = request.POST.get("text", "")
    try:
        drafting.say(post=piece_or_404(pk, by=by), text=text, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "say", refusal, by=by, at=at, typed={"text": text})
    messages.success(request, _("Your message is in the conversation."))
    return redirect("admin:blog_post_change", pk)


def hand_over_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another editor look after the piece, or take it oneself."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    chosen = key_in(request.POST.get("to", ""))
    to = next((one for one in editors() if one.pk == chosen), None)
    try:
        if to is None:
            raise IncompleteError({"to": _("Choose an editor.")})
        review.hand_over(post=post, to=to, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "hand_over", refusal, by=by, at=at)
    messages.success(request, _("{name} looks after it now.").format(name=to.display_name))
    return redirect("admin:blog_post_change", pk)
