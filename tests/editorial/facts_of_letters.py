"""What must never be false about letters: rows for `test_facts`."""

from collections.abc import Callable

from blog.editorial import invitations
from blog.models import Digest, Letter, LetterAct, LetterChoice, LetterWording, News, Reminder
from tests.factories import NOW, UserFactory, make_editor, make_piece

LETTER = {"kind": "x", "to_address": "x@council.example", "subject": "x", "text": "x", "written_at": NOW, "due_at": NOW}


def acted(**values: object) -> None:
    LetterAct.objects.create(letter=Letter.objects.create(**LETTER), at=NOW, **values)


def worded(**values: object) -> None:
    fields = {"kind": "x", "number": 1, "subject": "x", "text": "x", "written_at": NOW}
    LetterWording.objects.create(**{**fields, **values})


def worded_twice() -> None:
    worded()
    worded()


def chosen(how_often: str = "never", times: int = 1) -> None:
    user = UserFactory()
    for _ in range(times):
        LetterChoice.objects.create(user=user, group="x", how_often=how_often, chosen_at=NOW)


def told(times: int = 1, **values: object) -> None:
    user = UserFactory()
    for _ in range(times):
        News.objects.create(user=user, group="x", key="x", sentence="x", path="/", at=NOW, **values)


def had_two_digests() -> None:
    user = UserFactory()
    for _ in range(2):
        Digest.objects.create(user=user, day=NOW.date(), letter=Letter.objects.create(**LETTER))


def reminded(times: int = 1, **values: object) -> None:
    fields = {"post": make_piece(), "user": UserFactory(), "kind": "text_soon", "turn_since": NOW}
    for _ in range(times):
        Reminder.objects.create(**{**fields, "due": NOW.date(), "at": NOW, **values})


def reminded_as(**values: object) -> None:
    invitation = invitations.invite(by=make_editor(), at=NOW, name="Ivy Lane", email="ivy@council.example")
    fields = {"post": invitation.post, "invitation": invitation, "kind": "invitation_ends", "turn_since": NOW}
    for _ in range(2):
        Reminder.objects.create(**{**fields, "due": NOW.date(), "at": NOW, **values})


FALSE_OF_LETTERS: dict[str, Callable[[], object]] = {
    "account_chooses_once_for_a_group": lambda: chosen(times=2),
    "account_has_one_digest_a_day": had_two_digests,
    "changed_letter_keeps_its_words": lambda: acted(kind="change"),
    "choice_of_letters_is_known": lambda: chosen("x"),
    "letter_act_is_known": lambda: acted(kind="x"),
    "news_is_told_once": lambda: told(times=2),
    "news_is_told_or_dropped": lambda: told(letter=Letter.objects.create(**LETTER), dropped_at=NOW),
    "reminded_by_hand_once_a_day": lambda: reminded(2, kind="by_hand"),
    "reminded_once_in_a_turn": lambda: reminded(2),
    "reminded_once_of_an_invitation": reminded_as,
    "reminder_is_known": lambda: reminded(kind="x"),
    "reminder_is_to_one_person": lambda: reminded_as(user=UserFactory()),
    "wording_has_subject_and_text": lambda: worded(subject=""),
    "wordings_of_a_letter_differ": worded_twice,
}
