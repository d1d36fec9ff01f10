import pytest
from django.core.exceptions import PermissionDenied

from accounts.commenting import blocking, moderation
from accounts.models import Comment, CommentDecision
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Letter, Post
from tests.factories import NOW, make_author, make_comment, make_published
from tests.people import confirm

ACTS = {
    "approve": lambda comment, by: moderation.approve(comment=comment, by=by, at=NOW),
    "hide": lambda comment, by: moderation.hide(comment=comment, reason="No.", by=by, at=NOW),
    "block": lambda comment, by: blocking.block(user=comment.user, reason="No.", by=by, at=NOW),
    "unblock": lambda comment, by: blocking.unblock(user=comment.user, by=by, at=NOW),
}


@pytest.fixture
def held(post, newcomer) -> Comment:
    return make_comment(post, newcomer, state="held")


def test_approving_shows_counts_logs_and_tells_the_writer_once(held, editor, newcomer):
    moderation.approve(comment=held, by=editor, at=NOW)
    assert Comment.objects.public().get() == held
    assert Post.objects.get().comment_count == 1
    assert CommentDecision.objects.get().by == editor
    letter = Letter.objects.get(kind="to_reader/comment_approved")
    assert letter.to_address == newcomer.email
    assert held.get_absolute_url() in letter.text


def test_not_approving_tells_the_reason(held, editor):
    moderation.hide(comment=held, reason="It names a resident.", by=editor, at=NOW)
    assert "It names a resident." in Letter.objects.get(kind="to_reader/comment_not_approved").text
    assert CommentDecision.objects.get().reason == "It names a resident."


def test_taking_down_uncounts_and_tells(post, newcomer, editor):
    comment = make_comment(post, newcomer)
    Post.objects.update(comment_count=1)
    moderation.hide(comment=comment, reason="Names a resident.", by=editor, at=NOW)
    assert Post.objects.get().comment_count == 0
    assert Letter.objects.filter(kind="to_reader/comment_taken_down").count() == 1


def test_nobody_is_told_of_their_own_act(post, editor):
    comment = make_comment(post, editor)
    moderation.hide(comment=comment, reason="A slip of mine.", by=editor, at=NOW)
    assert not Letter.objects.filter(kind__startswith="to_reader/").exists()


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "x" * 1001])
def test_hiding_needs_a_reason_of_sensible_length(held, editor, reason):
    with pytest.raises(IncompleteError) as refusal:
        moderation.hide(comment=held, reason=reason, by=editor, at=NOW)
    assert list(refusal.value.errors) == ["reason"]
    assert Comment.objects.get().state == "held"


def test_of_two_decisions_the_first_holds(held, editor):
    stale = Comment.objects.get(pk=held.pk)
    moderation.hide(comment=held, reason="No.", by=editor, at=NOW)
    with pytest.raises(MoveNotAllowedError):
        moderation.hide(comment=stale, reason="No!", by=editor, at=NOW)
    assert CommentDecision.objects.count() == 1
    assert Letter.objects.filter(kind__startswith="to_reader/").count() == 1


def test_what_was_taken_down_can_be_shown_again(post, newcomer, editor):
    comment = make_comment(post, newcomer, state="hidden")
    moderation.approve(comment=comment, by=editor, at=NOW)
    assert Post.objects.get().comment_count == 1


@pytest.mark.parametrize("act", ACTS)
def test_only_moderators_decide(held, writer, act):
    with pytest.raises(PermissionDenied):
        ACTS[act](held, writer)


def test_blocking_leaves_comments_and_notes_who_and_why(post, newcomer, editor):
    make_comment(post, newcomer)
    blocking.block(user=newcomer, reason="Advertising.", by=editor, at=NOW)
    block = newcomer.block_at(NOW)
    assert (block.by, block.reason, block.until) == (editor, "Advertising.", None)
    assert Comment.objects.public().count() == 1
    with pytest.raises(MoveNotAllowedError):
        blocking.block(user=newcomer, reason="Again.", by=editor, at=NOW)


def test_unblocking_lifts_the_block_once(newcomer, editor):
    blocking.block(user=newcomer, reason="Advertising.", by=editor, at=NOW)
    blocking.unblock(user=newcomer, by=editor, at=NOW)
    assert not newcomer.is_blocked_at(NOW)
    with pytest.raises(MoveNotAllowedError):
        blocking.unblock(user=newcomer, by=editor, at=NOW)


def test_moderators_block_neither_themselves_nor_each_other(post, editor):
    with pytest.raises(EditorialRefusal):
        blocking.block(user=editor, reason="No.", by=editor, at=NOW)
    with pytest.raises(EditorialRefusal):
        blocking.block(user=post.editor, reason="No.", by=editor, at=NOW)


def test_letters_to_a_pen_name_carry_that_name(writer, editor):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    comment = make_comment(piece, confirm(writer), author=author)
    moderation.hide(comment=comment, reason="No.", by=editor, at=NOW)
    letter = Letter.objects.get(kind="to_reader/comment_taken_down")
    assert letter.to_name == "Ivy Lane"
    assert "Priya" not in letter.text
