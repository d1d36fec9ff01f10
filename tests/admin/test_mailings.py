"""Mailings in the desk: the list, the page of one, and what its buttons do."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role, give_role
from blog.editorial.mailings import working
from blog.models import Letter, Mailing, Post, RoundUpTime
from blog.states import State
from tests.editorial.mailing_people import follow
from tests.factories import CategoryFactory, UserFactory, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/blog/mailing/"


@pytest.fixture
def round_up(editor) -> Mailing:
    """A round-up of two pieces that goes out within a day."""
    now = timezone.now()
    for title in ("First", "Second"):
        make_published(title=title, editor=editor, at=now - dt.timedelta(hours=2))
    due = timezone.localtime(now + dt.timedelta(hours=20))
    RoundUpTime.objects.create(pk=1, weekday=due.weekday(), hour=due.hour)
    working.look(at=now)
    return Mailing.objects.get(kind=Mailing.Kind.ROUND_UP)


def page_of(mailing: Mailing) -> str:
    return f"{LIST}{mailing.pk}/change/"


def test_the_list_says_what_goes_out_and_how_far_it_is(as_editor, round_up):
    follow("dana@council.example")
    page = as_editor.get(LIST).content.decode()

    assert "Round-up of" in page
    assert "First" in page
    assert "dana@" not in page
    assert as_editor.get(f"{LIST}?page=x\x00").status_code == 200


def test_a_round_up_is_introduced_ordered_and_shown_as_it_goes_out(as_editor, round_up):
    first, second = round_up.pieces.order_by("position")
    typed = {
        "introduction": "A good week.",
        f"place_{first.pk}": "1",
        f"place_{second.pk}": "2",
        "up": str(second.pk),
        "left_out": str(first.pk),
    }

    page = as_editor.post(page_of(round_up), typed, follow=True).content.decode()

    assert "A good week." in page.partition("As it goes out")[2]
    assert [row.is_left_out for row in round_up.pieces.order_by("position")] == [False, True]
    assert "First" not in page.partition("As it goes out")[2]


@pytest.mark.parametrize("place", ["x", "-1", "1000", "1" * 5000, "²", "\x00"])
def test_a_place_that_is_no_number_is_refused_and_what_was_typed_kept(place, as_editor, round_up):
    piece = round_up.pieces.first()

    answer = as_editor.post(page_of(round_up), {"introduction": "Kept.", f"place_{piece.pk}": place})

    assert answer.status_code == 422
    assert "Kept." in answer.content.decode()


def test_an_introduction_that_is_too_long_is_refused_beside_its_field(as_editor, round_up):
    answer = as_editor.post(page_of(round_up), {"introduction": "x" * 2001})

    assert answer.status_code == 422
    assert 'aria-describedby="id_introduction_hint id_introduction_error"' in answer.content.decode()


def test_it_is_held_released_tried_and_cancelled(as_editor, editor, round_up):
    Letter.objects.all().delete()
    said = [
        as_editor.post(f"{LIST}{round_up.pk}/{act}/", follow=True).status_code
        for act in ("hold", "release", "trial", "cancel")
    ]

    assert said == [200] * 4
    assert as_editor.post(f"{LIST}{round_up.pk}/hold/").status_code == 409
    assert as_editor.post(f"{LIST}{round_up.pk}/other/").status_code == 404
    assert as_editor.get(f"{LIST}{round_up.pk}/hold/").status_code == 405
    assert [letter.to_address for letter in Letter.objects.all()] == [editor.email]


def test_of_a_piece_outside_their_limits_an_editor_sees_nothing_before_it_is_out(editor):
    now = timezone.now()
    make_piece(
        State.PUBLISHED, title="A secret until Friday", editor=editor, at=now, go_out_at=now + dt.timedelta(days=3)
    )
    working.look(at=now)
    limited = UserFactory(is_staff=True)
    give_role(user=limited, role=Role.PUBLISHER, at=now, limits=[CategoryFactory()])
    client = signed_in(limited)

    assert "secret" not in client.get(LIST).content.decode()
    assert client.get(page_of(Mailing.objects.get())).status_code == 404
    assert "secret" in signed_in(editor).get(LIST).content.decode()


def test_the_time_is_set_by_those_who_publish(as_editor, round_up):
    assert as_editor.post(f"{LIST}time/", {"weekday": "2", "hour": "7"}).status_code == 302
    row = RoundUpTime.objects.get()
    assert (row.weekday, row.hour) == (2, 7)
    for typed in ({}, {"weekday": "9", "hour": "x"}, {"weekday": "1" * 400, "hour": "7"}):
        assert as_editor.post(f"{LIST}time/", typed).status_code == 422


def test_who_only_edits_sees_it_and_changes_nothing(round_up):
    plain = UserFactory(is_staff=True)
    give_role(user=plain, role=Role.EDITOR, at=timezone.now(), limits=[])
    client = signed_in(plain)

    page = client.get(page_of(round_up)).content.decode()

    assert "Hold" not in page
    assert client.post(page_of(round_up), {"introduction": "Mine."}).status_code == 403
    assert client.post(f"{LIST}time/", {"weekday": "2", "hour": "7"}).status_code == 403
    for act in ("hold", "cancel", "trial", "again"):
        assert client.post(reverse("admin:blog_mailing_act", args=[round_up.pk, act])).status_code == 403


def test_a_round_up_says_nothing_of_what_is_still_to_come_outside_the_limits(round_up, editor):
    soon = timezone.now() + dt.timedelta(hours=3)
    ahead = make_published(title="A secret of tomorrow", editor=editor)
    Post.objects.filter(pk=ahead.pk).update(published_at=soon)
    working.look(at=timezone.now())
    round_up.pieces.get_or_create(post=ahead, defaults={"position": 9})
    limited = UserFactory()
    give_role(user=limited, role=Role.PUBLISHER, at=timezone.now(), limits=[CategoryFactory()])
    page = signed_in(limited).get(page_of(round_up)).content.decode()

    assert "First" in page
    assert "A secret of tomorrow" not in page
    assert "A piece of another category" in page
    assert "A secret of tomorrow" in signed_in(editor).get(page_of(round_up)).content.decode()
    signed_in(limited).post(f"{LIST}{round_up.pk}/trial/")
    trial = Letter.objects.get(subject__startswith="Trial:")
    assert "A secret of tomorrow" not in trial.text


def test_the_first_page_says_what_goes_out_next_within_the_limits(as_editor, round_up):
    now = timezone.now()
    ahead = make_published(title="Not yet out", at=now, go_out_at=now + dt.timedelta(days=1))
    Mailing.objects.create(kind=Mailing.Kind.ANNOUNCEMENT, post=ahead, at=now + dt.timedelta(days=1), prepared_at=now)
    Mailing.objects.filter(pk=round_up.pk).update(state=Mailing.State.HELD)
    page = as_editor.get("/admin/").text
    assert "Held until somebody releases it." in page
    assert 'Open<span class="vh">: Not yet out' in page

    limited = UserFactory()
    give_role(user=limited, role=Role.EDITOR, at=timezone.now(), limits=[CategoryFactory()])
    assert "Not yet out" not in signed_in(limited).get("/admin/").text
