"""How the code is written: no clock and no request inside, rows locked alone, modules of one sitting."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
ROOMS = ["blog/editorial", "blog/models", "accounts/commenting", "accounts/models"]
CODE = {
    str(path.relative_to(BASE)): path.read_text()
    for app in ("blog", "accounts", "wlg")
    for path in sorted((BASE / app).rglob("*.py"))
    if "migrations" not in path.parts
}
INSIDE = {name: text for name, text in CODE.items() if any(name.startswith(room) for room in ROOMS)}
CLOCK = re.compile(r"timezone\.now\(|datetime\.now\(|localdate\(\)|localtime\(\)|date\.today\(|time\.time\(")


def where(pattern: str | re.Pattern[str], modules: dict[str, str]) -> list[str]:
    return [name for name, text in modules.items() if re.search(pattern, text)]


def test_what_happens_to_a_piece_or_a_comment_never_reads_the_clock():
    assert len(INSIDE) > 30
    assert where(CLOCK, INSIDE) == []


def test_what_happens_to_a_piece_or_a_comment_knows_no_request():
    assert where("HttpRequest", INSIDE) == []


def test_a_locked_row_is_joined_to_nothing():
    assert (
        where(r"select_for_update\(\)|select_for_update.*select_related|select_related.*select_for_update", CODE) == []
    )
    assert len(where("select_for_update", CODE)) > 2


def test_a_module_can_be_read_in_one_sitting():
    assert [name for name, text in CODE.items() if text.count("\n") > 300] == []


def test_no_module_has_a_name_that_says_nothing():
    empty = re.compile(r"/(utils?|helpers?|services?|managers?|handlers?|data|misc|common|core)(/|\.py)")
    assert [name for name in CODE if empty.search(name)] == []


# Where a guard of Django's may be off, and why; the reason stands beside each
OFF = {
    r"\bmark_safe\(|SafeString\(": {"blog/prose.py"},
    r"\bcsrf_exempt\b": {
        "blog/desk/links.py",  # A signed link is the proof
        "blog/reading/subscribing.py",  # A page for everybody asks for a letter and no more
        "blog/writing/access.py",  # Checked there, so that nothing typed is lost
    },
}


def test_a_guard_is_off_only_where_it_may_be():
    assert {guard: set(where(guard, CODE)) for guard in OFF} == OFF


def test_no_template_takes_a_guard_off():
    templates = {str(path.relative_to(BASE)): path.read_text() for path in (BASE / "templates").rglob("*.html")}
    assert len(templates) > 100
    assert where(r"\|\s*safe\b|autoescape off|safeseq", templates) == []
