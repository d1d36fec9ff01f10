"""What settling a text gives, and what it asks of whoever brings the text in."""

from dataclasses import dataclass
from typing import Literal

from blog.archive.records import Loss


@dataclass(frozen=True)
class FileHere:
    """A picture or a document of the old site that is here already. `url` begins with a slash (`/media/…`)."""

    url: str
    kind: Literal["picture", "document"]
    width: int | None = None  # Pixels
    height: int | None = None
    alt: str = ""  # Said of it in the archive's list of files; what a text says of it goes before
    caption: str = ""


@dataclass(frozen=True)
class Settled:
    """A text in the house's vocabulary: `prose.clean_prose` takes nothing from it but white space.

    `losses` have an empty `which` where the text itself is meant: whoever knows its title puts it in. `wanted` are the
    addresses of files that `file_at` was asked for and did not have, each once, in their order.
    """

    html: str
    losses: tuple[Loss, ...] = ()
    wanted: tuple[str, ...] = ()
