"""One connection to the mail server or provider for a batch of letters, and what came of each.

A letter is taken by an SMTP server when it has the dot that ends it (RFC 5321, 4.1.1.4), and by nothing before. So the
last look, with which its row becomes “being sent”, happens right before the dot: a worker that dies earlier has sent
nothing. RFC 1047 describes the gap that is left; a journal beside the database makes it narrow (`journal`). A provider
is asked in one request, so there the last look happens before it.
"""

import re
import smtplib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT, SERVICE_AWAY = 500, 421
MAILBOX = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463


@dataclass(frozen=True)
class Look:
    """What is done around the moment at which a letter leaves: the `last` look, then `going` and `gone`."""

    last: Callable[[], bool]
    going: Callable[[], None]
    gone: Callable[[], None]


class Outcome(Enum):
    """What came of a letter."""

    SENT = "sent"
    REFUSED = "refused"  # for good
    LATER = "later"  # this one
    FAULT = "fault"  # nothing goes at present
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"  # the last look said no


@dataclass(frozen=True)
class Result:
    """What came of a letter, in the server's words; `is_permanent` says of a refused one that the mailbox is gone."""

    outcome: Outcome
    words: str = ""
    is_permanent: bool = False


class WithdrawnError(Exception):
    """The last look said that the letter must not go."""


class _LooksLast(smtplib.SMTP):
    """A connection that looks once more before it ends a letter with its dot."""

    look: Look | None = None
    is_ended = False

    def connect(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Connect. The dot goes in a packet of its own, which must not wait for an answer to the text before it."""
        answer = super().connect(*args, **kwargs)
        if self.sock:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return answer

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over a letter as the standard library does, with the last look before the end."""
        self.is_ended = False
        self.putcmd("data")
        code, words = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
        text = re.sub(rb"(?m)^\.", b"..", msg if isinstance(msg, bytes) else msg.encode("ascii"))
        self.send(text if text.endswith(b"\r\n") else text + b"\r\n")  # type: ignore[no-untyped-call,unused-ignore]  # Typed in some stubs
        if self.look is None or self.sock is None or not self.look.last():
            self.close()
            raise WithdrawnError
        self.is_ended = True
        # Nothing between these three: a kill here is what leaves a letter unsure
        send_to = self.sock.sendall
        self.look.going()
        send_to(b".\r\n")
        self.look.gone()
        return self.getreply()


class _LooksLastSecurely(_LooksLast, smtplib.SMTP_SSL):
    """The same, encrypted from the beginning."""


class SmtpBackend(EmailBackend):
    """Django's, with connections that look last."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what connects."""
        return _LooksLastSecurely if self.use_ssl else _LooksLast


class Wire:
    """A connection for a batch. Opening it raises OSError or an error of the provider's while nothing goes."""

    def __init__(self) -> None:
        is_smtp = settings.EMAIL_BACKEND == SMTP
        self._backend: BaseEmailBackend = get_connection(f"{__name__}.SmtpBackend" if is_smtp else None)

    def __enter__(self) -> Self:
        self._backend.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMessage, look: Look) -> Result:
        """Send one letter, unless the last look says no, and say what came of it. Never raises for a letter."""
        if isinstance(self._backend, SmtpBackend):
            return self._over_smtp(self._backend, message, look)
        if not look.last():
            return Result(Outcome.WITHDRAWN)
        look.going()
        try:
            self._backend.send_messages([message])
            look.gone()
        except Exception as error:  # noqa: BLE001  Every provider has errors of its own
            return _of_provider(error)
        return Result(Outcome.SENT)

    def _over_smtp(self, backend: SmtpBackend, message: EmailMessage, look: Look) -> Result:
        connection: _LooksLast | None = None
        try:
            backend.open()
            connection = cast("_LooksLast | None", backend.connection)
            if connection is not None:
                connection.look, connection.is_ended = look, False
            backend.send_messages([message])
        except WithdrawnError:
            backend.connection = None
            return Result(Outcome.WITHDRAWN)
        except (OSError, ValueError) as error:  # Every smtplib.SMTPException is an OSError
            result = _of_smtp(error, is_ended=connection is not None and connection.is_ended)
            if result.outcome in {Outcome.FAULT, Outcome.UNSURE}:
                self._close()
            return result
        return Result(Outcome.SENT)

    def _close(self) -> None:
        try:
            self._backend.close()
        except OSError:
            pass
        finally:
            if isinstance(self._backend, SmtpBackend):
                self._backend.connection = None


def _of_smtp(error: OSError | ValueError, *, is_ended: bool) -> Result:
    """Say what an error means; one after the dot and without an answer leaves it open whether the letter went."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _answered(code, words)
    if isinstance(error, smtplib.SMTPDataError):
        # What is said of the text is not said of the mailbox
        answered = _answered(error.smtp_code, error.smtp_error)
        return Result(answered.outcome, answered.words)
    if isinstance(error, ValueError):  # An address that can't stand in a header
        return Result(Outcome.REFUSED, _named(error))
    is_open = is_ended and not isinstance(error, smtplib.SMTPResponseException)
    return Result(Outcome.UNSURE if is_open else Outcome.FAULT, _named(error))


def _answered(code: int, words: bytes | str) -> Result:
    text = f"{code} {_plain(words)}"
    if code == SERVICE_AWAY:
        return Result(Outcome.FAULT, text)
    if code < PERMANENT:
        return Result(Outcome.LATER, text)
    found = MAILBOX.search(text)
    # 5.1 speaks of the address, 5.2.1 of a closed mailbox; 5.7 would be a policy about us (RFC 3463, 3.2, 3.3, 3.8)
    is_permanent = found is None or found[1] == "1" or (found[1], found[2]) == ("2", "1")
    return Result(Outcome.REFUSED, text, is_permanent=is_permanent)


def _of_provider(error: Exception) -> Result:
    """Say what an error of a provider means. Without an answer the letter may have gone, so it is not sent again."""
    name, status = type(error).__name__, getattr(error, "status_code", None)
    if name == "AnymailRecipientsRefused":
        return Result(Outcome.REFUSED, name, is_permanent=True)
    if isinstance(error, ValueError) and status is None:
        return Result(Outcome.REFUSED, name)
    if isinstance(status, int):
        return Result(Outcome.LATER if status in {400, 413, 422} else Outcome.FAULT, f"{name}: {status}")
    return Result(Outcome.FAULT if _never_left(error) else Outcome.UNSURE, _named(error))


def _never_left(error: BaseException | None) -> bool:
    """Whether no connection came about, so that nothing can have gone."""
    while error is not None:
        reason = getattr(next(iter(error.args), None), "reason", None)
        names = {type(error).__name__, type(reason).__name__}
        if names & {"ConnectTimeout", "NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}:
            return True
        if isinstance(error, (ConnectionRefusedError, socket.gaierror)):
            return True
        error = error.__cause__
    return False


def _plain(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
