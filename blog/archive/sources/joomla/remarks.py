"""Comments of JComments, Komento and K2 → records."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

from blog.archive.records import Remark, RemarkState
from blog.archive.sources.joomla.gathering import Gathered
from blog.archive.sources.spool import Row
from blog.archive.sources.values import is_yes, key_of, line, moment, text
from blog.archive.text import plain

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NOBODY = {"", "0"}
QUOTE = re.compile(
    r"\[quote(?:\s+name=|=)?[\"']?([^\]\"']{0,100})[\"']?\]((?:(?!\[quote)[^\0]){0,5000}?)\[/quote\]", re.IGNORECASE
)
LINK = re.compile(r"\[url=[\"']?([^\]\"'\s]{1,1000})[\"']?\]([^\[]{0,1000})\[/url\]", re.IGNORECASE)
IN_BRACKETS = re.compile(
    r"\[/?(?:b|i|u|s|list|li|\*|url|img|email|code|color|size|center|hide|video)(?:=[^\]]{0,200})?\]", re.IGNORECASE
)
DEEPEST = 5


def remarks_of_article(gathered: Gathered, key: str) -> Iterator[tuple[Remark | None, str]]:
    """Give the comments on an article, each with its key; nothing for one that can't be brought."""
    for row in gathered.of("jcomments", key):
        if line(row.get("object_group")) in {"", "com_content"}:
            yield _remark(row, "jcomments", _jcomments), line(row.get("id"))
    for row in gathered.of("komento_comments", key):
        if line(row.get("component")) in {"", "com_content"}:
            yield _remark(row, "komento", _komento), line(row.get("id"))


def remarks_of_item(gathered: Gathered, key: str) -> Iterator[tuple[Remark | None, str]]:
    """Give the comments on an item of K2."""
    for row in gathered.of("k2_comments", key):
        yield _remark(row, "k2", _k2), line(row.get("id"))
    for table, column, read in (("jcomments", "object_group", _jcomments), ("komento_comments", "component", _komento)):
        for row in gathered.of(table, key):
            if line(row.get(column)) == "com_k2":
                yield _remark(row, table.removesuffix("_comments"), read), line(row.get("id"))


def _remark(row: Row, kind: str, read: Callable[[Row], dict[str, str]]) -> Remark | None:
    found = read(row)
    words = from_brackets(found["text"])
    number = line(row.get("id"))
    if not words or not number or is_yes(row.get("deleted")):
        return None
    parent = found.get("parent", "")
    return Remark(
        key=f"{kind}-{key_of(number)}",
        name=found["name"] or "Anonymous",
        text=words,
        written_at=moment(found["at"]) or LONG_AGO,
        parent="" if parent in NOBODY else f"{kind}-{key_of(parent)}",
        state=RemarkState.APPROVED if line(row.get("published")) == "1" else RemarkState.HELD,
        address=found["address"],
        site=found["site"],
    )


def _jcomments(row: Row) -> dict[str, str]:
    title = line(row.get("title"))
    return {
        "name": line(row.get("name")) or line(row.get("username")),
        "text": (f"{title}\n\n" if title else "") + text(row.get("comment")),
        "at": line(row.get("date")),
        "parent": line(row.get("parent")),
        "address": line(row.get("email")),
        "site": line(row.get("homepage")),
    }


def _komento(row: Row) -> dict[str, str]:
    return {
        "name": line(row.get("name")),
        "text": text(row.get("comment")),
        "at": line(row.get("created")),
        "parent": line(row.get("parent_id")),
        "address": line(row.get("email")),
        "site": line(row.get("url")),
    }


def _k2(row: Row) -> dict[str, str]:
    return {
        "name": line(row.get("username")),
        "text": text(row.get("commenttext")),
        "at": line(row.get("commentdate")),
        "address": line(row.get("commentemail")),
        "site": line(row.get("commenturl")),
    }


def from_brackets(written: str) -> str:
    """Return a comment with its markup in square brackets as plain text: quotations behind “> ”, links by address."""
    words = plain(written)
    if "[" not in words:
        return words
    for _depth in range(DEEPEST):
        words, found = QUOTE.subn(_quoted, words)
        if not found:
            break
    words = LINK.sub(lambda link: link[1] if link[2].strip() in {"", link[1]} else f"{link[2]} ({link[1]})", words)
    return IN_BRACKETS.sub("", words).strip()


def _quoted(found: re.Match[str]) -> str:
    name, inner = found[1].strip(), found[2].strip()
    lines = [f"{name}:", *inner.split("\n")] if name else inner.split("\n")
    return "\n" + "\n".join(f"> {row}" for row in lines) + "\n\n"
