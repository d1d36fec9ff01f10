"""Texts as WordPress' editor keeps them: whole addresses, and the marks of its blocks around each block."""

import re
from urllib.parse import urljoin

from blog.changes import split_blocks

# As the sanitiser writes a tag: values quoted, and every quote in one escaped
TAG = re.compile(r'<(?:a|img)(?:\s+[a-z]+="[^"]*")*>')
ADDRESS = re.compile(r'(\s(?:src|href)=")(/[^"]*)')
BLOCKS = {
    "<p>": ("<!-- wp:paragraph -->", "<!-- /wp:paragraph -->"),
    "<h2>": ("<!-- wp:heading -->", "<!-- /wp:heading -->"),
    "<h3>": ('<!-- wp:heading {"level":3} -->', "<!-- /wp:heading -->"),
}
OTHER = ("<!-- wp:html -->", "<!-- /wp:html -->")


def with_whole_addresses(prose: str, site: str) -> str:
    """Return clean prose in which links and pictures of ours say where the blog is."""
    return TAG.sub(lambda tag: ADDRESS.sub(lambda found: f"{found[1]}{urljoin(site, found[2])}", tag[0]), prose)


def as_blocks(prose: str, site: str) -> str:
    """Return clean prose with the marks of blocks. What is no paragraph or heading is “Custom HTML”, kept as it is."""
    written = []
    for block in split_blocks(with_whole_addresses(prose, site)):
        begin, end = next((marks for tag, marks in BLOCKS.items() if block.startswith(tag)), OTHER)
        written.append(f"{begin}\n{block}\n{end}")
    return "\n\n".join(written)
