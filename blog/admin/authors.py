"""Public names: what readers see of them, and the one page that tells who is behind one."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import EditorsAdmin, ReadOnlyAdmin, editor_of, user_of
from blog.admin.forms import AuthorForm, errors_of, note_refusal
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.editorial.names import authors, identity, mergers
from blog.editorial.names.mergers import may_merge
from blog.editorial.permissions import may_see_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, IdentityLook

if TYPE_CHECKING:
    from accounts.models import User

TWO = 2


@admin.register(Author)
class AuthorAdmin(EditorsAdmin[Author]):
    """Public names. Nothing here shows an account; `behind_view` does, with a permission, a reason and a record."""

    list_display = ("name", "pen_name", "role", "organisation", "piece_count")
    list_filter = ("is_pen_name",)
    search_fields = ("name", "organisation")
    search_help_text = gettext_lazy("A name, or an organisation")
    ordering = ("name", "pk")
    actions = ("merge_selected",)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Let those merge names who publish in every category."""
        return may_merge(user_of(request))

    @admin.action(description=gettext_lazy("Merge two names into one"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, chosen: QuerySet[Author]) -> HttpResponse | None:
        """Go on to the page that says what would happen."""
        keys = list(chosen.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != TWO:
            messages.warning(request, _("Choose the two names that are one person."))
            return None
        return redirect(reverse("admin:blog_author_merge", args=keys))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        """Count the pieces along."""
        return super().get_queryset(request).annotate(pieces=Count("bylines"))

    @admin.display(description=gettext_lazy("pen name"), boolean=True, ordering="is_pen_name")
    def pen_name(self, author: Author) -> bool:
        """Show whether it is a pen name."""
        return author.is_pen_name

    @admin.display(description=gettext_lazy("pieces"), ordering="pieces")
    def piece_count(self, author: Author) -> int:
        """Show on how many pieces the name stands, in any state."""
        return int(getattr(author, "pieces", 0))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add a name here: names come with an invitation, or with a piece of one's own."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Give the list, the form, and the look behind; none of Django's pages that keep a history of names."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_author_changelist"),
            path("<int:pk>/change/", wrap(self.author_view), name="blog_author_change"),
            path("<int:pk>/behind/", wrap(self.behind_view), name="blog_author_behind"),
            path("<int:kept_pk>/merge/<int:gone_pk>/", wrap(self.merge_view), name="blog_author_merge"),
        ]

    def author_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the blog says about a name, and change it."""
        by, at = editor_of(request), timezone.now()
        author = get_object_or_404(Author.objects.select_related("portrait"), pk=pk)
        if request.method != "POST":
            return self._form_page(request, author, AuthorForm(initial=asdict(identity.details_of(author))), by=by)
        form = AuthorForm(request.POST, request.FILES)
        status = UNPROCESSABLE
        if form.is_valid():
            details, portrait = form.appearance()
            try:
                authors.describe(author=author, details=details, portrait=portrait, by=by, at=at)
            except EditorialRefusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The name is as readers will see it."))
                return redirect("admin:blog_author_change", pk)
        return self._form_page(request, author, form, by=by, status=status)

    def _form_page(
        self, request: HttpRequest, author: Author, form: AuthorForm, *, by: "User", status: int = 200
    ) -> HttpResponse:
        context = {
            "author": author,
            "form": form,
            "errors": errors_of(form),
            "may_look_behind": may_see_identities(by),
        }
        return show(request, "admin/author.html", context, status=status)

    def merge_view(self, request: HttpRequest, kept_pk: int, gone_pk: int) -> HttpResponse:
        """Say what merging two names would do, and do it."""
        by, at = editor_of(request), timezone.now()
        names = Author.objects.annotate(pieces=Count("bylines"))
        kept, gone = get_object_or_404(names, pk=kept_pk), get_object_or_404(names, pk=gone_pk)
        context: dict[str, Any] = {"kept": kept, "gone": gone}
        try:
            if request.method == "POST":
                mergers.merge(kept=kept, gone=gone, by=by, at=at)
                said = _("“{name}” is one with “{kept}” now.")
                messages.success(request, said.format(name=gone.name, kept=kept.name))
                return redirect("admin:blog_author_change", kept_pk)
            context["plan"] = mergers.plan(kept=kept, gone=gone, by=by)
        except EditorialRefusal as refusal:
            return show(request, "admin/merge_names.html", {**context, "sentence": str(refusal)}, status=CONFLICT)
        return show(request, "admin/merge_names.html", context)

    def behind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a reason, write the look down, and show the account once."""
        by, at = user_of(request), timezone.now()
        if not may_see_identities(by):
            raise PermissionDenied(_("You can’t look behind a pen name."))
        author = get_object_or_404(Author, pk=pk)
        context: dict[str, Any] = {"author": author, "errors": {}, "was_asked": False, "reason": ""}
        if request.method != "POST":
            return show(request, "admin/behind.html", context)
        reason = request.POST.get("reason", "")
        try:
            account = identity.look_behind(author=author, by=by, at=at, reason=reason)
        except IncompleteError as error:
            context |= {"errors": error.errors, "reason": reason}
            return show(request, "admin/behind.html", context, status=UNPROCESSABLE)
        return show(request, "admin/behind.html", {**context, "was_asked": True, "account": account})


@admin.register(IdentityLook)
class IdentityLookAdmin(ReadOnlyAdmin[IdentityLook]):
    """Who looked behind which name, when and why; never what they saw."""

    list_display = ("author", "by", "at", "reason")
    list_display_links = None
    list_select_related = ("author", "by")

    def lets_in(self, user: "User") -> bool:
        """Let those see it who may look themselves."""
        return may_see_identities(user)

    def get_urls(self) -> list[URLPattern]:
        """Give the list alone."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="blog_identitylook_changelist")]
