"""Fifteen minutes to change a comment; the earlier texts are kept; what an edit adds is looked at again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.commenting import editing
from accounts.commenting.posting import MayNotCommentError, post_comment
from accounts.models import AccountBlock, Comment, ListedWord
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Letter, News, Post, Purge
from tests.factories import NOW, make_comment
from tests.people import signed_in

SOON = NOW + dt.timedelta(minutes=5)


@pytest.fixture
def comment(post, regular) -> Comment:
    return post_comment(post=post, text="It was six.", by=regular, at=NOW)


def test_a_change_is_marked_and_the_earlier_text_kept(client, post, comment, regular):
    Purge.objects.all().delete()
    editing.edit(comment=comment, text="It was seven.", seen=0, by=regular, at=SOON)
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at, comment.state) == ("It was seven.", SOON, "approved")
    assert [(edit.text, edit.at) for edit in comment.edits.all()] == [("It was six.", SOON)]
    assert f"discussion:{post.pk}" in Purge.objects.values_list("key", flat=True)
    assert ">edited at <time" in client.get(post.get_absolute_url()).text
    assert SOON.strftime("%Y-%m-%dT%H:%M") in client.get("/comments/feed/atom/").text


def test_the_same_text_changes_nothing(comment, regular):
    assert editing.edit(comment=comment, text=" It was six.\n", seen=0, by=regular, at=SOON).edited_at is None
    assert not comment.edits.exists()


@pytest.mark.parametrize("minutes", [15, 60])
def test_after_fifteen_minutes_it_is_too_late(comment, regular, minutes):
    with pytest.raises(editing.TooLateError, match="fifteen minutes"):
        editing.edit(comment=comment, text="x", seen=0, by=regular, at=NOW + dt.timedelta(minutes=minutes))


def test_of_two_edits_one_wins_and_the_other_keeps_what_was_typed(post, comment, regular):
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now())
    browser, address = signed_in(regular), f"/accounts/comment/{comment.pk}/edit/"
    assert browser.post(address, {"text": "First.", "seen": "0"}).status_code == 302
    answer = browser.post(address, {"text": "Second.", "seen": "0"})
    assert answer.status_code == 409
    assert "Second.</textarea>" in answer.text
    assert "First." in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert browser.post(address, {"text": "Second.", "seen": "1"}).status_code == 302
    assert list(comment.edits.values_list("text", flat=True)) == ["It was six.", "First."]


def test_what_an_edit_adds_can_hold_the_comment(post, comment, regular, editor):
    ListedWord.objects.create(words="casino", folded="casino")
    held = editing.edit(comment=comment, text="Try my casino.", seen=0, by=regular, at=SOON)
    assert held.state == "held"
    assert [reason["why"] for reason in held.held_because] == ["word"]
    assert Post.objects.get(pk=post.pk).comment_count == 1
    assert Letter.objects.filter(kind="to_editor/comments_waiting", to_user=editor).exists()
    assert not News.objects.filter(key=f"comment:{comment.pk}", dropped_at=None).exists()


def test_a_held_comment_can_be_changed_and_still_waits(post, newcomer):
    comment = post_comment(post=post, text="Hello.", by=newcomer, at=NOW)
    assert editing.edit(comment=comment, text="Hello, all.", seen=0, by=newcomer, at=SOON).state == "held"


def test_nobody_changes_what_is_not_theirs_or_was_taken_down(post, comment, regular, newcomer):
    with pytest.raises(PermissionDenied):
        editing.edit(comment=comment, text="x", seen=0, by=newcomer, at=SOON)
    hidden = make_comment(post, regular, state="hidden")
    with pytest.raises(MoveNotAllowedError):
        editing.edit(comment=hidden, text="x", seen=0, by=regular, at=SOON)
    with pytest.raises(IncompleteError):
        editing.edit(comment=comment, text=" ", seen=0, by=regular, at=SOON)
    AccountBlock.objects.create(user=regular, reason="Adverts.", at=NOW)
    with pytest.raises(MayNotCommentError):
        editing.edit(comment=comment, text="x", seen=0, by=regular, at=SOON)


def test_the_page_shows_the_time_left_and_a_preview_writes_nothing(comment, regular, newcomer):
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now())
    address = f"/accounts/comment/{comment.pk}/edit/"
    browser = signed_in(regular)
    assert "You can change it until" in browser.get(address).text
    answer = browser.post(address, {"text": "> Quoted.\n\nNew.", "seen": "0", "preview": "1"})
    assert "<blockquote><p>Quoted.</p></blockquote><p>New.</p>" in answer.text
    assert not comment.edits.exists()
    assert browser.post(address, {"text": "", "seen": "²"}).status_code == 422
    assert signed_in(newcomer).get(address).status_code == 404


def test_an_expired_sign_in_keeps_the_change(client, comment, regular):
    address = f"/accounts/comment/{comment.pk}/edit/"
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now())
    assert client.post(address, {"text": "Half of it."})["Location"].endswith(f"?next={address}")
    client.force_login(regular, backend="django.contrib.auth.backends.ModelBackend")
    assert "Half of it.</textarea>" in client.get(address).text


def test_too_late_on_the_page_keeps_what_was_typed(comment, regular):
    answer = signed_in(regular).post(f"/accounts/comment/{comment.pk}/edit/", {"text": "Too late.", "seen": "0"})
    assert answer.status_code == 409
    assert "Too late.</textarea>" in answer.text
    assert "fifteen minutes, and these are over" in answer.text


def test_a_comment_is_not_changed_without_end(comment, regular):
    for number in range(editing.MOST_EDITS):
        editing.edit(comment=comment, text=f"Now {number}.", seen=number, by=regular, at=SOON)
    with pytest.raises(editing.TooLateError):
        editing.edit(comment=comment, text="Once more.", seen=editing.MOST_EDITS, by=regular, at=SOON)
