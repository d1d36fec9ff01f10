"""Files at the writing page: pictures by button, paste and drop; a Word file by button and drop."""

import base64

import pytest
from playwright.sync_api import Page, expect

from blog.models import Picture, Post
from blog.states import State
from tests.factories import UserFactory, make_editor, make_piece
from tests.journeys.at_the_desk import WORD, open_piece, sit_down, state_of, text_of, write_after
from tests.word.making import COMMENT_LIKE, drawing, paragraph, png, run, word_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GIVE = """(element, [way, name, type, content]) => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type }));
  const at = element.getBoundingClientRect();
  const where = { clientX: at.left + 20, clientY: at.top + 10, bubbles: true, cancelable: true };
  if (way === "paste") element.dispatchEvent(new ClipboardEvent("paste", { ...where, clipboardData: transfer }));
  else for (const kind of ["dragover", "drop"]) {
    element.dispatchEvent(new DragEvent(kind, { ...where, dataTransfer: transfer }));
  }
}"""


@pytest.fixture
def desk(person, transactional_db) -> tuple[Page, Post]:
    writer = UserFactory(display_name="Priya R")
    post = make_piece(writer=writer, editor=make_editor(), body="<p>We kept a tally.</p>")
    priya = person("writer")
    sit_down(priya, writer)
    return open_piece(priya, post), post


def give(page: Page, way: str, name: str, kind: str, content: bytes) -> None:
    text_of(page).evaluate(GIVE, [way, name, kind, base64.b64encode(content).decode()])


@pytest.mark.parametrize("way", ["button", "paste", "drop"])
def test_a_picture_asks_for_its_description_and_keeps_its_credit(desk, way: str):
    page, post = desk
    if way == "button":
        page.get_by_role("button", name="Picture", exact=True).click()
        dialog = page.get_by_role("dialog", name="Picture")
        dialog.get_by_label("File").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png()})
    else:
        give(page, way, "a.png", "image/png", png())
        dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.locator("[data-preview] img")).to_be_visible()

    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog.get_by_text("Describe the picture for people who cannot see it")).to_be_visible()
    dialog.get_by_label("Description of the picture").fill("Slips on a wall")
    dialog.get_by_label("Caption").fill("The wall in May")
    dialog.get_by_label("Who took it").fill("Dana Whitby")
    dialog.get_by_role("button", name="Put it in").click()

    expect(text_of(page).locator("figure img")).to_have_attribute("alt", "Slips on a wall")
    expect(state_of(page)).to_contain_text("Saved at", timeout=15_000)
    picture = Picture.objects.get()
    post.refresh_from_db()
    assert (picture.alt, picture.credit) == ("Slips on a wall", "Dana Whitby")
    assert "<figcaption>The wall in May. Picture: Dana Whitby</figcaption>" in post.working.body


@pytest.mark.parametrize("way", ["button", "drop"])
def test_a_word_file_is_brought_in_after_what_is_typed_is_saved(desk, way: str):
    page, post = desk
    content = word_file(
        paragraph("Rows", "berschrift2"),
        paragraph(run("From Word. ") + COMMENT_LIKE),
        paragraph(drawing('r:embed="p.png"', "A wall")),
        pictures={"p.png": png()},
    )
    write_after(page, "We kept", " By the kettle.")
    if way == "button":
        page.get_by_role("link", name="Bring in a Word file").click()
        file = {"name": "Draft.docx", "mimeType": WORD, "buffer": content}
        page.get_by_label("Word file", exact=True).set_input_files(file)
    else:
        give(page, "drop", "Draft.docx", WORD, content)
    dialog = page.get_by_role("dialog", name="Bring in a Word file")
    dialog.get_by_role("button", name="Bring it in").click()
    expect(dialog.get_by_text("Say whether the Word file replaces the text")).to_be_visible()
    dialog.get_by_label("Add the Word file at its end").check()
    dialog.get_by_role("button", name="Bring it in").click()

    expect(page.get_by_text("The Word file is in the text below, with 1 picture.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("1 comment was left out.")).to_be_visible()
    expect(text_of(page)).to_contain_text("From Word. here")
    post.refresh_from_db()
    assert post.working.body.startswith("<p>We kept a tally. By the kettle.</p><h2>Rows</h2><p>From Word. here</p>")


def test_a_file_that_is_no_word_file_is_refused_in_the_dialog(desk):
    page, post = desk

    give(page, "drop", "Old.doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    dialog = page.get_by_role("dialog", name="Bring in a Word file")
    dialog.get_by_label("Put the Word file in its place").check()
    dialog.get_by_role("button", name="Bring it in").click()

    expect(dialog.get_by_text("This is an old Word file (.doc).")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    expect(text_of(page)).to_contain_text("We kept a tally.")
    assert post.revisions.count() == 2


def test_an_editor_drops_one_on_their_own_writing_page(person, transactional_db):
    editor = make_editor()
    post = make_piece(State.SUBMITTED, editor=editor)
    tom = person("editor")
    sit_down(tom, editor)
    tom.goto(f"/admin/blog/post/{post.pk}/edit/")

    give(tom.page, "drop", "Draft.docx", WORD, word_file(paragraph("From Word.")))
    dialog = tom.page.get_by_role("dialog", name="Bring in a Word file")
    dialog.get_by_label("Put the Word file in its place").check()
    dialog.get_by_role("button", name="Bring it in").click()

    expect(tom.page.get_by_text("The Word file is in the text below.")).to_be_visible(timeout=20_000)
    expect(text_of(tom.page)).to_contain_text("From Word.")
