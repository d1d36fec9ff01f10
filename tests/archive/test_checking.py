"""Walking a list of old addresses."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from blog.archive.checking import addresses_in
from blog.editorial.upkeep import old_paths
from tests.factories import make_published

AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)


def test_a_list_may_be_lines_or_a_sitemap():
    lines = [
        "# Old ones",
        "",
        " https://old.example/a/  9 visits",
        "<url><loc> https://old.example/?a=1&amp;p=2 </loc></url>",
    ]

    assert list(addresses_in(lines)) == ["https://old.example/a/", "https://old.example/?a=1&p=2"]


@pytest.mark.django_db
def test_what_fails_is_printed_and_the_rest_is_counted(tmp_path: Path):
    post = make_published(at=AT, title="Bins")
    old_paths.keep([("/?p=7", "post", post.pk)], at=AT)
    old_paths.keep_literal([("/home/", "/"), ("/round/", "/round/x/"), ("/round/x/", "/round/")], at=AT)
    file = tmp_path / "old.txt"
    file.write_text(
        "https://old.example/2013/12/10/bins/\nhttps://old.example/?p=7\nhttps://old.example/\n/feed/\n"
        "/gone-for-ever/\n/home/\n/round/\n/media/../settings.py\nhttp://[\n"
    )
    out = StringIO()

    with pytest.raises(CommandError, match="Not all of the addresses") as stopped:
        call_command("check_addresses", str(file), stdout=out)

    said = out.getvalue().splitlines()
    assert stopped.value.returncode == 1
    assert [line.split()[1] for line in said[:-1]] == [
        "/gone-for-ever/",
        "/home/",
        "/round/",
        "/media/../settings.py",
        "http://[",
    ]
    assert said[-1] == "9 addresses asked for, 5 of them lead nowhere."


def test_a_file_without_addresses_is_refused_with_a_sentence(tmp_path: Path):
    (tmp_path / "empty").write_text("# none\n")

    with pytest.raises(CommandError, match="no address in this file"):
        call_command("check_addresses", str(tmp_path / "empty"))
    with pytest.raises(CommandError, match="no address of a site"):
        call_command("check_addresses", str(tmp_path / "empty"), site="new.example")
