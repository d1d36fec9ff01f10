"""A picture's renditions: kinds, widths, and that nothing but pixels is in them."""

import pytest
from PIL import Image

from blog.models import Author, Picture
from tests.factories import make_author
from tests.pictures import make_picture, make_renditions

pytestmark = pytest.mark.django_db


def opened(picture: Picture, width: int, ending: str) -> Image.Image:
    with picture.file.storage.open(picture.rendition_name(width, ending)) as file:
        image = Image.open(file)
        image.load()
    return image


def test_a_photograph_comes_in_two_kinds_and_never_larger_than_it_is():
    picture = make_picture((1000, 500))

    make_renditions(picture)

    assert picture.renditions == {"avif": [480, 640, 800, 1000], "jpg": [480, 640, 800, 1000]}
    for ending, kind in (("avif", "AVIF"), ("jpg", "JPEG")):
        for width in picture.renditions[ending]:
            image = opened(picture, width, ending)
            assert (image.format, image.size) == (kind, (width, width // 2))


@pytest.mark.parametrize(
    ("size", "widths"), [((300, 9), [300]), ((480, 9), [480]), ((1930, 8), [480, 640, 800, 1080, 1280, 1920])]
)
def test_a_picture_comes_in_the_widths_below_its_own(size, widths):
    picture = make_picture(size)

    make_renditions(picture)

    assert picture.renditions["jpg"] == widths


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_see_through_stays_so_in_every_kind(kind: str):
    picture = make_picture((600, 400), kind=kind, mode="RGBA")

    make_renditions(picture)

    assert picture.renditions == {"avif": [480, 600], "png": [480, 600]}
    for ending in picture.renditions:
        assert opened(picture, 480, ending).convert("RGBA").getchannel("A").getextrema() != (255, 255)


def test_a_png_that_nothing_shines_through_comes_as_jpeg():
    picture = make_picture((500, 300), kind="PNG")

    make_renditions(picture)

    assert set(picture.renditions) == {"avif", "jpg"}


def test_a_drawing_that_png_keeps_in_less_comes_in_no_other_kind():
    picture = make_picture((60, 40), kind="PNG", mode="RGBA")
    flat = Image.new("RGBA", (60, 40), (12, 90, 69, 0))
    with picture.file.storage.open(picture.file.name, "wb") as file:
        flat.save(file, "PNG")

    make_renditions(picture)

    assert list(picture.renditions) == ["png"]


def test_nothing_is_in_them_but_pixels():
    picture = make_picture((500, 300))

    make_renditions(picture)

    for ending, widths in picture.renditions.items():
        for width in widths:
            image = opened(picture, width, ending)
            assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)
            assert not image.getexif()


def test_a_portrait_comes_as_small_squares_of_its_middle():
    picture = make_picture((600, 400), alt="", needs_description=False)
    Author.objects.filter(pk=make_author().pk).update(portrait=picture)

    make_renditions(picture)

    assert picture.renditions == {"avif": [104, 156, 264], "jpg": [104, 156, 264]}
    assert opened(picture, 104, "jpg").size == (104, 104)


def test_the_name_of_a_rendition_is_as_hard_to_guess_as_the_pictures_own():
    picture = make_picture((500, 300))

    stem = (picture.file.name or "").rsplit("/", 1)[1].removesuffix(".jpg")
    assert len(stem) == 32
    assert picture.rendition_name(480, "avif").endswith(f"/{stem}-480.avif")
