"""Baked pages come from the disk; what only looks like one goes to the application."""

import threading

import pytest

from blog.editorial.upkeep import old_paths
from tests.deploy.conftest import FILES, PAGE, Visitor
from tests.deploy.nginx import Site

TYPES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    PAGE: ("2026/03/11/who-closes-a-row/index.html", "text/html; charset=utf-8"),
    "/feed/": ("feed/index.rss", "application/rss+xml; charset=utf-8"),
    "/feed/atom/": ("feed/atom/index.atom", "application/atom+xml; charset=utf-8"),
    "/feed/json/": ("feed/json/index.json", "application/feed+json; charset=utf-8"),
    "/author/priya-raman/feed/": ("author/priya-raman/feed/index.rss", "application/rss+xml; charset=utf-8"),
    "/robots.txt": ("robots.txt", "text/plain; charset=utf-8"),
    "/sitemap-2026-03.xml": ("sitemap-2026-03.xml", "application/xml; charset=utf-8"),
    "/cards/12-abc.png": ("cards/12-abc.png", "image/png"),
}


@pytest.mark.parametrize("path", TYPES)
def test_what_is_baked_is_served_with_its_type(visitor: Visitor, path: str):
    file, kind = TYPES[path]

    answer = visitor.asks(path)

    assert (answer.status, answer.body.decode(), answer.headers["content-type"]) == (200, FILES[f"pages/{file}"], kind)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert not answer.doubled


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [("br, gzip", "br", b"in .br"), ("gzip", "gzip", b"in .gz"), ("identity", None, b"a piece" * 100)],
)
def test_a_page_comes_as_it_was_compressed_when_baked(
    visitor: Visitor, accepted: str, encoding: str | None, body: bytes
):
    answer = visitor.asks(PAGE, Accept_Encoding=accepted)

    assert (answer.headers.get("content-encoding"), answer.body) == (encoding, body)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_caches_are_told_that_the_encoding_varies(visitor: Visitor):
    for accepted in ("br", "gzip", "identity"):
        assert visitor.asks(PAGE, Accept_Encoding=accepted).headers["vary"] == "Accept-Encoding", accepted


def test_a_page_that_the_reader_has_is_not_sent_again(visitor: Visitor):
    first = visitor.asks(PAGE, Accept_Encoding="br")

    by_tag = visitor.asks(PAGE, Accept_Encoding="br", If_None_Match=first.headers["etag"])
    by_date = visitor.asks(PAGE, Accept_Encoding="br", If_Modified_Since=first.headers["last-modified"])
    other = visitor.asks(PAGE, Accept_Encoding="identity", If_None_Match=first.headers["etag"])

    assert (by_tag.status, by_date.status, other.status) == (304, 304, 200)
    assert by_tag.headers["cache-control"] == "public, no-cache"


def test_the_front_page_is_not_taken_for_what_a_question_names(visitor: Visitor):
    for question in sorted({*old_paths.TELLING, old_paths.LOOKED_FOR}):
        asked = visitor.asks(f"/?utm_source=x&{question}=7")
        assert asked.is_from_application, question
        assert asked.told["path"] == f"/?utm_source=x&{question}=7"
    for question in ("/", "/?utm_source=p", "/?xp=7", "/?gclid=1&fbclid=p"):
        assert visitor.asks(question).body == FILES["pages/index.html"].encode(), question


def test_head_gives_the_headers_alone(visitor: Visitor):
    answer = visitor.asks(PAGE, method="HEAD")

    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "700")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_what_reads_is_answered_from_a_file(visitor: Visitor, method: str):
    answer = visitor.asks(PAGE, method=method, body=b"x=1")

    assert answer.is_from_application
    assert answer.told["method"] == method


@pytest.mark.parametrize(
    "path",
    [
        "/2026/03/12/not-yet-baked/",
        f"{PAGE}index.html",
        f"{PAGE}index.html.gz",
        PAGE.rstrip("/"),
        "/feed/index.rss",
        "/feed/atom/index.atom",
        "/2026/03/11/",
        "/2026",
        "/admin/",
        "/index.html",
    ],
)
def test_no_address_leads_to_a_file_by_its_inner_name(visitor: Visitor, path: str):
    answer = visitor.asks(path)

    assert answer.is_from_application
    assert answer.told["path"] == path


@pytest.mark.parametrize(
    "path",
    [
        "/../db.sqlite3",
        "/static/../db.sqlite3",
        "/static/..%2fdb.sqlite3",
        "/static../db.sqlite3",
        "/static/%2e%2e/db.sqlite3",
        "/media/../db.sqlite3",
        "/media/..%2f..%2fdb.sqlite3",
        "/media../db.sqlite3",
        "/cards/..%2f..%2fdb.sqlite3",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/.secret/",
        "/.git/config",
        "/static/.hidden",
        "/%2esecret/",
        "/robots.txt%00.html",
    ],
)
def test_paths_that_are_tricks_lead_to_no_file(visitor: Visitor, path: str):
    answer = visitor.asks(path)

    assert answer.is_from_application or answer.status in {400, 404}
    assert b"the database" not in answer.body
    assert b"hidden" not in answer.body


def test_a_page_that_is_baked_anew_is_served_at_once(visitor: Visitor, site: Site):
    file = site.pages / "fresh" / "index.html"
    file.parent.mkdir()

    answers = []
    for text in ("one", "two"):
        draft = file.with_name("draft")
        draft.write_text(text)
        draft.replace(file)
        answers.append(visitor.asks("/fresh/").body.decode())
    file.unlink()

    assert answers == ["one", "two"]
    assert visitor.asks("/fresh/").is_from_application


def test_a_page_that_is_taken_away_while_it_is_asked_for_comes_from_the_application(visitor: Visitor, site: Site):
    file = site.pages / "flickering" / "index.html"
    file.parent.mkdir()
    is_over = threading.Event()

    def flicker() -> None:
        while not is_over.is_set():
            file.write_text("baked")
            file.unlink()

    thread = threading.Thread(target=flicker)
    thread.start()
    try:
        answers = [visitor.asks("/flickering/?a=1") for _ in range(1000)]
    finally:
        is_over.set()
        thread.join()

    assert {answer.status for answer in answers} == {200}
    paths = {answer.told["path"] for answer in answers if answer.is_from_application}
    assert paths == {"/flickering/?a=1"}
