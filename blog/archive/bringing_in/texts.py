"""The text of a piece or a page, as the house keeps it."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from blog.archive import text as texts
from blog.archive.bringing_in.run import Run
from blog.archive.records import Loss

# Whatever else a text holds needs no look for files, which takes as long as settling it
MAY_WANT = re.compile(r"<(?:img|image|amp-img|a|video|audio|iframe|amp-iframe|object|embed)\b", re.IGNORECASE)


@dataclass(frozen=True)
class SettledText:
    """A text in the house's vocabulary, the keys of the pictures in it, and whether all of its files are here."""

    html: str
    losses: tuple[Loss, ...]
    pictures: frozenset[int]
    is_complete: bool


def wanted(run: Run, html: str, base: str) -> tuple[str, ...]:
    """Return the addresses of files that a text wants."""
    return texts.wanted_files(html, base=base, is_ours=run.site.is_ours) if MAY_WANT.search(html) else ()


def settle(run: Run, html: str, *, base: str, title: str) -> SettledText:
    """Settle a text, whose files were brought before. Lines about it name the piece."""
    if not html:
        return SettledText("", (), frozenset(), is_complete=True)
    pictures = set[int]()

    def file_at(address: str) -> texts.FileHere | None:
        if picture := run.files.picture_at(address):
            pictures.add(picture)
        return run.files.at_address(address)

    settled = texts.settle(html, base=base, is_ours=run.site.is_ours, file_at=file_at)
    missing = set(settled.wanted)
    losses = tuple(_in_piece(run, loss, title, missing) for loss in settled.losses)
    return SettledText(settled.html, losses, frozenset(pictures), is_complete=not missing)


def _in_piece(run: Run, loss: Loss, title: str, missing: set[str]) -> Loss:
    if not loss.which:
        return replace(loss, which=title)
    why = f"{run.files.why(loss.which).rstrip('.')}. {loss.why}" if loss.which in missing else loss.why
    return replace(loss, why=_("{why} (In “{title}”.)").format(why=why, title=title[:80]))
