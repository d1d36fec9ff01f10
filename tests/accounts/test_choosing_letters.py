"""Choosing which letters one gets, and the link at their end, which mail scanners may open."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.editorial import drafting
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters import post_room
from blog.editorial.letters.writing import write_letter
from blog.models import Letter, LetterChoice, News
from tests.factories import NOW, make_editor, make_piece
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/accounts/letters/"


@pytest.fixture
def link(reader):
    return reverse("accounts:end_letters", args=[letter_choices.token_for(reader.pk, "reminders")])


def reminder(user):
    post = make_piece(writer=user)
    Letter.objects.all().delete()
    return write_letter(
        "to_writer/text_soon", to_address=user.email, to_name="Priya Raman", to_user=user, post=post, at=NOW
    )


def test_readers_choose_among_what_they_can_get_and_editors_among_more(as_reader, as_editor):
    assert "Comments that wait for an editor" not in as_reader.get(PAGE).content.decode()
    assert "Comments that wait for an editor" in as_editor.get(PAGE).content.decode()
    assert "What always comes" in as_reader.get(PAGE).content.decode()


def test_a_choice_is_kept_and_nothing_else_is_touched(as_reader, reader):
    answer = as_reader.post(PAGE, {"reminders": "never", "unassigned": "never", "invitations": "never"})

    assert answer.status_code == 302
    assert [(row.group, row.how_often) for row in LetterChoice.objects.filter(user=reader)] == [("reminders", "never")]


def test_what_cannot_be_chosen_is_refused(as_reader):
    answer = as_reader.post(PAGE, {"reminders": "daily"})

    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert not LetterChoice.objects.exists()


def test_an_optional_letter_says_how_to_end_it_and_a_necessary_one_does_not(writer, editor, mailoutbox):
    reminder(writer)
    post_room.send_due(at=NOW)
    sent = mailoutbox[0]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in sent.body
    assert link in sent.alternatives[0][0]
    assert "/accounts/letters/end/" not in Letter.objects.get().text

    post = make_piece(writer=writer, editor=editor)
    Letter.objects.all().delete()
    drafting.say(post=post, text="A question.", by=editor, at=NOW)
    post_room.send_due(at=NOW)
    assert "List-Unsubscribe" not in mailoutbox[1].extra_headers


def test_a_scanner_that_opens_the_link_changes_nothing(link, client, reader):
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert client.head(link).status_code == 200

    assert "Send me no more of these" in page.content.decode()
    assert letter_choices.choice_of(reader, "reminders") == "at_once"


def test_one_post_ends_it_without_signing_in_or_a_cookie(link, reader):
    mail_program = Client(enforce_csrf_checks=True)

    answer = mail_program.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert letter_choices.choice_of(reader, "reminders") == "never"


@pytest.mark.parametrize("token", ["x", "x" * 4000, "%00", "WzEsICJyZW1pbmRlcnMiXQ:x:y"])
def test_a_link_that_was_made_up_leads_nowhere(token, client):
    assert client.post(f"/accounts/letters/end/{token}/").status_code == 404


def test_the_link_of_the_letter_of_the_day_ends_all_that_came_in_it(client, writer):
    letter_choices.choose(user=writer, choices={"comments_on_yours": "daily"}, at=NOW)
    client.post(reverse("accounts:end_letters", args=[letter_choices.token_for(writer.pk, "digest")]))

    assert letter_choices.choice_of(writer, "comments_on_yours") == "never"
    assert letter_choices.choice_of(writer, "reminders") == "at_once"


def test_editors_choose_how_they_hear_of_pieces_that_nobody_looks_after(writer):
    at_once, daily, never = (make_editor() for _ in range(3))
    letter_choices.choose(user=daily, choices={"unassigned": "daily"}, at=NOW)
    letter_choices.choose(user=never, choices={"unassigned": "never"}, at=NOW)
    post = make_piece(writer=writer, editor=at_once)
    type(post).objects.update(editor=None)
    post.refresh_from_db()
    Letter.objects.all().delete()

    drafting.submit_for_review(post=post, by=writer, at=NOW)

    assert [letter.to_user for letter in Letter.objects.all()] == [at_once]
    assert [row.user for row in News.objects.all()] == [daily]


def test_a_piece_never_arrives_unseen(writer):
    editors = [make_editor(), make_editor()]
    for one in editors:
        letter_choices.choose(user=one, choices={"unassigned": "never"}, at=NOW)
    post = make_piece(writer=writer, editor=editors[0])
    type(post).objects.update(editor=None)
    post.refresh_from_db()
    Letter.objects.all().delete()

    drafting.submit_for_review(post=post, by=writer, at=NOW)

    assert {letter.to_user for letter in Letter.objects.all()} == set(editors)


def test_the_page_is_for_those_who_are_signed_in(client, reader):
    assert client.get(PAGE).status_code == 302
    assert signed_in(reader).get(PAGE).status_code == 200
