"""Two write together, one under a pen name: from a Word file to a piece that comes out in a hold, and is taken down.

From the moment that the pen name is chosen, everything that the site sends to anybody else is searched for the name
and the address behind it: each page, each answer to a script, each letter.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from blog.models import Move, Note, Post
from blog.states import State
from tests.factories import make_editor
from tests.journeys.at_the_desk import WORD, sit_down, text_of, write_after
from tests.journeys.conftest import Clock, Person
from tests.journeys.doing import follow, open_move, press, send, wait_until_saved
from tests.journeys.letter_box import LetterBox, link_in
from tests.journeys.two_writers import (
    DENNIS,
    HIDDEN,
    PEN_NAME,
    PRIYA,
    TITLE,
    TOM,
    and_retracted,
    it_comes_out_by_the_clock,
    it_is_corrected,
    it_is_scheduled_in_a_hold,
    the_others_look_everywhere,
)
from tests.word.making import COMMENT_LIKE, paragraph, run, word_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Word notes the writer's name in the file, in each tracked change and beside each comment
FILE = word_file(
    paragraph(TITLE, "Title"),
    paragraph("Forty calls between midnight and six.", "Subtitle"),
    paragraph("The phone rings at ten to one, and it is the swimming pool."),
    paragraph("We write every call down in a book with a red cover."),
    paragraph(run("In the morning nobody reads it ") + COMMENT_LIKE + run(".")),
)


@pytest.fixture
def ashby(transactional_db) -> User:
    return make_editor(email=TOM, display_name="Tom Ashby")


@pytest.fixture
def box(ashby) -> LetterBox:
    return LetterBox()


def one_writes_under_a_pen_name(tom: Person, priya: Person, box: LetterBox) -> Post:
    tom.goto("/admin/blog/post/invite/")
    tom.page.get_by_label("Name").fill("Priya Raman")
    tom.page.get_by_label("Mail address").fill(PRIYA)
    send(tom, "Send the invitation")
    (invitation,) = box.brings(("to_writer/invitation", PRIYA))
    priya.goto(link_in(invitation, "/invitation/"))
    send(priya, "Accept and start writing")
    box.brings(("to_editor/invitation_accepted", TOM))
    expect(priya.page.get_by_label("Name", exact=True)).to_have_value("Priya Raman")
    priya.page.get_by_label("Name", exact=True).fill(PEN_NAME)
    priya.page.get_by_label("Write under a pen name").check()
    priya.picture("two-01-pen-name")
    send(priya, "Use this name and start writing")
    box.brings()
    box.sent.clear()  # What was written before the name was chosen
    return Post.objects.get()


def and_invites_another(priya: Person, dennis: Person, box: LetterBox) -> None:
    follow(priya, "Who writes it")
    priya.page.get_by_label("Name").fill("Dennis Okafor")
    priya.page.get_by_label("Mail address").fill(DENNIS)
    send(priya, "Send the invitation")
    priya.picture("two-02-who-writes-it")
    invitation, _told = box.brings(("to_writer/co_author_invitation", DENNIS), ("to_editor/co_author_invited", TOM))
    assert f"{PEN_NAME} asks you" in str(invitation.body)
    dennis.goto(link_in(invitation, "/invitation/"))
    expect(dennis.page.get_by_role("heading", name=f"{PEN_NAME} would like to write a piece with you")).to_be_visible()
    dennis.picture("two-03-invitation")
    send(dennis, "Accept and start writing")
    box.brings(("to_editor/invitation_accepted", TOM), ("to_writer/co_author_joined", PRIYA))
    send(dennis, "Use this name and start writing")


def it_arrives_as_a_word_file(priya: Person, post: Post, box: LetterBox) -> None:
    page = priya.page
    priya.goto(f"/desk/{post.pk}/")
    page.get_by_role("link", name="Bring in a Word file").click()
    file = {"name": "Priya Raman, night desk.docx", "mimeType": WORD, "buffer": FILE}
    page.get_by_label("Word file", exact=True).set_input_files(file)
    page.get_by_role("dialog").get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("The Word file is in the text below.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("1 comment was left out.")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    expect(text_of(page)).to_contain_text("In the morning nobody reads it here.")
    priya.picture("two-04-from-word")
    send(priya, "Send to the editor")
    box.brings(("to_editor/submitted", TOM))


def note_on(tom: Person, number: int, text: str, old: str = "", new: str = "") -> None:
    tom.page.get_by_role("link", name=f"Note on paragraph {number}", exact=True).click()
    form = tom.page.locator("#new-note")
    form.get_by_label("Your note").fill(text)
    if old:
        form.get_by_label("The words it is about").fill(old)
        form.get_by_label("Suggest other words for them").check()
        form.get_by_label("Replace them with").fill(new)
    send(tom, "Note it")


def the_editor_notes_it(tom: Person, post: Post, box: LetterBox) -> None:
    tom.goto(f"/admin/blog/post/{post.pk}/change/")
    note_on(tom, 1, "", old="ten to one", new="12.50")
    note_on(tom, 2, "", old="a red cover", new="a cover")
    note_on(tom, 3, "Who could read it?")
    expect(tom.page.get_by_role("heading", name="3 notes open")).to_be_visible()
    tom.picture("two-05-noted")
    box.brings()
    press(tom, "Ask for changes", reason="Three small things, beside the text.")
    to_dennis, _to_priya = box.brings(("to_writer/changes_requested", DENNIS), ("to_writer/changes_requested", PRIYA))
    assert "Who could read it?" in str(to_dennis.body)


def the_writers_answer(dennis: Person, priya: Person, post: Post, box: LetterBox) -> None:
    """One takes a suggestion and leaves the other; the other writes, and sends it again."""
    dennis.goto(f"/desk/{post.pk}/")
    dennis.picture("two-06-notes")
    notes = dennis.page.locator("#notes article")
    send(dennis, "Take it", within=notes.filter(has_text="ten to one"))
    send(dennis, "Leave mine", within=notes.filter(has_text="a red cover"))
    expect(text_of(dennis.page)).to_contain_text("The phone rings at 12.50")
    expect(text_of(dennis.page)).to_contain_text("a book with a red cover")
    priya.goto(f"/desk/{post.pk}/")
    write_after(priya.page, "In the morning", " The day desk could.")
    wait_until_saved(priya)
    send(priya, "Done", within=priya.page.locator("#notes article").filter(has_text="Who could read it?"))
    expect(priya.page.get_by_role("heading", name="Notes", exact=True)).to_be_visible()
    send(priya, "Send to the editor")
    box.brings(("to_editor/submitted", TOM))


def both_sign_off(tom: Person, priya: Person, dennis: Person, post: Post, box: LetterBox) -> None:
    tom.goto(f"/admin/blog/post/{post.pk}/change/")
    panel = open_move(tom, "Accept and make the proof")
    expect(panel).to_contain_text(f"{PEN_NAME} and Dennis Okafor get a letter in 5 minutes.")
    send(tom, "Accept and make the proof")
    to_priya, to_dennis = box.brings(("to_writer/proof", PRIYA), ("to_writer/proof", DENNIS))
    priya.goto(link_in(to_priya, "/desk/"))
    send(priya, "Sign off this text")
    box.brings()
    dennis.goto(link_in(to_dennis, "/desk/"))
    expect(dennis.page.get_by_role("complementary").get_by_text(f"✓ {PEN_NAME}")).to_be_visible()
    dennis.picture("two-07-proof")
    send(dennis, "Sign off this text")
    box.brings(("to_editor/signed_off", TOM))


def test_two_writers_and_a_pen_name(person: Callable[[str], Person], clock: Clock, ashby: User, box: LetterBox):
    tom, priya, dennis, reader = (person(name) for name in ("editor", "pen-name", "co-author", "reader"))
    sit_down(tom, ashby)

    post = one_writes_under_a_pen_name(tom, priya, box)
    for other in (tom, dennis, reader):
        other.must_not_see(HIDDEN)
    and_invites_another(priya, dennis, box)
    it_arrives_as_a_word_file(priya, post, box)
    the_editor_notes_it(tom, post, box)
    the_writers_answer(dennis, priya, post, box)
    both_sign_off(tom, priya, dennis, post, box)
    post = it_is_scheduled_in_a_hold(tom, post, box)
    it_comes_out_by_the_clock(reader, post, clock, box)
    it_is_corrected(tom, reader, post, box)
    and_retracted(tom, reader, post, box)
    the_others_look_everywhere(tom, dennis, post)

    assert all(other.looked_at >= 8 for other in (tom, dennis, reader)), [
        other.looked_at for other in (tom, dennis, reader)
    ]
    for letter in box.to_others_than(PRIYA):
        assert not HIDDEN.search(letter), letter
    assert not Note.objects.filter(settled_at=None).exists()
    kinds = list(Move.objects.values_list("kind", flat=True))
    assert kinds == [
        "begin", "submit", "ask_for_changes", "submit", "accept", "sign_off", "publish", "correct", "retract",
    ]  # fmt: skip
    post.refresh_from_db()
    assert post.state == State.RETRACTED
