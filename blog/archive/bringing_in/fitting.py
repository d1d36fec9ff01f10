"""What a source gives, made to fit what is kept here; each cut is a line of the report."""

import datetime as dt
import html
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from blog.archive import text as texts
from blog.archive.records import Loss, Weight
from blog.editorial.arriving.texts import cut_line
from blog.prose import clean_line, clean_text

LONGEST_READ = 20_000  # Characters of a plain field: what is longer is no title or description
A_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
AN_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
EARLIEST, LATEST = 1000, 9990  # Years that an address here can have


@dataclass
class Fitting:
    """Makes the fields of one thing fit, and collects what has to be said about it."""

    what: str
    which: str
    losses: list[Loss] = field(default_factory=list)

    def say(self, why: str, weight: Weight = Weight.CHANGED) -> None:
        """Add a line."""
        self.losses.append(Loss(self.what, self.which, why, weight))

    def line(self, text: str, most: int, name: str) -> str:
        """Return plain text of one line, within a length."""
        cleaned = one_line(text)
        if len(cleaned) > most or len(text) > LONGEST_READ:
            self.say(
                _("The {name} is longer than {most:,} characters; its end was cut off.").format(name=name, most=most)
            )
        return cut_line(cleaned, most)

    def words(self, text: str, most: int, name: str) -> str:
        """Return plain text of several lines, from text or HTML, within a length."""
        cleaned = clean_text(texts.plain(text[:LONGEST_READ]))
        if len(cleaned) > most or len(text) > LONGEST_READ:
            self.say(
                _("The {name} is longer than {most:,} characters; its end was cut off.").format(name=name, most=most)
            )
        return cut_line(cleaned, most)

    def moment(self, moment: dt.datetime | None, name: str) -> dt.datetime | None:
        """Return a moment that can be kept, or nothing."""
        if moment is None:
            return None
        if not EARLIEST <= moment.year <= LATEST:
            self.say(_("The {name} can’t be right: {year}.").format(name=name, year=moment.year))
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def one_line(text: str) -> str:
    """Return plain text of one line. Tags in what should have none, such as emphasis in a title, go; words stay."""
    text = text[:LONGEST_READ]
    return clean_line(html.unescape(A_TAG.sub("", text)) if A_TAG.search(text) else text)


def without_address(name: str) -> str:
    """Return a name without the rest of a mail address, if it is one: those are not taken in."""
    return name.partition("@")[0] if AN_ADDRESS.fullmatch(name.strip()) else name
