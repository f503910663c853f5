"""A connection of a client under measurement: it takes as little as it can of the machine it measures."""

from __future__ import annotations

import json
import socket
from typing import Any, BinaryIO

_OK = b"200"
_LENGTH = b"content-length:"


class Connection:
    """Posts JSON to one path of a server of this machine, over and over; what broke is opened again.

    It reads replies that say their length, as Usher's do. The client of the standard library takes three
    times as long for it, which on two cores is measured as the server's.
    """

    def __init__(self, port: int, path: str, patience: float):
        self._port = port
        self._patience = patience
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        self._head = f"{head}Content-Length: ".encode()
        self._socket: socket.socket | None = None
        self._stream: BinaryIO | None = None

    def post(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the reply to a request; None if there was none, or an error."""
        try:
            said = json.dumps(body).encode()
            stream = self._sent(b"%s%d\r\n\r\n%s" % (self._head, len(said), said))
            status, reply = _read(stream)
            return dict(json.loads(reply)) if status == _OK else None
        except (OSError, ValueError):
            self.close()
            return None

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        for each in (self._stream, self._socket):
            if each is not None:
                each.close()
        self._socket = self._stream = None

    def _sent(self, request: bytes) -> BinaryIO:
        if self._socket is None or self._stream is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), self._patience)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._stream = self._socket.makefile("rb")
        self._socket.sendall(request)
        return self._stream


def _read(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Return the status and the body of a reply.

    Raises:
        ValueError: it ends too early, or is none.
    """
    _, status, *_ = stream.readline().split(None, 2)
    length = 0
    while (line := stream.readline().lower()) != b"\r\n":
        if not line:
            raise ValueError("a reply without an end")
        if line.startswith(_LENGTH):
            length = int(line[len(_LENGTH) :])
    reply = stream.read(length)
    if len(reply) < length:
        raise ValueError("a reply that is cut")
    return status, reply
