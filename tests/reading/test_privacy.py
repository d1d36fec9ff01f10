"""Reader pages are the same for everybody: no cookie in, no cookie out."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.states import State
from tests.reading.surfaces import PERSONAL, SURFACES, Subject, make_subject

pytestmark = pytest.mark.django_db
FOR_ALL = [name for name in SURFACES if name not in PERSONAL]


@pytest.fixture
def subject(db) -> Subject:
    return make_subject(State.PUBLISHED, at=timezone.now() - dt.timedelta(days=1))


def test_a_page_neither_sets_nor_reads_a_cookie(as_editor: Client, client: Client, subject: Subject):
    wrong = []
    for name in FOR_ALL:
        path = SURFACES[name].path(subject)
        signed_in, stranger = as_editor.get(path), client.get(path)
        is_same = signed_in.content == stranger.content
        if not is_same or signed_in.cookies or "Cookie" in signed_in.get("Vary", ""):
            wrong.append((name, is_same, signed_in.cookies, signed_in.get("Vary")))
    assert wrong == []


def test_a_page_can_only_be_read(client: Client, subject: Subject):
    statuses = {name: client.post(SURFACES[name].path(subject)).status_code for name in FOR_ALL}
    assert statuses == dict.fromkeys(FOR_ALL, 405)


def test_a_page_may_be_kept_but_not_shown_again_unasked(client: Client):
    assert client.get("/").headers["Cache-Control"] == "public, no-cache"
