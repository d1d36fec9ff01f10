"""The same piece open twice: by one writer in two tabs, and by two co-authors, one of them under a pen name."""

import pytest
from playwright.sync_api import Page, expect

from blog.editorial import drafting
from blog.models import Byline, Post, Revision
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece
from tests.journeys.at_the_desk import open_piece, sit_down, state_of, text_of, write_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KETTLE, ROWS, MAY = "We kept a tally beside the kettle.", "Each row had a name.", "By May there were none."
TOGETHER = "Bring the two texts together"


@pytest.fixture
def writer(transactional_db):
    return UserFactory(display_name="Priya R", email="priya@council.example")


@pytest.fixture
def post(writer) -> Post:
    body = "".join(f"<p>{words}</p>" for words in (KETTLE, ROWS, MAY))
    return make_piece(writer=writer, editor=make_editor(), body=body)


def conflict_in(page: Page) -> None:
    expect(state_of(page)).to_contain_text(TOGETHER, timeout=15_000)
    state_of(page).get_by_role("link", name=TOGETHER).click()
    expect(page.get_by_role("heading", name="Two texts become one")).to_be_visible()


def test_two_tabs_become_one_text(person, writer, post):
    priya = person("writer")
    sit_down(priya, writer)
    first = open_piece(priya, post)
    second = open_piece(priya, post, priya.page.context.new_page())

    write_after(second, "beside the kettle", " Everybody saw it.")
    write_after(second, "By May", " All of them were closed.")
    expect(state_of(second)).to_contain_text("Saved at")
    first.bring_to_front()
    write_after(first, "beside the kettle", " Nobody liked it.")
    write_after(first, "Each row", " And a date.")
    conflict_in(first)

    priya.picture("two-tabs-merging")
    place = first.get_by_role("group", name="Place 1 of 1: both changed this")
    expect(place).to_contain_text("Everybody saw it.")
    expect(place).to_contain_text("Nobody liked it.")
    place.get_by_label("Write it by hand").check()
    surface = place.locator("[contenteditable=true]")
    surface.click()
    first.keyboard.press("Control+a")
    first.keyboard.type("Everybody saw it, and nobody liked it.")
    first.get_by_role("button", name="Save as one text").click()

    expect(text_of(first)).to_contain_text("Everybody saw it, and nobody liked it.")
    expect(first.get_by_text("unsaved text from")).to_have_count(0)
    expect(first.get_by_text(TOGETHER)).to_have_count(0)
    post.refresh_from_db()
    assert post.working.body == (
        "<p>Everybody saw it, and nobody liked it.</p><p>Each row had a name. And a date.</p>"
        "<p>By May there were none. All of them were closed.</p>"
    )
    assert Revision.objects.filter(post=post, body__contains="Nobody liked it.").exists()


def test_a_tab_that_is_closed_at_a_conflict_loses_nothing(person, writer, post):
    priya = person("writer")
    sit_down(priya, writer)
    page = open_piece(priya, post)
    theirs = drafting.Text(title="Another title")
    drafting.save_text(post=post, text=theirs, by=writer, at=NOW, based_on=post.working_id)
    write_after(page, "Each row", " And a date.")
    expect(state_of(page)).to_contain_text(TOGETHER, timeout=15_000)
    page.close()

    again = open_piece(priya, post, priya.page.context.new_page())

    expect(text_of(again)).not_to_contain_text("And a date.")
    again.get_by_role("link", name=TOGETHER).click()
    again.get_by_role("button", name="Save as one text").click()
    expect(text_of(again)).to_contain_text("And a date.")
    expect(again.get_by_label("Title", exact=True)).to_have_value("Another title")


def test_what_is_typed_after_the_conflict_comes_along(person, writer, post):
    priya = person("writer")
    sit_down(priya, writer)
    page = open_piece(priya, post)
    drafting.save_text(post=post, text=drafting.Text(title="Other"), by=writer, at=NOW, based_on=post.working_id)
    write_after(page, "Each row", " And a date.")
    expect(state_of(page)).to_contain_text(TOGETHER, timeout=15_000)
    write_after(page, "By May", " Not one.")

    conflict_in(page)

    expect(page.get_by_text("Not one.")).to_be_visible()
    page.get_by_role("button", name="Save as one text").click()
    expect(text_of(page)).to_contain_text("Not one.")
    expect(page.get_by_text("unsaved text from")).to_have_count(0)


def test_two_co_authors_by_keyboard_and_under_a_pen_name(person, writer, post):
    second = UserFactory(display_name="Dennis Okafor", email="dennis@council.example")
    Byline.objects.create(post=post, author=make_author(second, name="The Mole", is_pen_name=True), position=2)
    priya, dennis = person("writer"), person("co-author")
    sit_down(priya, writer)
    sit_down(dennis, second)
    mine, theirs = open_piece(priya, post), open_piece(dennis, post)
    write_after(theirs, "beside the kettle", " In red.")
    expect(state_of(theirs)).to_contain_text("Saved at")
    write_after(mine, "beside the kettle", " In green.")
    conflict_in(mine)

    expect(mine.get_by_text("Theirs: The Mole").first).to_be_visible()
    assert "Dennis" not in mine.content()
    mine.locator("input[type=radio]").first.focus()
    mine.keyboard.press("Space")
    mine.keyboard.press("ArrowDown")
    mine.keyboard.press("ArrowDown")
    expect(mine.get_by_label("Both, one after the other")).to_be_checked()
    mine.get_by_role("button", name="Save as one text").focus()
    mine.keyboard.press("Enter")

    expect(text_of(mine)).to_contain_text("In red.")
    expect(text_of(mine)).to_contain_text("In green.")
