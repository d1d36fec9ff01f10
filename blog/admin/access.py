"""Who gets into which part of the desk: the editorial permissions instead of the admin's one for each table."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from blog.editorial.permissions import is_editor, require_editor

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=Model)

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


class EditorsAdmin(TypedModelAdmin[M]):
    """A list that every editor may see, add to and change; removing is for the few that say so."""

    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    empty_value_display = "–"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let editors see it on the first page."""
        return is_editor(user_of(request))

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let editors see it."""
        return is_editor(user_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let editors add to it."""
        return is_editor(user_of(request))

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let editors change it."""
        return is_editor(user_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let nobody remove anything."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list. A NUL in the address is refused: PostgreSQL can't compare anything with it."""
        if any("\x00" in value for values in request.GET.lists() for value in [values[0], *values[1]]):
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
