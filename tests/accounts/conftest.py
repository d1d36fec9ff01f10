"""People who comment, with confirmed addresses."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from blog.editorial import invitations
from blog.models import Invitation, Post
from tests.factories import NOW, SeriesFactory, UserFactory, make_comment, make_editor, make_published
from tests.people import confirm


@pytest.fixture
def post(db) -> Post:
    return make_published(editor=make_editor(display_name="Sam Whitlock", email="sam@blog.example"))


@pytest.fixture
def newcomer(reader: User) -> User:
    return confirm(reader)


@pytest.fixture
def regular(post: Post) -> User:
    user = confirm(UserFactory(display_name="Owen Pritchard", email="owen@council.example"))
    make_comment(post, user, text="Earlier.", written_at=NOW.replace(year=2025))
    return user


@pytest.fixture
def invitation(editor) -> Invitation:
    return invitations.invite(
        by=editor,
        at=timezone.now(),
        name="Priya Raman",
        email="priya@council.example",
        note="Forty people asked for your slides. <script>alert(1)</script>",
        brief="How one list replaced four inboxes.",
        brief_words=900,
        due_date=dt.date(2030, 4, 1),
        series=SeriesFactory(title="Small lists"),
        part_number=2,
    )


@pytest.fixture
def path(invitation) -> str:
    return invitations.link_of(invitation).removeprefix("http://blog.example")
