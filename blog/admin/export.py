"""The list of pieces as a spreadsheet: what is on the list now, under public names alone."""

import csv
from collections.abc import Iterable, Iterator

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.admin.access import editor_of
from blog.desk.words import listed
from blog.editorial.letters.writing import absolute
from blog.models import Post

AT_ONCE = 500
# What spreadsheets take for a formula (OWASP, “CSV Injection”), in its wide forms too
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """Gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def export_view(request: HttpRequest) -> StreamingHttpResponse:
    """Send what the list shows, narrowed and searched in the same way, as CSV that Excel opens as it is."""
    editor_of(request)
    if any("\x00" in value for values in request.GET.lists() for value in [values[0], *values[1]]):
        raise BadRequest
    try:
        chosen = admin.site.get_model_admin(Post).get_changelist_instance(request).queryset
    except IncorrectLookupParameters as error:
        raise BadRequest from error
    return as_csv(chosen)


def as_csv(chosen: QuerySet[Post]) -> StreamingHttpResponse:
    """Send pieces as CSV, under public names alone."""
    answer = StreamingHttpResponse(_lines(chosen), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pieces-{timezone.localdate().isoformat()}.csv"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def harmless(cell: object) -> str:
    """Return what stands in a cell; what a spreadsheet would take for a formula gets an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text


def _lines(chosen: QuerySet[Post]) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    yield writer.writerow(_heading())
    rows = chosen.select_related("working", "category", "series").defer("working__body", "working__introduction")
    for post in rows.prefetch_related("bylines__author").iterator(chunk_size=AT_ONCE):
        yield writer.writerow([harmless(cell) for cell in _cells(post)])


def _heading() -> list[str]:
    return [
        _("Title"), _("State"), _("Since"), _("Byline"), _("Category"), _("Series"), _("Part"), _("Words"), _("Due"),
        _("Published"), _("Comments"), _("Address"),
    ]  # fmt: skip


def _cells(post: Post) -> Iterable[object]:
    return [
        post.title,
        post.get_state_display(),
        date_format(timezone.localtime(post.state_since), "Y-m-d"),
        listed([byline.author.name for byline in post.ordered_bylines()]),
        post.category,
        post.series,
        post.part_number,
        post.working.words if post.working else "",
        post.due_date,
        date_format(timezone.localtime(post.published_at), "Y-m-d H:i") if post.published_at else "",
        post.comment_count,
        absolute(post.get_absolute_url()) if post.published_at and post.slug else "",
    ]
