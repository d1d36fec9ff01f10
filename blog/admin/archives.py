"""Archives in the desk: what came in from other systems, what is not as it was, and what was recognised in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog.admin.access import ReadOnlyAdmin, editor_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.archive.records import Weight
from blog.desk.keys import key_in
from blog.editorial.arriving import suggestions
from blog.editorial.arriving.parting import parted
from blog.editorial.permissions import is_publisher
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Archive, Post, Suggestion, SuggestionKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

ON_A_PAGE = 100  # Lines of a report
SUGGESTED_ON_A_PAGE = 10
SYSTEMS: "dict[str, str | _StrPromise]" = {
    "wordpress": "WordPress",
    "ghost": "Ghost",
    "joomla": "Joomla",
    "feed": gettext_lazy("a feed"),
    "folder": gettext_lazy("a folder of files"),
    "wlg": gettext_lazy("another blog like this one"),
}
HEADS: "dict[str, _StrPromise]" = {
    Weight.LOST: gettext_lazy("Not brought"),
    Weight.CHANGED: gettext_lazy("Changed"),
    Weight.NOTED: gettext_lazy("To look at"),
}
PLURALS: "dict[str, _StrPromise]" = {
    "author": gettext_lazy("Authors"),
    "category": gettext_lazy("Categories"),
    "tag": gettext_lazy("Tags"),
    "series": gettext_lazy("Series"),
    "picture": gettext_lazy("Pictures"),
    "document": gettext_lazy("Documents"),
    "piece": gettext_lazy("Pieces"),
    "page": gettext_lazy("Pages"),
    "comment": gettext_lazy("Comments"),
}


@dataclass(frozen=True)
class Line:
    """One thing of a report that is not here as it was."""

    what: str
    which: str
    why: str


@dataclass(frozen=True)
class PartLine:
    """A piece that may be a part, with the number that is proposed or was typed; none if it was left out."""

    post: Post
    number: str
    is_chosen: bool


@dataclass(frozen=True)
class Shown:
    """A suggestion on the page. `post` is that of an introduction, `parts` are those of a series."""

    suggestion: Suggestion
    typed: dict[str, str]
    post: Post | None = None
    introduction: str = ""
    body: str = ""
    parts: tuple[PartLine, ...] = ()
    errors: dict[str, str] | None = None

    @property
    def is_series(self) -> bool:
        """Whether it is about a series; else it is about an introduction."""
        return self.suggestion.kind == SuggestionKind.SERIES


@admin.register(Archive)
class ArchiveAdmin(ReadOnlyAdmin[Archive]):
    """What came in from other systems. Editors see it; who publishes decides about what was recognised."""

    def has_delete_permission(self, request: HttpRequest, obj: Archive | None = None) -> bool:
        """Let nobody remove it: what came would come twice."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Give the list, one archive with its report and suggestions, and deciding about one of these."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(list_view)), name="blog_archive_changelist"),
            path("<int:pk>/change/", wrap(require_safe(archive_view)), name="blog_archive_change"),
            path("suggestion/<int:pk>/", wrap(require_POST(decide_view)), name="blog_archive_decide"),
        ]


def list_view(request: HttpRequest) -> HttpResponse:
    """List the archives that came in, the newest first."""
    editor_of(request)
    return show(request, "admin/archives.html", {"archives": Archive.objects.all()})


def archive_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an archive, line by line, and what was recognised in it."""
    by = editor_of(request)
    return _page(request, get_object_or_404(Archive, pk=key_in(str(pk))), by=by)


def decide_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take or leave one suggestion."""
    by, at = editor_of(request), timezone.now()
    row = get_object_or_404(Suggestion.objects.select_related("archive"), pk=key_in(str(pk)))
    try:
        said = _decide(row, request.POST, by=by, at=at)
    except IncompleteError as error:
        return _page(request, row.archive, by=by, refused=row, errors=error.errors, status=UNPROCESSABLE)
    except EditorialRefusal as refusal:
        return _page(request, row.archive, by=by, sentence=str(refusal), status=CONFLICT)
    messages.success(request, said)
    return redirect("admin:blog_archive_change", row.archive_id)


def _decide(row: Suggestion, typed: QueryDict, *, by: "User", at: dt.datetime) -> str:
    act = typed.get("act", "")
    if act == "leave":
        suggestions.leave(suggestion=row, by=by, at=at)
        return _("Left as it is. It isn’t proposed again.")
    if act != "take":
        raise Http404
    if row.kind == SuggestionKind.SERIES:
        chosen = [post for post, _number in row.what["parts"] if typed.get(f"chosen_{post}")]
        parts = [(post, key_in(typed.get(f"number_{post}", "")) or 0) for post in chosen]
        series = suggestions.take_series(suggestion=row, by=by, at=at, title=typed.get("title", ""), parts=parts)
        return _("“{series}” is a series now.").format(series=series)
    words = {name: typed.get(name, "") for name in ("name", "role", "organisation")}
    post = suggestions.take_introduction(suggestion=row, by=by, at=at, **words)
    return _("“{title}” has its introduction apart now.").format(title=post.readers_title)


def _page(
    request: HttpRequest,
    archive: Archive,
    *,
    by: "User",
    refused: Suggestion | None = None,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    report = archive.report
    lines = [line for line in report.get("lines", []) if len(line) == 4]
    weight = next((one for one in HEADS if one == request.GET.get("weight")), lines[0][0] if lines else Weight.LOST)
    page = Paginator([Line(*line[1:]) for line in lines if line[0] == weight], ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    waiting = archive.suggestions.filter(is_taken__isnull=True)
    shown = list(waiting[:SUGGESTED_ON_A_PAGE])
    if refused and refused not in shown:
        shown = [refused, *shown]
    context = {
        "archive": archive,
        "system": SYSTEMS.get(archive.system, archive.system),
        "counts": _counts(report.get("counts", {})),
        "heads": [(one, head, report.get("weights", {}).get(one, 0)) for one, head in HEADS.items()],
        "weight": weight,
        "page": page,
        "kept": sum(1 for line in lines if line[0] == weight),
        "all": report.get("weights", {}).get(weight, 0),
        "is_finished": report.get("is_finished", True),
        "suggestions": _shown(shown, request.POST, refused, errors),
        "left": waiting.count() - len(shown),
        "may_decide": is_publisher(by),
        "errors": errors or {},
        "sentence": sentence,
    }
    return show(request, "admin/archive.html", context, status=status)


def _counts(counts: dict[str, dict[str, int]]) -> list[tuple[str, int, int, int]]:
    """Return for each kind how many are here now, how many of these followed a change, and how many stayed ours."""
    found = []
    for what, words in PLURALS.items():
        if counted := counts.get(what):
            here = sum(counted.values())
            found.append((str(words), here, counted.get("renewed", 0), counted.get("kept", 0)))
    return found


def _shown(
    rows: Iterable[Suggestion], typed: QueryDict, refused: Suggestion | None, errors: dict[str, str] | None
) -> list[Shown]:
    """Return suggestions with their pieces, in one query; what was typed and refused stands there as it was typed."""
    found = list(rows)
    wanted = {post for row in found for post in _posts_of(row)}
    pieces = Post.objects.filter(pk__in=wanted).select_related("live", "working")
    posts = pieces.defer("live__introduction", "working__body", "working__introduction").in_bulk()
    result = []
    for row in found:
        again: Any = typed if refused and row.pk == refused.pk else None
        said = errors if again is not None else None
        if row.kind == SuggestionKind.SERIES:
            parts = tuple(
                PartLine(
                    posts[post],
                    again.get(f"number_{post}", "") if again is not None else str(number),
                    bool(again.get(f"chosen_{post}")) if again is not None else True,
                )
                for post, number in row.what["parts"]
                if post in posts
            )
            title = again.get("title", "") if again is not None else row.what["title"]
            result.append(Shown(row, {"title": title}, parts=parts, errors=said))
        else:
            words = {
                name: again.get(name, "") if again is not None else row.what.get(name, "")
                for name in ("name", "role", "organisation")
            }
            post = posts[row.what["post"]]
            introduction, body = parted(post.live.body, row.what["blocks"]) if post.live else ("", "")
            result.append(Shown(row, words, post, introduction, body, errors=said))
    return result


def _posts_of(row: Suggestion) -> list[int]:
    if row.kind == SuggestionKind.SERIES:
        return [post for post, _number in row.what["parts"]]
    return [row.what["post"]]
