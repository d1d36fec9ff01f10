"""Long discussions have pages, and a comment stays on the one that it got."""

import datetime as dt

import pytest

from accounts.commenting import editing
from accounts.commenting.moves import count_comments
from accounts.commenting.placing import FULL
from accounts.commenting.posting import post_comment
from accounts.models import Comment
from blog.models import Post
from tests.factories import NOW, make_comment

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def long(post, newcomer) -> Post:
    """A piece with a hundred comments and three more."""
    Comment.objects.bulk_create(
        Comment(post=post, user=newcomer, text=f"Number {number}.", state="approved", written_at=NOW)
        for number in range(FULL + 3)
    )
    count_comments(post.pk, at=LATER)
    return Post.objects.get(pk=post.pk)


def test_the_first_hundred_stand_under_the_piece_and_the_others_on_the_next_page(client, long):
    path = long.get_absolute_url()
    first, second = client.get(path).text, client.get(f"{path}comment-page-2/").text
    assert "103 comments" in first
    assert "Number 99." in first
    assert "Number 100." not in first
    assert f'<a rel="next" href="{path}comment-page-2/#comments">' in first
    assert "Number 100." in second
    assert "Number 99." not in second
    assert f'<a rel="prev" href="{path}#comments">' in second
    assert f'<link rel="canonical" href="http://blog.example{path}comment-page-2/">' in second


def test_a_permalink_leads_to_the_page_and_stays_when_others_go(client, long, newcomer):
    last = Comment.objects.latest("pk")
    address = f"{long.get_absolute_url()}comment-page-2/#comment-{last.pk}"
    assert last.get_absolute_url() == address
    for comment in Comment.objects.filter(page=1)[:2]:
        editing.take_away(comment=comment, by=newcomer, at=LATER)
    last.refresh_from_db()
    assert last.get_absolute_url() == address
    assert f'id="comment-{last.pk}"' in client.get(address).text


def test_replies_stay_with_their_thread_and_new_threads_go_to_the_last_page(long, regular):
    first = Comment.objects.filter(page=1, parent=None).earliest("pk")
    assert post_comment(post=long, text="A reply.", by=regular, at=LATER, parent=first).page == 1
    assert post_comment(post=long, text="A thread.", by=regular, at=LATER).page == 2
    assert Post.objects.get(pk=long.pk).comment_pages == 2


def test_a_held_comment_gets_its_page_when_readers_see_it(post, newcomer):
    comment = post_comment(post=post, text="Hello.", by=newcomer, at=LATER)
    assert (comment.state, comment.page) == ("held", None)


@pytest.mark.parametrize(("number", "status"), [(0, 404), (1, 301), (2, 404), (99999999999, 404)])
def test_pages_that_are_not_there(client, post, number, status):
    answer = client.get(f"{post.get_absolute_url()}comment-page-{number}/")
    assert answer.status_code == status
    if status == 301:
        # A fragment of ours would take the place of the one in a link to `#comment-7`
        assert answer["Location"] == post.get_absolute_url()


def test_a_wrong_date_leads_to_the_right_page(client, long):
    answer = client.get(f"/2001/02/03/{long.slug}/comment-page-2/")
    assert (answer.status_code, answer["Location"]) == (301, f"{long.get_absolute_url()}comment-page-2/")


def test_the_newest_comments_name_the_page_without_a_question_each(long, django_assert_num_queries):
    comments = list(Comment.objects.filter(page=2).for_lists())
    with django_assert_num_queries(0):
        assert all("comment-page-2" in comment.get_absolute_url() for comment in comments)


def test_a_comment_that_was_never_placed_stands_on_the_first_page(client, post, regular):
    make_comment(post, regular, text="Brought in.")
    assert "Brought in." in client.get(post.get_absolute_url()).text
