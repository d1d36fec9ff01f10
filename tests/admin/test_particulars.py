"""Particulars, bylines, topics and the masthead: settled, or refused at the field with everything typed kept."""

import pytest
from django.urls import reverse

from blog.models import Category, Masthead, Post, Series, Tag
from blog.states import State
from tests.admin.pages import piece_now
from tests.factories import CategoryFactory, SeriesFactory, TagFactory, UserFactory, make_author
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(editor) -> Post:
    return piece_now(State.SUBMITTED, editor=editor)


def settle(client, post, **fields):
    return client.post(reverse("admin:blog_post_particulars", args=[post.pk]), fields)


def test_particulars_are_settled(as_editor, post):
    series, category, tag = SeriesFactory(), CategoryFactory(), TagFactory()
    response = settle(
        as_editor,
        post,
        slug="Who closes a row?",
        series=series.pk,
        part_number=4,
        category=category.pk,
        tags=[tag.pk],
        brief="What happens at the end.",
        brief_words=900,
        due_date="2031-03-20",
        comments_open="on",
    )
    post.refresh_from_db()
    assert response.status_code == 302
    assert (post.slug, post.series, post.part_number, post.category) == ("who-closes-a-row", series, 4, category)
    assert (list(post.tags.all()), post.comments_open) == ([tag], True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"part_number": "4"}, "Choose the series that this is a part of."),
        ({"part_number": "0"}, "greater than or equal to 1"),
        ({"due_date": "31/02/2027"}, "Write the day like"),
        ({"category": "999"}, "Select a valid choice."),
        ({"tags": ["x"]}, "not a valid value"),
        ({"slug": "x" * 1_000_000}, "at most 200 characters"),
        ({"brief_words": "9" * 40}, "less than or equal to"),
    ],
)
def test_a_mistake_is_said_at_its_field(fields, said, as_editor, post):
    response = settle(as_editor, post, brief="Words I took care with", **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Words I took care with" in page
    post.refresh_from_db()
    assert post.brief == ""


def test_an_address_that_is_taken_is_refused(as_editor, editor, post):
    settle(as_editor, piece_now(State.SUBMITTED, editor=editor), slug="taken")
    assert "Another piece has this address." in settle(as_editor, post, slug="taken").content.decode()


def test_a_byline_is_changed_until_the_piece_is_out(as_editor, editor, post):
    author = post.ordered_bylines()[0].author
    fields = {
        f"name-{author.pk}-name": "A Planner",
        f"name-{author.pk}-is_pen_name": "on",
        f"name-{author.pk}-role": "Planner",
    }
    url = reverse("admin:blog_post_byline", args=[post.pk, author.pk])
    assert as_editor.post(url, fields).status_code == 302
    author.refresh_from_db()
    assert (author.name, author.is_pen_name) == ("A Planner", True)
    blank = as_editor.post(url, {**fields, f"name-{author.pk}-name": ""})
    assert blank.status_code == 422
    out = piece_now(State.PUBLISHED, editor=editor)
    its_author = out.ordered_bylines()[0].author
    late = as_editor.post(
        reverse("admin:blog_post_byline", args=[out.pk, its_author.pk]), {f"name-{its_author.pk}-name": "Another"}
    )
    assert late.status_code == 409


def test_a_name_that_is_not_on_the_byline_is_not_found(as_editor, post):
    stranger = make_author(name="Somebody Else")
    url = reverse("admin:blog_post_byline", args=[post.pk, stranger.pk])
    assert as_editor.post(url, {f"name-{stranger.pk}-name": "Taken over"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "model", "field"), [("series", Series, "title"), ("category", Category, "name"), ("tag", Tag, "name")]
)
def test_topics_are_cleaned_and_a_name_of_nothing_is_refused(path, model, field, as_editor):
    url = f"/admin/blog/{path}/add/"
    assert as_editor.post(url, {field: "  Small \u202e lists ", "slug": "small-lists"}).status_code == 302
    assert getattr(model.objects.get(), field) == "Small lists"
    for nothing in ("\u202e", "", "x" * 1_000_000):
        assert as_editor.post(url, {field: nothing, "slug": "nothing"}).status_code == 200
    assert model.objects.count() == 1


def test_a_category_with_pieces_is_not_removed(as_editor, editor):
    category = CategoryFactory()
    piece_now(State.SUBMITTED, editor=editor, category=category)
    as_editor.post(f"/admin/blog/category/{category.pk}/delete/", {"post": "yes"})
    assert Category.objects.filter(pk=category.pk).exists()


def test_there_is_one_masthead_and_it_is_the_administrators(as_editor):
    assert as_editor.get("/admin/blog/masthead/add/").status_code == 403
    as_administrator = signed_in(UserFactory(administrator=True))
    fields = {"name": "Any Other Business", "accent": "plum", "addresses": "editors@blog.example\nhelp@blog.example"}
    assert as_administrator.post("/admin/blog/masthead/add/", {**fields, "addresses": "nonsense"}).status_code == 200
    assert as_administrator.post("/admin/blog/masthead/add/", fields).status_code == 302
    assert Masthead.current().address_list() == ["editors@blog.example", "help@blog.example"]
    assert as_administrator.get("/admin/blog/masthead/add/").status_code == 403
    assert as_administrator.post("/admin/blog/masthead/1/delete/", {"post": "yes"}).status_code == 403
    assert "Any Other Business" in as_administrator.get("/admin/").content.decode()


def test_a_piece_becomes_a_reply_by_the_address_of_what_it_answers(as_editor, editor):
    first, reply = piece_now(State.PUBLISHED, editor=editor, title="First"), piece_now(State.SUBMITTED, editor=editor)
    page = reverse("admin:blog_post_particulars", args=[reply.pk])
    assert f'<option value="{first.get_absolute_url()}">First</option>' in as_editor.get(page).text
    assert settle(as_editor, reply, in_reply_to=first.get_absolute_url()).status_code == 302
    reply.refresh_from_db()
    assert reply.in_reply_to == first
    assert f'value="{first.get_absolute_url()}"' in as_editor.get(page).text
    assert "No piece that readers can see has this address." in settle(as_editor, reply, in_reply_to="/nowhere/").text


def test_the_address_of_a_published_piece_can_be_changed(as_editor, editor, client):
    post = piece_now(State.PUBLISHED, editor=editor, title="First")
    old = post.get_absolute_url()
    assert settle(as_editor, post, slug="second").status_code == 302
    assert client.get(old)["Location"].endswith("/second/")
