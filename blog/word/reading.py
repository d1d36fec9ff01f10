"""The door to a Word file: starts the process that opens it, and ends it when it takes too long or says too much.

At most two such processes run on a machine at once, whatever the number of workers and threads: each holds a lock on
one of two files (`flock`), which the system lets go of when its holder dies.
"""

import fcntl
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from blog.word import refusing
from blog.word.package import look_at
from blog.word.refusing import WordFileRefusedError

MOST_BYTES = 10 * 1024 * 1024
MOST_ANSWERED = 48 * 1024 * 1024
SECONDS = 9.0
PLACES = 2
PATIENCE = 2.0
PAUSE = 0.05
ROOT = str(Path(__file__).resolve().parents[2])
# Isolated (-I): neither the environment nor the folder it runs in add modules
PROGRAM = "import sys; sys.path.append(sys.argv[1]); from blog.word.child import main; main()"


@dataclass(frozen=True)
class WordPicture:
    """A picture from a file, as it lay there: not yet checked, and not yet made anew."""

    content: bytes
    description: str


@dataclass(frozen=True)
class WordText:
    """What a Word file holds. `html` is not clean yet; its pictures are `<img src="word-picture-<number>" />`."""

    title: str
    standfirst: str
    html: str
    pictures: list[WordPicture]
    left_out: list[dict[str, object]]


def read_word_file(content: bytes) -> WordText:
    """Return what is in a .docx. The caller holds a place (`place_in`) meanwhile.

    Raises WordFileRefusedError with its kind: for a file of another kind, one that is too large or broken, and one
    that takes more than nine seconds or 768 MB.
    """
    if len(content) > MOST_BYTES:
        raise WordFileRefusedError(refusing.TOO_LARGE)
    look_at(content)
    head, _line, rest = _ask(content).partition(b"\n")
    try:
        answer = json.loads(head)
        if "refused" in answer:
            raise WordFileRefusedError(answer["refused"] if answer["refused"] in refusing.KINDS else refusing.DAMAGED)
        pictures, start = [], 0
        for row in answer["pictures"]:
            pictures.append(WordPicture(rest[start : start + row["size"]], row["description"]))
            start += row["size"]
        return WordText(answer["title"], answer["standfirst"], answer["html"], pictures, answer["left_out"])
    except (ValueError, KeyError, TypeError) as error:
        # It was ended by one of its limits in the middle of its answer, or before it
        raise WordFileRefusedError(refusing.TOO_COMPLICATED) from error


@contextmanager
def place_in(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold one of the places in which Word files are read; raise WordFileRefusedError (busy) if none comes free."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    while True:
        for number in range(PLACES):
            with (folder / f"place-{number}").open("ab") as place:
                if _lock(place):
                    yield
                    return
        if time.monotonic() >= until:
            raise WordFileRefusedError(refusing.BUSY)
        time.sleep(PAUSE)


def _lock(place: IO[bytes]) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _ask(content: bytes) -> bytes:
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        # The limits are set by the process itself: code between fork and exec can hang a server with threads
        process = subprocess.Popen(  # noqa: S603  Our own program
            [sys.executable, "-I", "-c", PROGRAM, ROOT],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
        with process:
            try:
                return _answer(process, time.monotonic() + SECONDS)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def _answer(process: "subprocess.Popen[bytes]", until: float) -> bytes:
    """Return what the process says until it ends; raise WordFileRefusedError when it says too much, or for too long."""
    stream = process.stdout
    assert stream is not None  # noqa: S101  It was asked for
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise WordFileRefusedError(refusing.TOO_COMPLICATED)
            more = os.read(stream.fileno(), 1 << 16)
            if not more:
                return bytes(answer)
            answer += more
            if len(answer) > MOST_ANSWERED:
                raise WordFileRefusedError(refusing.TOO_LARGE)
