"""Plain files in a real browser, behind a server that knows nothing: the search, and old addresses with a question."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from blog.editorial.upkeep import old_paths
from blog.models import ArrivalKind
from blog.plain_files.exporting import export
from blog.reading import cards
from tests.factories import NOW, make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NONE = "Nothing with these words. Try fewer, or another word for the same thing."


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def site(browser: Browser, db, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(cards, "draw", lambda _card: b"")
    piece = make_published(title="Who closes a row?", body="<p>In libraries, nobody. Café.</p>")
    old_paths.keep([("/?p=7", ArrivalKind.POST.value, piece.pk), ("/a.php?id=3", "post", piece.pk)], at=NOW)
    export(target=tmp_path / "out", address="http://blog.example", now=NOW)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "out")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_search_and_old_questions_work_on_any_server(site: str, browser: Browser):
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site}/search/?q=shrubs")
    expect(page.locator("#count")).to_have_text(NONE)
    for asked in ("librar", "LIBRARIES", "cafe row", "closes a r"):
        page.fill("#q", asked)
        expect(page.locator("#count")).to_have_text("1 piece")
        expect(page.locator("[data-results] h3 a")).to_have_text(["Who closes a row?"])
        expect(page.get_by_role("button", name="More results")).not_to_be_visible()
    page.goto(f"{site}/?p=7")
    page.wait_for_url(re.compile("/who-closes-a-row/$"))
    assert errors == []
    page.close()
