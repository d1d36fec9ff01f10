"""Three readers report a comment; an editor decides by the keyboard alone; the reporter hears the outcome."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.commenting import reporting
from accounts.models import Comment
from blog.models import Letter, SavedReply
from tests.factories import UserFactory, make_comment, make_editor, make_published
from tests.journeys.conftest import Person
from tests.journeys.test_review_keys import enter
from tests.people import confirm

PATIENCE = 20_000  # Milliseconds
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(desk: Page, key: str) -> None:
    """Press a key once the script listens, and the page takes keys: before it is painted, Chromium drops them."""
    expect(desk.get_by_role("button", name="Keys")).to_be_visible(timeout=PATIENCE)
    desk.wait_for_load_state("load")
    desk.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    desk.keyboard.press(key)


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_from_a_report_to_its_outcome(person: Callable[[str], Person]):
    at = timezone.now()
    editor = make_editor(display_name="Tom Ashby")
    post = make_published(editor=editor, at=at - dt.timedelta(days=2))
    rude = confirm(UserFactory(display_name="Owen Pritchard"))
    comment = make_comment(post, rude, text="You are all fools.", written_at=at - dt.timedelta(hours=3))
    other = make_comment(post, confirm(UserFactory()), state="held", text="Hello, I am new.", written_at=at)
    SavedReply.objects.create(title="Kind", text="Please keep to the piece.")
    long_ago = at - dt.timedelta(days=90)
    dana, *others = (confirm(UserFactory(joined_at=long_ago, display_name=name)) for name in ("Dana Lee", "Ed", "Flo"))
    for one in others:
        reporting.report_comment(comment=comment, kind="abuse", words="", by=one, at=at)

    page = enter(person, dana, post.get_absolute_url())
    page.locator(f"#{comment.anchor}").get_by_role("link", name="Report").click()
    page.get_by_role("button", name="Report the comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong")
    page.get_by_label("It attacks or insults somebody").check()
    page.get_by_label("In your words").fill("He means us.")
    page.get_by_role("button", name="Report the comment").click()
    expect(page.get_by_text("Your report is with the editors.")).to_be_visible(timeout=PATIENCE)
    assert Comment.objects.get(pk=comment.pk).state == "held"
    page.goto(page.url)
    expect(page.get_by_text("You are all fools.")).to_have_count(0)

    desk = enter(person, editor, "/admin/")
    desk.get_by_role("link", name="“You are all fools.”").press("Enter")
    expect(desk.get_by_text("Held: reported by 3 readers")).to_be_visible(timeout=PATIENCE)
    press(desk, "j")
    expect(desk.get_by_text("Hello, I am new.").first).to_be_visible(timeout=PATIENCE)
    press(desk, "k")
    expect(desk.get_by_text("Dana Lee")).to_be_visible(timeout=PATIENCE)
    press(desk, "h")
    expect(desk.get_by_label("Reason, for its writer")).to_be_focused()
    desk.keyboard.type("This is about people, a question mark?")
    for _step in range(2):
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    words = "This is about people, a question mark?\n\nPlease keep to the piece."
    expect(desk.get_by_label("Reason, for its writer")).to_have_value(words)
    for _step in range(3):
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    # The next one comes; it is approved by one key, and then nothing waits
    expect(desk.get_by_text("1 of 1 that wait")).to_be_visible(timeout=PATIENCE)
    press(desk, "a")
    expect(desk.get_by_text("Nothing waits.")).to_be_visible(timeout=PATIENCE)
    assert [Comment.objects.get(pk=one.pk).state for one in (comment, other)] == ["hidden", "approved"]

    page.reload()
    expect(page.get_by_text("An editor has read the comment and taken it down.")).to_be_visible(timeout=PATIENCE)
    letter = Letter.objects.get(to_user=dana, kind="to_reader/report_upheld")
    assert "taken it down" in letter.text
    assert "Dana" not in Letter.objects.get(to_user=rude).text
