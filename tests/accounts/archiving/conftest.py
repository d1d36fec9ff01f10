"""An archive with a piece under a pen name and one beside it, made once for a module."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from blog.archive.discussions import Brought, Thread, discussions
from blog.archive.records import Remark
from blog.models import Archive
from tests.factories import NOW, UserFactory, make_author, make_editor, make_published

THEN = dt.datetime(2013, 12, 10, 9, 0, tzinfo=dt.UTC)
ADDRESS = "dana@council.example"


def said(key: str, text: str = "So did we.", name: str = "Dana W", minutes: int = 0, **fields: Any) -> Remark:
    return Remark(key=key, name=name, text=text, written_at=THEN + dt.timedelta(minutes=minutes), **fields)


@pytest.fixture(scope="module")
def kept(kept_rows) -> SimpleNamespace:
    """Give the archive, two pieces that are out, and the pen name on the first one."""
    editor = make_editor(display_name="Tom Ashby", email="tom@blog.example")
    writer = UserFactory()
    mole = make_author(writer, name="The Mole", is_pen_name=True)
    belongs = {"editor": editor, "writer": writer, "author": mole}
    return SimpleNamespace(
        archive=Archive.objects.create(name="old.example", system="WordPress", begun_at=NOW),
        editor=editor,
        mole=mole,
        post=make_published(title="Who closes a row?", **belongs),
        other=make_published(title="Nobody does", **belongs),
    )


@pytest.fixture
def bring(kept: SimpleNamespace):
    """Bring comments under the first piece in, or whole threads."""

    def bring_in(*remarks: Remark, threads: list[Thread] | None = None) -> Brought:
        threads = threads or [Thread(kept.post.pk, remarks, {"7": kept.mole.pk})]
        return discussions().bring_in(archive=kept.archive, threads=threads, at=NOW)

    return bring_in
