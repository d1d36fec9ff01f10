"""What the blog's archive asks of the comments (`blog.archive.discussions.Discussions`)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from accounts.archiving import arriving, taking_out
from blog.archive.discussions import Brought, Thread
from blog.archive.records import Remark
from blog.models import Archive


class Comments:
    """The comments, for archives."""

    def bring_in(self, *, archive: Archive, threads: Sequence[Thread], at: dt.datetime) -> Brought:
        """Write the comments of some pieces (`arriving.bring_in`)."""
        return arriving.bring_in(archive=archive, threads=threads, at=at)

    def take_out(self, posts: Iterable[int]) -> dict[int, tuple[Remark, ...]]:
        """Return what readers see under pieces (`taking_out.take_out`)."""
        return taking_out.take_out(posts)
