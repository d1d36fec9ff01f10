"""What editors do with a mailing on its way: hold it, let it go, cancel it, send again what is unsure, and try it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import put_in_post
from blog.editorial.mailings.messages import sample_of
from blog.editorial.mailings.sending import counts_of
from blog.editorial.permissions import is_publisher, is_publisher_of, require_publisher, require_publisher_of
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import Delivery, Letter, Mailing, MailingAct

if TYPE_CHECKING:
    from accounts.models import User

Act, State = MailingAct.Kind, Mailing.State


def hold(*, mailing: Mailing, by: "User", at: dt.datetime) -> None:
    """Keep a mailing from going out, or from going on: at most the one letter on the wire still arrives."""
    _change(mailing, {State.PLANNED, State.SENDING}, Act.HOLD, {"state": State.HELD}, by=by, at=at)


def release(*, mailing: Mailing, by: "User", at: dt.datetime) -> None:
    """Let a held mailing go: at its time, at once if that has passed, or on from where it stopped."""
    has_begun = Mailing.objects.filter(pk=mailing.pk, queued_at__isnull=False).exists()
    goes_on: dict[str, object] = {"state": State.SENDING, "wait_until": None}
    waits: dict[str, object] = {"state": State.PLANNED, "at": max(mailing.at, at)}
    _change(mailing, {State.HELD}, Act.RELEASE, goes_on if has_begun else waits, by=by, at=at)


def cancel(*, mailing: Mailing, by: "User", at: dt.datetime) -> None:
    """Send no more of a mailing, ever. The pieces of a round-up that had not begun come with the next."""
    counts: dict[str, object] = {**counts_of(mailing)} if mailing.queued_at else {}
    origins = {State.PLANNED, State.SENDING, State.HELD}
    _change(mailing, origins, Act.CANCEL, {"state": State.CANCELLED, **counts}, by=by, at=at)


def send_again(*, mailing: Mailing, by: "User", at: dt.datetime) -> int:
    """Send again what failed, and what may have been on its way when a worker died. Returns how many.

    Somebody may then get an unsure one twice, with the same Message-ID; that is the editor's decision, never ours.
    """
    states = [Delivery.State.UNSURE, Delivery.State.FAILED]
    with transaction.atomic():
        going: dict[str, object] = {"state": State.SENDING, "done_at": None}
        _change(mailing, {State.SENDING, State.DONE}, Act.AGAIN, going, by=by, at=at)
        rows = Delivery.objects.filter(mailing=mailing, state__in=states)
        return rows.update(
            state=Delivery.State.QUEUED, attempts=0, due_at=at, claim="", claimed_until=None, last_error=""
        )


def send_trial(*, mailing: Mailing, by: "User", at: dt.datetime) -> Letter:
    """Send the mailing as it is now to the editor alone, through the post room."""
    _require(by, mailing)
    sample = sample_of(mailing, at=at, by=by)
    if sample is None:
        raise MoveNotAllowedError(_("There is no piece in it, so there is nothing to try."))
    return put_in_post(
        sample.kind,
        to_address=by.email,
        to_name=by.display_name,
        to_user=by,
        at=at,
        subject=_("Trial: {subject}").format(subject=sample.subject),
        text=sample.text,
    )


def may_change(user: "User", mailing: Mailing) -> bool:
    """Whether the account may do something with a mailing: who publishes, of a piece's own who publishes that piece."""
    return is_publisher_of(user, mailing.post) if mailing.post else is_publisher(user)


def _require(by: "User", mailing: Mailing) -> None:
    if mailing.post:
        require_publisher_of(by, mailing.post)
    else:
        require_publisher(by)


def _change(
    mailing: Mailing,
    origins: set[Mailing.State],
    kind: MailingAct.Kind,
    fields: dict[str, object],
    *,
    by: "User",
    at: dt.datetime,
) -> None:
    _require(by, mailing)
    with transaction.atomic():
        if not Mailing.objects.filter(pk=mailing.pk, state__in=origins).update(**fields):
            mailing.refresh_from_db()
            sentence = _("The mailing is “{state}”. Nothing was changed.")
            raise MoveNotAllowedError(sentence.format(state=mailing.get_state_display()))
        MailingAct.objects.create(mailing=mailing, kind=kind, by=by, at=at)
    mailing.refresh_from_db()
