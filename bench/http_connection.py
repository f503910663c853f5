"""Connections of a client under measurement: it takes as little as it can of the machine it measures."""

from __future__ import annotations

import json
import re
import selectors
import socket
from collections.abc import Generator, Sequence
from itertools import cycle
from typing import Any

Body = dict[str, Any]
Talk = Generator[Body, "Body | None", None]  # yields what to ask next, is sent the reply; None: an error

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_PIECE = 2**18  # bytes


class Broken(Exception):  # noqa: N818 - a reply that did not come
    """A connection that gave no whole reply."""


class Connection:
    """Posts JSON to one path of a server of this machine, over and over; what broke is opened again.

    It reads replies that say their length, as Usher's do.
    """

    def __init__(self, port: int, path: str, patience: float):
        self._port = port
        self._patience = patience
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        self._head = f"{head}Content-Length: ".encode()
        self._socket: socket.socket | None = None
        self._came = b""

    def fileno(self) -> int:
        """Return the descriptor of the open connection."""
        return self._opened().fileno()

    def send(self, body: Body) -> None:
        """Send a request; OSError if that cannot be."""
        said = json.dumps(body).encode()
        self._opened().sendall(b"%s%d\r\n\r\n%s" % (self._head, len(said), said))

    def reply(self) -> tuple[bool, Body | None]:
        """Read what has come: whether the reply is whole, and the reply, None where it is an error.

        Raises:
            Broken: there will be none.
        """
        try:
            piece = self._opened().recv(_PIECE)
        except OSError as error:
            raise Broken from error
        self._came += piece
        head, found, said = self._came.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n") if found else None
        if not piece or (found and not length):
            raise Broken
        if length is None or len(said) < int(length[1]):
            return False, None
        self._came = b""
        return True, _read(head, said)

    def post(self, body: Body) -> Body | None:
        """Return the reply to a request; None if there was none, or an error."""
        try:
            self.send(body)
            is_whole, said = self.reply()
            while not is_whole:
                is_whole, said = self.reply()
        except (OSError, Broken):
            self.close()
            return None
        return said

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._came = None, b""

    def _opened(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), self._patience)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket


def hold(talks: Sequence[Talk], ports: Sequence[int], path: str, patience: float) -> None:
    """Hold conversations to their ends, each over a connection of its own, all in this thread.

    Connections are spread evenly over the servers at some ports.
    """
    with selectors.DefaultSelector() as waiting:
        for talk, port in zip(talks, cycle(ports), strict=False):
            _go_on(waiting, Connection(port, path, patience), talk, next(talk, None))
        while waiting.get_map():
            ready = [key for key, _ in waiting.select(patience)] or list(waiting.get_map().values())
            for key in ready:
                connection, talk = key.fileobj, key.data
                assert isinstance(connection, Connection)  # noqa: S101
                waiting.unregister(connection)
                try:
                    is_whole, said = connection.reply()
                except Broken:
                    connection.close()
                    is_whole, said = True, None
                if is_whole:
                    _go_on(waiting, connection, talk, _next(talk, said))
                else:
                    waiting.register(connection, selectors.EVENT_READ, talk)


def _next(talk: Talk, said: Body | None) -> Body | None:
    try:
        return talk.send(said)
    except StopIteration:
        return None


def _go_on(waiting: selectors.BaseSelector, connection: Connection, talk: Talk, body: Body | None) -> None:
    """Ask what comes next of a conversation, and wait for the reply."""
    while body is not None:
        try:
            connection.send(body)
        except OSError:
            connection.close()
            body = _next(talk, None)
            continue
        waiting.register(connection, selectors.EVENT_READ, talk)
        return
    connection.close()


def _read(head: bytes, said: bytes) -> Body | None:
    """Return the body of a reply; None if it is an error."""
    if head.split(None, 2)[1:2] != [b"200"]:
        return None
    try:
        return dict(json.loads(said))
    except ValueError:
        return None
