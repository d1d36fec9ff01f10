"""A comment goes when its writer wants it to, for good; its text is forgotten thirty days later."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.commenting import editing, moderation
from accounts.commenting.posting import post_comment
from accounts.models import Comment, CommentEdit
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import News, Post
from tests.factories import NOW, make_author, make_comment, make_published
from tests.people import signed_in

LATER = NOW + dt.timedelta(days=400)


def test_it_leaves_pages_feeds_counts_and_letters_that_are_still_to_come(client, regular, writer):
    piece = make_published(writer=writer, author=make_author(writer, name="Ivy Lane"))
    comment = post_comment(post=piece, text="Gone soon.", by=regular, at=NOW)
    assert News.objects.filter(key=f"comment:{comment.pk}", dropped_at=None).exists()
    address = f"/accounts/comment/{comment.pk}/delete/"
    browser = signed_in(regular)
    assert "Nobody can bring it back." in browser.get(address).text
    answer = browser.post(address)
    assert answer["Location"] == f"{piece.get_absolute_url()}#comments"
    assert not News.objects.filter(key=f"comment:{comment.pk}", dropped_at=None).exists()
    assert Post.objects.get(pk=piece.pk).comment_count == 0
    for path in (piece.get_absolute_url(), "/", "/comments/feed/", f"{piece.get_absolute_url()}feed/"):
        assert "Gone soon." not in client.get(path).text
    assert "Gone soon." not in browser.get("/accounts/").text
    assert browser.get(address).status_code == 404


def test_a_piece_of_somebody_else_and_what_is_gone_already(post, regular, newcomer):
    comment = make_comment(post, regular)
    with pytest.raises(PermissionDenied):
        editing.take_away(comment=comment, by=newcomer, at=LATER)
    assert signed_in(newcomer).post(f"/accounts/comment/{comment.pk}/delete/").status_code == 404
    editing.take_away(comment=comment, by=regular, at=LATER)
    with pytest.raises(MoveNotAllowedError):
        editing.take_away(comment=comment, by=regular, at=LATER)


def test_no_editor_brings_it_back(post, regular, editor):
    comment = editing.take_away(comment=make_comment(post, regular), by=regular, at=LATER)
    with pytest.raises(MoveNotAllowedError):
        moderation.approve(comment=comment, by=editor, at=LATER)


def test_what_was_taken_away_takes_no_reply(post, regular, newcomer):
    comment = make_comment(post, regular, text="Words that went.")
    editing.take_away(comment=comment, by=regular, at=LATER)
    page = signed_in(newcomer).post(f"/accounts/comment/{post.pk}/", {"text": "But why?", "reply": comment.pk})
    assert page.status_code == 409
    assert "But why?" in page.text
    assert "Words that went." not in page.text


def test_the_text_is_forgotten_after_thirty_days(post, regular):
    comment = make_comment(post, regular, text="To be forgotten.")
    CommentEdit.objects.create(comment=comment, text="An earlier one.", at=NOW)
    editing.take_away(comment=comment, by=regular, at=LATER)
    assert editing.forget_deleted(at=LATER + dt.timedelta(days=29)) == 0
    assert editing.forget_deleted(at=LATER + dt.timedelta(days=30)) == 1
    assert Comment.objects.get(pk=comment.pk).text == ""
    assert not CommentEdit.objects.exists()
    assert editing.forget_deleted(at=LATER + dt.timedelta(days=31)) == 0
