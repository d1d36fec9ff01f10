"""The search can fail: the name is planted once in each kind of surface, and each time it is found."""

import base64
import io
import logging
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from blog.models import Letter, Post
from tests.factories import NOW, make_published
from tests.pen_names.carriers import photograph
from tests.pen_names.crawl import Crawl, letters_to_others, words_of
from tests.pen_names.listening import Listening
from tests.pen_names.needles import ADDRESS, KEY, NAME, telling, telling_bytes, telling_mail
from tests.world import World

pytestmark = pytest.mark.django_db
FEEDS = ["/feed/", "/feed/atom/", "/feed/json/"]


def found_from(*paths: str, role: str = "nobody", client: Client | None = None) -> set[tuple[str, str]]:
    crawl = Crawl(role, client or Client(raise_request_exception=False), most_rows=2, most_of_a_kind=1)
    crawl.go(paths, sends=False)
    return {(find.path, find.surface) for find in crawl.finds}


def test_it_is_found_on_a_page_that_is_only_linked_to():
    post = make_published(title="Bees", body=f"<p>By {NAME}, who keeps bees. {'Standing. ' * 40}</p>")
    assert (post.get_absolute_url(), "page") in found_from("/")


@pytest.mark.parametrize("feed", FEEDS)
def test_it_is_found_in_a_feed(feed: str):
    make_published(title=f"By {NAME}")
    assert (feed, "page") in found_from(feed)


def test_it_is_found_in_a_spreadsheet_and_in_the_desk():
    world = World()
    make_published(title=f"By {NAME}", editor=world.users["editor"])
    found = found_from("/admin/blog/post/", role="editor", client=world.client("editor"))
    assert {("/admin/blog/post/", "page"), ("/admin/blog/post/export/", "page")} <= found


def test_it_is_found_in_a_header():
    crawl, response = Crawl("nobody", Client()), Client().get("/")
    response.headers["X-Written-By"] = quote(NAME)
    crawl._look("GET", "/", response)
    assert [(find.surface, find.told) for find in crawl.finds] == [("headers", ("quill", "xanthippe"))]


def test_it_is_found_where_one_is_led_to_and_in_a_cookie():
    crawl, response = Crawl("nobody", Client()), Client().get("/")
    response.headers["Location"] = f"/user/{KEY}/"
    response.set_cookie("seen", base64.b64encode(NAME.encode()).decode())
    crawl._look("GET", "/", response)
    assert set(crawl.finds[0].told) > {str(KEY)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_is_found_in_a_picture_that_keeps_what_a_camera_wrote(kind: str):
    file = photograph(kind, NAME)
    with_text = file.read()
    assert telling_bytes(with_text[: -len(NAME)]) == ["quill", "xanthippe"]
    name = default_storage.save("pictures/2026/03/hive", ContentFile(with_text))
    crawl = Crawl("nobody", Client())
    crawl.go([f"/media/{name}"])
    assert [(find.surface, find.told) for find in crawl.finds] == [("picture", ("quill", "xanthippe"))]


def test_it_is_found_in_a_pictures_name_and_in_text_that_is_packed():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    assert telling_bytes(out.getvalue()) == []
    name = default_storage.save(f"pictures/{NAME}.png", ContentFile(out.getvalue()))
    crawl = Crawl("nobody", Client())
    crawl.go([f"/media/{quote(name)}"])
    assert crawl.finds


def test_it_is_found_in_a_log_at_any_level():
    ear, log = Listening(), logging.getLogger("wlg.of.this.test")
    log.addHandler(ear)
    log.setLevel(logging.DEBUG)
    log.debug("Saved a text of %s", {"user": KEY})
    log.info("Nothing to see.")
    log.removeHandler(ear)
    assert ear.told == [f"{log.name}: {KEY}"]


def test_it_is_found_in_a_letter_to_somebody_else_and_not_in_one_to_the_person():
    told = {"subject": "A text", "text": f"{NAME} has sent a text.\n", "written_at": NOW, "due_at": NOW}
    to_editor = Letter.objects.create(kind="to_editor/submitted", to_address="tom@blog.example", **told)
    Letter.objects.create(kind="to_writer/proof", to_address=ADDRESS, **told)
    assert list(letters_to_others(Letter.objects.all())) == [to_editor]
    assert telling(words_of(to_editor)) == ["quill", "xanthippe"]


@pytest.mark.parametrize("header", ["To", "Reply-To", "Message-ID"])
def test_it_is_found_in_each_part_of_a_mail(header: str):
    message = EmailMessage()
    message[header] = f"<{ADDRESS}>"
    message.set_content("Hello.")
    assert telling_mail(message.as_bytes()) == ["apis.mellifera"]
    coded = EmailMessage()
    coded.set_content("Hello.")
    coded.add_alternative(f"<p>„{NAME}“</p>", subtype="html", cte="base64")
    assert set(telling_mail(coded.as_bytes())) >= {"quill", "xanthippe"}


@pytest.mark.parametrize(
    "words",
    [
        f"/user/{KEY}/", f'value="{KEY}"', f'{{"by": {KEY}}}', "XANTHIPPE", "Qu&#105;ll", "%58anthippe", ADDRESS,
        "apis.mellifera", quote(ADDRESS), base64.b64encode(f"x{KEY}".encode()).decode(),
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(words: str):
    assert telling(f"before {words} after")


@pytest.mark.parametrize("words", [f"{KEY}0", f"1{KEY}", "A calm hive.", "&#x27;quoted&#x27;", Post.__name__])
def test_nothing_is_found_where_nothing_is(words: str):
    assert telling(words) == []
