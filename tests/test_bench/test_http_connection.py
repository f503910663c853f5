from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.http_connection import Connection

REPLIES = {
    "ok": b"HTTP/1.1 200 OK\r\nContent-LENGTH: %d\r\n\r\n%s",
    "error": b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n%s",
    "no json": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n<%s",
}


class Echo(BaseHTTPRequestHandler):
    """Answers with the body, or as the body asks."""

    protocol_version = "HTTP/1.1"
    opened = 0

    def setup(self) -> None:
        type(self).opened += 1
        super().setup()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        how = json.loads(body)["how"]
        if how == "silence":
            self.close_connection = True
        elif how == "cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}")
            self.close_connection = True
        else:
            self.wfile.write(REPLIES[how] % (len(body) + (how == "no json"), body))

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def connection() -> Iterator[Connection]:
    Echo.opened = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with closing(Connection(server.server_port, "/", 5)) as opened:
            yield opened
        server.shutdown()
        thread.join()


def test_replies_come_over_one_connection(connection: Connection) -> None:
    bodies = [{"how": "ok", "said": said} for said in ("é", "x" * 100_000, "")]
    assert [connection.post(body) for body in bodies] == bodies
    assert Echo.opened == 1


def test_an_error_is_none_and_the_connection_goes_on(connection: Connection) -> None:
    assert connection.post({"how": "error"}) is None
    assert connection.post({"how": "ok"}) == {"how": "ok"}
    assert Echo.opened == 1


@pytest.mark.parametrize("how", ["silence", "cut", "no json"])
def test_what_is_no_whole_reply_is_none_and_the_next_is_asked_anew(connection: Connection, how: str) -> None:
    assert connection.post({"how": how}) is None
    assert connection.post({"how": "ok"}) == {"how": "ok"}
    assert Echo.opened == 2
