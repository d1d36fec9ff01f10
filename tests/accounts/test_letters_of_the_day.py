"""Comments are told at once, in one letter a day, or not, as each person chose: once, and never of one's own."""

import datetime as dt

import pytest

from accounts.commenting import moderation, posting
from accounts.models import Comment
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters import news
from blog.models import Digest, Letter, News
from tests.factories import NOW, UserFactory, make_comment, make_editor, make_published
from tests.people import confirm

pytestmark = pytest.mark.django_db
MORNING = NOW.replace(hour=8) + dt.timedelta(days=1)


@pytest.fixture
def post(writer, editor):
    made = make_published(writer=writer, editor=editor)
    Letter.objects.all().delete()
    return made


@pytest.fixture
def regular(post, reader):
    """A reader whose comments appear at once."""
    make_comment(post, reader, written_at=NOW - dt.timedelta(days=9))
    return confirm(reader)


def digests() -> list[Letter]:
    return list(Letter.objects.filter(kind="to_reader/digest").order_by("pk"))


def test_many_comments_become_one_letter_in_the_morning(post, regular, writer):
    for number in range(4):
        posting.post_comment(post=post, text=f"Comment {number}.", by=regular, at=NOW + dt.timedelta(hours=number))

    news.write_digests(at=NOW.replace(hour=23))
    assert Letter.objects.count() == 1  # The evening's, for what came since the morning
    news.write_digests(at=MORNING)
    news.write_digests(at=MORNING + dt.timedelta(days=1))

    letter = digests()[0]
    assert len(digests()) == 1
    assert (letter.to_user, letter.is_confidential) == (writer, True)
    assert letter.text.count("commented on “Who closes a row?”") == 4


def test_a_day_has_one_letter_and_what_comes_later_waits_for_the_next(post, regular):
    posting.post_comment(post=post, text="One.", by=regular, at=NOW)
    news.write_digests(at=MORNING)
    posting.post_comment(post=post, text="Two.", by=regular, at=MORNING)
    assert news.write_digests(at=MORNING + dt.timedelta(hours=3)) == 0

    assert news.write_digests(at=MORNING + dt.timedelta(days=1)) == 1
    assert [letter.text.count("commented on") for letter in digests()] == [1, 1]


@pytest.mark.parametrize(
    ("moment", "is_sent"),
    [("2027-03-28T06:59", False), ("2027-03-28T07:00", True), ("2026-10-25T07:59", False), ("2026-10-25T08:00", True)],
)
def test_it_comes_at_eight_whatever_the_clocks_do(moment, is_sent, post, regular):
    posting.post_comment(post=post, text="One.", by=regular, at=NOW)

    assert news.write_digests(at=dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)) == is_sent


def test_whoever_wants_each_comment_gets_it_under_the_name_on_the_byline(post, regular, writer):
    letter_choices.choose(user=writer, choices={"comments_on_yours": "at_once"}, at=NOW)

    posting.post_comment(post=post, text="One.", by=regular, at=NOW)
    news.write_digests(at=MORNING)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_name) == ("to_writer/comment_on_yours", "Priya Raman")
    assert "> One." in letter.text


def test_nobody_hears_of_their_own_comment_nor_of_what_they_do_not_want(post, regular, writer):
    posting.post_comment(post=post, text="My own.", by=confirm(writer), at=NOW)
    letter_choices.choose(user=writer, choices={"comments_on_yours": "never"}, at=NOW)
    posting.post_comment(post=post, text="One.", by=regular, at=NOW)

    assert not News.objects.exists()


def test_whoever_ends_them_before_the_morning_gets_none(post, regular, writer):
    posting.post_comment(post=post, text="One.", by=regular, at=NOW)
    letter_choices.choose(user=writer, choices={"comments_on_yours": "never"}, at=NOW)

    assert news.write_digests(at=MORNING) == 0


def test_a_comment_that_was_taken_down_is_not_told_and_one_approved_twice_is_told_once(post, regular, editor):
    comment = posting.post_comment(post=post, text="One.", by=regular, at=NOW)
    moderation.hide(comment=comment, reason="Off the point.", by=editor, at=NOW)
    assert news.write_digests(at=MORNING) == 0
    moderation.approve(comment=comment, by=editor, at=MORNING)

    assert News.objects.filter(key=f"comment:{comment.pk}").count() == 1


def test_moderators_get_one_letter_a_day_and_the_rest_in_the_morning(post, editor):
    for number in range(3):
        newcomer = confirm(UserFactory())
        held = posting.post_comment(post=post, text="First.", by=newcomer, at=NOW + dt.timedelta(hours=number))
        if number < 2:
            moderation.approve(comment=held, by=editor, at=NOW + dt.timedelta(hours=number))

    news.write_digests(at=MORNING)

    to_editor = Letter.objects.filter(to_user=editor).order_by("pk")
    assert [letter.kind for letter in to_editor] == ["to_editor/comments_waiting", "to_reader/digest"]
    assert to_editor[1].text.count("waits for an editor") == 1


def test_a_digest_for_moderators_leaves_out_what_was_decided(post, editor):
    other = make_editor()
    letter_choices.choose(user=other, choices={"comments_waiting": "daily"}, at=NOW)
    held = posting.post_comment(post=post, text="First.", by=confirm(UserFactory()), at=NOW)
    moderation.approve(comment=Comment.objects.get(pk=held.pk), by=editor, at=NOW)

    news.write_digests(at=MORNING)

    assert not Digest.objects.filter(user=other).exists()
