"""What a text refers to outside itself, and what of it could not stay."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from blog.archive.records import Loss, Weight
from blog.archive.text.addresses import DOCUMENTS, PICTURES, ending_of, name_of, path_and_more, unscaled
from blog.archive.text.results import FileHere

# What is only counted: what it is called, the sentence, and how much of it could not be brought
COUNTED = {
    "script": (
        "script",
        ngettext_lazy(
            "%(number)d script, style or tracking picture was left out.",
            "%(number)d scripts, styles or tracking pictures were left out.",
            "number",
        ),
        Weight.NOTED,
    ),
    "struck": (
        "struck words",
        ngettext_lazy(
            "%(number)d passage was struck through. Its words stand unmarked.",
            "%(number)d passages were struck through. Their words stand unmarked.",
            "number",
        ),
        Weight.CHANGED,
    ),
    "explanation": (
        "abbreviation",
        ngettext_lazy(
            "%(number)d explanation of an abbreviation, shown on hovering, was left out.",
            "%(number)d explanations of abbreviations, shown on hovering, were left out.",
            "number",
        ),
        Weight.CHANGED,
    ),
    "place": (
        "link",
        ngettext_lazy(
            "%(number)d link to a place within the text became plain words.",
            "%(number)d links to places within the text became plain words.",
            "number",
        ),
        Weight.CHANGED,
    ),
}


class Findings:
    """Answers for one text what stands at an address, and remembers what was asked for and what was lost."""

    def __init__(
        self,
        *,
        base: str,
        is_ours: Callable[[str], bool],
        file_at: Callable[[str], FileHere | None],
    ) -> None:
        self.base = base
        self.wanted: dict[str, None] = {}
        self._losses: dict[tuple[str, str, Weight], Loss] = {}
        self._is_ours = is_ours
        self._file_at = file_at
        self._counted: Counter[str] = Counter()

    def anew(self) -> "Findings":
        """Return findings of the same text without anything found."""
        return Findings(base=self.base, is_ours=self._is_ours, file_at=self._file_at)

    def is_ours(self, address: str) -> bool:
        """Whether a whole address is one of the old site; without a host it can be nothing else."""
        return address.startswith("/") or self._is_ours(address)

    def file(self, address: str) -> FileHere | None:
        """Return the file of the old site at an address, if it is here; for a picture, also in its full size."""
        here = None
        full = unscaled(address)
        if full != address:
            here = self._file_at(full)
        here = here or self._file_at(address)
        if here is None:
            self.wanted.setdefault(address)
        return here

    def was_at(self, address: str) -> str:
        """Return what a text links to where a file isn't here: its address, or its path where nobody knows the host.

        What has no file's name is linked to as any page of the old site is.
        """
        if self.is_ours(address) and ending_of(address) not in PICTURES | DOCUMENTS:
            return path_and_more(address)
        host = urlsplit(address).hostname or ""
        return path_and_more(address) if host.endswith(".invalid") else address

    def is_this_page(self, address: str) -> bool:
        """Whether an address leads to a place in this very text."""
        bare, sign, _fragment = address.partition("#")
        return bool(sign) and bare == self.base.partition("#")[0]

    def lose(self, what: str, which: str, why: str, weight: Weight = Weight.LOST) -> None:
        """Remember one thing that could not stay: a file once, whether a link or a player wanted it."""
        self._losses.setdefault((which, why, weight), Loss(what, which, why, weight))

    def lose_picture(self, address: str) -> None:
        """Remember a picture that isn't here."""
        if address.startswith("data:"):
            self.lose("picture", "", _("It is written into the text itself, and could not be taken out of it."))
        elif ending_of(address) == "svg":
            self.lose("picture", address, _("It is a drawing in SVG, which can hold programs. The text links to it."))
        else:
            self.lose("picture", address, _("The text links to where it was."))

    def lose_embed(self, address: str) -> None:
        """Remember a player or frame that became a link."""
        host = urlsplit(address).hostname or name_of(address)
        why = _("The blog shows nothing from other sites in its pages. The text links to {host}.").format(host=host)
        self.lose("embed", address, why, Weight.CHANGED)

    def count(self, kind: str) -> None:
        """Count something of which only the number is reported, once for a text."""
        self._counted[kind] += 1

    def summary(self) -> tuple[Loss, ...]:
        """Return the losses, what was only counted at the end."""
        counted = tuple(_counted(kind, number) for kind, number in self._counted.items())
        return (*self._losses.values(), *counted)


def _counted(kind: str, number: int) -> Loss:
    what, why, weight = COUNTED[kind]
    return Loss(what, "", str(why % {"number": number}), weight)
