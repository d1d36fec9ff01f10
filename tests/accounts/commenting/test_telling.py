"""Whoever is answered hears of it, under the name that they wrote under, once, and only of what readers see."""

import datetime as dt

import pytest

from accounts.commenting import moderation
from accounts.commenting.letter_words import COMMENTS_ON_YOURS, REPLIES
from accounts.commenting.posting import post_comment
from blog.editorial.letters import choices
from blog.editorial.letters.choices import HowOften
from blog.models import Letter, News
from tests.factories import NOW, make_author, make_comment, make_published

LATER = NOW + dt.timedelta(days=1)


def told(user) -> list[tuple[str, str]]:
    return list(News.objects.filter(user=user, dropped_at=None).values_list("group", "sentence"))


@pytest.fixture
def at_once(newcomer):
    choices.choose(user=newcomer, choices={REPLIES: HowOften.AT_ONCE}, at=NOW)
    return newcomer


def test_a_reply_is_told_at_once_to_who_wants_it_with_one_click_to_end_it(post, at_once, regular):
    top = make_comment(post, at_once, text="A question?")
    post_comment(post=post, text="An answer.", by=regular, at=LATER, parent=top)
    (letter,) = Letter.objects.filter(kind="to_reader/comment_answered")
    assert (letter.to_user, letter.group) == (at_once, REPLIES)
    assert "Owen Pritchard replied to your comment" in letter.subject
    assert "An answer." in letter.text


def test_by_default_it_comes_in_the_letter_of_the_day(post, newcomer, regular):
    top = make_comment(post, newcomer)
    post_comment(post=post, text="An answer.", by=regular, at=LATER, parent=top)
    assert told(newcomer) == [(REPLIES, "Owen Pritchard replied to your comment on “Who closes a row?”")]
    assert not Letter.objects.filter(kind="to_reader/comment_answered").exists()


def test_who_answered_a_reply_is_told_and_not_who_began(post, newcomer, regular):
    beginner = make_comment(post, regular)
    reply = make_comment(post, newcomer, parent=beginner)
    post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=reply)
    assert [group for group, _ in told(newcomer)] == [REPLIES]
    assert told(regular) == []


def test_a_writer_who_is_answered_hears_once_and_under_the_pen_name(writer, regular):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    choices.choose(user=writer, choices=dict.fromkeys((REPLIES, COMMENTS_ON_YOURS), HowOften.AT_ONCE), at=NOW)
    top = make_comment(piece, writer, author=author)
    post_comment(post=piece, text="An answer.", by=regular, at=LATER, parent=top)
    (letter,) = Letter.objects.filter(to_user=writer, kind__contains="comment")
    assert (letter.kind, letter.to_name) == ("to_reader/comment_answered", "Ivy Lane")
    assert writer.display_name not in letter.text


def test_nobody_hears_of_their_own_or_of_what_waits_or_was_taken_down(post, newcomer, regular, editor):
    top = make_comment(post, regular)
    post_comment(post=post, text="To myself.", by=regular, at=LATER, parent=top)
    held = post_comment(post=post, text="Held.", by=newcomer, at=LATER, parent=top)
    assert told(regular) == []
    moderation.approve(comment=held, by=editor, at=LATER)
    assert len(told(regular)) == 1
    moderation.hide(comment=held, reason="Off the subject.", by=editor, at=LATER)
    assert told(regular) == []
