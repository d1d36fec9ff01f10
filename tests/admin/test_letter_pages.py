"""The pages about letters: what they say, those that wait, reminders by hand."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.editorial.letters import post_room
from blog.models import Letter, LetterWording, Post, Reminder
from blog.states import State
from tests.admin.pages import piece_now, review_url
from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/letterwording/"
PAGE = f"{LIST}to_writer/declined/"
TEXT = "Dear {to_name},\r\n\r\n{reason}\r\n\r\nSee it:\r\n{link}"


@pytest.fixture
def as_administrator():
    return signed_in(UserFactory(administrator=True))


@pytest.fixture
def decided(editor, as_editor) -> Post:
    post = piece_now(State.SUBMITTED, editor=editor)
    Letter.objects.all().delete()
    answer = as_editor.post(f"/admin/blog/post/{post.pk}/move/decline/", {"reason": "No.", "seen": post.working_id})
    assert answer.status_code == 302
    return post


def test_every_kind_is_listed_with_when_it_is_sent(as_editor):
    page = as_editor.get(LIST).content.decode()

    assert "To writers and guests" in page
    assert "Sent to the writers when an editor declines a piece." in page
    assert f'href="{PAGE}"' in page


def test_editors_read_the_words_and_administrators_change_them(as_editor, as_administrator):
    assert "<textarea" not in as_editor.get(PAGE).content.decode()
    assert as_editor.post(PAGE, {"act": "save", "seen": 0, "subject": "S", "text": TEXT}).status_code == 403
    assert as_administrator.post(PAGE, {"act": "save", "seen": 0, "subject": "S", "text": TEXT}).status_code == 302
    assert LetterWording.objects.get().text == TEXT.replace("\r\n", "\n")


def test_trying_shows_the_letter_and_keeps_nothing(as_administrator):
    page = as_administrator.post(PAGE, {"act": "try", "seen": 0, "subject": "On “{title}”", "text": TEXT})

    assert page.status_code == 200
    assert "On “Who closes a row?”" in page.content.decode()
    assert not LetterWording.objects.exists()


def test_a_fault_is_named_and_what_was_typed_is_kept(as_administrator):
    page = as_administrator.post(PAGE, {"act": "save", "seen": 0, "subject": "S", "text": TEXT + "{colour}"})

    assert page.status_code == 422
    assert "There is no word “{colour}” for this letter." in page.content.decode()
    assert "{colour}</textarea>" in page.content.decode()


def test_whoever_comes_second_sees_both_wordings(as_administrator):
    as_administrator.post(PAGE, {"act": "save", "seen": 0, "subject": "Theirs", "text": TEXT})
    page = as_administrator.post(PAGE, {"act": "save", "seen": 0, "subject": "Mine", "text": TEXT})

    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    assert 'value="Mine"' in page.content.decode()


@pytest.mark.parametrize("path", ["to_writer/none", "x/y", "to_writer/Declined"])
def test_a_kind_that_is_not_there_is_not_found(path, as_administrator):
    assert as_administrator.get(f"{LIST}{path}/").status_code == 404


def test_a_decision_shows_its_letter_and_is_taken_back_with_one_button(decided, as_editor):
    page = as_editor.get(review_url(decided)).content.decode()
    assert "The letter to Priya Raman (Declined) goes out at" in page

    as_editor.post(f"/admin/blog/post/{decided.pk}/move/reconsider/", {"seen": decided.working_id})

    assert Post.objects.get(pk=decided.pk).state == State.SUBMITTED
    assert Letter.objects.get().status == Letter.Status.CANCELLED


def test_a_decisions_letter_is_sent_now_from_the_page_of_the_piece(decided, as_editor, mailoutbox):
    letter = Letter.objects.get()
    answer = as_editor.post(f"/admin/blog/letter/{letter.pk}/hurry/", {"back": "piece"})

    assert answer["Location"] == review_url(decided)
    assert post_room.send_due(at=timezone.now()) == 1


def test_cancelling_it_for_good_asks_why_and_keeps_the_history(decided, as_editor):
    letter = Letter.objects.get()
    address = f"/admin/blog/letter/{letter.pk}/"
    refused = as_editor.post(f"{address}cancel/")
    assert refused.status_code == 422
    assert "hears nothing" in refused.content.decode()

    as_editor.post(f"{address}cancel/", {"reason": "I rang her."})

    page = as_editor.get(f"{address}change/").content.decode()
    assert "What was done to it" in page
    assert "I rang her." in page


def test_somebody_is_reminded_by_a_button_once_a_day(editor, as_editor):
    post = piece_now(State.CHANGES_REQUESTED, editor=editor)
    assert "Remind Priya Raman" in as_editor.get(review_url(post)).content.decode()

    address = f"/admin/blog/post/{post.pk}/remind/"
    assert as_editor.post(address, {"name": "Priya Raman"}).status_code == 302
    assert as_editor.post(address, {"name": "Priya Raman"}).status_code == 409

    assert "Remind Priya Raman" not in as_editor.get(review_url(post)).content.decode()
    assert Reminder.objects.count() == 1


def test_reminders_of_a_piece_are_switched_off_and_on(editor, as_editor):
    post = piece_now(State.CHANGES_REQUESTED, editor=editor, due_date=timezone.localdate() + dt.timedelta(days=3))

    for value, is_reminded in (("0", False), ("1", True)):
        assert as_editor.post(f"/admin/blog/post/{post.pk}/reminders/", {"on": value}).status_code == 302
        assert Post.objects.get(pk=post.pk).is_reminded is is_reminded
