"""nginx, two processes of the application server and a worker, as for real: what an editor publishes is on every page."""

import time

import pytest

from tests.deploy.editor import Browser, Editor, Waiting, pieces_that_wait
from tests.deploy.site import Running, bake, fetch, site


@pytest.fixture(scope="module")
def running(_nginx: None):
    with site() as started:
        yield started


def test_a_publish_in_the_admin_is_on_every_page_that_shows_it(running: Running):
    first, second = pieces_that_wait(running, 2)
    editor = Editor(running.url)
    editor.publish(first)
    for path in first.shown_at:
        wait_for(running, path, first)
    bake(running, "/")
    bake(running, first.shown_at[0])

    editor.publish(second)

    for path in second.shown_at:
        wait_for(running, path, second)
    assert bake(running, second.shown_at[0]).exists()


def test_what_is_read_from_files_and_from_the_application_is_the_same(running: Running):
    for path in ("/", "/series/", "/archive/"):
        bake(running, path)
        from_file, of_file = fetch(running.url + path, Accept_Encoding="br")
        from_application, of_application = fetch(running.application_url + path, Accept_Encoding="br")

        assert from_file == from_application
        assert of_file.keys() - {"accept-ranges", "connection"} == of_application.keys() - {"connection"}


def test_a_stranger_gets_no_further_than_the_sign_in(running: Running):
    assert "csrfmiddlewaretoken" in Browser(running.url).get("/admin/")


def wait_for(running: Running, path: str, piece: Waiting, patience: float = 20) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            text = fetch(running.url + path)[0].decode()
        except OSError:  # Not there yet
            text = ""
        if piece.slug in text:
            return
        assert time.monotonic() < until, f"{path} never showed {piece.slug}"
        time.sleep(0.05)
