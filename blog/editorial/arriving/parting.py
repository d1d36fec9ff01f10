"""Where one text ends and another begins in a piece that holds two: counted in blocks of clean prose."""

import re

A_BLOCK = re.compile(r"<(p|blockquote|h2|h3|ul|ol|figure|table|pre)\b.*?</\1>|<hr>", re.DOTALL)


def blocks_of(prose: str) -> list[str]:
    """Return the blocks of clean prose: paragraphs, headings, lists, rules and so on."""
    return [match[0] for match in A_BLOCK.finditer(prose)]


def parted(prose: str, blocks: int) -> tuple[str, str]:
    """Return the first so many blocks of a text, and the rest; a rule between the two belongs to neither."""
    ends = [match.end() for match in A_BLOCK.finditer(prose)][:blocks]
    end = ends[-1] if ends else 0
    return prose[:end].strip().removesuffix("<hr>").strip(), prose[end:].strip().removeprefix("<hr>").strip()
