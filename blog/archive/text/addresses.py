"""Addresses in a text: made whole, told apart by what they lead to, and turned into what a person would open."""

import re
from functools import lru_cache
from html import escape
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from blog.prose import clean_line, clean_prose

PICTURES = frozenset({"jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "bmp", "tif", "tiff", "heic", "svg", "ico"})
PLAYED = frozenset({"mp3", "m4a", "ogg", "oga", "ogv", "wav", "flac", "mp4", "m4v", "mov", "webm", "avi", "wmv"})
DOCUMENTS = PLAYED | {
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pps", "ppsx", "odt", "ods", "odp", "rtf", "csv", "txt", "zip",
    "epub", "key", "pages", "numbers", "json", "xml", "ics", "kml", "gpx", "eps", "psd",
}  # fmt: skip
# Said after a picture's address by a server that scales it
SCALING = frozenset(
    {"w", "h", "width", "height", "resize", "fit", "crop", "quality", "ssl", "strip", "zoom", "ver", "v", "itok"}
)
SCALED_NAME = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[a-z]{3,4}$)", re.IGNORECASE)
PHOTON = re.compile(r"https?://i\d\.wp\.com/", re.IGNORECASE)
UNWRITABLE = re.compile(r"[\s\"<>\\`{}|^\x00-\x20\x7f]")
TIDIED = re.compile(r"[\t\r\n]")
MAP_PLACE = re.compile(r"!2d(-?\d+(?:\.\d+)?)!3d(-?\d+(?:\.\d+)?)")


@lru_cache(maxsize=4096)
def whole(address: str, base: str) -> str:
    """Return an address made whole against that of the text, or nothing where it is none.

    Without a `base` that has a host, what was relative begins with a slash.
    """
    address = TIDIED.sub("", address.strip())
    try:
        address = urljoin(base or "/", address)
        parts = urlsplit(address)
    except ValueError:
        return ""
    if not parts.scheme and parts.netloc:
        address = f"https:{address}"
    elif not parts.scheme and not address.startswith("/"):
        address = f"/{address}"
    return UNWRITABLE.sub(lambda sign: quote(sign[0], safe=""), address)


def path_and_more(address: str) -> str:
    """Return the path, question and fragment of an address, as a link on this site may have them."""
    parts = urlsplit(address)
    path = "/" + parts.path.lstrip("/")
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def ending_of(address: str) -> str:
    """Return the ending of the file at an address, in small letters and without its dot; nothing if it has none."""
    name = _path(address).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def name_of(address: str) -> str:
    """Return the last part of an address as people read it."""
    return clean_line(unquote(_path(address).rstrip("/").rpartition("/")[2])) or address


def without_scaling(address: str) -> str:
    """Return the address of a picture without what only asks a server for another size of it."""
    if PHOTON.match(address):
        return "https://" + PHOTON.sub("", address).partition("?")[0]
    asked = address.partition("?")[2].partition("#")[0]
    if asked and ending_of(address) in PICTURES and all(name in SCALING for name, _ in parse_qsl(asked)):
        return address.partition("?")[0]
    return address


def unscaled(address: str) -> str:
    """Return the address of the picture that one of another size was made from (`x-300x200.jpg` → `x.jpg`)."""
    return SCALED_NAME.sub("", address)


def is_link(address: str) -> bool:
    """Whether a text may link there, as `prose.clean_prose` sees it, once it is whole."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return _is_host(parts.netloc)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and address.startswith("/")


@lru_cache(maxsize=4096)
def _is_host(netloc: str) -> bool:
    """Whether there can be such a host: the sanitiser takes links to any other out, so it is asked."""
    return bool(netloc) and "href" in clean_prose(f'<p><a href="https://{escape(netloc)}/">x</a></p>')


def _path(address: str) -> str:
    return address.partition("?")[0].partition("#")[0]


def for_people(address: str) -> str:
    """Return what a person would open in place of the address that a player or a frame is loaded from."""
    try:
        parts = urlsplit(address)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    for hosts, find in PLAYERS:
        if host in hosts:
            found = find(address, steps, asked)
            return found or address
    # The frame that WordPress shows of a post elsewhere
    if steps and steps[-1] == "embed" and "secret=" in parts.fragment:
        return address.partition("#")[0].removesuffix("/").removesuffix("embed")
    return address


def _youtube(address: str, steps: list[str], asked: dict[str, str]) -> str:
    listed = asked.get("list", "")
    if steps[:1] in (["embed"], ["v"], ["shorts"], ["live"]) and len(steps) > 1 and steps[1] != "videoseries":
        # Old players were asked `/v/abc&hl=en`
        video = steps[1].partition("&")[0]
        since = asked.get("start") or asked.get("t") or ""
        return f"https://www.youtube.com/watch?{urlencode({'v': video} | ({'t': since} if since else {}))}"
    if listed:
        return f"https://www.youtube.com/playlist?{urlencode({'list': listed})}"
    return ""


def _vimeo(address: str, steps: list[str], asked: dict[str, str]) -> str:
    number = asked.get("clip_id") or (steps[1] if steps[:1] == ["video"] and len(steps) > 1 else "")
    return f"https://vimeo.com/{number}" if number.isdigit() else ""


def _said_inside(address: str, steps: list[str], asked: dict[str, str]) -> str:
    inside = asked.get("url") or asked.get("href") or ""
    return inside if inside.startswith(("http://", "https://")) else ""


def _map(address: str, steps: list[str], asked: dict[str, str]) -> str:
    place = MAP_PLACE.search(unquote(asked.get("pb", "")))
    if place:
        return f"https://www.google.com/maps?q={place[2]},{place[1]}"
    kept = {name: value for name, value in asked.items() if name not in {"output", "source", "iwloc"}}
    return f"{_path(address)}?{urlencode(kept)}" if kept and "embed" not in steps else ""


def _without_embed(address: str, steps: list[str], asked: dict[str, str]) -> str:
    return _path(address.replace("/embed/", "/", 1)).removesuffix("/embed").removesuffix("/embed/")


def _tweet(address: str, steps: list[str], asked: dict[str, str]) -> str:
    return f"https://twitter.com/i/status/{asked['id']}" if asked.get("id", "").isdigit() else ""


def _ted(address: str, steps: list[str], asked: dict[str, str]) -> str:
    return "https://www.ted.com/" + "/".join(steps) if steps[:1] == ["talks"] else ""


def _kept_there(address: str, steps: list[str], asked: dict[str, str]) -> str:
    return f"https://archive.org/details/{steps[1]}" if steps[:1] == ["embed"] and len(steps) > 1 else ""


PLAYERS = (
    ({"youtube.com", "youtube-nocookie.com", "m.youtube.com"}, _youtube),
    ({"player.vimeo.com", "vimeo.com"}, _vimeo),
    ({"w.soundcloud.com", "facebook.com", "mixcloud.com", "player-widget.mixcloud.com"}, _said_inside),
    ({"google.com", "maps.google.com", "maps.google.co.uk", "google.co.uk"}, _map),
    ({"open.spotify.com", "dailymotion.com", "instagram.com", "giphy.com"}, _without_embed),
    ({"platform.twitter.com"}, _tweet),
    ({"embed.ted.com", "embed-ssl.ted.com"}, _ted),
    ({"archive.org"}, _kept_there),
)
