"""The server itself: sockets, threads, the protocol."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Self

from llm_server.brains import Brain, obliging
from llm_server.faults import Faults, malformed
from llm_server.replies import Body, Failure, Message, Raw, chunks, completion, fails

_FAULTS = {"429": fails(429, "slow down", retry_after="0"), "500": fails(500, "the server is ill")}


class Server:
    """A server that runs while its context is open; `url` is its base URL.

    `props` is what it says of itself, as llama.cpp's does. `refuses` names fields of a request that it
    answers with 400, as servers do that do not know them.
    `bodies` and `headers` keep what it was sent, in the order in which it came.
    """

    def __init__(
        self,
        brain: Brain = obliging,
        *,
        faults: Faults | None = None,
        refuses: tuple[str, ...] = (),
        props: Body | None = None,
        port: int = 0,
    ):
        self.brain = brain
        self.faults = faults or Faults()
        self.refuses = refuses
        self.props = props
        self.bodies: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.busiest = 0
        self._busy = 0
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def wait(self) -> None:
        """Serve until interrupted."""
        self._thread.join()

    def entered(self, body: Body, headers: dict[str, str]) -> int:
        """Note a request; return its number."""
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            return next(self._numbers)

    def left(self) -> None:
        """Note that a request is done."""
        with self._lock:
            self._busy -= 1

    def decide(self, body: Body) -> tuple[Message | Failure | Raw, str | None]:
        """Return the reply to a request, and what goes wrong with it."""
        for field in self.refuses:
            if field in body:
                return fails(400, f"Unsupported parameter: {field}"), None
        fault = self.faults.draw(body)
        if fault in ("429", "500", "reset"):
            self.faults.count(fault)
            return _FAULTS.get(fault) or Failure("reset"), fault
        reply = self.brain(body)
        if (
            isinstance(reply, Failure | Raw)
            or fault is None
            or (fault == "malformed" and not reply.get("tool_calls"))
        ):
            return reply, None
        self.faults.count(fault)
        return (malformed(reply) if fault == "malformed" else reply), fault


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    owner: Server

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that go away are part of what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http

    def do_GET(self) -> None:
        if self.path == "/props":
            props = self.server.owner.props
            self._send(404 if props is None else 200, props or {"error": {"message": "no such path"}})
        else:
            self._send(200, {"object": "list", "data": [{"id": "local", "object": "model"}]})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        if not self.path.endswith("/chat/completions"):
            self._send(404, {"error": {"message": f"no such path: {self.path}"}})
            return
        body = json.loads(raw)
        owner = self.server.owner
        number = owner.entered(body, {name.lower(): value for name, value in self.headers.items()})
        try:
            reply, fault = owner.decide(body)
            self._reply(body, reply, number, half=fault == "half")
        finally:
            owner.left()

    def _reply(self, body: Body, reply: Message | Failure | Raw, number: int, *, half: bool) -> None:
        if isinstance(reply, Raw):
            self._raw(reply)
        elif isinstance(reply, Failure):
            if reply.status == "reset":
                self._reset()
            elif isinstance(reply.status, int):
                self._send(reply.status, {"error": dict(reply.error)}, dict(reply.headers))
            else:
                self._reply(body, {"role": "assistant", "content": "half of"}, number, half=True)
        elif body.get("stream"):
            self._stream(list(chunks(body, reply, number)), half=half)
        else:
            self._send(200, completion(body, reply, number), half=half)

    def _send(
        self, status: int, value: Any, headers: dict[str, str] | None = None, *, half: bool = False
    ) -> None:
        data = json.dumps(value).encode()
        self._head(
            status, {"content-type": "application/json", "content-length": str(len(data))} | (headers or {})
        )
        self.wfile.write(data[: len(data) // 2] if half else data)

    def _raw(self, reply: Raw) -> None:
        self._head(reply.status, {"content-type": reply.kind})
        with suppress(OSError):  # who asked may be gone
            for number, piece in enumerate(reply.pieces):
                time.sleep(reply.pauses[number] if number < len(reply.pauses) else 0)
                self.wfile.write(piece.encode())

    def _stream(self, listed: list[Body], *, half: bool) -> None:
        self._head(200, {"content-type": "text/event-stream"})
        for chunk in listed[: len(listed) // 2] if half else listed:
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        if not half:
            self.wfile.write(b"data: [DONE]\n\n")

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"connection": "close"}).items():
            self.send_header(name, value)
        self.end_headers()

    def _reset(self) -> None:
        """Close with RST in the place of an answer, as a machine that went away."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.wfile.close()
        self.connection.close()

    def log_message(self, *_: Any) -> None:
        """Write no log."""
