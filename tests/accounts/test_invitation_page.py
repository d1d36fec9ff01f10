import re

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from blog.models import Identity, Letter
from tests.factories import UserFactory
from tests.people import confirm, signed_in


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
    client = signed_in(owner)
    assert client.post(f"{path}accept/")["Location"] == f"/desk/{invitation.post_id}/"
    assert User.objects.filter(email="priya@council.example").count() == 1


def test_signing_in_then_starts_with_the_invited_address_which_no_link_holds(path, settings):
    settings.ACCOUNT_FORMS = {**settings.ACCOUNT_FORMS, "login": "accounts.forms.signing_in.LoginForm"}
    confirm(UserFactory(email="priya@council.example"))
    client = Client()
    answer = client.post(f"{path}accept/")
    assert "priya" not in answer["Location"]
    assert b'value="priya@council.example"' in client.get(answer["Location"]).content


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
