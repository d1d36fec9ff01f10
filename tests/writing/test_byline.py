"""How a writer’s name appears."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from blog.models import Author, Picture, Post, SignOff
from blog.states import State
from tests.factories import UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db

MOLE = {"name": "The Mole", "is_pen_name": "on", "role": "Planner", "organisation": "A council", "about": "Digs."}


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor)


def portrait(content: bytes | None = None) -> SimpleUploadedFile:
    if content is None:
        out = io.BytesIO()
        Image.new("RGB", (30, 30)).save(out, "JPEG")
        content = out.getvalue()
    return SimpleUploadedFile("me.jpg", content, "image/jpeg")


def test_everything_is_written_down(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "portrait": portrait()})

    author = post.bylines.get().author
    printed = post.bylines.get()
    assert response.status_code == 302
    assert (author.name, author.is_pen_name, author.about) == ("The Mole", True, "Digs.")
    assert (printed.role, printed.organisation) == ("Planner", "A council")
    assert author.portrait is not None
    assert author.slug == "the-mole"


def test_the_page_says_what_a_pen_name_means(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/byline/").content.decode()

    assert "Write under a pen name" in page
    assert "writing under a pen name" in page
    assert 'value="Priya Raman"' in page


@pytest.mark.parametrize("name", ["", "   ", "\x00", "\u202e"])
def test_a_blank_name_is_an_error_and_never_the_real_one(name, as_writer, post, writer):
    response = as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "name": name})

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_name">Write the name that readers will see.' in page
    assert 'value="A council"' in page
    assert writer.display_name not in page
    assert post.bylines.get().author.name == "Priya Raman"


def test_what_is_too_long_is_said_at_each_field_and_kept(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "role": "r" * 161, "about": "a" * 601})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_role_error"' in page
    assert 'id="id_about_error"' in page
    assert "a" * 601 in page


def test_a_wrong_portrait_saves_nothing_else(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "portrait": portrait(b"<svg/>")})

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_portrait">Choose a JPEG, PNG or WebP picture' in page
    assert 'value="The Mole"' in page
    assert post.bylines.get().author.name == "Priya Raman"


def test_a_blank_name_keeps_no_portrait(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "name": "", "portrait": portrait()})

    assert not Picture.objects.exists()


def test_a_portrait_can_be_taken_away(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "portrait": portrait()})

    as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "remove_portrait": "on"})

    assert post.bylines.get().author.portrait is None


def test_a_new_name_voids_the_sign_off(as_writer, writer, editor):
    post = make_piece(State.READY, writer=writer, editor=editor)

    as_writer.post(f"/desk/{post.pk}/byline/", MOLE)

    assert not SignOff.objects.holding().filter(post=post).exists()
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF


def test_a_published_byline_can_be_read_but_not_changed(as_writer, writer, editor):
    post = make_piece(State.PUBLISHED, writer=writer, editor=editor)

    page = as_writer.get(f"/desk/{post.pk}/byline/").content.decode()
    response = as_writer.post(f"/desk/{post.pk}/byline/", MOLE)

    assert "The byline can’t be changed now." in page
    assert response.status_code == 409
    assert 'value="The Mole"' in response.content.decode()
    assert post.bylines.get().author.name == "Priya Raman"


def test_the_name_of_a_fellow_writer_is_left_alone(as_writer, post):
    other = make_author(UserFactory(), name="Dennis Okafor")
    post.bylines.create(author=other, position=2)

    as_writer.post(f"/desk/{post.pk}/byline/", {**MOLE, "author": other.pk, "pk": other.pk})

    assert Author.objects.get(pk=other.pk).name == "Dennis Okafor"


def test_script_in_any_field_is_shown_as_text(as_writer, post):
    attack = "<script>alert(1)</script>"
    as_writer.post(
        f"/desk/{post.pk}/byline/", {"name": attack, "role": attack, "organisation": attack, "about": attack}
    )

    for address in (f"/desk/{post.pk}/byline/", "/desk/", f"/desk/{post.pk}/"):
        assert attack not in as_writer.get(address).content.decode()


def test_a_name_that_says_nothing_yet_is_pointed_to_from_the_writing_page(as_writer, writer, editor):
    bare = make_piece(writer=writer, editor=editor, author=make_author(writer, role=""))

    assert (
        "Before you send the piece, say how your name should appear"
        in as_writer.get(f"/desk/{bare.pk}/").content.decode()
    )

    as_writer.post(f"/desk/{bare.pk}/byline/", MOLE)

    assert "Before you send the piece" not in as_writer.get(f"/desk/{bare.pk}/").content.decode()
