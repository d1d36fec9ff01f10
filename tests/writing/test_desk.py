"""Your pieces: whose turn each is, and none ever out of sight."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.states import State
from tests.factories import UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_writer):
    def show() -> str:
        return as_writer.get("/desk/").content.decode()

    return show


def yesterday() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=1)


@pytest.mark.parametrize("state", list(State))
def test_a_piece_is_shown_in_every_state(state, desk, writer, editor):
    make_piece(state, writer=writer, editor=editor, title="The kettle tally", at=yesterday())

    page = desk()

    assert "The kettle tally" in page
    assert "You have no pieces yet" not in page


def test_a_reader_without_pieces_is_told_where_to_begin(as_reader):
    page = as_reader.get("/desk/").content.decode()

    assert "You have no pieces yet. If you were invited, open the link in the letter." in page


def test_pieces_of_others_are_not_listed(desk, editor):
    make_piece(editor=editor, title="Somebody else’s")

    assert "Somebody else’s" not in desk()


def test_your_turn_comes_before_what_the_editors_have(desk, writer, editor):
    author = make_author(writer)
    make_piece(State.SUBMITTED, writer=writer, author=author, editor=editor, title="With them")
    make_piece(State.CHANGES_REQUESTED, writer=writer, author=author, editor=editor, title="With you")

    page = desk()

    assert page.index("With you") < page.index("With them")


def test_what_is_due_first_comes_first(desk, writer, editor):
    author = make_author(writer)
    for title, day in (("Later", 20), ("Sooner", 10)):
        make_piece(writer=writer, author=author, editor=editor, title=title, due_date=dt.date(2099, 3, day))
    make_piece(writer=writer, author=author, editor=editor, title="Whenever")

    page = desk()

    assert page.index("Sooner") < page.index("Later") < page.index("Whenever")


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.CHANGES_REQUESTED, "Who answers, and by when?"),
        (State.DECLINED, "We have run one like it."),
        (State.RETRACTED, "A figure was wrong."),
    ],
)
def test_the_reason_of_the_last_decision_is_shown_in_full(state, reason, desk, writer, editor):
    make_piece(state, writer=writer, editor=editor, at=yesterday())

    assert reason in desk()


def test_a_published_piece_keeps_its_link_its_date_and_its_comments(desk, writer, editor):
    post = make_piece(State.PUBLISHED, writer=writer, editor=editor, at=dt.datetime(2020, 3, 6, 12, tzinfo=dt.UTC))

    page = desk()

    assert f'href="{post.get_absolute_url()}"' in page
    assert "6 March 2020" in page
    assert "no comments yet" in page


def test_a_scheduled_piece_says_when_it_comes_out(desk, writer, editor):
    out = dt.datetime(2099, 3, 14, 8, tzinfo=dt.UTC)
    make_piece(State.PUBLISHED, writer=writer, editor=editor, at=yesterday(), go_out_at=out)

    page = desk()

    assert "<b>Saturday 14 March 2099</b> at 08.00 (UK time)" in page
    assert "Planned for 14 March 2099, 08.00" in page


def test_a_message_from_the_editor_is_announced(desk, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    drafting.say(post=post, text="Lovely. One question.", by=editor, at=timezone.now())

    assert "Read what Tom wrote to you" in desk()


def test_ones_own_message_is_no_news(desk, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    drafting.say(post=post, text="By the way.", by=writer, at=timezone.now())

    assert "wrote to you" not in desk()


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize(("state", "queries"), [(State.CHANGES_REQUESTED, 11), (State.IN_PROOF, 12)])
def test_the_list_takes_the_same_queries_for_one_piece_and_for_three(
    *, state, queries, pieces, as_writer, writer, editor, django_assert_num_queries
):
    author = make_author(writer)
    for _ in range(pieces):
        make_piece(state, writer=writer, author=author, editor=editor)
    as_writer.get("/desk/")

    with django_assert_num_queries(queries):
        as_writer.get("/desk/")


def test_the_desk_asks_for_signing_in(client):
    response = client.get("/desk/")

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=%2Fdesk%2F"


def test_no_cache_keeps_the_desk(as_writer):
    assert "no-store" in as_writer.get("/desk/")["Cache-Control"]


def test_a_writer_under_a_pen_name_sees_that_name_and_not_the_account(editor, client):
    person = UserFactory(display_name="Real Name", email="real@council.example")
    author = make_author(person, name="The Mole", is_pen_name=True)
    post = make_piece(State.SUBMITTED, writer=person, author=author, editor=editor)
    drafting.take_back(post=post, by=person, at=timezone.now())
    other = UserFactory()
    post.bylines.create(author=make_author(other, name="Second Name"), position=2)
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/desk/").content.decode()

    assert "The Mole took it back" in page
    assert "Real Name" not in page
    assert "real@council.example" not in page
