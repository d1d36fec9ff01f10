"""Notes in a real browser: keys, a note on the chosen words, a saved reply, a suggestion taken in the middle of typing."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from blog.editorial import drafting, review
from blog.editorial.noting import notes
from blog.models import Note, Post, SavedReply
from blog.states import State
from tests.admin.pages import review_url
from tests.factories import make_author, make_editor, make_piece
from tests.journeys.conftest import Person
from tests.people import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "".join(f"<p>Paragraph {number} has words of its own.</p>" for number in range(1, 13))


def enter(person: Callable[[str], Person], user: User, path: str) -> Page:
    """Open a page as somebody who is signed in already."""
    somebody = person(user.display_name.split()[0].lower())
    client: Client = signed_in(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    somebody.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": somebody.base_url}])
    somebody.goto(path)
    return somebody.page


@pytest.fixture
def editor(db) -> User:
    return make_editor(display_name="Tom Ashby")


@pytest.fixture
def post(editor, writer) -> Post:
    """A submission in which the editor changed two paragraphs."""
    at = timezone.now()
    post = make_piece(State.SUBMITTED, editor=editor, writer=writer, author=make_author(writer), body=TEXT, at=at)
    body = TEXT.replace("Paragraph 3 has", "Paragraph 3 had").replace("Paragraph 9 has", "Paragraph 9 had")
    drafting.save_text(post=post, text=drafting.Text(body=body), by=editor, at=at, based_on=post.working_id)
    return post


def test_keys_lead_from_change_to_change_and_can_be_switched_off(person, editor, post):
    page = enter(person, editor, review_url(post))
    page.keyboard.press("j")
    expect(page.locator("#change-1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#change-2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#change-1")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use these keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("n")
    expect(page.locator("#new-note")).not_to_have_attribute("open", "")


def test_n_notes_the_chosen_words_and_typing_a_letter_is_only_typing(person, editor, post):
    page = enter(person, editor, review_url(post))
    page.locator("#paragraph-9 ins").dblclick()
    page.keyboard.press("n")
    expect(page.get_by_label("Your note")).to_be_focused()
    page.keyboard.type("jnk")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("heading", name="1 note open")).to_be_visible()
    note = Note.objects.get()
    assert (note.block, note.quote, note.text) == (8, "had", "jnk")


def test_a_saved_reply_goes_in_where_the_caret_is(person, editor, post):
    reply = SavedReply.objects.create(title="Shorter", text="Please make it shorter.")
    page = enter(person, editor, review_url(post))
    field = page.get_by_label("Write to the writers")
    field.fill("Dear Priya, thank you.")
    field.evaluate("(one) => one.setSelectionRange(12, 12)")
    box = page.locator("[data-replies=id_say]")
    box.locator("select").select_option(str(reply.pk))
    box.get_by_role("button", name="Put it in").click()
    expect(field).to_have_value("Dear Priya, Please make it shorter.thank you.")


def test_a_suggestion_is_taken_in_the_middle_of_typing_and_nothing_typed_is_lost(person, editor, writer, post):
    post.refresh_from_db()
    notes.write_note(post=post, text="", by=editor, at=timezone.now(), block=0, old="words of its own", new="its words")
    review.ask_for_changes(post=post, reason="See my note.", by=editor, at=timezone.now())
    page = enter(person, writer, f"/desk/{post.pk}/")
    page.locator(".ed [contenteditable], [contenteditable=true]").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Typed just now.")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("Taken:")).to_be_attached()
    post.refresh_from_db()
    assert "Paragraph 1 has its words." in post.working.body
    assert "Typed just now." in post.working.body
