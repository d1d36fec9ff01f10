"""Series by the titles of their parts, and introductions by what they say: what is recognised, and what is not."""

import datetime as dt

import pytest

from blog.archive.recognising import introductions, series
from blog.archive.recognising.series import Titled
from blog.editorial.arriving.parting import parted

GUEST = (
    "<p>We have written about libraries before, and were asked whether we had been in one lately.</p>"
    "<p>Petra Quill, Head of Libraries at Wold Council, got in touch with us to say what we had missed, so we asked "
    "her to write a response. We hope you enjoy it:</p>"
)
OTHER = "<p>A library is more than its books, and here is why that is so.</p>" * 12
PIECE = f"<p>Thank you for having me.</p>{OTHER}"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Central – Local 4: The network", ("Central – Local", 4)),
        ("Central - Local 12 – The end", ("Central - Local", 12)),
        ("Bins, part 2: the reckoning", ("Bins", 2)),
        ("Bins (part three)", ("Bins", 3)),
        ("Bins [3 of 5]: now", ("Bins", 3)),
        ("Part 4 of Bins and Kerbs: now", ("Bins and Kerbs", 4)),
        ("Local heroes IV: the clerk", ("Local heroes", 4)),
        ("Bins #7", ("Bins", 7)),
        ("Central – Local: the beginning", None),
        ("Budget 2011: what it means", None),
        ("Top 10: bins", None),
        ("Part 3: the rest", None),
        ("Covid-19: what now", None),
        ("10 things", None),
        ("Windows 10 and us", None),
        ("", None),
        ("4" * 5000, None),
    ],
)
def test_the_part_that_a_title_speaks_of(title: str, part: tuple[str, int] | None):
    assert series.part_in(title) == part


def titled(*titles: str) -> list[Titled]:
    first = dt.datetime(2013, 12, 1, tzinfo=dt.UTC)
    return [Titled(key, title, first + dt.timedelta(days=key)) for key, title in enumerate(titles, 1)]


def test_spelling_makes_no_difference_and_the_first_part_may_have_no_number():
    pieces = titled(
        "Central – Local: who speaks?", "Something else", "Central - Local 2: who listens?",
        "central — local 4: who pays?", "Central – Local 3 – who knows?", "Budget 4: bins", "Budget 40: bins",
        "Central – Local 3: a later one",
    )  # fmt: skip

    [found] = series.find(pieces)

    assert found.title == "Central - Local"
    assert [(number, piece.key) for number, piece in found.parts] == [(1, 1), (2, 3), (3, 5), (4, 4)]


def test_hostile_titles_take_no_time():
    assert series.find(titled("(" * 300, "part " * 60, "a - " * 75 + "1", "x 1 " * 75)) == []


def test_an_introduction_ends_before_the_guests_own_words():
    split = introductions.find(GUEST + PIECE)

    assert split == introductions.Split(2, "Petra Quill", "Head of Libraries at Wold Council")
    assert parted(GUEST + PIECE, 2) == (GUEST, PIECE)


@pytest.mark.parametrize(
    "text",
    [
        "<p><em>Today’s guest post is by Petra Quill.</em></p>" + PIECE,
        "<p>This is a guest post by Petra Quill of Wold.</p><hr>" + PIECE,
        "<blockquote><p>We are delighted to feature a post from Petra Quill.</p></blockquote>" + PIECE,
        "<p>We invited Petra Quill to write about libraries.</p><p>Many thanks to the editors for having me.</p>"
        + PIECE,
    ],
)
def test_other_ways_to_end_an_introduction(text: str):
    split = introductions.find(text)

    assert split
    assert split.blocks == 1
    assert split.name == "Petra Quill"


@pytest.mark.parametrize(
    "text",
    [
        PIECE,
        "<p>We invited everybody to write to us.</p>" + OTHER,  # Nothing says that it ends
        "<p>Here is a list of what I saw:</p>" + OTHER,  # Nothing says that a guest begins
        GUEST,  # Nothing follows
        PIECE + GUEST + PIECE,  # In the middle
        "",
        "<p>" * 2000,
    ],
)
def test_what_is_no_introduction(text: str):
    assert introductions.find(text) is None
