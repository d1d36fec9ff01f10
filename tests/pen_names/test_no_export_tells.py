"""No export tells who is behind a pen name: in no format, with no flag, in no report, name or byte of it."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.pen_names.life import Life
from tests.pen_names.needles import PEN_NAMES, USER_NAME, in_base64, telling, telling_bytes

pytestmark = pytest.mark.django_db
# Under a comment elsewhere stands the display name of the account, which is no pen name; as on the page
ON_A_COMMENT = {USER_NAME.lower(), *in_base64(USER_NAME.encode())}


def parts(path: Path) -> dict[str, bytes]:
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


@pytest.mark.parametrize("flags", [(), ("--with-unpublished",)])
def test_no_export_tells(life: Life, tmp_path: Path, flags: tuple[str, ...]):
    for to in ("json", "wxr", "markdown"):
        said = io.StringIO()
        report = tmp_path / f"{to}.txt"
        call_command("export_blog", to, str(tmp_path / to), *flags, "--report", str(report), stdout=said, stderr=said)
        found = parts(tmp_path / to) | {"report": report.read_bytes(), "said": said.getvalue().encode()}
        told = {
            name: set(telling(name)) | set(telling_bytes(content)) - ON_A_COMMENT for name, content in found.items()
        }
        assert {name: words for name, words in told.items() if words} == {}
        assert any(PEN_NAMES[1].encode() in content for content in found.values())
