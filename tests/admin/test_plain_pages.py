"""Plain pages: written by editors, read by everybody, and no earlier text is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import keys
from blog.editorial import plain_pages
from blog.editorial.plain_pages import PageText
from blog.models import Masthead, PlainPage, Purge
from blog.reading import pages

pytestmark = pytest.mark.django_db
ADD = "/admin/blog/plainpage/add/"
FIRST = ["about", "house-rules", "privacy", "accessibility"]


def typed(page: PlainPage | None = None, **fields) -> dict[str, object]:
    """Return the form as it would be sent."""
    if page is None:
        return {"title": "Help", "slug": "", "body": "<p>Ask us.</p>", "position": 5, "is_in_footer": "1", **fields}
    newest = page.versions.first()
    shown = {name: getattr(page, name) for name in ("title", "slug", "standfirst", "body", "position")}
    return {**shown, "is_in_footer": "1", "based_on": newest.pk if newest else "", **fields}


def change(page: PlainPage) -> str:
    return f"/admin/blog/plainpage/{page.pk}/change/"


@pytest.mark.parametrize("slug", FIRST)
def test_there_are_four_from_the_beginning_and_every_page_leads_to_them(client: Client, slug: str):
    page = PlainPage.objects.get(slug=slug)
    assert page.title in client.get(f"/{slug}/").text
    assert f'<a href="/{slug}/">{page.title}</a>' in client.get("/").text
    assert plain_pages.clean(PageText(page.title, slug, page.standfirst, page.body), page=page).body == page.body


def test_gaps_are_counted_for_the_editors(as_editor: Client):
    assert "[To be filled in" in PlainPage.objects.get(slug="accessibility").body
    assert "still to be filled in" in as_editor.get("/admin/blog/plainpage/").text.lower()


def test_a_new_page_is_at_its_address_and_in_the_footer(as_editor: Client, client: Client):
    response = as_editor.post(ADD, typed())
    page = PlainPage.objects.get(slug="help")
    assert (response.status_code, response["Location"]) == (302, change(page))
    assert "Ask us." in client.get("/help/").text
    assert '<a href="/help/">Help</a>' in client.get("/").text
    assert Purge.objects.filter(key=keys.EVERYTHING).exists()


def test_a_text_alone_marks_only_its_own_page(as_editor: Client):
    page = PlainPage.objects.get(slug="about")
    as_editor.post(change(page), typed(page, is_in_footer="1", body="<p>New.</p>"))
    marked = set(Purge.objects.values_list("key", flat=True))
    assert marked == {keys.on_page(page.pk)}


def test_a_page_can_leave_the_footer(as_editor: Client, client: Client):
    page = PlainPage.objects.get(slug="about")
    sent = typed(page)
    del sent["is_in_footer"]
    as_editor.post(change(page), sent)
    assert "/about/" not in [entry["path"] for entry in Masthead.current().footer_pages]
    assert client.get("/about/").status_code == 200


def test_script_and_the_rest_of_the_hostile_is_left_out(as_editor: Client, client: Client):
    hostile = '<p onclick="x()">Fine <script>alert(1)</script><img src="https://evil.example/x.png"></p>'
    as_editor.post(ADD, typed(title="<script>alert(1)</script>", slug="x", body=hostile))
    text = client.get("/x/").text
    assert "<script>alert" not in text
    assert "evil.example" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    "slug", ["admin", "accounts", "desk", "category", "tag", "series", "feed", "page", "contact", "2013", "media",
             "static", "healthz", "writers", "archive", "preview", "invitation", "search", "about"]
)  # fmt: skip
def test_an_address_that_belongs_to_another_is_refused(as_editor: Client, slug: str):
    response = as_editor.post(ADD, typed(slug=slug))
    assert response.status_code == 422
    assert "Ask us." in response.text
    assert not PlainPage.objects.filter(title="Help").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Give the page a title."),
        ({"body": "<p> </p>"}, "Write the text first."),
        ({"body": '<p>x</p><img src="/media/x.png">'}, "Describe every picture"),
        ({"position": "x"}, "Choose a number"),
        ({"title": "x" * 161}, "Shorten this to 160"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(as_editor: Client, fields, sentence: str):
    response = as_editor.post(ADD, typed(**fields))
    assert response.status_code == 422
    assert sentence in response.text
    assert PlainPage.objects.count() == 4


def test_an_earlier_text_is_kept_and_can_come_back(as_editor: Client, client: Client):
    page = PlainPage.objects.get(slug="about")
    first, before = page.versions.get(), page.body
    as_editor.post(change(page), typed(page, body="<p>Quite another text.</p>"))
    assert page.versions.count() == 2
    assert "Quite another" in client.get("/about/").text
    shown = as_editor.get(f"{change(page)}?version={first.pk}")
    assert "It comes back when you save it." in shown.text
    page.refresh_from_db()
    as_editor.post(change(page), typed(page, body=before))
    assert "Quite another" not in client.get("/about/").text


def test_of_two_editors_the_slower_is_told_and_loses_nothing(as_editor: Client, client: Client):
    page = PlainPage.objects.get(slug="about")
    mine = typed(page, body="<p>Mine.</p>")
    as_editor.post(change(page), typed(page, body="<p>Theirs.</p>"))
    response = as_editor.post(change(page), mine)
    assert response.status_code == 409
    assert "Mine." in response.text
    assert "Theirs." in client.get("/about/").text
    assert page.versions.filter(body="<p>Mine.</p>").exists()
    again = response.context["based_on"]
    assert as_editor.post(change(page), {**mine, "based_on": again}).status_code == 302
    assert "Mine." in client.get("/about/").text


def test_saving_what_is_there_changes_nothing(as_editor: Client):
    page = PlainPage.objects.get(slug="about")
    as_editor.post(change(page), typed(page))
    assert page.versions.count() == 1
    assert not Purge.objects.exists()


def test_a_preview_shows_what_was_typed_and_saves_nothing(as_editor: Client, as_reader: Client):
    response = as_editor.post("/preview/page/", typed(title="Not yet", body="<p>Half</p>"))
    assert "Half" in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert PlainPage.objects.count() == 4
    assert as_reader.post("/preview/page/", typed()).status_code == 403
    assert Client().post("/preview/page/", typed()).status_code == 403


def test_only_editors_write_them(reader: User):
    with pytest.raises(PermissionDenied):
        plain_pages.save(page=None, text=PageText("X", body="<p>x</p>"), by=reader, at=timezone.now())


def test_a_page_takes_as_many_queries_with_three_in_the_footer_as_with_four(django_assert_num_queries, editor: User):
    for is_in_footer in (True, False):
        page = PlainPage.objects.get(slug="about")
        text = PageText(page.title, page.slug, page.standfirst, page.body, is_in_footer=is_in_footer)
        plain_pages.save(page=page, text=text, by=editor, at=timezone.now())
        with django_assert_num_queries(2):
            pages.plain_page(slug="privacy", moment=timezone.now())
