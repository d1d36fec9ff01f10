"""Publishing while readers read: how long until every page that shows a piece shows it, and whether any request fails."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from tests.bench.rows import Row, at_most
from tests.deploy.editor import Editor, Waiting, pieces_that_wait
from tests.deploy.site import Running, fetch, newest_article, site

PUBLISHED = 8
RATE = 200  # Requests a second
CONNECTIONS = 24
LIMIT = 1.0
PATIENCE = 15.0
PAUSE = 0.05  # Seconds between two looks at a page


@dataclass
class Load:
    """Asks for pages at a steady rate, and counts."""

    port: int
    paths: list[str]
    asked: int = 0
    slowest: float = 0
    failures: list[str] = field(default_factory=list)
    began: float = 0

    async def run(self, until: asyncio.Event) -> None:
        self.began = time.monotonic()
        turns = itertools.count()
        await asyncio.gather(*(self._reader(turns, until) for _ in range(CONNECTIONS)))

    @property
    def rate(self) -> float:
        return self.asked / (time.monotonic() - self.began)

    async def _reader(self, turns: Iterator[int], until: asyncio.Event) -> None:
        connection = Connection(self.port)
        while not until.is_set():
            turn = next(turns)
            await asyncio.sleep(max(0, self.began + turn / RATE - time.monotonic()))
            path = self.paths[turn % len(self.paths)]
            sent = time.monotonic()
            try:
                status, _ = await asyncio.wait_for(connection.ask(path, "br"), 10)
            except (OSError, EOFError, TimeoutError) as error:
                self.failures.append(f"{path}: {type(error).__name__} {error}")
                connection.close()
            else:
                if status != 200:
                    self.failures.append(f"{path}: {status}")
            self.asked += 1
            self.slowest = max(self.slowest, time.monotonic() - sent)
        connection.close()


class Connection:
    """One kept connection to nginx, opened again when nginx has closed it after its number of requests."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, accept: str) -> tuple[int, bytes]:
        """Return the status and the body."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: {accept}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = head.partition("\r\ncontent-length: ")[2].partition("\r\n")[0]
        body = await (reader.readexactly(int(length)) if length else whole(reader))
        if "\r\nconnection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1]), body

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
        self.streams = None


async def whole(reader: asyncio.StreamReader) -> bytes:
    """Read a body that comes in chunks (RFC 9112, 7.1)."""
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def measure() -> list[Row]:
    with site() as running:
        return asyncio.run(published(running))


async def published(running: Running) -> list[Row]:
    pieces = await asyncio.to_thread(pieces_that_wait, running, PUBLISHED)
    editor = await asyncio.to_thread(Editor, running.url)
    over = asyncio.Event()
    load = Load(running.nginx.port, read_meanwhile(running, pieces))
    reading = asyncio.create_task(load.run(over))
    seen: list[tuple[float, str]] = []
    for piece in pieces:
        await asyncio.sleep(1.5)
        sent = asyncio.Event()
        watched = [asyncio.create_task(shown(running.nginx.port, path, piece, sent)) for path in piece.shown_at]
        sending = partial(asyncio.get_running_loop().call_soon_threadsafe, sent.set)
        began = await asyncio.to_thread(editor.publish, piece, sending)
        seen += [(at - began, path) for at, path in await asyncio.gather(*watched)]
    over.set()
    rate = load.rate
    await reading
    worst, where = max(seen)
    pages = f"{len(pieces)} pieces, {len(seen)} pages in all"
    failed = f"{len(load.failures)} of {load.asked:,}" + "".join(f"; {what}" for what in load.failures[:5])
    title = f"a publish in the admin is on every page that shows it, at {RATE} requests/s"
    return [
        at_most(title, worst, LIMIT, unit=" s", note=f" (the worst, {where}; {pages})"),
        Row(
            "requests that failed meanwhile",
            f"{failed} ({rate:.0f}/s)",
            "none",
            not load.failures and rate > 0.95 * RATE,
        ),
    ]


def read_meanwhile(running: Running, pieces: list[Waiting]) -> list[str]:
    """Return what readers ask for: all pages that will show the pieces and that are there already, and others."""
    found = []
    named = {
        "/archive/",
        "/series/",
        "/writers/",
        newest_article(running),
        *(path for piece in pieces for path in piece.shown_at),
    }
    for path in sorted(named):
        with suppress(OSError):  # Not there before the first piece is
            fetch(running.url + path)
            found.append(path)
    return found


async def shown(port: int, path: str, piece: Waiting, sent: asyncio.Event) -> tuple[float, str]:
    """Ask for a page, from the sending of the form on, until the piece is on it, and return that moment."""
    connection = Connection(port)
    await sent.wait()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        status, body = await connection.ask(path, "identity")
        if status == 200 and piece.slug.encode() in body:
            connection.close()
            return time.monotonic(), path
        await asyncio.sleep(PAUSE)
    raise TimeoutError(f"{path} did not show the piece within {PATIENCE} seconds.")
