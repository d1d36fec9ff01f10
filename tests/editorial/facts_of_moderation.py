"""What must never be false about rules, blocks, reports and complaints: rows for `test_facts`."""

import datetime as dt
from collections.abc import Callable

from accounts.models import AccountBlock, Complaint, ListedWord, ModerationRules, Report
from tests.factories import NOW, UserFactory, make_comment, make_published

BEFORE = NOW - dt.timedelta(days=1)


def block(**values: object) -> None:
    AccountBlock.objects.create(**{"user": UserFactory(), "reason": "Adverts.", "at": NOW, **values})


def blocked_twice() -> None:
    user = UserFactory()
    for _ in range(2):
        block(user=user)


def report(**values: object) -> Report:
    comment = make_comment(make_published(), UserFactory())
    return Report.objects.create(**{"comment": comment, "reporter": UserFactory(), "kind": "spam", "at": NOW, **values})


def reported_twice() -> None:
    first = report()
    report(comment=first.comment, reporter=first.reporter)


def complaint(**values: object) -> None:
    fields = {
        "post": make_published(),
        "kind": "other",
        "name": "Max Roe",
        "address": "max@law.example",
        "passage": "All of it.",
        "why": "It is so.",
        "at": NOW,
        "due_at": NOW + dt.timedelta(days=2),
    }
    Complaint.objects.create(**{**fields, **values})


FALSE_OF_MODERATION: dict[str, Callable[[], object]] = {
    "there_is_one_set_of_rules": lambda: ModerationRules.objects.create(pk=2),
    "rules_let_something_happen": lambda: ModerationRules.objects.create(pk=1, reports_to_hold=0),
    "listed_word_is_a_word": lambda: ListedWord.objects.create(words="!", folded=""),
    "block_has_a_reason": lambda: block(reason=""),
    "block_ends_after_it_began": lambda: block(until=BEFORE),
    "block_is_lifted_after_it_began": lambda: block(ended_at=BEFORE),
    "one_block_at_a_time": blocked_twice,
    "report_kind_is_known": lambda: report(kind="x"),
    "report_is_open_or_closed": lambda: report(outcome="upheld"),
    "one_open_report_by_account": reported_twice,
    "complaint_kind_is_known": lambda: complaint(kind="x"),
    "complaint_says_who_what_why": lambda: complaint(why=""),
    "complaint_is_due_later": lambda: complaint(due_at=BEFORE),
    "complaint_is_open_answered_or_closed": lambda: complaint(state="answered"),
}
