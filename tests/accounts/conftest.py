"""People who comment, with confirmed addresses."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import Comment, User
from blog.models import Post
from tests.factories import NOW, UserFactory, make_editor, make_published


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
