"""What a command says: on the terminal, and at the end in a file."""

from pathlib import Path

from django.core.management.base import OutputWrapper

from wlg.backups import BackupError


class Telling:
    """Says lines, and keeps those of the report."""

    def __init__(self, stdout: OutputWrapper, stderr: OutputWrapper, *, is_quiet: bool) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._is_quiet = is_quiet
        self._lines: list[str] = []

    def step(self, line: str) -> None:
        """Say what is being done, and how far it is."""
        if not self._is_quiet:
            self._stdout.write(line)
            self._stdout.flush()

    def report(self, line: str) -> None:
        """Say what came of it."""
        self._stdout.write(line)
        self._lines.append(line)

    def warn(self, line: str) -> None:
        """Say what somebody should look at; on the error output, so that cron sends it on."""
        self._stderr.write(f"Look at this: {line}")
        self._lines.append(f"Look at this: {line}")

    def write(self, path: str) -> None:
        """Write the report into a file as well, unless no file is asked for."""
        if not path:
            return
        try:
            Path(path).write_text("\n".join([*self._lines, ""]), encoding="utf-8")
        except OSError as error:
            raise BackupError(f"All is done, but the report could not be written: {error}.") from error
