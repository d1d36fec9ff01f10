"""Publishing: by the clock alone, exactly what was signed off, and at times that exist."""

import datetime as dt

import pytest

from blog.editorial import corrections, drafting, proof, publishing, review
from blog.editorial.publishing import NotSignedOffError, moment_in_uk
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Author, Letter, Post
from blog.states import State
from tests.factories import NOW, make_piece

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_published_piece_is_visible_from_its_moment_on(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)

    publishing.publish(post=post, by=editor, at=NOW)

    assert Post.objects.visible_at(NOW).get() == post
    assert not Post.objects.visible_at(NOW - HOUR).exists()


def test_a_scheduled_piece_appears_by_the_clock_alone(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)

    publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + HOUR)

    assert not Post.objects.visible_at(NOW + HOUR - dt.timedelta(seconds=1)).exists()
    assert Post.objects.visible_at(NOW + HOUR).get() == post


def test_a_piece_can_be_dated_back(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)

    publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW - HOUR)

    assert post.published_at == NOW - HOUR
    assert Post.objects.visible_at(NOW).get() == post


def test_a_scheduled_piece_can_be_unscheduled_and_goes_nowhere(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer, go_out_at=NOW + HOUR)

    publishing.unschedule(post=post, by=editor, at=NOW)

    assert post.state == State.READY
    assert not Post.objects.visible_at(NOW + 2 * HOUR).exists()


def test_a_piece_that_is_out_cannot_be_unscheduled(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer)

    with pytest.raises(MoveNotAllowedError, match="out already"):
        publishing.unschedule(post=post, by=editor, at=NOW)


def test_a_stale_copy_cannot_unschedule_what_somebody_published_at_once(editor, writer):
    stale = make_piece(State.PUBLISHED, editor=editor, writer=writer, go_out_at=NOW + HOUR)
    publishing.unschedule(post=Post.objects.get(pk=stale.pk), by=editor, at=NOW)
    publishing.publish(post=Post.objects.get(pk=stale.pk), by=editor, at=NOW)

    with pytest.raises(MoveNotAllowedError, match="out already"):
        publishing.unschedule(post=stale, by=editor, at=NOW)

    assert Post.objects.visible_at(NOW).get() == stale


def test_editing_a_published_piece_leaves_the_live_text_alone(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer)
    live = post.live

    drafting.save_text(post=post, text=drafting.Text(title="Corrected"), by=editor, at=NOW, based_on=post.working_id)

    post.refresh_from_db()
    assert (post.state, post.live) == (State.PUBLISHED, live)
    assert post.working.title == "Corrected"


def test_a_scheduled_piece_is_not_changed_behind_its_writers_backs(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer, go_out_at=NOW + HOUR)
    signed = post.live
    drafting.save_text(post=post, text=drafting.Text(title="Other"), by=editor, at=NOW, based_on=post.working_id)

    with pytest.raises(EditorialRefusal, match="not out yet"):
        corrections.publish_correction(post=post, note="Better.", by=editor, at=NOW)

    assert Post.objects.get(pk=post.pk).live == signed


def test_a_text_edited_after_the_sign_off_is_not_published(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)
    post.sign_offs.all().delete()

    with pytest.raises(NotSignedOffError):
        publishing.publish(post=post, by=editor, at=NOW)

    assert Post.objects.get(pk=post.pk).state == State.READY


def test_an_override_with_a_reason_publishes_without_the_sign_off(editor, writer):
    post = make_piece(State.IN_PROOF, editor=editor, writer=writer)
    proof.go_ahead(post=post, reason="Priya is at sea until May.", by=editor, at=NOW)

    publishing.publish(post=post, by=editor, at=NOW)

    assert post.moves.get(kind="go_ahead").reason == "Priya is at sea until May."
    assert post.state == State.PUBLISHED


def test_taking_a_ready_piece_back_voids_the_sign_off_of_the_edited_text(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)
    proof.take_back_for_editing(post=post, by=editor, at=NOW)

    drafting.save_text(post=post, text=drafting.Text(title="New"), by=editor, at=NOW, based_on=post.working_id)

    post.refresh_from_db()
    assert not proof.is_signed_off(post=post)


def test_two_pieces_with_one_title_get_two_addresses(editor, writer):
    first = make_piece(State.PUBLISHED, editor=editor, writer=writer, title="Minutes")
    second = make_piece(State.PUBLISHED, editor=editor, title="Minutes")

    assert (first.slug, second.slug) == ("minutes", "minutes-2")


def test_the_address_says_the_day_in_london(editor, writer):
    just_after_midnight_in_london = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer, title="Late", at=just_after_midnight_in_london)

    assert post.get_absolute_url() == "/2026/07/01/late/"


def test_a_publication_tells_each_writer_once(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer)

    assert Letter.objects.filter(post=post, kind="to_writer/published").count() == 1


@pytest.mark.parametrize(
    ("day", "time", "explanation"),
    [
        (dt.date(2027, 3, 28), dt.time(1, 30), "does not exist"),
        (dt.date(2027, 10, 31), dt.time(1, 30), "exists twice"),
    ],
)
def test_a_time_that_nobody_can_mean_is_explained(day, time, explanation):
    with pytest.raises(IncompleteError, match=explanation):
        moment_in_uk(day=day, time=time)


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        (dt.date(2027, 3, 28), dt.time(0, 59), dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)),
        (dt.date(2027, 3, 28), dt.time(2, 0), dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)),
        (dt.date(2027, 10, 31), dt.time(2, 0), dt.datetime(2027, 10, 31, 2, 0, tzinfo=dt.UTC)),
        (dt.date(2027, 7, 1), dt.time(8, 0), dt.datetime(2027, 7, 1, 7, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_wall_clock_time_becomes_the_moment_it_names(day, time, moment):
    assert moment_in_uk(day=day, time=time) == moment


def test_going_ahead_once_is_no_consent_to_what_was_signed_off_and_changed_later(editor, writer):
    post = make_piece(State.IN_PROOF, editor=editor, writer=writer)
    proof.go_ahead(post=post, reason="Priya is at sea until May.", by=editor, at=NOW)
    later = NOW + dt.timedelta(days=1)
    proof.take_back_for_editing(post=post, by=editor, at=later)
    review.accept(post=post, by=editor, at=later)
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=later)
    # By another piece that the name stands on: what was signed is not what would be printed
    Author.objects.filter(bylines__post=post).update(name="Somebody Else")

    with pytest.raises(NotSignedOffError):
        publishing.publish(post=post, by=editor, at=later)
