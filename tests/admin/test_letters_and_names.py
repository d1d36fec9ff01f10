"""The post room and the public names: what editors can change there, and how they are told when they can't."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial.letters.writing import put_in_post
from blog.models import Author, Letter
from blog.states import State
from tests.admin.pages import piece_now
from tests.factories import make_author, make_published
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(db) -> Letter:
    return put_in_post(
        "to_reader/comment_approved",
        to_address="dana@council.example",
        at=timezone.now(),
        subject="Your comment",
        text="It is out.",
    )


def act(client, letter, what):
    return client.post(reverse("admin:blog_letter_act", args=[letter.pk, what]))


def status(letter) -> str:
    letter.refresh_from_db()
    return letter.status


def test_a_letter_is_held_released_and_cancelled(as_editor, letter):
    for what, becomes in (("hold", "held"), ("release", "waiting"), ("cancel", "cancelled")):
        assert act(as_editor, letter, what).status_code == 302
        assert status(letter) == becomes


def test_what_the_status_does_not_allow_is_refused(as_editor, letter):
    act(as_editor, letter, "cancel")
    for what in ("hold", "release", "cancel"):
        assert act(as_editor, letter, what).status_code == 409
    assert act(as_editor, letter, "burn").status_code == 404
    assert as_editor.get(reverse("admin:blog_letter_act", args=[letter.pk, "hold"])).status_code == 405


def test_a_letter_being_sent_is_left_alone(as_editor, letter):
    Letter.objects.update(claimed_until=timezone.now() + dt.timedelta(minutes=5))
    assert act(as_editor, letter, "cancel").status_code == 409
    assert status(letter) == "waiting"


def test_the_words_are_changed_or_kept_as_typed(as_editor, letter):
    url = reverse("admin:blog_letter_rewrite", args=[letter.pk])
    refused = as_editor.post(url, {"subject": "A careful subject", "text": " "})
    assert refused.status_code == 422
    assert "A careful subject" in refused.content.decode()
    assert as_editor.post(url, {"subject": "Kinder", "text": "It is out now."}).status_code == 302
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Kinder", "It is out now.\n")


def test_a_confidential_letter_shows_its_text_to_nobody(as_editor, letter):
    Letter.objects.update(is_confidential=True, text="The code is 731 204")
    page = as_editor.get(reverse("admin:blog_letter_change", args=[letter.pk])).content.decode()
    assert "731 204" not in page
    rewrite = reverse("admin:blog_letter_rewrite", args=[letter.pk])
    assert as_editor.post(rewrite, {"subject": "A", "text": "B"}).status_code == 409


def test_many_letters_are_held_at_once_and_the_rest_reported(as_editor, letter):
    other = put_in_post("x", to_address="a@b.example", at=timezone.now(), subject="S", text="T")
    act(as_editor, other, "cancel")
    response = as_editor.post(
        "/admin/blog/letter/", {"action": "hold_letters", "_selected_action": [letter.pk, other.pk]}, follow=True
    )
    page = response.content.decode()
    assert status(letter) == "held"
    assert "1 letter was changed." in page
    assert "1 letter stayed as it is" in page


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_database_the_same_number_of_times(number, editor, as_editor, django_assert_num_queries):
    for _ in range(number):
        piece_now(State.SUBMITTED, editor=editor)
    for path, queries in (("letter", 14), ("post", 15), ("author", 9)):
        with django_assert_num_queries(queries):
            assert as_editor.get(f"/admin/blog/{path}/").status_code == 200


@pytest.mark.parametrize("path", ["letter", "post", "author", "series", "category", "tag"])
def test_only_editors_see_the_lists(path, client, as_reader, as_editor):
    url = f"/admin/blog/{path}/"
    assert as_editor.get(url).status_code == 200
    assert as_editor.get(url + "?q=%00").status_code == 400
    assert client.get(url).status_code == 302
    assert as_reader.get(url, follow=True).status_code == 403


def test_a_name_is_changed_with_its_portrait(as_editor):
    author = make_author()
    url = reverse("admin:blog_author_change", args=[author.pk])
    fields = {"name": "Priya R. Raman", "role": "Director", "organisation": "Calder Vale", "about": "Writes lists."}
    assert as_editor.post(url, {**fields, "portrait": picture_file("JPEG")}).status_code == 302
    author.refresh_from_db()
    assert (author.name, author.slug, author.role) == ("Priya R. Raman", "priya-r-raman", "Director")
    assert author.portrait


def test_a_known_name_keeps_its_address_unless_it_becomes_a_pen_name(as_editor):
    author = make_published().ordered_bylines()[0].author
    url = reverse("admin:blog_author_change", args=[author.pk])
    as_editor.post(url, {"name": "Priya R. Raman"})
    assert Author.objects.get().slug == "priya-raman"
    as_editor.post(url, {"name": "A Planner", "is_pen_name": "on"})
    assert Author.objects.get().slug == "a-planner"


def test_a_blank_name_or_a_file_that_is_no_picture_changes_nothing(as_editor):
    author = make_author()
    url = reverse("admin:blog_author_change", args=[author.pk])
    blank = as_editor.post(url, {"name": " ", "role": "A role I typed"})
    assert blank.status_code == 422
    assert "A role I typed" in blank.content.decode()
    wrong = picture_file()
    wrong.file.seek(0)
    wrong.file.write(b"<svg onload=alert(1)>")
    wrong.file.truncate()
    wrong.seek(0)
    assert as_editor.post(url, {"name": "Somebody else", "portrait": wrong}).status_code == 422
    author.refresh_from_db()
    assert (author.name, author.portrait) == ("Priya Raman", None)
