"""What the blog says about itself, on every page."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from blog import keys
from blog.editorial.permissions import require_administrator
from blog.editorial.upkeep.closing import renew_all_in_time
from blog.editorial.upkeep.purges import mark
from blog.models import Masthead

if TYPE_CHECKING:
    from accounts.models import User


def keep_masthead(*, masthead: Masthead, by: "User", at: dt.datetime) -> None:
    """Write the one row, and record that every page is out of date: now, and when discussions close.

    Raises PermissionDenied.
    """
    require_administrator(by)
    masthead.pk = 1
    with transaction.atomic():
        masthead.save()
        mark(keys.EVERYTHING, at=at)
        renew_all_in_time(days=masthead.comments_close_after, at=at)
