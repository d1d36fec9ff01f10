"""One file → what it says of itself, and its text as it stands there."""

from dataclasses import dataclass
from typing import Any

from blog.archive.packed import Packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder import front_matter
from blog.archive.sources.folder.fields import Found, first, words
from blog.archive.sources.folder.html_page import is_whole_page, read_page
from blog.archive.sources.folder.places import KEPT_IN, date_in
from blog.archive.sources.folder.site import Folder

MOST_HTML = 32 * 1024 * 1024  # Bytes of one file
MOST_MARKDOWN = 4 * 1024 * 1024  # What is made to hurt takes a minute for each megabyte
MARKUP = (".html", ".htm", ".xhtml")
ABOUT = {"author", "category", "tag", "series", "site"}
PIECES = {"piece", "post", "posts", "article", "articles", "blog", "entry"}
PAGES = {"page", "pages"}
PLACES_OF_PIECES = ("_posts/", "_drafts/", "posts/", "post/", "blog/", "articles/", "news/", "entries/")
NOT_OF_THE_SITE = {"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "404"}


@dataclass(frozen=True)
class Text:
    """A file that was read. `body` is Markdown, or HTML where `is_html`."""

    name: str
    found: Found
    body: str
    is_html: bool

    @property
    def kind(self) -> str:
        """Return what the file itself says that it is: one of `ABOUT`, “piece”, “page”, or nothing."""
        said = words(self.found, "kind", "type", "layout").lower()
        if said in ABOUT and "kind" in self.found:
            return said
        return "piece" if said in PIECES else "page" if said in PAGES else ""

    @property
    def date(self) -> Any:
        """Return when it was published, as it is written there: in front matter, or in the file's name."""
        return first(self.found, "date", "published_at", "publishdate", "pubdate", "created") or date_in(self.name)


def read_text(packed: Packed, name: str, findings: Findings) -> Text | None:
    """Return a file that was read; nothing, and a loss, if it can't be."""
    is_html = name.lower().endswith(MARKUP)
    try:
        content = packed.read(name, most=MOST_HTML if is_html else MOST_MARKDOWN)
    except SourceError as error:
        findings.lost("file", str(error))
        return None
    if is_html:
        return _html(name, content, findings)
    found, body = front_matter.part(_decoded(content), findings)
    return Text(name, found, body, is_html=words(found, "format").lower() == "html")


def _html(name: str, content: bytes, findings: Findings) -> Text:
    written = _decoded(content)
    found, body = front_matter.part(written, findings)
    if is_whole_page(body):
        # Without front matter the page itself says in which letters it is written
        said, body = read_page(body if found else content)
        found = said | found
    return Text(name, found, body, is_html=True)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


def is_of_the_site(name: str, folder: Folder) -> str:
    """Return why a file isn't a text of the site, by its name; nothing if it is one."""
    inner = name.removeprefix(folder.root)
    stem = inner.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    if stem in NOT_OF_THE_SITE:
        return "It is about the files and not a text of the site."
    if stem == "_index":
        return "It heads a list, which the site here makes itself."
    is_html = not inner.lower().endswith((".md", ".markdown", ".mdown", ".mkd", ".mkdn"))
    if (
        folder.is_generated
        and is_html
        and not inner.startswith(("content/", *PLACES_OF_PIECES))
        and "_posts/" not in inner
    ):
        return "It is a template of the generator that made the site."
    return ""


def is_kept_with_pieces(name: str, folder: Folder) -> bool:
    """Whether a file lies in a folder in which generators keep posts."""
    inner = name.removeprefix(folder.root)
    return (
        inner.startswith(PLACES_OF_PIECES) or "_posts/" in inner or KEPT_IN.sub("", inner).startswith(PLACES_OF_PIECES)
    )
