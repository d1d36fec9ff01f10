"""HTML of any source → HTML that the house's own door (`prose.clean_prose`) lets through with every word.

reading (a tree, bounded) → embeds, pictures, links → blocks (paragraphs put right) → writing
"""

from blog.archive.text.plainly import plain
from blog.archive.text.results import FileHere, Settled
from blog.archive.text.settling import settle, wanted_files

__all__ = ["FileHere", "Settled", "plain", "settle", "wanted_files"]
