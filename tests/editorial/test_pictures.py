"""Taking in pictures: their colours stay, whatever way they were written down; what told of them goes."""

import io

import pytest
from PIL import Image

from blog.editorial.names.identity import BylineDetails, Portrait, set_byline
from blog.editorial.pictures import reencode
from blog.models import Picture
from tests.factories import NOW, UserFactory, make_author, make_piece
from tests.pictures import as_file, display_p3, make_renditions, picture_file

SKIN = (200, 100, 50)
IN_SRGB = (216, 93, 24)  # The same colour, as browsers take numbers without a profile


def taken_in(image: Image.Image, kind: str, **saving: object) -> Image.Image:
    (content, _width, _height), _ending = reencode(as_file(image, kind, **saving))
    kept = Image.open(io.BytesIO(content))
    assert "icc_profile" not in kept.info
    return kept


def is_like(found: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= 6 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_of_a_phone_are_written_as_browsers_take_them(kind: str):
    kept = taken_in(Image.new("RGB", (60, 40), SKIN), kind, icc_profile=display_p3())

    assert is_like(kept.convert("RGB").getpixel((30, 20)), IN_SRGB)


def test_what_is_see_through_stays_so_with_its_colours_converted():
    kept = taken_in(Image.new("RGBA", (60, 40), (*SKIN, 90)), "PNG", icc_profile=display_p3())

    assert is_like(kept.getpixel((30, 20)), (*IN_SRGB, 90))


@pytest.mark.parametrize("profile", [b"not a profile", display_p3()[:200], b"\0" * 4000])
def test_a_broken_profile_changes_nothing(profile: bytes):
    kept = taken_in(Image.new("RGB", (60, 40), SKIN), "JPEG", icc_profile=profile)

    assert is_like(kept.getpixel((30, 20)), SKIN)


def test_a_profile_for_other_colours_changes_nothing():
    kept = taken_in(Image.new("CMYK", (60, 40), (0, 0, 0, 0)), "JPEG", icc_profile=display_p3())

    assert kept.mode == "RGB"


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "I;16"])
def test_other_ways_to_write_a_picture_are_understood(mode: str):
    image = Image.new("L", (60, 40), 200).convert(mode) if mode != "I;16" else Image.new(mode, (60, 40), 51_400)

    kept = taken_in(image, "PNG", icc_profile=display_p3())

    assert kept.size == (60, 40)


@pytest.mark.django_db
@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_portrait_that_is_taken_away_is_gone_from_the_server(is_replaced, django_capture_on_commit_callbacks):
    writer = UserFactory()
    author = make_author(writer, name="The Mole", is_pen_name=True)
    post = make_piece(writer=writer, author=author)

    def appear(portrait: Portrait) -> None:
        details = BylineDetails("The Mole", is_pen_name=True)
        with django_capture_on_commit_callbacks(execute=True):
            set_byline(post=post, author=author, details=details, portrait=portrait, by=writer, at=NOW)

    appear(Portrait(picture_file()))
    before = Picture.objects.get()
    make_renditions(before)
    names = [before.file.name, *(before.rendition_name(width, "jpg") for width in before.renditions["jpg"])]
    assert all(map(before.file.storage.exists, names))

    appear(Portrait(picture_file()) if is_replaced else Portrait(is_removed=True))

    assert not any(map(before.file.storage.exists, names))
    assert not Picture.objects.filter(pk=before.pk).exists()
