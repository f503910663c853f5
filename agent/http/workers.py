"""Worker processes of a server: each listens at the same address on a socket of its own, where a system can.

On one socket that all share, whoever wakes first takes every connection that waits, and who came on them
waits for one process while another is idle. Among sockets of their own Linux spreads connections.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uvicorn import Config

_SPREADS = sys.platform == "linux" and hasattr(socket, "SO_REUSEPORT")  # elsewhere the last one gets all


class OwnInEachProcess(socket.socket):
    """A bound socket that is another one at the same address in every process that it is sent to."""

    def __reduce__(self) -> Any:
        return _bound, (self.family, self.getsockname())


def run_workers(config: Config) -> None:
    """Serve with worker processes until interrupted; this process only holds the address."""
    from uvicorn.supervisors import Multiprocess

    held = config.bind_socket()
    if _SPREADS:
        held = OwnInEachProcess(held.family, held.type, held.proto, held.detach())
    Multiprocess(config, sockets=[held]).run()


def _bound(family: int, address: Any) -> socket.socket:
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(address)
    made.set_inheritable(True)
    return made
