"""A pen name holds everywhere in the desk: neither the account nor the name on the invitation gets out."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog.admin.authors import AuthorForm
from blog.editorial import drafting, invitations
from blog.editorial.names import identity
from blog.models import IdentityLook, Letter, Post
from tests.admin.pages import edit_url, review_url
from tests.factories import UserFactory, make_editor
from tests.people import signed_in

pytestmark = pytest.mark.django_db

REAL = re.compile(r"Dennis|Okafor|dennis@", re.IGNORECASE)


@pytest.fixture
def guest() -> User:
    return UserFactory(display_name="Dennis Okafor", email="dennis@council.example")


@pytest.fixture
def post(editor, guest) -> Post:
    """A piece by a guest who was invited by name, accepted, and then chose a pen name."""
    at = timezone.now()
    invitation = invitations.invite(
        by=editor, at=at, name="Dennis Okafor", email="dennis@council.example", note="Dear Dennis", title="Bins"
    )
    invitations.accept(invitation=invitation, by=guest, at=at)
    post = Post.objects.get()
    details = identity.BylineDetails("A Head of Service", is_pen_name=True)
    identity.set_byline(post=post, author=invitation.author, details=details, by=guest, at=at)
    text = drafting.Text(title="Bins", body="<p>A love story.</p>")
    drafting.save_text(post=post, text=text, by=guest, at=at, based_on=post.working_id)
    drafting.say(post=post, text="I would rather not be named.", by=guest, at=at)
    drafting.submit_for_review(post=post, by=guest, at=at)
    Letter.objects.filter(kind="to_writer/invitation").update(
        status=Letter.Status.FAILED, last_error="refused: dennis@council.example"
    )
    return Post.objects.get()


@pytest.fixture
def insider() -> User:
    """An editor who may see identities."""
    user = make_editor(display_name="Ines Hart")
    user.user_permissions.add(Permission.objects.get(codename="see_identities"))
    return User.objects.get(pk=user.pk)


def pages_around(post: Post) -> list[str]:
    author = post.ordered_bylines()[0].author
    letters = [reverse("admin:blog_letter_change", args=[letter.pk]) for letter in Letter.objects.all()]
    pieces = [reverse(f"admin:blog_post_{page}", args=[post.pk]) for page in ("particulars", "versions")]
    return [
        "/admin/",
        "/admin/blog/post/",
        review_url(post),
        edit_url(post),
        *pieces,
        *letters,
        "/admin/blog/letter/",
        "/admin/blog/author/",
        reverse("admin:blog_author_change", args=[author.pk]),
    ]


def test_no_page_of_the_desk_tells_who_is_behind_it(post, as_editor):
    for url in pages_around(post):
        page = as_editor.get(url).content.decode()
        assert not REAL.search(page), url


def test_what_the_guest_did_is_under_the_pen_name(post, as_editor):
    page = as_editor.get(review_url(post)).content.decode()
    assert ", A Head of Service" in page
    assert "Whom they were sent to stays hidden" in page


def test_letters_cannot_be_searched_by_address(post, as_editor):
    found = as_editor.get("/admin/blog/letter/?q=council.example").content.decode()
    assert "Nothing fits." in found


def test_a_hidden_letter_cannot_be_rewritten_unseen(post, as_editor):
    letter = Letter.objects.get(kind="to_writer/invitation")
    response = as_editor.post(reverse("admin:blog_letter_rewrite", args=[letter.pk]), {"subject": "A", "text": "B"})
    assert response.status_code == 403


def test_who_may_see_identities_sees_the_letter(post, insider):
    letter = Letter.objects.get(kind="to_writer/invitation")
    page = signed_in(insider).get(reverse("admin:blog_letter_change", args=[letter.pk])).content.decode()
    assert "dennis@council.example" in page


def test_looking_behind_a_name_takes_a_permission_and_a_reason_and_is_written_down(post, as_editor, insider):
    author = post.ordered_bylines()[0].author
    url = reverse("admin:blog_author_behind", args=[author.pk])
    assert as_editor.get(url).status_code == 403
    assert as_editor.post(url, {"reason": "Curious"}).status_code == 403
    client = signed_in(insider)
    assert not REAL.search(client.get(url).content.decode())
    assert client.post(url, {"reason": " "}).status_code == 422
    assert not IdentityLook.objects.exists()
    assert "dennis@council.example" in client.post(url, {"reason": "A legal request"}).content.decode()
    look = IdentityLook.objects.get()
    assert (look.by, look.reason) == (insider, "A legal request")


def test_the_record_of_looks_is_read_by_those_who_may_look_and_shows_no_account(post, as_editor, insider):
    author = post.ordered_bylines()[0].author
    identity.look_behind(author=author, by=insider, at=timezone.now(), reason="A legal request")
    assert as_editor.get("/admin/blog/identitylook/").status_code == 403
    page = signed_in(insider).get("/admin/blog/identitylook/").content.decode()
    assert "A legal request" in page
    assert not REAL.search(page)


def test_djangos_log_keeps_no_names(post, as_editor):
    author = post.ordered_bylines()[0].author
    as_editor.post(reverse("admin:blog_author_change", args=[author.pk]), {"name": "A Director", "is_pen_name": "on"})
    author.refresh_from_db()
    assert author.name == "A Director"
    assert not LogEntry.objects.exists()


def test_no_form_about_a_name_has_a_field_for_the_account():
    assert not {"user", "email", "identity", "account"} & set(AuthorForm.base_fields)
