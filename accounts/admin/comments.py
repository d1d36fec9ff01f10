"""Comments in the admin: what waits comes first, and every decision goes through `accounts.commenting.moderation`."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin.replies import invite_its_writer, may_invite
from accounts.commenting import moderation
from accounts.commenting.permissions import is_moderator
from accounts.models import Comment, User
from accounts.roles import administers
from blog.admin.access import EditorsAdmin, searchable, user_of
from blog.desk.keys import key_in
from blog.editorial.permissions import in_limits
from blog.editorial.refusals import EditorialRefusal, IncompleteError

HELD_FIRST = OrderBy(Case(When(state=Comment.State.HELD, then=Value(0)), default=Value(1), output_field=IntegerField()))
MOST_AT_ONCE = 1000


@admin.register(Comment)
class CommentAdmin(EditorsAdmin[Comment]):
    """Comments to read and decide about. Nobody adds or rewrites one, and none is removed: it is taken down."""

    list_display = ("extract", "public_name", "piece", "written_at", "state")
    list_filter = ("state", "written_at")

    ordering = (HELD_FIRST, "-written_at", "-pk")
    search_fields = ("text",)
    search_help_text = gettext_lazy("Words of the comment, or a name beside it")
    empty_words = gettext_lazy("No comments yet. What readers write under pieces appears here.")
    actions = ("approve_selected", "hide_selected", "block_selected")
    change_form_template = "accounts/admin/comment.html"

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
        return comment.post.live.title if comment.post.live else comment.post.title

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        return super().changelist_view(request, {"title": _("Comments"), **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Bring along what a line shows."""
        return Comment.objects.for_lists().filter(in_limits(user_of(request), of="post"))

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
        """Add the addresses of the decisions."""
        wrap = self.admin_site.admin_view
        own = [
            path("hide/", wrap(self.hide_many_view), name="accounts_comment_hide_many"),
            path("block/", wrap(self.block_many_view), name="accounts_comment_block_many"),
            path("<int:pk>/invite/", wrap(self.invite_view), name="accounts_comment_invite"),
            *(
                path(f"<int:pk>/{kind}/", wrap(self.decide_view), {"kind": kind}, name=f"accounts_comment_{kind}")
                for kind in DECISIONS
            ),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a comment with what it answers, its piece, and what was decided. The buttons post elsewhere."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, self._get(object_id, by=user_of(request)))

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Invite whoever wrote a comment to answer the piece."""
        return invite_its_writer(request, self._get(pk, by=user_of(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show Django's record of a comment, as far as the editor's limits go."""
        if self.has_view_permission(request):
            self._get(object_id, by=user_of(request))
        return super().history_view(request, object_id, extra_context)

    def decide_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Carry out one decision about one comment."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = self._get(pk, by=user_of(request))
        deciding = DECISIONS[kind]
        reason = request.POST.get("reason", "")
        try:
            done = deciding(comment, reason, user_of(request))
        except IncompleteError as refusal:
            return self._page(request, comment, error=refusal.errors["reason"], kind=kind, reason=reason, status=422)
        except EditorialRefusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("admin:accounts_comment_change", pk)

    @admin.action(description=gettext_lazy("Approve"))
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        """Approve the chosen comments; each that somebody else was quicker with is left alone and counted."""
        self._decide_about_many(request, list(queryset), lambda comment: _approve(comment, "", user_of(request)))

    @admin.action(description=gettext_lazy("Take down, with a reason"))
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse:
        """Ask for the reason first."""
        return self._ask(request, queryset, "hide")

    @admin.action(description=gettext_lazy("Block the accounts, with a reason"))
    def block_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse:
        """Ask for the reason first."""
        return self._ask(request, queryset, "block")

    def hide_many_view(self, request: HttpRequest) -> HttpResponse:
        """Take down the comments chosen on the list."""
        return self._many_view(request, "hide")

    def block_many_view(self, request: HttpRequest) -> HttpResponse:
        """Block the accounts behind the comments chosen on the list, each once."""
        return self._many_view(request, "block")

    def _many_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        keys = [key for text in request.POST.getlist("comment")[:MOST_AT_ONCE] if (key := key_in(text))]
        chosen = self.get_queryset(request).filter(pk__in=keys)
        reason = request.POST.get("reason", "")
        if not reason.strip():
            return self._ask(request, chosen, kind, error=_("Write the reason; the commenter reads it."))
        comments = list(chosen)
        if kind == "block":
            # Each account once; what stands under a byline's name is not taken together with what doesn't
            comments = list({(comment.user_id, comment.author_id): comment for comment in comments}.values())
        deciding = DECISIONS[kind]
        try:
            self._decide_about_many(request, comments, lambda comment: deciding(comment, reason, user_of(request)))
        except IncompleteError as refusal:
            return self._ask(request, chosen, kind, error=refusal.errors["reason"], reason=reason)
        return redirect("admin:accounts_comment_changelist")

    def _decide_about_many(
        self, request: HttpRequest, comments: list[Comment], deciding: Callable[[Comment], str]
    ) -> None:
        done = 0
        for comment in comments:
            try:
                deciding(comment)
                done += 1
            except IncompleteError:
                raise
            except EditorialRefusal as refusal:
                messages.warning(request, f"{comment.public_name}: {refusal}")
        if done:
            messages.success(
                request, ngettext("Done with {count} comment.", "Done with {count} comments.", done).format(count=done)
            )

    def _ask(
        self, request: HttpRequest, chosen: QuerySet[Comment], kind: str, *, error: str = "", reason: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "comments": chosen,
            "kind": kind,
            "action": reverse(f"admin:accounts_comment_{kind}_many"),
            "error": error,
            "reason": reason,
            "title": _("Take down these comments") if kind == "hide" else _("Block the accounts behind these comments"),
        }
        return render(request, "accounts/admin/reason.html", context, status=422 if error else 200)

    def _page(
        self,
        request: HttpRequest,
        comment: Comment,
        *,
        error: str = "",
        kind: str = "",
        reason: str = "",
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "comment": comment,
            "piece": self.piece(comment),
            "is_visible": comment.post.is_visible_at(timezone.now()),
            "decisions": comment.decisions.select_related("by"),
            # Under a byline's name nothing leads to the account, not even for administrators
            "account": comment.user if comment.author is None and administers(user_of(request)) else None,
            "is_blocked": comment.author is None and comment.user.is_blocked,
            "blocked_reason": comment.user.blocked_reason,
            "may_block": comment.author is None and not is_moderator(comment.user),
            "may_invite": may_invite(comment, user_of(request)),
            "error": error,
            "kind": kind,
            "reason": reason,
            "title": _("Comment by {name}").format(name=comment.public_name),
        }
        return render(request, "accounts/admin/comment.html", context, status=status)

    def _get(self, pk: int | str, *, by: User) -> Comment:
        rows = Comment.objects.for_lists().filter(in_limits(by, of="post"))
        rows = rows.select_related("parent__user", "parent__author")
        return get_object_or_404(rows, pk=key_in(str(pk)))


def _approve(comment: Comment, reason: str, by: User) -> str:
    moderation.approve(comment=comment, by=by, at=timezone.now())
    return _("Approved. Readers see it now.")


def _hide(comment: Comment, reason: str, by: User) -> str:
    moderation.hide(comment=comment, reason=reason, by=by, at=timezone.now())
    return _("Taken down. Its writer gets a letter with the reason.")


def _block(comment: Comment, reason: str, by: User) -> str:
    _require_own_name(comment)
    moderation.block(user=comment.user, reason=reason, by=by, at=timezone.now())
    return _("Blocked. The account can read on, and comment no more.")


def _unblock(comment: Comment, reason: str, by: User) -> str:
    _require_own_name(comment)
    moderation.unblock(user=comment.user, by=by, at=timezone.now())
    return _("The account can comment again.")


def _require_own_name(comment: Comment) -> None:
    """Raise EditorialRefusal under a byline's name: which other comments are blocked too would tell whose it is."""
    if comment.author:
        raise EditorialRefusal(_("This comment stands under the name of a writer. Take it down instead."))


DECISIONS: dict[str, Callable[[Comment, str, User], str]] = {
    "approve": _approve,
    "hide": _hide,
    "block": _block,
    "unblock": _unblock,
}
