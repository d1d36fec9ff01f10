"""Formal complaints about a piece or a comment: anybody makes one, a clock starts, and an editor answers.

The Defamation Act 2013, section 5, gives the operator of a website a defence if it answers a notice of complaint in
time; the time is in the regulations (`working_days`). Whether a complaint is such a notice is for the editors to say.
"""

import datetime as dt
import hashlib
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting import alerting
from accounts.commenting.permissions import require_moderator_of
from accounts.commenting.working_days import due_after
from accounts.models import Comment, Complaint, ModerationRules, User
from blog.editorial.correspondence import counted, is_mail_address
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Post
from blog.prose import clean_line, clean_text

State = Complaint.State
MAX_NAME, MAX_ADDRESS, MAX_PASSAGE, MAX_WHY, MAX_ANSWER, MAX_NOTE = 120, 254, 2000, 5000, 5000, 1000
MOST_FROM_ONE_ADDRESS = 3  # An hour
MOST_FROM_ALL = 30  # An hour: anybody can make up addresses, and each gets a letter
MOST_OF_A_PAGE = 500
PLACE = re.compile(r"/\d{4}/\d{2}/\d{2}/(?P<slug>[-a-zA-Z0-9_]{1,200})/")
# The receipt goes to whatever address was typed, so the name in it can't be an advertisement with a link
LIKE_A_LINK = re.compile(r"://|/|@|www\.|\w\.(?:[a-z]{2,}|[A-Z]{2,})\b")
ANCHOR = re.compile(r"comment-(?P<pk>[0-9]{1,18})")


class TooManyComplaintsError(EditorialRefusal):
    """More complaints came within an hour than people write: 429 (RFC 6585, 4)."""


def complain(*, page: str, kind: str, passage: str, why: str, name: str, email: str, at: dt.datetime) -> Complaint:
    """Take a formal complaint, and start its clock.

    In this order: cleans the fields and says what is wrong with them (IncompleteError, by field), also for a page that
    readers don't see; counts the complaints from this address, and from all, within the hour
    (TooManyComplaintsError); and in one transaction writes the complaint with the moment by which it is due, a letter
    to who complains that it has arrived, without any word of theirs but the name, and one to each who moderates.
    """
    name, email = clean_line(name), clean_line(email).lower()
    passage, why = clean_text(passage), clean_text(why)
    post, comment = about(page, at=at)
    errors = _missing(kind=kind, passage=passage, why=why, name=name, email=email)
    if post is None:
        errors["page"] = _("Copy the address of the piece or the comment from your browser.")
    if post is None or errors:
        raise IncompleteError(errors)
    _count(email)
    with transaction.atomic():
        complaint = Complaint.objects.create(
            post=post,
            comment=comment,
            kind=kind,
            passage=passage,
            why=why,
            name=name,
            address=email,
            at=at,
            due_at=due_after(at, hours()),
        )
        _write(complaint, "complaint_received", at=at)
        alerting.tell_of_complaint(complaint, at=at)
    return complaint


def answer(*, complaint: Complaint, text: str, by: User, at: dt.datetime) -> None:
    """Answer a complaint by letter, and stop its clock.

    In one transaction: ends it if nobody was quicker (MoveNotAllowedError), and writes the letter. IncompleteError
    without a text.
    """
    require_moderator_of(by, complaint.post)
    text = _text(text, "answer", _("Write the answer; it goes out by letter."), MAX_ANSWER)
    with transaction.atomic():
        _end(complaint, by=by, at=at, state=State.ANSWERED, answer=text)
        _write(complaint, "complaint_answered", at=at, answer=text)


def close(*, complaint: Complaint, note: str, by: User, at: dt.datetime) -> None:
    """Close a complaint without a letter, for a reason that the editors read: spam, or one that came twice."""
    require_moderator_of(by, complaint.post)
    note = _text(note, "note", _("Write why it needs no answer."), MAX_NOTE)
    _end(complaint, by=by, at=at, state=State.CLOSED, note=note)


def about(page: str, *, at: dt.datetime) -> tuple[Post | None, Comment | None]:
    """Return the piece that an address leads to, and the comment if it leads to one, as far as readers see them."""
    try:
        parts = urlsplit(clean_line(page)[:MOST_OF_A_PAGE])
    except ValueError:
        return None, None
    place = PLACE.match(parts.path)
    if place is None or (parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc):
        return None, None
    post = Post.objects.visible_at(at).filter(slug=place["slug"]).select_related("live").first()
    anchor = ANCHOR.fullmatch(parts.fragment)
    if post is None or anchor is None:
        return post, None
    return post, Comment.objects.public().filter(pk=int(anchor["pk"]), post=post).first()


def address_of(path: str) -> str:
    """Return the full address of a page, as a browser shows it."""
    return f"{settings.SITE_URL}{path}"


def hours() -> int:
    """Return in how many hours of working days a complaint is to be answered."""
    return ModerationRules.current().complaint_hours


def _missing(*, kind: str, passage: str, why: str, name: str, email: str) -> dict[str, str]:
    errors: dict[str, str] = {}
    if kind not in Complaint.Kind.values:
        errors["kind"] = _("Choose what is wrong.")
    for field, text, missing, most in (
        ("passage", passage, _("Quote the words, or say where they stand."), MAX_PASSAGE),
        ("why", why, _("Say why you complain."), MAX_WHY),
        ("name", name, _("Write your name."), MAX_NAME),
        ("email", email, _("Write your mail address, so that we can answer."), MAX_ADDRESS),
    ):
        if not text:
            errors[field] = missing
        elif len(text) > most:
            errors[field] = _("Shorten this to {most} characters.").format(most=f"{most:,}")
    if "name" not in errors and LIKE_A_LINK.search(name):
        errors["name"] = _("Write your name alone, without an address.")
    if "email" not in errors and not is_mail_address(email):
        errors["email"] = _("Write a whole mail address, such as name@council.gov.uk.")
    return errors


def _count(email: str) -> None:
    sender = hashlib.sha256(email.encode()).hexdigest()  # So that the cache holds nobody's address
    if counted(f"complaints-from-{sender}") > MOST_FROM_ONE_ADDRESS or counted("complaints-from-all") > MOST_FROM_ALL:
        raise TooManyComplaintsError(
            _("Many complaints have come within the hour. Please keep your text and send it again in an hour.")
        )


def _text(text: str, field: str, missing: str, most: int) -> str:
    text = clean_text(text)
    if not text:
        raise IncompleteError({field: missing})
    if len(text) > most:
        raise IncompleteError({field: _("Shorten this to {most} characters.").format(most=f"{most:,}")})
    return text


def _end(complaint: Complaint, *, by: User, at: dt.datetime, state: str, answer: str = "", note: str = "") -> None:
    ended = Complaint.objects.filter(pk=complaint.pk, state=State.OPEN).update(
        state=state, ended_at=at, ended_by=by, answer=answer, note=note
    )
    if not ended:
        raise MoveNotAllowedError(_("Somebody was quicker: this complaint is not open any more."))
    complaint.refresh_from_db()


def _write(complaint: Complaint, kind: str, *, at: dt.datetime, answer: str = "") -> None:
    write_letter(
        f"to_reader/{kind}",
        to_address=complaint.address,
        to_name=complaint.name,
        post=complaint.post,
        at=at,
        complaint=complaint,
        answer=answer,
    )
