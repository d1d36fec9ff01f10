"""Two texts made from one are brought together: nothing of either is lost, and nobody chooses without need."""

import pytest

from blog.merging import BOTH, MINE, THEIRS, Part, merge, merge_line, settle

A = "<p>We kept a tally beside the kettle.</p>"
B = "<p>Each row had a name against it.</p>"
C = "<p>By May there were none left over.</p>"
A2 = "<p>We kept a tally beside the copier.</p>"
A3 = "<p>We kept a tally beside the window.</p>"
B2 = "<p>Each row had one name against it, and a date.</p>"
NEW = "<h2>What we learnt</h2>"
OTHER = "<ul><li>Ask early.</li></ul>"


def text(parts: list[Part], choice: str = "") -> str:
    return "".join(settle(part, choice, "<p>By hand.</p>") or "" for part in parts)


def open_parts(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.is_open]


@pytest.mark.parametrize(
    ("basis", "theirs", "mine", "together"),
    [
        (A + B + C, A + B + C, A + B + C, A + B + C),
        (A + B + C, A2 + B + C, A + B2 + C, A2 + B2 + C),
        (A + B + C, A + B2 + C, A2 + B + C, A2 + B2 + C),
        (A + B + C, A + C, A2 + B + C, A2 + C),
        (A + B + C, A + B + C, B + C, B + C),
        (A + B + C, NEW + A + B + C, A + B + C + OTHER, NEW + A + B + C + OTHER),
        (A + B, A + NEW + B, A + B2, A + NEW + B2),
        (A + B + C, A2 + B + C, A2 + B + C, A2 + B + C),
        (A + B, A + NEW + B, A + NEW + B, A + NEW + B),
        ("", "", A, A),
        ("", A, "", A),
        (A, "", A, ""),
    ],
)
def test_what_only_one_side_changed_is_taken_by_itself(basis: str, theirs: str, mine: str, together: str):
    parts = merge(basis, theirs, mine)

    assert not open_parts(parts)
    assert text(parts) == together


def test_each_part_says_whose_change_it_is():
    parts = merge(A + B + C, A2 + B + C, A + B2 + C + NEW)

    assert [part.by for part in parts] == [THEIRS, MINE, "", MINE]


def test_a_paragraph_that_both_changed_stands_there_to_choose():
    parts = merge(A + B, A2 + B, A3 + B2)

    (only,) = open_parts(parts)
    assert (only.basis, only.theirs, only.mine) == (A, A2, A3)
    assert text(parts, THEIRS) == A2 + B2
    assert text(parts, MINE) == A3 + B2
    assert text(parts, BOTH) == A2 + A3 + B2
    assert text(parts, "by hand") == "<p>By hand.</p>" + B2
    assert settle(only, "") is None
    assert settle(only, "anything else") is None


def test_a_paragraph_that_one_took_out_and_the_other_changed_is_a_choice():
    (only,) = open_parts(merge(A + B, B, A2 + B))

    assert (only.theirs, only.mine) == ("", A2)


def test_a_paragraph_that_was_written_anew_counts_as_changed_and_not_as_added():
    wholly_new = "<p>Nobody else remembers it like this at all.</p>"

    (only,) = open_parts(merge(A + B + C, A + B2 + C, A + wholly_new + C))

    assert (only.theirs, only.mine) == (B2, wholly_new)


def test_what_both_added_in_the_same_place_is_a_choice():
    (only,) = open_parts(merge(A + B, A + NEW + B, A + OTHER + B))

    assert (only.basis, only.theirs, only.mine) == ("", NEW, OTHER)
    assert text([only], BOTH) == NEW + OTHER


def test_a_paragraph_split_in_two_stays_where_it_was():
    first, second = "<p>We kept a tally.</p>", "<p>It hung beside the kettle, and everybody saw it.</p>"

    parts = merge(A + B, first + second + B, A + B2)

    assert text(parts) == first + second + B2


def test_lines_are_brought_together_alike():
    assert settle(merge_line("Rows", "Rows", "Small rows"), "") == "Small rows"
    assert settle(merge_line("Rows", "All rows", "Rows"), "") == "All rows"
    assert merge_line("Rows", "All rows", "Small rows").is_open


def test_nothing_of_either_side_is_lost_whatever_they_did():
    """Every block of both texts that isn't in the basis is in the outcome, or there to choose."""
    pool = [A, B, C, NEW, OTHER, B2, A2]
    for number in range(200):
        theirs = [block for place, block in enumerate(pool) if number >> place & 1]
        mine = [block for place, block in enumerate(pool) if number * 37 >> place & 1]
        parts = merge(A + B + C, "".join(theirs), "".join(mine))
        there = "".join(part.html + part.theirs + part.mine for part in parts)
        for block in {*theirs, *mine} - {A, B, C}:
            assert block in there, (number, block)
