"""The writing page with a plain form: save, send, and nothing typed ever lost."""

import pytest

from blog.models import Letter, Post, Revision
from blog.states import State
from tests.factories import LONG_TEXT, make_author, make_piece

pytestmark = pytest.mark.django_db

BEYOND = {"title": "A better title", "standfirst": "In a sentence.", "body": "<p>One two three.</p>"}


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor, brief="What happens in the end.", brief_words=900)


def typed(post: Post, **fields: object) -> dict[str, object]:
    return {"based_on": post.working_id, **BEYOND, **fields}


def test_the_page_is_what_the_editor_in_the_browser_expects(as_writer, post, writer):
    page = as_writer.get(f"/desk/{post.pk}/").content.decode()

    assert f'data-autosave="/desk/{post.pk}/autosave/"' in page
    assert f'data-pictures="/desk/{post.pk}/pictures/"' in page
    assert f'data-key="piece-{post.pk}-user-{writer.pk}"' in page
    assert f'data-login="/accounts/login/?next=%2Fdesk%2F{post.pk}%2F"' in page
    assert f'<input type="hidden" name="based_on" value="{post.working_id}">' in page
    assert "data-prose" in page
    assert "data-state" in page
    assert 'id="writing-tools"' in page
    assert "What happens in the end." in page
    assert "of about 900 words" in page


def test_saving_makes_a_revision_and_comes_back(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/", typed(post))

    post.refresh_from_db()
    assert response.status_code == 302
    assert response["Location"] == f"/desk/{post.pk}/"
    assert (post.title, post.working.body) == ("A better title", "<p>One two three.</p>")
    assert post.state == State.DRAFTING


def test_sending_saves_first(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/", typed(post, send="1"))

    post.refresh_from_db()
    assert (post.state, post.title) == (State.SUBMITTED, "A better title")
    assert Letter.objects.get(kind="to_editor/submitted").to_address == "tom@blog.example"


def test_the_address_for_sending_needs_no_text(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/submit/")

    post.refresh_from_db()
    assert post.state == State.SUBMITTED


def test_after_sending_the_page_says_who_has_it_and_offers_to_take_it_back(as_writer, post):
    page = as_writer.post(f"/desk/{post.pk}/", typed(post, send="1"), follow=True).content.decode()

    assert "Tom Ashby looks after it and will answer by" in page
    assert "Take it back to change something" in page
    assert '<form class="paper"' not in page


@pytest.mark.parametrize(
    ("fields", "sentence", "field"),
    [
        ({"title": ""}, "Give the piece a title.", "title"),
        ({"body": ""}, "Write the text first.", "body"),
        ({"body": '<p>See:</p><figure><img src="/media/a.png"></figure>'}, "Describe every picture", "body"),
        ({"title": "x" * 301}, "Shorten the title to 300 characters.", "title"),
        ({"standfirst": "x" * 1001}, "Shorten the standfirst", "standfirst"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(fields, sentence, field, as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/", typed(post, send="1", **fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error:" in page
    assert f'<a href="#id_{field}">{sentence}' in page
    assert f'id="id_{field}_error"' in page
    assert BEYOND["standfirst"] in page or "standfirst" in fields
    assert Post.objects.get(pk=post.pk).state == State.DRAFTING


def test_a_refused_sending_has_saved_and_can_be_sent_again_from_the_same_page(as_writer, post):
    page = as_writer.post(f"/desk/{post.pk}/", typed(post, send="1", title=""))

    again = typed(post, send="1", based_on=page.context["shown"].based_on)
    assert as_writer.post(f"/desk/{post.pk}/", again).status_code == 302
    assert Post.objects.get(pk=post.pk).state == State.SUBMITTED


def test_only_the_writers_own_fields_are_taken(as_writer, post, editor):
    before = Post.objects.filter(pk=post.pk).values().get()
    forged = {
        "state": "published",
        "status": "published",
        "published_at": "2020-01-01",
        "author": "1",
        "authors": "1",
        "editor": "",
        "slug": "mine",
        "is_guest_piece": "",
        "introduction": "<p>The editor says yes.</p>",
        "introduced_by": make_author(name="Somebody").pk,
        "lead_picture": "1",
        "written_by": editor.pk,
    }

    as_writer.post(f"/desk/{post.pk}/", typed(post, **forged))

    after = Post.objects.filter(pk=post.pk).values().get()
    revision = Revision.objects.get(pk=after.pop("working_id"))
    before.pop("working_id")
    assert after == before
    assert (revision.introduction, revision.introduced_by, revision.lead_picture) == ("", None, None)
    assert revision.written_by.display_name == "Priya R"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_PROOF, State.READY, State.PUBLISHED, State.WITHDRAWN])
def test_a_text_that_comes_too_late_is_shown_to_its_writer_again(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    response = as_writer.post(f"/desk/{post.pk}/", typed(post, body="An hour’s work"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "It is not your turn to write" in page
    assert "An hour’s work" in page
    assert Post.objects.get(pk=post.pk).working.body == LONG_TEXT.strip()


def test_sending_twice_is_refused_the_second_time(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/submit/")

    response = as_writer.post(f"/desk/{post.pk}/submit/")

    assert response.status_code == 409
    assert Letter.objects.filter(kind="to_editor/submitted").count() == 1


def test_script_is_removed_from_the_text_and_shown_as_text_elsewhere(as_writer, post):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    as_writer.post(f"/desk/{post.pk}/", typed(post, title=attack, standfirst=attack, body=f"<p>Words {attack}</p>"))
    as_writer.post(f"/desk/{post.pk}/say/", {"text": attack})

    for address in ("/desk/", f"/desk/{post.pk}/", f"/desk/{post.pk}/versions/", f"/desk/{post.pk}/byline/"):
        page = as_writer.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("field", ["title", "standfirst", "body"])
@pytest.mark.parametrize(
    "text", ["NUL\x00 inside", "lone \udce4 surrogate".encode("utf-8", "surrogatepass"), "x" * 2_000_000]
)
def test_odd_characters_and_endless_texts_are_never_an_error_of_ours(field, text, as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/", typed(post, **{field: text}))

    assert response.status_code in {302, 422}
    assert "\x00" not in Post.objects.get(pk=post.pk).title


@pytest.mark.parametrize("based_on", ["", "x", "-1", "9" * 40, "1\x00", "²"])
def test_a_basis_that_is_none_never_overwrites(based_on, as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/", typed(post, based_on=based_on))

    assert response.status_code == 409
    assert Post.objects.get(pk=post.pk).title == "Who closes a row?"
    assert Revision.objects.filter(post=post, title="A better title").exists()
