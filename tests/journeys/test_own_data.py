"""A reader takes everything along and leaves: without an editor, and without a trace of who it was."""

import json
import zipfile
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Comment, User
from accounts.own_data.archive import JSON
from blog.models import Post
from tests.accounts.own_data.conftest import ADDRESS, DANA, a_picture, shown
from tests.accounts.own_data.dump import lines_with, whole_folder
from tests.factories import UserFactory, make_comment, make_editor, make_published
from tests.journeys.conftest import Person
from tests.journeys.doing import PASSWORD, follow, send, sign_in
from tests.people import confirm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(transactional_db) -> Post:
    return make_published(editor=make_editor(display_name="Tom Ashby"), at=timezone.now())


@pytest.fixture
def dana(post) -> User:
    """Dana has commented before, was answered, and waits for an editor with another comment."""
    user = confirm(UserFactory(display_name=DANA, email=ADDRESS, password=PASSWORD))
    answered = make_comment(post, user, text="It held for a year.", written_at=timezone.now())
    other = confirm(UserFactory(display_name="Owen Pritchard"))
    make_comment(post, user, text="Alone words.", written_at=timezone.now())
    make_comment(post, user, text="Waiting words.", state="held", written_at=timezone.now())
    make_comment(post, other, text="Ours as well.", parent=answered, written_at=timezone.now())
    return user


def chooses_a_picture(person: Person) -> None:
    picture = a_picture()
    person.page.get_by_label("Picture", exact=True).set_input_files(
        {"name": "dana-at-home.png", "mimeType": "image/png", "buffer": picture.read()}
    )
    send(person, "Show this picture")
    expect(person.page.get_by_text("Your picture stands beside your comments now.")).to_be_visible()
    person.picture("own-data-01-account")


def takes_everything_along(person: Person) -> dict[str, list[dict[str, str]]]:
    follow(person, "Export your data")
    send(person, "Show who you are, then download")
    person.page.get_by_label("password").fill(PASSWORD)
    send(person, "Go on")
    person.picture("own-data-02-export")
    with person.page.expect_download() as begun:
        person.page.get_by_role("button", name="Download your data").click()
    with zipfile.ZipFile(begun.value.path()) as archive:
        found: dict[str, list[dict[str, str]]] = json.loads(archive.read(JSON))
        assert archive.read(found["picture"][0]["file"])
    return found


def leaves_with_the_comments(person: Person) -> None:
    person.goto("/accounts/")
    follow(person, "Erase your account")
    send(person, "Erase my account")
    expect(person.page.get_by_role("alert")).to_contain_text("Say what becomes of your comments.")
    person.page.get_by_label("They go.").check()
    person.page.get_by_label("I know that this can’t be undone").check()
    person.picture("own-data-03-erase")
    send(person, "Erase my account")
    expect(person.page.get_by_role("heading", name="Your account is erased")).to_be_visible()


@pytest.mark.parametrize("size", ["phone"])
def test_somebody_takes_everything_along_and_leaves(person: Callable[[str], Person], dana, post):
    browser = person("reader")
    browser.goto("/accounts/")
    sign_in(browser, ADDRESS)

    chooses_a_picture(browser)
    found = takes_everything_along(browser)
    assert found["account"][0]["display_name"] == DANA
    assert {row["text"] for row in found["comments"]} == {"It held for a year.", "Alone words.", "Waiting words."}

    leaves_with_the_comments(browser)
    assert lines_with(ADDRESS, DANA) == []
    assert whole_folder() == {}
    assert not Comment.objects.filter(text__endswith=" words.").exists()
    browser.goto(post.get_absolute_url())
    expect(browser.page.get_by_text("Ours as well.")).to_be_visible()
    expect(browser.page.get_by_text("It held for a year.")).to_have_count(0)
    browser.goto("/accounts/")
    expect(browser.page.get_by_label("Mail address")).to_be_visible()

    owen = EmailAddress.objects.get(user__display_name="Owen Pritchard").user
    shown(owen).post("/accounts/erase/", {"comments": "keep", "sure": "1"})
    assert lines_with(owen.email, "Owen Pritchard") == []
    browser.goto(post.get_absolute_url())
    expect(browser.page.get_by_text("Ours as well.")).to_be_visible()
    said = browser.page.get_by_role("article").filter(has_text="Ours as well.").last
    expect(said.get_by_text("A former reader", exact=True)).to_be_visible()
