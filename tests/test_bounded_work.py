"""What people send in can be large and strange; the work it makes stays small, and their words stay."""

import io
import time
import unicodedata
from collections.abc import Callable

import pytest
from PIL import Image

from blog.changes import compare
from blog.editorial.pictures import reencode
from blog.prose import as_plain, clean_prose, clean_text

SECONDS = 10  # Each of these took minutes, or all memory, before there were limits


def in_time(work: Callable[[], object]) -> object:
    began = time.perf_counter()
    result = work()
    assert time.perf_counter() - began < SECONDS
    return result


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote>" * 200_000 + "Kept.",
        "<ul><li>" * 100_000 + "Kept.",
        "".join(f"<em id={number}><p>x" for number in range(50_000)) + "Kept.",
        "<p>" + "<" * 500_000 + " Kept.",
        "<table>" + "<td>x" * 50_000 + "Kept.",
    ],
)
def test_markup_left_open_costs_no_time_and_no_words(markup: str):
    cleaned = in_time(lambda: clean_prose(markup))
    assert "Kept." in as_plain(cleaned)
    assert len(cleaned) < 20 * len(markup)


def test_a_long_and_well_made_text_keeps_its_markup():
    text = "<blockquote><p>One <em>and</em> two.</p></blockquote><ul><li>Three</li></ul>" * 2_000
    assert clean_prose(text) == text


def test_a_paragraph_need_not_be_closed():
    assert clean_prose("<p>One<p>Two" * 2_000) == "<p>One</p><p>Two</p>" * 2_000


def test_a_long_run_of_accents_is_composed_in_time():
    assert str(in_time(lambda: clean_text("a" + "\u0300\u0327" * 500_000))).startswith("à")


@pytest.mark.parametrize("text", ["e\u0301", "a\u0308\u0323", "\u1100\u1161\u11a8", "o\u0302\u0301 x", "“e\u0301”"])
def test_what_is_typed_in_parts_is_composed(text: str):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>" + "word " * 50_000 + "</p>", "<p>" + "word " * 50_001 + "</p>"),
        ("<hr>" * 20_000, "<hr>" * 20_001),
        (
            "".join(f"<p>{'one two three ' * 9}{n}</p>" for n in range(900)),
            "".join(f"<p>{'four five six ' * 9}{n}</p>" for n in range(900)),
        ),
    ],
)
def test_two_texts_are_compared_in_time(before: str, after: str):
    comparison = in_time(lambda: compare(before, after))
    assert comparison.changes


def test_a_phones_picture_with_a_second_one_inside_is_taken_in_without_it():
    out = io.BytesIO()
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("#0c5a45", "#ffffff"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    out.seek(0)
    (content, width, height), ending = reencode(out)
    assert (width, height, ending) == (60, 40, "jpg")
    assert Image.open(io.BytesIO(content)).format == "JPEG"
