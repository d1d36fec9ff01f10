import datetime as dt
import time

import pytest

from accounts.commenting.posting import post_comment
from accounts.commenting.screening import TooManyCommentsError, folded, in_words, is_trusted, listed_in, verdict
from accounts.models import Comment, ListedWord, ModerationRules
from tests.factories import NOW, UserFactory, make_author, make_comment, make_published
from tests.people import confirm

LATER = NOW + dt.timedelta(days=1)


def said(user, post, text="So did we.", at=LATER, author=None) -> list[str]:
    """Return why a comment would wait; nothing if it would not."""
    found = verdict(user=user, author=author, text=text, post=post, at=at)
    assert (found.state == Comment.State.HELD) == bool(found.reasons)
    return in_words(found.reasons)


def listed(words: str) -> ListedWord:
    return ListedWord.objects.create(words=words, folded=" ".join(folded(words)))


def test_a_newcomer_waits_until_so_many_were_approved(post, newcomer):
    ModerationRules(pk=1, trusted_after=2).save()
    assert said(newcomer, post) == ["first comment"]
    make_comment(post, newcomer)
    make_comment(post, newcomer, state="hidden")
    assert said(newcomer, post) == ["1 approved so far"]
    assert not is_trusted(newcomer)
    make_comment(post, newcomer)
    assert said(newcomer, post) == []
    assert is_trusted(newcomer)


def test_nobody_waits_if_the_rules_say_so(post, newcomer):
    ModerationRules(pk=1, trusted_after=0).save()
    assert said(newcomer, post) == []


def test_more_links_than_the_rules_allow_wait(post, regular):
    two = "See https://a.example/x and www.b.example."
    assert said(regular, post, two) == []
    assert said(regular, post, two + " HTTP://c.example") == ["has 3 links"]
    ModerationRules(pk=1, most_links=0).save()
    assert said(regular, post, "See https://a.example/x") == ["has 1 link"]


@pytest.mark.parametrize(
    ("on_the_list", "text"),
    [
        ("casino", "The best CASINO."),
        ("Café", "Meet at the cafe\u0301!"),
        ("cafe", "Meet at the CAFÉ."),
        ("cheap pills", "Buy Cheap,\npills here"),
        ("casino", "The best cas\u200bino."),
        ("strasse", "An der Straße"),
    ],
)
def test_a_listed_word_waits_whatever_its_capitals_and_accents(post, regular, on_the_list, text):
    listed(on_the_list)
    assert said(regular, post, text) == [f"word “{on_the_list}”"]


@pytest.mark.parametrize("text", ["The casinos closed.", "cheap and cheerful pills", "(a+)+$"])
def test_a_part_of_a_word_does_not(post, regular, text):
    listed("casino")
    listed("cheap pills")
    listed("(a+)+b")
    assert said(regular, post, text) == []


def test_no_text_and_no_list_takes_long(db):
    ListedWord.objects.bulk_create(ListedWord(words=f"word {n}", folded=f"word {n}") for n in range(2000))
    began = time.perf_counter()
    for text in ("a " * 2500, "\u0301" * 5000, "http" * 1250, "ﷺ" * 5000, "www." * 1250):
        listed_in(text)
    assert time.perf_counter() - began < 5


def test_the_sixth_comment_of_an_account_within_a_minute_waits(post, regular):
    for second in range(5):
        make_comment(post, regular, written_at=LATER - dt.timedelta(seconds=second))
    assert said(regular, post) == ["6 comments in a minute"]
    assert said(regular, post, at=LATER + dt.timedelta(minutes=2)) == []


def test_from_so_many_on_all_wait_and_newcomers_are_refused(post, regular, newcomer):
    ModerationRules(pk=1, site_a_minute=2).save()
    for _ in range(8):
        make_comment(post, UserFactory(), state="held", written_at=LATER)
        if Comment.objects.filter(written_at=LATER).count() == 2:
            assert said(regular, post) == ["many comments at once, from everybody"]
    assert said(regular, post) == ["many comments at once, from everybody"]
    with pytest.raises(TooManyCommentsError):
        said(newcomer, post)


def test_editors_and_the_writers_of_the_piece_never_wait(writer, editor):
    ModerationRules(pk=1, most_links=0, site_a_minute=1, account_a_minute=1).save()
    listed("casino")
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    for _ in range(5):
        make_comment(piece, writer, author=author, written_at=LATER)
    assert said(writer, piece, "casino https://a.example", author=author) == []
    assert said(editor, piece, "casino https://a.example") == []


def test_nothing_under_a_pen_name_counts_elsewhere(writer, post):
    confirm(writer)
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    for second in range(9):
        make_comment(piece, writer, author=author, written_at=LATER - dt.timedelta(seconds=second))
    # Neither trusted for what was approved there, nor in a flood with it
    assert said(writer, post) == ["first comment"]


def test_a_comment_keeps_why_it_waits(post, newcomer):
    listed("casino")
    comment = post_comment(post=post, text="A casino.", by=newcomer, at=LATER)
    comment.refresh_from_db()
    assert comment.state == "held"
    assert in_words(comment.held_because) == ["first comment", "word “casino”"]
