"""Going through the site as somebody: every address and every link, picture and form found there, to the end."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from blog.models import Letter
from tests.pen_names.forms import Form, forms_of
from tests.pen_names.needles import ADDRESS, KEY, telling, telling_bytes

LINKS = re.compile(r"""\b(?:href|src|action|formaction|srcset|poster|content|cite|data-[a-z-]+)=["']([^"']+)["']""")
FULL = re.compile(re.escape(settings.SITE_URL) + r"""(/[^\s"'<>\\,)]*)""")
MOST_OF_A_FORM = 2
NEVER_ASKED = ("/static/",)
WAY_BACK = "_changelist_filters"


@dataclass(frozen=True)
class Find:
    """Something that gives the person away: to whom, where, in what, and which word it was."""

    role: str
    method: str
    path: str
    surface: str
    told: tuple[str, ...]
    page: str = field(default="", repr=False, compare=False)

    @property
    def route(self) -> str:
        """The name of the route that was asked."""
        return route_of(self.path) or ""


@dataclass
class Crawl:
    """One person's way through the site."""

    role: str
    client: Client
    most_rows: int = 12  # Of one route; more of them are more of the same
    most_of_a_kind: int = 4  # Of days, kinds of letters and the like
    finds: list[Find] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    pictures: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def go(self, begin: Iterable[str], *, sends: bool = True) -> None:
        """Look at these addresses and at all that they lead to; then maybe send the forms that were found."""
        queue, seen, forms = deque(begin), set(), []
        while queue:
            path = queue.popleft()
            parts = set(_parts_of(path))
            if parts <= seen or path.startswith(NEVER_ASKED):
                continue
            seen |= parts
            if path.startswith(settings.MEDIA_URL):
                self._look_at_picture(path)
                continue
            route = route_of(path)
            if route is None or self.asked[route] >= self._most_of(path):
                continue
            self.asked[route] += 1
            page = self._look("GET", path, self.client.get(path))
            queue.extend(_links(page, path))
            if sends and "<form" in page:
                forms += [(path, form) for form in forms_of(page) if form.method == "post"]
        if sends:
            self._send(forms)

    def note(self, method: str, path: str, surface: str, told: list[str], page: str = "") -> None:
        """Write down what was found, if anything was."""
        if told:
            self.finds.append(Find(self.role, method, path, surface, tuple(told), page))

    def _look(self, method: str, path: str, response: HttpResponseBase) -> str:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        page, echo = content.decode(errors="replace"), path.split("?", maxsplit=1)[0]
        if response.status_code >= 500:
            self.broken.append(f"{method} {path}")
        # What was asked for comes back where one is sent to sign in; that tells nobody anything
        self.note(method, path, "page", telling_bytes(content.replace(echo.encode(), b"")), page)
        headers = unquote(f"{response.headers} {response.cookies.output()}").replace(echo, "")
        self.note(method, path, "headers", telling(headers), page)
        if method == "GET":
            self.pages[path] = page
        return page + f' href="{html.escape(response.headers.get("Location", ""))}"'

    def _most_of(self, path: str) -> int:
        return self.most_rows if _is_of_a_row(unquote(urlsplit(path).path)) else self.most_of_a_kind

    def _look_at_picture(self, path: str) -> None:
        name = unquote(path.removeprefix(settings.MEDIA_URL))
        if name not in self.pictures:
            with default_storage.open(name) as file:
                self.pictures[name] = [*telling(name), *telling_bytes(file.read())]
        self.note("GET", path, "picture", self.pictures[name])

    def _send(self, forms: list[tuple[str, Form]]) -> None:
        """Send each kind of form some times, and let everything be as it was afterwards."""
        for page, form in forms:
            path = urljoin(page, html.unescape(form.action)) if form.action else page
            route = route_of(path)
            if route is None or not path.startswith("/"):
                continue
            kind = f"{route} {form.shape}"
            if self.sent[kind] >= MOST_OF_A_FORM:
                continue
            self.sent[kind] += 1
            # The first one with words in it, so that it does what it is for; the next as it stands, which is refused
            for values in form.sent(is_filled=self.sent[kind] == 1):
                with transaction.atomic():
                    self._send_one(path, values)
                    transaction.set_rollback(True)

    def _send_one(self, path: str, values: dict[str, list[str]]) -> None:
        before = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        entries = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        client = Client(raise_request_exception=False)
        client.cookies.load({name: morsel.value for name, morsel in self.client.cookies.items()})
        response = client.post(path, values)
        self._look("POST", path, response)
        after = urljoin(path, response.headers.get("Location", ""))
        if after != path and route_of(after):
            self._look("after POST", after, client.get(after))
        for letter in letters_to_others(Letter.objects.filter(pk__gt=before)):
            self.note("POST", path, f"letter {letter.kind}", telling(words_of(letter)))
        for entry in LogEntry.objects.filter(pk__gt=entries):
            self.note("POST", path, "log of the admin", telling(f"{entry.object_repr} {entry.change_message}"))


def letters_to_others(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Return the letters that go to anybody but the person."""
    return (one for one in letters if one.to_user_id != KEY and one.to_address != ADDRESS)


def words_of(letter: Letter) -> str:
    return f"{letter.to_name} {letter.to_address} {letter.subject} {letter.text} {letter.message_id}"


def _links(page: str, base: str) -> Iterator[str]:
    found = [html.unescape(link) for link in LINKS.findall(page)]
    found = [
        part.split()[0] for link in found for part in (link.split(", ") if " " in link else [link]) if part.split()
    ]
    for link in [*found, *FULL.findall(page)]:
        target = urlsplit(urljoin(base, link.removeprefix(settings.SITE_URL)))
        if not target.netloc and not target.scheme and target.path.startswith("/"):
            is_said = target.query and WAY_BACK not in target.query
            yield f"{target.path}?{target.query}" if is_said else target.path


def _parts_of(path: str) -> list[tuple[str, str]]:
    """Return the path, and each name behind the question mark: what has shown all of them is not asked again."""
    parts = urlsplit(path)
    return [(parts.path, ""), *((parts.path, name) for name, _value in parse_qsl(parts.query, keep_blank_values=True))]


@cache
def _is_of_a_row(path: str) -> bool:
    match = resolve(path)
    return "slug" in match.kwargs or all(str(one).isdigit() for one in [*match.args, *match.kwargs.values()])


def route_of(path: str) -> str | None:
    """Return the name of the route that an address leads to, or None."""
    return _resolved(unquote(urlsplit(path).path))


@cache
def _resolved(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
