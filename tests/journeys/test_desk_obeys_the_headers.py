"""The editors' desk in a real browser: nothing on it is refused by the page's Content-Security-Policy."""

import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial.letters import writing as letters
from blog.states import State
from tests.factories import CategoryFactory, make_piece

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_page_of_the_desk_breaks_its_headers(person, editor):
    at = timezone.now()
    submitted, ready = (make_piece(state, editor=editor, at=at) for state in (State.SUBMITTED, State.READY))
    letters.put_in_post("x", to_address="a@b.example", at=at, subject="S", text="T")
    category = CategoryFactory()
    tom = person("Tom")
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["session"]
    tom.page.context.add_cookies([{"name": "session", "value": cookie.value, "url": tom.base_url}])
    author = submitted.ordered_bylines()[0].author
    pieces = [f"post/{submitted.pk}/{part}/" for part in ("change", "edit", "particulars", "versions")]
    lists = ["post/", "letter/", "author/", "series/", "series/add/", f"author/{author.pk}/change/"]
    for path in ["", *pieces, f"post/{ready.pk}/change/", "post/invite/", *lists, f"category/{category.pk}/delete/"]:
        tom.goto(f"/admin/blog/{path}" if path else "/admin/")
        assert tom.page.locator("h1").count() == 1, path
        # Nothing may be wider than the page: on a phone it would have to be pushed about
        assert tom.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_move_can_be_made_without_script(browser, live_server, editor):
    post = make_piece(State.SUBMITTED, editor=editor, at=timezone.now())
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies["session"].value
    context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/")
    page.locator("[data-move=ask_for_changes] > summary").click()
    page.get_by_label("What should change?").fill("Who answers, and by when?")
    page.locator("[data-move=ask_for_changes] button").click()
    assert page.get_by_text("Changes asked for. It is the writer’s turn now.").is_visible()
    context.close()
