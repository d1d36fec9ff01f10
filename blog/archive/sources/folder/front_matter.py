"""Front matter: what stands above a text, in YAML, TOML, JSON, or as lines of names and values (Pelican)."""

import json
import re
import tomllib
from typing import Any

from blog.archive.sources.findings import Findings
from blog.archive.sources.safe_yaml import MOST_CHARACTERS, YamlError, load_yaml

MOST_DEPTH = 20
A_NAME = re.compile(r"\{\s*\"[\w.-]{1,60}\"\s*:")
YAML_ENDS = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
TOML_ENDS = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
FENCE = re.compile(r"(---|\+\+\+)(yaml|toml|json|js|javascript)?[ \t]*\n", re.IGNORECASE)  # Eleventy names the kind
# What a program says plainly; nothing of it is run
ASSIGNED = re.compile(
    r"^[ \t]*(?:(?:const|let|var)[ \t]+)?([A-Za-z_]{1,40})[ \t]*[:=][ \t]*"
    r"(?:([\"'`])([^\n\"'`]*)\2|(true|false))[ \t]*[,;]?[ \t]*$",
    re.MULTILINE,
)
NAMED_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}):(?:[ \t]+(.*))?$")
KNOWN_LINES = {"title", "date", "author", "authors", "tags", "category", "slug", "status", "summary", "modified"}


def part(written: str, findings: Findings) -> tuple[dict[str, Any], str]:
    """Return what stands above a text, names in small letters, and the text. What can't be read is a loss."""
    written = written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if opens := FENCE.match(written):
        return _fenced(written, opens, findings)
    if written.startswith("{"):
        return _json(written, findings)
    return _lines(written)


def _fenced(written: str, opens: re.Match[str], findings: Findings) -> tuple[dict[str, Any], str]:
    closes = TOML_ENDS if opens[1] == "+++" else YAML_ENDS
    end = closes.search(written, opens.end())
    if end is None:  # A rule at the beginning of a text
        return {}, written
    above, text = written[opens.end() : end.start()], written[end.end() :]
    kind = "toml" if opens[1] == "+++" else (opens[2] or "").lower()
    if kind in {"js", "javascript"}:
        findings.changed("front matter", "It is a program, so only what it says plainly is read.")
        return {row[1].lower(): row[3] if row[2] else row[4] == "true" for row in ASSIGNED.finditer(above)}, text
    try:
        found = _toml(above) if kind == "toml" else load_yaml(above)
    except YamlError as error:
        return _unread(str(error), findings), text
    if found is None:
        return {}, text
    if not isinstance(found, dict):
        # Two rules with a paragraph between them are no front matter
        return {}, written
    return _named(found), text


def _unread(why: str, findings: Findings) -> dict[str, Any]:
    """Say that it can't be read. It may have said that nobody was to see the text, so that comes as a draft."""
    findings.lost("front matter", f"It can't be read: {why}. The text comes as a draft.")
    return {"draft": True}


def _toml(above: str) -> Any:
    if len(above) > MOST_CHARACTERS:
        raise YamlError("it is longer than front matter is")
    try:
        return tomllib.loads(above)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError, OverflowError) as error:
        raise YamlError(" ".join(str(error).split())[:150]) from error


def _json(written: str, findings: Findings) -> tuple[dict[str, Any], str]:
    try:
        found, end = json.JSONDecoder().raw_decode(written[:MOST_CHARACTERS])
    except (ValueError, RecursionError) as error:
        return (_unread(str(error), findings) if A_NAME.match(written) else {}), written
    return (_named(found), written[end:]) if isinstance(found, dict) else ({}, written)


def _lines(written: str) -> tuple[dict[str, Any], str]:
    """Return what lines of names and values say, if the first of them is one that Pelican knows."""
    found: dict[str, Any] = {}
    at = 0
    for row in written[:20_000].split("\n"):
        named = NAMED_LINE.match(row)
        if not named:
            break
        found[named[1].strip().lower()] = (named[2] or "").strip()
        at += len(row) + 1
    if "title" not in found or not set(found) & (KNOWN_LINES - {"title"}):
        return {}, written
    return found, written[at:]


def _named(found: dict[Any, Any]) -> dict[str, Any]:
    """Return it with names in small letters; that of Hugo's `params` and Zola's `extra` and `taxonomies` beside it."""
    named = {str(name).strip().lower(): value for name, value in found.items()}
    for name in ("params", "extra", "taxonomies"):
        if isinstance(named.get(name), dict):
            for inner, value in named[name].items():
                named.setdefault(str(inner).strip().lower(), value)
    return named
