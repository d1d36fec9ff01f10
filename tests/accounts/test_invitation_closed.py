import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.editorial import invitations
from blog.models import Invitation, Letter


def test_declining_takes_no_account_and_tells_the_editor(path):
    answer = Client().post(f"{path}decline/", {"reason": "No time before June."})
    assert answer.status_code == 200
    assert "No time before June." in Letter.objects.get(kind="to_editor/invitation_declined").text
    again = Client().post(f"{path}decline/")
    assert again.status_code == 410
    assert b"This invitation was declined." in again.content


def test_a_reason_that_is_too_long_is_kept_and_refused(path, invitation):
    answer = Client().post(f"{path}decline/", {"reason": "x" * 2001})
    assert answer.status_code == 422
    assert b"x" * 2001 in answer.content
    invitation.refresh_from_db()
    assert invitation.declined_at is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"revoked_at": timezone.now()}, "This invitation was taken back."),
        ({"declined_at": timezone.now()}, "This invitation was declined."),
        ({"expires_at": timezone.now()}, "This invitation has run out."),
    ],
)
def test_a_closed_invitation_says_why(path, invitation, fields, sentence):
    Invitation.objects.update(**fields)
    for answer in (Client().get(path), Client().post(f"{path}accept/"), Client().post(f"{path}decline/")):
        assert answer.status_code == 410
        assert sentence in answer.content.decode()
    assert not User.objects.filter(email="priya@council.example").exists()


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "%ED%A0%80", "x" * 5000])
def test_an_unknown_token_is_not_found(db, token):
    for answer in (Client().get(f"/invitation/{token}/"), Client().post(f"/invitation/{token}/accept/")):
        assert answer.status_code == 404


def test_the_token_is_stored_nowhere(path, invitation):
    token = path.split("/")[2]
    Client().post(f"{path}accept/")
    for model in (Invitation, Letter):
        for row in model.objects.values():
            assert token not in str(row)
    assert token not in invitation.token_hash


def test_the_link_of_another_address_stops_working(path, invitation, editor):
    invitations.change_address(
        invitation=invitation, name="Priya Raman", email="p@home.example", by=editor, at=timezone.now()
    )
    assert Client().post(f"{path}accept/").status_code == 410


def test_accepting_needs_the_forms_token(path):
    assert Client(enforce_csrf_checks=True).post(f"{path}accept/").status_code == 403
