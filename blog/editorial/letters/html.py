"""The HTML part of a letter, made from its plain text at sending: editors edit the text, and nothing else is stored.

The text is read as people read plain mail. Blocks stand between blank lines; lines that begin with `>` are somebody's
own words (RFC 3676, 4.5); a short line that ends in a colon, with an address of this site alone below it, is the one
next step; a code stands alone on its line. Everything else is a paragraph, in which web addresses are links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string

from blog.prose import ADDRESS

CODE = re.compile(r"(?=.*[A-Z0-9])[A-Z0-9-]{4,12}")
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Run:
    """A part of a line: words, or a web address that becomes a link."""

    text: str
    is_link: bool = False


@dataclass(frozen=True)
class Block:
    """One block of a letter. `kind` is words, quote, step, code or rule."""

    kind: str
    lines: tuple[tuple[Run, ...], ...] = ()
    label: str = ""
    address: str = ""


def html_of(*, subject: str, text: str) -> str:
    """Return a letter's plain text as an HTML document for mail programs: no picture, no script, nothing from afar."""
    return render_to_string("letters/letter.html", {"subject": subject, "blocks": blocks_of(text)})


def blocks_of(text: str) -> list[Block]:
    """Return what a letter's plain text consists of, in order; at most one step, the first."""
    blocks = [block for part in re.split(r"\n[ \t]*\n", text.strip()) for block in _blocks_of_part(part.split("\n"))]
    steps = [block for block in blocks if block.kind == "step"]
    return [_as_words(block) if block in steps[1:] else block for block in blocks]


def _blocks_of_part(lines: list[str]) -> Iterator[Block]:
    for is_quote, group in groupby(lines, key=lambda line: line.startswith(">")):
        if is_quote:
            yield Block("quote", _runs([line[1:].removeprefix(" ") for line in group]))
        else:
            yield from _said_by_the_house(list(group))


def _said_by_the_house(lines: list[str]) -> Iterator[Block]:
    if lines[0].strip() == "--":
        yield Block("rule")
        lines = lines[1:]
    if len(lines) == 1 and CODE.fullmatch(lines[0]):
        yield Block("code", _runs(lines))
        return
    for place in range(1, len(lines)):
        label, address = lines[place - 1], lines[place]
        if label.endswith(":") and len(label) <= LONGEST_LABEL and _is_page_of_ours(address):
            before, after = lines[: place - 1], lines[place + 1 :]
            yield from ([Block("words", _runs(before))] if before else [])
            yield Block("step", label=label.removesuffix(":"), address=address)
            yield from ([Block("words", _runs(after))] if after else [])
            return
    if lines:
        yield Block("words", _runs(lines))


def _is_page_of_ours(line: str) -> bool:
    return line.startswith(f"{settings.SITE_URL}/") and bool(ADDRESS.fullmatch(line))


def _as_words(step: Block) -> Block:
    return Block("words", _runs([f"{step.label}:", step.address]))


def _runs(lines: list[str]) -> tuple[tuple[Run, ...], ...]:
    return tuple(tuple(_runs_of(line)) for line in lines)


def _runs_of(line: str) -> Iterator[Run]:
    end = 0
    for address in ADDRESS.finditer(line):
        if address.start() > end:
            yield Run(line[end : address.start()])
        yield Run(address[0], is_link=True)
        end = address.end()
    if line[end:]:
        yield Run(line[end:])
