"""The visibility matrix: every state that hides a piece × every reader's address. And the piece that is out, on all."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.reading import indexes
from blog.reading.urls import urlpatterns
from blog.states import State
from tests.reading.surfaces import SURFACES, TELLTALE, TITLE, Subject, make_subject

pytestmark = pytest.mark.django_db

HIDING = [state for state in State if state != State.PUBLISHED]
SHOWING = [name for name, surface in SURFACES.items() if surface.shows]
YESTERDAY = dt.timedelta(days=1)


def test_every_reading_address_has_a_row_in_the_matrix():
    assert {pattern.name for pattern in urlpatterns} == set(SURFACES)


def wrong_with(client: Client, subject: Subject) -> list[tuple[str, int, list[str]]]:
    """Return the addresses that fail or tell something of a piece, with what they tell."""
    answers = {name: client.get(surface.path(subject)) for name, surface in SURFACES.items()}
    told = {name: [word for word in TELLTALE if word in answer.text] for name, answer in answers.items()}
    return [(name, it.status_code, told[name]) for name, it in answers.items() if it.status_code >= 500 or told[name]]


def showing(client: Client, subject: Subject) -> list[str]:
    """Return the addresses that show a piece, of those that should."""
    answers = {name: client.get(SURFACES[name].path(subject)) for name in SHOWING}
    return [name for name, answer in answers.items() if answer.status_code == 200 and TITLE in answer.text]


@pytest.mark.parametrize("state", HIDING)
def test_a_hidden_piece_shows_nowhere(client: Client, state: State):
    assert wrong_with(client, make_subject(state, at=timezone.now() - YESTERDAY)) == []


def test_a_scheduled_piece_shows_nowhere_before_its_time(client: Client):
    now = timezone.now()
    subject = make_subject(State.PUBLISHED, at=now - YESTERDAY, go_out_at=now + dt.timedelta(hours=1))
    assert wrong_with(client, subject) == []


def test_a_published_piece_shows(client: Client):
    assert showing(client, make_subject(State.PUBLISHED, at=timezone.now() - YESTERDAY)) == SHOWING


def test_a_scheduled_piece_shows_by_the_clock_alone_once_its_time_has_come(client: Client):
    now = timezone.now()
    subject = make_subject(State.PUBLISHED, at=now - 2 * YESTERDAY, go_out_at=now - YESTERDAY)
    assert showing(client, subject) == SHOWING


def test_the_very_second_decides():
    due = timezone.now() + dt.timedelta(days=3)
    make_subject(State.PUBLISHED, at=timezone.now(), go_out_at=due)
    assert TITLE not in indexes.home(moment=due - dt.timedelta(seconds=1))
    assert TITLE in indexes.home(moment=due)


def test_a_retracted_piece_is_gone_and_not_merely_missing(client: Client):
    subject = make_subject(State.RETRACTED, at=timezone.now() - YESTERDAY)
    response = client.get(SURFACES["post"].path(subject))
    assert response.status_code == 410
    assert "This piece has been taken down" in response.text


def test_a_piece_retracted_before_its_time_was_never_there(client: Client):
    from blog.editorial import publishing
    from tests.factories import make_editor

    now = timezone.now()
    subject = make_subject(State.PUBLISHED, at=now, go_out_at=now + YESTERDAY)
    publishing.retract(post=subject.post, reason="A slip.", by=make_editor(), at=now)
    assert client.get(SURFACES["post"].path(subject)).status_code == 404
