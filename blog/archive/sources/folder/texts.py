"""One file → what it says of itself, and its text as it stands there."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from blog.archive.packed import Packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder import front_matter, substack
from blog.archive.sources.folder.fields import Found, first, labels, words
from blog.archive.sources.folder.html_page import is_whole_page, read_page
from blog.archive.sources.folder.places import KEPT_IN, date_in
from blog.archive.sources.folder.site import Folder
from blog.archive.sources.markdown_text import CODE, Code
from blog.archive.sources.values import moment, shown

MOST_HTML = 32 * 1024 * 1024  # Bytes of one file
MOST_MARKDOWN = 4 * 1024 * 1024  # What is made to hurt takes a minute for each megabyte
MARKUP = (".html", ".htm", ".xhtml")
ABOUT = {"author", "category", "tag", "series", "site"}
PIECES = {"piece", "post", "posts", "article", "articles", "blog", "entry"}
PAGES = {"page", "pages"}
PLACES_OF_PIECES = ("_posts/", "_drafts/", "posts/", "post/", "blog/", "articles/", "news/", "entries/")
NOT_OF_THE_SITE = {
    "readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "404", "claude", "agents",
    "security", "todo", "pull_request_template", "issue_template", "contributors",
}  # fmt: skip
MOMENTS = ("date", "published_at", "publishdate", "pubdate", "publish_date", "created", "created_at")
DATED_ADDRESS = re.compile(r"(?:^|/)((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)")
# A list of texts that a generator makes when it writes the site
LIST = re.compile(
    r"\{%-?\s*for\s+\w+\s+in\s+(?:site\.|paginator\.|collections\.|pagination\.|posts\b)|\{\{-?\s*range\s+[^{}]{0,100}[Pp]ages"
)
COMPONENT = re.compile(r"<(/?)([A-Z][\w.]{0,60})\b[^<>]{0,2000}>")
OF_A_MODULE = re.compile(r"^(?:import|export)\s[^\n]*$|\{/\*[^*]{0,2000}\*/\}", re.MULTILINE)


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
        return first(self.found, *MOMENTS) or date_in(self.name) or self._date_in_address()

    def moment(self, home: dt.tzinfo) -> dt.datetime | None:
        """Return when it was published: the first that can be read of what it says, its file's name, its address."""
        said = [self.found[name] for name in MOMENTS if self.found.get(name)]
        return next(
            (at for each in (*said, date_in(self.name), self._date_in_address()) if (at := moment(each, at_home=home))),
            None,
        )

    @property
    def is_list(self) -> bool:
        """Whether it is no text, but says how a list of texts is made."""
        return "{" in self.body and not self.date and bool(LIST.search(CODE.sub("", self.body)))

    def _date_in_address(self) -> str:
        said = [words(self.found, "permalink", "url", "path"), *labels(self.found.get("aliases"))]
        found = next((found for each in said if (found := DATED_ADDRESS.search(each))), None)
        return f"{found[1]}-{found[2]}-{found[3]}" if found else ""


def read_text(packed: Packed, name: str, findings: Findings, folder: Folder) -> Text | None:
    """Return a file that was read; nothing, and a loss, if it can't be."""
    is_html = name.lower().endswith(MARKUP)
    try:
        content = packed.read(name, most=MOST_HTML if is_html else MOST_MARKDOWN)
    except SourceError as error:
        findings.lost("file", str(error))
        return None
    if is_html:
        return _html(name, content, findings, folder)
    found, body = front_matter.part(_decoded(content), findings)
    if name.lower().endswith(".mdx"):
        body = _without_components(body, findings)
    return Text(name, found, body, is_html=words(found, "format").lower() == "html")


def _without_components(body: str, findings: Findings) -> str:
    """Return MDX as Markdown: what only its program can show is told."""
    code = Code()
    body = OF_A_MODULE.sub("", code.laid_aside(body))

    def told(found: re.Match[str]) -> str:
        if not found[1]:
            findings.lost("component", f"What <{found[2]}> showed isn't brought.")
        return ""

    return code.back(COMPONENT.sub(told, body))


def _html(name: str, content: bytes, findings: Findings, folder: Folder) -> Text:
    written = _decoded(content)
    found, body = front_matter.part(written, findings)
    if is_whole_page(body):
        # Without front matter the page itself says in which letters it is written
        said, body = read_page(body if found else content)
        found = said | found
    if listed := substack.of(name, folder.listed):
        found, body = found | listed, substack.body_of(body, listed)
        if audience := words(listed, "audience"):
            findings.changed("piece", f"It was for {shown(audience)} alone, so it comes in as a draft.")
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
    if folder.is_medium and not inner.startswith("posts/"):
        return "It is about the account there and not a text of the blog."
    is_html = inner.lower().endswith(MARKUP)
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
