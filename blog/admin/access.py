"""Who gets into which part of the desk: the editorial permissions instead of the admin's one for each table."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from blog.desk.keys import key_in
from blog.editorial.permissions import is_editor, require_editor

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

M = TypeVar("M", bound=Model)

# More than anybody types into a search, and less than SQLite refuses to compare (a pattern's length, a query's depth)
MOST_TO_SEARCH = 200
# The ends of the lookups by which the stock filters narrow a list
FILTERS_END_IN = {"exact", "gte", "lt", "isnull"}

if TYPE_CHECKING:

    class TypedModelAdmin(admin.ModelAdmin[M]):
        """Django's class, which takes its model in brackets for the type checker alone."""

else:

    class TypedModelAdmin(admin.ModelAdmin, Generic[M]):
        """Django's class, which takes its model in brackets for the type checker alone."""


def user_of(request: HttpRequest) -> "User":
    """Return the account that is signed in; the site object has let nobody else through."""
    return cast("User", request.user)


def editor_of(request: HttpRequest) -> "User":
    """Return the account that is signed in; raise PermissionDenied unless it may edit pieces."""
    user = user_of(request)
    require_editor(user)
    return user


def searchable(typed: str) -> str:
    """Return what was typed into a search, without NUL and no longer than a database compares."""
    return typed.replace("\x00", "")[:MOST_TO_SEARCH]


class EditorsAdmin(TypedModelAdmin[M]):
    """A list that every editor may see, add to and change; others say in `lets_in` whom they are for."""

    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    empty_value_display = "–"
    # What the list says where it holds nothing: what will appear in it
    empty_words: "_StrPromise | str" = ""

    def lets_in(self, user: "User") -> bool:
        """Whether the account may see the list and what is in it."""
        return is_editor(user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it on the first page to those whom it lets in."""
        return request.user.is_authenticated and self.lets_in(request.user)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Show it to those whom it lets in."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let the same people add to it."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let the same people change it."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let nobody remove anything."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Narrow a list by its own filters alone.

        Django lets an address narrow it by any column of the table, which would tell what the list itself keeps hidden:
        which comments are one account's, to which address a letter went.
        """
        column, *path = lookup.split("__")
        if column == self.date_hierarchy and path in (["year"], ["month"], ["day"]):
            return True
        offered = {_column_of(item) for item in self.get_list_filter(request)}
        ends_well = not path or path[-1] in FILTERS_END_IN
        return column in offered and ends_well and super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Search for what was typed, as far as every database can take it."""
        return super().get_search_results(request, queryset, searchable(search_term))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list. A NUL in the address, and a chosen row that can be none, are more than a database takes."""
        if any("\x00" in value for values in request.GET.lists() for value in [values[0], *values[1]]):
            raise BadRequest
        if any(key_in(chosen) is None for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        heading = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": heading, **(extra_context or {})})


class ReadOnlyAdmin(EditorsAdmin[M]):
    """A list in which nothing is added or changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add anything."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let nobody change anything."""
        return False


def _column_of(item: Any) -> str:
    """Return what a filter of a list stands for in an address: a class names it, a pair begins with it."""
    if isinstance(item, tuple):
        return str(item[0])
    return str(getattr(item, "parameter_name", item))
