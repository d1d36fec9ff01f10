"""Pitches, from the form to the invitation or the kind refusal."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import correspondence
from blog.editorial.letters import post_room
from blog.editorial.letters.about_pitches import PITCH_LINK
from blog.editorial.pitching import answering, pitches
from blog.editorial.pitching import form as pitch_form
from blog.editorial.pitching import waits as pitch_waits
from blog.editorial.pitching.form import TypedPitch
from blog.editorial.pitching.pitches import Assignment, PitchClosedError
from blog.editorial.refusals import IncompleteError
from blog.models import Letter, Pitch, PitchState, Purge, SeriesSlot
from tests.factories import NOW, SeriesFactory, UserFactory, make_editor, make_published

pytestmark = pytest.mark.django_db
TYPED = TypedPitch("Priya Raman", "priya@council.example", "Who closes a row?", "What happens to a finished row?")


def sent_in(at: dt.datetime = NOW, **changes) -> Pitch:
    return pitches.send_in(typed=TypedPitch(**{**TYPED.__dict__, **changes}), at=at)


def confirmed(at: dt.datetime = NOW, **changes) -> Pitch:
    pitch = sent_in(at, **changes)
    pitches.confirm(pitch=pitch, at=at)
    return pitch


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def test_a_pitch_reaches_editors_only_once_its_address_is_confirmed():
    tom, sam = make_editor(), make_editor()
    pitch = sent_in()
    assert pitch.state == PitchState.UNCONFIRMED
    assert [letter.kind for letter in Letter.objects.all()] == ["to_writer/pitch_confirm"]

    assert pitches.confirm(pitch=pitch, at=NOW)

    assert {letter.to_address for letter in letters("to_editor/pitch")} == {tom.email, sam.email}
    assert letters("to_editor/pitch")[0].subject == "Priya Raman pitches “Who closes a row?”"
    (received,) = letters("to_writer/pitch_received")
    assert "We have not answered many yet; we try to answer within seven days." in received.text


def test_the_letter_to_an_unproven_address_holds_nothing_that_was_typed():
    sent_in(name="Buy now", title="Win a prize", text="At https://spam.example")
    (letter,) = letters("to_writer/pitch_confirm")
    assert letter.to_name == ""
    assert not [word for word in ("Buy now", "Win a prize", "spam.example") if word in letter.subject + letter.text]


def test_confirming_again_changes_nothing_and_writes_nothing():
    make_editor()
    pitch = confirmed()
    before = Letter.objects.count()
    assert not pitches.confirm(pitch=pitch, at=NOW + dt.timedelta(days=20))
    assert Letter.objects.count() == before


def test_after_a_fortnight_a_pitch_can_no_longer_be_confirmed():
    pitch = sent_in()
    with pytest.raises(PitchClosedError):
        pitches.confirm(pitch=pitch, at=NOW + dt.timedelta(days=14))
    assert pitches.has_run_out(pitch, NOW + dt.timedelta(days=14))


def test_what_nobody_confirmed_goes_after_thirty_days_with_its_letter():
    make_editor()
    sent_in()
    kept = confirmed(email="ann@council.example")
    assert pitches.clear_unconfirmed(at=NOW + dt.timedelta(days=30)) == 0
    assert pitches.clear_unconfirmed(at=NOW + dt.timedelta(days=30, minutes=1)) == 1
    assert list(Pitch.objects.all()) == [kept]
    assert not Letter.objects.filter(to_address="priya@council.example").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "\r\n"),
        ("name", "n" * 121),
        ("email", "priya at council"),
        ("email", f"{'p' * 250}@x.example"),
        ("title", ""),
        ("title", "t" * 1_000_000),
        ("text", "\x00"),
        ("text", "t" * 4001),
        ("about", "a" * 1001),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_field(field: str, value: str):
    with pytest.raises(IncompleteError) as refused:
        sent_in(**{field: value})
    assert list(refused.value.errors) == [field]
    assert not Pitch.objects.exists()


def test_line_breaks_in_a_name_stay_out_of_the_subject():
    make_editor()
    confirmed(name="Priya\r\nBcc: all@council.example")
    assert letters("to_editor/pitch")[0].subject == "Priya Bcc: all@council.example pitches “Who closes a row?”"


def test_the_fourth_pitch_from_an_address_within_the_hour_is_refused():
    for _ in range(3):
        sent_in()
    with pytest.raises(correspondence.TooManyLettersError):
        sent_in(email="PRIYA@council.example")


def test_made_up_addresses_do_not_flood_the_mail(monkeypatch):
    monkeypatch.setattr(pitch_form, "MOST_FROM_ALL", 2)
    for n in range(2):
        sent_in(email=f"a{n}@x.example")
    with pytest.raises(correspondence.TooManyLettersError):
        sent_in(email="a3@x.example")


def test_an_accepted_pitch_becomes_an_invitation_and_the_guest_gets_one_letter():
    tom = make_editor()
    original = make_published(title="What a row is for")
    slot = SeriesSlot.objects.create(series=SeriesFactory(planned_parts=3), part_number=3, is_open=True)
    pitch = confirmed(in_reply_to=original, slot=slot)
    before = Letter.objects.filter(to_address=pitch.email).count()

    post = pitches.accept(pitch=pitch, assignment=Assignment("Who closes a row?", pitch.text), by=tom, at=NOW)

    pitch.refresh_from_db()
    assert (pitch.state, pitch.post, pitch.editor) == (PitchState.ACCEPTED, post, tom)
    assert (post.title, post.brief, post.in_reply_to) == ("Who closes a row?", pitch.text, original)
    assert (post.series, post.part_number) == (slot.series, 3)
    new = Letter.objects.filter(to_address=pitch.email).order_by("pk")[before:]
    assert [letter.kind for letter in new] == ["to_writer/invitation"]
    assert {letter.post for letter in pitch.letters.all()} == {post}
    slot.refresh_from_db()
    assert not slot.is_open


def test_a_question_goes_out_and_its_answer_comes_back_to_whoever_asked():
    tom, _sam = make_editor(), make_editor()
    pitch = confirmed()
    pitches.ask(pitch=pitch, text="Which council?", by=tom, at=NOW)
    assert pitch.state == PitchState.ASKED
    assert "> Which council?" in letters("to_writer/pitch_question")[0].text

    pitches.answer(pitch=pitch, text="Anderby.", at=NOW)

    assert pitch.state == PitchState.WAITING
    assert [letter.to_user for letter in letters("to_editor/pitch_answered")] == [tom]
    with pytest.raises(PitchClosedError):
        pitches.answer(pitch=pitch, text="Anderby again.", at=NOW)


def test_a_refusal_is_the_editors_own_letter():
    tom = make_editor()
    pitch = confirmed()
    with pytest.raises(IncompleteError):
        pitches.decline(pitch=pitch, text=" ", by=tom, at=NOW)
    pitches.decline(pitch=pitch, text="Dear Priya,\n\nnot this time.", by=tom, at=NOW)
    assert letters("to_writer/pitch_declined")[0].text.startswith("Dear Priya,\n\nnot this time.")
    with pytest.raises(PitchClosedError):
        pitches.accept(pitch=pitch, assignment=Assignment("x", "x"), by=tom, at=NOW)


def test_a_pitch_is_handed_over_once_and_never_to_a_stranger():
    tom, sam = make_editor(), make_editor()
    pitch = confirmed()
    for _ in range(2):
        pitches.hand_over(pitch=pitch, to=sam, by=tom, at=NOW)
    assert [letter.to_user for letter in letters("to_editor/pitch_handed_over")] == [sam]
    pitches.hand_over(pitch=pitch, to=tom, by=tom, at=NOW)
    assert len(letters("to_editor/pitch_handed_over")) == 1
    with pytest.raises(IncompleteError):
        pitches.hand_over(pitch=pitch, to=UserFactory(), by=tom, at=NOW)


def test_a_withdrawn_pitch_tells_whoever_looks_after_it_once():
    tom, sam = make_editor(), make_editor()
    pitch = confirmed()
    pitches.hand_over(pitch=pitch, to=sam, by=tom, at=NOW)
    for _ in range(2):
        pitches.withdraw(pitch=pitch, at=NOW)
    assert [letter.to_user for letter in letters("to_editor/pitch_withdrawn")] == [sam]


def test_only_editors_decide():
    pitch = confirmed()
    stranger = UserFactory()
    for act in (
        lambda: pitches.ask(pitch=pitch, text="x", by=stranger, at=NOW),
        lambda: pitches.decline(pitch=pitch, text="x", by=stranger, at=NOW),
        lambda: pitches.hand_over(pitch=pitch, to=stranger, by=stranger, at=NOW),
        lambda: pitches.accept(pitch=pitch, assignment=Assignment("x", "x"), by=stranger, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_usual_answering_time_is_the_median_and_renews_the_pages_that_name_it():
    tom = make_editor()
    for number, days in enumerate([1, 2, 4, 9, 30]):
        pitch = confirmed(email=f"p{number}@council.example")
        assert not answering.answer_days().is_from_history
        Purge.objects.all().delete()
        pitches.ask(pitch=pitch, text="Why now?", by=tom, at=NOW + dt.timedelta(days=days))
    assert answering.answer_days().sentence == "We usually answer within four days."
    assert Purge.objects.filter(key="wanted").exists()


def test_a_waiting_pitch_says_for_how_long_and_that_it_is_late():
    make_editor()
    older, newer = confirmed(), confirmed(NOW + dt.timedelta(days=5), email="ann@council.example")
    total, rows = pitch_waits.waiting(at=NOW, most=5)
    assert (total, rows) == (2, [older, newer])
    later = NOW + dt.timedelta(days=9)
    assert pitch_waits.wait_in_words(older, later) == "waiting for 9 days"
    assert pitch_waits.late_in_words(older, later) == "The answer was due 2 days ago."
    assert pitch_waits.late_in_words(newer, later) == ""


def test_a_pitchs_link_goes_to_nobody_but_its_writer(mailoutbox):
    tom = make_editor()
    pitch = confirmed()
    letter = letters("to_editor/pitch")[0]
    post_room.rewrite(letter=letter, subject="A pitch", text=f"Here: {PITCH_LINK}", by=tom, at=NOW)
    post_room.send_due(at=NOW)
    token = pitches.link_of(pitch).rstrip("/").rpartition("/")[2]
    told = [message.to[0] for message in mailoutbox if token in message.body]
    assert told
    assert all("priya@council.example" in address for address in told)
