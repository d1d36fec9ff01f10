"""What a reader's page shows, as short keys.

A change records the keys of what it touched (`editorial.purges`); a page remembers the keys of what it shows
(`reading.shown`); where the two meet, the page is made again.
"""

import datetime as dt

EVERYTHING = "everything"  # Names, footer, accent: what stands on every page
AUTHORS = "list:authors"  # Which public names there are, and in which order
COMMENTS = "comments"  # The newest comments, whatever they are on
ALL = "list:all"  # The list of all pieces: the front page and what counts all
CHANGES = "list:changes"  # What readers are told was changed after publication
WANTED = "wanted"  # What guests are asked to write, and how soon pitches are answered
SERIES = "list:series"  # Which series there are, and how far they have come


def piece(pk: int) -> str:
    """Return the key of a piece: its text, its particulars, and whether readers see it."""
    return f"piece:{pk}"


def around(pk: int) -> str:
    """Return the key of what stands around a piece: those before and after it, replies, and pieces that go with it."""
    return f"around:{pk}"


def discussion(pk: int) -> str:
    """Return the key of the comments under a piece, and so of their number."""
    return f"discussion:{pk}"


def author(pk: int) -> str:
    """Return the key of what the blog says about a public name."""
    return f"author:{pk}"


def topic(kind: str, pk: int) -> str:
    """Return the key of what the blog says about a category, tag or series; `kind` is the model's name."""
    return f"{kind}:{pk}"


def in_category(pk: int) -> str:
    """Return the key of which pieces are in a category."""
    return f"list:category:{pk}"


def with_tag(pk: int) -> str:
    """Return the key of which pieces carry a tag."""
    return f"list:tag:{pk}"


def by_author(pk: int) -> str:
    """Return the key of which pieces a public name is on."""
    return f"list:author:{pk}"


def in_series(pk: int) -> str:
    """Return the key of which pieces are in a series, and as which part."""
    return f"list:series:{pk}"


def in_year(year: int) -> str:
    """Return the key of which pieces appeared in a year."""
    return f"list:{year:04}"


def in_month(day: dt.date) -> str:
    """Return the key of which pieces appeared in the month of that day."""
    return f"list:{day:%Y-%m}"


def picture(pk: int) -> str:
    """Return the key of which renditions there are of a picture in a text."""
    return f"picture:{pk}"


def on_page(pk: int) -> str:
    """Return the key of a plain page."""
    return f"page:{pk}"
