"""The page on which two texts become one: plain form, nothing overwritten, a pen name holds."""

import re

import pytest

from blog.editorial import drafting
from blog.models import Byline, Post, Revision
from tests.factories import NOW, UserFactory, make_author, make_piece
from tests.people import signed_in

pytestmark = pytest.mark.django_db

KETTLE, COPIER, WINDOW = (f"<p>We kept a tally beside the {place}.</p>" for place in ("kettle", "copier", "window"))
ROWS, ROWS_MINE = "<p>Each row had a name against it.</p>", "<p>Each row had one name against it.</p>"
ADDED = "<h2>What we learnt</h2>"


@pytest.fixture
def second(db):
    return UserFactory(display_name="Dennis Okafor of Leeds", email="dennis@council.example")


@pytest.fixture
def post(writer, editor, second) -> Post:
    made = make_piece(writer=writer, editor=editor, body=KETTLE + ROWS)
    mole = make_author(second, name="The Mole", is_pen_name=True)
    Byline.objects.create(post=made, author=mole, position=2)
    return made


def save(post: Post, body: str, by, based_on: int, **more: str) -> Revision:
    return drafting.save_text(post=post, text=drafting.Text(body=body, **more), by=by, at=NOW, based_on=based_on)


def kept_of(post: Post, body: str, by, based_on: int, **more: str) -> Revision:
    with pytest.raises(drafting.ConflictError) as conflict:
        save(post, body, by, based_on, **more)
    post.refresh_from_db()
    return conflict.value.kept


@pytest.fixture
def clash(post, writer, second) -> tuple[Post, Revision]:
    """Both changed the first paragraph, mine the second as well, theirs added a heading."""
    began = post.working_id
    save(post, COPIER + ROWS + ADDED, second, began)
    return post, kept_of(post, WINDOW + ROWS_MINE, writer, began)


def address(post: Post, kept: Revision) -> str:
    return f"/desk/{post.pk}/merge/{kept.pk}/"


def test_what_one_side_changed_is_there_and_the_rest_is_to_choose(as_writer, clash):
    page = as_writer.get(address(*clash)).content.decode()

    assert page.count("<fieldset") == 1
    assert "<del>kettle.</del> <ins>copier.</ins>" in page
    assert "<del>kettle.</del> <ins>window.</ins>" in page
    assert "one name against it" in page
    assert "What we learnt" in page
    assert [label in page for label in ("Theirs: The Mole", "Mine, 12.00", "Both, one after", "by hand")] == [True] * 4


def test_the_co_author_under_a_pen_name_is_nobody_else(as_writer, clash):
    page = as_writer.get(address(*clash)).content.decode()

    assert not re.search(r"Dennis|Okafor|Leeds|dennis@", page)


@pytest.mark.parametrize(
    ("sent", "first"),
    [
        ({"choice-body-0": "theirs"}, COPIER),
        ({"choice-body-0": "mine"}, WINDOW),
        ({"choice-body-0": "both"}, COPIER + WINDOW),
        ({"choice-body-0": "by hand", "text-body-0": "<p>By <b>hand</b>.<script>x</script></p>"}, "<p>By hand.</p>"),
        ({"choice-body-0": "by hand", "text-body-0": ""}, ""),
    ],
)
def test_what_was_chosen_is_saved_on_the_working_text(as_writer, clash, sent, first):
    post, kept = clash
    seen = post.working_id

    response = as_writer.post(address(post, kept), {"working": seen, **sent})

    post.refresh_from_db()
    assert response.status_code == 302
    assert post.working.body == first + ROWS_MINE + ADDED
    assert post.working.based_on_id == seen
    assert Revision.objects.get(pk=kept.pk).body == WINDOW + ROWS_MINE


def test_without_a_choice_it_says_where_and_keeps_the_others(as_writer, post, writer, second):
    began = post.working_id
    save(post, COPIER + "<p>Each row had a date against it.</p>", second, began, title="Theirs")
    kept = kept_of(post, WINDOW + ROWS_MINE, writer, began, title="Mine")

    response = as_writer.post(address(post, kept), {"working": post.working_id, "choice-title": "mine"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Place 2: Choose what stands here." in page
    assert "Place 3: Choose what stands here." in page
    assert re.search(r'name="choice-title" value="mine" checked', page)
    assert post.revisions.count() == 4


def test_texts_that_fit_together_need_no_choice(as_writer, post, writer, second):
    began = post.working_id
    save(post, COPIER + ROWS, second, began)
    kept = kept_of(post, KETTLE + ROWS_MINE, writer, began)

    page = as_writer.get(address(post, kept)).content.decode()
    as_writer.post(address(post, kept), {"working": post.working_id})

    post.refresh_from_db()
    assert "so they fit together" in page
    assert post.working.body == COPIER + ROWS_MINE


def test_a_save_in_between_brings_the_outcome_together_once_more(as_writer, clash, second):
    post, kept = clash
    seen = post.working_id
    save(post, COPIER + ROWS + ADDED + "<p>One more.</p>", second, seen)

    response = as_writer.post(address(post, kept), {"working": seen, "choice-body-0": "mine"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "<fieldset" not in page
    assert "One more." in page
    again = response.context["merged"]
    as_writer.post(address(post, again["kept"]), {"working": again["working"].pk})
    post.refresh_from_db()
    assert post.working.body == WINDOW + ROWS_MINE + ADDED + "<p>One more.</p>"


def test_after_that_there_is_nothing_left_to_bring_together(as_writer, clash):
    post, kept = clash
    assert "is kept beside this text" in as_writer.get(f"/desk/{post.pk}/").content.decode()

    as_writer.post(address(post, kept), {"working": post.working_id, "choice-body-0": "mine"})

    assert "is kept beside this text" not in as_writer.get(f"/desk/{post.pk}/").content.decode()
    assert "is in the piece already" in as_writer.get(address(post, kept)).content.decode()


def test_a_version_of_another_piece_is_not_there(as_writer, clash, editor):
    post, kept = clash
    foreign = make_piece(editor=editor)

    assert as_writer.get(f"/desk/{post.pk}/merge/{foreign.working_id}/").status_code == 404
    for working in (foreign.working_id, "x", "\x00", 99999999999999999999):
        sent = {"working": working, "choice-body-0": "mine"}
        assert as_writer.post(address(post, kept), sent).status_code == 404


def test_an_editor_brings_two_texts_together_at_the_other_desk(writer, editor):
    post = make_piece(writer=writer, editor=editor, body=KETTLE + ROWS)
    drafting.submit_for_review(post=post, by=writer, at=NOW)
    client, began = signed_in(editor), post.working_id
    save(post, COPIER + ROWS, editor, began, introduction="<p>Theirs.</p>")
    kept = kept_of(post, KETTLE + ROWS_MINE, editor, began, introduction="<p>Mine.</p>")
    there = f"/admin/blog/post/{post.pk}/merge/{kept.pk}/"

    page = client.get(there).content.decode()
    refused = client.post(there, {"working": post.working_id})
    done = client.post(there, {"working": post.working_id, "choice-introduction-0": "both"})

    post.refresh_from_db()
    assert "From my other window" in page
    assert (refused.status_code, done.status_code) == (422, 302)
    assert post.working.body == COPIER + ROWS_MINE
    assert post.working.introduction == "<p>Theirs.</p><p>Mine.</p>"
