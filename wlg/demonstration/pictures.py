"""Which picture is whose: what it shows, for those who cannot see it, and what stands below it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import escape

from accounts.models import User
from blog.editorial import drafting
from blog.models import Picture, Post
from wlg.demonstration import outdoors, portraits, rooms
from wlg.demonstration.drawing import Sheet

CREDIT = "drawn by this program, for the demonstration"


@dataclass(frozen=True)
class Drawn:
    """A picture to be drawn, with the words that belong to it."""

    draw: Callable[[], Sheet]
    alt: str
    caption: str
    credit: str = CREDIT


SCENES = {
    "salt": Drawn(
        outdoors.salt,
        "Drawing of dark hills under a full moon. A lorry with a red hopper throws salt behind it on a road; one "
        "window of a house on the hill is lit.",
        "Four in the morning. The lit window is the inspector’s.",
    ),
    "notes": Drawn(
        rooms.notes,
        "Drawing of a wall with three columns of coloured notes, fewer in each column to the right. Beside it a window "
        "is open, and notes fly from the wall to the floor below the radiator.",
        "The wall in September, shortly after somebody opened a window.",
    ),
    "clock": Drawn(
        outdoors.clock,
        "Drawing of a brick town hall with two rows of windows, a green door and a clock tower. The clock shows ten "
        "past four.",
        "Ten past four, from March until somebody read email 41.",
    ),
    "chairs": Drawn(
        rooms.chairs,
        "Drawing of a waiting room: nine chairs in a row, bolted to one beam, the fourth one yellow and the others "
        "green. A red bag and a ball lie in front of it. Above, two pinned letters, with an arrow from each to the "
        "other.",
        "Nine chairs, and the two replies. Bethan’s is the fourth.",
    ),
    "badges": Drawn(
        outdoors.badges,
        "Drawing of a map in squares, shaded by how many badges are in each. Most are pale; one square in the upper "
        "right, framed in red, is almost black. A river and four roads cross it, with six markers.",
        "The map as it was printed at A1. The dark square is the nursing home; the red markers came later.",
    ),
    "tally": Drawn(
        rooms.tally,
        "Drawing of a sheet of paper taped to a kitchen cupboard, with five columns of strokes in bundles of five. A "
        "pencil hangs on a string from the cupboard’s handle; below stand two mugs and a kettle that is boiling.",
        "The sheet in its second week. The first column is the longest, and the fifth is the joke.",
    ),
}
PORTRAITS = {"priya-raman": portraits.priya, "tom-ashby": portraits.tom}


def add_drawn(name: str, post: Post, by: User, at: dt.datetime) -> Picture:
    """Draw a picture and add it to a piece, as its writer would."""
    scene = SCENES[name]
    return drafting.add_picture(
        post=post, file=scene.draw().png(), by=by, at=at, alt=scene.alt, caption=scene.caption, credit=scene.credit
    )


def figure(picture: Picture) -> str:
    """Return a picture as it stands in a text."""
    return (
        f'<figure><img src="{picture.file.url}" alt="{escape(picture.alt)}" width="{picture.width}" '
        f'height="{picture.height}"><figcaption>{escape(picture.caption)} '
        f"<cite>Picture: {escape(picture.credit)}</cite></figcaption></figure>"
    )
