"""Tags that Jekyll and Hugo carry out when they write a site → Markdown or HTML that means the same."""

import re
from collections.abc import Callable, Mapping

from blog.archive.sources.findings import Findings
from blog.archive.sources.markdown_text import CODE
from blog.archive.sources.values import escaped, line

INNER = r"((?:[^{]|\{(?!%-?\s*(?:end)?(?:highlight|codeblock|code\b)|\{[<%]\s*/?\s*highlight))*+)"
HIGHLIGHT = re.compile(
    rf"\{{%-?\s*(?:highlight|codeblock|code)\b[^%]{{0,300}}%\}}{INNER}\{{%-?\s*end(?:highlight|codeblock|code)\s*-?%\}}|"
    rf"\{{\{{[<%]\s*highlight\b[^>%]{{0,200}}[>%]\}}\}}{INNER}\{{\{{[<%]\s*/\s*highlight\s*[>%]\}}\}}"
)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}((?:[^{]|\{(?!%-?\s*(?:end)?raw\s*-?%\}))*+)\{%-?\s*endraw\s*-?%\}")
RAW_ALONE = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
SHOWN = re.compile(r"\{\{([<%])/\*([^*{}]{0,1000})\*/([>%])\}\}")  # So Hugo writes a shortcode that is shown
# A brace that is no tag, while tags are looked for
BRACE = "\x03"
POST = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^%\s]{1,300})\s*-?%\}")
SITE = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url)|page\.baseurl)\s*-?\}\}")
LITERAL = re.compile(r"\{\{-?\s*[\"']([^\"'{}]{1,500})[\"']\s*(?:\|[^{}]{0,200}?)?-?\}\}")
INCLUDE = re.compile(r"\{%-?\s*(\w{1,40})\b((?:[^%{]|%(?!\})|\{(?!%)){0,1000}?)-?%\}")
ADDRESS = re.compile(r"(?:https?:/)?/\S+|\S+\.(?:jpe?g|png|gif|webp|svg|avif|mp4|webm|ogv|mp3|ogg)\b\S*", re.IGNORECASE)
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
SILENT = {"comment", "toc", "rawhtml", "assign", "capture", "more", "else", "elsif", "elseif", "when", "pullquote"}
QUOTES = {"blockquote", "quote"}
PICTURES = {"img", "asset_img", "image"}


def without_tags(
    written: str, findings: Findings, *, address_of: Callable[[str], str], known: Mapping[str, str] | None = None
) -> str:
    """Return a text without the tags of generators; in code they stay.

    `address_of` says where another text is, by its file's name; `known` what a name such as “page.title” stands for.
    """
    if "{{" not in written and "{%" not in written:
        return written
    written = RAW.sub(lambda found: found[1].replace("{", BRACE), written.replace(BRACE, ""))
    written = SHOWN.sub(lambda found: f"{BRACE}{BRACE}{found[1]}{found[2]}{found[3]}}}}}", RAW_ALONE.sub("", written))
    written = HIGHLIGHT.sub(_highlighted, written)
    written = CODE.sub(lambda found: found[0].replace("{", BRACE), written)
    written = LITERAL.sub(lambda found: found[1], SITE.sub("", written))
    written = POST.sub(lambda found: address_of(found[1]) or found[0], written)
    written = SHORTCODE.sub(lambda found: _shortcode(found, findings, address_of), written)
    written = INCLUDE.sub(lambda found: _tag(found, findings), written)
    written = EXPRESSION.sub(lambda found: _expression(found, findings, known or {}), written)
    return written.replace(BRACE, "{")


def _highlighted(found: re.Match[str]) -> str:
    inner = (found[1] or found[2] or "").strip("\n")
    return f"\n<pre><code>{escaped(inner).replace('{', BRACE)}</code></pre>\n"


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
    if name == "include":
        for kind, address in VIDEOS.items():
            if kind in found[2].lower() and (number := values.get("id") or found[2].split()[-1:]):
                return _video(address, number if isinstance(number, str) else number[0])
    if name in VIDEOS and (numbers := found[2].split()):
        return _video(VIDEOS[name], values.get("id") or numbers[0])
    if meant := _of_octopress(name, found[2]):
        return meant
    if name not in SILENT and not name.startswith("end"):
        findings.lost("tag", f"What “{line(found[0])[:100]}” stood for isn't brought.")
    return ""


def _of_octopress(name: str, rest: str) -> str:
    """Return what a tag of Octopress or Hexo means; nothing for others."""
    if name in QUOTES:
        return f"\n\n<blockquote>{f'<p><cite>{escaped(line(rest))}</cite></p>' if line(rest) else ''}\n\n"
    if name.removeprefix("end") in QUOTES:
        return "\n\n</blockquote>\n\n"
    if name == "video" and (address := ADDRESS.search(rest)):
        return f'\n\n<video src="{escaped(address[0])}" controls></video>\n\n'
    return _picture(rest) if name in PICTURES else ""


def _picture(rest: str) -> str:
    """Return a picture of Octopress's or Hexo's: `{% img [class] /path [width] [height] [title [alternative]] %}`."""
    found = ADDRESS.search(rest)
    if not found:
        return ""
    words = re.sub(r"^(?:\s*\d+%?)*\s*", "", rest[found.end() :]).strip()
    quoted = [
        next(part for part in parts if part) for parts in re.findall(r"\"([^\"]+)\"|'([^']+)'|\[([^\]]+)\]", words)
    ]
    return f'<img src="{escaped(found[0])}" alt="{escaped(line(quoted[-1] if quoted else words))}">'


def _expression(found: re.Match[str], findings: Findings, known: Mapping[str, str]) -> str:
    name = found[1].split("|")[0].strip().lower().lstrip(".")
    if value := known.get(name) or known.get(f"page.{name}"):
        return value
    findings.lost("tag", f"What “{line(found[0])[:100]}” stood for isn't brought.")
    return ""
