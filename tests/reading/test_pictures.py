"""Pictures on readers' pages: kinds and widths to choose from, dimensions always, fetched when needed."""

import pytest
from django.test import Client
from lxml import html

from blog import keys
from blog.editorial import corrections, drafting
from blog.models import Author, Picture, Post
from blog.reading import articles, pictures
from blog.reading.shown import collected
from tests.factories import LONG_TEXT, NOW, make_published
from tests.pictures import make_picture, make_renditions
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
HOSTILE = '"><img src=x onerror=alert(1)>'


def figure(picture: Picture, alt: str = "Paper slips.") -> str:
    return f'<figure><img src="{picture.file.url}" alt="{alt}"><figcaption>The first list</figcaption></figure>'


def prepared(number: int = 1) -> list[Picture]:
    """Make pictures as they are once the worker has been there, without its work."""
    found = [make_picture() for _ in range(number)]
    for picture in found:
        picture.renditions = {"avif": [480, 640], "jpg": [480, 640]}
        picture.width, picture.height = 640, 480
        picture.save()
    return found


def text_of(post: Post, client: Client) -> html.HtmlElement:
    return html.fromstring(client.get(post.get_absolute_url()).text)


def shown(post: Post, client: Client) -> list[html.HtmlElement]:
    return text_of(post, client).xpath('//div[@class="body"]//img')


def with_lead(post: Post, editor, picture: Picture, body: str = LONG_TEXT) -> Post:
    text = drafting.Text(body=body, lead_picture=picture)
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="A picture.", by=editor, at=NOW)
    return Post.objects.get(pk=post.pk)


def test_a_picture_comes_in_kinds_and_widths_with_its_size_and_when_it_is_needed(client: Client):
    (picture,) = prepared()
    [img] = shown(make_published(body=LONG_TEXT * 3 + figure(picture)), client)

    stem = picture.file.url.removesuffix(".jpg")
    [source] = img.xpath("ancestor::picture//source")
    assert source.get("type") == "image/avif"
    assert source.get("srcset") == f"{stem}-480.avif 480w, {stem}-640.avif 640w"
    assert source.get("sizes") == img.get("sizes") != ""
    assert dict(img.attrib) == {
        "src": picture.file.url,
        "srcset": f"{stem}-480.jpg 480w, {stem}-640.jpg 640w",
        "sizes": img.get("sizes"),
        "alt": "Paper slips.",
        "width": "640",
        "height": "480",
        "loading": "lazy",
        "decoding": "async",
    }


def test_until_its_renditions_are_made_a_picture_stands_as_it_was_taken_in(client: Client):
    picture = make_picture((500, 300))
    post = make_published(body=LONG_TEXT * 3 + figure(picture))
    [before] = shown(post, client)

    make_renditions()
    [after] = shown(post, client)

    assert (before.get("src"), before.get("width"), before.get("height")) == (picture.file.url, "500", "300")
    assert not before.xpath("ancestor::picture")
    assert "-480.jpg 480w" in after.get("srcset")


def test_what_readers_see_first_is_fetched_at_once_and_nothing_else(client: Client, editor):
    lead, first, second = prepared(3)
    post = with_lead(make_published(), editor, lead, body=figure(first) + figure(second))

    found = [(img.get("loading"), img.get("fetchpriority")) for img in shown(post, client)]

    assert found == [("eager", "high"), ("lazy", None), ("lazy", None)]


def test_without_a_lead_picture_one_at_the_top_of_the_text_is_first(client: Client):
    first, second = prepared(2)
    found = shown(make_published(body=figure(first) + figure(second)), client)
    assert [img.get("loading") for img in found] == ["eager", "lazy"]

    found = shown(make_published(body=LONG_TEXT * 3 + figure(first)), client)
    assert [img.get("loading") for img in found] == ["lazy"]


def test_pictures_cost_one_query_whatever_their_number(django_assert_num_queries):
    one, twenty = (
        make_published(body="".join(map(figure, prepared(number))), title=f"With {number}") for number in (1, 20)
    )

    for post, number in ((one, 1), (twenty, 20)):
        assert post.live
        with django_assert_num_queries(1):
            assert len(pictures.in_text(post.live).by_address) == number


def test_a_text_without_pictures_costs_none(django_assert_num_queries):
    post = make_published()

    assert post.live
    with django_assert_num_queries(0):
        pictures.in_text(post.live)


def test_a_page_is_out_of_date_when_one_of_its_pictures_is_prepared(editor):
    lead, body = make_picture(), make_picture()
    post = with_lead(make_published(), editor, lead, body=figure(body))
    on = post.published_at
    assert on

    with collected() as found:
        articles.post(year=on.year, month=on.month, day=on.day, slug=post.slug, moment=NOW)

    assert {keys.picture(lead.pk), keys.picture(body.pk)} <= found


@pytest.mark.parametrize("is_prepared", [True, False])
def test_script_in_a_description_is_shown_as_text(client: Client, editor, is_prepared: bool):
    first, lead = prepared(2)
    Picture.objects.filter(pk=lead.pk).update(alt=HOSTILE)
    if not is_prepared:
        Picture.objects.update(renditions={})
    hostile = f"{LONG_TEXT}<figure><img alt='{HOSTILE}' src='{first.file.url}'></figure>"
    post = with_lead(make_published(), editor, Picture.objects.get(pk=lead.pk), body=hostile)

    found = shown(post, client)

    assert [img.get("alt") for img in found] == [HOSTILE, HOSTILE]
    assert not any(img.get("onerror") for img in found)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://evil.example/pixel.gif", None),
        ("//evil.example/pixel.gif", None),
        ("/media/pictures/2026/03/unknown.jpg", "/media/pictures/2026/03/unknown.jpg"),
    ],
)
def test_a_picture_that_is_none_of_ours_is_not_made_one(client: Client, address: str, kept: str | None):
    [img] = shown(make_published(body=f'<p>x</p><figure><img src="{address}" alt="x"></figure>'), client)

    assert img.get("src") == kept
    assert img.get("srcset") is None
    assert not img.xpath("ancestor::picture")


def test_the_text_itself_stays_as_it_was_signed_off(client: Client):
    post = make_published(body=figure(*prepared()))
    live = post.live
    assert live
    shown(post, client)

    assert "srcset" not in live.body
    assert live.content_hash == live.hash_of_content()


def test_feeds_keep_plain_pictures_with_full_addresses(client: Client, editor, settings):
    settings.SITE_URL = "https://aob.example"
    lead, body = prepared(2)
    with_lead(make_published(), editor, lead, body=figure(body))

    text = client.get("/feed/").text

    assert f"https://aob.example{lead.file.url}" in text
    assert f"https://aob.example{body.file.url}" in text
    assert "srcset" not in text
    assert "&lt;picture" not in text


def test_a_portrait_is_fetched_as_small_as_it_is_shown(client: Client):
    (portrait,) = prepared()
    Picture.objects.update(renditions={"avif": [104, 156], "jpg": [104, 156]})
    writer = written_by(name="Robert Pollock")
    Author.objects.filter(pk=writer["author"].pk).update(portrait=portrait)
    post = make_published(**writer)

    for path, side in ((post.get_absolute_url(), "52"), (writer["author"].get_absolute_url(), "88")):
        [img] = html.fromstring(client.get(path).text).xpath('//img[@class="portrait"]')
        assert (img.get("width"), img.get("height"), img.get("alt")) == (side, side, "")
        assert "-104.jpg 104w, " in img.get("srcset")
