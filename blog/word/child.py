"""The process that opens a Word file. Reads it from its standard input, writes what is in it to its standard output.

Run by `reading` under limits that the process sets for itself before it reads a byte: time on the processor, memory,
no file written, no process started. It knows no settings, no database, and nothing of its parent's environment.
The answer is a line of JSON, `{"refused": kind}` or what `Converted` holds, and behind it the pictures as they are.
"""

import json
import resource
import sys

PROCESSOR_SECONDS = 8
MEMORY = 768 * 1024 * 1024
MOST_FILES = 64
MOST_FRAMES = 20_000  # A tree of the deepest kind that is allowed takes some fifteen for each level


def main() -> None:
    """Answer for the file on standard input."""
    _limit()
    sys.setrecursionlimit(MOST_FRAMES)
    # After the limits, so that they hold for everything that these bring along
    from blog.word import refusing  # noqa: PLC0415  After the limits
    from blog.word.converting import convert  # noqa: PLC0415  After the limits
    from blog.word.refusing import WordFileRefusedError  # noqa: PLC0415  After the limits

    try:
        found = convert(sys.stdin.buffer.read())
    except WordFileRefusedError as refused:
        _refuse(refused.kind)
    except (MemoryError, RecursionError):
        _refuse(refusing.TOO_COMPLICATED)
    except Exception:  # noqa: BLE001  Whatever a broken file makes the libraries raise: the file is what is wrong
        _refuse(refusing.DAMAGED)
    else:
        head = {
            "title": found.title,
            "standfirst": found.standfirst,
            "html": found.html,
            "left_out": found.left_out,
            "pictures": [
                {"size": len(content), "description": description}
                for content, description in zip(found.pictures, found.descriptions, strict=True)
            ],
        }
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(found.pictures))


def _refuse(kind: str) -> None:
    sys.stdout.buffer.write(json.dumps({"refused": kind}).encode() + b"\n")


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
