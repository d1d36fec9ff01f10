"""Pictures for a text: what is taken in is made anew, what is no picture is refused."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from blog.models import Picture, Post
from blog.prose import clean_prose
from blog.states import State
from tests.factories import make_piece

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n"


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **saving: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0c5a45").save(out, kind, **saving)
    return out.getvalue()


def telling_jpeg() -> bytes:
    """Make a JPEG that tells where it was taken, by whom, and with what; and lies on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "SecretCamera", "Real Name", 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 43.0, 12.0)
    return picture(exif=exif, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretXmp</x:xmpmeta>")


def telling_png() -> bytes:
    words = PngInfo()
    words.add_text("Author", "Real Name")
    words.add_itxt("XML:com.adobe.xmp", "SecretXmp", zip=True)
    return picture("PNG", pnginfo=words)


def bomb() -> bytes:
    """Make a PNG of a few hundred bytes that claims a hundred megapixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def send(client, post: Post, content: bytes, name: str = "wall.jpg", **words: str):
    fields = {"alt": "A whiteboard with paper slips.", "caption": "The first list", "credit": "Priya Raman", **words}
    return client.post(
        f"/desk/{post.pk}/pictures/",
        {"file": SimpleUploadedFile(name, content, "image/jpeg"), **fields},
        headers={"Accept": "application/json"},
    )


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_taken_in_and_described(kind, ending, as_writer, post):
    response = send(as_writer, post, picture(kind), name="../../etc/passwd.exe")

    answer = response.json()
    assert response.status_code == 201
    assert answer | {"src": ""} == {
        "src": "",
        "width": 60,
        "height": 40,
        "alt": "A whiteboard with paper slips.",
        "caption": "The first list",
        "credit": "Priya Raman",
    }
    assert answer["src"].startswith("/media/pictures/")
    assert answer["src"].endswith(f".{ending}")
    assert "passwd" not in answer["src"]
    assert answer["src"] in clean_prose(f'<figure><img src="{answer["src"]}" alt="x"></figure>')


@pytest.mark.parametrize(("content", "size"), [(telling_jpeg(), (40, 60)), (telling_png(), (60, 40))])
def test_nothing_is_left_that_tells_where_or_by_whom(content, size, as_writer, post):
    assert b"Real Name" in content

    answer = send(as_writer, post, content).json()

    kept = Path(Picture.objects.get().file.path).read_bytes()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == size == (answer["width"], answer["height"])
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "Author", "photoshop"} & set(image.info)
    for secret in (b"Secret", b"Real Name", b"Exif", b"xmp"):
        assert secret not in kept


def test_what_hangs_on_behind_a_picture_is_gone(as_writer, post):
    send(as_writer, post, picture() + b"<script>alert(1)</script><?php system('id'); ?>")

    kept = Path(Picture.objects.get().file.path).read_bytes()
    assert b"script" not in kept
    assert b"php" not in kept


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        EPS,
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        b"GIF89a" + picture(),
        b"%PDF-1.4",
        b"",
        picture()[:200],
    ],
    ids=["svg", "eps", "gif", "bmp", "tiff", "gif-and-jpeg", "pdf", "empty", "cut-off"],
)
def test_what_is_no_picture_of_ours_is_refused_whatever_it_is_called(content, as_writer, post):
    response = send(as_writer, post, content)

    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["file"]
    assert not Picture.objects.exists()


def test_a_bomb_is_refused_before_it_opens(as_writer, post):
    response = send(as_writer, post, bomb(), name="small.png")

    assert response.status_code == 422
    assert response.json()["errors"]["file"] == ["The picture has more than 40 megapixels. Save it smaller."]


def test_eleven_megabytes_are_refused(as_writer, post):
    response = send(as_writer, post, picture() + b"\0" * 11 * 1024 * 1024)

    assert response.status_code == 422
    assert response.json()["errors"]["file"] == ["The picture is larger than 10 MB. Save it smaller and try again."]


def test_a_picture_needs_a_description(as_writer, post):
    response = send(as_writer, post, picture(), alt="  ")

    assert response.status_code == 422
    assert response.json() == {"errors": {"alt": ["Describe the picture for people who cannot see it."]}}


def test_a_form_without_a_file_is_told_to_choose_one(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/pictures/", {"alt": "Nothing", "file": "text"})

    assert response.status_code == 422
    assert response.json() == {"errors": {"file": ["Choose a picture."]}}


def test_script_in_the_words_about_a_picture_comes_back_as_text(as_writer, post):
    attack = '"><script>alert(1)</script>'

    answer = send(as_writer, post, picture(), alt=attack, caption=attack).json()

    assert answer["alt"] == attack
    shown = clean_prose(f"<figure><img alt='{attack}' src='{answer['src']}'></figure>")
    assert "<script" not in shown


def test_out_of_turn_no_picture_is_taken(as_writer, writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)

    assert send(as_writer, post, picture()).status_code == 409
    assert not Picture.objects.exists()


def test_signed_out_it_says_so(client, post):
    assert send(client, post, picture()).status_code == 401
