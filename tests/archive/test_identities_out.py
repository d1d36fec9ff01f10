"""Identities leave in one way alone: with the permission, a reason, and a look written down for each name."""

import io
import json
import stat
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from accounts.models import User
from blog.models import IdentityLook
from tests.factories import UserFactory, make_author

pytestmark = pytest.mark.django_db
REASON = "The blog ends, and its archive goes to the library."


@pytest.fixture(scope="module", autouse=True)
def keeper(kept_rows) -> User:
    user = UserFactory(display_name="Xenia Quill", email="xenia@council.example")
    make_author(user, name="A Beekeeper", is_pen_name=True)
    make_author(user, name="Xenia Quill")
    make_author(name="Nobody's Name")
    return user


@pytest.fixture(scope="module", autouse=True)
def owner(kept_rows) -> User:
    user = UserFactory(email="owner@blog.example", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="see_identities"))
    return user


def run(target: Path, by: str = "owner@blog.example", reason: str = REASON) -> tuple[str, str]:
    out, warning = io.StringIO(), io.StringIO()
    call_command("export_identities", str(target), by=by, reason=reason, stdout=out, stderr=warning)
    return out.getvalue(), warning.getvalue()


def test_each_name_comes_with_its_account_and_a_look_is_written_down(tmp_path: Path):
    said, warning = run(tmp_path / "who.json")
    rows = {row["author"]: row for row in json.loads((tmp_path / "who.json").read_text())["identities"]}
    account = {"name": "Xenia Quill", "address": "xenia@council.example"}
    assert {slug: row["account"] for slug, row in rows.items()} == {"a-beekeeper": account, "xenia-quill": account}
    assert rows["a-beekeeper"]["is_pen_name"]
    looks = IdentityLook.objects.values_list("author__name", "by__email", "reason")
    assert sorted(looks) == [
        ("A Beekeeper", "owner@blog.example", REASON),
        ("Xenia Quill", "owner@blog.example", REASON),
    ]
    assert "2 names" in said
    assert "locked away" in warning


def test_its_owner_alone_can_read_the_file(tmp_path: Path):
    run(tmp_path / "who.json")
    assert stat.S_IMODE((tmp_path / "who.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("by", "reason", "said"),
    [
        ("nobody@blog.example", REASON, "no account with the address"),
        ("admin@blog.example", REASON, "You can’t look behind a pen name."),
        ("gone@blog.example", REASON, "You can’t look behind a pen name."),
        ("owner@blog.example", "  ", "Write why you need to know."),
        ("owner@blog.example", "x" * 501, "Shorten the reason"),
    ],
)
def test_without_permission_or_reason_nothing_leaves(tmp_path: Path, by: str, reason: str, said: str):
    UserFactory(email="admin@blog.example", is_staff=True)
    gone = UserFactory(email="gone@blog.example", is_active=False)
    gone.user_permissions.add(Permission.objects.get(codename="see_identities"))
    with pytest.raises(CommandError, match=said):
        run(tmp_path / "who.json", by=by, reason=reason)
    assert list(tmp_path.iterdir()) == []
    assert not IdentityLook.objects.exists()


def test_no_file_is_written_over_and_then_nobody_looked(tmp_path: Path):
    (tmp_path / "who.json").write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        run(tmp_path / "who.json")
    assert (tmp_path / "who.json").read_text() == "mine"
    assert not IdentityLook.objects.exists()
