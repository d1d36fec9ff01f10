"""Comments in the admin: the list, with what waits first, and the addresses of what can be done.

The page of one comment is in `comment_page`, going from one that waits to the next in `queue`, deciding about many in
`comments_at_once`. Every decision goes through `accounts.commenting`.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin import comment_page, comments_at_once, pictures, queue
from accounts.admin.comment_decisions import DECISIONS
from accounts.admin.replies import invite_its_writer
from accounts.commenting.permissions import is_moderator
from accounts.commenting.screening import in_words
from accounts.models import Comment, User
from blog.admin.access import EditorsAdmin, searchable, user_of
from blog.editorial.permissions import in_limits

HELD_FIRST = OrderBy(Case(When(state=Comment.State.HELD, then=Value(0)), default=Value(1), output_field=IntegerField()))


@admin.register(Comment)
class CommentAdmin(EditorsAdmin[Comment]):
    """Comments to read and decide about. Nobody adds or rewrites one, and none is removed: it is taken down."""

    list_display = ("extract", "public_name", "piece", "written_at", "state_line")
    list_filter = ("state", "written_at")

    ordering = (HELD_FIRST, "-written_at", "-pk")
    search_fields = ("text",)
    search_help_text = gettext_lazy("Words of the comment, or a name beside it")
    empty_words = gettext_lazy("No comments yet. What readers write under pieces appears here.")
    actions = ("approve_selected", "hide_selected", "spam_selected", "block_selected")
    change_list_template = "accounts/admin/comments.html"

    def lets_in(self, user: User) -> bool:
        """Show comments to moderators alone."""
        return is_moderator(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Comments are written on the site."""
        return False

    @admin.display(description=gettext_lazy("comment"))
    def extract(self, comment: Comment) -> str:
        """Return the beginning of the text."""
        return Truncator(comment.text).chars(140)

    @admin.display(description=gettext_lazy("name"))
    def public_name(self, comment: Comment) -> str:
        """Return the name that readers see, and never another."""
        return comment.public_name

    @admin.display(description=gettext_lazy("piece"))
    def piece(self, comment: Comment) -> str:
        """Return the title that readers see."""
        return comment.post.readers_title

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_line(self, comment: Comment) -> str:
        """Return the state, and why it waits or where it came from."""
        why = in_words(comment.held_because) if comment.state == Comment.State.HELD else []
        state = str(comment.get_state_display())
        if not why and (archived := getattr(comment.user, "archived_name", None)):
            why = [_("came with the archive “{archive}”").format(archive=archived.archive)]
        return _("{state}: {why}").format(state=state, why="; ".join(why)) if why else state

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name, with the way into what waits."""
        more: dict[str, Any] = {"title": _("Comments"), "shown_at": timezone.now(), **(extra_context or {})}
        if request.method != "POST" and self.has_view_permission(request):
            more["waiting"] = queue.waiting(user_of(request)).count()
        return super().changelist_view(request, more)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Bring along what a line shows."""
        rows = Comment.objects.for_lists().filter(in_limits(user_of(request), of="post"))
        return rows.select_related("user__archived_name__archive")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        """Search texts and public names. The account's name is no way to a comment under a byline's name."""
        for word in searchable(search_term).split():
            queryset = queryset.filter(
                Q(text__icontains=word)
                | Q(author__name__icontains=word)
                | Q(author__isnull=True, user__display_name__icontains=word)
            )
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        """Add the queue and the addresses of the decisions."""
        wrap = self.admin_site.admin_view
        own = [
            path("queue/", wrap(self.queue_view), name="accounts_comment_queue"),
            path("hide/", wrap(self.many_view), {"kind": "hide"}, name="accounts_comment_hide_many"),
            path("block/", wrap(self.many_view), {"kind": "block"}, name="accounts_comment_block_many"),
            path("<int:pk>/invite/", wrap(self.invite_view), name="accounts_comment_invite"),
            path("<int:pk>/fill/", wrap(self.fill_view), name="accounts_comment_fill"),
            path("<int:pk>/picture/", wrap(self.picture_view), name="accounts_comment_picture"),
            *(
                path(f"<int:pk>/{kind}/", wrap(self.decide_view), {"kind": kind}, name=f"accounts_comment_{kind}")
                for kind in DECISIONS
            ),
        ]
        return [*own, *super().get_urls()]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Lead to the oldest comment that waits, or to the list if none does."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        self._require(request)
        return queue.first(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a comment with what it answers, its piece, and what was decided. The buttons post elsewhere."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        self._require(request)
        return comment_page.show_comment(request, comment_page.found(object_id, by=user_of(request)))

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Invite whoever wrote a comment to answer the piece."""
        return invite_its_writer(request, comment_page.found(pk, by=user_of(request)))

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the picture beside a comment away."""
        return pictures.take_away(request, comment_page.found(pk, by=user_of(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show Django's record of a comment, as far as the editor's limits go."""
        if self.has_view_permission(request):
            comment_page.found(object_id, by=user_of(request))
        return super().history_view(request, object_id, extra_context)

    def fill_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page again with a saved reply in the reason: for pages without script."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._require(request)
        return comment_page.filled(request, comment_page.found(pk, by=user_of(request)))

    def decide_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Carry out one decision about one comment."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return comment_page.decide(request, comment_page.found(pk, by=user_of(request)), kind)

    @admin.action(description=gettext_lazy("Approve"))
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        """Approve the chosen comments; each that somebody else was quicker with is left alone and counted."""
        comments_at_once.decide(request, list(queryset), "approve")

    @admin.action(description=gettext_lazy("Take down, with a reason"))
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse:
        """Ask for the reason first."""
        return comments_at_once.ask(request, queryset, "hide")

    @admin.action(description=gettext_lazy("Mark as spam"))
    def spam_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        """Mark the chosen comments as spam, without a letter."""
        comments_at_once.decide(request, list(queryset), "spam")

    @admin.action(description=gettext_lazy("Block the accounts, with a reason"))
    def block_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse:
        """Ask for the reason first."""
        return comments_at_once.ask(request, queryset, "block")

    def many_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Take down the comments chosen on the list, or block the accounts behind them, each once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._require(request)
        return comments_at_once.carry_out(request, self.get_queryset(request), kind)

    def _require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
