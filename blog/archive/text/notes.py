"""Notes at the end of a text, as Word and old plugins leave them: paragraphs with numbers in front.

The house links notes that are a numbered list (`blog.typesetting.link_notes`), so such paragraphs become one.
"""

import re

from blog.archive.text.writing import Part

MARKER = re.compile(r"<sup>\[?(\d{1,3})\]?</sup>")
NOTE = re.compile(r"(?:<sup>\[?(\d{1,3})\]?</sup>|\[(\d{1,3})\]|(\d{1,3})[.)])[.:)]?\s*(?:&nbsp;)?(\S.*)", re.DOTALL)


def as_list(parts: list[Part]) -> list[Part]:
    """Return a text's parts with the notes at its end as a list.

    Only where they run from one to a number, and exactly these numbers are raised in the text before.
    """
    notes: list[tuple[int, str]] = []
    start = len(parts)
    while start and parts[start - 1].kind != "block" and (found := NOTE.fullmatch(parts[start - 1].html)):
        start -= 1
        notes.append((int(found[1] or found[2] or found[3]), found[4]))
        if notes[-1][0] == 1:
            break
    notes.reverse()
    marked = {int(marker[1]) for part in parts[:start] for marker in MARKER.finditer(part.html)}
    numbers = [number for number, _note in notes]
    if not notes or numbers != list(range(1, len(notes) + 1)) or marked != set(numbers):
        return parts
    items = "".join(f"<li>{note}</li>" for _number, note in notes)
    return [*parts[:start], Part("block", f"<ol>{items}</ol>")]
