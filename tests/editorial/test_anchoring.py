"""A note finds its paragraph again: moved, reworded, cut in two, joined, made a list, pasted around, taken out."""

import pytest

from blog.editorial.noting.anchoring import Alignment

BOOK = "Margaret kept the book for nineteen years, with a cross in the margin for the ones she expected back."
PAGES = "We photographed every page. It took two lunch breaks and a step ladder."
ASKED = "Nobody had ever asked her what the crosses meant, so nobody knew."
HALVES = ("Margaret kept the book for nineteen years,", "with a cross in the margin for the ones she expected back.")


def prose(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def find(old: str, new: str, block: int, quote: str = "") -> int | None:
    return Alignment(old, new).find(block, quote=quote)


WHOLE = prose(BOOK, PAGES, ASKED)
EDITS = {
    "nothing": (WHOLE, 1, "", 1),
    "moved": (prose(PAGES, ASKED, BOOK), 0, "", 2),
    "all turned round": (prose(ASKED, PAGES, BOOK), 2, "", 0),
    "reworded": (
        prose(BOOK, "We took a picture of every page. It took two lunch breaks and a ladder.", ASKED),
        1,
        "",
        1,
    ),
    "reworded and moved": (prose("We had photographed every page; it took two lunch breaks.", BOOK, ASKED), 1, "", 0),
    "made bold": (prose(BOOK, f"<strong>{PAGES}</strong>", ASKED), 1, "", 1),
    "made a heading": (f"<h2>{BOOK}</h2>" + prose(PAGES, ASKED), 0, "", 0),
    "cut in two": (prose(*HALVES, PAGES, ASKED), 0, "", 1),
    "cut in two, by its words": (prose(*HALVES, PAGES, ASKED), 0, "kept the book", 0),
    "joined with the one before": (prose(f"{BOOK} {PAGES}", ASKED), 1, "", 0),
    "joined, and one below": (prose(f"{BOOK} {PAGES}", ASKED), 2, "", 1),
    "made a list": (f"<ul><li><p>{BOOK}</p></li><li><p>{PAGES}</p></li></ul>" + prose(ASKED), 1, "", 0),
    "a list pasted above": ("<ul><li>one</li><li>two of them</li></ul>" + WHOLE, 2, "", 3),
    "a paragraph put in": (prose(BOOK, "It had a line for each enquiry.", PAGES, ASKED), 1, "", 2),
    "taken out": (prose(BOOK, ASKED), 1, "", None),
    "everything taken out": ("", 1, "", None),
    "something else in its place": (prose(BOOK, "The contact centre had a list of its own.", ASKED), 1, "", None),
    "no such paragraph": (WHOLE, 9, "", None),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_paragraph_is_found_again(edit):
    new, block, quote, expected = EDITS[edit]
    assert find(WHOLE, new, block, quote) == expected


def test_of_paragraphs_with_the_same_words_each_keeps_its_own_place():
    old = prose(PAGES, BOOK, PAGES)
    assert [find(old, old, block) for block in range(3)] == [0, 1, 2]
    assert find(old, prose(BOOK, PAGES), 2) == 1
    assert find(old, prose(BOOK, PAGES), 0) is None
    assert find(old, prose(PAGES, "New.", BOOK, PAGES), 2) == 3


def test_one_that_was_taken_out_is_not_taken_for_another_like_it_that_stayed():
    seven, nine = "She was right about seven times in ten.", "She was right about nine times in ten."
    assert find(prose(seven, nine), prose(nine), 0) is None


def test_short_paragraphs_are_not_found_in_others_that_share_a_word():
    assert find(prose("Yes."), prose("Yes, said the warden, and shut the gate behind the dog."), 0) is None
    assert find(prose("Yes."), prose("So.", "Yes."), 0) == 1


def test_a_picture_is_known_by_its_file():
    one, two = '<figure><img src="/media/a.png" alt=""></figure>', '<figure><img src="/media/b.png" alt=""></figure>'
    assert find(one + two, two + one, 1) == 0
    assert find(one, two, 0) is None


def test_a_long_text_full_of_the_same_word_is_no_trouble():
    old, new = prose("a " * 5000, BOOK), prose("a " * 4999, BOOK)
    assert find(old, new, 1) == 1
    assert find(old, new, 0) is None
