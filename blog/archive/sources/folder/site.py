"""What a folder says of the site that is made from it: Jekyll's `_config.yml`, Hugo's and Zola's `config.toml`."""

import datetime as dt
import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from blog.archive.packed import Packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.folder import substack
from blog.archive.sources.safe_yaml import YamlError, load_yaml
from blog.archive.sources.values import line, mapping, site_of, zone

CONFIGS = (
    "_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml",
    "config.yaml", "config.yml", "config.json", "site.yaml", "site.yml",
)  # fmt: skip
AUTHORS = ("_data/authors.yml", "_data/authors.yaml", "data/authors.yaml", "data/authors.yml")
# What generators are made of, and what they make: never texts of a blog
MACHINERY = re.compile(
    r"(?:^|/)(?:_layouts|_includes|_sass|_plugins|_site|_data|_trash|_templates|layouts|themes|archetypes|node_modules|"
    r"vendor|theme|\.[^/]+)/|(?:^|/)(?:public|output|resources)/(?=.*\.x?html?$)",
    re.IGNORECASE,
)
# Pelican's settings are a program; what it says plainly is read, and nothing is run
PELICAN = ("pelicanconf.py", "publishconf.py")
SETTING = re.compile(
    r"^(SITENAME|SITEURL|AUTHOR|TIMEZONE|ARTICLE_URL)[ \t]*=[ \t]*u?([\"'])([^\"'\n]{1,300})\2", re.MULTILINE
)
PELICAN_PARTS = {"{date:%Y}": ":year", "{date:%m}": ":month", "{date:%b}": ":short_month", "{date:%d}": ":day"}
MOST_CONFIG = 1_000_000
TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".html", ".htm", ".xhtml")
# Texts in what isn't read here
UNREAD = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
    ".ipynb": "a notebook",
}


@dataclass
class Folder:
    """A folder of texts. `root` is the folder within that everything lies in, with a slash at its end, or nothing."""

    root: str = ""
    title: str = ""
    strapline: str = ""
    address: str = ""
    permalink: str = ""
    home: dt.tzinfo = dt.UTC
    is_generated: bool = False
    is_medium: bool = False  # What Medium gives an account
    authors: dict[str, dict[str, Any]] = field(default_factory=dict)
    author: str = ""  # Who wrote what names nobody
    patterns: dict[str, str] = field(default_factory=dict)  # Hugo's permalinks by section; Pelican's under “*”
    said: dict[str, str] = field(default_factory=dict)  # What “site.…” stands for in texts
    listed: dict[str, dict[str, Any]] = field(default_factory=dict)  # What a list beside the texts says, by file


def read_folder(packed: Packed, *, address: str) -> Folder:
    """Return what is said of the site. What can't be read is as if it weren't there."""
    folder = Folder(root=_root(packed.names))
    folder.is_medium = f"{folder.root}profile/profile.html" in packed
    found: dict[str, Any] = {}
    for name in CONFIGS:
        if f"{folder.root}{name}" in packed:
            found = {str(key).lower(): value for key, value in mapping(_read(packed, f"{folder.root}{name}")).items()}
            folder.is_generated = not name.startswith("site.")
            break
    below = line(found.get("baseurl"))
    folder.address = site_of(address) or site_of(below) or site_of(line(found.get("address")))
    if not folder.address and (base := site_of(line(found.get("url")) or line(found.get("base_url")))):
        folder.address = site_of(f"{base}/{below.strip('/')}") if not below.startswith("http") else base
    folder.title = line(found.get("title")) or line(found.get("name"))
    folder.strapline = line(found.get("strapline")) or line(found.get("tagline")) or line(found.get("description"))
    folder.permalink = line(found.get("permalink"))
    folder.home = zone(found.get("timezone"))
    author = found.get("author") or mapping(found.get("params")).get("author")
    folder.author = line(mapping(author).get("name")) or line(author)
    folder.patterns = _patterns(mapping(found.get("permalinks")))
    folder.said = {f"site.{name}": line(value) for name, value in found.items() if line(value)}
    _read_pelican(packed, folder)
    folder.listed = substack.read_list(packed, folder.root)
    for name in AUTHORS:
        if f"{folder.root}{name}" in packed:
            rows = mapping(_read(packed, f"{folder.root}{name}"))
            folder.authors = {str(key): mapping(row) for key, row in rows.items() if mapping(row).get("name")}
    return folder


def _patterns(found: dict[str, Any]) -> dict[str, str]:
    """Return Hugo's permalinks by section, those of pages where it tells them from those of sections."""
    found = found | mapping(found.get("page"))
    return {str(section): value for section, value in found.items() if isinstance(value, str)}


def _read_pelican(packed: Packed, folder: Folder) -> None:
    for name in PELICAN:
        if f"{folder.root}{name}" not in packed:
            continue
        folder.is_generated = True
        try:
            written = packed.read(f"{folder.root}{name}", most=MOST_CONFIG).decode("utf-8", "replace")
        except SourceError:
            continue
        said = {found[1]: found[3] for found in SETTING.finditer(written)}
        folder.title = said.get("SITENAME", folder.title)
        folder.author = said.get("AUTHOR", folder.author)
        folder.address = folder.address or site_of(said.get("SITEURL", ""))
        folder.home = zone(said["TIMEZONE"]) if "TIMEZONE" in said else folder.home
        if pattern := said.get("ARTICLE_URL", ""):
            for part, ours in PELICAN_PARTS.items():
                pattern = pattern.replace(part, ours)
            folder.patterns["*"] = pattern.replace("{slug}", ":slug").replace("{category}", ":category")


def is_text(name: str) -> bool:
    """Whether a file is one that may hold a text, by its name."""
    return name.lower().endswith(TEXTS)


def _root(names: tuple[str, ...]) -> str:
    """Return the folder that everything lies in, as in a zip of a folder."""
    tops = {name.split("/", 1)[0] if "/" in name else "" for name in names}
    top = next(iter(tops), "")
    if len(tops) != 1 or not top or top.startswith(("_", "content", "posts")):
        return ""
    return f"{top}/"


def _read(packed: Packed, name: str) -> Any:
    try:
        written = packed.read(name, most=MOST_CONFIG).decode("utf-8", "replace")
        if name.endswith(".toml"):
            return tomllib.loads(written)
        return json.loads(written) if name.endswith(".json") else load_yaml(written)
    except (SourceError, YamlError, ValueError, RecursionError):
        return {}
