"""Plain pages: what the blog says about itself beside the pieces, written with the same editor as a piece."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from blog.admin.access import EditorsAdmin, editor_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.desk.script import answering_script, taken_in
from blog.editorial import plain_pages
from blog.editorial.plain_pages import PageHasChangedError, PageText
from blog.editorial.refusals import IncompleteError
from blog.models import PlainPage, PlainPageVersion

MOST_VERSIONS = 50


@admin.register(PlainPage)
class PlainPageAdmin(EditorsAdmin[PlainPage]):
    """Plain pages. Every change is one call into the editorial room."""

    list_display = ("title", "slug", "is_in_footer", "position", "gaps", "changed_at")
    search_fields = ("title",)
    actions = None

    @admin.display(description=gettext_lazy("still to be filled in"))
    def gaps(self, page: PlainPage) -> str:
        """Show how many gaps the text that came with the software still has."""
        gaps = page.body.count(plain_pages.GAP)
        return str(gaps) if gaps else ""

    def get_urls(self) -> list[URLPattern]:
        """Give the list and our own form, none of Django's, which could write a row past the editorial room."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="blog_plainpage_changelist"),
            path("add/", wrap(page_view), name="blog_plainpage_add"),
            path("pictures/", wrap(require_POST(pictures_view)), name="blog_plainpage_pictures"),
            path("<int:pk>/change/", wrap(page_view), name="blog_plainpage_change"),
        ]


def page_view(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show a page to write on, or save it."""
    by, at = editor_of(request), timezone.now()
    page = get_object_or_404(PlainPage, pk=pk) if pk is not None else None
    if request.method != "POST":
        return _form(request, page, _kept(page, request.GET.get("version", "")))
    typed = _typed(request)
    try:
        based_on = key_in(request.POST.get("based_on", ""))
        page = plain_pages.save(page=page, text=typed, by=by, at=at, based_on=based_on)
    except IncompleteError as error:
        return _form(request, page, typed, errors=error.errors, status=UNPROCESSABLE)
    except PageHasChangedError as refusal:
        return _form(request, page, typed, sentence=str(refusal), status=CONFLICT)
    messages.success(request, _("The page is saved, and readers see it."))
    return redirect("admin:blog_plainpage_change", page.pk)


@answering_script
def pictures_view(request: HttpRequest) -> JsonResponse:
    """Take in a picture for the text, and answer a script with what it puts there."""
    picture = plain_pages.add_picture(
        file=request.FILES.get("file"),
        alt=request.POST.get("alt", ""),
        caption=request.POST.get("caption", ""),
        credit=request.POST.get("credit", ""),
        by=editor_of(request),
        at=timezone.now(),
    )
    return taken_in(picture)


def _typed(request: HttpRequest) -> PageText:
    typed = request.POST
    return PageText(
        title=typed.get("title", ""),
        slug=typed.get("slug", ""),
        standfirst=typed.get("standfirst", ""),
        body=typed.get("body", ""),
        is_in_footer="is_in_footer" in typed,
        position=key_in(typed.get("position", "")) or 0,
    )


def _kept(page: PlainPage | None, version: str) -> PageText:
    """Return the text to write on: as it stands, or as an earlier version had it."""
    if page is None:
        return PageText("", position=PlainPage.objects.count() + 1)
    row: PlainPage | PlainPageVersion = page
    if version:
        row = get_object_or_404(page.versions, pk=key_in(version) or 0)
    return PageText(row.title, page.slug, row.standfirst, row.body, page.is_in_footer, page.position)


def _form(
    request: HttpRequest,
    page: PlainPage | None,
    typed: PageText,
    *,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    versions = list(page.versions.select_related("written_by")[:MOST_VERSIONS]) if page else []
    has_sent = request.method == "POST" and status != CONFLICT
    context: dict[str, Any] = {
        "page": page,
        "typed": typed,
        "errors": errors or {},
        "sentence": sentence,
        "versions": versions,
        "based_on": request.POST.get("based_on", "") if has_sent else (versions[0].pk if versions else ""),
        "is_earlier": bool(request.GET.get("version")),
    }
    return show(request, "admin/plain_page.html", context, status=status)
