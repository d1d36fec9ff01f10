"""Two at the same moment: one wins, the other is told, and nothing happens twice. On real transactions."""

import datetime as dt

import pytest
from django.conf import settings

from blog.editorial import drafting, proof, publishing, review
from blog.editorial.letters import post_room
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import Letter, Listing, Post, Standing
from blog.states import State
from tests.factories import NOW, CategoryFactory, SeriesFactory, UserFactory, make_author, make_editor, make_piece
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.two_at_once]


def test_two_editors_publish_one_publication_one_letter():
    editors = [make_editor(), make_editor()]
    ready = make_piece(State.READY)

    outcomes = at_once(
        *[lambda e=e: publishing.publish(post=Post.objects.get(pk=ready.pk), by=e, at=NOW) for e in editors]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Move", "MoveNotAllowedError"]
    assert ready.moves.filter(kind="publish").count() == 1
    assert Letter.objects.filter(post=ready, kind="to_writer/published").count() == 1


def test_two_pieces_published_at_once_are_both_counted():
    editor, belongs = make_editor(), {"category": CategoryFactory(), "series": SeriesFactory(planned_parts=3)}
    pieces = [make_piece(State.READY, title=f"Part {n}", part_number=n, **belongs) for n in (1, 2)]

    at_once(*[lambda p=p: publishing.publish(post=Post.objects.get(pk=p.pk), by=editor, at=NOW) for p in pieces])

    assert set(Listing.objects.exclude(kind="author").values_list("pieces", flat=True)) == {2}
    assert Standing.objects.get().parts == 2


def test_an_editor_accepts_while_another_declines():
    first, second = make_editor(), make_editor()
    post = make_piece(State.SUBMITTED)

    outcomes = at_once(
        lambda: review.accept(post=Post.objects.get(pk=post.pk), by=first, at=NOW),
        lambda: review.decline(post=Post.objects.get(pk=post.pk), reason="No.", by=second, at=NOW),
    )

    assert sum(isinstance(outcome, MoveNotAllowedError) for outcome in outcomes) == 1
    assert post.moves.exclude(kind__in=["begin", "submit"]).count() == 1


def test_two_co_authors_sign_off_and_the_piece_becomes_ready_once():
    writer, co_author = UserFactory(), UserFactory()
    post = make_piece(State.SUBMITTED, writer=writer)
    post.bylines.create(author=make_author(co_author, name="Dennis Okafor"), position=2)
    review.accept(post=post, by=make_editor(), at=NOW)

    at_once(
        *[
            lambda w=w: proof.sign_off(post=Post.objects.get(pk=post.pk), seen=post.working_id, by=w, at=NOW)
            for w in (writer, co_author)
        ]
    )

    assert Post.objects.get(pk=post.pk).state == State.READY
    assert post.moves.filter(kind="sign_off").count() == 1


def test_two_tabs_that_save_at_once_keep_both_texts():
    writer = UserFactory()
    post = make_piece(writer=writer)
    opened = post.working_id

    outcomes = at_once(
        *[
            lambda title=title: drafting.save_text(
                post=Post.objects.get(pk=post.pk), text=drafting.Text(title=title), by=writer, at=NOW, based_on=opened
            )
            for title in ("One", "Two")
        ]
    )

    assert sum(isinstance(outcome, drafting.ConflictError) for outcome in outcomes) == 1
    assert {"One", "Two"} <= set(post.revisions.values_list("title", flat=True))


def test_two_workers_send_each_letter_once(mailoutbox):
    make_piece(State.PUBLISHED)
    waiting = Letter.objects.filter(status=Letter.Status.WAITING).count()

    later = NOW + dt.timedelta(minutes=settings.LETTER_MINUTES)
    at_once(*[lambda: post_room.send_due(at=later) for _ in range(2)])

    assert waiting > 2
    assert len(mailoutbox) == waiting
    assert not Letter.objects.filter(status=Letter.Status.WAITING).exists()
