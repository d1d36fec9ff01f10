"""The archive: everything about somebody, and nothing about anybody else."""

import json
import zipfile
from io import BytesIO

import pytest

from accounts.commenting import moderation
from accounts.own_data.archive import ABOUT, JSON, SECTIONS, make_archive
from blog.editorial import drafting
from blog.models import Letter
from tests.accounts.own_data.conftest import ADDRESS, DANA, LATER
from tests.factories import NOW, make_comment

pytestmark = pytest.mark.django_db


def opened(user) -> tuple[dict, zipfile.ZipFile]:
    with make_archive(user=user, at=LATER) as made:
        archive = zipfile.ZipFile(BytesIO(made.read()))
    return json.loads(archive.read(JSON)), archive


def test_it_holds_what_somebody_wrote_chose_and_was_told(life, editor):
    moderation.hide(comment=life.alone, reason="Off the subject.", by=editor, at=LATER)
    found, archive = opened(life.user)
    assert set(found) == {"version", "made_at", *SECTIONS}
    assert found["account"][0]["display_name"] == DANA
    assert {row["email"] for row in found["addresses"]} == {ADDRESS, "dana@home.example"}
    comments = {row["text"]: row for row in found["comments"]}
    assert set(comments) == {"Alone words.", "Answered words.", "Waiting words."}
    assert comments["Alone words."]["decisions"][0]["reason"] == "Off the subject."
    assert comments["Waiting words."]["state"] == "held"
    assert found["reports"][0]["words"] == "This goes too far."
    assert found["pitches"][0]["title"] == "Nobody closes a row"
    assert found["invitations"][0]["email"] == ADDRESS
    assert "The reason:" in found["letters"][0]["text"]
    assert archive.read(found["picture"][0]["file"]).startswith(b"\xff\xd8")
    about = archive.read(ABOUT).decode()
    assert all(section in about for section in SECTIONS)
    assert "pen names" in about


def test_it_holds_nothing_of_anybody_else(life, editor):
    moderation.hide(comment=life.alone, reason="Off the subject.", by=editor, at=LATER)
    make_comment(life.post, life.other, text="Not Dana’s.")
    _found, archive = opened(life.user)
    everything = archive.read(JSON).decode()
    for foreign in (life.other.email, life.other.display_name, editor.email, "Not Dana’s", "An answer of somebody"):
        assert foreign not in everything


def test_it_holds_no_secret_and_no_letter_that_opens_anything(dana):
    dana.set_password("three unlikely words")
    dana.save()
    letter = {"to_address": ADDRESS, "to_user": dana, "written_at": NOW, "due_at": NOW}
    Letter.objects.create(kind="account", subject="Your code", text="482-193", is_confidential=True, **letter)
    Letter.objects.create(kind="x", subject="Not out yet", text="Held by an editor.", status="held", **letter)
    found, archive = opened(dana)
    assert found["letters"] == []
    assert dana.password not in archive.read(JSON).decode()


def test_it_holds_pieces_with_ones_own_texts_and_the_correspondence(mole, editor):
    drafting.say(post=mole.sent, text="Could you add a figure?", by=editor, at=LATER)
    found, archive = opened(mole.user)
    pieces = {row["title"]: row for row in found["pieces"]}
    assert set(pieces) == {"Out", "Sent", "Draft"}
    assert pieces["Draft"]["revisions"][-1]["plain"] == "What nobody has seen."
    assert pieces["Sent"]["messages"][0] == {
        "at": LATER.isoformat().replace("+00:00", "Z"),
        "by": "somebody else",
        "text": "Could you add a figure?",
    }
    assert found["names"][0]["name"] == "The Mole"
    assert editor.email not in archive.read(JSON).decode()


def test_an_address_that_was_never_confirmed_opens_nothing(dana, life, editor):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=editor, email=ADDRESS, verified=False)
    found, _archive = opened(editor)
    assert (found["letters"], found["invitations"], found["pitches"]) == ([], [], [])


def test_what_somebody_did_for_the_blog_is_there_by_kind_and_moment(life, editor):
    moderation.hide(comment=life.alone, reason="Off the subject.", by=editor, at=LATER)
    found, archive = opened(editor)
    assert {"what": "decision about a comment", "at": "2026-03-12T12:00:00Z"} in found["work"]
    assert "Off the subject" not in archive.read(JSON).decode()
