"""Tags that Jekyll and Hugo carry out when they write a site → Markdown or HTML that means the same."""

import re
from collections.abc import Callable

from blog.archive.sources.findings import Findings
from blog.archive.sources.values import escaped, line

INNER = r"((?:[^{]|\{(?!%-?\s*(?:end)?highlight|\{[<%]\s*/?\s*highlight))*+)"
HIGHLIGHT = re.compile(
    rf"\{{%-?\s*highlight\b[^%]{{0,100}}%\}}{INNER}\{{%-?\s*endhighlight\s*-?%\}}|"
    rf"\{{\{{[<%]\s*highlight\b[^>%]{{0,200}}[>%]\}}\}}{INNER}\{{\{{[<%]\s*/\s*highlight\s*[>%]\}}\}}"
)
RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
POST = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^%\s]{1,300})\s*-?%\}")
SITE = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url)|page\.baseurl)\s*-?\}\}")
RELATIVE = re.compile(r"\{\{-?\s*[\"']([^\"'{}]{1,500})[\"']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}")
INCLUDE = re.compile(r"\{%-?\s*(\w{1,40})\b([^%]{0,500}?)-?%\}")
SHORTCODE = re.compile(r"\{\{([<%])\s*(/?)\s*([\w./-]{1,60})((?:\s[^{}]{0,2000}?)?)\s*/?[>%]\}\}")
EXPRESSION = re.compile(r"\{\{-?\s*([^{}]{1,300}?)\s*-?\}\}")
NAMED = re.compile(r"([\w-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|(\S+))")
FIRST = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s=]+))(?=\s|$)")
VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "gist": "https://gist.github.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
SILENT = {"comment", "endcomment", "toc", "rawhtml", "assign", "capture", "endcapture", "more"}


def without_tags(written: str, findings: Findings, *, address_of: Callable[[str], str]) -> str:
    """Return a text without the tags of generators. `address_of` says where another text is, by its file's name."""
    if "{{" not in written and "{%" not in written:
        return written
    written = HIGHLIGHT.sub(_highlighted, RAW.sub("", written))
    written = RELATIVE.sub(lambda found: found[1], SITE.sub("", written))
    written = POST.sub(lambda found: address_of(found[1]) or found[0], written)
    written = SHORTCODE.sub(lambda found: _shortcode(found, findings, address_of), written)
    written = INCLUDE.sub(lambda found: _tag(found, findings), written)
    return EXPRESSION.sub(lambda found: _expression(found, findings), written)


def _highlighted(found: re.Match[str]) -> str:
    inner = (found[1] or found[2] or "").strip("\n")
    return f"\n<pre><code>{escaped(inner)}</code></pre>\n"


def _shortcode(found: re.Match[str], findings: Findings, address_of: Callable[[str], str]) -> str:
    is_end, name, rest = bool(found[2]), found[3].lower(), found[4]
    values = {key.lower(): next((part for part in parts if part), "") for key, *parts in NAMED.findall(rest)}
    first = FIRST.match(rest)
    alone = next((part for part in first.groups() if part), "") if first else ""
    if is_end:
        return ""
    if name in {"ref", "relref"}:
        return address_of(alone or values.get("path", "")) or alone
    if name == "figure":
        return _figure(values)
    if name in VIDEOS and (number := values.get("id") or alone):
        return _video(VIDEOS[name], number)
    if name not in SILENT:
        findings.lost("shortcode", f"What “{line(found[0])[:100]}” stood for isn't brought.")
    return ""


def _video(address: str, number: str) -> str:
    return f"\n\n<{address.format(re.sub(r'[^a-zA-Z0-9_/-]', '', number))}>\n\n"


def _figure(values: dict[str, str]) -> str:
    if not values.get("src"):
        return ""
    alt = values.get("alt") or values.get("caption") or ""
    picture = f'<img src="{escaped(values["src"])}" alt="{escaped(alt)}">'
    words = values.get("caption") or values.get("title") or ""
    if values.get("attr"):
        words = f"{words} {values['attr']}".strip()
    return f"\n\n<figure>{picture}{f'<figcaption>{escaped(words)}</figcaption>' if words else ''}</figure>\n\n"


def _tag(found: re.Match[str], findings: Findings) -> str:
    name = found[1].lower()
    values = {key.lower(): next((part for part in parts if part), "") for key, *parts in NAMED.findall(found[2])}
    if name in {"include", "youtube", "vimeo"}:
        for kind, address in VIDEOS.items():
            if kind in (found[1] + found[2]).lower() and (number := values.get("id") or found[2].split()[-1:]):
                return _video(address, number if isinstance(number, str) else number[0])
    if name not in SILENT:
        findings.lost("tag", f"What “{line(found[0])[:100]}” stood for isn't brought.")
    return ""


def _expression(found: re.Match[str], findings: Findings) -> str:
    findings.lost("tag", f"What “{line(found[0])[:100]}” stood for isn't brought.")
    return ""
