"""What is kept, and what never is."""

import gzip
import logging

import brotli
import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial import publishing
from tests.factories import make_published
from tests.reading.baking.house import House

pytestmark = pytest.mark.django_db


def test_a_page_is_kept_with_its_compressed_forms(house: House, client: Client, yesterday):
    post = make_published(at=yesterday)
    address = post.get_absolute_url()

    content = client.get(address).content

    folder = house.at.current / address.strip("/")
    assert (folder / "index.html").read_bytes() == content
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == content
    assert brotli.decompress((folder / "index.html.br").read_bytes()) == content
    assert sorted(house.kept()) == [address]


def test_a_kept_page_is_read_without_the_database(house: House, client: Client, django_assert_num_queries):
    first = client.get("/")

    with django_assert_num_queries(0):
        again = client.get("/")

    assert again.content == first.content
    assert again.headers == first.headers


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/feed/", "feed/index.rss"),
        ("/feed/atom/", "feed/atom/index.atom"),
        ("/feed/json/", "feed/json/index.json"),
        ("/archive/", "archive/index.html"),
        ("/series/", "series/index.html"),
    ],
)
def test_the_files_name_says_what_it_is(house: House, client: Client, address: str, file: str):
    assert client.get(address).status_code == 200
    assert (house.at.current / file).is_file()


@pytest.mark.parametrize(
    "address", ["/nothing/", "/2013/12/10/nothing/", "/page/1/", "/page/02/", "/contact/", "/healthz", "/admin/"]
)
def test_only_pages_at_their_right_address_are_kept(house: House, client: Client, address: str):
    client.get(address)
    assert house.kept() == {}


def test_many_spellings_of_an_address_make_one_file(house: House, client: Client, yesterday):
    for number in range(12):
        make_published(at=yesterday, title=f"Piece {number}")

    statuses = [client.get(address).status_code for address in ("/page/2/", "/page/02/", "/page/002/")]

    assert statuses == [200, 200, 200]
    assert sorted(house.kept()) == ["/page/2/"]


def test_a_page_for_nowhere_is_made_once_and_has_the_words_of_each_address(house: House, client: Client):
    client.get("/planning/applications/")
    first, second = client.get("/planning/<b>data</b>/"), client.get("/waste/")
    assert first.status_code == second.status_code == 404
    assert b"WORDS-OF" not in first.content
    assert b"<b>data" not in first.content
    assert house.kept() == {}
    assert client.get("/nothing-here/").status_code == 404


def test_a_retracted_piece_is_gone_at_once(house: House, client: Client, editor, yesterday):
    post = make_published(at=yesterday, title="Zebra crossings")
    address = post.get_absolute_url()
    client.get(address)

    publishing.retract(post=post, reason="Wrong.", by=editor, at=timezone.now())
    house.look()

    assert [client.get(address).status_code for _ in range(2)] == [410, 410]
    assert house.kept() == {}


def test_nothing_is_kept_while_debugging(settings, house: House, client: Client):
    settings.DEBUG = True
    client.get("/")
    assert house.kept() == {}


def test_what_is_kept_is_the_same_whoever_asked(house: House, as_editor: Client, client: Client, yesterday):
    address = make_published(at=yesterday).get_absolute_url()
    signed_in = as_editor.get(address, headers={"accept-language": "de"})
    with house.nothing_kept():
        stranger = client.get(address)
    assert house.kept()[address] == signed_in.content == stranger.content
    assert not signed_in.cookies


@pytest.mark.parametrize("broken", ["drafts", "pages", "index.sqlite3", "first-second"])
def test_a_folder_that_fails_hinders_no_answer(house: House, client: Client, caplog, broken: str):
    generation = house.at.generation()
    assert generation
    (generation.folder / broken).rename(generation.folder / "away")
    (generation.folder / broken).symlink_to("/dev/null" if broken in {"drafts", "pages"} else "nowhere")

    with caplog.at_level(logging.ERROR):
        answers = [client.get(address).status_code for address in ("/", "/archive/", "/series/")]

    assert answers == [200, 200, 200]
    assert house.kept() == {}


def test_a_full_disk_hinders_no_answer(house: House, client: Client):
    generation = house.at.generation()
    assert generation
    for number in range(64):
        (generation.drafts / f"{number:02}").symlink_to("/dev/full")

    assert [client.get("/").status_code for _ in range(2)] == [200, 200]
    assert house.kept() == {}
