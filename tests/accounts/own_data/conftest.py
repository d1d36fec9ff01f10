"""Dana, who comments; and Priya, who writes under a pen name and comments under her own."""

import datetime as dt
import time
from io import BytesIO
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.commenting import appearance, reporting
from accounts.models import User
from blog.editorial import invitations
from blog.editorial.letters.writing import write_letter
from blog.editorial.pitching import pitches
from blog.editorial.pitching.form import TypedPitch
from blog.models import Letter, Post
from tests.factories import NOW, UserFactory, make_author, make_comment, make_piece, make_published
from tests.people import confirm, signed_in

LATER = NOW + dt.timedelta(days=1)
DANA, ADDRESS = "Dana Whitby-Stone", "dana.stone@council.example"


def a_picture(colour: str = "red", kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile("dana-at-home.png", out.getvalue())


def shown(user: User) -> Client:
    """Return a browser in which somebody is signed in and has just shown that it is them."""
    client = signed_in(user)
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "email": user.email, "reauthenticated": True}
    ]
    session.save()
    return client


@pytest.fixture
def post(editor) -> Post:
    return make_published(editor=editor)


@pytest.fixture
def dana(db) -> User:
    return confirm(UserFactory(display_name=DANA, email=ADDRESS))


@pytest.fixture
def life(dana: User, editor: User, post: Post) -> SimpleNamespace:
    """Give all that somebody leaves behind who comments, follows, pitches and is invited."""
    other = confirm(UserFactory(display_name="Owen Pritchard"))
    EmailAddress.objects.create(user=dana, email="dana@home.example", verified=True)
    appearance.show_picture(user=dana, file=a_picture(), at=NOW)
    alone = make_comment(post, dana, text="Alone words.")
    answered = make_comment(post, dana, text="Answered words.")
    reply = make_comment(post, other, text="An answer of somebody else.", parent=answered)
    held = make_comment(post, dana, text="Waiting words.", state="held")
    theirs = make_comment(post, other, text="Words that Dana reported.")
    reporting.report_comment(comment=theirs, kind="abuse", words="This goes too far.", by=dana, at=LATER)
    typed = TypedPitch(DANA, "dana@home.example", "Nobody closes a row", "What happens to a finished row?")
    pitches.confirm(pitch=pitches.send_in(typed=typed, at=NOW), at=NOW)
    invitation = invitations.invite(by=editor, at=NOW, name=DANA, email=ADDRESS)
    write_letter("to_reader/picture_taken_away", to_address=ADDRESS, to_name=DANA, to_user=dana, at=NOW, reason="No.")
    Letter.objects.filter(to_user=dana).update(status="sent", sent_at=NOW)
    return SimpleNamespace(
        user=dana, other=other, post=post, alone=alone, answered=answered, reply=reply, held=held, theirs=theirs,
        invitation=invitation,
    )  # fmt: skip


@pytest.fixture
def mole(editor) -> SimpleNamespace:
    """Give a writer under a pen name, with pieces in several states."""
    user = confirm(UserFactory(display_name="Priya Raman-Lee", email="priya.lee@council.example"))
    author = make_author(user, name="The Mole", is_pen_name=True, role="", organisation="")
    with_her = {"editor": editor, "writer": user, "author": author}
    return SimpleNamespace(
        user=user,
        author=author,
        out=make_published(title="Out", **with_her),
        sent=make_piece("submitted", title="Sent", **with_her),
        draft=make_piece(title="Draft", body="<p>What nobody has seen.</p>", **with_her),
    )
