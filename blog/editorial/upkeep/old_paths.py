"""Paths from elsewhere: where things of an archive were, if it is none of our addresses. They lead on for ever.

One spelling of a path stands for all: decoded, in small letters, without a slash at its end. Of a question only what
tells things apart is kept (`/?p=7`), for old links carry all kinds of words behind a question mark.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from blog.editorial.upkeep.addresses import present_address
from blog.models import Arrival, ArrivalKind, Document, OldPath, Picture, Post

LONGEST = 500
# By which systems name things in questions: WordPress the first two lines, Joomla the third
TELLING = {
    "p", "page_id", "attachment_id", "cat", "author", "author_name", "tag", "m", "feed", "category_name", "name",
    "pagename", "year", "monthnum", "day",
    "option", "view", "id", "format", "type",
}  # fmt: skip
LOOKED_FOR = "s"  # What WordPress calls the words of a search
# What may follow the address of a thing. A list keeps its page and its feed, a piece its feed; the rest was part of it
FOLLOWING = re.compile(
    r"(?P<path>/.*?)/(?:(?P<feed>feed)(?:/(?P<format>[a-z0-9]+))?|page/(?P<number>\d{1,5})"
    r"|comment-page-\d+|trackback|amp|\d{1,3})"
)
A_PIECE = re.compile(r"/\d{4}/\d{2}/\d{2}/(?P<slug>[-\w]+)")
FORMATS = {"atom": "atom/", "json": "json/"}
TOPICS = {ArrivalKind.CATEGORY, ArrivalKind.TAG, ArrivalKind.SERIES, ArrivalKind.AUTHOR}
BATCH = 500
MOST_STEPS = 10  # From one old path to another


def path_of(address: str) -> str:
    """Return the path of an address, whole or not, in the spelling in which paths from elsewhere are kept."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "/"
    path = "/" + "/".join(part for part in unquote(parts.path).split("/") if part and part != ".")
    asked = sorted((name, _number(value)) for name, value in _asked(parts.query) if name in TELLING)
    spelled = (f"{path}?{urlencode(asked)}" if asked else path).lower().replace("\x00", "")
    if len(spelled) <= LONGEST:
        return spelled
    return f"{spelled[: LONGEST - 65]}~{hashlib.sha256(spelled.encode(errors='replace')).hexdigest()}"


def tells(question: str) -> bool:
    """Whether a question, the part of an address behind the question mark, may name a thing or look for words."""
    return any(name in TELLING or name == LOOKED_FOR for name, _value in _asked(question))


def names_a_thing(question: str) -> bool:
    """Whether a question to the front page names a thing in a way in which things of an archive were named (`?p=8`)."""
    name, sign, _value = path_of(f"/?{question}").partition("=")
    return bool(sign) and OldPath.objects.filter(path__startswith=f"{name}=").exists()


def keep(rows: Iterable[tuple[str, str, int]], *, at: dt.datetime) -> None:
    """Write down paths or addresses with what they lead to: a kind of `ArrivalKind`, and its key.

    One that is kept already stays as it is: the first thing of that path has it. What is one of our own addresses now
    need not be given, and does no harm. To be called in the transaction of the arrival.
    """
    _write([OldPath(path=path_of(path), kind=kind, target=target, kept_at=at) for path, kind, target in rows])


def keep_literal(rows: Iterable[tuple[str, str]], *, at: dt.datetime) -> None:
    """Write down paths or addresses with the path here that each leads to.

    One that ends in `*` stands for all that begins like it, and what follows is added (`/blog/*` to `/`).
    """
    found = []
    for old, to in rows:
        path = path_of(old.removesuffix("*"))
        path = f"{path.rstrip('/')}/*" if old.endswith("*") else path
        if path not in {to, to.rstrip("/"), "/", "/*"} and _stays_here(to):
            found.append(OldPath(path=path, to=to[:LONGEST], kept_at=at))
    _write(found)


def present(path: str, *, question: str = "", at: dt.datetime) -> str:
    """Return the path to which a path from elsewhere leads now, or nothing. Only what readers may see is told.

    `question` is what stood behind the question mark. Raises TakenDownError for a piece that readers could see once.
    """
    path = f"/{path.lstrip('/')}"  # What begins with two slashes would be a host
    asked = path_of(f"{quote(path)}?{question}") if question else path_of(quote(path))
    if found := _row(asked):
        return _leads_to(found, at)
    if "?" in asked:
        return _searched(path, question) or (present(path, at=at) if path.strip("/") else "")
    if parts := FOLLOWING.fullmatch(asked):
        found = _row(parts["path"]) or _arrived(parts["path"])
        leads_to = _leads_to(found, at) if found else ""
        if found and leads_to:
            return f"{leads_to}{_rest(parts, found)}"
    return _searched(path, question) or _unless_round(asked, _by_beginning(asked))


def _stays_here(to: str) -> bool:
    """Whether it is a path of this site: browsers read two slashes, or a slash and its mirror, as another host."""
    return to.startswith("/") and to[1:2] != "/" and "\\" not in to and to.isprintable()


def _unless_round(asked: str, to: str) -> str:
    """Return where a path leads, or nothing where from there it would lead on and on, or back."""
    seen, next_ = {asked}, to
    while next_ and len(seen) <= MOST_STEPS:
        here = path_of(next_)
        if here in seen:
            return ""
        seen.add(here)
        row = _row(here)
        if row and row.target is not None:
            return to
        next_ = row.to if row else _by_beginning(here)
    return "" if next_ else to


def _write(rows: list[OldPath]) -> None:
    wanted = {row.path: row for row in reversed(rows) if row.path != "/"}
    new = [wanted[path] for path in sorted(wanted)]
    OldPath.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def _row(path: str) -> OldPath | None:
    return OldPath.objects.filter(path=path).first()


def _arrived(path: str) -> OldPath | None:
    """Return where parts of a piece lead that came from elsewhere and kept its path: they are all on one page here."""
    if not (dated := A_PIECE.fullmatch(path)):
        return None
    key = Post.objects.filter(slug=dated["slug"]).values_list("pk", flat=True).first()
    if key is None or not Arrival.objects.filter(kind=ArrivalKind.POST, target=key).exists():
        return None
    return OldPath(path=path, kind=ArrivalKind.POST, target=key)


def _asked(question: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(question[:2000], max_num_fields=30)
    except ValueError:
        return []


def _number(value: str) -> str:
    """Joomla writes a key with the words of an address behind it: `12:a-title`."""
    number, _colon, _words = value.partition(":")
    return number if number.isdecimal() else value


def _searched(path: str, question: str) -> str:
    words = dict(_asked(question)).get(LOOKED_FOR, "").strip()
    return f"/search/?{urlencode({'q': words})}" if words and not path.strip("/") else ""


def _by_beginning(path: str) -> str:
    parts = path.strip("/").split("/")
    beginnings = ["/" + "/".join([*parts[:length], "*"]) for length in range(len(parts), 0, -1)][:20]
    rules = {rule.path: rule.to for rule in OldPath.objects.filter(path__in=beginnings)}
    longest = next((beginning for beginning in beginnings if beginning in rules), None)
    if longest is None:
        return ""
    leads_to = path_of(rules[longest])
    if leads_to.startswith(longest[:-1]) and f"{path}/".startswith(f"{leads_to}/"):
        return ""  # It led on by this rule before
    rest = path[len(longest) - 1 :].strip("/")
    is_file = "." in rest.rpartition("/")[2]
    return f"{rules[longest].rstrip('/')}/{quote(rest)}{'/' if rest and not is_file else ''}"


def _rest(parts: re.Match[str], row: OldPath) -> str:
    """Return what of the end of an old path means something here."""
    if parts["feed"] and row.kind in {*TOPICS, ArrivalKind.POST}:
        return f"feed/{FORMATS.get(parts['format'] or '', '')}"
    if parts["number"] and row.kind in TOPICS - {ArrivalKind.SERIES}:
        return f"page/{int(parts['number'])}/"
    return ""


def _leads_to(row: OldPath, at: dt.datetime) -> str:
    if row.target is None:
        return _unless_round(row.path, row.to)
    if row.kind == ArrivalKind.DOCUMENT:
        document = Document.objects.filter(pk=row.target).first()
        return document.file.url if document else ""
    if row.kind == ArrivalKind.PICTURE:
        picture = Picture.objects.select_related("post").filter(pk=row.target).first()
        # That of a draft is as little to be found as the draft
        is_shown = picture is not None and (picture.post is None or picture.post.is_visible_at(at))
        return picture.file.url if picture and is_shown else ""
    return present_address(kind=row.kind, target=row.target, at=at)
