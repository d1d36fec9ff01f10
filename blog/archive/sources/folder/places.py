"""Where texts of a folder were on the site, and what they point to within the folder."""

import datetime as dt
import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

from django.utils.text import slugify

from blog.archive.sources.folder.fields import Found, first, labels, words
from blog.archive.sources.folder.site import Folder
from blog.archive.sources.values import in_address, line, on_site

DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](.+)")
DATED_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(?:(\d{1,2})/)?[^/]+$")
# Folders that say where a file is kept and not where its text is shown
KEPT_IN = re.compile(r"^(?:content|src|source|public|_posts|_drafts|_pages|pages)/")
# So Pelican points to texts and files: {filename}one.md, {static}/images/a.jpg, |filename|one.md
OF_PELICAN = re.compile(
    r"^(?:(?:\{|%7B)(?:filename|static|attach)(?:\}|%7D)|(?:\||%7C)filename(?:\||%7C))", re.IGNORECASE
)
PATTERNS = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
PART = re.compile(r":([a-z_]+)")
POINTS = re.compile(
    r"(<(?:a|img|source|video|audio|object|embed)\b[^<>]{0,2000}?\b(?:href|src|poster|data)=)([\"'])([^\"'<>]{1,2000})\2"
)
ELSEWHERE = ("http:", "https:", "//", "#", "mailto:", "data:", "tel:", "javascript:")
SERVED_FROM = ("", "static/", "public/", "source/", "src/", "content/", "assets/")


def stem_of(name: str) -> str:
    """Return a file's name without folders and ending; of an index, that of its folder."""
    stem = posixpath.splitext(posixpath.basename(name))[0]
    folder = posixpath.basename(posixpath.dirname(name))
    return folder if stem in {"index", "_index"} and folder else stem


def date_in(name: str) -> str:
    """Return the date that a file's name or folders give, or nothing."""
    if found := DATED.match(stem_of(name)):
        return f"{found[1]}-{found[2]}-{found[3]}"
    if found := DATED_FOLDERS.search(name):
        return f"{found[1]}-{found[2]}-{found[3] or '1'}"
    return ""


def slug_of(name: str, found: Found) -> str:
    """Return the part of an address that is a text's own."""
    if slug := words(found, "slug", "post_name"):
        return slug
    dated = DATED.match(stem_of(name))
    return dated[4] if dated else stem_of(name)


def addresses(name: str, found: Found, *, folder: Folder, at: dt.datetime | None) -> tuple[str, ...]:
    """Return where a text was, what it says itself first, then what generators make of its file's name."""
    slug = "/".join(in_address(part) for part in slug_of(name, found).strip("/").split("/"))
    said = [
        words(found, "permalink", "url", "address"),
        words(found, "path"),
        *labels(first(found, "aliases", "alias")),
    ]
    said += labels(found.get("redirect_from")) + labels(found.get("addresses"))
    parts = _parts(name, slug, found, folder=folder, at=at)
    paths = [_filled(path, parts) if path.count(":") and path[0] == "/" else path for path in said if path]
    inner = name.removeprefix(folder.root)
    in_posts = "_posts/" in inner
    pattern = folder.patterns.get(parts.get("section", "")) or folder.patterns.get("*", "")
    if pattern and "date" in parts:
        titled = {"slug": slugify(words(found, "title")), "title": slugify(words(found, "title"))}
        paths += [_filled(pattern, parts), _filled(pattern, parts | titled)]
    if in_posts:
        pattern = PATTERNS.get(folder.permalink, folder.permalink or PATTERNS["date"])
        paths += [_filled(each, parts) for each in dict.fromkeys([pattern, PATTERNS["pretty"]])]
    else:
        section = posixpath.dirname(KEPT_IN.sub("", inner))
        section = (
            posixpath.dirname(section) if stem_of(name) != posixpath.splitext(posixpath.basename(name))[0] else section
        )
        if posixpath.basename(section) == stem_of(name):  # Eleventy shows one/one.md at /one/
            section = posixpath.dirname(section)
        # A collection of Jekyll's is shown without its underscore
        base = "/".join(in_address(part.lstrip("_")) for part in section.split("/") if part)
        paths += [f"/{base}/{slug}/" if base else f"/{slug}/", f"/{base}/{slug}.html" if base else f"/{slug}.html"]
    whole = [
        path if path.startswith(("http://", "https://")) else on_site(folder.address, path) for path in paths if path
    ]
    return tuple(dict.fromkeys(whole))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """Return a permalink of Jekyll's or Hugo's with its parts; nothing where a part is missing."""
    if any(part not in parts for part in PART.findall(pattern)):
        return ""
    return re.sub(r"//+", "/", "/" + PART.sub(lambda part: parts[part[1]], pattern).lstrip("/"))


def _parts(name: str, slug: str, found: Found, *, folder: Folder, at: dt.datetime | None) -> dict[str, str]:
    inner = name.removeprefix(folder.root)
    inside = KEPT_IN.sub("", inner) if "_posts/" in inner.split("/", 1)[-1] else inner
    above = [part for part in inside.split("_posts/")[0].split("/") if part] if "_posts/" in inside else []
    said = labels(first(found, "categories", "category"), at_spaces=True)
    parts = {
        "title": slug,
        "slug": slug,
        "filename": slug,
        "slugorfilename": slug,
        "categories": "/".join(in_address(part.lower()) for part in dict.fromkeys(above + said)),
        "section": inner.removeprefix("content/").split("/")[0],
        "sections": posixpath.dirname(inner.removeprefix("content/")),
        "contentbasename": slug,
        "slugorcontentbasename": slug,
        "category": in_address(said[0].lower()) if said else "",
    }
    if at:
        day = at.astimezone(folder.home)
        parts |= {
            "date": "",
            "short_month": f"{day:%b}",
            "year": f"{day:%Y}",
            "month": f"{day:%m}",
            "day": f"{day:%d}",
            "i_month": str(day.month),
        }
        parts |= {"i_day": str(day.day), "short_year": f"{day:%y}", "y_day": f"{day:%j}"}
    return parts


class Pointers:
    """What texts point to: other texts become their addresses, other files of the folder their whole paths."""

    def __init__(self, folder: Folder, is_there: Callable[[str], bool], addresses_: dict[str, str]) -> None:
        self._folder, self._is_there, self._addresses = folder, is_there, addresses_
        self._stems: dict[str, str] = {}
        for name, address in addresses_.items():
            self._stems.setdefault(posixpath.splitext(posixpath.basename(name))[0], address)

    def settled(self, body: str, name: str) -> str:
        """Return HTML with what it points to as addresses that are whole, or begin with a slash."""
        return POINTS.sub(lambda found: f"{found[1]}{found[2]}{self.at(found[3], name)}{found[2]}", body)

    def text_at(self, named: str) -> str:
        """Return the address of a text by its file's name, with folders and ending or without; else nothing."""
        stem = posixpath.splitext(posixpath.basename(named.strip("\"'")))[0]
        return self._stems.get(stem, "")

    def at(self, pointer: str, name: str) -> str:
        """Return where something is that the text in the file `name` points to."""
        pointer = OF_PELICAN.sub("", pointer.strip())
        if not pointer or pointer.lower().startswith(ELSEWHERE):
            return pointer
        try:
            parts = urlsplit(pointer)
        except ValueError:
            return pointer
        rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        for candidate in self._candidates(unquote(parts.path), name):
            if candidate in self._addresses:
                return self._addresses[candidate] + rest
            if self._is_there(candidate):
                return on_site(self._folder.address, f"/{quote(candidate)}") + rest
        return pointer

    def _candidates(self, path: str, name: str) -> list[str]:
        if path.startswith("/"):
            return [f"{self._folder.root}{before}{path.lstrip('/')}" for before in SERVED_FROM]
        folders = [posixpath.dirname(name), self._folder.root]
        return [posixpath.normpath(posixpath.join(folder, path)) for folder in folders if line(path)]
