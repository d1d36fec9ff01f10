"""Letters from readers to the editors."""

import datetime as dt
import hashlib

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import editors, write_letter
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter
from blog.prose import clean_line, clean_text

MAX_NAME = 120
MAX_TEXT = 5000
AN_HOUR = 60 * 60
MOST_FROM_ONE_ADDRESS = 5  # An hour
MOST_FROM_ALL = 60  # An hour: anybody can make up addresses, and every letter goes to every editor


class TooManyLettersError(EditorialRefusal):
    """More letters have come within the hour than people write."""


def write_to_editors(*, name: str, email: str, text: str, at: dt.datetime) -> list[Letter]:
    """Write what somebody has to say to every editor.

    In this order: cleans the three fields and says what is wrong with them (IncompleteError, by field); counts the
    letters from this address, and from all, within the hour (TooManyLettersError); writes a letter to each editor,
    which carries the sender's name and address in its text.
    """
    name, email, text = clean_line(name), clean_line(email), clean_text(text)
    _require_fields(name, email, text)
    _count(email)
    with transaction.atomic():
        return [
            write_letter(
                "to_editor/contact",
                to_address=editor.email,
                to_name=editor.display_name,
                to_user=editor,
                at=at,
                sender=name,
                address=email,
                message=text,
            )
            for editor in editors()
        ]


def _require_fields(name: str, email: str, text: str) -> None:
    errors: dict[str, str] = {}
    if not name:
        errors["name"] = _("Write your name. A pen name will do.")
    elif len(name) > MAX_NAME:
        errors["name"] = _("Shorten your name to {most} characters.").format(most=MAX_NAME)
    if not email:
        errors["email"] = _("Write your mail address, so that we can answer.")
    elif not is_mail_address(email):
        errors["email"] = _("Write a whole mail address, such as name@council.gov.uk.")
    if not text:
        errors["text"] = _("Write your letter first.")
    elif len(text) > MAX_TEXT:
        errors["text"] = _("Shorten your letter to {most} characters.").format(most=MAX_TEXT)
    if errors:
        raise IncompleteError(errors)


def is_mail_address(email: str) -> bool:
    """Whether it has the form of a mail address."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _count(email: str) -> None:
    # A hash, so that the cache holds nobody's address
    sender = hashlib.sha256(email.lower().encode()).hexdigest()
    if counted(f"letters-from-{sender}") > MOST_FROM_ONE_ADDRESS or counted("letters-from-all") > MOST_FROM_ALL:
        raise TooManyLettersError(
            _("Many letters have come within the hour. Please keep your text and send it again in an hour.")
        )


def counted(key: str) -> int:
    """Count one more under a key, from the first one for an hour."""
    if cache.add(key, 1, AN_HOUR):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # It ran out in between
        cache.set(key, 1, AN_HOUR)
        return 1
