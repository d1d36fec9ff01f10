"""The whole loop with four people in four browsers: from an invitation to a reader's comment."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import make_editor
from blog.editorial.letters import post_room
from blog.models import Letter, Move, Post
from blog.states import State
from tests.journeys.conftest import Person
from tests.journeys.doing import PASSWORD, press, send, sign_in, write
from tests.journeys.letter_box import link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tom(transactional_db):
    user, _ = make_editor(email="tom@blog.example", name="Tom Ashby", at=timezone.now(), password=PASSWORD)
    return user


def deliver() -> list[mail.EmailMessage]:
    """Let the worker send what is due once the letters of decisions have waited, and return what went out."""
    before = len(mail.outbox)
    post_room.send_due(at=timezone.now() + dt.timedelta(minutes=settings.LETTER_MINUTES))
    return mail.outbox[before:]


def an_editor_invites(editor: Person) -> None:
    editor.goto("/admin/")
    sign_in(editor, "tom@blog.example")
    expect(editor.page.get_by_role("heading", name="Waits for you")).to_be_visible()
    editor.picture("01-first-page-empty")
    editor.page.get_by_role("link", name="Invite a guest").click()
    editor.page.get_by_label("Name").fill("Priya Raman")
    editor.page.get_by_label("Mail address").fill("priya@council.example")
    editor.page.get_by_label("Note").fill("You told us about the list in two minutes. Tell our readers in six.")
    editor.page.get_by_label("What you ask for").fill("What you counted, what you changed, what it cost.")
    editor.picture("02-invite")
    send(editor, "Send the invitation")
    expect(editor.page.get_by_text("Priya Raman").first).to_be_visible()
    editor.picture("03-invited")


def the_guest_accepts(guest: Person) -> None:
    """A mail scanner opens the link first; nothing comes of it."""
    (invitation,) = deliver()
    assert invitation.to == ["Priya Raman <priya@council.example>"]
    link = link_in(invitation, "/invitation/")
    assert Client().get(link.partition(guest.base_url)[2]).status_code == 200
    guest.goto(link)
    guest.picture("04-invitation")
    send(guest, "Accept and start writing")
    expect(guest.page).to_have_url(re.compile(r"/desk/\d+/"))
    guest.picture("05-empty-page")
    (accepted,) = deliver()
    assert accepted.to == ["Tom Ashby <tom@blog.example>"]


def and_writes(guest: Person) -> None:
    guest.page.get_by_label("Role").fill("Planning Systems Manager")
    guest.page.get_by_label("Organisation").fill("Calder Vale District Council")
    guest.picture("06-byline")
    send(guest, "Use this name and start writing")
    guest.goto(f"/desk/{Post.objects.get().pk}/")
    paragraphs = [
        "On the first Monday of January we had four shared inboxes, two spreadsheets and a paper book.",
        "By the end of March we had one list, and the paper book was the only one that we missed.",
    ]
    write(guest, "One list for every planning enquiry", "We closed four inboxes and opened one.", paragraphs)
    guest.picture("07-writing")
    guest.page.reload()
    expect(guest.page.locator("[contenteditable=true]").first).to_contain_text("four shared inboxes")


def and_submits(guest: Person) -> None:
    send(guest, "Send to the editor")
    expect(guest.page.get_by_text(re.compile("You need do nothing")).first).to_be_visible()
    guest.picture("08-sent")
    (submitted,) = deliver()
    assert submitted.to == ["Tom Ashby <tom@blog.example>"]


def the_editor_asks_for_changes(editor: Person) -> None:
    editor.goto("/admin/")
    row = editor.page.get_by_role("listitem").filter(has_text="One list for every planning enquiry")
    expect(row).to_contain_text("Priya Raman")
    editor.picture("09-first-page")
    row.get_by_role("link", name="Review").click()
    editor.picture("10-review")
    press(editor, "Ask for changes", reason="Who answers a row, and by when?")
    (changes,) = deliver()
    assert changes.to == ["Priya Raman <priya@council.example>"]
    assert "Who answers a row, and by when?" in str(changes.body)


def the_guest_sends_it_again(guest: Person) -> None:
    guest.goto("/desk/")
    expect(guest.page.get_by_text("Who answers a row, and by when?")).to_be_visible()
    guest.picture("11-changes-asked")
    guest.page.get_by_role("link", name=re.compile("Go on writing|One list")).first.click()
    guest.page.locator("[contenteditable=true]").first.click()
    guest.page.keyboard.press("Control+End")
    guest.page.keyboard.type("Each row carries the name of a person who is in the building this week.")
    expect(guest.page.locator("[data-state]")).to_contain_text("Saved at")
    send(guest, "Send to the editor")
    expect(guest.page.get_by_text(re.compile("You need do nothing")).first).to_be_visible()
    deliver()


def the_editor_edits_and_accepts(editor: Person) -> mail.EmailMessage:
    editor.goto(f"/admin/blog/post/{Post.objects.get().pk}/change/")
    expect(editor.page.locator("ins", has_text="Each row carries the name")).to_be_visible()
    editor.picture("12-second-round")
    editor.page.get_by_role("link", name=re.compile("^Edit")).first.click()
    introduction = editor.page.locator("[contenteditable=true]").first
    introduction.click()
    editor.page.keyboard.type("We asked Priya to write this up after the February call.")
    body = editor.page.locator("[contenteditable=true]").nth(1)
    body.click()
    editor.page.keyboard.press("Control+Home")
    editor.page.keyboard.type("It began with a kettle. ")
    expect(editor.page.locator("[data-state]")).to_contain_text("Saved at")
    editor.picture("13-editing")
    send(editor, "Save and go back")
    press(editor, "Accept and make the proof")
    (proof,) = deliver()
    assert proof.to == ["Priya Raman <priya@council.example>"]
    assert not Post.objects.visible_at(timezone.now()).exists()
    return proof


def the_guest_signs_off(guest: Person, proof: mail.EmailMessage) -> None:
    guest.goto(link_in(proof, "/desk/"))
    expect(guest.page.locator("ins", has_text="kettle")).to_be_visible()
    guest.picture("14-proof")
    send(guest, "Sign off this text")
    expect(guest.page.get_by_text(re.compile("signed off", re.IGNORECASE)).first).to_be_visible()
    guest.picture("15-signed-off")
    (signed,) = deliver()
    assert signed.to == ["Tom Ashby <tom@blog.example>"]


def the_editor_publishes(editor: Person) -> Post:
    editor.goto("/admin/")
    editor.page.get_by_role("link", name="Publish").first.click()
    editor.picture("16-ready")
    press(editor, "Publish", confirm="Publish now")
    (published,) = deliver()
    assert published.to == ["Priya Raman <priya@council.example>"]
    post = Post.objects.get()
    assert post.state == State.PUBLISHED
    assert post.get_absolute_url() in str(published.body)
    return post


def a_reader_reads(reader: Person) -> None:
    reader.goto("/")
    reader.picture("17-home")
    reader.page.get_by_role("link", name="One list for every planning enquiry").click()
    for words in ("Planning Systems Manager", "From the editor, Tom Ashby", "It began with a kettle."):
        expect(reader.page.get_by_text(words).first).to_be_visible()
    assert reader.page.context.cookies() == []
    reader.picture("18-article")


def an_officer_comments(officer: Person, post: Post) -> None:
    officer.goto(post.get_absolute_url())
    officer.page.get_by_role("link", name="Sign in to comment").click()
    officer.page.get_by_role("link", name="Make an account").click()
    officer.page.get_by_label("Mail address").fill("dana@council.example")
    officer.page.get_by_label("Display name").fill("Dana Whitby")
    officer.page.get_by_label(re.compile("password", re.IGNORECASE)).fill(PASSWORD)
    officer.picture("19-sign-up")
    send(officer, "Make my account")
    (confirmation,) = deliver()
    assert confirmation.to == ["dana@council.example"]
    officer.goto(link_in(confirmation, "/accounts/confirm-email/"))
    send(officer, "Yes, confirm it")
    expect(officer.page.get_by_label("Your comment")).to_be_visible()
    officer.page.get_by_label("Your comment").fill("We did the same and it broke in week two.")
    officer.picture("20-comment-form")
    send(officer, "Send comment")
    expect(officer.page.get_by_text("Your comment is with the editors").first).to_be_visible()
    officer.picture("21-comment-waits")


def the_editor_approves(editor: Person) -> None:
    (waiting,) = deliver()
    assert waiting.to == ["Tom Ashby <tom@blog.example>"]
    editor.goto("/admin/")
    editor.page.get_by_role("link", name="Read").click()
    expect(editor.page.get_by_text("it broke in week two").first).to_be_visible()
    editor.picture("22-comment")
    send(editor, "Approve", editor.page.locator("body"))
    expect(editor.page.get_by_text("Nothing waits.")).to_be_visible()
    (outcome,) = deliver()
    assert outcome.to == ["Dana Whitby <dana@council.example>"]


def test_the_whole_loop(person: Callable[[str], Person], tom, size):
    editor, guest, reader, officer = (person(name) for name in ("editor", "guest", "reader", "officer"))

    an_editor_invites(editor)
    the_guest_accepts(guest)
    and_writes(guest)
    and_submits(guest)
    the_editor_asks_for_changes(editor)
    the_guest_sends_it_again(guest)
    proof = the_editor_edits_and_accepts(editor)
    the_guest_signs_off(guest, proof)
    post = the_editor_publishes(editor)
    a_reader_reads(reader)
    an_officer_comments(officer, post)
    reader.page.reload()
    expect(reader.page.get_by_text("it broke in week two")).to_have_count(0)
    the_editor_approves(editor)
    reader.page.reload()
    expect(reader.page.get_by_text("it broke in week two")).to_be_visible()
    expect(reader.page.get_by_role("heading", name="1 comment")).to_be_visible()
    reader.picture("23-article-with-comment")

    # Every move told the other side once, and nobody was mailed about their own act
    assert list(Move.objects.values_list("kind", flat=True)) == [
        "begin", "submit", "ask_for_changes", "submit", "accept", "sign_off", "publish",
    ]  # fmt: skip
    assert not Letter.objects.exclude(status=Letter.Status.SENT).exists()
    assert len(mail.outbox) == 11
