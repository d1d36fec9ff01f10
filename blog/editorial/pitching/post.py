"""What stands for a pitch in the post: its link, and the letters to its writer and to editors."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from blog.editorial.letters.about_pitches import PITCH_LINK
from blog.editorial.letters.writing import absolute, write_letter
from blog.models import Letter, Pitch

if TYPE_CHECKING:
    from accounts.models import User


def link_of(pitch: Pitch) -> str:
    """Return the full address of a pitch for its writer. The token is derived anew each time and kept nowhere."""
    return absolute(reverse("reading:pitch", args=[token_of(pitch)]))


def token_of(pitch: Pitch) -> str:
    """256 bits, from the secret key, the pitch's own random part, and the address it came from."""
    return salted_hmac("wlg.pitch", f"{pitch.nonce}:{pitch.email}", algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what is stored of a link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def tell_editor(kind: str, row: Pitch, editor: "User", *, at: dt.datetime, **context: Any) -> None:
    """Write to one editor, with the address of the pitch in the desk."""
    link = absolute(reverse("admin:blog_pitch_change", args=[row.pk]))
    letter = write_letter(
        kind,
        to_address=editor.email,
        to_name=editor.display_name,
        to_user=editor,
        at=at,
        pitch=row,
        link=link,
        due_days=settings.ANSWER_DAYS,
        **context,
    )
    Letter.objects.filter(pk=letter.pk).update(pitch=row)


def tell_pitcher(kind: str, row: Pitch, *, at: dt.datetime, to_name: str = "", **context: Any) -> None:
    """Write to whoever sent the pitch; its link is put in when the letter goes out."""
    letter = write_letter(kind, to_address=row.email, to_name=to_name, at=at, pitch=row, link=PITCH_LINK, **context)
    Letter.objects.filter(pk=letter.pk).update(pitch=row)


def cancel_unsent(row: Pitch) -> None:
    """Stop the letters about a pitch that have not gone out."""
    unsent = row.letters.filter(status__in=[Letter.Status.WAITING, Letter.Status.HELD], claimed_until=None)
    unsent.update(status=Letter.Status.CANCELLED)
