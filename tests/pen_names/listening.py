"""Hearing what the server writes to its logs."""

import logging

from tests.pen_names.needles import KEY, telling


class Listening(logging.Handler):
    """Hears what is written to any log, at the finest level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[str] = []
        self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Search one line, with what it was made of. What makes rows for tests has a log of its own."""
        if record.name.startswith("factory"):
            return
        self.lines += 1
        words = f"{record.name} {record.getMessage()} {record.args} {record.exc_info and record.exc_info[1]!r}"
        if record.name.startswith("django.request"):
            # The address that somebody asked for is in the line that says that it was refused
            words = words.replace(f"/accounts/user/{KEY}/", "")
        self.told += [f"{record.name}: {one}" for one in telling(words)]
