"""What a folder says of the site that is made from it: Jekyll's `_config.yml`, Hugo's and Zola's `config.toml`."""

import datetime as dt
import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from blog.archive.packed import Packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.safe_yaml import YamlError, load_yaml
from blog.archive.sources.values import line, mapping, site_of, zone

CONFIGS = (
    "_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml",
    "config.yaml", "config.yml", "config.json", "site.yaml", "site.yml",
)  # fmt: skip
AUTHORS = ("_data/authors.yml", "_data/authors.yaml", "data/authors.yaml", "data/authors.yml")
# What generators are made of, and what they make: never texts of a blog
MACHINERY = re.compile(
    r"(?:^|/)(?:_layouts|_includes|_sass|_plugins|_site|_data|layouts|themes|archetypes|node_modules|vendor|theme|"
    r"public|output|resources|\.[^/]+)/"
)
MOST_CONFIG = 1_000_000
TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".html", ".htm", ".xhtml")


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
    authors: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_folder(packed: Packed, *, address: str) -> Folder:
    """Return what is said of the site. What can't be read is as if it weren't there."""
    folder = Folder(root=_root(packed.names))
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
    for name in AUTHORS:
        if f"{folder.root}{name}" in packed:
            rows = mapping(_read(packed, f"{folder.root}{name}"))
            folder.authors = {str(key): mapping(row) for key, row in rows.items() if mapping(row).get("name")}
    return folder


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
