"""Cards: the pictures that other sites show beside a link."""

import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from blog.editorial import publishing
from blog.models import Masthead, Post
from blog.reading.card_drawing import HEIGHT, TITLE_SIZES, WIDTH, Card, _broken, _ruler, draw
from blog.reading.typefaces import legible
from blog.states import State
from tests.factories import SeriesFactory, make_author, make_editor, make_piece, make_published
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
TITLES = [
    "Damp",
    "Who closes a row?",
    "What the planning backlog taught us about writing things down before anybody asks for them",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch a’r cyngor",
    "Zażółć gęślą jaźń: urząd, który pisze do ludzi",
    "كيف نكتب رسائل يفهمها الناس؟",
    "住房与潮湿：我们学到了什么",
    "🏠🏠🏠",
    "words " * 60,
    "M" * 300,
    "<script>alert(1)</script> \x0b\u202e\ufffe",
    "",
]


def address_of(client: Client, path: str) -> str:
    """Return the path of the card that a page names."""
    address = re.search(r'<meta property="og:image" content="([^"]*)">', client.get(path).text)[1]
    return "/" + address.split("/", 3)[3]


def picture(client: Client, path: str) -> Image.Image:
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert len(response.content) < 60_000
    return Image.open(io.BytesIO(response.content))


def test_a_piece_names_its_card_which_is_drawn_at_the_right_size(client: Client):
    post = make_published(at=AT, series=SeriesFactory(planned_parts=4), part_number=2)
    found = picture(client, address_of(client, post.get_absolute_url()))
    assert (found.size, found.format, found.mode) == ((WIDTH, HEIGHT), "PNG", "P")
    assert found.info == {}


def test_the_blog_has_a_card_of_its_own(client: Client):
    assert picture(client, address_of(client, "/")).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("title", TITLES)
def test_any_title_gives_a_small_card_that_is_always_the_same(title: str):
    card = Card("Any Other Business", title, "Siân Ŵyn", "Part 1 of 3 in Letters", 1, 3, "plum")
    drawn = draw(card)
    assert drawn == draw(card)
    assert len(drawn) < 60_000


@pytest.mark.parametrize("title", TITLES)
def test_no_line_of_a_title_is_wider_than_there_is_room_and_nothing_is_lost(title: str):
    name, text = legible(title, "serif")
    for size in (TITLE_SIZES[0], TITLE_SIZES[-1]):
        lines = _broken(text, 1040 / size, _ruler(name))
        assert max(map(_ruler(name), lines), default=0) <= 1040 / size
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_letters_that_no_typeface_has_are_left_out():
    assert legible("Housing \U000ffffd now", "serif")[1] == "Housing now"
    assert legible("\U000ffffd\U000ffffe", "serif")[1] == ""


@pytest.mark.parametrize("change", ["name", "blog", "accent"])
def test_an_older_card_leads_on_to_the_one_as_it_is_now(client: Client, change: str):
    post = make_published(at=AT, **written_by(name="Priya Raman"))
    older = address_of(client, post.get_absolute_url())
    if change == "name":
        post.authors.update(name="Priya R.")
    else:
        Masthead.objects.create(pk=1, **{"blog": {"name": "Another"}, "accent": {"accent": "plum"}}[change])
    response = client.get(older)
    assert response.status_code == 301
    assert picture(client, response.headers["Location"]).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_piece_that_readers_do_not_see_has_no_card(client: Client, state: State):
    post = make_piece(state, at=AT)
    assert client.get(f"/cards/{post.pk}-0.png").status_code == 404


def test_a_scheduled_piece_has_no_card(client: Client):
    post = make_piece(State.PUBLISHED, at=AT, go_out_at=timezone.now() + dt.timedelta(days=1))
    assert client.get(f"/cards/{post.pk}-0.png").status_code == 404


def test_a_card_goes_with_its_piece(client: Client):
    post = make_published(at=AT)
    path = address_of(client, post.get_absolute_url())
    publishing.retract(post=Post.objects.get(pk=post.pk), reason="A slip.", by=make_editor(), at=AT)
    assert client.get(path).status_code == 404


def test_many_names_are_told_by_their_number(client: Client):
    post = make_published(at=AT, title="One", **written_by(name="Ann Lee"))
    for position, name in enumerate(["Bo Fry", "Cy Day", "Di Orr"], start=2):
        post.bylines.create(author=make_author(name=name), position=position)
    assert 'content="“One”, by Ann Lee, Bo Fry and 2 others"' in client.get(post.get_absolute_url()).text
