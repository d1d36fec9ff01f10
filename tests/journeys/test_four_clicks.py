"""An editor's part of a guest piece that needs no changes: at most four clicks, from the first page to “scheduled”."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.roles import make_editor
from blog.editorial import proof
from blog.models import Post
from blog.states import State
from tests.factories import UserFactory, make_piece
from tests.journeys.conftest import Person
from tests.journeys.doing import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 4


def count_clicks(person: Person) -> Callable[[], int]:
    """Count every click that reaches a page, whatever it hits."""
    clicks: list[str] = []

    def note(what: str) -> None:
        clicks.append(what)

    person.page.expose_function("clicked", note)
    person.page.add_init_script(
        "addEventListener('click', event => event.isTrusted && event.detail && window.clicked(event.target.tagName), true)"
    )
    return lambda: len(clicks)


def test_four_clicks_lead_from_the_first_page_to_scheduled(person: Callable[[str], Person]):
    tom, _ = make_editor(email="tom@blog.example", name="Tom Ashby", at=timezone.now(), password=PASSWORD)
    writer = UserFactory()
    post = make_piece(State.SUBMITTED, editor=tom, writer=writer, at=timezone.now(), title="Bins, a love story")
    editor = person("editor")
    editor.goto("/admin/")
    sign_in(editor, "tom@blog.example")
    clicks = count_clicks(editor)
    page = editor.page

    editor.goto("/admin/")
    page.get_by_role("listitem").filter(has_text="Bins, a love story").get_by_role("link", name="Review").click()
    page.locator("[data-move=accept] > summary").click()
    with page.expect_navigation():
        page.locator("[data-move=accept]").get_by_role("button", name="Accept and make the proof").click()

    post = Post.objects.get(pk=post.pk)
    assert post.state == State.IN_PROOF
    proof.sign_off(post=post, seen=post.working_id or 0, by=writer, at=timezone.now())

    editor.goto("/admin/")
    editor.picture("first-page-ready")
    with page.expect_navigation():
        page.get_by_role("button", name="Schedule it for").click()

    post.refresh_from_db()
    assert post.state == State.PUBLISHED
    assert post.published_at > timezone.now()
    out = timezone.localtime(post.published_at)
    assert (f"{out:%H.%M}", out.weekday() < 5) == ("08.00", True)
    assert clicks() == MOST_CLICKS
