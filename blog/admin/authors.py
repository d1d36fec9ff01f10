"""Public names: what readers see of them, and the one page that tells who is behind one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import EditorsAdmin, ReadOnlyAdmin, editor_of, user_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, errors_of, show
from blog.editorial import authors, identity, pictures
from blog.editorial.identity import BylineDetails
from blog.editorial.permissions import may_see_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, IdentityLook

if TYPE_CHECKING:
    from accounts.models import User


class AuthorForm(forms.Form):
    """What readers see of a public name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    is_pen_name = forms.BooleanField(label=gettext_lazy("This is a pen name"), required=False)
    role = forms.CharField(label=gettext_lazy("Role"), max_length=160, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=160, required=False)
    about = forms.CharField(
        label=gettext_lazy("About the writer"),
        help_text=gettext_lazy("One or two sentences under the pieces and on the writer’s page."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    portrait = forms.FileField(
        label=gettext_lazy("Portrait"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 10 MB. Leave empty to keep the one there is."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_portrait = forms.BooleanField(label=gettext_lazy("Take the portrait away"), required=False)

    def details(self) -> BylineDetails:
        """Return what was typed, for the editorial room."""
        typed = self.cleaned_data
        return BylineDetails(
            name=typed["name"],
            is_pen_name=typed["is_pen_name"],
            role=typed["role"],
            organisation=typed["organisation"],
            about=typed["about"],
        )


def initial_of(author: Author) -> dict[str, Any]:
    """Return what a form about a name begins with."""
    fields = ("name", "is_pen_name", "role", "organisation", "about")
    return {field: getattr(author, field) for field in fields}


def change_portrait(author: Author, form: AuthorForm, *, by: "User", at: Any) -> None:
    """Take in a new portrait, or take the old one away; raise IncompleteError for a file that is no picture."""
    upload = form.cleaned_data.get("portrait")
    if upload:
        try:
            picture = pictures.take_in(file=upload, by=by, at=at, needs_description=False)
        except IncompleteError as error:
            raise IncompleteError({"portrait": " ".join(error.errors.values())}) from error
        identity.set_portrait(author=author, portrait=picture, by=by)
    elif form.cleaned_data.get("remove_portrait"):
        identity.set_portrait(author=author, portrait=None, by=by)


@admin.register(Author)
class AuthorAdmin(EditorsAdmin[Author]):
    """Public names. Nothing here shows an account; `behind_view` does, with a permission, a reason and a record."""

    list_display = ("name", "pen_name", "role", "organisation", "piece_count")
    list_filter = ("is_pen_name",)
    search_fields = ("name",)

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
        ]

    def author_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the blog says about a name, and change it."""
        by, at = editor_of(request), timezone.now()
        author = get_object_or_404(Author.objects.select_related("portrait"), pk=pk)
        if request.method != "POST":
            return self._form_page(request, author, AuthorForm(initial=initial_of(author)), by=by)
        form = AuthorForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._form_page(request, author, form, by=by, status=UNPROCESSABLE)
        try:
            with transaction.atomic():
                authors.describe(author=author, details=form.details(), by=by)
                change_portrait(author, form, by=by, at=at)
        except IncompleteError as error:
            for field, sentence in error.errors.items():
                form.add_error(field, sentence)
            return self._form_page(request, author, form, by=by, status=UNPROCESSABLE)
        except EditorialRefusal as refusal:
            form.add_error(None, str(refusal))
            return self._form_page(request, author, form, by=by, status=CONFLICT)
        messages.success(request, _("The name is as readers will see it."))
        return redirect("admin:blog_author_change", pk)

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

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let those see it who may look themselves."""
        return may_see_identities(user_of(request))

    def has_view_permission(self, request: HttpRequest, obj: IdentityLook | None = None) -> bool:
        """Let those see it who may look themselves."""
        return may_see_identities(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        """Give the list alone."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="blog_identitylook_changelist")]
