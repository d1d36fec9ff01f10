"""A blog as records, with what is awkward in each format."""

import datetime as dt
import io
from pathlib import Path
from typing import IO

from blog.archive.formats.exporting import FORMATS
from blog.archive.formats.report import ExportReport
from blog.archive.records import (
    Credit,
    File,
    Moved,
    Notice,
    Page,
    Person,
    Piece,
    PieceState,
    Record,
    Remark,
    Site,
    Topic,
    TopicKind,
)

SITE = "https://bees.example"
OUT = dt.datetime(2026, 3, 11, 9, 30, tzinfo=dt.UTC)
LATER = OUT + dt.timedelta(hours=3, microseconds=250)
PICTURE = f"{SITE}/media/pictures/2026/03/hive.png"
HOSTILE = 'He said "]]>" & <b>left</b>— it’s über 🐝: - # yes'

SAMPLE: list[Record] = [
    Site("Bees & Co", "On roofs", SITE),
    Person("author:ada", "Ada <Byron>", "ada", about="Counts.\n\nBees.", role="Keeper", organisation="Depot",
           is_pen_name=True, portrait=PICTURE, addresses=(f"{SITE}/author/ada/", f"{SITE}/author/a-b/")),
    Person("author:cy", "Cy", "cy"),
    Topic(TopicKind.CATEGORY, "category:roofs", "Roofs & walls", "roofs", "What is up there."),
    Topic(TopicKind.TAG, "tag:bees", "Bees", "bees"),
    Topic(TopicKind.SERIES, "series:hives", "Hives: all", "hives", planned_parts=3),
    File(PICTURE, "file:pictures/2026/03/hive.png", alt='A "hive"', caption="Ours", credit="Cy",
         addresses=(f"{SITE}/wp-content/hive.jpg",)),
    File(f"{SITE}/media/documents/2026/03/r.pdf", "file:documents/2026/03/r.pdf", name="Report 1.pdf"),
    Piece("post:who", HOSTILE, '<p>One &amp; two<br>three</p><p><img src="/media/pictures/2026/03/hive.png" alt="H">'
          '</p><ul><li>a<ul><li>b</li></ul></li></ul><pre>x\n\n  y</pre>', slug="who", standfirst="Says: what?",
          introduction="<p>Our <em>guest</em>.</p>", introduced_by="author:cy", lead=PICTURE, published_at=OUT,
          changed_at=LATER, credits=(Credit("author:ada", "Keeper then", "Hive"), Credit("author:cy")),
          category="category:roofs", tags=("tag:bees",), series="series:hives", part=2, comments_open=False,
          remarks=(Remark("1", "Dana", "So <did> we & you.\n\n> no", LATER, site="https://d.example/"),
                   Remark("2", "Ada <Byron>", "---\nYes: [x]", LATER, parent="1", person="author:ada", edited_at=LATER)),
          notices=(Notice("correction", LATER, "It was three.\nNot two."),),
          addresses=(f"{SITE}/2026/03/11/who/", f"{SITE}/2026/03/11/once/", f"{SITE}/?p=7")),
    Piece("post:answer", "---", "<p>---</p><p>title: x</p>", slug="answer", published_at=OUT, in_reply_to="post:who",
          credits=(Credit("author:cy"),), addresses=(f"{SITE}/2026/03/11/answer/",)),
    Piece("draft:4", "", "", state=PieceState.DRAFT, begun_at=OUT),
    Page("page:about", "About: us", "<h2>We</h2><p>Keep bees.</p>", "about", "Why", changed_at=OUT, position=1,
         is_in_footer=True, addresses=(f"{SITE}/about/", f"{SITE}/ueber-uns/")),
    Page("page:small", "Small print", "<p>No.</p>", "small", position=2, is_in_footer=False,
         addresses=(f"{SITE}/small/",)),
    Moved(f"{SITE}/old/*", f"{SITE}/archive/"),
]  # fmt: skip


def open_file(file: File) -> IO[bytes] | None:
    """Return the bytes of the picture; the report has been lost."""
    return io.BytesIO(b"picture") if file.address == PICTURE else None


def written(to: str, path: Path, records: list[Record] = SAMPLE) -> ExportReport:
    """Write records in a format and return what was counted."""
    report = ExportReport()
    FORMATS[to].write(report.passing(records), path, open_file=open_file, report=report)
    return report
