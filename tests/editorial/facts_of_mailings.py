"""What must never be false about mailings: rows for `test_facts`."""

from collections.abc import Callable

from blog.models import Delivery, Mailing, MailingAct, MailingPiece, RoundUpTime
from tests.factories import NOW, make_published


def mailed(**values: object) -> Mailing:
    fields = {"kind": "round_up", "day": NOW.date(), "since": NOW, "at": NOW, "prepared_at": NOW}
    return Mailing.objects.create(**{**fields, **values})


def mailed_twice(**values: object) -> None:
    mailed(**values)
    mailed(**values)


def announced_twice() -> None:
    mailed_twice(kind="announcement", post=make_published(), day=None, since=None)


def delivered(times: int = 1, **values: object) -> None:
    fields = {"mailing": mailed(), "address": "x@council.example", "due_at": NOW}
    for _ in range(times):
        Delivery.objects.create(**{**fields, **values})


def holds_a_piece_twice() -> None:
    mailing, post = mailed(), make_published()
    for _ in range(2):
        MailingPiece.objects.create(mailing=mailing, post=post, position=1)


FALSE_OF_MAILINGS: dict[str, Callable[[], object]] = {
    "mailing_state_is_known": lambda: mailed(state="x"),
    "mailing_is_of_a_piece_or_of_a_week": lambda: mailed(post=make_published()),
    "piece_is_announced_once": announced_twice,
    "day_has_one_round_up": mailed_twice,
    "mailing_that_goes_out_has_begun": lambda: mailed(state="sending"),
    "mailing_has_an_end_once_it_is_done": lambda: mailed(done_at=NOW),
    "piece_is_once_in_a_round_up": holds_a_piece_twice,
    "delivery_state_is_known": lambda: delivered(state="x"),
    "delivery_has_an_address": lambda: delivered(address=""),
    "address_gets_a_mailing_once": lambda: delivered(2),
    "delivery_has_a_date_once_it_is_sent": lambda: delivered(state="sent"),
    "mailing_act_is_known": lambda: MailingAct.objects.create(mailing=mailed(), kind="x", at=NOW),
    "there_is_one_round_up_time": lambda: RoundUpTime.objects.create(pk=2),
    "round_up_time_exists": lambda: RoundUpTime.objects.create(pk=1, weekday=7),
}
