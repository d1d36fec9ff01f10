"""The words of letters: which are in force, how the blanks are filled, and how editors change them.

A wording is plain text with words in braces, `{title}`. A word stands for something plain from the list of its kind of
letter, and for nothing else: no attribute, no tag, no filter. What is filled in is never read for braces again.
"""

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.template.loader import get_template
from django.utils.translation import gettext as _

from blog.editorial.letters.kinds import KINDS, Kind
from blog.editorial.permissions import require_administrator
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import LetterWording
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

MAX_SUBJECT = 200
MAX_TEXT = 10_000
BLANK = re.compile(r"\{([^{}\n]*)\}")
# An empty word takes the space before it along, so that no gap shows where it would have stood
BLANK_AND_SPACE = re.compile(r"( ?)\{([^{}\n]*)\}")


class WordingHasChangedError(MoveNotAllowedError):
    """Somebody else has changed the words since the page was opened."""


@dataclass(frozen=True)
class Wording:
    """A subject and a text with blanks in them."""

    subject: str
    text: str


def default_wording(kind: str) -> Wording | None:
    """Return the words that the blog comes with; None for a letter that is still made by a Django template."""
    return _read(f"letters/{kind}.txt")


@functools.cache
def _read(path: str) -> Wording | None:
    source: str = get_template(path).template.source  # type: ignore[attr-defined]  # Django’s own templates have it
    if "{%" in source or "{{" in source:
        return None
    subject, _newline, text = source.strip().partition("\n")
    return Wording(subject.strip(), text.strip())


def wording_of(kind: str) -> Wording | None:
    """Return the words in force: an editor's newest, or those that the blog comes with."""
    newest = newest_wording(kind) if kind in KINDS else None
    if newest and not newest.is_default:
        return Wording(newest.subject, newest.text)
    return default_wording(kind)


def newest_wording(kind: str) -> LetterWording | None:
    """Return what an editor wrote last, or that the letter went back to its own words."""
    return LetterWording.objects.filter(kind=kind).order_by("-number").first()


def fill(wording: Wording, words: Mapping[str, str]) -> Wording:
    """Fill the blanks in.

    A line in which nothing is left disappears, and no two empty lines follow each other where it stood. The words
    themselves are put in as they are: one that holds braces or line breaks changes nothing around it.
    """
    lines: list[str] = []
    for line in wording.text.strip().split("\n"):
        filled = _fill_line(line, words)
        if (BLANK.search(line) and not filled) or (not filled and (not lines or not lines[-1])):
            continue
        lines.append(filled)
    return Wording(clean_line(_fill_line(wording.subject, words)), "\n".join(lines).strip())


def _fill_line(line: str, words: Mapping[str, str]) -> str:
    def put_in(found: re.Match[str]) -> str:
        word = words.get(found[2], "")
        return found[1] + word if word else ""

    return BLANK_AND_SPACE.sub(put_in, line).strip(" ")


def change_wording(*, kind: str, subject: str, text: str, seen: int, by: "User", at: dt.datetime) -> LetterWording:
    """Give a kind of letter other words, from now on; letters that are written already keep theirs.

    Raises PermissionDenied for others than administrators, IncompleteError (by field) for a wording with an unknown
    word, with braces that don't match or without a word that the letter needs, and WordingHasChangedError if somebody
    has changed it since version `seen` was looked at (0 if there was none).
    """
    require_administrator(by)
    subject, text = clean_line(subject), clean_text(text)
    if errors := faults_in(KINDS[kind], subject, text):
        raise IncompleteError(errors)
    return _keep(kind, subject, text, seen=seen, by=by, at=at)


def go_back_to_default(*, kind: str, seen: int, by: "User", at: dt.datetime) -> LetterWording:
    """Give a kind of letter the words again that the blog came with. What editors wrote stays in its history."""
    require_administrator(by)
    newest = newest_wording(kind)
    if newest is None or newest.is_default:
        raise EditorialRefusal(_("This letter has the words already that the blog came with."))
    return _keep(kind, "", "", seen=seen, by=by, at=at)


def _keep(kind: str, subject: str, text: str, *, seen: int, by: "User", at: dt.datetime) -> LetterWording:
    newest = newest_wording(kind)
    number = newest.number if newest else 0
    if number != seen:
        raise WordingHasChangedError(_("Somebody has changed this letter meanwhile. Compare their words with yours."))
    try:
        with transaction.atomic():
            return LetterWording.objects.create(
                kind=kind, number=number + 1, subject=subject, text=text, written_by=by, written_at=at
            )
    except IntegrityError as error:  # Two at once: the number is taken
        raise WordingHasChangedError(
            _("Somebody has changed this letter meanwhile. Compare their words with yours.")
        ) from error


def faults_in(kind: Kind, subject: str, text: str) -> dict[str, str]:
    """Return what is wrong with a wording, in a sentence for each field; nothing if it can be used."""
    errors = {}
    if fault := _fault_in_subject(kind, subject):
        errors["subject"] = fault
    if fault := _fault_in_text(kind, text):
        errors["text"] = fault
    return errors


def _fault_in_subject(kind: Kind, subject: str) -> str:
    if not BLANK.sub("", subject).strip():
        return _("Write a subject. It needs words of its own beside those in braces.")
    if len(subject) > MAX_SUBJECT:
        return _("Shorten the subject to {most} characters.").format(most=MAX_SUBJECT)
    if fault := _fault_in_words(kind, subject):
        return fault
    for name in BLANK.findall(subject):
        if kind.word(name).is_long:
            return _("“{word}” can have several lines, so it belongs in the text.").format(word=f"{{{name}}}")
    return ""


def _fault_in_text(kind: Kind, text: str) -> str:
    if not text:
        return _("Write the text of the letter.")
    if len(text) > MAX_TEXT:
        return _("Shorten the text to {most} characters.").format(most=f"{MAX_TEXT:,}")
    if fault := _fault_in_words(kind, text):
        return fault
    for name in kind.needs:
        if f"{{{name}}}" not in text:
            sentence = _("Put “{word}” into the text: {meaning} Without it the letter does not do its work.")
            return sentence.format(word=f"{{{name}}}", meaning=kind.word(name).meaning)
    return ""


def _fault_in_words(kind: Kind, written: str) -> str:
    for name in BLANK.findall(written):
        if name not in kind.names:
            known = ", ".join(f"{{{one}}}" for one in kind.names)
            sentence = _("There is no word “{word}” for this letter. There are: {known}.")
            return sentence.format(word=f"{{{name}}}", known=known)
    if found := re.search(r"[{}]", BLANK.sub("", written)):
        sentence = _("A brace “{brace}” stands alone. Braces belong around a word from the list, like {example}.")
        return sentence.format(brace=found[0], example=f"{{{kind.names[0]}}}")
    return ""
