"""The invitation form, and what can be done with an invitation afterwards."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import invitations
from blog.models import Invitation, Letter, Post
from tests.admin.pages import review_url
from tests.factories import CategoryFactory, SeriesFactory

pytestmark = pytest.mark.django_db

INVITE = "/admin/blog/post/invite/"


@pytest.fixture
def invitation(editor) -> Invitation:
    return invitations.invite(
        by=editor, at=timezone.now(), name="Dennis Okafor", email="dennis@council.example", title="Bins"
    )


def act(client, invitation, what, **fields):
    return client.post(reverse("admin:blog_invitation_act", args=[invitation.post_id, invitation.pk, what]), fields)


def test_inviting_makes_the_piece_and_leads_to_it(as_editor):
    due = timezone.localdate() + dt.timedelta(days=20)
    response = as_editor.post(
        INVITE,
        {
            "name": "Dennis Okafor",
            "email": "Dennis@Council.example",
            "note": "Dear Dennis",
            "title": "Bins, a love story",
            "brief": "What the crews know.",
            "brief_words": 900,
            "due_date": due.isoformat(),
            "series": SeriesFactory().pk,
            "part_number": 4,
            "category": CategoryFactory().pk,
        },
    )
    post = Post.objects.get()
    assert (response.status_code, response["Location"]) == (302, review_url(post))
    assert (post.title, post.brief_words, post.due_date, post.part_number) == ("Bins, a love story", 900, due, 4)
    assert Letter.objects.get().to_address == "dennis@council.example"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Write the guest’s name."),
        ("email", "dennis", "Write a mail address"),
        ("email", "", "Write a mail address"),
        ("due_date", "30/02/2027", "Write the day like"),
        ("due_date", "2001-01-01", "This day has passed."),
        ("brief_words", "many", "Enter a whole number."),
        ("brief_words", "0", "greater than or equal to 1"),
        ("part_number", "4", "Choose the series"),
        ("category", "999", "Select a valid choice."),
        ("title", "x" * 1_000_000, "at most 300 characters"),
        ("name", "Den\x00nis", "Null characters are not allowed."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_rest_is_kept(field, value, said, as_editor):
    typed = {"name": "Dennis Okafor", "email": "dennis@council.example", "note": "Words I took care with", field: value}
    response = as_editor.post(INVITE, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Words I took care with" in page
    assert "<title>Error:" in page
    assert not Post.objects.exists()


def test_a_part_that_another_piece_is_already_is_refused(as_editor, editor):
    series = SeriesFactory()
    invitations.invite(by=editor, at=timezone.now(), name="A", email="a@b.example", series=series, part_number=2)
    response = as_editor.post(INVITE, {"name": "B", "email": "b@b.example", "series": series.pk, "part_number": 2})
    assert response.status_code == 422
    assert "Another piece is this part of the series." in response.content.decode()


def test_only_editors_invite(client, as_reader):
    assert client.get(INVITE).status_code == 302
    assert as_reader.get(INVITE).status_code == 302
    assert as_reader.get(INVITE, follow=True).status_code == 403


def test_an_invitation_is_sent_again_to_another_address_and_taken_back(as_editor, invitation):
    assert act(as_editor, invitation, "send_again").status_code == 302
    assert Letter.objects.count() == 2
    assert act(as_editor, invitation, "change_address", name="Dennis", email="new@council.example").status_code == 302
    newest = Invitation.objects.get(email="new@council.example")
    assert act(as_editor, newest, "revoke").status_code == 302
    newest.refresh_from_db()
    assert newest.revoked_at


def test_a_wrong_address_is_kept_and_said_at_the_field(as_editor, invitation):
    response = act(as_editor, invitation, "change_address", name="Dennis O.", email="nowhere")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write a mail address" in page
    assert 'value="Dennis O."' in page


def test_a_closed_invitation_is_left_alone(as_editor, invitation):
    act(as_editor, invitation, "revoke")
    for what in ("send_again", "change_address", "revoke"):
        assert act(as_editor, invitation, what, name="A", email="a@b.example").status_code == 409


def test_acts_want_a_post_a_known_name_and_the_right_piece(as_editor, editor, invitation):
    other = invitations.invite(by=editor, at=timezone.now(), name="B", email="b@b.example")
    url = reverse("admin:blog_invitation_act", args=[invitation.post_id, invitation.pk, "send_again"])
    assert as_editor.get(url).status_code == 405
    assert act(as_editor, invitation, "forge").status_code == 404
    foreign = reverse("admin:blog_invitation_act", args=[other.post_id, invitation.pk, "revoke"])
    assert as_editor.post(foreign).status_code == 404
