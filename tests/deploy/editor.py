"""An editor in a browser without a screen, and pieces that wait for them."""

import http.cookiejar
import json
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.deploy.nginx import ROOT
from tests.deploy.site import Running
from wlg.demonstration.people import EDITORS, PASSWORD


@dataclass(frozen=True)
class Waiting:
    """A piece that waits to be published: where the admin has it, and all addresses that will show it."""

    pk: int
    slug: str
    shown_at: list[str]


def pieces_that_wait(running: Running, number: int) -> list[Waiting]:
    """Make pieces that are ready to go out, in a process that belongs to the site."""
    command = [sys.executable, "-m", "tests.deploy.editor", str(number)]
    made = subprocess.run(command, cwd=ROOT, env=running.environment, check=True, stdout=subprocess.PIPE)
    return [Waiting(**row) for row in json.loads(made.stdout)]


class Browser:
    """Keeps cookies and sends forms, as a browser does."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def send(self, path: str, *, form_at: str, form: str = "", **fields: Any) -> str:
        """Send a form that stands at a page, fetched unless it is given, and return the page that it leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form or self.get(form_at))
        assert token
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        request = urllib.request.Request(self.url + path, body, {"Referer": self.url + form_at, "Origin": self.url})
        with self.opener.open(request, timeout=20) as answer:
            text: str = answer.read().decode()
            return text


class Editor(Browser):
    """Signed in as the first editor of the demonstration."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.send("/accounts/login/", form_at="/accounts/login/", login=EDITORS[0].email, password=PASSWORD)

    def publish(self, piece: Waiting, sending: Callable[[], object] = lambda: None) -> float:
        """Publish a piece in the admin. Return the moment (of `time.monotonic`) at which the form is sent.

        `sending` is called at that moment.
        """
        review = f"/admin/blog/post/{piece.pk}/change/"
        page = self.get(review)
        seen = re.search(r'name="seen" value="(\d+)"', page)
        assert seen
        sending()
        began = time.monotonic()
        self.send(f"/admin/blog/post/{piece.pk}/move/publish/", form_at=review, form=page, seen=seen[1])
        return began


def _make(number: int) -> list[dict[str, Any]]:
    """Make pieces, each in a category and a series, with a tag, by one author. Runs with the site's own settings."""
    from django.utils import timezone

    from accounts.models import User
    from blog.states import State
    from tests.factories import CategoryFactory, SeriesFactory, TagFactory, make_author, make_piece

    now = timezone.now()
    editor = User.objects.get(email=EDITORS[0].email)
    category = CategoryFactory(name="Measured", slug="measured")
    series = SeriesFactory(title="Measured parts", slug="measured-parts")
    tag = TagFactory(name="Measured too", slug="measured-too")
    author = make_author(editor, name="Ivy Measure")
    on = timezone.localdate(now)
    lists = ["/category/measured/", "/tag/measured-too/", f"/author/{author.slug}/", "/series/measured-parts/"]
    feeds = [f"{page}feed/{kind}" for page in ("/", *lists) for kind in ("", "atom/", "json/")]
    dates = [f"/{on:%Y}/", f"/{on:%Y/%m}/", f"/{on:%Y/%m/%d}/"]
    others = [f"/sitemap-{on:%Y-%m}.xml", "/search/?q=measured"]
    made: list[dict[str, Any]] = []
    for part in range(1, number + 1):
        slug = f"the-measured-piece-{part:03}"
        post = make_piece(
            State.READY, editor=editor, writer=editor, author=author, title=slug.replace("-", " ").capitalize(),
            category=category, series=series, part_number=part, at=now,
        )  # fmt: skip
        post.tags.add(tag)
        own = f"{dates[-1]}{slug}/"
        # The part before shows it as the next one
        before = [made[-1]["shown_at"][0]] if made else []
        made.append({"pk": post.pk, "slug": slug, "shown_at": [own, "/", *before, *lists, *feeds, *dates, *others]})
    return made


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wlg.settings")
    import django

    django.setup()
    print(json.dumps(_make(int(sys.argv[1]))))
