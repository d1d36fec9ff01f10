"""A file of HTML → its text, and what its head says."""

import re
from typing import Any, TypeAlias

import lxml.html
from lxml import etree

from blog.archive.sources.values import line

Element: TypeAlias = lxml.html.HtmlElement
AROUND = ("nav", "header", "footer", "aside", "form", "script", "style", "noscript", "template")
# What names a thing in a head, the best first
NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "description": ("description", "og:description", "dc.description"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "date": (
        "article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate", "publish_date",
        "datepublished", "parsely-pub-date", "og:published_time",
    ),
    "updated": ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "datemodified"),
    "category": ("article:section",),
    "image": ("og:image", "twitter:image"),
    "address": ("og:url",),
}  # fmt: skip
LISTS = {"tags": ("article:tag",), "keywords": ("keywords",)}
HEADING = re.compile(r"<h1\b[^<>]{0,500}>(.{0,2000}?)</h1\s*>", re.DOTALL | re.IGNORECASE)
EARLY = 5_000  # Characters in which a text's own heading stands


def read_page(content: bytes | str) -> tuple[dict[str, Any], str]:
    """Return what a page says about itself, by the names that front matter has, and its text as HTML."""
    root = _parsed(content)
    if root is None:
        return {}, ""
    said = _said(root)
    text = _of_an_entry(root, said)
    if text is None:
        text = next((found for found in _texts(root)), root)
    title = next(text.iter("h1"), None)
    if title is not None:
        said["title"] = line(title.text_content()) or said.get("title")
        title.drop_tree()
    if not said.get("date"):
        moment = next((row.get("datetime") for row in text.iter("time") if row.get("datetime")), None)
        said["date"] = moment or ""
    for element in list(text.iter(*AROUND)):
        if element is not text and element.getparent() is not None:
            element.drop_tree()
    inner = (_escape(text.text or "")) + "".join(lxml.html.tostring(child, encoding="unicode") for child in text)
    return {name: value for name, value in said.items() if value}, inner.strip()


def is_whole_page(written: str) -> bool:
    """Whether HTML is a page of its own and not only a text."""
    return bool(re.search(r"<(?:html|head|body|!doctype)\b", written[:5_000], re.IGNORECASE))


def first_heading(body: str) -> tuple[str, str]:
    """Return the first heading of a text, if the text begins with it, and the text without it."""
    found = HEADING.search(body, 0, EARLY)
    if found is None or re.sub(r"<[^>]*>|\s", "", body[: found.start()]):
        return "", body
    words = line(lxml.html.fromstring(f"<div>{found[1]}</div>").text_content()) if found[1].strip() else ""
    return words, body[: found.start()] + body[found.end() :]


def _parsed(content: bytes | str) -> Element | None:
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    written = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if isinstance(content, str):
        parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml.html.document_fromstring(written.replace(b"\x00", b""), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _said(root: Element) -> dict[str, Any]:
    named: dict[str, list[str]] = {}
    for row in root.iter("meta"):
        name = (row.get("property") or row.get("name") or row.get("itemprop") or "").strip().lower()
        if name and len(named) < 200:
            named.setdefault(name, []).append((row.get("content") or "").strip())
    said: dict[str, Any] = {
        field: next((named[name][0] for name in names if named.get(name)), "") for field, names in NAMES.items()
    }
    for field, names in LISTS.items():
        said[field] = [value for name in names for value in named.get(name, [])][:100]
    if not said["tags"]:
        said["tags"] = [word.strip() for words in said["keywords"] for word in words.split(",") if word.strip()]
    del said["keywords"]
    canonical = next(
        (row.get("href") for row in root.iter("link") if (row.get("rel") or "").lower() == "canonical"), ""
    )
    said["address"] = canonical or said["address"]
    title = next(root.iter("title"), None)
    said["title"] = said["title"] or (line(title.text_content()) if title is not None else "")
    return said


def _of_an_entry(root: Element, said: dict[str, Any]) -> Element | None:
    """Return the text of a page that is marked as an h-entry, as Medium's exports are; what it says goes to `said`.

    One without a date was never published (https://microformats.org/wiki/h-entry).
    """
    entries = [row for row in root.iter("article", "div", "main") if "h-entry" in _classes(row)]
    text = next((row for row in entries[0].iter() if "e-content" in _classes(row)), None) if len(entries) == 1 else None
    if text is None:
        return None
    marked: dict[str, list[Element]] = {}
    for row in entries[0].iter(etree.Element):
        for name in _classes(row):
            marked.setdefault(name, []).append(row)
    for field, name in (("title", "p-name"), ("description", "p-summary"), ("author", "p-author")):
        if name in marked:
            said[field] = line(marked[name][0].text_content())
    said["tags"] = [line(row.text_content()) for row in marked.get("p-tag", [])][:100] or said["tags"]
    said["date"] = said["date"] or next((row.get("datetime") or "" for row in marked.get("dt-published", [])), "")
    said["address"] = next((row.get("href") or "" for row in marked.get("p-canonical", [])), said["address"])
    if not said["date"] and "p-name" in marked:
        said["draft"] = True
    for row in [*marked.get("graf--title", []), *marked.get("graf--subtitle", [])]:
        if row.getparent() is not None and line(row.text_content()) in {said["title"], said.get("description")}:
            row.drop_tree()
    return text


def _classes(row: Element) -> list[str]:
    return (row.get("class") or "").split() if isinstance(row.tag, str) else []


def _texts(root: Element) -> list[Element]:
    """Return what may be the text, the likeliest first: the one article, the main part, the body."""
    articles = [row for row in root.iter("article") if not any(True for _up in row.iterancestors("article"))]
    found = articles if len(articles) == 1 else []
    found += list(root.iter("main"))[:1]
    found += root.xpath(".//*[@role='main' or @itemprop='articleBody']")[:1]
    return found + list(root.iter("body"))[:1]


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
