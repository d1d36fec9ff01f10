"""Sending what is due: once, retried with back-off, kept on failure. A killed worker loses nothing."""

import datetime as dt
import smtplib
from email.utils import formataddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.encoding import punycode
from django.utils.translation import gettext

from blog.editorial.invitations import link_of
from blog.editorial.letters.about_mailings import ROUND_UP
from blog.editorial.letters.about_pitches import PITCH_LINK
from blog.editorial.letters.choices import DIGEST, GROUPS, end_link
from blog.editorial.letters.html import html_of
from blog.editorial.letters.writing import INVITATION_LINK, absolute
from blog.editorial.permissions import require_editor, require_editor_of
from blog.editorial.pitching import pitches
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Letter, LetterAct
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

Act = LetterAct.Kind
LEASE = dt.timedelta(minutes=5)
# After these tries, with these waits between them, a letter counts as failed: about a day in all
WAITS = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 1200)]

UNSENT = {Letter.Status.WAITING, Letter.Status.HELD, Letter.Status.FAILED}
MAX_REASON = 1000


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
    # The link is as good as a password, so it goes to whom it belongs, wherever its stand-in was written
    if letter.invitation and letter.invitation.email == letter.to_address:
        text = text.replace(INVITATION_LINK, link_of(letter.invitation))
    if letter.pitch and letter.pitch.email == letter.to_address:
        text = text.replace(PITCH_LINK, pitches.link_of(letter.pitch))
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    if letter.group and letter.to_user_id:
        link = end_link(letter.to_user_id, letter.group)
        text = f"{text.rstrip()}\n\n{_how_to_end(letter, link)}\n"
        # RFC 8058: the mail program ends them with one POST; a scanner that opens the link changes nothing
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    local, _at, domain = letter.to_address.rpartition("@")
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((letter.to_name, f"{local}@{punycode(domain)}"))],
        # RFC 3834: an automatic letter says so, and out-of-office replies leave it alone
        headers=headers,
    )
    message.attach_alternative(
        html_of(subject=letter.subject, text=text, has_pieces=letter.kind == ROUND_UP), "text/html"
    )
    return message


def _how_to_end(letter: Letter, link: str) -> str:
    """Return the end of a letter that people can do without: why it came, and how to have no more of its group."""
    if letter.group == DIGEST:
        why = gettext("You get one letter a day from us, if there is something to tell.")
    else:
        why = gettext("You get this letter because of what you chose about “{group}”.").format(
            group=GROUPS[letter.group].label if letter.group in GROUPS else letter.group
        )
    choose = gettext("Choose what you get: {link}").format(link=absolute(reverse("accounts:letters")))
    return "\n".join(["--", why, choose, gettext("Have no more of these: {link}").format(link=link)])


def hold(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Keep a waiting letter from going out."""
    _change(letter, by, at, {Letter.Status.WAITING}, Act.HOLD, status=Letter.Status.HELD)


def release(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Let a held letter go, or try a failed one again from the beginning."""
    origins = {Letter.Status.HELD, Letter.Status.FAILED}
    _change(letter, by, at, origins, Act.RELEASE, status=Letter.Status.WAITING, due_at=at, attempts=0)


def hurry(*, letter: Letter, by: "User", at: dt.datetime) -> None:
    """Let a decision’s letter go now, without waiting for its minutes to pass."""
    _change(letter, by, at, {Letter.Status.WAITING}, Act.HURRY, due_at=at)


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
    if (subject[:250], text + "\n") != (letter.subject, letter.text):
        _change(letter, by, at, UNSENT, Act.CHANGE, subject=subject[:250], text=text + "\n")


def cancel(*, letter: Letter, by: "User", at: dt.datetime, reason: str = "") -> None:
    """Never send a letter that has not gone out.

    A decision’s letter needs a reason (IncompleteError): without it the writer hears nothing of a decision that stands.
    Whoever has changed their mind takes the decision back instead (`reconsidering`), which cancels its letters.
    """
    reason = clean_text(reason)
    if letter.move_id and not reason:
        sentence = gettext("Without this letter the writer hears nothing of a decision that stands. Say why it stays.")
        raise IncompleteError({"reason": sentence})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": gettext("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    _change(letter, by, at, UNSENT, Act.CANCEL, reason=reason, status=Letter.Status.CANCELLED)


def _change(
    letter: Letter,
    by: "User",
    at: dt.datetime,
    origins: set[Letter.Status],
    kind: LetterAct.Kind,
    *,
    reason: str = "",
    **fields: object,
) -> None:
    """Change a letter that is not being sent at this moment, and write down who did it and what it said before."""
    require_editor(by)
    if letter.post:
        require_editor_of(by, letter.post)
    with transaction.atomic():
        rows = Letter.objects.filter(pk=letter.pk, status__in=origins).filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        )
        earlier = (letter.subject, letter.text) if kind is Act.CHANGE else ("", "")
        if kind is Act.CHANGE:
            earlier = rows.select_for_update(of=("self",)).values_list("subject", "text").first() or earlier
        if not rows.update(**fields):
            letter.refresh_from_db()
            raise MoveNotAllowedError(
                gettext("The letter is “{status}”. Nothing was changed.").format(status=letter.get_status_display())
            )
        LetterAct.objects.create(
            letter=letter, kind=kind, by=by, at=at, reason=reason, earlier_subject=earlier[0], earlier_text=earlier[1]
        )
    letter.refresh_from_db()
