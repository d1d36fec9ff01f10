"""Addresses for the headings of a text, so that one can send somebody to a part of it.

Works on prose as a page shows it. The address is made from the words, so it stays while they do.
"""

import re

from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _

HEADING = re.compile(r"<(h[23])>(.*?)</\1>", re.DOTALL)
RAISED = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
LONGEST = 60
# What the page around a text is made of (templates/blog/post.html and what it includes); a test compares
TAKEN = frozenset({"main", "introduction", "corrections", "comments", "your-comment", "series", "obstacle", "related"})
# Comments and notes are numbered, and so are the fields of forms that a script brings into the page
TAKEN_LIKE = re.compile(r"(?:comment|note|reply|id)(?:-.*)?")


def link_headings(prose: str) -> str:
    """Give each heading an address, and beside it a link to that address, named for whoever hears it.

    Two headings of the same words are numbered in their order. None takes an address of the page around the text. A
    subheading above which there is no heading becomes one: the title of the page is its h1, and no level is left out
    (https://www.w3.org/WAI/tutorials/page-structure/headings/).
    """
    used = set(TAKEN)
    first = prose.find("<h2>")

    def link(heading: re.Match[str]) -> str:
        tag, words = heading[1], heading[2]
        if not 0 <= first < heading.start():
            tag = "h2"
        text = " ".join(strip_tags(RAISED.sub("", words)).split())
        name = _free(text, used)
        # It is text already escaped; a quotation mark is all that could end the attribute
        label = _("Link to “{heading}”").format(heading=text).replace('"', "&quot;")
        anchor = f'<a class="here" href="#{name}" aria-label="{label}">#</a>'
        return f'<div class="headed {tag}"><{tag} id="{name}">{words}</{tag}>{anchor}</div>'

    return HEADING.sub(link, prose)


def _free(text: str, used: set[str]) -> str:
    base = slugify(text.replace("&nbsp;", " ").replace("&amp;", " "))[:LONGEST].strip("-") or "part"
    if TAKEN_LIKE.fullmatch(base):
        base = f"about-{base}"
    name, number = base, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    used.add(name)
    return name
