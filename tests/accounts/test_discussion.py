import datetime as dt

import pytest
from django.db import IntegrityError
from django.template import Context, Template

from accounts.commenting.posting import post_comment
from blog.models import Masthead, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_comment, make_editor, make_piece, make_published
from tests.people import confirm, signed_in

LATER = NOW + dt.timedelta(days=1)


def show(post: Post, moment=LATER) -> str:
    return Template("{% load discussion %}{% discussion post moment %}").render(
        Context({"post": post, "moment": moment, "masthead": Masthead.current()})
    )


def latest(moment=LATER) -> str:
    return Template("{% load discussion %}{% latest_comments moment %}").render(Context({"moment": moment}))


def test_nothing_yet_says_so_and_links_to_the_form(post):
    page = show(post)
    assert "No comments yet." in page
    assert f"/accounts/comment/{post.pk}/" in page
    assert "Sign in to comment" in page


def test_closed_comments_offer_no_way_in(post, regular):
    Post.objects.update(comments_open=False)
    page = show(Post.objects.get(pk=post.pk))
    assert "Comments are closed." in page
    assert "/accounts/comment/" not in page
    assert "Earlier." in page


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_only_approved_comments_show(post, newcomer, state):
    make_comment(post, newcomer, state=state, text="Secret words")
    assert "Secret words" not in show(post)
    assert "Secret words" not in latest()


def test_replies_stand_under_their_comment_with_words_as_marks(writer, newcomer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    top = make_comment(piece, newcomer, text="A question?")
    make_comment(piece, writer, text="An answer.", author=author, parent=top)
    make_comment(piece, make_editor(display_name="Ed Itor"), text="A thanks.", is_by_editor=True)
    page = show(piece)
    assert "3 comments" in page
    assert page.index("A question?") < page.index("An answer.") < page.index("A thanks.")
    assert page.count(">Author<") == page.count(">Editor<") == 1
    assert f'id="comment-{top.pk}"' in page
    assert f"?reply={top.pk}" in page
    assert "Priya" not in page


def test_an_editor_under_a_byline_is_not_given_away(editor):
    author = make_author(editor, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=editor, author=author)
    comment = post_comment(post=piece, text="I can add a figure.", by=confirm(editor), at=LATER)
    assert comment.author == author
    assert not comment.is_by_editor
    assert ">Editor<" not in show(piece)


def test_a_comment_stays_an_editors_when_its_writer_leaves(editor):
    piece = make_published()
    post_comment(post=piece, text="Thank you all.", by=confirm(editor), at=LATER)
    editor.groups.clear()
    assert ">Editor<" in show(piece)


def test_the_database_holds_that_a_byline_says_nothing_else(editor):
    author = make_author(editor)
    with pytest.raises(IntegrityError, match="byline_says_nothing_else"):
        make_comment(make_published(writer=editor, author=author), editor, author=author, is_by_editor=True)


def test_replies_to_a_comment_taken_down_keep_their_place(post, newcomer, regular):
    gone = make_comment(post, newcomer, state="hidden", text="Bad words")
    make_comment(post, regular, text="Please don’t.", parent=gone)
    page = show(post)
    assert "taken down by an editor" in page
    assert "Please don’t." in page
    assert "Bad words" not in page
    assert "Dana" not in page


def test_script_is_shown_as_text(post, newcomer):
    newcomer.display_name = "<b>Dana</b>"
    newcomer.save()
    make_comment(post, newcomer, text="<script>alert(1)</script> https://blog.example/?a=1&b=2 javascript:alert(2)")
    for page in (show(post), latest()):
        assert "<script>alert" not in page
        assert "<b>Dana" not in page
    assert "&lt;script&gt;alert(1)" in show(post)
    assert 'href="javascript' not in show(post)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_fixed(post, django_assert_num_queries, count):
    for number in range(count):
        user = UserFactory()
        top = make_comment(post, user, text=f"Number {number}")
        make_comment(post, user, parent=top)
    # The masthead, which a page has at hand, the comments, and the badges
    with django_assert_num_queries(3):
        show(post)
    with django_assert_num_queries(1):
        latest()


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_piece_that_readers_dont_see_shows_no_discussion(newcomer, state):
    piece = make_piece(state)
    make_comment(piece, newcomer, text="Secret words")
    assert show(piece).strip() == ""
    assert "Secret" not in latest()
    assert "The newest comments will appear here." in latest()


def test_a_scheduled_piece_keeps_its_comments_to_itself(newcomer):
    piece = make_piece(State.PUBLISHED, go_out_at=LATER + dt.timedelta(days=1))
    make_comment(piece, newcomer)
    assert show(piece).strip() == ""
    assert "Dana" not in latest()


def test_five_of_the_newest_are_listed_newest_first(post):
    for number in range(6):
        make_comment(post, UserFactory(display_name=f"Name {number}"), written_at=NOW + dt.timedelta(minutes=number))
    page = latest()
    assert "Name 0" not in page
    assert page.index("Name 5") < page.index("Name 1")


def test_a_readers_page_is_the_same_for_everybody(post, regular):
    # Rendered without a request: nothing personal could get in
    anonymous = show(post)
    signed_in(confirm(UserFactory())).get(f"/accounts/comment/{post.pk}/")
    assert show(post) == anonymous
    assert "csrf" not in anonymous
