"""What a badge tells, and what it never does: neither address nor employer, and nothing beside a pen name."""

import logging

import pytest
from django.test import Client

from accounts.verifying import badges
from blog.models import Letter, Post
from tests.accounts.verifying.conftest import give_badge
from tests.factories import NOW, make_author, make_comment, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db
MARK = str(badges.WORDS)
TELLING = ("southwick", "whitby@", "gov.uk")


@pytest.fixture
def shown(officer) -> Post:
    """A piece with a comment under the display name."""
    post = make_published(title="Bins on a Friday")
    make_comment(post, officer, text="We moved ours to Tuesday.")
    return post


@pytest.fixture
def own(officer) -> Post:
    """A piece of the officer's own under a pen name, with a comment as its writer."""
    author = make_author(officer, name="The Mole", is_pen_name=True)
    post = make_published(title="Notes from below", writer=officer, author=author)
    make_comment(post, officer, author=author, text="Thank you.")
    return post


def test_the_badge_stands_beside_the_display_name_alone(officer, shown, own, client):
    give_badge(officer)
    assert MARK in client.get(shown.get_absolute_url()).content.decode()
    assert MARK not in client.get(own.get_absolute_url()).content.decode()


def test_without_one_nothing_stands_there(officer, shown, client):
    assert MARK not in client.get(shown.get_absolute_url()).content.decode()


def test_no_reader_and_no_editor_gets_address_or_employer(officer, shown, own, as_editor, caplog):
    caplog.set_level(logging.DEBUG)
    give_badge(officer, NOW)
    comment = officer.comments.get(author=None)
    for path in (shown.get_absolute_url(), own.get_absolute_url(), "/", "/comments/feed/", "/comments/feed/json/"):
        answer = Client().get(path, follow=True)
        assert not [word for word in TELLING if word in answer.content.decode() + str(answer.headers)], path
    letter = Letter.objects.get(kind="to_reader/badge_code")
    for path in (
        "/admin/accounts/comment/?state=all",
        f"/admin/accounts/comment/{comment.pk}/change/",
        "/admin/blog/letter/",
        f"/admin/blog/letter/{letter.pk}/change/",
    ):
        page = as_editor.get(path, follow=True).content.decode()
        assert not [word for word in TELLING if word in page], path
    assert not [word for word in TELLING if word in caplog.text]


def test_somebody_elses_page_says_nothing_of_it(officer, reader):
    give_badge(officer)
    page = signed_in(reader).get("/accounts/verifying/").content.decode()
    assert "southwick" not in page
