"""Work in a thread for a client that waits: where the client goes, the work is given up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from agent.stopping import given_up_when

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from fastapi import FastAPI, Request

T = TypeVar("T")


class Gone(Exception):  # noqa: N818 - nobody is told
    """The client went before the answer came."""


async def while_there(request: Request, work: Callable[[], T], limiter: CapacityLimiter) -> T:
    """Return what some work returns; what waits for its turn is not begun, what runs ends at its next step.

    Raises:
        Gone: the client went.
    """
    from anyio import create_task_group, to_thread

    is_gone = threading.Event()
    came: list[T] = []
    failed: list[Exception] = []

    def working() -> T:
        with given_up_when(is_gone.is_set):
            return work()

    async with create_task_group() as group:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            is_gone.set()
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            came.append(await to_thread.run_sync(working, limiter=limiter, abandon_on_cancel=True))
        except Exception as error:  # raised below: a group would wrap it
            failed.append(error)
        finally:
            is_gone.set()
        group.cancel_scope.cancel()
    if failed:
        raise failed[0]
    if not came:
        raise Gone
    return came[0]


def add_gone(app: FastAPI) -> None:
    """Let nothing be logged as a fault where a client went."""
    from fastapi import Response

    @app.exception_handler(Gone)
    def gone(_: Any, __: Gone) -> Response:
        return Response(status_code=499)  # as nginx calls it; nobody reads it
