"""Texts of Joomla → HTML without what its plugins would have done to them: tags in braces, hidden addresses, pages."""

import base64
import binascii
import html
import re
from collections.abc import Iterator

from blog.archive.sources.findings import Findings
from blog.archive.sources.values import escaped, line

# Within these, braces are what they are
AS_IT_IS = re.compile(r"<(pre|code)\b", re.IGNORECASE)
PAIR = re.compile(r"\{([a-z][a-z0-9_-]{1,29})\b([^{}]{0,500})\}([^{}]{0,2000})\{/\1\s*\}", re.IGNORECASE)
ALONE = re.compile(r"\{(/?[a-z][a-z0-9_-]{1,29})\b([^{}]{0,500})\}", re.IGNORECASE)
MORE = re.compile(r"<hr\b[^<>]{0,300}?\bid=[\"']system-readmore[\"'][^<>]{0,300}>", re.IGNORECASE)
PAGE = re.compile(r"<hr\b(?=[^<>]{0,500}\bsystem-pagebreak\b)[^<>]{0,1000}>", re.IGNORECASE)
TITLE = re.compile(r"\b(?:title|alt)=[\"']([^\"']*)[\"']", re.IGNORECASE)
HIDDEN = re.compile(
    r"<joomla-hidden-mail\b([^>]{0,1000})>.{0,1000}?</joomla-hidden-mail\s*>", re.DOTALL | re.IGNORECASE
)
PART = re.compile(r"\b(first|last)=[\"']([A-Za-z0-9+/=]{0,400})[\"']")
CLOAK = re.compile(
    r"<span\b[^<>]{0,100}?\bid=[\"']cloak[^<>]{0,200}>.{0,600}?</span>\s{0,20}<script\b[^<>]{0,200}>(.{0,4000}?)</script>|"
    r"<script\b[^<>]{0,200}>(?=[^<]{0,600}\baddy)(.{0,4000}?)</script>",
    re.DOTALL | re.IGNORECASE,
)
ADDRESS_LINE = re.compile(r"\baddy\w*\s*=\s*(?:addy\w*\s*\+\s*)?((?:'[^']{0,500}'|[^';]){0,50})")
QUOTED = re.compile(r"'([^']*)'")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PICTURE_NOTE = re.compile(r"#joomlaImage://[^\"'\s>]*")
NAME = re.compile(r"[\w-]{5,20}")

VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtubehd": "https://www.youtube.com/watch?v={}",
    "yt": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
}
FILES = {"mp3", "audio", "mp4", "webm", "flv", "pdf", "wmv", "mov", "ogg", "m4v", "video", "play"}
GALLERIES = {"gallery", "igallery", "phocagallery", "sig", "besps", "ppgallery", "vsig", "rokbox"}
MODULES = {"loadposition", "loadmodule", "loadmoduleid", "module", "modulepos", "modulebot"}
HEADED = {"tab", "slide", "slider", "accordion", "spoiler", "toggle"}
CODE = {"source", "php", "jumi", "rsform", "chronoforms", "chronoforms6", "breezingforms", "convertforms", "fabrik"}
SWITCHES = {
    "jcomments", "komento", "emailcloak", "readmore", "toc", "notoc", "pagebreak", "tabs", "sliders", "accordions",
    "nomultithumb", "disqus", "k2splitter", "loadmoreoff",
}  # fmt: skip
CLOSED = re.compile(r"\{(?:jcomments|komento)\s+(?:off|lock|disable)\s*\}", re.IGNORECASE)


def are_comments_closed(written: str) -> bool:
    """Whether a text says that nobody may comment on it."""
    return bool(CLOSED.search(written))


def without_plugins(written: str, findings: Findings) -> str:
    """Return a text as HTML that means the same without Joomla."""
    written = PICTURE_NOTE.sub("", MORE.sub("", written))
    written = PAGE.sub(_page, HIDDEN.sub(_shown_mail, CLOAK.sub(_uncloaked, written)))
    if "{" not in written:
        return written
    return "".join(part if is_code else _bare(part, findings) for part, is_code in _parts(written))


def _bare(part: str, findings: Findings) -> str:
    part = PAIR.sub(lambda found: _pair(found, findings), part)
    return ALONE.sub(lambda found: _alone(found, findings), part)


def _parts(written: str) -> Iterator[tuple[str, bool]]:
    """Give a text in parts, each with whether it is code."""
    at, lowered = 0, written.lower()
    while begins := AS_IT_IS.search(written, at):
        end = lowered.find(f"</{begins[1].lower()}", begins.end())
        if end < 0:
            break
        yield written[at : begins.start()], False
        yield written[begins.start() : end], True
        at = end
    yield written[at:], False


def _page(found: re.Match[str]) -> str:
    """Return a page's title as a heading: here a text has one page."""
    title = TITLE.search(found[0])
    return f"<h2>{escaped(html.unescape(title[1]))}</h2>" if title and title[1].strip() else ""


def _pair(found: re.Match[str], findings: Findings) -> str:
    name, particulars, inner = found[1].lower(), line(found[2]), found[3].strip()
    if name in VIDEOS and (video := NAME.match(inner.split("|")[0].strip().rsplit("/", 1)[-1].rsplit("=", 1)[-1])):
        address = VIDEOS[name].format(video[0])
        return f'<p><a href="{escaped(address)}">{escaped(address)}</a></p>'
    if name in FILES and inner:
        address = inner.split("|")[0]
        return f'<p><a href="{escaped(_rooted(address))}">{escaped(address.rsplit("/", 1)[-1])}</a></p>'
    if name in GALLERIES:
        folder = inner.split("|")[0][:200]
        findings.lost("gallery", f"The pictures in the folder “{folder}” were shown here; the text doesn't name them.")
    elif name in CODE:
        findings.lost("plugin", f"Code in {{{name}}} isn't brought: {line(inner)[:80]}")
    elif name in HEADED:
        return f"<h3>{escaped(particulars.lstrip('= '))}</h3>{inner}"
    else:
        return _alone(found, findings) + inner if name in SWITCHES or name in MODULES else found[0]
    return ""


def _alone(found: re.Match[str], findings: Findings) -> str:
    name, particulars = found[1].lower(), line(found[2])
    if name.lstrip("/") in SWITCHES or (name.startswith("/") and name[1:] in HEADED):
        return ""
    if name in HEADED:
        return f"<h3>{escaped(particulars.lstrip('= '))}</h3>" if particulars else ""
    if name in MODULES:
        findings.lost("module", f"What stood at {{{name} {particulars[:80]}}} is no part of the text.")
        return ""
    if name in GALLERIES:
        findings.lost("gallery", f"What {{{name} {particulars[:100]}}} showed isn't in the text.")
        return ""
    if name in CODE:
        findings.lost("plugin", f"{{{name} {particulars[:80]}}} isn't brought.")
        return ""
    return found[0]


def _rooted(address: str) -> str:
    return address if address.startswith(("http://", "https://", "/")) else f"/{address}"


def _shown_mail(found: re.Match[str]) -> str:
    """Return an address that Joomla 4 hides in parts of base 64."""
    parts: dict[str, str] = {}
    for name, value in PART.findall(found[1]):
        try:
            parts[name] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    return _mail(f"{parts.get('first', '')}@{parts.get('last', '')}")


def _uncloaked(found: re.Match[str]) -> str:
    """Return an address that Joomla 3 and before put together by script."""
    written = "".join(
        "".join(QUOTED.findall(part)) for part in ADDRESS_LINE.findall(found[1] or found[2] or "") if "<" not in part
    )
    return _mail(html.unescape(written))


def _mail(address: str) -> str:
    found = MAIL.search(address)
    return f'<a href="mailto:{escaped(found[0])}">{escaped(found[0])}</a>' if found else ""
