"""Links to a place within the same text: the house gives headings their addresses, and nothing else has any."""

import re
from html import unescape

from blog.archive.text.findings import Findings
from blog.headings import link_headings

PLACE = "#\x00"  # In what is being written; no text has this sign
LINKED = re.compile(r'<a href="#\x00([^"]*)">(.*?)</a>', re.DOTALL)
HEADED = re.compile(r'<h[23] id="([^"]+)"')


def link_places(html: str, places: dict[str, int], findings: Findings) -> tuple[str, bool]:
    """Return a text in which links to its own headings lead there, and whether all did; the others are plain words.

    `places` says before or in which heading, counted from 0, something stood that had that id.
    """
    if PLACE not in html:
        return html, True
    lost: list[str] = []
    headed = HEADED.findall(link_headings(html))

    def link(found: "re.Match[str]") -> str:
        name, words = unescape(found[1]), found[2]
        number = places.get(name)
        if number is not None and number < len(headed):
            return f'<a href="#{headed[number]}">{words}</a>'
        if name in headed:
            return f'<a href="#{name}">{words}</a>'
        findings.count("place")
        lost.append(name)
        return words

    made = LINKED.sub(link, html)
    return made, not lost
