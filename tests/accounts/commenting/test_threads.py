"""A reply to a reply hangs under the same comment and says what it answers; places are kept where they are needed."""

import datetime as dt

from accounts.commenting import editing
from accounts.commenting.posting import post_comment
from accounts.commenting.reading import discussion_of, entry_of
from accounts.models import Badge, Comment, ListedDomain
from tests.factories import NOW, UserFactory, make_author, make_comment, make_published

LATER = NOW + dt.timedelta(days=1)


def test_a_reply_to_a_reply_says_which_one_it_answers_and_leads_there(client, post, regular, newcomer):
    top = make_comment(post, newcomer, text="Top.")
    reply = make_comment(post, newcomer, parent=top, text="First reply.")
    answer = post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=reply)
    assert (answer.parent, answer.replied_to) == (top, reply)
    page = client.get(post.get_absolute_url()).text
    assert f'<a href="#comment-{reply.pk}">In reply to Dana Whitby</a>' in page
    assert page.index("Top.") < page.index("First reply.") < page.index("Quite.")
    assert entry_of(answer, LATER).answers == "Dana Whitby"


def test_a_reply_to_the_top_says_nothing_more(client, post, regular, newcomer):
    top = make_comment(post, newcomer)
    assert post_comment(post=post, text="Quite.", by=regular, at=LATER, parent=top).replied_to is None
    assert "In reply to" not in client.get(post.get_absolute_url()).text.partition('id="comments"')[2]


def test_replies_of_one_moment_keep_their_order(post, newcomer):
    top = make_comment(post, newcomer)
    replies = [make_comment(post, newcomer, parent=top) for _ in range(5)]
    (thread,) = discussion_of(post, LATER).threads
    assert [entry.pk for entry in thread.replies] == [reply.pk for reply in replies]


def test_what_its_writer_took_away_leaves_a_place_only_under_answers(client, post, regular, newcomer):
    top = make_comment(post, regular, text="Top words.")
    reply = make_comment(post, regular, parent=top, text="Reply words.")
    alone = make_comment(post, regular, text="Words alone.")
    make_comment(post, newcomer, parent=top, replied_to=reply, text="An answer.")
    for comment in (top, reply, alone):
        editing.take_away(comment=comment, by=regular, at=LATER)
    page = client.get(post.get_absolute_url()).text
    assert page.count("Its writer took this comment away.") == 2
    assert page.count(f'id="comment-{reply.pk}"') == page.count(f'href="#comment-{reply.pk}"') == 1
    assert "In reply to a comment that is gone" in page
    assert f"comment-{alone.pk}" not in page
    assert not any(words in page for words in ("Top words", "Reply words", "Words alone"))
    assert "2 comments" in page  # The regular's earlier one, and the answer


def test_a_badge_stands_beside_a_display_name_and_never_a_bylines(client, writer, newcomer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    make_comment(piece, writer, author=author)
    make_comment(piece, newcomer)
    domain = ListedDomain.objects.get(domain="gov.uk")
    for user in (writer, newcomer):
        address = user.emailaddress_set.get_or_create(email=user.email, verified=True)[0]
        lapses_at = NOW + dt.timedelta(days=36500)
        badge = {"domain": domain, "mailbox": user.email, "confirmed_at": NOW, "lapses_at": lapses_at}
        Badge.objects.create(user=user, address=address, **badge)
    page = client.get(piece.get_absolute_url()).text
    assert page.count(">Verified public servant<") == 1
    assert page.index("Ivy Lane</b>") < page.index("Dana Whitby</b>") < page.index(">Verified public servant<")


def test_the_same_words_again_under_another_reply_are_another_comment(post, regular, newcomer):
    top = make_comment(post, newcomer)
    replies = [make_comment(post, UserFactory(), parent=top) for _ in range(2)]
    for reply in (*replies, replies[0]):
        post_comment(post=post, text="Thank you.", by=regular, at=LATER, parent=reply)
    assert Comment.objects.filter(text="Thank you.").count() == 2
