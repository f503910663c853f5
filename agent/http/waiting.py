"""Work in a thread for a client that waits: where the client goes, the work is given up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from agent.http.threads import Threads
from agent.stopping import given_up_when

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

T = TypeVar("T")


class Gone(Exception):  # noqa: N818 - nobody is told
    """The client went before the answer came."""


async def while_there(request: Request, work: Callable[[], T], threads: Threads) -> T:
    """Return what some work returns; what waits for its turn is not begun, what runs ends at its next step.

    Raises:
        Gone: the client went.
    """
    is_over = False

    def working() -> T:
        with given_up_when(lambda: is_over):
            return work()

    future = asyncio.wrap_future(threads.submit(working))
    gone = asyncio.create_task(until_gone(request))
    gone.add_done_callback(lambda _: future.cancel())
    try:
        return await future
    except asyncio.CancelledError:
        if gone.done() and not gone.cancelled():
            raise Gone from None
        raise
    finally:
        is_over = True
        gone.cancel()


async def until_gone(request: Request) -> None:
    """Return when the client of a request has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def add_gone(app: FastAPI) -> None:
    """Let nothing be logged as a fault where a client went."""
    from fastapi import Response

    @app.exception_handler(Gone)
    def gone(_: Any, __: Gone) -> Response:
        return Response(status_code=499)  # as nginx calls it; nobody reads it
