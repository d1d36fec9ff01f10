"""A sign-in that expires in the middle of writing, and a connection that breaks: nothing typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from blog.models import Post
from tests.factories import UserFactory, make_editor, make_piece
from tests.journeys.at_the_desk import open_piece, sit_down, state_of, text_of, write_after
from tests.people import confirm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "three unlikely words"


@pytest.fixture
def writer(transactional_db):
    return confirm(UserFactory(display_name="Priya R", email="priya@council.example", password=PASSWORD))


@pytest.fixture
def post(writer) -> Post:
    return make_piece(writer=writer, editor=make_editor(), body="<p>We kept a tally.</p>")


@pytest.fixture
def priya(person, writer, post):
    somebody = person("writer")
    sit_down(somebody, writer)
    open_piece(somebody, post)
    return somebody


def sign_in(page: Page) -> None:
    page.get_by_label("Mail address").fill("priya@council.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out_behind_their_back(page: Page) -> None:
    Session.objects.all().delete()
    write_after(page, "tally", " It hung by the kettle.")
    expect(state_of(page)).to_contain_text("You have been signed out. Your text is safe here.", timeout=15_000)


def body_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).working.body


def test_one_signs_in_and_goes_on_where_one_was(priya, post):
    page = priya.page
    sign_out_behind_their_back(page)
    priya.picture("signed-out-while-writing")

    page.get_by_role("link", name="Sign in to go on.").click()
    sign_in(page)

    expect(text_of(page)).to_contain_text("It hung by the kettle.")
    expect(state_of(page)).to_contain_text("Saved at", timeout=15_000)
    assert body_of(post) == "<p>We kept a tally. It hung by the kettle.</p>"


def test_one_signs_in_in_another_tab_and_comes_back(priya, post):
    page = priya.page
    sign_out_behind_their_back(page)

    other = page.context.new_page()
    other.goto(f"{priya.base_url}/accounts/login/")
    sign_in(other)
    other.wait_for_url(lambda url: "login" not in url)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(state_of(page)).to_contain_text("Saved at", timeout=15_000)
    write_after(page, "kettle", " Everybody saw it.")
    expect(state_of(page)).to_contain_text("Saved at", timeout=15_000)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(text_of(page)).to_contain_text("Everybody saw it.")
    assert body_of(post) == "<p>We kept a tally. It hung by the kettle. Everybody saw it.</p>"


def test_an_ordinary_submit_while_signed_out_is_given_back(priya, post):
    page = priya.page
    Session.objects.all().delete()
    write_after(page, "tally", " It hung by the kettle.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Nothing is lost")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(opened.value)
    opened.value.wait_for_url(lambda url: "login" not in url)
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("button", name="Send it again").click()

    expect(text_of(page)).to_contain_text("It hung by the kettle.")
    assert "It hung by the kettle." in body_of(post)


def test_a_connection_that_breaks_keeps_the_text_until_it_is_back(priya, post):
    page = priya.page
    page.context.set_offline(True)
    write_after(page, "tally", " It hung by the kettle.")
    expect(state_of(page)).to_contain_text("Not saved yet: no connection.", timeout=15_000)
    expect(state_of(page)).to_contain_text("safe in this browser")

    page.context.set_offline(False)

    expect(state_of(page)).to_contain_text("Saved at", timeout=20_000)
    assert "It hung by the kettle." in body_of(post)
    priya.problems.clear()


def test_a_tab_closed_without_a_connection_gives_the_text_back(priya, post):
    page = priya.page
    page.context.set_offline(True)
    write_after(page, "tally", " It hung by the kettle.")
    expect(state_of(page)).to_contain_text("Not saved yet", timeout=15_000)
    context = page.context
    page.close()
    context.set_offline(False)

    again = open_piece(priya, post, context.new_page())

    expect(text_of(again)).to_contain_text("It hung by the kettle.")
    expect(state_of(again)).to_contain_text("Saved at", timeout=15_000)
    assert "It hung by the kettle." in body_of(post)
    priya.problems.clear()
