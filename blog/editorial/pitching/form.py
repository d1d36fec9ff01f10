"""What somebody typed into the form for pitches, cleaned and checked, and how often it is taken."""

import dataclasses
import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from blog.editorial.correspondence import TooManyLettersError, counted, is_mail_address
from blog.editorial.refusals import IncompleteError
from blog.models import Post, SeriesSlot
from blog.prose import clean_line, clean_text
from blog.states import State

MAX_ADDRESS = 254
LENGTHS = {"name": 120, "email": MAX_ADDRESS, "title": 200, "text": 4000, "about": 1000}
MOST_FROM_ONE_ADDRESS = 3  # An hour
MOST_FROM_ALL = 60  # An hour


@dataclass(frozen=True)
class TypedPitch:
    """What somebody typed. `in_reply_to` is a piece that readers can see, `slot` a part that is open to pitches."""

    name: str
    email: str
    title: str
    text: str
    about: str = ""
    in_reply_to: Post | None = None
    slot: SeriesSlot | None = None


def cleaned(typed: TypedPitch, *, at: dt.datetime) -> TypedPitch:
    """Return it cleaned; raise IncompleteError, by field, for what is missing, wrong, too long or no longer there."""
    made = dataclasses.replace(
        typed,
        name=clean_line(typed.name),
        email=clean_line(typed.email).lower(),
        title=clean_line(typed.title),
        text=clean_text(typed.text),
        about=clean_text(typed.about),
    )
    errors = {
        name: _("Shorten this to {most} characters.").format(most=most)
        for name, most in LENGTHS.items()
        if len(getattr(made, name)) > most
    }
    missing = {
        "name": _("Write your name. A pen name will do."),
        "email": _("Write your mail address, so that we can answer."),
        "title": _("Give your idea a title. It can change later."),
        "text": _("Tell us what you would write, and why now."),
    }
    errors |= {name: sentence for name, sentence in missing.items() if not getattr(made, name)}
    if "email" not in errors and not is_mail_address(made.email):
        errors["email"] = _("Write a whole mail address, such as name@council.gov.uk.")
    if made.slot and made.slot not in open_slots():
        errors["slot"] = _("This part is no longer free. Choose another, or none.")
    if made.in_reply_to and not made.in_reply_to.is_visible_at(at):
        errors["in_reply_to"] = _("This piece can’t be found any more.")
    if errors:
        raise IncompleteError(errors)
    return made


def open_slots() -> list[SeriesSlot]:
    """Return the parts of series that anybody may pitch for, as long as no piece is in the works for them."""
    in_the_works = Post.objects.filter(series=OuterRef("series"), part_number=OuterRef("part_number"))
    taken = Exists(in_the_works.exclude(state__in=[State.WITHDRAWN, State.DECLINED]))
    wanted = SeriesSlot.objects.filter(~taken, is_open=True).select_related("series")
    return list(wanted.order_by("series__title", "part_number"))


def count_pitch(email: str) -> None:
    """Count a pitch; raise TooManyLettersError for more within the hour than people send."""
    # A hash, so that the cache holds nobody's address
    sender = hashlib.sha256(email.lower().encode()).hexdigest()
    if counted(f"pitches-from-{sender}") > MOST_FROM_ONE_ADDRESS or counted("pitches-from-all") > MOST_FROM_ALL:
        raise TooManyLettersError(
            _("Many pitches have come within the hour. Please keep your text and send it again in an hour.")
        )
