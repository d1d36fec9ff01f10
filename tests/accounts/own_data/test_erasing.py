"""Erasing an account: nothing says any more whose it was, and the discussions can still be read."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.commenting.reading import discussion_of
from accounts.models import AccountBlock, Comment, KeptBlock, Report, User
from accounts.own_data import former, kept_blocks
from accounts.own_data.erasing import erase
from accounts.roles import LastAdministratorError, Role, give_role
from blog import keys
from blog.models import Invitation, Letter, Pitch, Post, Purge, Revision
from blog.states import State
from tests.accounts.own_data.conftest import ADDRESS, DANA, LATER
from tests.accounts.own_data.dump import lines_with, whole_folder
from tests.factories import NOW, UserFactory, make_comment, make_piece
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db
GONE = LATER + dt.timedelta(days=1)


def leave(user: User, *, keep: bool = True) -> None:
    erase(user=user, are_comments_kept=keep, by=user, at=GONE)


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_says_any_more_whose_it_was(life, keep, django_capture_on_commit_callbacks):
    signed_in(life.user).get("/accounts/")
    assert lines_with(ADDRESS, DANA, "dana@home")
    assert whole_folder()

    with django_capture_on_commit_callbacks(execute=True):
        leave(life.user, keep=keep)

    assert lines_with(ADDRESS, DANA, "dana@home") == []
    assert whole_folder() == {}
    assert not User.objects.filter(pk=life.user.pk).exists()
    assert Pitch.objects.get().title == "Nobody closes a row"
    assert Invitation.objects.get(pk=life.invitation.pk).declined_at == GONE


def test_comments_that_stay_are_a_former_readers(life):
    leave(life.user)
    entries = {entry.text: entry for entry in discussion_of(life.post, GONE).entries()}
    assert entries["Alone words."].name == entries["Answered words."].name == "A former reader"
    assert entries["Alone words."].face == ""
    assert entries["An answer of somebody else."].name == "Owen Pritchard"
    assert not Comment.objects.filter(text="Waiting words.").exists()


def test_comments_that_go_leave_a_place_where_somebody_answered(life):
    leave(life.user, keep=False)
    assert not Comment.objects.filter(text__endswith=" words.").exists()
    assert list(Comment.objects.filter(pk__in=[life.alone.pk, life.answered.pk])) == [life.answered]
    assert "An answer of somebody else." in {entry.text for entry in discussion_of(life.post, GONE).entries()}
    life.post.refresh_from_db()
    assert life.post.comment_count == Comment.objects.public().filter(post=life.post).count()


@pytest.mark.parametrize("keep", [True, False])
def test_pages_with_the_comments_are_renewed(life, keep):
    leave(life.user, keep=keep)
    marked = set(Purge.objects.filter(due_at=GONE).values_list("key", flat=True))
    assert {keys.discussion(life.post.pk), keys.COMMENTS} <= marked


def test_what_one_reported_is_looked_into_all_the_same(life):
    leave(life.user)
    assert Report.objects.get(comment=life.theirs).reporter is None


def test_whoever_reported_hears_that_the_comment_is_gone(life):
    Report.objects.create(comment=life.alone, reporter=life.other, kind="spam", at=NOW)
    leave(life.user, keep=False)
    assert not Report.objects.filter(reporter=life.other).exists()
    assert Letter.objects.filter(to_user=life.other, kind="to_reader/report_gone").exists()


def test_pieces_that_are_out_keep_their_byline_and_drafts_go(mole):
    leave(mole.user)
    assert mole.out.ordered_bylines()[0].author.name == "The Mole"
    mole.out.refresh_from_db()
    assert (mole.out.state, mole.out.live.title) == (State.PUBLISHED, "Out")
    mole.sent.refresh_from_db()
    assert (mole.sent.state, mole.sent.working.title) == (State.WITHDRAWN, "Sent")
    draft = Post.objects.get(pk=mole.draft.pk)
    assert (draft.state, draft.working.title) == (State.WITHDRAWN, "")
    assert not Revision.objects.filter(body__contains="What nobody has seen").exists()
    assert lines_with("priya.lee", "Raman-Lee") == []


def test_an_editors_name_goes_out_of_what_others_were_told(editor):
    make_piece(State.PUBLISHED, editor=editor)
    make_piece(State.CHANGES_REQUESTED, editor=editor)
    assert lines_with("Tom Ashby")
    leave(editor)
    assert lines_with("Tom Ashby", "tom@blog.example") == []
    assert Letter.objects.filter(text__contains="Who answers, and by when?").exists()


def test_comments_under_a_pen_name_stay_under_it_whatever_is_chosen(mole, life):
    under = make_comment(life.post, mole.user, author=mole.author, text="Under the pen name.")
    own = make_comment(mole.out, mole.user, text="Under the other.")
    leave(mole.user, keep=False)
    under.refresh_from_db()
    assert (under.public_name, under.state) == ("The Mole", "approved")
    assert not Comment.objects.filter(pk=own.pk).exists()
    marked = set(Purge.objects.filter(due_at=GONE).values_list("key", flat=True))
    assert keys.discussion(life.post.pk) not in marked


def test_all_former_readers_are_one(life):
    other = make_comment(life.post, life.other, text="Mine as well.")
    leave(life.user)
    leave(life.other)
    other.refresh_from_db()
    life.alone.refresh_from_db()
    assert other.user == life.alone.user == User.objects.get(email=former.ADDRESS)
    assert not other.user.has_usable_password()
    assert not other.user.is_active


def test_the_last_administrator_stays_and_nobody_erases_another(dana):
    give_role(user=dana, role=Role.ADMINISTRATOR, at=NOW)
    with pytest.raises(LastAdministratorError):
        leave(dana)
    give_role(user=UserFactory(), role=Role.ADMINISTRATOR, at=NOW)
    with pytest.raises(PermissionDenied):
        erase(user=dana, are_comments_kept=True, by=UserFactory(), at=GONE)
    leave(dana)


def test_a_block_is_found_again_by_the_address_alone(dana):
    AccountBlock.objects.create(user=dana, reason="Adverts.", at=NOW)
    leave(dana)
    assert ADDRESS not in str(KeptBlock.objects.values_list())
    nobody = confirm(UserFactory(email="other@council.example"))
    assert kept_blocks.carry_over(user=nobody, at=GONE) is None
    back = confirm(UserFactory(email=ADDRESS))
    assert kept_blocks.carry_over(user=back, at=GONE).reason == "Adverts."
    assert back.is_blocked_at(GONE)
    assert not KeptBlock.objects.exists()


def test_a_block_for_a_time_ends_with_it(dana):
    AccountBlock.objects.create(user=dana, reason="Adverts.", at=NOW, until=GONE + dt.timedelta(days=1))
    leave(dana)
    back = confirm(UserFactory(email=ADDRESS))
    assert kept_blocks.carry_over(user=back, at=GONE + dt.timedelta(days=2)) is None


def test_only_ones_own_sessions_end_not_those_of_an_address_that_ends_alike(dana):
    other = confirm(UserFactory(email=f"x{dana.email}"))
    browser = signed_in(other)
    session = browser.session
    session["kept"] = [other.email]
    session.save()
    leave(dana)
    assert browser.get("/accounts/").status_code == 200
