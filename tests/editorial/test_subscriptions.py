"""Following by mail: asked, confirmed, ended, come back, merged, hidden and forgotten."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import topics
from blog.editorial.names import authors, identity, mergers
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions import (
    asking,
    bouncing,
    confirming,
    counting,
    ending,
    forgetting,
    managing,
)
from blog.editorial.subscriptions.subjects import EVERYTHING, Subject
from blog.models import Letter, Subscription
from tests.factories import NOW, CategoryFactory, UserFactory, make_author, make_editor

pytestmark = pytest.mark.django_db
RITA = "rita@council.example"
DAY = dt.timedelta(days=1)


def ask(address: str = RITA, subject: Subject = EVERYTHING, how_often: str = "at_once", at: dt.datetime = NOW) -> None:
    asking.ask(address=address, subject=subject, how_often=how_often, at=at)


def following(address: str = RITA, **fields: object) -> Subscription:
    """Make somebody who follows everything, or something else."""
    values = {"subject_kind": "everything", "state": "active", "asked_at": NOW, "confirmed_at": NOW, **fields}
    return Subscription.objects.create(address=address, **values)


def told() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_asked_twice_it_is_one_row_with_the_newest_wish():
    ask(" Rita@Council.example ")
    ask(how_often="weekly", at=NOW + DAY)
    row = Subscription.objects.get()
    assert (row.address, row.state, row.how_often, row.asked_at) == (RITA, "asked", "weekly", NOW + DAY)
    assert told() == ["to_reader/follow_confirm"] * 2


def test_what_follows_already_is_told_so_in_the_letter_alone():
    row = following(how_often="weekly")
    ask()
    assert told() == ["to_reader/follow_running"]
    letter = Letter.objects.get()
    assert ending.manage_link(row) in letter.text
    assert "One letter a week" in letter.text
    assert letter.is_confidential
    row.refresh_from_db()
    assert row.how_often == "weekly"


def test_one_mailbox_gets_few_letters_a_day_whoever_asks():
    for number in range(8):
        ask(f"rita+{number}@council.example")
    assert len(told()) == asking.LETTERS_A_DAY
    assert Subscription.objects.count() == asking.LETTERS_A_DAY
    ask("other@council.example")
    ask(at=NOW + DAY + DAY)
    assert len(told()) == asking.LETTERS_A_DAY + 2


def test_all_at_once_are_limited(monkeypatch):
    monkeypatch.setattr(asking, "MOST_FROM_ALL", 1)
    ask()
    with pytest.raises(asking.TooManyLettersError):
        ask("other@council.example")


def test_a_letter_that_asks_holds_nothing_that_was_typed_and_no_address():
    ask(subject=Subject("category", CategoryFactory(name="Planning")))
    letter = Letter.objects.get()
    assert "the category “Planning”" in letter.text
    assert "rita" not in letter.text


def test_confirming_works_for_thirty_days_and_once_more_changes_nothing():
    ask()
    row = Subscription.objects.get()
    assert not confirming.confirm(subscription=row, at=NOW + 30 * DAY)
    assert confirming.confirm(subscription=row, at=NOW + 29 * DAY)
    assert confirming.confirm(subscription=row, at=NOW + 60 * DAY)
    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("active", NOW + 29 * DAY)
    ending.end(subscription=row, at=NOW + 60 * DAY)
    assert not confirming.confirm(subscription=row, at=NOW + 61 * DAY)


def test_the_link_in_an_old_letter_ends_what_was_asked_for_anew():
    old = following(state="ended", ended_at=NOW, ended_how="reader")
    new, other = following(), following(subject_kind="category", category=CategoryFactory())
    assert ending.end(subscription=old, at=NOW)
    assert not ending.end(subscription=old, at=NOW)
    states = dict(Subscription.objects.values_list("pk", "state"))
    assert (states[new.pk], states[other.pk]) == ("ended", "active")


def test_ending_all_ends_what_is_only_asked_too():
    following()
    ask(subject=Subject("category", CategoryFactory()))
    following("other@council.example")
    assert ending.end_all(address=RITA, at=NOW) == 2
    assert [row.address for row in Subscription.objects.active()] == ["other@council.example"]


def test_how_often_is_changed_for_ones_own_alone():
    mine, theirs = following(), following("other@council.example")
    managing.choose(address=RITA, how_often={mine.pk: "weekly", theirs.pk: "weekly"}, at=NOW)
    assert list(Subscription.objects.order_by("pk").values_list("how_often", flat=True)) == ["weekly", "at_once"]
    with pytest.raises(IncompleteError):
        managing.choose(address=RITA, how_often={mine.pk: "hourly"}, at=NOW)


@pytest.mark.parametrize(
    ("bounces", "state"),
    [
        ([(0, True)], "active"),
        ([(0, True), (1, True)], "bounced"),
        ([(0, False), (1, False)], "active"),
        ([(0, False), (1, False), (2, False)], "bounced"),
        # One a day counts, and what is long past does not
        ([(0, True), (0, True), (0, True)], "active"),
        ([(0, True), (70, True)], "active"),
    ],
)
def test_letters_that_come_back_end_it_after_a_number(bounces, state):
    following()
    following("other@council.example")
    for day, is_permanent in bounces:
        bouncing.note_bounce(address=RITA.upper(), at=NOW + day * DAY, is_permanent=is_permanent)
    assert Subscription.objects.get(address=RITA).state == state
    assert Subscription.objects.get(address="other@council.example").state == "active"


def test_a_complaint_ends_everything_at_once():
    following()
    following(subject_kind="category", category=CategoryFactory())
    assert bouncing.note_complaint(address=RITA, at=NOW) == 2
    assert set(Subscription.objects.values_list("state", "ended_how")) == {("ended", "complaint")}


def test_followers_move_with_a_merged_name_and_none_twice(editor):
    kept, gone = make_author(name="Priya Raman"), make_author(name="P. Raman")
    both, asked = "both@council.example", "asked@council.example"
    following(subject_kind="author", author=gone)
    old = following(both, subject_kind="author", author=gone)
    following(both, subject_kind="author", author=kept)
    following(asked, subject_kind="author", author=gone)
    following(asked, subject_kind="author", author=kept, state="asked", confirmed_at=None)
    mergers.merge(kept=kept, gone=gone, by=editor, at=NOW)
    active = Subscription.objects.active()
    assert sorted(active.values_list("address", "author")) == sorted((one, kept.pk) for one in (RITA, both, asked))
    old.refresh_from_db()
    assert (old.state, old.author_id) == ("ended", kept.pk)
    ending.end(subscription=old, at=NOW)
    assert not active.filter(address=both).exists()


def test_a_name_that_goes_under_a_pen_name_loses_its_followers(editor):
    author, other = make_author(name="Priya Raman"), make_author(name="Sam Whitlock")
    following(subject_kind="author", author=author)
    following(subject_kind="author", author=other)
    changed = identity.details_of(author)
    authors.describe(author=author, details=changed, by=editor, at=NOW)
    authors.describe(
        author=other, details=identity.BylineDetails("Samuel Whitlock", is_pen_name=False), by=editor, at=NOW
    )
    assert Subscription.objects.count() == 2
    hidden = identity.BylineDetails("The Mole", is_pen_name=True)
    authors.describe(author=author, details=hidden, by=editor, at=NOW)
    assert [row.author_id for row in Subscription.objects.all()] == [other.pk]
    # Another description of a pen name changes nothing, another name does
    following(subject_kind="author", author=author)
    told_more = identity.BylineDetails("The Mole", is_pen_name=True, about="Digs.")
    authors.describe(author=author, details=told_more, by=editor, at=NOW)
    assert Subscription.objects.count() == 2
    authors.describe(author=author, details=identity.BylineDetails("Mr Vole", is_pen_name=True), by=editor, at=NOW)
    assert Subscription.objects.count() == 1


def test_a_category_that_is_removed_takes_its_followers_along(editor):
    category = CategoryFactory()
    following(subject_kind="category", category=category)
    topics.remove(topic=category, by=editor, at=NOW)
    assert not Subscription.objects.exists()


def test_addresses_are_kept_no_longer_than_needed():
    ask()
    running = following("runs@council.example")
    following("over@council.example", state="ended", ended_at=NOW, ended_how="reader")
    assert forgetting.clear(at=NOW + 29 * DAY) == 0
    assert forgetting.clear(at=NOW + 31 * DAY) == 1
    assert not Letter.objects.exists()
    assert forgetting.clear(at=NOW + 91 * DAY) == 1
    assert list(Subscription.objects.all()) == [running]


def test_an_erased_address_leaves_nothing():
    following()
    ask()
    following("other@council.example")
    assert forgetting.forget(RITA.upper(), NOW) == 1
    assert [row.address for row in Subscription.objects.all()] == ["other@council.example"]
    assert not Letter.objects.exists()


def test_editors_see_numbers_and_administrators_end_with_a_reason():
    editor, owner = make_editor(), UserFactory(administrator=True)
    category = CategoryFactory(name="Planning")
    row = following()
    following("other@council.example", how_often="weekly")
    following(subject_kind="category", category=category)
    numbers = counting.numbers(by=editor, at=NOW + DAY)
    assert (numbers.addresses, numbers.begun, numbers.ended) == (2, 3, 0)
    assert [(one.subject.label, one.at_once, one.weekly) for one in numbers.subjects] == [
        ("Everything", 1, 1),
        ("The category “Planning”", 1, 0),
    ]
    with pytest.raises(PermissionDenied):
        counting.known(address=RITA, by=editor)
    assert counting.known(address="rita", by=owner) == []
    with pytest.raises(PermissionDenied):
        ending.end_by_administrator(subscription=row, reason="Asked by telephone.", by=editor, at=NOW)
    with pytest.raises(IncompleteError):
        ending.end_by_administrator(subscription=row, reason=" ", by=owner, at=NOW)
    assert ending.end_by_administrator(subscription=row, reason="Asked by telephone.", by=owner, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.ended_by, row.reason) == ("ended", owner, "Asked by telephone.")
