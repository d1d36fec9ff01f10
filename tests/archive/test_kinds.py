"""What a file is says its content; pictures are made anew, and what could be a program is refused."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import RequestFactory
from PIL import Image

from blog.archive.media.kinds import KindError, as_picture, kind_of
from wlg import uploads

GREEN = Image.new("RGB", (60, 40), "#0c5a45")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.{}'/></Types>"
WORD = TYPES.format("wordprocessingml.document.main+xml")


def drawn(kind: str, image: Image.Image = GREEN, **how: object) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def office(types: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            package.writestr(name.replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("JPEG", "jpg"),
        ("PNG", "png"),
        ("WEBP", "webp"),
        ("GIF", "png"),
        ("BMP", "png"),
        ("TIFF", "jpg"),
        ("AVIF", "jpg"),
    ],
)
def test_pictures_of_every_kind_are_made_anew(kind: str, ending: str):
    file = drawn(kind)
    assert (kind_of(file).what, kind_of(file).name) == ("picture", kind)
    taken = as_picture(file)
    (content, width, height), made = taken.made
    assert (width, height, made, taken.changed) == (60, 40, ending, "")
    assert Image.open(io.BytesIO(content)).size == (60, 40)


@pytest.mark.parametrize(("kind", "said"), [("GIF", "moves"), ("PNG", "moves"), ("WEBP", "moves"), ("TIFF", "pages")])
def test_of_several_frames_or_pages_the_first_is_kept_and_that_is_said(kind: str, said: str):
    taken = as_picture(drawn(kind, save_all=True, append_images=[Image.new("RGB", (60, 40), "white")]))
    assert said in taken.changed
    red, green, _blue = Image.open(io.BytesIO(taken.made[0][0])).convert("RGB").getpixel((5, 5))
    assert (abs(red - 0x0C), abs(green - 0x5A)) < (6, 6)


def test_what_is_clear_stays_clear_and_what_stands_on_its_side_is_turned():
    clear = drawn("GIF", Image.new("P", (4, 4), 0), transparency=0)
    assert Image.open(io.BytesIO(as_picture(clear).made[0][0])).convert("RGBA").getpixel((0, 0))[3] == 0
    exif = Image.Exif()
    exif[0x0112] = 6
    assert as_picture(drawn("TIFF", exif=exif)).made[0][1:] == (40, 60)


def test_nothing_of_a_picture_is_kept_but_its_pixels():
    exif = Image.Exif()
    exif[0x010E] = "secret"
    file = io.BytesIO(drawn("TIFF", exif=exif).getvalue() + b"<?php secret ?>")
    assert b"secret" not in as_picture(file).made[0][0]


@pytest.mark.parametrize(
    "content", [b"GIF89a<script>", b"\xff\xd8\xff<html>", b"RIFF\0\0\0\0WEBP", drawn("AVIF").getvalue()[:80]]
)
def test_a_picture_that_is_none_is_refused_in_a_sentence(content: bytes):
    with pytest.raises(KindError, match=r"\.$"):
        as_picture(io.BytesIO(content))


def test_a_picture_of_too_many_pixels_is_never_unpacked():
    with pytest.raises(KindError, match="megapixels"):
        as_picture(drawn("GIF", Image.new("1", (9000, 6000))))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"{\\rtf1 x}", "rtf"),
        (b"ID3\x04\0\0", "mp3"),
        (b"\xff\xfb\x90\0", "mp3"),
        (b"OggS\0", "ogg"),
        (b"\0\0\0\x20ftypM4A \0", "m4a"),
        (b"\0\0\0\x20ftypisom\0", "mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "webm"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "doc"),
        (OLE + "Workbook".encode("utf-16-le") + b"\0\0", "xls"),
        (OLE + "PowerPoint Document".encode("utf-16-le") + b"\0\0", "ppt"),
        (office(WORD), "docx"),
        (office(TYPES.format("spreadsheetml.sheet.main+xml")), "xlsx"),
        (office(TYPES.format("presentationml.presentation.main+xml")), "pptx"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (packed(mimetype="application/vnd.oasis.opendocument.presentation"), "odp"),
        (b"Jahr;Zahl\n2013;4\n", "csv"),
        ("BMW, die Männer\nund < mehr".encode("latin-1"), "txt"),
    ],
)
def test_documents_are_known_by_their_content(content: bytes, ending: str):
    file = io.BytesIO(content)
    kind = kind_of(file)
    assert (kind.what, kind.ending, file.tell()) == ("document", ending, 0)
    with pytest.raises(KindError, match="no picture"):
        as_picture(file)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?><!-- x --><svg/>", "SVG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
        (b" <!DOCTYPE html><p>Not found", "web page"),
        (b"<?php echo 1;", "web page"),
        (b"\0\0\0\x18ftypheic\0", "HEIC"),
        (b"MZ\x90\0\x03", "kind"),
        (b"text first\n%PDF-1.4", "goes on as a PDF"),
        (packed(a_txt="x"), "zip"),
        (packed(mimetype="application/epub+zip"), "zip"),
        (b"PK\x03\x04 broken", "damaged"),
        (office(WORD.replace("document.main", "document.macroEnabled.main")), "macros"),
        (office(WORD, vbaProject_bin="x"), "macros"),
        (packed(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic/script-lc.xml": "x"}), "macros"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0\0" + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        (OLE + b"something else", "no document"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_reason(content: bytes, reason: str):
    with pytest.raises(KindError, match=reason):
        kind_of(io.BytesIO(content))


@pytest.mark.parametrize(("name", "said"), [("documents/a.pdf", "attachment"), ("pictures/a.jpg", "inline")])
def test_documents_are_for_saving_in_development_too(tmp_path: Path, rf: RequestFactory, name: str, said: str):
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_bytes(b"x")
    answer = uploads.show(rf.get("/"), name, str(tmp_path))
    assert answer.get("Content-Disposition", "inline").partition(";")[0] == said
    answer.file_to_stream.close()
