"""The folder as one file, with the same bytes for the same files."""

import zipfile
from pathlib import Path

from blog.plain_files.folder import read_list

THE_DAY = (1980, 1, 1, 0, 0, 0)  # The first that a zip can name: what a file's date is says nothing here


def pack(folder: Path, target: Path) -> None:
    """Write all files of a finished export into a zip, in their order, without dates."""
    draft = target.with_name(f"{target.name}.draft")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(read_list(folder)["files"]):
            entry = zipfile.ZipInfo(name, THE_DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as source, packed.open(entry, "w", force_zip64=True) as into:
                while chunk := source.read(1024 * 1024):
                    into.write(chunk)
    draft.replace(target)
