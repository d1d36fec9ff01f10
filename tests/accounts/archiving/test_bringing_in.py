"""Comments of an archive come in: as they stood, under the names that were typed, once."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.archiving.threads import Coming, Here, key_of, sort
from accounts.commenting import editing, moderation
from accounts.commenting.placing import FULL
from accounts.models import Comment
from blog import keys
from blog.archive.discussions import Thread
from blog.archive.records import Remark, RemarkState, Weight
from blog.models import Letter, News, Post, Purge
from tests.accounts.archiving.conftest import ADDRESS, THEN, said
from tests.factories import NOW, UserFactory, make_comment

pytestmark = pytest.mark.django_db


def here() -> dict[str, Comment]:
    return {one.text: one for one in Comment.objects.select_related("user", "author", "parent", "replied_to")}


def test_threads_times_and_names_are_as_they_were(bring, kept):
    brought = bring(
        said("11", "Top.", address="Dana@Council.example"),
        said("12", "Answer.", "Owen P", minutes=1, parent="11"),
        said("13", "Answer to the answer.", "Dana W", minutes=2, parent="12", address=ADDRESS),
        said("14", "Thank you.", "Priya", minutes=3, parent="13", person="7"),
    )
    assert (brought.new, brought.known, brought.losses) == (4, 0, ())
    found = here()
    assert found["Answer."].parent == found["Top."]
    assert found["Answer."].replied_to is None
    assert found["Answer to the answer."].parent == found["Top."]
    assert found["Answer to the answer."].replied_to == found["Answer."]
    assert found["Top."].user == found["Answer to the answer."].user != found["Answer."].user
    assert found["Top."].written_at == THEN
    assert [one.public_name for one in found.values()] == ["Dana W", "Owen P", "Dana W", "The Mole"]
    assert found["Thank you."].user.archived_name.address == ""
    assert not Comment.objects.filter(is_by_editor=True).exists()
    post = Post.objects.get(pk=kept.post.pk)
    assert (post.comment_count, post.comment_pages) == (4, 1)
    assert set(Purge.objects.filter(due_at=NOW).values_list("key", flat=True)) >= {
        keys.discussion(post.pk),
        keys.COMMENTS,
    }


def test_a_person_who_is_not_on_the_byline_is_a_name_without_an_address(bring):
    bring(said("11", name="Priya R", person="8", address=ADDRESS))
    comment = Comment.objects.get()
    assert (comment.author, comment.public_name, comment.user.archived_name.address) == (None, "Priya R", "")


def test_the_same_name_with_another_address_is_somebody_else(bring):
    bring(said("11", address=ADDRESS), said("12"), said("13", address="other@council.example"), said("14"))
    assert Comment.objects.values("user").distinct().count() == 3
    bring(said("15"), said("16", address=ADDRESS))
    assert Comment.objects.values("user").distinct().count() == 3


def test_states_are_kept_and_nobody_hears_of_them(bring, kept):
    letters, news = Letter.objects.count(), News.objects.count()
    bring(
        said("11", "Waits.", state=RemarkState.HELD),
        said("12", "Advert.", state=RemarkState.SPAM),
        said("13", "Answers what waits.", minutes=1, parent="11"),
    )
    assert {text: one.state for text, one in here().items()} == {
        "Waits.": "held",
        "Advert.": "spam",
        "Answers what waits.": "approved",
    }
    assert (Letter.objects.count(), News.objects.count()) == (letters, news)
    moderation.approve(comment=here()["Waits."], by=kept.editor, at=NOW)
    assert (Letter.objects.count(), News.objects.count()) == (letters, news)
    assert Post.objects.get(pk=kept.post.pk).comment_count == 2


def test_coming_again_brings_what_is_new_and_leaves_what_was_decided(bring, kept):
    first = [said("11", "Top."), said("12", "Taken down here."), said("13", "Gone here.")]
    bring(*first)
    found = here()
    moderation.hide(comment=found["Taken down here."], reason="Abuse.", by=kept.editor, at=NOW)
    found["Gone here."].delete()
    again = bring(*first, said("14", "New answer.", minutes=9, parent="11"), said("15", "Alone now.", parent="13"))
    assert (again.new, again.known) == (2, 3)
    found = here()
    assert set(found) == {"Top.", "Taken down here.", "New answer.", "Alone now."}
    assert found["Taken down here."].state == "hidden"
    assert found["New answer."].parent == found["Top."]
    assert found["Alone now."].parent is None
    assert [loss.weight for loss in again.losses] == [Weight.CHANGED]
    assert bring(*first).new == 0


def test_a_number_from_before_is_kept_where_it_is_free(bring, kept):
    taken = make_comment(kept.post, UserFactory(), text="Here before.")
    bring(
        said("4711", "Kept."), said(str(taken.pk), "Another."), said("9" * 30, "Too high."), said("comment-9", "Else.")
    )
    found = here()
    assert found["Kept."].anchor == "comment-4711"
    assert found["Here before."].pk == taken.pk
    later = make_comment(kept.post, taken.user, text="Written here later.")
    assert later.pk > 4711


def test_long_discussions_get_their_pages_once(bring, kept):
    bring(*(said(str(number), f"Number {number}.", minutes=number) for number in range(1, FULL + 2)))
    bring(said("500", "A late answer.", minutes=500, parent="1"), said("501", "Later.", minutes=501))
    found = here()
    assert {found[f"Number {number}."].page for number in range(1, FULL + 1)} == {1}
    assert found[f"Number {FULL + 1}."].page == found["Later."].page == 2
    assert found["A late answer."].page == 1
    post = Post.objects.get(pk=kept.post.pk)
    assert (post.comment_count, post.comment_pages) == (FULL + 3, 2)


def test_a_reply_that_is_dated_before_what_it_answers_stands_on_its_page(bring):
    tops = [said(str(number), f"Number {number}.", minutes=number) for number in range(2, FULL + 1)]
    bring(*tops, said("900", "Late top.", minutes=900), said("901", "Early answer.", minutes=1, parent="900"))
    found = here()
    assert found["Late top."].page == found["Early answer."].page


def test_what_hangs_wrong_stands_by_itself_and_is_listed(bring, kept):
    threads = [
        Thread(kept.post.pk, (said("1", "A.", parent="2"), said("2", "B.", parent="1"), said("3", "C.", parent="2"))),
        Thread(kept.other.pk, (said("4", "D.", parent="1"), said("5", "E.", parent="99"), said("6", "F.", parent="6"))),
    ]
    brought = bring(threads=threads)
    found = here()
    assert {text: one.parent and one.parent.text for text, one in found.items()} == {
        "A.": None, "B.": None, "C.": "B.", "D.": None, "E.": None, "F.": None,
    }  # fmt: skip
    assert {loss.weight for loss in brought.losses} == {Weight.CHANGED}
    assert len(brought.losses) == 5


def test_what_answers_something_without_words_answers_what_that_answered(bring):
    brought = bring(said("1", "Top."), said("2", " \n\x00 ", parent="1"), said("3", "Below.", parent="2"))
    assert here()["Below."].parent == here()["Top."]
    assert [(loss.which[:2], loss.weight) for loss in brought.losses] == [("2 ", Weight.LOST)]


def test_two_with_one_key_are_one(bring):
    brought = bring(said("1", "First."), said("1", "Second."))
    assert set(here()) == {"First."}
    assert "Second." in brought.losses[0].which


def test_names_are_cleaned_and_cut(bring):
    brought = bring(
        said("1", "a", name="Da\r\nna\x00 \u202ebatw\ud800"),
        said("2", "b", name="\u200b \n"),
        said("3", "c", name="long " * 2000),
        said("4", "d", name="", address="no address"),
    )
    names = {text: one.public_name for text, one in here().items()}
    assert names["a"] == "Da na batw"
    assert names["b"] == names["d"] == "A reader without a name"
    assert len(names["c"]) <= 80
    assert {loss.weight for loss in brought.losses} == {Weight.CHANGED, Weight.NOTED}


def test_long_texts_stay_and_endless_ones_are_cut(bring):
    brought = bring(said("1", "x" * 20_000), said("2", "y" * 1_000_000))
    assert sorted(len(text) for text in here()) == [20_000, 100_000]
    assert len(brought.losses) == 1


@pytest.mark.parametrize(
    "moment",
    [dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(1970, 1, 1), dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC)],  # noqa: DTZ001
)
def test_a_time_that_cannot_be_is_the_pieces(bring, moment: dt.datetime):
    brought = bring(Remark(key="1", name="Dana", text="So did we.", written_at=moment, edited_at=moment))
    comment = Comment.objects.get()
    assert comment.written_at == NOW
    assert comment.edited_at is None
    assert [loss.weight for loss in brought.losses] == [Weight.CHANGED] * 2


def test_keys_that_no_column_takes_are_known_again(bring):
    hostile = [said("k" * 5000, "Long."), said("a\x00b", "NUL."), said("", "None.", "\ud800")]
    assert bring(*hostile).new == 3
    again = bring(*hostile)
    assert (again.new, again.known) == (0, 3)


def test_the_number_of_questions_does_not_grow_with_the_comments(bring, kept, django_assert_max_num_queries):
    def thread(post: Post, start: int) -> Thread:
        return Thread(post.pk, tuple(said(f"k{start + n}", name=f"Reader {n}") for n in range(30)))

    with django_assert_max_num_queries(25):
        bring(threads=[thread(kept.post, 0), thread(kept.other, 100)])


def test_nobody_can_change_what_came_in(bring, kept):
    bring(said("1"))
    assert not editing.can_edit(Comment.objects.get(), at=NOW)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(-1, 14), st.booleans()), max_size=14))
@settings(max_examples=25, deadline=None, database=None, derandomize=True)
def test_whatever_the_parents_every_comment_is_there_once_and_hangs_by_a_top(rows):
    remarks = tuple(said(str(key), "" if is_empty else "x", parent=str(parent)) for key, parent, is_empty in rows)
    known = {"3": Here(3, 1, 3, 1), "4": Here(4, 2, 4, 1), "5": None}
    found = sort([Thread(1, remarks)], known)
    wordless = {key_of(one) for one in {key_of(one): one for one in reversed(remarks)}.values() if not one.text}
    assert {one.key for one in found.coming} == {key_of(one) for one in remarks} - set(known) - wordless
    for one in found.coming:
        assert (one.top is None) == (one.answers is None)
        if isinstance(one.top, Coming):
            assert one.top.answers is None
            assert isinstance(one.answers, Coming)
            assert one.answers.depth == one.depth - 1
