"""README.txt in a zip: what it is and how to read it, for whoever opens it in twenty years. The same every time."""

NAME = "README.txt"
HEAD = """{title}
{address}

This is a whole blog as its readers could see it: pieces, comments, pages, names, pictures and documents. Addresses of
people and who is behind a pen name are not in it.
"""

MARKDOWN = """
Every text is a file in Markdown (https://commonmark.org) that any editor opens. The lines between --- and --- at its
beginning are YAML: title, address, date, authors, comments.

posts/          the pieces, by date. A very long discussion is beside its piece, in a file that ends in .comments.yaml
pages/          pages such as “About”
authors/, categories/, tags/, series/
                what there is to say about each
media/          pictures and documents, under the path that they had on the site
files.yaml      captions, credits and descriptions of these
moved.yaml      old addresses and where they led
site.yaml       title, strapline and address of the blog

Generators such as Hugo, Jekyll and Eleventy read files like these. Times are in UTC. What says nothing is left out.
"""

JSON_LINES = """
blog.jsonl      everything but the files, in UTF-8: each line is one record, a JSON object that says in “record”
                what it is. In this order: archive, site, person, topic, file, piece (with its comments), page, moved,
                end
media/          pictures and documents, under the path that they had on the site

Records name each other by their “key”. Times are ISO 8601; texts are HTML, but comments and captions are plain. A field
that is missing is empty. The last line says how many records of each kind there are: without it the file was cut off.
The format is described by a JSON Schema, urn:wlg:archive:1 (docs/archive.schema.json of the software).
"""


def readme(about: str, *, title: str, address: str) -> str:
    """Return the text for one of the formats above."""
    return HEAD.format(title=title, address=address) + about
