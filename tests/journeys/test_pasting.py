"""Text pasted from Word, Google Docs and Outlook comes in clean: as those programs lay it on the clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post
from tests.factories import UserFactory, make_editor, make_piece
from tests.journeys.at_the_desk import open_piece, sit_down, state_of, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLIPBOARDS = Path(__file__).parents[1] / "writing" / "clipboards"
PASTE = """(surface, [html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  surface.focus();
  surface.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

LISTS = "<ul><li>a name<ul><li>of one person</li></ul></li><li>a date</li></ul>"
REPORT = '<a href="https://example.org/report">the report</a>'
CLEAN = {
    "word": (
        "<h2>Who closes a row?</h2><p>We kept a <strong>tally</strong> beside the kettle, in Leeds.<sup>1</sup></p>"
        f'<h2>What stood on it</h2>{LISTS}<ol start="3"><li>Ask early.</li></ol>'
        f"<p>See {REPORT}, not the draft. New words.</p>"
        "<table><thead><tr><th>Month</th><th>Rows</th></tr></thead><tbody><tr><td>May</td><td>241</td></tr></tbody></table>"
        "<p>It ended.</p><ol><li>Cabinet, <em>4 March</em>.</li></ol>"
    ),
    "google": (
        "<h2>Who closes a row?</h2><p>We kept a <strong>tally</strong><em> beside</em> the kettle.</p>"
        f'<h2>What stood on it</h2>{LISTS}<ol start="3"><li>Ask early.</li></ol><p>See {REPORT}.</p>'
        "<table><tbody><tr><td>May</td><td>241</td></tr></tbody></table>"
    ),
    "google_published": (
        "<p>We kept a tally.<sup>1</sup> And a list.<sup>2</sup></p><ol><li>Cabinet, 4 March.</li><li>Beside it.</li></ol>"
    ),
    "outlook": (
        "<p><strong>From:</strong> Tom<br><strong>Sent:</strong> Monday</p><p>Dear Priya,</p>"
        f"<ul><li>a name<ul><li>of one person</li></ul></li></ul><p>See {REPORT}.</p>"
    ),
}


@pytest.fixture(scope="module")
def size() -> str:
    return "desktop"


@pytest.fixture
def desk(person, transactional_db) -> tuple[Page, Post]:
    writer = UserFactory(display_name="Priya R")
    post = make_piece(writer=writer, editor=make_editor(), body="")
    priya = person("writer")
    sit_down(priya, writer)
    return open_piece(priya, post), post


def paste(page: Page, html: str, text: str = "") -> None:
    text_of(page).evaluate(PASTE, [html, text])


@pytest.mark.parametrize("program", CLEAN)
def test_it_comes_in_clean_and_is_saved_as_it_looks(desk, program: str):
    page, post = desk

    paste(page, (CLIPBOARDS / f"{program}.html").read_text())

    expect(state_of(page)).to_contain_text("Saved at", timeout=15_000)
    post.refresh_from_db()
    assert post.working.body == CLEAN[program]


def test_a_picture_that_cannot_come_along_is_named(desk):
    page, _post = desk

    paste(page, (CLIPBOARDS / "word.html").read_text())

    expect(page.get_by_text("A picture was left out: add it with Picture.").first).to_be_visible()
