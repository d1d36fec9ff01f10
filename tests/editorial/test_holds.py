"""Holds: inside one, going out takes a reason; what was scheduled before waits for a decision."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import corrections, drafting, holds, publishing
from blog.editorial.holds import HeldError
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Hold, Letter, Post
from blog.states import State
from tests.factories import NOW, CategoryFactory, make_piece

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_hold(editor, *, categories=None, begins=NOW + DAY, ends=NOW + 9 * DAY, name="Election period") -> Hold:
    hold = Hold(name=name, reason="Nothing that could sway a vote.", begins_at=begins, ends_at=ends)
    holds.keep(hold=hold, categories=categories, by=editor, at=NOW)
    return hold


def test_scheduling_inside_a_hold_names_it_and_asks_for_a_reason(editor):
    make_hold(editor)
    post = make_piece(State.READY, editor=editor)

    with pytest.raises(HeldError, match="“Election period”: Nothing that could sway a vote") as refused:
        publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY)

    assert set(refused.value.errors) == {"hold_reason"}
    assert Post.objects.get(pk=post.pk).state == State.READY


def test_with_a_reason_it_goes_out_and_the_reason_is_kept(editor):
    hold = make_hold(editor)
    post = make_piece(State.READY, editor=editor)

    made = publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY, hold_reason=" About bins. ")

    assert made.reason == "About bins."
    assert [(one.hold, one.reason) for one in post.hold_exemptions.all()] == [(hold, "About bins.")]
    assert holds.undecided(by=editor, at=NOW) == []


@pytest.mark.parametrize(("hours", "is_held"), [(23, False), (24, True), (24 * 9 - 1, True), (24 * 9, False)])
def test_a_hold_has_its_beginning_and_not_its_end(hours, is_held, editor):
    make_hold(editor)
    post = make_piece(State.READY, editor=editor)
    moment = NOW + dt.timedelta(hours=hours)
    if is_held:
        with pytest.raises(HeldError):
            publishing.publish(post=post, by=editor, at=NOW, go_out_at=moment)
    else:
        publishing.publish(post=post, by=editor, at=NOW, go_out_at=moment)


@pytest.mark.parametrize("go_out_at", [None, NOW - 400 * DAY])
def test_publishing_now_inside_a_hold_takes_a_reason_also_with_an_old_date(go_out_at, editor):
    make_hold(editor, begins=NOW - DAY)
    post = make_piece(State.READY, editor=editor)
    with pytest.raises(HeldError):
        publishing.publish(post=post, by=editor, at=NOW, go_out_at=go_out_at)


def test_a_hold_for_some_categories_leaves_the_others_alone(editor):
    held, free = CategoryFactory(), CategoryFactory()
    make_hold(editor, categories=[held])
    moment = NOW + 2 * DAY
    publishing.publish(post=make_piece(State.READY, category=free), by=editor, at=NOW, go_out_at=moment)
    publishing.publish(post=make_piece(State.READY, title="B"), by=editor, at=NOW, go_out_at=moment)
    with pytest.raises(HeldError):
        publishing.publish(post=make_piece(State.READY, category=held), by=editor, at=NOW, go_out_at=moment)
    held_posts = held.posts.all()
    held_posts.update(category=free)
    held.delete()
    assert not Hold.objects.covering(moment, free.pk).exists()


def test_overlapping_holds_are_both_named_and_both_decided(editor):
    make_hold(editor)
    make_hold(editor, name="Bank holiday")
    post = make_piece(State.READY, editor=editor)
    with pytest.raises(HeldError, match=r"Election period.*Bank holiday"):
        publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY)
    publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY, hold_reason="Agreed.")
    assert post.hold_exemptions.count() == 2


def test_a_hold_made_later_names_what_is_inside_and_unschedules_nothing(editor):
    post = make_piece(State.PUBLISHED, editor=editor, go_out_at=NOW + 2 * DAY)
    hold = Hold(name="Late", reason="Called early.", begins_at=NOW + DAY, ends_at=NOW + 3 * DAY)

    assert holds.keep(hold=hold, categories=None, by=editor, at=NOW) == [post]

    assert Post.objects.get(pk=post.pk).state == State.PUBLISHED
    assert holds.undecided(by=editor, at=NOW) == [(post, [hold])]
    letters = Letter.objects.count()
    holds.let_stand(post=post, reason="It is about bins.", by=editor, at=NOW)
    assert holds.undecided(by=editor, at=NOW) == []
    assert Letter.objects.count() == letters
    with pytest.raises(MoveNotAllowedError):
        holds.let_stand(post=post, reason="Again.", by=editor, at=NOW)


def test_letting_it_stand_takes_a_reason(editor):
    post = make_piece(State.PUBLISHED, editor=editor, go_out_at=NOW + 2 * DAY)
    make_hold(editor)
    with pytest.raises(IncompleteError):
        holds.let_stand(post=post, reason=" ", by=editor, at=NOW)


def test_an_old_decision_does_not_hold_for_another_time(editor):
    post = make_piece(State.READY, editor=editor)
    make_hold(editor)
    publishing.publish(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY, hold_reason="Agreed.")
    with pytest.raises(HeldError):
        publishing.reschedule(post=post, by=editor, at=NOW, go_out_at=NOW + 3 * DAY)
    post.refresh_from_db()
    publishing.unschedule(post=post, by=editor, at=NOW)
    assert not post.hold_exemptions.exists()


def test_a_correction_and_a_retraction_are_not_stopped(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer)
    make_hold(editor, begins=NOW - DAY)
    text = drafting.Text(title="Corrected")
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="241.", by=editor, at=NOW)
    publishing.retract(post=post, reason="Wrong.", by=editor, at=NOW)
    assert post.state == State.RETRACTED


def test_only_publishers_make_holds(reader):
    with pytest.raises(PermissionDenied):
        make_hold(reader)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"name": " "}, "name"), ({"categories": []}, "categories"), ({"ends": NOW + DAY}, "to_day")],
)
def test_what_is_missing_is_said(fields, wrong, editor):
    with pytest.raises(IncompleteError) as refused:
        make_hold(editor, **fields)
    assert set(refused.value.errors) == {wrong}


def test_moving_a_scheduled_piece_is_one_act_with_one_letter(editor, writer):
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer, go_out_at=NOW + DAY)
    Letter.objects.all().delete()

    publishing.reschedule(post=post, by=editor, at=NOW, go_out_at=NOW + 2 * DAY)

    assert post.published_at == NOW + 2 * DAY
    assert [(one.kind, one.to_user) for one in Letter.objects.all()] == [("to_writer/rescheduled", writer)]
    assert not Post.objects.visible_at(NOW + DAY).exists()
    assert Post.objects.visible_at(NOW + 2 * DAY).get() == post


def test_a_piece_that_is_out_keeps_its_time(editor):
    post = make_piece(State.PUBLISHED, editor=editor)
    with pytest.raises(MoveNotAllowedError, match="out already"):
        publishing.reschedule(post=post, by=editor, at=NOW, go_out_at=NOW + DAY)


def test_a_retracted_piece_comes_back_in_a_hold_only_with_a_reason(editor):
    post = make_piece(State.PUBLISHED, editor=editor)
    hold = make_hold(editor)
    publishing.retract(post=post, reason="Wrong.", by=editor, at=NOW)

    with pytest.raises(IncompleteError, match="Election period") as refused:
        publishing.reinstate(post=post, by=editor, at=NOW + 2 * DAY, reason=" ")
    assert set(refused.value.errors) == {"reason"}
    assert Post.objects.get(pk=post.pk).state == State.RETRACTED

    publishing.reinstate(post=post, by=editor, at=NOW + 2 * DAY, reason="It was right.")
    assert [(one.hold, one.reason) for one in post.hold_exemptions.all()] == [(hold, "It was right.")]
