"""The admin's site object: the editors' desk, and the one place where its two halves meet."""

from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from blog.models import Masthead

if TYPE_CHECKING:
    from accounts.models import User

# What stands in the bar on top: the words, the list they lead to, and the permission it takes
BAR = [
    (_("Pieces"), "admin:blog_post_changelist", "blog.edit_pieces"),
    (_("Calendar"), "admin:blog_post_calendar", "blog.edit_pieces"),
    (_("Pitches"), "admin:blog_pitch_changelist", "blog.edit_pieces"),
    (_("Comments"), "admin:accounts_comment_changelist", "accounts.moderate_comments"),
    (_("Letters"), "admin:blog_letter_changelist", "blog.edit_pieces"),
    (_("Writers"), "admin:blog_author_changelist", "blog.edit_pieces"),
    (_("Series"), "admin:blog_series_changelist", "blog.edit_pieces"),
    (_("Mailings"), "admin:blog_mailing_changelist", "blog.edit_pieces"),
]


class EditorsDesk(AdminSite):
    """The stock admin with a first page of its own, our way of signing in, and no sidebar."""

    enable_nav_sidebar = False
    index_title = _("Editors’ desk")
    site_title = _("Editors’ desk")
    site_url = "/"
    index_template = "admin/first_page.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page of the desk knows: the blog's name, and what stands in the bar on top."""
        masthead: Any = SimpleLazyObject(Masthead.current)
        return {
            **super().each_context(request),
            "masthead": masthead,  # Read once, also for what the page itself says of it
            "site_header": SimpleLazyObject(lambda: masthead.name),
            "bar": _bar(request),
        }

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put our own way to a page's public address before Django's, which fails for what isn't public yet."""
        own = path("r/<path:content_type_id>/<path:object_id>/", self.admin_view(_view_on_site), name="view_on_site")
        return [own, *super().get_urls()]

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign in where everybody does, with its limits on guessing. Django's own form has none and is never shown."""
        return cast("HttpResponse", secure_admin_login(_to_first_page)(request))  # type: ignore[no-untyped-call]  # allauth has no types

    def password_change(  # type: ignore[override]  # Django's own may redirect as well
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change the password where everybody does."""
        return redirect("account_change_password")

    def logout(  # type: ignore[override]  # Django's own may redirect as well
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out where everybody does."""
        return redirect("account_logout")

    def index(  # type: ignore[override]  # Django's own may redirect as well
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what waits, for whom, and since when."""
        # Imported here, for these packages register with this very object while they are imported
        from accounts.admin.first_page import lists_for as lists_of_comments  # noqa: PLC0415  They register with this object
        from blog.admin.first_page import lists_for  # noqa: PLC0415  They register with this object

        user = cast("User", request.user)
        at = timezone.now()
        everywhere = self.each_context(request)
        context: dict[str, Any] = {
            **everywhere,
            "title": date_format(timezone.localtime(at), "l j F"),
            "subtitle": None,
            "app_list": everywhere["available_apps"],
            "moderates": user.has_perm("accounts.moderate_comments"),
            **lists_for(user, at),
            **(extra_context or {}),
        }
        if context["moderates"]:
            context.update(lists_of_comments(user, at))
        request.current_app = self.name
        return TemplateResponse(request, self.index_template or "admin/index.html", context)


def _to_first_page(_request: HttpRequest) -> HttpResponse:
    return redirect("admin:index")


def _bar(request: HttpRequest) -> list[dict[str, object]]:
    links: list[dict[str, object]] = []
    for words, name, permission in BAR:
        if not request.user.has_perm(permission):
            continue
        url = reverse(name)
        links.append({"words": words, "url": url})
    here = max((str(link["url"]) for link in links if request.path.startswith(str(link["url"]))), key=len, default="")
    return [{**link, "is_here": link["url"] == here} for link in links]


def _view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Lead to the public page of something, or answer that there is none yet."""
    try:
        return cast("HttpResponse", shortcut(request, content_type_id, object_id))
    except ValueError as error:
        raise Http404 from error
