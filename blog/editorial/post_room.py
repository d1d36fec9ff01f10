"""Sending what is due: once, retried with back-off, kept on failure. A killed worker loses nothing."""

import datetime as dt
import smtplib
from email.utils import formataddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q
from django.utils.encoding import punycode
from django.utils.translation import gettext

from blog.editorial.invitations import link_of
from blog.editorial.letter_html import html_of
from blog.editorial.letters import INVITATION_LINK
from blog.editorial.permissions import require_editor
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Letter
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

LEASE = dt.timedelta(minutes=5)
# After these tries, with these waits between them, a letter counts as failed: about a day in all
WAITS = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 1200)]

UNSENT = {Letter.Status.WAITING, Letter.Status.HELD, Letter.Status.FAILED}


def claim_next(*, at: dt.datetime) -> Letter | None:
    """Claim the letter that has been due longest, for five minutes, or return None.

    The claim is a conditional update: of several workers one gets the letter. If that worker dies, the lease runs
    out and another takes over.
    """
    due = Letter.objects.filter(status=Letter.Status.WAITING, due_at__lte=at).filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    )
    for letter in due.order_by("due_at", "pk")[:10]:
        if due.filter(pk=letter.pk).update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
            letter.refresh_from_db()
            return letter
    return None


def send_due(*, at: dt.datetime, most: int = 100) -> int:
    """Send what is due at that moment, at most so many, and return how many went out."""
    sent = 0
    for _ in range(most):
        letter = claim_next(at=at)
        if letter is None:
            break
        sent += send(letter, at=at)
    return sent


def send(letter: Letter, *, at: dt.datetime) -> bool:
    """Send a claimed letter, and write down what came of it. A mail server that fails delays this letter alone."""
    claim = Letter.objects.filter(pk=letter.pk, status=Letter.Status.WAITING, claimed_until=letter.claimed_until)
    try:
        _message(letter).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        is_over = letter.attempts > len(WAITS)
        claim.update(
            status=Letter.Status.FAILED if is_over else Letter.Status.WAITING,
            due_at=at if is_over else at + WAITS[letter.attempts - 1],
            claimed_until=None,
            last_error=f"{type(error).__name__}: {error}"[:1000],
        )
        return False
    emptied = {"text": ""} if letter.is_confidential else {}
    claim.update(status=Letter.Status.SENT, sent_at=at, claimed_until=None, last_error="", **emptied)
    return True


def _message(letter: Letter) -> EmailMultiAlternatives:
    text = letter.text
    if letter.invitation:
        text = text.replace(INVITATION_LINK, link_of(letter.invitation))
    local, _at, domain = letter.to_address.rpartition("@")
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((letter.to_name, f"{local}@{punycode(domain)}"))],
        # RFC 3834: an automatic letter says so, and out-of-office replies leave it alone
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html_of(subject=letter.subject, text=text), "text/html")
    return message


def hold(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Keep a waiting letter from going out."""
    _change(letter, by, at, {Letter.Status.WAITING}, status=Letter.Status.HELD)


def release(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Let a held letter go, or try a failed one again from the beginning."""
    _change(
        letter, by, at, {Letter.Status.HELD, Letter.Status.FAILED}, status=Letter.Status.WAITING, due_at=at, attempts=0
    )


def rewrite(*, letter: Letter, subject: str, text: str, by: "User", at: dt.datetime) -> None:
    """Change the words of a letter that has not gone out. Confidential ones can't be changed.

    Raises IncompleteError for an empty letter, and for an invitation that would go out without its link.
    """
    if letter.is_confidential:
        raise MoveNotAllowedError(gettext("A confidential letter can’t be changed."))
    subject, text = clean_line(subject), clean_text(text)
    if not subject or not text:
        raise IncompleteError({"text": gettext("A letter needs a subject and a text.")})
    if letter.invitation_id and INVITATION_LINK not in text:
        sentence = gettext("Put “{link}” where the guest’s link belongs; without it nobody can accept.")
        raise IncompleteError({"text": sentence.format(link=INVITATION_LINK)})
    _change(letter, by, at, UNSENT, subject=subject[:250], text=text + "\n")


def cancel(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Never send a letter that has not gone out."""
    _change(letter, by, at, UNSENT, status=Letter.Status.CANCELLED)


def _change(letter: Letter, by: "User", at: dt.datetime, origins: set[Letter.Status], **fields: object) -> None:
    require_editor(by)
    rows = Letter.objects.filter(pk=letter.pk, status__in=origins).filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    )
    if not rows.update(**fields):
        letter.refresh_from_db()
        raise MoveNotAllowedError(
            gettext("The letter is “{status}”. Nothing was changed.").format(status=letter.get_status_display())
        )
    letter.refresh_from_db()
