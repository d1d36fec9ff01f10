"""Two Word files are read at once, and no more; the process that reads one is bounded and alone."""

import subprocess
import sys
import threading
import time

import pytest

from blog.word import child, reading
from blog.word.reading import PLACES, place_in, read_word_file
from blog.word.refusing import WordFileRefusedError
from tests.word.making import paragraph, word_file


def test_a_third_waits_and_is_told_to_try_again(tmp_path):
    with place_in(tmp_path), place_in(tmp_path):
        with pytest.raises(WordFileRefusedError) as raised, place_in(tmp_path, patience=0.1):
            pass
        assert raised.value.kind == "busy"

    with place_in(tmp_path, patience=0):
        pass


def test_a_place_that_comes_free_is_taken(tmp_path):
    order: list[str] = []

    def hold() -> None:
        with place_in(tmp_path):
            time.sleep(0.3)

    holders = [threading.Thread(target=hold) for _ in range(PLACES)]
    for holder in holders:
        holder.start()
    time.sleep(0.1)
    with place_in(tmp_path):
        order.append("taken")
    for holder in holders:
        holder.join()

    assert order == ["taken"]


def test_twenty_at_once_never_run_more_than_two_processes(tmp_path, monkeypatch):
    running, most, done = 0, 0, 0
    lock, content = threading.Lock(), word_file(paragraph("x"))

    def read() -> None:
        nonlocal running, most, done
        try:
            with place_in(tmp_path, patience=30):
                with lock:
                    running += 1
                    most = max(most, running)
                assert read_word_file(content).html == "<p>x</p>"
                with lock:
                    running -= 1
                    done += 1
        except WordFileRefusedError:
            pass

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == PLACES
    assert done == 20


def test_a_process_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", "import time; time.sleep(60)")
    monkeypatch.setattr(reading, "SECONDS", 0.5)

    with pytest.raises(WordFileRefusedError) as raised:
        read_word_file(word_file(paragraph("x")))

    assert raised.value.kind == "too_complicated"


def test_a_process_that_says_too_much_or_nothing_of_use_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ANSWERED", 1_000_000)
    for program, kind in (
        ("import sys\nwhile True: sys.stdout.write('x' * 100_000)", "too_large"),
        ("print('no answer')", "too_complicated"),
        ('print(\'{"refused": "unheard of"}\')', "damaged"),
    ):
        monkeypatch.setattr(reading, "PROGRAM", program)
        with pytest.raises(WordFileRefusedError) as raised:
            read_word_file(word_file(paragraph("x")))
        assert raised.value.kind == kind


def test_the_process_knows_no_environment_and_no_django(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    program = (
        "import sys, os, json; sys.path.append(sys.argv[1]); import blog.word.converting; "
        "found = sorted(name for name in sys.modules if name.split('.')[0] in {'django', 'wlg', 'accounts'}); "
        "print(json.dumps({'title': repr(dict(os.environ)), 'standfirst': '', 'html': repr(found), "
        "'pictures': [], 'left_out': []}))"
    )
    monkeypatch.setattr(reading, "PROGRAM", program)

    text = read_word_file(word_file(paragraph("x")))

    assert "secret" not in text.title
    assert text.html == "[]"


def test_the_process_limits_itself_before_it_reads():
    tries = {
        "memory": "bytearray(2_000_000_000)",
        "files": "import os; os.write(os.open('/tmp/word-file-test', os.O_CREAT | os.O_WRONLY), b'x')",
        "processes": "__import__('resource').getrlimit(6)[0] == 0 or 1 / 0",
    }
    for name, attempt in tries.items():
        program = (
            f"import sys; sys.path.append({reading.ROOT!r}); from blog.word import child; child._limit(); {attempt}"
        )
        done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False, timeout=20)
        assert (done.returncode == 0) == (name == "processes"), (name, done.stderr)
    assert child.MEMORY < 1_000_000_000
