"""Changes after publication: their kinds, what is kept, what is withheld."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role, give_role
from blog import keys
from blog.editorial import corrections, drafting, publishing
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Correction, Letter, Move, Post, Purge, Withholding
from blog.states import CHANGES, TEXT_CHANGES, CorrectionKind, MoveKind, State
from tests.factories import NOW, UserFactory, make_published

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def post(editor: User, writer: User) -> Post:
    return make_published(editor=editor, writer=writer, at=NOW, body="<p>It said 214.</p>")


def corrected(post: Post, by: User, *, kind: CorrectionKind = CorrectionKind.CORRECTION, at: dt.datetime = LATER):
    text = drafting.Text(body=f"<p>It said 241, {kind}.</p>")
    drafting.save_text(post=post, text=text, by=by, at=at, based_on=post.working_id)
    corrections.publish_correction(post=post, note="It was 241.", by=by, at=at, kind=kind)
    return post.corrections.latest("pk")


@pytest.mark.parametrize("kind", TEXT_CHANGES)
def test_each_kind_is_a_move_with_its_record_and_the_earlier_text(post, editor, kind):
    before = post.live_id
    made = corrected(post, editor, kind=kind)
    post.refresh_from_db()
    assert (made.kind, made.earlier_id, made.corrected_id) == (kind, before, post.live_id)
    assert post.state == State.PUBLISHED
    assert Move.objects.filter(post=post, kind=MoveKind.CORRECT, reason="It was 241.").count() == 1


@pytest.mark.parametrize("kind", TEXT_CHANGES)
def test_the_list_of_changes_is_made_again_unless_it_is_a_typo(post, editor, kind):
    corrected(post, editor, kind=kind)
    marked = set(Purge.objects.filter(due_at=LATER).values_list("key", flat=True))
    assert keys.piece(post.pk) in marked
    assert (keys.CHANGES in marked) is not CHANGES[kind].is_silent


def test_a_retraction_is_no_change_of_the_text(post, editor):
    with pytest.raises(IncompleteError) as refused:
        corrected(post, editor, kind=CorrectionKind.RETRACTION)
    assert set(refused.value.errors) == {"kind"}


def test_a_note_is_no_essay(post, editor):
    drafting.save_text(post=post, text=drafting.Text(body="<p>New.</p>"), by=editor, at=LATER, based_on=post.working_id)
    with pytest.raises(IncompleteError):
        corrections.publish_correction(post=post, note="x" * 1001, by=editor, at=LATER)
    assert not post.corrections.exists()


def test_the_writers_get_one_letter_and_the_editor_none(post, editor, writer):
    before = Letter.objects.count()
    corrected(post, editor)
    letters = list(Letter.objects.order_by("pk"))[before:]
    assert [(letter.kind, letter.to_user) for letter in letters] == [("to_writer/corrected", writer)]


def test_an_editor_who_does_not_publish_corrects_nothing(post, editor):
    plain = UserFactory()
    give_role(user=plain, role=Role.EDITOR, at=NOW)
    plain = User.objects.get(pk=plain.pk)
    text = drafting.Text(body="<p>New.</p>")
    drafting.save_text(post=post, text=text, by=plain, at=LATER, based_on=post.working_id)
    with pytest.raises(PermissionDenied):
        corrections.publish_correction(post=post, note="It was 241.", by=plain, at=LATER)


def test_a_retraction_leaves_a_notice_until_it_is_lifted(post, editor):
    publishing.retract(post=post, reason="For editors.", note="For readers.", by=editor, at=LATER)
    notice = Correction.objects.get()
    assert (notice.kind, notice.note, notice.shows_title) == (CorrectionKind.RETRACTION, "For readers.", False)
    assert list(Correction.objects.shown_at(LATER)) == [notice]
    publishing.reinstate(post=post, by=editor, at=LATER)
    assert not Correction.objects.shown_at(LATER).exists()
    publishing.retract(post=post, reason="Again.", by=editor, at=LATER)
    assert Correction.objects.shown_at(LATER).count() == 1


def test_what_nobody_has_read_is_retracted_without_a_notice(editor, writer):
    post = make_published(editor=editor, writer=writer, at=LATER)
    publishing.retract(post=post, reason="Not now.", note="For readers.", by=editor, at=NOW)
    assert not Correction.objects.exists()


def test_an_earlier_text_is_withheld_and_given_back_and_both_are_recorded(post, editor):
    correction = corrected(post, editor)
    corrections.withhold(correction=correction, reason="A letter from solicitors.", by=editor, at=LATER)
    assert Correction.objects.get().is_withheld
    with pytest.raises(MoveNotAllowedError):
        corrections.withhold(correction=correction, reason="Again.", by=editor, at=LATER)
    corrections.give_back(correction=correction, by=editor, at=LATER)
    assert not Correction.objects.get().is_withheld
    with pytest.raises(MoveNotAllowedError):
        corrections.give_back(correction=correction, by=editor, at=LATER)
    row = Withholding.objects.get()
    assert (row.reason, row.by, row.given_back_by) == ("A letter from solicitors.", editor, editor)


def test_withholding_takes_a_reason_and_a_publisher(post, editor, reader):
    correction = corrected(post, editor)
    with pytest.raises(IncompleteError):
        corrections.withhold(correction=correction, reason=" ", by=editor, at=LATER)
    with pytest.raises(PermissionDenied):
        corrections.withhold(correction=correction, reason="Why.", by=reader, at=LATER)
    with pytest.raises(PermissionDenied):
        corrections.give_back(correction=correction, by=reader, at=LATER)


def test_what_readers_never_see_is_not_withheld(post, editor):
    correction = corrected(post, editor, kind=CorrectionKind.TYPO)
    with pytest.raises(EditorialRefusal):
        corrections.withhold(correction=correction, reason="Why.", by=editor, at=LATER)
