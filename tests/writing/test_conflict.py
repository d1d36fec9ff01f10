"""Two people, or two windows, on the same text: both texts are kept, and somebody chooses."""

import pytest

from blog.editorial import drafting
from blog.models import Byline, Post, Revision
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def overtaken(writer, editor) -> tuple[Post, int]:
    """A piece that a second writer saved after the first had opened it, and the revision the first began from."""
    post = make_piece(writer=writer, editor=editor, body="<p>We kept a tally beside the kettle.</p>")
    began_from = post.working_id
    second = UserFactory(display_name="Dennis O")
    Byline.objects.create(post=post, author=make_author(second, name="Dennis Okafor"), position=2)
    theirs = drafting.Text(body="<p>We kept a tally beside the copier.</p>")
    drafting.save_text(post=post, text=theirs, by=second, at=NOW, based_on=began_from)
    return post, began_from


def save(client, post: Post, began_from: int):
    fields = {"title": "Mine", "standfirst": "", "body": "<p>We kept a tally beside the window.</p>"}
    return client.post(f"/desk/{post.pk}/", {**fields, "based_on": began_from, "send": "1"})


def test_the_form_answers_with_both_texts_to_choose_from(as_writer, overtaken):
    response = save(as_writer, *overtaken)

    page = response.content.decode()
    assert response.status_code == 409
    assert "<del>kettle.</del> <ins>copier.</ins>" in page
    assert "<del>kettle.</del> <ins>window.</ins>" in page
    assert "Dennis Okafor" in page
    assert "Dennis O<" not in page
    assert "Use mine" in page
    assert "Go on with the other" in page


def test_both_texts_are_kept_and_nothing_was_sent(as_writer, overtaken):
    post, _ = overtaken

    save(as_writer, *overtaken)

    post.refresh_from_db()
    assert post.working.body == "<p>We kept a tally beside the copier.</p>"
    assert Revision.objects.filter(post=post, body="<p>We kept a tally beside the window.</p>").exists()
    assert post.state == "drafting"


def test_using_mine_makes_it_the_newest_and_keeps_the_other(as_writer, overtaken):
    post, _ = overtaken
    page = save(as_writer, *overtaken)
    mine = page.context["other"]

    response = as_writer.post(f"/desk/{post.pk}/use/{mine.pk}/", {"based_on": page.context["post"].working_id})

    post.refresh_from_db()
    assert response.status_code == 302
    assert post.working.body == "<p>We kept a tally beside the window.</p>"
    assert Revision.objects.filter(post=post, body="<p>We kept a tally beside the copier.</p>").exists()


def test_a_third_save_in_between_is_a_conflict_again(as_writer, overtaken):
    post, began_from = overtaken
    mine = save(as_writer, *overtaken).context["other"]

    response = as_writer.post(f"/desk/{post.pk}/use/{mine.pk}/", {"based_on": began_from})

    assert response.status_code == 409
    assert Post.objects.get(pk=post.pk).working.body == "<p>We kept a tally beside the copier.</p>"


def test_a_version_kept_aside_is_listed_as_such(as_writer, overtaken):
    post, _ = overtaken
    save(as_writer, *overtaken)

    assert "Kept beside the text" in as_writer.get(f"/desk/{post.pk}/versions/").content.decode()


def test_the_script_hears_of_somebody_else_by_time(as_writer, overtaken):
    post, began_from = overtaken

    answer = as_writer.post(f"/desk/{post.pk}/autosave/", {"title": "Mine", "based_on": began_from}).json()

    assert answer["message"] == "Somebody else saved this piece at 12.00."
