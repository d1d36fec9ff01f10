"""The first page: what waits, for whom, in words, and with the same number of queries however much it is."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.editorial import drafting, invitations, proposals, waiting
from blog.editorial.names import identity
from blog.models import Invitation, Letter, Proposal
from blog.states import State
from tests.factories import UserFactory, make_editor, make_piece
from tests.people import signed_in

pytestmark = pytest.mark.django_db

QUERIES = 38


def days_before(count: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=count)


def first_page(client) -> str:
    return client.get("/admin/").content.decode()


def proposed(editor, **fields) -> None:
    writer = UserFactory(display_name="Quentin Real")
    post = make_piece(State.PUBLISHED, editor=editor, writer=writer, at=days_before(5), **fields)
    proposals.propose(post=post, wrong="It was six years.", by=writer, at=days_before(2))


def fill(editor, colleague, number: int) -> None:
    for _ in range(number):
        make_piece(State.SUBMITTED, editor=editor, at=days_before(9))
        make_piece(State.CHANGES_REQUESTED, editor=editor, at=days_before(2))
        make_piece(State.SUBMITTED, editor=colleague, at=days_before(1))
        make_piece(State.PUBLISHED, editor=editor, at=days_before(1), go_out_at=days_before(-3))
        invitations.invite(by=editor, at=days_before(12), name="Dennis Okafor", email="dennis@council.example")
        proposed(editor)
    Letter.objects.filter(kind="to_writer/invitation").update(status=Letter.Status.FAILED, attempts=7)


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_database_the_same_number_of_times(number, editor, as_editor, django_assert_num_queries):
    fill(editor, make_editor(display_name="Sam Whitlock"), number)
    with django_assert_num_queries(QUERIES):
        page = first_page(as_editor)
    assert page.count("Review<span") == number


def test_an_empty_desk_says_what_will_appear(as_editor):
    page = first_page(as_editor)
    for words in (
        "What a writer sends or signs off appears here.",
        "Pieces that somebody else looks after appear here.",
    ):
        assert words in page
    assert "Nothing planned that week." in page


def test_the_heading_is_the_date(as_editor):
    today = timezone.localdate()
    assert f">{today:%A} {today.day} {today:%B}</h1>" in first_page(as_editor)


def test_an_overdue_answer_is_said_in_words(editor, as_editor):
    make_piece(State.SUBMITTED, editor=editor, at=days_before(8))
    page = first_page(as_editor)
    assert "Priya Raman sent it 8 days ago." in page
    assert "Answer was due yesterday." in page


def test_what_waits_longest_stands_first_and_alone_is_filled(editor, as_editor):
    make_piece(State.SUBMITTED, editor=editor, title="Newer", at=days_before(1))
    make_piece(State.SUBMITTED, editor=editor, title="Older", at=days_before(5))
    page = first_page(as_editor)
    assert page.index("Older</a>") < page.index("Newer</a>")
    assert page.count('class="btn"') == 1


def test_a_piece_that_nobody_looks_after_waits_for_everybody(editor):
    gone = make_editor()
    at = timezone.now()
    make_piece(State.SUBMITTED, editor=gone, title="Orphan")
    gone.is_active = False
    gone.save()
    desk = waiting.desk_of(editor, at, most=9)
    assert [one.post.title for one in desk.for_you.rows] == ["Orphan"]
    assert desk.for_others.total == 0


def test_ones_own_draft_waits_for_oneself(editor, as_editor):
    at = timezone.now()
    drafting.begin(by=editor, at=at, title="Mine", authors=[identity.staff_author(user=editor)], is_guest_piece=False)
    desk = waiting.desk_of(editor, at, most=9)
    assert [one.post.title for one in desk.for_you.rows] == ["Mine"]
    assert desk.for_writers.total == 0
    assert "Your own piece, begun today." in first_page(as_editor)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "The letter was not opened yet."),
        ({"opened_at": days_before(1)}, "The letter was opened yesterday."),
        ({"expires_at": days_before(1)}, "The invitation has run out."),
        ({"declined_at": days_before(1)}, "The invitation was declined."),
    ],
)
def test_an_invitation_says_what_became_of_it(fields, said, editor, as_editor):
    invitations.invite(by=editor, at=days_before(12), name="Dennis Okafor", email="dennis@council.example")
    Invitation.objects.update(**fields)
    assert said in first_page(as_editor)


def test_a_pen_name_holds(editor, as_editor):
    invited = invitations.invite(by=editor, at=days_before(12), name="Dennis Okafor", email="dennis@council.example")
    details = identity.BylineDetails("A Head of Service", is_pen_name=True)
    identity.set_byline(post=invited.post, author=invited.author, details=details, by=editor, at=timezone.now())
    Letter.objects.update(status=Letter.Status.FAILED, subject="For Dennis Okafor")
    page = first_page(as_editor)
    assert "A Head of Service" in page
    assert "Dennis" not in page
    assert "dennis@" not in page


def test_colleagues_who_are_no_editors_see_no_pieces(editor):
    make_piece(State.SUBMITTED, editor=editor, title="Not for everybody")
    assert "Not for everybody" not in first_page(signed_in(UserFactory(is_staff=True)))


def test_signing_in_goes_the_way_everybody_goes(client, as_reader, as_editor):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    assert as_reader.get("/admin/", follow=True).status_code == 403
    assert as_editor.post("/admin/login/", {"username": "tom@blog.example", "password": "guess"}).status_code == 302


def test_a_proposed_correction_waits_by_the_public_name_until_it_is_answered(editor, as_editor):
    proposed(editor)
    page = first_page(as_editor)
    assert "Corrections proposed" in page
    assert "Priya Raman proposed it 2 days ago: “It was six years.”" in page
    assert "Quentin Real" not in page
    assert "Who closes a row?" in as_editor.get("/admin/blog/post/", {"waits": "proposals"}).content.decode()
    proposals.take_up(proposal=Proposal.objects.get(), by=editor, at=timezone.now())
    assert "Corrections proposed" not in first_page(as_editor)
