"""`python -m tests.bench.archive`: how long a blog takes to come in from WordPress, and how much memory.

An export is generated, of any size, and brought in by the command itself, in a process of its own, into an empty blog
on SQLite.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from tests.bench import words
from tests.bench.rows import Row, at_most, information
from tests.deploy.nginx import ROOT

POSTS, COMMENTS = 10_000, 5
GIGABYTE = 1024**3
LARGE_TEXT = 100_000  # Characters of a piece in the large export
SECONDS, MEGABYTES = 120, 300
PEOPLE, CATEGORIES, TAGS = 60, 8, 400

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>An old blog</title><link>https://old.example</link><description>Of long ago</description>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds, seconds of processor time, and megabytes at the most."""

    wall: float
    processor: float
    memory: float


def measure(*, posts: int = POSTS, size: int = GIGABYTE) -> list[Row]:
    """Measure a blog of so many pieces, once and again, and an export of so many bytes."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.xml"
        with export.open("w", encoding="utf-8") as file:
            write(file, posts=posts, comments=COMMENTS)
        blog = _blog(Path(folder) / "blog")
        first, second = _bring(export, blog), _bring(export, blog)
        with export.open("w", encoding="utf-8") as file:
            large = write(file, posts=sys.maxsize, comments=2, size=size, text=LARGE_TEXT)
        largest = _bring(export, _blog(Path(folder) / "large"))
    name = f"{posts:,} pieces with {posts * COMMENTS:,} comments come in from WordPress"
    note = f" ({first.processor:.0f} s of processor time)"
    megabytes = size // 1024**2
    return [
        at_most(name, first.wall, SECONDS, unit=" s", note=note, digits=0),
        information("The same again, when all of it is here", f"{second.wall:.1f} s"),
        information("Memory at the most for these", f"{first.memory:.0f} MB"),
        at_most(f"Memory for an export of {megabytes:,} MB", largest.memory, MEGABYTES, unit=" MB", digits=0),
        information(f"Time for an export of {megabytes:,} MB, {large:,} pieces", f"{largest.wall:.0f} s"),
    ]


def write(file: IO[str], *, posts: int, comments: int, size: int = 0, text: int = 0) -> int:
    """Write an export of so many pieces, or of so many bytes if that is less; return how many pieces it has.

    `text` is the least number of characters of a piece's text; each is held in memory alone.
    """
    file.write(HEAD)
    file.writelines(_names())
    written = 0
    for number in range(1, posts + 1):
        if size and written >= size:
            posts = number - 1
            break
        item = _item(number, comments, text)
        file.write(item)
        written += len(item)
    file.write(TAIL)
    return posts


def _names() -> Iterator[str]:
    for number in range(PEOPLE):
        name = words.name(number)
        yield (
            f"<wp:author><wp:author_id>{number + 1}</wp:author_id><wp:author_login>writer{number}</wp:author_login>"
            f"<wp:author_display_name>{_text(name)}</wp:author_display_name></wp:author>\n"
        )
    for number in range(CATEGORIES):
        yield (
            f"<wp:category><wp:term_id>{number + 1}</wp:term_id>"
            f"<wp:category_nicename>category-{number}</wp:category_nicename><wp:category_parent></wp:category_parent>"
            f"<wp:cat_name>Category {number}</wp:cat_name></wp:category>\n"
        )
    for number in range(TAGS):
        yield (
            f"<wp:tag><wp:term_id>{number + 1000}</wp:term_id><wp:tag_slug>subject-{number}</wp:tag_slug>"
            f"<wp:tag_name>Subject {number}</wp:tag_name></wp:tag>\n"
        )


def _item(number: int, comments: int, text: int) -> str:
    day = f"{2006 + number // 1000 % 19}-{number // 80 % 12 + 1:02}-{number % 28 + 1:02}"
    moment = f"{day} {number % 24:02}:{number % 60:02}:00"
    slug = f"piece-{number}"
    body = words.body(number)
    while len(body) < text:
        body += words.body(number + len(body))
    link = f"https://old.example/{day.replace('-', '/')}/{slug}/"
    tags = "".join(
        f'<category domain="post_tag" nicename="subject-{tag}">{_text(f"Subject {tag}")}</category>'
        for tag in {number % TAGS, number * 3 % TAGS, number * 7 % TAGS}
    )
    category = number % CATEGORIES
    return (
        f"<item><title>{_text(f'{words.line(number)} {number}')}</title><link>{link}</link>"
        f"<dc:creator>writer{number % PEOPLE}</dc:creator><content:encoded>{_text(body)}</content:encoded>"
        f"<excerpt:encoded></excerpt:encoded><wp:post_id>{number}</wp:post_id><wp:post_date>{moment}</wp:post_date>"
        f"<wp:post_date_gmt>{moment}</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>"
        f"<wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="category-{category}">{_text(f"Category {category}")}</category>{tags}'
        + "".join(_comment(number, place, comments, moment) for place in range(1, comments + 1))
        + "</item>\n"
    )


def _comment(number: int, place: int, comments: int, moment: str) -> str:
    key = number * comments + place
    parent = key - 1 if place % 3 == 0 else 0
    who = key * 7 % 4000
    return (
        f"<wp:comment><wp:comment_id>{key}</wp:comment_id><wp:comment_author>{_text(words.name(who))}"
        f"</wp:comment_author><wp:comment_author_email>reader{who}@council.example</wp:comment_author_email>"
        f"<wp:comment_date>{moment}</wp:comment_date><wp:comment_date_gmt>{moment}</wp:comment_date_gmt>"
        f"<wp:comment_content>{_text(words.text(key, 4))}</wp:comment_content><wp:comment_approved>1"
        f"</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}"
        f"</wp:comment_parent></wp:comment>"
    )


def _text(text: str) -> str:
    return f"<![CDATA[{text}]]>" if "]]>" not in text else escape(text)


def _blog(folder: Path) -> dict[str, str]:
    """Make an empty blog on SQLite, and return what makes a command work on it."""
    folder.mkdir()
    where = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    where |= {"VAR_DIR": str(folder), "DEVELOPMENT": "1"}
    _manage(where, "migrate", "-v0")
    return where


def _bring(export: Path, where: dict[str, str]) -> Cost:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_blog", str(export)], cwd=ROOT, env=where, stdout=subprocess.DEVNULL
    )
    try:
        _pid, status, used = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _manage(where: dict[str, str], *asked: str) -> None:
    subprocess.run([sys.executable, "manage.py", *asked], cwd=ROOT, env=where, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how a blog comes in, or write an export.")
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--megabytes", type=int, default=GIGABYTE // 1024**2, help="of the large export")
    parser.add_argument("--write", type=Path, help="write an export of so many pieces there, and measure nothing")
    asked = parser.parse_args()
    if asked.write:
        with asked.write.open("x", encoding="utf-8") as file:
            write(file, posts=asked.posts, comments=COMMENTS)
        return
    for row in measure(posts=asked.posts, size=asked.megabytes * 1024**2):
        print(f"{row.name}: {row.value}  [{row.limit or 'for information'}] {row.result}")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
