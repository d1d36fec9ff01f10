"""Pictures in Chromium: nothing moves while they arrive, and none larger than it is shown is fetched."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from blog.editorial import corrections, drafting
from blog.editorial.pictures import take_in
from blog.models import Author, Picture, Post
from tests.factories import LONG_TEXT, NOW, make_editor, make_published
from tests.pictures import as_file, make_renditions, photograph
from tests.reading.surfaces import written_by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = 5
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
WHOLE_WAY = """async () => {
  const blink = () => new Promise((resolve) => setTimeout(resolve, 20));
  for (const img of document.images) {
    img.scrollIntoView({ behavior: "instant", block: "center" });
    for (let tries = 0; tries < 200 && !(img.complete && img.naturalWidth); tries++) await blink();
  }
  await blink();
}"""
SHOWN = """() => [...document.querySelectorAll(".body img")].map((img) => ({
  file: img.currentSrc.split("/").pop(),
  said: img.naturalWidth,
  wide: img.getBoundingClientRect().width,
}))"""


@pytest.fixture
def post(live_server) -> Post:
    """Give a long piece with a lead picture, a portrait and several pictures, prepared by the worker."""
    editor = make_editor()
    soft = photograph((70, 40)).resize((1400, 800))
    wall, face = (
        take_in(file=as_file(image), by=editor, at=NOW, alt="Paper slips.") for image in (soft, soft.resize((300, 300)))
    )
    writer = written_by(name="Robert Pollock")
    Author.objects.filter(pk=writer["author"].pk).update(portrait=face)
    post = make_published(editor=editor, **writer)
    figure = f'<figure><img src="{wall.file.url}" alt="Slips."><figcaption>The first list</figcaption></figure>'
    text = drafting.Text(body=(LONG_TEXT + figure) * NUMBER, lead_picture=wall)
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="Pictures.", by=editor, at=NOW)
    make_renditions()
    assert not Picture.objects.filter(renditions={}).exists()
    return Post.objects.get(pk=post.pk)


@pytest.fixture
def opened(browser: Browser, live_server, settings, post: Post) -> Iterator:
    settings.SITE_URL = live_server.url
    contexts = []

    def slowly(route: Route) -> None:
        time.sleep(0.03)
        route.continue_()

    def open_page(width: int, dots: float = 1, height: int = 844) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=dots)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(SHIFTS)
        page.route("**/media/**", slowly)
        page.goto(live_server.url + post.get_absolute_url())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "height", "dots"), [(390, 844, 3), (1440, 900, 1)])
def test_nothing_moves_while_pictures_arrive(opened, width: int, height: int, dots: int):
    page = opened(width, dots, height)

    page.evaluate(WHOLE_WAY)

    assert page.evaluate("[...document.images].every((img) => img.complete && img.naturalWidth > 0)")
    assert page.evaluate("document.querySelectorAll('.body img').length") == NUMBER + 1
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize(
    ("width", "dots", "ending"),
    [(390, 3, "-1080.avif"), (390, 2, "-800.avif"), (1440, 1, "-640.avif"), (1440, 2, "-1280.avif")],
)
def test_a_screen_fetches_what_fits_it(opened, width: int, dots: int, ending: str):
    page = opened(width, dots)

    page.evaluate(WHOLE_WAY)

    shown = page.evaluate(SHOWN)
    assert len(shown) == NUMBER + 1
    assert all(picture["file"].endswith(ending) for picture in shown), shown
    portrait, side = page.evaluate(
        "(({ currentSrc, width }) => [currentSrc, width])(document.querySelector('.portrait'))"
    )
    assert portrait.endswith(("-104.avif", "-156.avif"))
    assert side == (72 if width == 1440 else 52)


def test_what_is_said_of_a_pictures_width_is_as_wide_as_it_is(opened):
    page = opened(320)

    for width in (320, 390, 600, 700, 820, 960, 1100, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(WHOLE_WAY)
        for picture in page.evaluate(SHOWN):
            assert abs(picture["said"] - picture["wide"]) < 3, (width, picture)


def test_pictures_far_down_are_not_fetched_before_anybody_goes_there(opened):
    page = opened(390)
    page.wait_for_load_state("networkidle")

    assert not page.evaluate("[...document.images].at(-1).complete && [...document.images].at(-1).currentSrc !== ''")
    assert page.evaluate("document.querySelector('.lead img').complete")
