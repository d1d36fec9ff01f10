"""A stranger answers a piece: from the pitch, without an account, to a published reply that each piece leads to."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Letter, Move, Pitch, Post
from blog.states import State
from tests.factories import UserFactory, make_author, make_editor, make_piece
from tests.journeys.at_the_desk import sit_down
from tests.journeys.conftest import Person
from tests.journeys.doing import follow, open_move, press, send, write
from tests.journeys.letter_box import LetterBox, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOM, UNA, OLIVE, SAM = "tom@blog.example", "una@blog.example", "olive@shire.example", "sam@vale.example"
ASKED, ANSWER = "Who closes a row?", "Nobody closes a row"


@pytest.fixture
def original(transactional_db) -> Post:
    """A piece that came out two days ago. Tom looked after it; Una is an editor as well."""
    tom = make_editor(email=TOM, display_name="Tom Ashby")
    make_editor(email=UNA, display_name="Una Reed")
    olive = UserFactory(email=OLIVE, display_name="Olive Marsh")
    at = timezone.now() - dt.timedelta(days=2)
    author = make_author(olive, name="Olive Marsh")
    return make_piece(State.PUBLISHED, editor=tom, writer=olive, author=author, title=ASKED, at=at)


@pytest.fixture
def box(original) -> LetterBox:
    return LetterBox()


def a_stranger_pitches_a_reply(sam: Person, box: LetterBox) -> mail.EmailMessage:
    sam.goto("/")
    follow(sam, ASKED)
    follow(sam, "Pitch a reply")
    expect(sam.page.get_by_text(f"In reply to {ASKED}")).to_be_visible()
    send(sam, "Send the pitch")
    expect(sam.page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(sam.page.get_by_text(f"In reply to {ASKED}")).to_be_visible()
    sam.page.get_by_label("A title for it").fill(ANSWER)
    sam.page.get_by_label("What would you write, and why now?").fill("Ours stay open for years, and that is fine.")
    sam.page.get_by_label("Who are you?").fill("I keep the rows of another council.")
    sam.page.get_by_label("Your name").fill("Sam Bell")
    sam.page.get_by_label("Your mail address").fill(SAM)
    sam.picture("pitch-01-form")
    send(sam, "Send the pitch")
    expect(sam.page.get_by_role("heading", name="One step is left")).to_be_visible()
    (confirm,) = box.brings(("to_writer/pitch_confirm", SAM))
    for typed in (ANSWER, "Ours stay open", "Sam Bell", "another council"):
        assert typed not in f"{confirm.subject} {confirm.body} {confirm.to}"
    return confirm


def and_confirms_it(sam: Person, tom: Person, confirm: mail.EmailMessage, box: LetterBox) -> mail.EmailMessage:
    """A mail scanner opens the link first, and the editors see nothing before the button is pressed."""
    link = link_in(confirm, "/pitch/")
    assert Client().get(link.partition(sam.base_url)[2]).status_code == 200
    tom.goto("/admin/blog/pitch/")
    expect(tom.page.get_by_text(ANSWER)).to_have_count(0)
    sam.goto(link)
    sam.picture("pitch-02-confirm")
    send(sam, "Confirm the pitch")
    expect(sam.page.get_by_text("Already confirmed: your pitch has been with the editors since")).to_be_visible()
    _received, to_tom, _to_una = box.brings(
        ("to_writer/pitch_received", SAM), ("to_editor/pitch", TOM), ("to_editor/pitch", UNA)
    )
    sam.goto(link)
    expect(sam.page.get_by_role("button", name="Confirm the pitch")).to_have_count(0)
    box.brings()
    return to_tom


def an_editor_accepts_with_one_button(tom: Person, told: mail.EmailMessage, box: LetterBox) -> mail.EmailMessage:
    tom.goto("/admin/")
    expect(tom.page.get_by_role("link", name=ANSWER).first).to_be_visible()
    tom.goto(link_in(told, "/admin/blog/pitch/"))
    expect(tom.page.get_by_text(f"In reply to {ASKED}")).to_be_visible()
    tom.picture("pitch-03-pitch")
    send(tom, "Accept and invite")
    expect(tom.page.get_by_text("Accepted. The invitation is in the post.")).to_be_visible()
    tom.picture("pitch-04-piece")
    (invitation,) = box.brings(("to_writer/invitation", SAM))
    assert f"It would answer “{ASKED}”." in str(invitation.body)
    return invitation


def the_guest_accepts(sam: Person, invitation: mail.EmailMessage, box: LetterBox) -> None:
    sam.goto(link_in(invitation, "/invitation/"))
    expect(sam.page.get_by_role("heading", name="Tom Ashby would like a piece by you")).to_be_visible()
    expect(sam.page.get_by_role("main").get_by_text(ASKED)).to_be_visible()
    sam.picture("pitch-05-invitation")
    send(sam, "Accept and start writing")
    box.brings(("to_editor/invitation_accepted", TOM))


def writes_and_submits(sam: Person, box: LetterBox) -> Post:
    send(sam, "Use this name and start writing")
    expect(sam.page.get_by_label("Title", exact=True)).to_have_value(ANSWER)
    expect(sam.page.get_by_role("complementary").get_by_role("link", name=ASKED)).to_be_visible()
    paragraphs = ["Ours stay open for years.", "Somebody reads them once a month, and that is enough."]
    write(sam, ANSWER, "An answer from the next council along.", paragraphs)
    sam.picture("pitch-06-writing")
    send(sam, "Send to the editor")
    expect(sam.page.get_by_text("You need do nothing").first).to_be_visible()
    box.brings(("to_editor/submitted", TOM))
    return Post.objects.get(in_reply_to__isnull=False)


def it_is_accepted_and_signed_off(tom: Person, sam: Person, reply: Post, box: LetterBox) -> None:
    tom.goto(f"/admin/blog/post/{reply.pk}/change/")
    expect(open_move(tom, "Accept and make the proof")).to_contain_text("Sam Bell gets a letter in 5 minutes.")
    tom.picture("pitch-07-review")
    send(tom, "Accept and make the proof")
    (proof,) = box.brings(("to_writer/proof", SAM))
    sam.goto(link_in(proof, "/desk/"))
    expect(sam.page.get_by_text("changed nothing: this is your text as you sent it.")).to_be_visible()
    sam.picture("pitch-08-proof")
    send(sam, "Sign off this text")
    box.brings(("to_editor/signed_off", TOM))


def and_published(tom: Person, reply: Post, box: LetterBox) -> tuple[mail.EmailMessage, mail.EmailMessage]:
    """The letter to the original's writer is the worker's, for a reply may also come out by the clock."""
    tom.goto(f"/admin/blog/post/{reply.pk}/change/")
    press(tom, "Publish", confirm="Publish now")
    published, told = box.brings(("to_writer/published", SAM), ("to_writer/reply_published", OLIVE))
    box.brings()
    return published, told


def each_leads_to_the_other(olive: Person, told: mail.EmailMessage) -> None:
    assert f"A reply to “{ASKED}” is out" in told.subject
    assert "Dear Olive Marsh" in str(told.body)
    assert f"“{ANSWER}”" in str(told.body)
    olive.goto(link_in(told, "nobody-closes-a-row"))
    expect(olive.page.get_by_role("heading", name=ANSWER, level=1)).to_be_visible()
    olive.picture("pitch-09-reply")
    follow(olive, ASKED, within=olive.page.locator(".answers"))
    section = olive.page.locator("section", has=olive.page.get_by_role("heading", name="In reply to this piece"))
    olive.picture("pitch-10-original")
    follow(olive, ANSWER, within=section)
    expect(olive.page.get_by_text("Ours stay open for years.")).to_be_visible()
    assert olive.page.context.cookies() == []


def test_from_a_pitch_to_a_reply(person: Callable[[str], Person], original, box):
    sam, tom, olive = person("stranger"), person("editor"), person("writer")
    sit_down(tom, original.editor)

    confirm = a_stranger_pitches_a_reply(sam, box)
    told = and_confirms_it(sam, tom, confirm, box)
    invitation = an_editor_accepts_with_one_button(tom, told, box)
    sam.goto(link_in(confirm, "/pitch/"))
    expect(sam.page.get_by_text("Already confirmed, and accepted.")).to_be_visible()
    the_guest_accepts(sam, invitation, box)
    reply = writes_and_submits(sam, box)
    it_is_accepted_and_signed_off(tom, sam, reply, box)
    published, about_the_reply = and_published(tom, reply, box)
    sam.goto(link_in(published, "nobody-closes-a-row"))
    each_leads_to_the_other(olive, about_the_reply)

    assert Pitch.objects.get().post == reply
    assert reply.in_reply_to == original
    kinds = list(Move.objects.filter(post=reply).values_list("kind", flat=True))
    assert kinds == ["begin", "submit", "accept", "sign_off", "publish"]
    about_the_piece = Letter.objects.filter(post=original, to_address=OLIVE, pk__in=box.known - box.old)
    assert [letter.kind for letter in about_the_piece] == ["to_writer/reply_published"]
    assert not re.search("sam@|olive@", " ".join(box.to_others_than(SAM)).replace(OLIVE, ""))
