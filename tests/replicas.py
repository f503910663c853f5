"""Replicas of Usher as processes of their own, on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from postgres_server import free_port

REPOSITORY = Path(__file__).parents[1]
_PATIENCE = 90.0  # seconds for a replica to come up


class Unanswered(Exception):  # noqa: N818
    """A replica gave no answer: it is gone, or said that something it needs is."""


class Replica:
    """`usher serve` in a process."""

    def __init__(self, database: str):
        self.port = free_port()
        command = [sys.executable, "-m", "usher", "serve", "--port", str(self.port), "--database", database]
        self._process = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def wait(self) -> None:
        """Wait until it answers."""
        wait_for(self.port)

    def kill(self) -> None:
        """End it as the system does that has no memory left."""
        self._process.kill()
        self._process.wait()

    def get(self, path: str) -> Any:
        """Return what is at a path."""
        return asked(self.port, path)

    def post(self, path: str, body: Any) -> Any:
        """Return the reply to a body."""
        return asked(self.port, path, body)


def asked(port: int, path: str, body: Any = None) -> Any:
    """Return a reply of a server of this machine.

    Raises:
        Unanswered: there was none, or 503.
    """
    sent = None if body is None else json.dumps(body).encode()
    request = Request(f"http://127.0.0.1:{port}{path}", sent, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=60) as reply:  # noqa: S310 - an address of our own
            return json.loads(reply.read())
    except HTTPError as error:
        with error:
            if error.code != 503:
                raise
        raise Unanswered(error.code) from error
    except (URLError, OSError, ValueError) as error:
        raise Unanswered(str(error)) from error


def wait_for(port: int) -> None:
    """Wait until a replica is up."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            asked(port, "/health")
        except Unanswered:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no replica came up on port {port}")
