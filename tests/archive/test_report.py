"""The report of what came: readable in a terminal, whole in its file, bounded in its row."""

import datetime as dt
import json

import pytest

from blog.archive.records import Loss, Weight
from blog.archive.report import MOST_SAID, Outcome, Report
from blog.progress import Progress, roughly

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def report() -> Report:
    made = Report(system="wordpress", at=NOW)
    made.name = "old.example"
    made.is_finished = True
    return made


def test_it_says_how_many_came(report):
    report.count("piece", Outcome.NEW, 1200)
    report.count("piece", Outcome.KEPT, 1)
    report.count("category", Outcome.KNOWN)
    report.count("comment", Outcome.NEW, 0)

    said = list(report.lines())

    assert "Pieces: 1,200 came, 1 left as changed here" in said
    assert "Categories: 1 here already" in said
    assert not any("Comment" in line for line in said)
    assert said[-1] == "Everything is here as it was."


def test_the_heaviest_come_first(report):
    report.add(Loss("menu entry", "Home", "It leads nowhere.", Weight.NOTED), Loss("picture", "/a.png", "Gone."))

    said = list(report.lines())

    assert said.index("  Picture “/a.png”: Gone.") < said.index("  Menu entry “Home”: It leads nowhere.")
    assert [line[0] for line in report.kept()["lines"]] == ["lost", "noted"]


def test_nothing_in_it_moves_a_terminal_or_is_endless(report):
    report.add(Loss("pic\x1b[2Jture", "\x1b]0;x\x07\r\n" + "a" * 10_000, "w" * 10_000))

    (line,) = report.kept()["lines"]
    assert not any(ord(letter) < 32 for part in line for letter in part)
    assert all(len(part) <= 500 for part in line)
    json.dumps(report.kept()).encode()


def test_a_terminal_shows_the_first_and_the_file_all(report, monkeypatch):
    monkeypatch.setattr("blog.archive.report.MOST_KEPT", 30)
    report.add(*(Loss("picture", f"/{number}.png", "Gone.") for number in range(50)))

    said = "\n".join(report.lines())
    written = "\n".join(report.lines(is_whole=True))

    assert said.count("Gone.") == MOST_SAID
    assert "30 more" in said
    assert [f"/{number}.png" in written for number in range(50)] == [True] * 50
    assert len(report.kept()["lines"]) == 30
    assert report.kept()["weights"]["lost"] == 50


def test_it_goes_on_with_the_lines_of_an_interrupted_run(report):
    gone = Loss("picture", "/a.png", "Gone.")
    report.add(gone)
    later = Report(system="wordpress", at=NOW)

    later.go_on(json.loads(json.dumps(report.kept())) | {"lines": [*report.kept()["lines"], ["?"], []]})
    later.add(gone, Loss("picture", "/b.png", "Gone."))

    assert later.weights["lost"] == 2
    assert "Interrupted" in "\n".join(later.lines())


def test_progress_is_told_now_and_then_with_what_is_left():
    told: list[str] = []
    clock = iter([0, 0.5, 60, 60.1, 120])
    parts = iter([0.25, 0.0])
    progress = Progress(told.append, lambda: next(parts), every=1, clock=lambda: next(clock))

    for _turn in range(4):
        progress.tell("7 pieces")

    assert told == ["25%, about 3 minutes left: 7 pieces", "0%: 7 pieces"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "less than a minute"), (80, "about 1 minute"), (600, "about 10 minutes"), (10_000, "about 3 hours")],
)
def test_a_length_of_time_is_rough(seconds, words):
    assert roughly(seconds) == words
