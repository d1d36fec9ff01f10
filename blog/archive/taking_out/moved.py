"""Addresses that lead to others, and to nothing that has a record of its own."""

from collections.abc import Iterator

from blog.archive.records import Loss, Moved, Record, Weight
from blog.archive.taking_out import here
from blog.models import ArrivalKind, OldPath


def moved() -> Iterator[Record]:
    """Give the redirects that somebody set up; a path that ends in a star stands for all below it."""
    for path, to in OldPath.objects.filter(kind="").order_by("path").values_list("path", "to").iterator():
        yield Moved(address=here.whole_old(path), to=here.whole_old(to))
    comments = OldPath.objects.filter(kind=ArrivalKind.COMMENT).count()
    if comments:
        yield Loss(
            "address", f"{comments} × comment", "Old addresses of comments go out with backups alone.", Weight.LOST
        )
