"""A mail server to send to: it takes letters over SMTP, refuses what it is told to, and keeps what it took."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Taken:
    """A letter that arrived: to whom, and what it was."""

    sender: str
    to: str
    raw: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.raw)


@dataclass
class MailServer:
    """What the server was told, and what it took. `answers` are by address or by verb; `vanishes_after` a dot."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    connections: int = 0
    unfinished: int = 0
    vanishes_after: str = ""

    def times(self) -> Counter[str]:
        return Counter(letter.to for letter in self.taken)


class _Dialogue(socketserver.StreamRequestHandler):
    """RFC 5321, as far as Django's backend speaks it."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):
            self.talk()

    def talk(self) -> None:
        house: MailServer = self.server.house
        house.connections += 1
        self.say(b"220 stand-in")
        sender = to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper().decode()
            if verb == "MAIL":
                sender, to = _address(line), ""
                self.say(house.answers.get("MAIL", b"250 ok"))
            elif verb == "RCPT":
                answer = house.answers.get(_address(line), b"250 ok")
                to = _address(line) if answer.startswith(b"2") else to
                self.say(answer)
            elif verb == "DATA":
                self.say(b"354 go on")
                raw = self.read_text()
                if raw is None:
                    house.unfinished += 1
                    return
                if house.vanishes_after == to:
                    return
                answer = house.answers.get(f"DATA {to}", b"250 taken")
                if answer.startswith(b"2"):
                    house.taken.append(Taken(sender, to, raw))
                self.say(answer)
            elif verb == "QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"250 ok")

    def read_text(self) -> bytes | None:
        """Return the text up to its dot; None if the other side went before it."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


def _address(line: bytes) -> str:
    found = re.search(rb"<([^>]*)>", line)
    return found[1].decode() if found else ""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a server at a port of its own."""
    with _Server(("127.0.0.1", 0), _Dialogue) as server:
        server.house = MailServer(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.house
        finally:
            server.shutdown()
