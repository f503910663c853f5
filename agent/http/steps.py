"""A stream that tells the steps of a turn as they happen, for who asks for it (`include_steps`).

Where something is built for the first time, it tells too how far that is.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from agent import render
from agent.assistant import Step
from agent.http import errors
from agent.http.errors import FAILED
from agent.http.replies import Body, Reply, new_id
from agent.http.threads import Threads
from agent.http.waiting import Gone, until_gone
from agent.llm.secrets import masked
from agent.progress_line import ProgressLine
from agent.serving.refused import Refused
from agent.stopping import given_up_when
from kg import progress

if TYPE_CHECKING:
    from fastapi import Request

_LOG = logging.getLogger("uvicorn.error")
_OFTEN = 1.0  # seconds between lines of progress
OnStep = Callable[[Step], None]
Told = Step | str | Reply | Exception  # a text is a line of progress; an empty one takes it away


async def events(
    request: Request,
    model: str,
    answer: Callable[[OnStep], Reply],
    threads: Threads,
    *,
    with_usage: bool,
) -> AsyncIterator[str]:
    """Return server-sent events: a chunk a step as it ends or a line of progress, then those of the reply.

    Where the client goes, the turn ends at its next step.

    Raises:
        Refused: before the first step; later it is an event with the error.
        Gone: the client went before it.
    """
    told: asyncio.Queue[Told] = asyncio.Queue()
    loop, left = asyncio.get_running_loop(), threading.Event()

    def hear(what: Step | str) -> None:
        loop.call_soon_threadsafe(told.put_nowait, what)

    def working() -> Reply:
        line = ProgressLine(hear, lambda: hear(""), every=_OFTEN)
        with given_up_when(left.is_set), progress.told(line):
            return answer(hear)

    task = asyncio.create_task(_work(told, working, threads))
    try:
        first = await _first(told, request)
    except BaseException:
        left.set()
        raise
    if isinstance(first, Exception):
        raise first
    head = Reply.head_of("chat.completion.chunk", new_id(), int(time.time()), model)
    return _sent(told, first, head, left, task, with_usage=with_usage)


async def _work(told: asyncio.Queue[Told], working: Callable[[], Reply], threads: Threads) -> None:
    try:
        await told.put(await asyncio.wrap_future(threads.submit(working)))
    except Exception as error:
        await told.put(error)


async def _first(told: asyncio.Queue[Told], request: Request) -> Told:
    """Return what is told first, unless the client goes before."""
    first, gone = asyncio.create_task(told.get()), asyncio.create_task(until_gone(request))
    try:
        await asyncio.wait({first, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not first.done():
            raise Gone
        found: Told = first.result()
        return found
    finally:
        first.cancel()
        gone.cancel()


async def _sent(
    told: asyncio.Queue[Told],
    now: Told,
    head: Body,
    left: threading.Event,
    task: asyncio.Task[None],
    *,
    with_usage: bool,
) -> AsyncIterator[str]:
    try:
        while isinstance(now, Step | str):
            delta = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": None}
            own = {"usher_progress": now} if isinstance(now, str) else {"usher_step": as_data(now)}
            yield _event(head | {"choices": [delta]} | own)
            now = await told.get()
        if isinstance(now, Reply):
            reply = replace(now, id=head["id"], created=head["created"])
            async for event in reply.events(with_usage=with_usage):
                yield event
            return
        yield _event(_failure(now))
    finally:
        left.set()
        del task


def _failure(error: Exception) -> Body:
    """Return an error as it is told in a stream; the log says what nobody foresaw, without keys."""
    if isinstance(error, Refused):
        return errors.of_refusal(error)
    _LOG.error("a request failed\n%s", masked("".join(traceback.format_exception(error))))
    return errors.body("Usher failed; its log says why", FAILED)


def as_data(step: Step) -> Body:
    """Return a step as plain data: the tool, what it was asked, and in a few words what came back."""
    words = render.step(step).plain.strip().removeprefix("·").strip().removeprefix(step.tool).strip()
    return {"tool": step.tool, "arguments": step.arguments, "outcome": words, "refused": step.refused}


def _event(data: Body) -> str:
    return f"data: {json.dumps(data)}\n\n"
