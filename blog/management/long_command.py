"""What the commands that bring a whole blog in, take it out, keep it or check it have in common.

What is going on is said on the error output: on a screen in one line, in a log below each other, with `--verbosity 0`
not at all. What came of it is said on the standard output, and where `--report` asks for it in a file.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from blog.archive.formats.new_files import ExportError, new_file

ENDS = "Ends with 0 if all is well, 1 if not, 2 if it was called wrongly, 130 if it was interrupted."
HEAD = "Report of manage.py "  # By which an older report is known, so that no other file is ever written over
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
# What makes a terminal do things, turns the direction of a line, or can't be written at all
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class LongCommand(BaseCommand):
    """A command with a report. Subclasses write `work`; what is in `refusals` ends it with its own sentence."""

    refusals: tuple[type[Exception], ...] = ()
    every = 10.0  # Seconds between two lines of progress; fewer on a screen

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Say in the help how it ends."""
        return super().create_parser(prog_name, subcommand, epilog=ENDS, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where the report goes."""
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write the report into this file, too; an older one is replaced"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the work. Raises CommandError for whatever stands in its way, before anything if it is the report."""
        self._report = Path(options["report"]) if options["report"] else None
        self._is_quiet = options["verbosity"] < 1
        self._is_screen = self.stderr.isatty()
        self._is_report_lost = False
        if self._is_screen:
            self.every = 0.5
        if self._report and (why := _why_not(self._report)):
            raise CommandError(why)
        try:
            self.work(options)
        except KeyboardInterrupt:
            raise CommandError(self._ended("Interrupted."), returncode=INTERRUPTED) from None
        except CommandError as error:
            raise CommandError(harmless(str(error)), returncode=error.returncode) from error
        except self.refusals as error:
            self.step("")
            raise CommandError(harmless(str(error))) from error
        except DatabaseError as error:
            what = str(error).strip().partition("\n")[0]
            raise CommandError(self._ended(f"The database can’t be used: {what}.")) from error
        except OSError as error:
            raise CommandError(self._ended(f"A file can’t be read or written: {error}.")) from error
        if self._is_report_lost:
            raise CommandError("All else is done.")

    def work(self, options: dict[str, Any]) -> None:
        """Do what the command is for."""
        raise NotImplementedError

    def after_a_stop(self) -> str:
        """Return what there is after it was interrupted, and how to go on, in sentences."""
        return ""

    def step(self, line: str) -> None:
        """Say what is going on, and how far it is; an empty line takes that away from a screen."""
        line = harmless(line)
        if self._is_quiet:
            return
        if self._is_screen:
            self.stderr.write(f"\r\x1b[K{line}", style_func=str, ending="")
            self.stderr.flush()
        elif line:
            self.stderr.write(line, style_func=str)

    def tell(
        self,
        lines: Iterable[str],
        *,
        warnings: Iterable[str] = (),
        whole: Iterable[str] | None = None,
        usual: Path | None = None,
    ) -> None:
        """Print the report, and its warnings on the error output, where cron looks.

        Then write it, or the `whole` of it, where `--report` says, or else into the `usual` file, if there is one.
        """
        lines, warnings = [harmless(line) for line in lines], [harmless(f"Look at this: {line}") for line in warnings]
        self.step("")
        for line in lines:
            self.stdout.write(line)
        for line in warnings:
            self.stderr.write(line)
        path = self._report or usual
        if not path:
            return
        name = type(self).__module__.rpartition(".")[2]
        try:
            # It may name drafts
            with new_file(path, is_replaced=True, mode=0o600) as beside, beside.open("w", encoding="utf-8") as file:
                file.write(f"{HEAD}{name}\n\n")
                file.writelines(f"{harmless(line)}\n" for line in (whole or [*lines, *warnings]))
        except ExportError as error:
            self._is_report_lost = True
            self.stderr.write(f"The report could not be written: {error}")
            return
        self.stdout.write(f"The whole report: {path}")

    def _ended(self, sentence: str) -> str:
        self.step("")
        return harmless(f"{sentence} {self.after_a_stop()}".strip())


def harmless(line: str) -> str:
    """Return a line as a terminal may have it: names and titles in it come from files that others wrote."""
    return UNSEEN.sub("\ufffd", line)


def _why_not(path: Path) -> str:
    """Return why a report can't be written there, or nothing."""
    if not path.parent.is_dir():
        return f"There is no folder “{path.parent}” for the report. Make it, or name another."
    if not path.exists():
        return ""
    try:
        with path.open("rb") as file:
            head = file.read(len(HEAD.encode())) if path.is_file() else b"?"
    except OSError as error:
        return f"The report can’t be written to “{path}”: {error.strerror}."
    is_ours = head in {b"", HEAD.encode()}
    return "" if is_ours else f"“{path}” is there already, and is no report. Name another file for the report."
