"""Every move tells the other side once, by a letter of its own, and never whoever made it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.conf import settings

from accounts.models import User
from blog.editorial import corrections, drafting, proof, publishing, review
from blog.editorial.letters import reconsidering
from blog.editorial.names import identity
from blog.models import Letter, Post
from blog.states import MoveKind, State
from tests.factories import NOW, make_editor

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://\S+")
Act = Callable[[Post, User, User], object]


def correct(post: Post, editor: User) -> None:
    text = drafting.Text(body="<p>It was 241.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="It was 241.", by=editor, at=NOW)


def rename(post: Post, writer: User) -> None:
    details = identity.BylineDetails("Another Name", is_pen_name=True)
    identity.set_byline(post=post, author=post.bylines.get().author, details=details, by=writer, at=NOW)


# Every move of the table: from which state, who makes it, and which letter goes to the other side
ACTS: dict[MoveKind, tuple[State, Act, str | None]] = {
    MoveKind.SUBMIT: (
        State.DRAFTING,
        lambda post, writer, _: drafting.submit_for_review(post=post, by=writer, at=NOW),
        "to_editor/submitted",
    ),
    MoveKind.TAKE_BACK: (
        State.SUBMITTED,
        lambda post, writer, _: drafting.take_back(post=post, by=writer, at=NOW),
        "to_editor/taken_back",
    ),
    MoveKind.ASK_FOR_CHANGES: (
        State.SUBMITTED,
        lambda post, _, editor: review.ask_for_changes(post=post, reason="Who answers?", by=editor, at=NOW),
        "to_writer/changes_requested",
    ),
    MoveKind.ACCEPT: (
        State.SUBMITTED,
        lambda post, _, editor: review.accept(post=post, by=editor, at=NOW),
        "to_writer/proof",
    ),
    MoveKind.DECLINE: (
        State.SUBMITTED,
        lambda post, _, editor: review.decline(post=post, reason="Not for us.", by=editor, at=NOW),
        "to_writer/declined",
    ),
    # Before its letter has gone out: nobody was told, so nothing is untold
    MoveKind.RECONSIDER: (
        State.CHANGES_REQUESTED,
        lambda post, _, editor: reconsidering.reconsider(post=post, by=editor, at=NOW),
        None,
    ),
    MoveKind.SIGN_OFF: (
        State.IN_PROOF,
        lambda post, writer, _: proof.sign_off(post=post, seen=post.working_id or 0, by=writer, at=NOW),
        "to_editor/signed_off",
    ),
    MoveKind.GO_AHEAD: (
        State.IN_PROOF,
        lambda post, _, editor: proof.go_ahead(post=post, reason="On leave.", by=editor, at=NOW),
        "to_writer/went_ahead",
    ),
    MoveKind.ASK_FOR_CORRECTION: (
        State.IN_PROOF,
        lambda post, writer, _: proof.ask_for_correction(post=post, reason="A slip.", by=writer, at=NOW),
        "to_editor/correction_asked",
    ),
    MoveKind.SIGN_AGAIN: (State.READY, lambda post, writer, _: rename(post, writer), "to_editor/byline_changed"),
    MoveKind.EDIT: (
        State.READY,
        lambda post, _, editor: proof.take_back_for_editing(post=post, by=editor, at=NOW),
        "to_writer/taken_back_for_editing",
    ),
    MoveKind.FINISH: (
        State.DRAFTING,
        lambda post, _, editor: publishing.finish(post=post, by=editor, at=NOW),
        None,
    ),
    MoveKind.PUBLISH: (
        State.READY,
        lambda post, _, editor: publishing.publish(post=post, by=editor, at=NOW),
        "to_writer/published",
    ),
    MoveKind.RESCHEDULE: (
        State.PUBLISHED,
        lambda post, _, editor: publishing.reschedule(
            post=post, by=editor, at=NOW - dt.timedelta(days=1), go_out_at=NOW + dt.timedelta(days=1)
        ),
        "to_writer/rescheduled",
    ),
    MoveKind.RESCHEDULE: (
        State.PUBLISHED,
        lambda post, _, editor: publishing.reschedule(
            post=post, by=editor, at=NOW - dt.timedelta(days=1), go_out_at=NOW + dt.timedelta(days=1)
        ),
        "to_writer/rescheduled",
    ),
    MoveKind.UNSCHEDULE: (
        State.PUBLISHED,
        lambda post, _, editor: publishing.unschedule(post=post, by=editor, at=NOW - dt.timedelta(days=1)),
        "to_writer/unscheduled",
    ),
    MoveKind.CORRECT: (State.PUBLISHED, lambda post, _, editor: correct(post, editor), "to_writer/corrected"),
    MoveKind.RETRACT: (
        State.PUBLISHED,
        lambda post, _, editor: publishing.retract(post=post, reason="Wrong.", by=editor, at=NOW),
        "to_writer/retracted",
    ),
    MoveKind.REINSTATE: (
        State.RETRACTED,
        lambda post, _, editor: publishing.reinstate(post=post, by=editor, at=NOW),
        "to_writer/reinstated",
    ),
    MoveKind.WITHDRAW: (
        State.READY,
        lambda post, writer, _: review.withdraw(post=post, reason="A new job.", by=writer, at=NOW),
        "to_editor/withdrawn",
    ),
    MoveKind.REOPEN: (
        State.DECLINED,
        lambda post, _, editor: review.reopen(post=post, by=editor, at=NOW),
        "to_writer/reopened",
    ),
}


def test_every_move_of_the_table_is_told_here():
    assert set(ACTS) == set(MoveKind) - {MoveKind.BEGIN, MoveKind.BRING_IN}


@pytest.mark.parametrize("kind", ACTS)
def test_a_move_writes_one_letter_to_the_other_side_and_none_to_who_made_it(kind, mole, editor, piece):
    origin, act, letter = ACTS[kind]
    make_editor(display_name="Another Editor")
    post = piece(origin, is_guest_piece=kind is not MoveKind.FINISH)

    act(post, mole, editor)

    expected = {"to_writer": mole.email, "to_editor": editor.email}
    written = [(sent.kind, sent.to_address) for sent in Letter.objects.all()]
    assert written == ([(letter, expected[letter.partition("/")[0]])] if letter else [])


@pytest.mark.parametrize("kind", [kind for kind, act in ACTS.items() if act[2]])
def test_a_letter_has_one_line_of_subject_one_link_and_no_real_name(kind, mole, editor, piece):
    origin, act, _ = ACTS[kind]
    post = piece(origin)

    act(post, mole, editor)

    letter = Letter.objects.get()
    links = LINK.findall(letter.text)
    assert "\n" not in letter.subject
    assert 3 < len(letter.subject) < 120
    assert len(links) == 1
    assert links[0].startswith(f"{settings.SITE_URL}/")
    assert "Realname" not in letter.subject + letter.text + letter.to_name
    assert "realname@" not in letter.subject + letter.text
    assert "\n\n\n" not in letter.text
    assert letter.text.startswith("Dear ")
    assert letter.text.endswith("Any Other Business\n")


@pytest.mark.parametrize("kind", [kind for kind, act in ACTS.items() if act[2] and "to_writer" in act[2]])
def test_a_letter_to_the_writer_says_whose_turn_it_is(kind, mole, editor, piece):
    origin, act, _ = ACTS[kind]
    post = piece(origin)

    act(post, mole, editor)

    text = Letter.objects.get().text
    assert "your turn" in text or "You need do nothing" in text or "tell us soon" in text


@pytest.mark.parametrize("kind", [kind for kind, rule in ACTS.items() if rule[2]])
def test_markup_and_line_breaks_in_a_title_stay_harmless(kind, mole, editor, piece):
    origin, act, _ = ACTS[kind]
    post = piece(origin, title="Fish & <b>chips</b> 100% “yes”\r\nBcc: all@council.example")

    act(post, mole, editor)

    letter = Letter.objects.get()
    assert "Fish & <b>chips</b> 100% “yes” Bcc: all@council.example" in letter.text.replace("\n", " ")
    assert "\n" not in letter.subject
    assert "&amp;" not in letter.text + letter.subject
