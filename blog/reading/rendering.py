"""Rendering a reader's page. No request comes in here, so nothing personal can get into a page."""

from typing import Any

from django.template.loader import render_to_string

from blog.editorial.letters.writing import absolute
from blog.editorial.upkeep.addresses import TakenDown
from blog.models import Masthead
from blog.reading.lasting import lasting


class MovedError(Exception):
    """The page is at another address."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class RetractedError(Exception):
    """The piece was published once, and the editors have taken it down."""

    def __init__(self, taken_down: TakenDown) -> None:
        super().__init__(taken_down)
        self.taken_down = taken_down


class WithheldError(Exception):
    """Readers could see the text once, and the editors withhold it. The piece is at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def render(template: str, *, path: str = "", **context: Any) -> str:
    """Render a reader's page. `path` is the one address it belongs to, which search engines are told."""
    return render_to_string(
        f"blog/{template}.html",
        {
            "masthead": Masthead.current(),
            "canonical": absolute(path) if path else "",
            "lasting": lasting(),
            **context,
        },
    )
