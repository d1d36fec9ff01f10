"""Who is behind each name, as a file: the only way in which identities leave."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.archive.formats.new_files import new_file
from blog.editorial.names.identity import look_behind
from blog.editorial.permissions import may_see_identities
from blog.models import Author

if TYPE_CHECKING:
    from accounts.models import User

FORMAT = "wlg-identities"
VERSION = 1
WARNING = "Who is behind a pen name stands here. Keep this file locked away, and delete it as soon as you can."


def export_identities(*, target: Path, by: "User", at: dt.datetime, reason: str) -> int:
    """Write which account is behind each name into a new file that its owner alone can read; return how many.

    In this order: checks the permission (PermissionDenied) and that nothing is written over (ExportError), writes down
    one look for each name, which whoever is behind it can read with the reason (IncompleteError without one), and then
    the file. Where that fails the looks stay: somebody asked.
    """
    if not may_see_identities(by):
        raise PermissionDenied(_("You can’t look behind a pen name."))
    with new_file(target, mode=0o600) as path:
        with transaction.atomic():
            rows = [
                {
                    "author": author.slug,
                    "name": author.name,
                    "is_pen_name": author.is_pen_name,
                    "account": {"name": user.display_name, "address": user.email},
                }
                for author in Author.objects.filter(identity__isnull=False).order_by("slug")
                if (user := look_behind(author=author, by=by, at=at, reason=reason))
            ]
        written = {"format": FORMAT, "version": VERSION, "warning": WARNING, "at": at.isoformat(), "identities": rows}
        path.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return len(rows)
