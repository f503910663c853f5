from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.http_connection import Body, Connection, Talk, hold

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
def port() -> Iterator[int]:
    Echo.opened = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def connection(port: int) -> Iterator[Connection]:
    with closing(Connection(port, "/", 5)) as opened:
        yield opened


def test_replies_come_over_one_connection(connection: Connection) -> None:
    bodies = [{"how": "ok", "said": said} for said in ("é", "x" * 100_000, "")]
    assert [connection.post(body) for body in bodies] == bodies
    assert Echo.opened == 1


@pytest.mark.parametrize("how", ["error", "no json"])
def test_an_error_is_none_and_the_connection_goes_on(connection: Connection, how: str) -> None:
    assert connection.post({"how": how}) is None
    assert connection.post({"how": "ok"}) == {"how": "ok"}
    assert Echo.opened == 1


@pytest.mark.parametrize("how", ["silence", "cut"])
def test_what_is_no_whole_reply_is_none_and_the_next_is_asked_anew(connection: Connection, how: str) -> None:
    assert connection.post({"how": how}) is None
    assert connection.post({"how": "ok"}) == {"how": "ok"}
    assert Echo.opened == 2


def test_conversations_are_held_at_once_and_each_hears_its_own_replies(port: int) -> None:
    heard: dict[int, list[Body | None]] = {}

    def talk(number: int) -> Talk:
        heard[number] = []
        for how in ("ok", "error", "ok", "cut", "silence", "ok"):
            heard[number].append((yield {"how": how, "of": number, "said": "x" * 9_000 * number}))

    hold([talk(number) for number in range(8)], [port], "/", 5)
    for number, replies in heard.items():
        own = {"how": "ok", "of": number, "said": "x" * 9_000 * number}
        assert replies == [own, None, own, None, None, own]
    assert Echo.opened == 8 * 3
