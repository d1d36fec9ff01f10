import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.admin.first_page import held_comments
from accounts.models import Comment, CommentDecision
from blog.models import Letter
from tests.factories import NOW, UserFactory, make_author, make_comment, make_published
from tests.people import confirm, signed_in

LIST = "/admin/accounts/comment/"


@pytest.fixture
def held(post, newcomer) -> Comment:
    return make_comment(post, newcomer, state="held", text="<script>alert(1)</script> Waiting")


def page_of(comment: Comment) -> str:
    return f"{LIST}{comment.pk}/change/"


def test_what_waits_comes_first_and_script_is_text(as_editor, held, regular):
    page = as_editor.get(LIST).content.decode()
    assert page.index("Waiting") < page.index("Earlier.")
    assert "<script>alert" not in page


def test_one_comment_shows_what_it_answers_and_its_buttons(as_editor, held, newcomer, post):
    reply = make_comment(post, newcomer, state="held", text="A reply", parent=held)
    page = as_editor.get(page_of(reply)).content.decode()
    assert "In reply to Dana Whitby" in page
    for kind in ("approve", "hide", "block"):
        assert f"{LIST}{reply.pk}/{kind}/" in page
    assert "<script>alert" not in page
    assert "dana@council.example" not in page


def test_approving_one(as_editor, held, editor):
    as_editor.post(f"{LIST}{held.pk}/approve/")
    held.refresh_from_db()
    assert held.state == "approved"
    assert CommentDecision.objects.get().by == editor


def test_hiding_without_a_reason_is_refused_on_the_page(as_editor, held):
    answer = as_editor.post(f"{LIST}{held.pk}/hide/", {"reason": " "})
    assert answer.status_code == 422
    assert b"Write the reason" in answer.content
    as_editor.post(f"{LIST}{held.pk}/hide/", {"reason": "It names a resident."})
    assert Comment.objects.get(pk=held.pk).state == "hidden"
    assert b"It names a resident." in as_editor.get(page_of(held)).content


def test_blocking_and_unblocking_from_a_comment(as_editor, held, newcomer):
    as_editor.post(f"{LIST}{held.pk}/block/", {"reason": "Advertising."})
    assert newcomer.is_blocked_at(timezone.now())
    as_editor.post(f"{LIST}{held.pk}/unblock/")
    assert not newcomer.is_blocked_at(timezone.now())


def test_many_at_once_approved(as_editor, post, newcomer, held):
    other = make_comment(post, newcomer, state="held")
    chosen = [held.pk, other.pk, make_comment(post, newcomer).pk]
    answer = as_editor.post(LIST, {"action": "approve_selected", "_selected_action": chosen}, follow=True)
    assert Comment.objects.filter(state="held").count() == 0
    assert Letter.objects.filter(kind="to_reader/comment_approved").count() == 2
    assert b"Somebody was quicker" in answer.content


def test_many_at_once_hidden_after_the_reason_is_asked(as_editor, post, newcomer, held):
    chosen = [held.pk, make_comment(post, newcomer).pk]
    asked = as_editor.post(LIST, {"action": "hide_selected", "_selected_action": chosen})
    assert b'name="reason"' in asked.content
    assert Comment.objects.filter(state="hidden").count() == 0
    assert as_editor.post(f"{LIST}hide/", {"comment": chosen, "reason": ""}).status_code == 422
    as_editor.post(f"{LIST}hide/", {"comment": chosen, "reason": "Off the point."})
    assert Comment.objects.filter(state="hidden").count() == 2


def test_many_blocked_each_account_once(as_editor, post, newcomer, held):
    chosen = [held.pk, make_comment(post, newcomer).pk]
    answer = as_editor.post(f"{LIST}block/", {"comment": chosen, "reason": "Advertising."}, follow=True)
    assert newcomer.is_blocked_at(timezone.now())
    assert b"Done with 1 comment." in answer.content


def test_nothing_is_decided_by_a_get(as_editor, held):
    for path in (f"{LIST}{held.pk}/approve/", f"{LIST}{held.pk}/hide/", f"{LIST}hide/", f"{LIST}block/"):
        assert as_editor.get(path).status_code == 405


def test_nothing_can_be_added_rewritten_or_removed(as_editor, held):
    assert as_editor.get(f"{LIST}add/").status_code == 403
    assert as_editor.post(f"{LIST}{held.pk}/delete/", {"post": "yes"}).status_code == 403
    assert as_editor.post(page_of(held), {"text": "Changed", "state": "approved"}).status_code == 405
    assert Comment.objects.get(pk=held.pk).state == "held"


@pytest.mark.parametrize("who", ["nobody", "reader", "staff"])
def test_only_moderators_come_in(held, who):
    client = Client()
    if who != "nobody":
        user = confirm(UserFactory(is_staff=who == "staff"))
        user.user_permissions.add(*Permission.objects.filter(codename__in=["view_comment", "change_comment"]))
        client = signed_in(user)
    for path in (LIST, page_of(held)):
        assert client.get(path).status_code in {302, 403}
    for path in (f"{LIST}{held.pk}/approve/", f"{LIST}hide/"):
        assert client.post(path, {"comment": held.pk, "reason": "No."}).status_code in {302, 403}
    assert Comment.objects.get(pk=held.pk).state == "held"


@pytest.mark.parametrize("path", ["999999/change/", "x/change/", "999999/approve/", f"{'9' * 30}/change/"])
def test_foreign_keys_are_not_found(as_editor, path):
    method = as_editor.get if path.endswith("change/") else as_editor.post
    assert method(f"{LIST}{path}").status_code == 404


def test_a_pen_name_holds_in_the_admin(writer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    comment = make_comment(piece, writer, author=author, text="Mine")
    administrator = signed_in(UserFactory(administrator=True))
    pages = [administrator.get(path) for path in (LIST, page_of(comment), f"{LIST}?q=Ivy", f"{LIST}?q=Priya")]
    for page in pages:
        assert b"Priya R" not in page.content
        assert f"accounts/user/{writer.pk}/".encode() not in page.content
    assert b"Mine" in pages[2].content
    assert b"Mine" not in pages[3].content


def test_a_nul_in_the_address_is_refused(as_editor):
    assert as_editor.get(LIST, {"q": "\x00"}).status_code == 400


def test_the_list_takes_as_many_queries_for_three_as_for_one(as_editor, post, django_assert_num_queries):
    make_comment(post, UserFactory(), state="held")
    as_editor.get(LIST)  # A first visit asks more of the session
    with CaptureQueriesContext(connection) as of_one:
        as_editor.get(LIST)
    for _ in range(2):
        make_comment(post, UserFactory(), state="held")
    with django_assert_num_queries(len(of_one)):
        as_editor.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_gets_the_oldest_first(post, editor, django_assert_num_queries, count):
    for number in range(count):
        make_comment(post, UserFactory(), state="held", written_at=NOW.replace(day=20 - number))
    with django_assert_num_queries(3):
        waiting, rows = held_comments(editor, 2)
        assert [row.public_name and row.post.live.title for row in rows]
    assert waiting == count
    assert [row.written_at for row in rows] == sorted(row.written_at for row in rows)
