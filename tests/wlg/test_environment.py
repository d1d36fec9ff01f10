"""Settings from the environment: a wrong one stops the start with a sentence that names it."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wlg import environment

NAME = "A_NAME_OF_ITS_OWN"


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("yes", True), ("ON ", True), ("0", False), ("", False)])
def test_a_flag_is_a_yes_or_a_no(value, meant, monkeypatch):
    monkeypatch.setenv(NAME, value)

    assert environment.flag(NAME, default=not meant) is meant


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda: environment.flag(NAME, default=True), "maybe"),
        (lambda: environment.number(NAME, default=1), "-1"),
        (lambda: environment.number(NAME, default=1), "²"),
        (lambda: environment.number(NAME, default=1), "ten"),
        (lambda: environment.address(NAME), "blog.example"),
        (lambda: environment.address(NAME), "https://blog.example/news"),
        (lambda: environment.choice(NAME, "INFO", among=["INFO"]), "LOUD"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(reader, value, monkeypatch):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        reader()


def test_what_must_be_set_is_asked_for(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.text(NAME)


def test_an_address_loses_the_slash_at_its_end(monkeypatch):
    monkeypatch.setenv(NAME, "https://blog.example/")

    assert environment.address(NAME) == "https://blog.example"


def test_a_list_is_split_at_its_commas(monkeypatch):
    monkeypatch.setenv(NAME, " a.example, ,b.example,")

    assert environment.listing(NAME) == ["a.example", "b.example"]


def test_a_secret_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv(NAME, raising=False)
    path = tmp_path / "folder" / "key"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: environment.kept_secret(NAME, path), range(8)))

    assert len(secrets) == 1
    assert len(secrets.pop()) > 60
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_given_secret_is_written_nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, "given")

    assert environment.kept_secret(NAME, tmp_path / "key") == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["hub.example", "ftp://hub.example/", "javascript:alert(1)", "https://"])
def test_a_link_that_leads_nowhere_stops_the_start(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured):
        environment.link(NAME)


@pytest.mark.parametrize("value", ["", "https://hub.example/a?b=c"])
def test_a_link_may_have_any_path_or_be_left_out(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    assert environment.link(NAME) == value


def test_the_readme_explains_every_variable_and_no_other():
    readme = (settings.BASE_DIR / "README.md").read_text()
    table = {
        name for row in re.findall(r"^\| (`[^|]+)\|", readme, re.MULTILINE) for name in re.findall(r"[A-Z_]+", row)
    }

    code = "".join((settings.BASE_DIR / "wlg" / name).read_text() for name in ("settings.py", "signing_in.py"))
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', code))

    assert table == read
    assert len(read) > 15


def test_the_settings_read_the_environment_through_these_readers_alone():
    for name in ("settings.py", "signing_in.py"):
        code = (Path(settings.BASE_DIR) / "wlg" / name).read_text()
        assert "os.environ" not in code
        assert "getenv" not in code
