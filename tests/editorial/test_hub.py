"""Telling a WebSub hub what is new: a row in the publication's transaction, sent by the worker, tried again."""

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from blog.editorial import corrections, drafting, publishing
from blog.editorial.upkeep import hub
from blog.models import HubNotice, Post
from blog.states import State
from tests.factories import NOW, CategoryFactory, SeriesFactory, TagFactory, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class Hub:
    """A hub on this machine, and what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, list[str]]] = []
        self.status = 204
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                hub.told.append(parse_qs(self.rfile.read(length).decode()))
                self.send_response(hub.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hub/"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()


@pytest.fixture
def websub(settings) -> Iterator[Hub]:
    running = Hub()
    settings.WEBSUB_HUB, settings.SITE_URL = running.address, "https://aob.example"
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_publication_tells_every_feed_that_it_is_in(websub: Hub):
    post = make_published(category=CategoryFactory(slug="money"), series=SeriesFactory(slug="lists"))
    post.tags.add(TagFactory(slug="damp"))
    assert hub.tell_due(at=NOW) == 1
    (told,) = websub.told
    author = post.authors.get().slug
    paths = ["/", "/category/money/", "/series/lists/", "/tag/damp/", f"/author/{author}/"]
    assert told["hub.mode"] == ["publish"]
    assert set(told["hub.url"]) == {
        f"https://aob.example{path}feed/{form}" for path in paths for form in ("", "atom/", "json/")
    }
    assert not HubNotice.objects.exists()
    assert hub.tell_due(at=NOW + MINUTE) == 0


def test_a_scheduled_piece_is_told_of_when_its_time_has_come(websub: Hub):
    make_piece(State.PUBLISHED, go_out_at=NOW + 60 * MINUTE)
    assert hub.tell_due(at=NOW + 59 * MINUTE) == 0
    assert websub.told == []
    assert hub.tell_due(at=NOW + 60 * MINUTE) == 1


@pytest.mark.parametrize("taken_back", ["unschedule", "retract"])
def test_what_was_taken_back_before_its_time_is_told_of_nowhere(websub: Hub, taken_back: str):
    post = make_piece(State.PUBLISHED, go_out_at=NOW + 60 * MINUTE)
    reason = {"reason": "A slip."} if taken_back == "retract" else {}
    getattr(publishing, taken_back)(post=post, by=make_editor(), at=NOW, **reason)
    assert hub.tell_due(at=NOW + 61 * MINUTE) == 0
    assert websub.told == []
    assert not HubNotice.objects.exists()


def test_a_correction_is_news_too(websub: Hub, editor):
    post = Post.objects.get(pk=make_published(editor=editor).pk)
    hub.tell_due(at=NOW)
    drafting.save_text(post=post, text=drafting.Text(standfirst="Better."), by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="A slip.", by=editor, at=NOW)
    assert hub.tell_due(at=NOW) == 1
    assert len(websub.told) == 2


def test_a_hub_that_fails_is_tried_again_later_and_in_the_end_no_more(websub: Hub):
    websub.status = 503
    make_published()
    at = NOW
    for wait in hub.WAITS:
        assert hub.tell_due(at=at) == 0
        notice = HubNotice.objects.get()
        assert (notice.due_at, notice.claimed_until) == (at + wait, None)
        assert "503" in notice.last_error
        assert hub.tell_due(at=notice.due_at - MINUTE / 2) == 0
        at = notice.due_at
    assert hub.tell_due(at=at) == 0
    assert not HubNotice.objects.exists()
    assert len(websub.told) == len(hub.WAITS) + 1


def test_a_hub_that_is_back_is_told(websub: Hub):
    websub.status = 503
    make_published()
    hub.tell_due(at=NOW)
    websub.status = 202
    assert hub.tell_due(at=NOW + MINUTE) == 1


def test_a_hub_that_is_not_there_delays_its_notice_alone(settings):
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"
    make_published()
    assert hub.tell_due(at=NOW) == 0
    assert HubNotice.objects.get().attempts == 1


def test_a_worker_that_dies_leaves_its_notice_to_another(websub: Hub):
    make_published()
    assert hub._claim_next(NOW)
    assert hub.tell_due(at=NOW + MINUTE) == 0
    assert hub.tell_due(at=NOW + hub.LEASE) == 1


def test_without_a_hub_nothing_is_written_down(settings):
    settings.WEBSUB_HUB = ""
    make_published()
    assert not HubNotice.objects.exists()
