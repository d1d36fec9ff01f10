"""Plain pages as records."""

from collections.abc import Iterator

from django.db.models import QuerySet

from blog.archive.records import Page
from blog.archive.taking_out import here, keys
from blog.batches import in_batches
from blog.models import PlainPage


def which() -> QuerySet[PlainPage]:
    """Return the pages that go out: readers find every one."""
    return PlainPage.objects.order_by("position", "title", "pk")


def pages() -> Iterator[Page]:
    """Give the plain pages in the order of the footer."""
    for batch in in_batches(which().iterator(here.AT_ONCE), here.AT_ONCE):
        addresses = here.addresses("plainpage", {row.pk: row.get_absolute_url() for row in batch})
        for row in batch:
            yield Page(
                key=keys.of_page(row),
                title=row.title,
                body=row.body,
                slug=row.slug,
                standfirst=row.standfirst,
                changed_at=row.changed_at,
                position=row.position,
                is_in_footer=row.is_in_footer,
                addresses=addresses[row.pk],
            )
