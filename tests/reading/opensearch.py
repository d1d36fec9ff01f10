"""A stand-in for OpenSearch: answers its client over HTTP, records what it was asked, and can be told to fail."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class StandIn:
    """What it was asked, as (method, path, body), and what it answers."""

    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)
    total: int | None = None
    has_index: bool = True
    is_failing: bool = False
    url: str = ""

    def asked_for(self, method: str, end: str) -> list[Any]:
        """Return the bodies of the requests to paths that end like this."""
        return [body for made, path, body in self.asked if made == method and path.partition("?")[0].endswith(end)]

    def answer(self, method: str, path: str) -> tuple[int, Any]:
        """Return a status and a body, in the words of OpenSearch's documentation of each call."""
        if self.is_failing:
            return 503, {"error": "no nodes"}
        if method == "HEAD":
            return (200 if self.has_index else 404), None
        if path.endswith("/_search"):
            hits = [{"_id": str(pk), "_score": 1.0, "fields": {"pk": [str(pk)]}} for pk in self.hits]
            total = len(hits) if self.total is None else self.total
            return 200, {"hits": {"total": {"value": total, "relation": "eq"}, "hits": hits}}
        if path.endswith("/_bulk"):
            return 200, {"errors": False, "items": [{"index": {"status": 200}}]}
        return 200, {"acknowledged": True}


def serve() -> tuple[StandIn, ThreadingHTTPServer]:
    """Start one on a free port; whoever starts it shuts it down."""
    stand_in = StandIn()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def take(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = self.path.partition("?")[0]
            body: Any = (
                [json.loads(line) for line in raw.splitlines()] if path.endswith("_bulk") else json.loads(raw or "null")
            )
            stand_in.asked.append((self.command, self.path, body))
            status, answered = stand_in.answer(self.command, path)
            sent = b"" if answered is None else json.dumps(answered).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = take  # noqa: N815  Names that http.server looks for

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    return stand_in, server
