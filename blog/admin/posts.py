"""Pieces in the desk: their list, and the addresses of everything an editor does with one."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog.admin import edit_page, invitations, particulars, versions
from blog.admin.access import ReadOnlyAdmin, editor_of
from blog.admin.moves import ACTS, Given, PublicationTime
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page, review_page
from blog.desk.keys import key_in
from blog.desk.words import listed, short_day, time_of
from blog.editorial import drafting, review
from blog.editorial.identity import staff_author
from blog.editorial.letters import editors
from blog.editorial.refusals import EditorialRefusal, IncompleteError, TextHasChangedError
from blog.models import Post, Series, Standing
from blog.states import MoveKind, State, Turn

MOST_SERIES = 30


class SeriesFilter(admin.SimpleListFilter):
    """The series with the newest parts; of the others there can be thousands."""

    title = gettext_lazy("series")
    parameter_name = "series"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the newest, and the one that is chosen."""
        newest = Standing.objects.order_by("-newest_at", "series_id").values_list("series_id", flat=True)
        offered = set(newest[:MOST_SERIES])
        chosen = key_in(self.value() or "")
        wanted = Series.objects.filter(pk__in=offered | ({chosen} if chosen else set()))
        return [(str(row.pk), row.title) for row in wanted]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list to one series."""
        if self.value() is None:
            return queryset
        chosen = key_in(self.value() or "")
        return queryset.filter(series=chosen) if chosen else queryset.none()


class EditorFilter(admin.SimpleListFilter):
    """Who looks after it: one of those who edit now."""

    title = gettext_lazy("looked after by")
    parameter_name = "editor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the editors."""
        return [(str(one.pk), one.display_name) for one in editors()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list to what one of them looks after."""
        if self.value() is None:
            return queryset
        chosen = key_in(self.value() or "")
        return queryset.filter(editor=chosen) if chosen else queryset.none()


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin[Post]):
    """Pieces. Nothing here writes a row: every change is one call into the editorial room."""

    list_display = ("working_title", "state_line", "names", "day", "looked_after_by")
    list_filter = ("state", "category", SeriesFilter, EditorFilter)
    show_full_result_count = False
    search_fields = ("working__title",)
    search_help_text = gettext_lazy("Words of the title")
    ordering = ("-state_since", "-pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Bring along what a line of the list shows, without the long texts."""
        posts = super().get_queryset(request).select_related("working", "editor")
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
        turn = Turn.EDITOR if post.state == State.DRAFTING and not post.is_guest_piece else post.turn
        return _("{state}: waits for {turn}, since {day}").format(state=state, turn=turn.label, day=since)

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

    def get_urls(self) -> list[URLPattern]:
        """Give our own pages and none of Django's forms, which could write a row past the editorial room."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_post_changelist"),
            path("invite/", wrap(invitations.invite_view), name="blog_post_invite"),
            path("begin/", wrap(require_POST(begin_view)), name="blog_post_begin"),
            path("<int:pk>/change/", wrap(require_safe(review_view)), name="blog_post_change"),
            path("<int:pk>/edit/", wrap(edit_page.edit_view), name="blog_post_edit"),
            # The writing page's script needs a 401 where a page would be sent to sign in
            path("<int:pk>/autosave/", edit_page.autosave_view, name="blog_post_autosave"),
            path("<int:pk>/pictures/", edit_page.pictures_view, name="blog_post_pictures"),
            path("<int:pk>/particulars/", wrap(particulars.particulars_view), name="blog_post_particulars"),
            path(
                "<int:pk>/byline/<int:author_pk>/", wrap(require_POST(particulars.byline_view)), name="blog_post_byline"
            ),
            path("<int:pk>/versions/", wrap(require_safe(versions.versions_view)), name="blog_post_versions"),
            path(
                "<int:pk>/compare/<int:old>/<int:new>/",
                wrap(require_safe(versions.compare_view)),
                name="blog_post_compare",
            ),
            path("<int:pk>/say/", wrap(require_POST(say_view)), name="blog_post_say"),
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
    return review_page(request, piece_or_404(pk), by=editor_of(request), at=timezone.now())


def begin_view(request: HttpRequest) -> HttpResponse:
    """Begin a piece of one's own, under one's own name, and go on to write it."""
    by, at = editor_of(request), timezone.now()
    post = drafting.begin(by=by, at=at, authors=[staff_author(user=by)], is_guest_piece=False)
    return redirect("admin:blog_post_edit", post.pk)


def move_view(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Make a move: one view for all of them, which calls the one function that the move names."""
    if kind not in ACTS:
        raise Http404
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk)
    move = MoveKind(kind)
    fields = ("reason", "date", "time", "is_dated_back")
    typed = {name: request.POST.get(name, "") for name in fields}
    try:
        given = Given(
            post=post,
            by=by,
            at=at,
            reason=typed["reason"],
            seen=_seen(request),
            go_out_at=_go_out_at(request, move, at),
        )
        ACTS[move].make(given)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, kind, refusal, by=by, at=at, typed=typed)
    messages.success(request, _said(piece_or_404(pk), move, at=at))
    return redirect("admin:blog_post_change", pk)


def _seen(request: HttpRequest) -> int:
    """Return the revision that was on the page. A button without one was not pressed on our page."""
    seen = key_in(request.POST.get("seen", ""))
    if seen is None:
        raise TextHasChangedError
    return seen


def _go_out_at(request: HttpRequest, move: MoveKind, at: dt.datetime) -> dt.datetime | None:
    if move is not MoveKind.PUBLISH or request.POST.get("when") != "later":
        return None
    return PublicationTime(request.POST).moment(at)


def _said(post: Post, move: MoveKind, *, at: dt.datetime) -> str:
    """Say what has just happened."""
    if move is MoveKind.PUBLISH and post.published_at and post.published_at > at:
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
        drafting.say(post=piece_or_404(pk), text=text, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "say", refusal, by=by, at=at, typed={"text": text})
    messages.success(request, _("Your message is in the conversation."))
    return redirect("admin:blog_post_change", pk)


def hand_over_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another editor look after the piece, or take it oneself."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk)
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
