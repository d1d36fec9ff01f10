"""What a page is made with, as one short word: pages made by another version are never mixed with ours."""

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

CODE = ("wlg", "accounts", "blog")
SHOWN = ("SITE_URL", "TIME_ZONE", "LANGUAGE_CODE", "STATIC_URL", "MEDIA_URL", "WEBSUB_HUB", "IS_DEVELOPMENT")
BOOT = Path("/proc/sys/kernel/random/boot_id")


@functools.cache
def fingerprint() -> str:
    """Return a hash over all that pages are made with: code, templates, stylesheets, packages, settings, the database.

    The machine's last start is in it as well: what was on its way to the disk when the power failed may be gone.
    """
    found = hashlib.blake2b(digest_size=8)
    for file in _files(settings.BASE_DIR):
        found.update(str(file.relative_to(settings.BASE_DIR)).encode())
        found.update(file.read_bytes())
    database = settings.DATABASES["default"]
    shown = [
        *(getattr(settings, name) for name in SHOWN),
        *(database.get(name) for name in ("NAME", "HOST", "PORT")),
    ]
    found.update(repr([str(setting) for setting in shown]).encode())
    for file in (settings.STATIC_ROOT / "staticfiles.json", BOOT):
        if file.exists():
            found.update(file.read_bytes())
    return found.hexdigest()


def _files(base: Path) -> Iterator[Path]:
    for room in CODE:
        yield from sorted((base / room).rglob("*.py"))
    for room in ("templates", "static"):
        yield from sorted(file for file in (base / room).rglob("*") if file.is_file())
    if (base / "requirements.txt").exists():
        yield base / "requirements.txt"
