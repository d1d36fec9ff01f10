import datetime as dt

import pytest

from accounts.commenting import blocking
from accounts.commenting.permissions import stopped
from accounts.commenting.posting import MayNotCommentError, post_comment
from accounts.models import AccountBlock
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from tests.factories import NOW, UserFactory, make_comment
from tests.people import signed_in

A_DAY = dt.timedelta(days=1)


def blocked(user, by, days=None, at=NOW) -> AccountBlock:
    return blocking.block(user=user, reason="Adverts.", by=by, at=at, days=days)


def test_a_block_for_a_time_ends_by_the_clock_alone(post, regular, editor):
    blocked(regular, editor, days=7)
    with pytest.raises(MayNotCommentError, match=r"until 18 March 2026, 12\.00: Adverts\."):
        post_comment(post=post, text="Hello.", by=regular, at=NOW + 6 * A_DAY)
    assert post_comment(post=post, text="Hello.", by=regular, at=NOW + 7 * A_DAY)
    assert stopped(regular, NOW + 7 * A_DAY) == ""


def test_after_its_end_another_can_begin_and_both_stay_in_the_log(regular, editor):
    first = blocked(regular, editor, days=1)
    with pytest.raises(MoveNotAllowedError):
        blocked(regular, editor, at=NOW + A_DAY / 2)
    second = blocked(regular, editor, at=NOW + 2 * A_DAY)
    first.refresh_from_db()
    assert (first.ended_at, first.ended_by) == (first.until, None)
    assert second.until is None
    blocking.unblock(user=regular, by=editor, at=NOW + 3 * A_DAY)
    second.refresh_from_db()
    assert second.ended_by == editor
    assert AccountBlock.objects.filter(user=regular).count() == 2


def test_a_lapsed_block_cannot_be_lifted(regular, editor):
    blocked(regular, editor, days=1)
    with pytest.raises(MoveNotAllowedError):
        blocking.unblock(user=regular, by=editor, at=NOW + 2 * A_DAY)


@pytest.mark.parametrize("days", [0, -1, 5000])
def test_days_that_are_none_are_refused(regular, editor, days):
    with pytest.raises(IncompleteError) as refusal:
        blocked(regular, editor, days=days)
    assert list(refusal.value.errors) == ["days"]


def test_a_closed_account_is_not_blocked(editor):
    with pytest.raises(EditorialRefusal):
        blocked(UserFactory(is_active=False), editor)


@pytest.mark.parametrize("days", ["soon", "\x00", "9" * 40, "0"])
def test_the_page_refuses_what_is_no_number(as_editor, post, regular, days):
    comment = make_comment(post, regular)
    path = f"/admin/accounts/comment/{comment.pk}/block/"
    answer = as_editor.post(path, {"reason": "Adverts.", "days": days})
    assert answer.status_code == 422
    assert "Adverts." in answer.text
    as_editor.post(path, {"reason": "Adverts.", "days": "7"})
    assert AccountBlock.objects.get().until


def test_the_log_is_for_moderators_and_the_owner_sees_why(as_editor, regular, editor):
    AccountBlock.objects.create(user=regular, reason="Adverts.", at=NOW, by=editor)
    assert "Adverts." in as_editor.get("/admin/accounts/accountblock/").text
    owner = signed_in(regular)
    assert "Adverts." in owner.get("/accounts/").text
    assert owner.get("/admin/accounts/accountblock/").status_code == 302
