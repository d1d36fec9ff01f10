"""Every version of a text is kept, listed, readable, and comparable with any other."""

import datetime as dt

import pytest

from blog.editorial import drafting
from blog.models import Post, Revision
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(writer, editor) -> Post:
    post = make_piece(writer=writer, editor=editor, title="First", at=NOW - dt.timedelta(days=1))
    for minute, title in enumerate(("Second", "Third", "Fourth")):
        at = NOW + dt.timedelta(minutes=minute)
        drafting.save_text(post=post, text=drafting.Text(title=title), by=writer, at=at, based_on=post.working_id)
    return post


def keys(post: Post) -> list[int]:
    return list(Revision.objects.filter(post=post).order_by("number").values_list("pk", flat=True))


def test_saves_of_one_sitting_are_one_line_and_every_save_can_be_shown(as_writer, post):
    short = as_writer.get(f"/desk/{post.pk}/versions/")
    long = as_writer.get(f"/desk/{post.pk}/versions/?every=1")

    assert len(short.context["versions"]) == 3
    assert "2 saves in between are not listed." in short.content.decode()
    assert [version.revision.pk for version in long.context["versions"]] == keys(post)[::-1]


def test_what_was_sent_is_always_listed(as_writer, post, writer):
    drafting.submit_for_review(post=post, by=writer, at=NOW)

    assert "Sent to the editor" in as_writer.get(f"/desk/{post.pk}/versions/").content.decode()


@pytest.mark.parametrize("saves", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(
    saves, as_writer, writer, editor, django_assert_num_queries
):
    post = make_piece(writer=writer, editor=editor)
    for number in range(saves):
        text = drafting.Text(title=f"Title {number}")
        drafting.save_text(post=post, text=text, by=writer, at=NOW, based_on=post.working_id)

    with django_assert_num_queries(10):
        as_writer.get(f"/desk/{post.pk}/versions/?every=1")


def test_a_version_can_be_read(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/versions/{keys(post)[1]}/").content.decode()

    assert "First" in page
    assert "Go on with this version" in page


def test_two_versions_are_compared(as_writer, post):
    ids = keys(post)

    chosen = as_writer.get(f"/desk/{post.pk}/versions/", {"old": ids[1], "new": ids[-1]})
    page = as_writer.get(chosen["Location"]).content.decode()

    assert chosen["Location"] == f"/desk/{post.pk}/compare/{ids[1]}/{ids[-1]}/"
    assert "<del>First</del>" in page
    assert "<ins>Fourth</ins>" in page


def test_a_version_compared_with_itself_is_the_same(as_writer, post):
    key = post.working_id

    assert "The two texts are the same." in as_writer.get(f"/desk/{post.pk}/compare/{key}/{key}/").content.decode()


@pytest.mark.parametrize("query", ["old=x&new=1", "old=1", "new=%00", f"old={'9' * 30}&new=1", "old=²&new=²"])
def test_what_is_no_version_is_not_found(query, as_writer, post):
    assert as_writer.get(f"/desk/{post.pk}/versions/?{query}").status_code == 404


def test_going_on_with_an_earlier_version_loses_nothing(as_writer, post):
    before = keys(post)

    as_writer.post(f"/desk/{post.pk}/use/{before[1]}/")

    post.refresh_from_db()
    assert post.title == "First"
    assert keys(post)[:-1] == before


def test_out_of_turn_no_version_can_be_brought_back(as_writer, post, writer):
    drafting.submit_for_review(post=post, by=writer, at=NOW)

    assert as_writer.post(f"/desk/{post.pk}/use/{keys(post)[0]}/").status_code == 409
    assert Post.objects.get(pk=post.pk).title == "Fourth"


def test_versions_bear_the_names_of_the_byline(client, editor):
    person, second = UserFactory(display_name="Real Name"), UserFactory()
    mole = make_author(person, name="The Mole", is_pen_name=True)
    post = make_piece(State.SUBMITTED, writer=person, author=mole, editor=editor)
    post.bylines.create(author=make_author(second, name="Second Name"), position=2)
    client.force_login(second, backend="django.contrib.auth.backends.ModelBackend")

    for address in (
        "versions/?every=1",
        f"versions/{post.working_id}/",
        f"compare/{keys(post)[0]}/{post.working_id}/",
    ):
        page = client.get(f"/desk/{post.pk}/{address}").content.decode()
        assert "The Mole" in page
        assert "Real Name" not in page


def test_script_in_an_old_version_is_shown_as_text(as_writer, post, writer):
    attack = "<script>alert(1)</script>"
    drafting.save_text(
        post=post, text=drafting.Text(title=attack, standfirst=attack), by=writer, at=NOW, based_on=post.working_id
    )

    for address in ("versions/", f"versions/{post.working_id}/", f"compare/{keys(post)[0]}/{post.working_id}/"):
        assert attack not in as_writer.get(f"/desk/{post.pk}/{address}").content.decode()
