"""Reader pages are the same for everybody: no cookie in, no cookie out."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.states import State
from tests.reading.surfaces import PERSONAL, SURFACES, make_subject

pytestmark = pytest.mark.django_db
FOR_ALL = [name for name in SURFACES if name not in PERSONAL]


@pytest.mark.parametrize("name", FOR_ALL)
def test_a_page_neither_sets_nor_reads_a_cookie(as_editor: Client, client: Client, name: str):
    subject = make_subject(State.PUBLISHED, at=timezone.now() - dt.timedelta(days=1))
    path = SURFACES[name].path(subject)
    signed_in, stranger = as_editor.get(path), client.get(path)
    assert signed_in.content == stranger.content
    assert not signed_in.cookies
    assert "Cookie" not in signed_in.get("Vary", "")


@pytest.mark.parametrize("name", FOR_ALL)
def test_a_page_can_only_be_read(client: Client, name: str):
    subject = make_subject(State.PUBLISHED, at=timezone.now() - dt.timedelta(days=1))
    assert client.post(SURFACES[name].path(subject)).status_code == 405


def test_a_page_may_be_kept_but_not_shown_again_unasked(client: Client):
    assert client.get("/").headers["Cache-Control"] == "public, no-cache"
