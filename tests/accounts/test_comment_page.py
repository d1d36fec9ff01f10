import datetime as dt

import pytest
from django.test import Client

from accounts.commenting import blocking, moderation
from accounts.models import Comment
from blog.models import Post
from blog.states import State
from tests.factories import NOW, make_author, make_comment, make_piece, make_published
from tests.people import confirm, signed_in


@pytest.fixture
def address(post) -> str:
    return f"/accounts/comment/{post.pk}/"


def test_signed_out_the_way_leads_to_signing_in_and_back(address):
    answer = Client().get(f"{address}?reply=3")
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={address}%3Freply%3D3"


def test_a_newcomer_sees_the_held_comment_as_waiting(address, newcomer):
    client = signed_in(newcomer)
    answer = client.post(address, {"text": "So did we."}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == f"{address}#comment-{Comment.objects.get().pk}"
    assert "So did we." in page
    assert "Your comment is with the editors. You can see it; others will when it is approved." in page
    assert "Signed in as Dana Whitby." in page


def test_nobody_else_sees_the_held_comment(address, newcomer, regular, post):
    make_comment(post, newcomer, state="held", text="Only for me")
    assert "Only for me" not in signed_in(regular).get(address).content.decode()


def test_an_approved_comment_leads_to_its_place_on_the_page(address, regular, post):
    answer = signed_in(regular).post(address, {"text": "Again."})
    comment = Comment.objects.latest("pk")
    assert answer["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"


def test_what_was_taken_down_shows_the_reason_to_its_writer(address, newcomer, post, editor):
    comment = make_comment(post, newcomer)
    moderation.hide(comment=comment, reason="It names a resident.", by=editor, at=NOW)
    assert "Taken down by an editor: It names a resident." in signed_in(newcomer).get(address).content.decode()


def test_errors_keep_what_was_typed(address, regular):
    answer = signed_in(regular).post(address, {"text": "y" * 5001})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "y" * 5001 in page
    assert "There is a problem" in page
    assert "<title>Error:" in page
    assert 'href="#comment-text"' in page


def test_a_megabyte_is_refused_and_script_in_it_is_text(address, regular):
    answer = signed_in(regular).post(address, {"text": "<script>" + "z" * 1_000_000})
    assert answer.status_code == 422
    assert b"<script>z" not in answer.content


@pytest.mark.parametrize("text", ["", " ", "\x00", "\x00\u2028"])
def test_nothing_readable_is_refused(address, regular, text):
    assert signed_in(regular).post(address, {"text": text}).status_code == 422


def test_half_a_surrogate_pair_breaks_nothing(address, regular):
    answer = signed_in(regular).generic("POST", address, b"text=%ED%A0%80!", "application/x-www-form-urlencoded")
    assert answer.status_code == 302


def test_the_form_says_whom_it_replies_to(address, regular, newcomer, post):
    parent = make_comment(post, newcomer, text="How long did it take?")
    page = signed_in(regular).get(f"{address}?reply={parent.pk}").content.decode()
    assert "In reply to Dana Whitby" in page
    signed_in(regular).post(address, {"text": "Eleven weeks.", "reply": parent.pk})
    assert Comment.objects.latest("pk").parent == parent


@pytest.mark.parametrize("reply", ["0", "999999", "x", "\x00", "9" * 30, "²"])
def test_an_impossible_reply_is_not_found(address, regular, reply):
    assert signed_in(regular).get(address, {"reply": reply}).status_code == 200
    assert signed_in(regular).post(address, {"text": "Hello.", "reply": reply}).status_code == 404


def test_a_comment_of_another_piece_is_not_found_here(address, regular, newcomer):
    foreign = make_comment(make_published(title="Another"), newcomer, text="Foreign words")
    assert "Foreign words" not in signed_in(regular).get(f"{address}?reply={foreign.pk}").content.decode()
    assert signed_in(regular).post(address, {"text": "Hello.", "reply": foreign.pk}).status_code == 404


def test_a_parent_taken_down_meanwhile_keeps_the_text(address, regular, newcomer, post):
    parent = make_comment(post, newcomer, state="hidden")
    answer = signed_in(regular).post(address, {"text": "My long reply.", "reply": parent.pk})
    assert answer.status_code == 409
    assert b"My long reply." in answer.content


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_piece_that_readers_dont_see_is_not_found(regular, state):
    piece = make_piece(state)
    client = signed_in(regular)
    assert client.get(f"/accounts/comment/{piece.pk}/").status_code == 404
    assert client.post(f"/accounts/comment/{piece.pk}/", {"text": "Hello."}).status_code == 404


def test_a_scheduled_piece_is_not_found(regular):
    piece = make_piece(State.PUBLISHED, go_out_at=NOW + dt.timedelta(days=36500))
    assert signed_in(regular).get(f"/accounts/comment/{piece.pk}/").status_code == 404


def test_closed_comments_say_so_and_refuse(address, regular):
    Post.objects.update(comments_open=False)
    client = signed_in(regular)
    assert b"Comments are closed." in client.get(address).content
    answer = client.post(address, {"text": "Too late."})
    assert answer.status_code == 409
    assert b"Too late." in answer.content


def test_an_unconfirmed_address_is_told_how_to_confirm(address, as_reader):
    page = as_reader.get(address).content.decode()
    assert "Confirm your mail address before you comment." in page
    assert 'name="action_send"' in page
    assert as_reader.post(address, {"text": "Hello."}).status_code == 403
    assert not Comment.objects.filter(text="Hello.").exists()


def test_a_blocked_account_reads_why(address, regular, editor):
    blocking.block(user=regular, reason="Advertising.", by=editor, at=NOW)
    client = signed_in(regular)
    page = client.get(address).content
    assert b"stopped this account from commenting: Advertising." in page
    assert b'<a href="/contact/">write to the editors</a>' in page
    assert client.post(address, {"text": "Hello."}).status_code == 403


def test_an_expired_sign_in_loses_nothing(address, regular):
    client = Client()
    answer = client.post(address, {"text": "Half an hour of work."})
    assert answer["Location"] == f"/accounts/login/?next={address}"
    client.force_login(regular, backend="django.contrib.auth.backends.ModelBackend")
    assert b"Half an hour of work." in client.get(address).content
    assert b"Half an hour of work." not in client.get(address).content


def test_a_writer_is_shown_the_name_that_readers_will_see(writer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    page = signed_in(confirm(writer)).get(f"/accounts/comment/{piece.pk}/").content.decode()
    assert "Signed in as Ivy Lane." in page


def test_the_fragment_is_for_those_who_are_signed_in(address, newcomer, post):
    make_comment(post, newcomer, state="held", text="Waiting words")
    headers = {"X-Requested-With": "fetch"}
    signed_out = Client().get(address, headers=headers)
    assert signed_out.status_code == 401
    assert not signed_out.cookies
    fragment = signed_in(newcomer).get(address, headers=headers)
    assert b"Waiting words" in fragment.content
    assert b"<html" not in fragment.content
    assert "no-store" in fragment["Cache-Control"]


def test_other_methods_are_not_allowed(address, regular):
    assert signed_in(regular).put(address).status_code == 405
    assert signed_in(regular).delete(address).status_code == 405


def test_a_form_without_its_token_is_refused(address, regular):
    client = Client(enforce_csrf_checks=True)
    client.force_login(regular, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address, {"text": "Hello."}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_fixed(address, regular, post, django_assert_num_queries, count):
    for number in range(count):
        make_comment(post, regular, text=f"Number {number}", state="hidden")
    client = signed_in(regular)
    client.get(address)
    with django_assert_num_queries(16):
        client.get(address)
