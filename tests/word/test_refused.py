"""Files that can't be taken in are refused within ten seconds, each with one sentence."""

import time

import pytest

from blog.editorial.word_report import why_refused
from blog.word.reading import SECONDS, read_word_file
from blog.word.refusing import KINDS, WordFileRefusedError
from tests.word.making import FORM, NAMED, item, note_mark, paragraph, run, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + f"]><w:document {NAMED}><w:body>{paragraph('x')}<w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {NAMED}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
CELL = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc/></w:tr></w:tbl>"


def nested(times: int) -> str:
    return CELL.split("{}", maxsplit=1)[0] * times + "<w:p/>" + CELL.split("{}")[1] * times


def refused(content: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(WordFileRefusedError) as raised:
        read_word_file(content)
    assert time.monotonic() - began < SECONDS + 1
    return raised.value.kind


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("old_word", OLE),
        ("protected", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("pdf", b"%PDF-1.7 ..."),
        ("rich_text", b"{\\rtf1 ..."),
        ("not_word", b""),
        ("not_word", b"GIF89a"),
        ("damaged", b"PK\x03\x04 and no more"),
        ("not_word", zipped({"a.txt": "x"})),
        ("open_document", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})),
        ("macros", word_file(paragraph("x"), main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("other_office", word_file(paragraph("x"), main=FORM.replace("wordprocessingml", "spreadsheetml") + ".sheet.main+xml")),
        ("not_word", word_file(paragraph("x"), main="text/plain")),
        ("damaged", word_file(document="<w:document>")),
        ("damaged", word_file(document=f"<w:document {NAMED}/>")),
        ("damaged", word_file(paragraph("x"), parts={"../../etc/passwd": "x"})),
        ("damaged", word_file(document=LAUGHS)),
        ("damaged", word_file(document=OUTSIDE)),
        ("too_large", b"PK\x03\x04" + b"x" * (10 * 1024 * 1024)),
        ("too_large", word_file(paragraph("x"), parts={"word/media/a.bin": b"\0" * 50_000_000})),
        ("too_large", word_file(paragraph("x"), parts={f"a{n}": "x" for n in range(1001)})),
        ("too_large", word_file(paragraph("a" * 10_000_000))),
        ("too_complicated", word_file(nested(3_000))),
        ("too_complicated", word_file(*["<w:p/>"] * 320_000)),
        ("too_complicated", word_file(*[item("x", n % 9) for n in range(20_000)])),
        ("too_complicated", word_file(paragraph("".join(run("x", "<w:b/>" if n % 2 else "") for n in range(40_000))))),
    ],
)  # fmt: skip
def test_it_is_refused_for_what_it_is(kind: str, content: bytes):
    assert refused(content) == kind


def test_a_zip_that_lies_about_its_sizes_is_not_unpacked_further():
    content = bytearray(word_file(paragraph("x"), parts={"word/styles.xml": b" " * 30_000_000}))
    real = (30_000_000).to_bytes(4, "little")
    while real in content:
        content[content.index(real) : content.index(real) + 4] = (100).to_bytes(4, "little")

    assert refused(bytes(content)) in {"damaged", "too_large"}


def test_a_password_on_a_part_is_named():
    content = bytearray(word_file(paragraph("x")))
    start = content.rindex(b"PK\x01\x02")
    content[start + 8] |= 1

    assert refused(bytes(content)) == "protected"


def test_a_note_that_is_pointed_at_a_thousand_times_is_made_once():
    text = read_word_file(word_file(*[paragraph(note_mark(1))] * 1_000, notes={1: "a" * 10_000}))

    assert text.html.count("<li>") == 1


def test_a_span_of_a_billion_columns_is_none():
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p/></w:tc>'

    text = read_word_file(word_file(f"<w:tbl><w:tr>{cell.format(999999999)}{cell.format('x')}</w:tr></w:tbl>"))

    assert "colspan" not in text.html


def test_every_kind_has_a_sentence_of_its_own():
    sentences = [why_refused(kind) for kind in sorted(KINDS)]

    assert len(set(sentences)) == len(KINDS)
    assert all(sentence.endswith(".") for sentence in sentences)
