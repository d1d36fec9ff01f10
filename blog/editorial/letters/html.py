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
    """One block of a letter. `kind` is words, quote, step, code, rule or piece."""

    kind: str
    lines: tuple[tuple[Run, ...], ...] = ()
    label: str = ""
    address: str = ""


def html_of(*, subject: str, text: str, has_pieces: bool = False) -> str:
    """Return a letter's plain text as an HTML document for mail programs: no picture, no script, nothing from afar."""
    blocks = blocks_of(text, has_pieces=has_pieces)
    return render_to_string("letters/letter.html", {"subject": subject, "blocks": blocks})


def blocks_of(text: str, *, has_pieces: bool = False) -> list[Block]:
    """Return what a letter's plain text consists of, in order; at most one step, the first.

    Where it `has_pieces`, a block that ends in a line with an address of this site is one of them, and its first line
    the title.
    """
    blocks = [block for part in re.split(r"\n[ \t]*\n", text.strip()) for block in _blocks_of_part(part.split("\n"))]
    steps = [block for block in blocks if block.kind == "step"]
    blocks = [_as_words(block) if block in steps[1:] else block for block in blocks]
    return [_as_piece(block) for block in blocks] if has_pieces else blocks


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


def _as_piece(block: Block) -> Block:
    if block.kind != "words" or len(block.lines) < 2:
        return block
    title, *about, last = block.lines
    if len(last) != 1 or not _is_page_of_ours(last[0].text):
        return block
    return Block("piece", tuple(about), label="".join(run.text for run in title), address=last[0].text)


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
