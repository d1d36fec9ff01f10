import datetime as dt

import pytest

from accounts.commenting.posting import CommentsClosedError, MayNotCommentError, post_comment
from accounts.models import AccountBlock, Comment
from blog.editorial import publishing
from blog.editorial.names import identity
from blog.editorial.refusals import IncompleteError
from blog.models import Letter, Post
from blog.states import State
from tests.factories import NOW, make_author, make_comment, make_piece, make_published
from tests.people import confirm

LATER = NOW + dt.timedelta(days=1)


def test_the_first_comment_of_a_newcomer_is_held(post, newcomer):
    comment = post_comment(post=post, text="  So did we.\r\n", by=newcomer, at=LATER)
    assert (comment.state, comment.text) == ("held", "So did we.")
    assert Post.objects.get(pk=post.pk).comment_count == 0


def test_the_next_comment_appears_at_once_and_is_counted(post, regular):
    comment = post_comment(post=post, text="Again.", by=regular, at=LATER)
    assert comment.state == "approved"
    assert Post.objects.get(pk=post.pk).comment_count == 2


def test_a_newcomer_whose_comment_was_taken_down_stays_a_newcomer(post, newcomer):
    make_comment(post, newcomer, state="hidden")
    assert post_comment(post=post, text="Again.", by=newcomer, at=LATER).state == "held"


def test_an_editor_never_waits(post, editor):
    confirm(editor)
    assert post_comment(post=post, text="Welcome.", by=editor, at=LATER).state == "approved"


def test_a_writer_answers_at_once_and_under_the_name_on_the_byline(writer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    confirm(writer)
    comment = post_comment(post=piece, text="Thank you.", by=writer, at=LATER)
    assert (comment.author, comment.public_name, comment.state) == (author, "Ivy Lane", "approved")


def test_elsewhere_the_writer_appears_under_the_display_name(post, writer):
    make_author(writer, name="Ivy Lane", is_pen_name=True)
    confirm(writer)
    assert post_comment(post=post, text="Hello.", by=writer, at=LATER).public_name == "Priya R"


def test_the_sixth_comment_in_a_minute_is_held(post, regular):
    for number in range(5):
        post_comment(post=post, text=f"Number {number}.", by=regular, at=LATER)
    assert post_comment(post=post, text="Number 6.", by=regular, at=LATER).state == "held"
    assert post_comment(post=post, text="Later.", by=regular, at=LATER + dt.timedelta(minutes=2)).state == "approved"


def test_a_double_click_leaves_one_comment(post, regular):
    first = post_comment(post=post, text="Once.", by=regular, at=LATER)
    again = post_comment(post=post, text="Once.", by=regular, at=LATER + dt.timedelta(seconds=2))
    assert first == again
    assert post_comment(post=post, text="Once.", by=regular, at=LATER + dt.timedelta(minutes=2)) != first


def test_a_reply_to_a_reply_is_attached_to_the_top(post, regular, newcomer):
    top = make_comment(post, newcomer)
    reply = make_comment(post, newcomer, parent=top)
    assert post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=reply).parent == top


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_what_readers_dont_see_takes_no_reply(post, regular, newcomer, state):
    with pytest.raises(CommentsClosedError):
        post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=make_comment(post, newcomer, state=state))


def test_a_comment_of_another_piece_takes_no_reply_here(post, regular, newcomer):
    foreign = make_comment(make_published(title="Another"), newcomer)
    with pytest.raises(CommentsClosedError):
        post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=foreign)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_piece_that_readers_dont_see_takes_no_comment(regular, state):
    with pytest.raises(CommentsClosedError):
        post_comment(post=make_piece(state), text="Hello.", by=regular, at=LATER)


def test_a_scheduled_piece_takes_no_comment_before_its_time(regular):
    piece = make_piece(State.PUBLISHED, go_out_at=LATER)
    with pytest.raises(CommentsClosedError):
        post_comment(post=piece, text="Hello.", by=regular, at=LATER - dt.timedelta(minutes=1))


def test_closed_comments_stay_closed(post, regular):
    Post.objects.update(comments_open=False)
    with pytest.raises(CommentsClosedError):
        post_comment(post=post, text="Hello.", by=regular, at=LATER)


def test_a_retraction_between_reading_and_writing_is_noticed(post, regular, editor):
    publishing.retract(post=Post.objects.get(pk=post.pk), reason="Wrong.", by=editor, at=NOW)
    with pytest.raises(CommentsClosedError):
        post_comment(post=post, text="Hello.", by=regular, at=LATER)


def test_an_unconfirmed_address_comes_first(post, reader):
    with pytest.raises(MayNotCommentError, match="Confirm"):
        post_comment(post=post, text="Hello.", by=reader, at=LATER)


def test_a_block_is_noticed_even_on_an_old_row(post, regular):
    AccountBlock.objects.create(user=regular, reason="Advertising.", at=NOW)
    with pytest.raises(MayNotCommentError, match="Advertising"):
        post_comment(post=post, text="Hello.", by=regular, at=LATER)


@pytest.mark.parametrize("text", ["", " \n ", "\x00\u2028", "x" * 5001])
def test_nothing_and_too_much_are_refused_at_the_field(post, regular, text):
    with pytest.raises(IncompleteError) as refusal:
        post_comment(post=post, text=text, by=regular, at=LATER)
    assert list(refusal.value.errors) == ["text"]


def test_moderators_get_one_letter_when_the_queue_fills(post, editor, newcomer):
    post_comment(post=post, text="First.", by=newcomer, at=LATER)
    post_comment(post=post, text="Second.", by=newcomer, at=LATER)
    letters = Letter.objects.filter(kind="to_editor/comments_waiting")
    assert sorted(letters.values_list("to_address", flat=True)) == ["sam@blog.example", "tom@blog.example"]


def test_the_letter_shows_the_pen_name_and_no_address(post, editor, regular):
    for number in range(6):
        post_comment(post=post, text=f"Number {number}.", by=regular, at=LATER)
    letter = Letter.objects.filter(kind="to_editor/comments_waiting").first()
    assert "Owen Pritchard" in letter.text
    assert "owen@" not in letter.text


def test_names_of_other_pieces_give_no_byline_here(post, writer):
    author = identity.new_author(name="Somebody Else")
    confirm(writer)
    assert post_comment(post=post, text="Hello.", by=writer, at=LATER).author_id is None
    assert not Comment.objects.filter(author=author).exists()
