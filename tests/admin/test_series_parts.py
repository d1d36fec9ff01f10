"""The page of a series' parts, and what readers see of a plan."""

import pytest
from django.test import Client

from accounts.roles import Role, give_role
from blog.models import Series, SeriesSlot
from blog.states import State
from tests.factories import NOW, CategoryFactory, SeriesFactory, UserFactory, make_editor, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(db) -> Series:
    series = SeriesFactory(title="Small lists", planned_parts=4)
    make_published(series=series, part_number=1, title="The first", at=NOW)
    make_piece(State.SUBMITTED, series=series, part_number=2, title="A secret second")
    return series


@pytest.fixture
def desk(db) -> Client:
    return signed_in(make_editor())


def parts(series: Series) -> str:
    return f"/admin/blog/series/{series.pk}/parts/"


def test_each_part_says_what_it_is(desk: Client, series: Series):
    text = desk.get(parts(series)).text
    assert "Published, Priya Raman" in text
    assert "In the works: with the editor, Priya Raman" in text
    assert "Invite a guest for part 3" in text
    assert parts(series) in desk.get("/admin/blog/series/").text
    assert parts(series) in desk.get(f"/admin/blog/series/{series.pk}/change/").text


def test_a_plan_fills_in_the_invitation(desk: Client, series: Series):
    form = {"number": "3", "working_title": "The third", "month": "2099-04"}
    assert desk.post(parts(series), form).status_code == 302
    text = desk.get(f"/admin/blog/post/invite/?series={series.pk}&part=3").text
    assert 'value="The third"' in text
    assert f'<option value="{series.pk}" selected>' in text


def test_readers_see_the_month_and_a_title_only_if_the_editor_says_so(desk: Client, client: Client, series: Series):
    page = series.get_absolute_url()
    desk.post(parts(series), {"number": "3", "working_title": "The third", "month": "2099-04"})
    text = client.get(page).text
    assert "Planned for April 2099" in text
    assert "The third" not in text
    assert "A secret second" not in text
    desk.post(parts(series), {"number": "3", "working_title": "The third", "is_title_shown": "on"})
    text = client.get(page).text
    assert "The third" in text
    assert "Planned for" not in text


def test_a_month_that_has_passed_is_not_promised(client: Client, series: Series):
    SeriesSlot.objects.create(series=series, part_number=3, planned_for="2020-04-01")
    assert "Planned for" not in client.get(series.get_absolute_url()).text


def test_the_piece_shows_the_plan_beside_it(client: Client, series: Series):
    SeriesSlot.objects.create(series=series, part_number=4, planned_for="2099-05-01")
    post = series.posts.get(state=State.PUBLISHED)
    assert "Planned for May 2099" in client.get(post.get_absolute_url()).text


@pytest.mark.parametrize("act", ["up", "down", "swap", "move", "insert"])
def test_every_button_gives_parts_other_numbers(desk: Client, series: Series, act: str):
    form = {"act": act, "number": "2", "to": "3"}
    assert desk.post(f"{parts(series)}renumber/", form).status_code == 302
    numbers = dict(series.posts.values_list("state", "part_number"))
    assert numbers != {"published": 1, "submitted": 2}


@pytest.mark.parametrize("number", ["", "0", "x", "\x00", "1000", "9" * 30])
def test_bad_numbers_are_refused(desk: Client, series: Series, number: str):
    assert desk.post(f"{parts(series)}renumber/", {"act": "move", "number": number, "to": "2"}).status_code == 422
    assert desk.post(f"{parts(series)}renumber/", {"act": "x", "number": "1"}).status_code == 404
    assert desk.post(parts(series), {"number": number, "working_title": "Kept"}).status_code == 422
    for query in (f"series={number}&part=1", f"series={series.pk}&part={number}"):
        assert (
            desk.get("/admin/blog/post/invite/", query_params=dict(p.split("=") for p in query.split("&"))).status_code
            == 200
        )


def test_a_refused_plan_keeps_what_was_typed(desk: Client, series: Series):
    response = desk.post(parts(series), {"number": "3", "working_title": "Kept", "month": "soon"})
    assert response.status_code == 422
    assert 'value="Kept"' in response.text
    assert "Write the month like 2026-04." in response.text


def test_a_long_series_stays_light(desk: Client, django_assert_max_num_queries):
    series = SeriesFactory(planned_parts=999)
    with django_assert_max_num_queries(16):
        assert desk.get(parts(series)).status_code == 200


def test_a_published_piece_offers_to_invite_a_reply(desk: Client):
    post = make_published(title="Who closes a row?")
    link = f"/admin/blog/post/invite/?reply={post.pk}"
    assert link in desk.get(f"/admin/blog/post/{post.pk}/change/").text
    assert "The piece will be a reply to" in desk.get(link).text
    form = {"name": "Ann", "email": "ann@council.example", "in_reply_to": str(post.pk)}
    assert desk.post("/admin/blog/post/invite/", form).status_code == 302
    assert post.replies.count() == 1


def test_an_editor_sees_nothing_of_a_part_outside_their_limits(series: Series):
    limited = UserFactory()
    give_role(user=limited, role=Role.EDITOR, at=NOW, limits=[CategoryFactory()])
    text = signed_in(limited).get(parts(series)).text
    assert "In the works" in text
    assert "A secret second" not in text
    assert text.count("Priya Raman") == 1  # Of the first, which is out
