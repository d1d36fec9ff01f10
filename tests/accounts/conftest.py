"""People who comment, with confirmed addresses."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import Comment, User
from blog.editorial import invitations
from blog.models import Invitation, Post
from tests.factories import NOW, SeriesFactory, UserFactory, make_editor, make_published


def confirm(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_comment(post: Post, user: User, *, state: str = "approved", text: str = "So did we.", **fields) -> Comment:
    fields.setdefault("written_at", NOW)
    return Comment.objects.create(post=post, user=user, text=text, state=state, **fields)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


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
