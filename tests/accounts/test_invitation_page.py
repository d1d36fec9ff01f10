import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.editorial import invitations
from blog.models import Identity, Invitation, Letter
from tests.accounts.conftest import confirm, signed_in
from tests.factories import SeriesFactory, UserFactory


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


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_says_who_asks_for_what(path):
    page = Client().get(path).content.decode()
    for words in (
        "Tom Ashby would like a piece by you",
        "Forty people asked for your slides.",
        "How one list replaced four inboxes.",
        "about 900 words",
        "Monday 1 April 2030",
        "Small lists, part 2",
        "Accept and start writing",
        "No, thank you",
    ):
        assert words in page
    assert "<script>alert" not in page


def test_the_link_is_kept_close(path):
    answer = Client().get(path)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_scanner_that_opens_every_link_changes_nothing_but_the_first_opening(path, invitation):
    for _ in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
        assert Client().get(f"{path}accept/").status_code == 405
        assert Client().get(f"{path}decline/").status_code == 405
    invitation.refresh_from_db()
    assert invitation.opened_at
    assert (invitation.accepted_at, invitation.declined_at) == (None, None)
    assert not User.objects.filter(email="priya@council.example").exists()


def test_accepting_makes_an_account_and_leads_to_the_piece(path, invitation):
    client = Client()
    answer = client.post(f"{path}accept/")
    assert answer["Location"] == f"/desk/{invitation.post_id}/"
    user = User.objects.get(email="priya@council.example")
    assert (user.display_name, user.has_usable_password(), user.is_staff) == ("Priya Raman", False, False)
    assert EmailAddress.objects.get(user=user).verified
    assert Identity.objects.get(author=invitation.author).user == user
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Letter.objects.filter(kind="to_editor/invitation_accepted").count() == 1


def test_an_existing_account_is_never_signed_in_by_the_link(path, invitation):
    owner = confirm(UserFactory(email="priya@council.example"))
    client = Client()
    answer = client.post(f"{path}accept/")
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert not is_signed_in(client)
    assert b'value="priya@council.example"' in client.get(answer["Location"]).content
    assert "priya" not in answer["Location"]
    client = signed_in(owner)
    assert client.post(f"{path}accept/")["Location"] == f"/desk/{invitation.post_id}/"
    assert User.objects.filter(email="priya@council.example").count() == 1


def test_a_confirmed_second_address_counts_as_the_account(path, invitation):
    owner = confirm(UserFactory(email="p.raman@home.example"))
    EmailAddress.objects.create(user=owner, email="priya@council.example", verified=True)
    assert not is_signed_in((client := Client()).post(f"{path}accept/") and client)
    assert signed_in(owner).post(f"{path}accept/")["Location"] == f"/desk/{invitation.post_id}/"


def test_a_second_address_that_is_not_confirmed_claims_nothing(path):
    stranger = confirm(UserFactory(email="stranger@home.example"))
    EmailAddress.objects.create(user=stranger, email="priya@council.example", verified=False)
    signed_in(stranger).post(f"{path}accept/")
    assert not Identity.objects.filter(user=stranger).exists()


def test_somebody_else_is_told_plainly(path, invitation):
    client = signed_in(confirm(UserFactory(display_name="Dana Whitby")))
    page = client.get(path).content.decode()
    assert "You are signed in as Dana Whitby, but this invitation is for priya@council.example." in page
    assert "Accept and start writing" not in page
    client.post(f"{path}accept/")
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_after_acceptance_the_link_leads_to_signing_in_and_on_to_the_piece(path, invitation):
    Client().post(f"{path}accept/")
    client = Client()
    page = client.get(path).content.decode()
    assert "This invitation is accepted. Sign in to go on to the piece." in page
    assert "Forty people" not in page
    asked = client.post("/accounts/login/code/", {"email": "priya@council.example", "next": path})
    code = re.search(r"^([A-Z0-9-]{5,12})$", Letter.objects.filter(kind="account").get().text, re.MULTILINE)[1]
    back = client.post(asked["Location"], {"code": code, "next": path})
    assert back["Location"] == path
    assert client.get(path)["Location"] == f"/desk/{invitation.post_id}/"


def test_accepting_twice_changes_nothing_more(path):
    client = Client()
    client.post(f"{path}accept/")
    assert client.post(f"{path}accept/").status_code == 302
    assert Client().post(f"{path}accept/")["Location"].startswith("/accounts/login/")
    assert Letter.objects.filter(kind="to_editor/invitation_accepted").count() == 1


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
