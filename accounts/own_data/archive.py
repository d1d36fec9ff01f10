"""Everything that the blog holds about somebody, as one archive: JSON, and the files."""

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commenting.permissions import own_addresses
from accounts.own_data.holdings import HOLDINGS, Holding
from accounts.own_data.sections import BY_HAND, SOME, Asked, Row
from blog.editorial.correspondence import counted
from blog.editorial.refusals import EditorialRefusal

if TYPE_CHECKING:
    from accounts.models import User

VERSION = 1
IN_MEMORY = 1024 * 1024
MANY = 64 * 1024
MOST_AN_HOUR = 10
JSON, ABOUT = "your-data.json", "README.txt"

# In the order of the archive; the words are in its README
SECTIONS = {
    "account": gettext_lazy("the account: name, main address, role, when it was made and last used"),
    "addresses": gettext_lazy("your addresses, and which of them are confirmed"),
    "picture": gettext_lazy("the picture beside your comments"),
    "pictures_taken_away": gettext_lazy("pictures that an editor took away, with the reason"),
    "badge": gettext_lazy("the badge of a verified public servant"),
    "second_factors": gettext_lazy("which second factors you have, and since when; never their secrets"),
    "sign_ins_by_providers": gettext_lazy("other accounts that you sign in with, and what they told us"),
    "sessions": gettext_lazy("where you are signed in"),
    "comments": gettext_lazy(
        "your comments in every state, earlier texts, and what editors decided with their reasons"
    ),
    "comments_of_archives": gettext_lazy(
        "comments that came with the archive of another blog, written with an address of yours, and what you took over"
    ),
    "reports": gettext_lazy("comments that you reported; where, by the address of the piece"),
    "complaints": gettext_lazy("formal complaints made from your addresses"),
    "blocks": gettext_lazy("when an editor kept you from commenting, and why"),
    "names": gettext_lazy("your public names with pen names, and who looked behind them"),
    "pieces": gettext_lazy("your pieces: the texts that you wrote (HTML and plain), history, notes and correspondence"),
    "corrections_proposed": gettext_lazy("corrections that you proposed"),
    "pictures": gettext_lazy("pictures that you uploaded, with their descriptions"),
    "invitations": gettext_lazy("invitations that you got"),
    "pitches": gettext_lazy("pitches from your addresses, and what was said about them"),
    "letters": gettext_lazy("letters that we sent you, but for those with a code or a link that opens your account"),
    "letter_choices": gettext_lazy("what you chose to get letters about"),
    "news": gettext_lazy("what you were told, or will be told in the next letter of the day"),
    "letters_of_the_day": gettext_lazy("the days on which you had a letter of the day"),
    "reminders": gettext_lazy("what you were reminded of"),
    "subscriptions": gettext_lazy("what you follow by mail"),
    "letters_to_subscribers": gettext_lazy("letters to subscribers that went to your addresses"),
    "work": gettext_lazy(
        "what you did for the blog, by kind and moment; the words are part of the pieces and comments of others"
    ),
}


class TooManyArchivesError(EditorialRefusal):
    """More archives were asked for within an hour than anybody needs: 429 (RFC 6585, 4)."""


def make_archive(*, user: "User", at: dt.datetime) -> IO[bytes]:
    """Return an archive (ZIP) of everything about an account and nothing about anybody else, open at its beginning.

    Each is made anew, so an account gets so many an hour (TooManyArchivesError).
    Written row by row into a temporary file that goes when it is closed, so that the largest account takes no more
    memory than the smallest. `your-data.json` has the keys `version`, `made_at` and those of `SECTIONS`, each a list;
    moments are in ISO 8601 with their zone. Pictures are files beside it, found by the names in the JSON. A file that
    isn't there any more is left out.
    """
    if counted(f"archives-{user.pk}") > MOST_AN_HOUR:
        raise TooManyArchivesError(_("You have taken this along many times. Please try again in an hour."))
    asked = Asked(user, own_addresses(user))
    target: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  Whoever sends it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(JSON, "w", force_zip64=True) as out:
            for part in _json(asked, at):
                out.write(part.encode())
        for place, name in asked.files.items():
            _add_file(archive, place, name)
        archive.writestr(ABOUT, about(at))
    target.seek(0)
    made: IO[bytes] = target
    return made


def about(at: dt.datetime) -> str:
    """Return the words that lie beside the JSON."""
    lines = [f"{name}: {what}." for name, what in SECTIONS.items()]
    head = _(
        "Everything that this blog holds about your account, made on {day} (UTC).\n\n"
        "It holds your pen names beside your own name and addresses. Keep it where nobody else can read it.\n"
        "Word files that you brought in are not kept; their texts are revisions of your pieces.\n\n"
        "What is in {json}, version {version}:"
    ).format(day=at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M"), json=JSON, version=VERSION)
    return "\n".join([head, "", *lines, ""])


def rows_of(section: str, asked: Asked) -> Iterator[Row]:
    """Give the rows of a section, one after the other."""
    if section in BY_HAND:
        yield from BY_HAND[section](asked)
        return
    holdings = [one for one in HOLDINGS if one.section == section and one.is_there]
    if section == "work":
        yield from _work(holdings, asked)
        return
    for model in dict.fromkeys(one.model for one in holdings):
        same = [one for one in holdings if one.model == model]
        condition = reduce(or_, (one.condition(asked.user, asked.addresses) for one in same), Q(pk__in=[]))
        rows = same[0].plain_rows().filter(condition).order_by("pk").values(*same[0].columns)
        yield from rows.iterator(chunk_size=SOME)


def _work(holdings: Iterable[Holding], asked: Asked) -> Iterator[Row]:
    for one in holdings:
        rows = one.rows(asked.user, asked.addresses).order_by("pk").values_list(one.at, flat=True)
        what = str(one.model_class()._meta.verbose_name)  # noqa: SLF001  Documented, in spite of its name
        for moment in rows.iterator(chunk_size=SOME):
            yield {"what": what, "at": moment}


def _json(asked: Asked, at: dt.datetime) -> Iterator[str]:
    yield f'{{\n"version": {VERSION},\n"made_at": {_dumped(at)}'
    for section in SECTIONS:
        yield f',\n"{section}": ['
        for number, row in enumerate(rows_of(section, asked)):
            yield ("," if number else "") + "\n  " + _dumped(row)
        yield "\n]"
    yield "\n}\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _add_file(archive: zipfile.ZipFile, place: str, name: str) -> None:
    try:
        source = default_storage.open(name, "rb")
    except OSError:
        return
    with source, archive.open(zipfile.ZipInfo(place), "w") as out:
        copyfileobj(source, out, MANY)
