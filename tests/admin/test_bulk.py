"""Several pieces at once: what is said before, what happens to each, and what became of it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role, give_role
from blog.models import Letter, Move, Post
from blog.states import State
from tests.admin.pages import piece_now
from tests.factories import CategoryFactory, UserFactory, make_author, make_editor
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/blog/post/"
REASON = "The series is given up."


def page_of(act: str, *posts: Post | int) -> str:
    keys = "&".join(f"piece={getattr(post, 'pk', post)}" for post in posts)
    return f"{reverse('admin:blog_post_together', args=[act])}?{keys}"


def typed(*posts: Post, **fields: object) -> dict[str, object]:
    return {"piece": [post.pk for post in posts], **{f"was-{post.pk}": post.state for post in posts}, **fields}


def do(client, act: str, *posts: Post, **fields: object):
    return client.post(reverse("admin:blog_post_together", args=[act]), typed(*posts, **fields))


def scheduled(**fields) -> Post:
    return piece_now(State.PUBLISHED, go_out_at=timezone.now() + dt.timedelta(days=3), **fields)


def limited_to(category) -> User:
    user = UserFactory(display_name="Lim Ited")
    give_role(user=user, role=Role.PUBLISHER, at=timezone.now(), limits=[category])
    return confirm(User.objects.get(pk=user.pk))


@pytest.mark.parametrize(
    ("action", "act"),
    [("hand_over_pieces", "hand-over"), ("unschedule_pieces", "unschedule"), ("withdraw_pieces", "withdraw")],
)
def test_the_list_leads_to_what_will_happen_and_changes_nothing(editor, as_editor, action: str, act: str):
    posts = [piece_now(editor=editor), piece_now(editor=editor)]
    moves, letters = Move.objects.count(), Letter.objects.count()
    chosen = {"action": action, "_selected_action": [post.pk for post in posts]}
    answer = as_editor.post(LIST, chosen, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{LIST}together/{act}/?piece=")
    assert answer.status_code == 200
    assert (Move.objects.count(), Letter.objects.count()) == (moves, letters)


def test_it_says_piece_by_piece_what_will_happen_and_what_can_not_be_done(editor, as_editor):
    writer = UserFactory()
    mole, ready = make_author(writer, name="The Mole", is_pen_name=True), make_author(writer, name="Ann Lee")
    drafts = [
        piece_now(editor=editor, writer=writer, author=author, title=author.name + "’s") for author in (mole, ready)
    ]
    out = piece_now(State.PUBLISHED, editor=editor, title="It is out")
    page = as_editor.get(page_of("withdraw", *drafts, out)).content.decode()
    assert "This will happen to 2 pieces" in page
    assert "The Mole gets a letter in 5 minutes." in page
    # By public names: that it is one person is nobody’s business
    assert "2 letters, to 2 people." in page
    assert "1 piece stays as it is" in page
    assert "It is “Published”, and only what is not published yet can be withdrawn." in page
    assert writer.email not in page
    assert writer.display_name not in page
    assert f'name="piece" value="{out.pk}"' not in page


def test_pieces_are_withdrawn_with_one_reason_each_with_its_own_letters(editor, as_editor):
    posts = [piece_now(state, editor=editor) for state in (State.DRAFTING, State.READY)]
    Letter.objects.all().delete()
    done = do(as_editor, "withdraw", *posts, reason=REASON)
    assert "2 of 2 done." in done.content.decode()
    assert set(Post.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert list(Move.objects.filter(kind="withdraw").values_list("reason", flat=True)) == [REASON] * 2
    assert [letter.kind for letter in Letter.objects.all()] == ["to_writer/withdrawn"] * 2


def test_without_a_reason_none_is_withdrawn_and_the_page_says_so(editor, as_editor):
    post = piece_now(editor=editor)
    refused = do(as_editor, "withdraw", post, reason=" ")
    assert refused.status_code == 422
    assert "Write the reason; the writers read it." in refused.content.decode()
    long = do(as_editor, "withdraw", post, reason="x" * 4001)
    assert long.status_code == 422
    assert "x" * 4001 in long.content.decode()
    post.refresh_from_db()
    assert post.state == State.DRAFTING


def test_what_moved_meanwhile_is_refused_and_stops_no_other(editor, as_editor):
    moved, other = (piece_now(State.SUBMITTED, editor=editor, title=title) for title in ("Moved", "Other"))
    sent = typed(moved, other, reason=REASON)
    sent[f"was-{moved.pk}"] = State.DRAFTING
    page = as_editor.post(reverse("admin:blog_post_together", args=["withdraw"]), sent).content.decode()
    assert "1 of 2 done." in page
    assert "the piece is now “With the editor”. Nothing was changed." in page
    assert Post.objects.get(pk=moved.pk).state == State.SUBMITTED
    assert Post.objects.get(pk=other.pk).state == State.WITHDRAWN


def test_scheduled_pieces_come_off_and_what_is_out_stays(editor, as_editor):
    ahead, out = scheduled(editor=editor), piece_now(State.PUBLISHED, editor=editor, title="It is out")
    page = as_editor.get(page_of("unschedule", ahead, out)).content.decode()
    assert "The piece is out already." in page
    assert "1 letter, to 1 person." in page
    done = do(as_editor, "unschedule", ahead, out).content.decode()
    assert "1 of 2 done." in done
    assert Post.objects.get(pk=ahead.pk).state == State.READY
    assert Post.objects.get(pk=out.pk).state == State.PUBLISHED


def test_pieces_are_handed_over_with_a_letter_for_each(editor, as_editor):
    sam = make_editor(display_name="Sam Whitlock")
    posts = [piece_now(editor=editor), piece_now(editor=sam)]
    assert do(as_editor, "hand-over", *posts).status_code == 422
    assert do(as_editor, "hand-over", *posts, to=UserFactory().pk).status_code == 422
    Letter.objects.all().delete()
    page = do(as_editor, "hand-over", *posts, to=sam.pk).content.decode()
    assert "Handed over to Sam Whitlock." in page
    assert "Sam Whitlock looks after it already." in page
    assert [letter.to_address for letter in Letter.objects.all()] == [sam.email]


def test_limits_hold_for_each_piece(editor):
    category = CategoryFactory()
    mine, foreign = scheduled(category=category, editor=editor), scheduled(editor=editor, title="Out of reach")
    looked_after = scheduled(editor=editor, title="Looked after")
    user = limited_to(category)
    Post.objects.filter(pk=looked_after.pk).update(editor=user)
    client = signed_in(user)
    page = client.get(page_of("unschedule", mine, foreign, looked_after)).content.decode()
    assert "Out of reach" not in page
    assert "1 that was chosen is not there, or outside your limits." in page
    assert "Only editors who publish in this category can do this." in page
    done = do(client, "unschedule", mine, foreign, looked_after).content.decode()
    assert "1 of 3 done." in done
    assert "Out of reach" not in done
    assert set(Post.objects.filter(state=State.PUBLISHED)) == {foreign, looked_after}


def test_who_may_not_publish_is_not_offered_the_schedule():
    user = UserFactory()
    give_role(user=user, role=Role.EDITOR, at=timezone.now())
    post = scheduled()
    client = signed_in(confirm(User.objects.get(pk=user.pk)))
    assert "unschedule_pieces" not in client.get(LIST).content.decode()
    assert "0 of 1 done." in do(client, "unschedule", post).content.decode()
    assert Post.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("bad", ["", "x", "\x00", "9" * 40, "-1", "0"])
def test_what_can_be_no_piece_is_left_out(editor, as_editor, bad: str):
    url = reverse("admin:blog_post_together", args=["withdraw"])
    assert "No piece is chosen." in as_editor.get(url, {"piece": bad}).content.decode()
    assert as_editor.post(url, {"piece": bad, "reason": REASON}).status_code == 200
    assert as_editor.post(url, {"piece": bad, "reason": "\x00"}).status_code == 422
    assert as_editor.get(reverse("admin:blog_post_together", args=["publish"])).status_code == 404


@pytest.mark.parametrize("number", [51, 990])
def test_too_many_at_once_are_refused_with_a_sentence(as_editor, number: int):
    post = piece_now()
    keys = range(post.pk, post.pk + number)
    assert "more than 50 pieces" in as_editor.get(page_of("withdraw", *keys)).content.decode()
    url = reverse("admin:blog_post_together", args=["withdraw"])
    refused = as_editor.post(url, {"piece": list(keys), "reason": REASON})
    assert refused.status_code == 409
    post.refresh_from_db()
    assert post.state == State.DRAFTING


@pytest.mark.parametrize("act", ["hand-over", "unschedule", "withdraw"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_are_chosen(
    editor, as_editor, act: str, number: int, django_assert_num_queries
):
    posts = [scheduled(editor=editor) if act == "unschedule" else piece_now(editor=editor) for _ in range(number)]
    as_editor.get(page_of(act, *posts))
    with django_assert_num_queries({"hand-over": 11, "unschedule": 9, "withdraw": 11}[act]):
        page = as_editor.get(page_of(act, *posts)).content.decode()
    assert len(re.findall(r'name="piece"', page)) == number


def test_the_chosen_rows_alone_become_a_spreadsheet(editor, as_editor):
    chosen, other = piece_now(editor=editor, title="Chosen"), piece_now(editor=editor, title="Left")
    answer = as_editor.post(LIST, {"action": "export_pieces", "_selected_action": [chosen.pk]})
    sheet = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert '"Chosen"' in sheet
    assert other.title not in sheet
