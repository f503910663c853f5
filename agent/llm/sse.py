"""Server-sent events as the JSON they carry, one an event, and what came in their place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from agent.llm.errors import CutOff

DONE = "[DONE]"


def lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a stream; only line feeds end one, for JSON may hold the rarer ends of lines."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r").decode("utf-8", "replace")
    if rest:
        yield rest.rstrip(b"\r").decode("utf-8", "replace")


def events(said: Iterable[str], rest: list[str]) -> Iterator[Any]:
    """Yield the JSON of every event, and `DONE` at the end of all.

    Events without data, comments and data that is no JSON value are what keeps a connection awake. Lines of
    no event go to `rest`: a server that knows no streams sends its reply in one piece.

    Raises:
        CutOff: the data of an event ends in the middle.
    """
    data: list[str] = []
    for line in _and_end(said):
        if line.startswith("data:"):
            data.append(line.removeprefix("data:").removeprefix(" "))
        elif line:
            if not line.startswith((":", "event:", "id:", "retry:")):
                rest.append(line)
        elif data:
            yield from _read("\n".join(data))
            data = []


def _and_end(said: Iterable[str]) -> Iterator[str]:
    """Yield lines, and the empty one that ends the last event where a server left it out."""
    yield from said
    yield ""


def _read(data: str) -> Iterator[Any]:
    if data.strip() == DONE:
        yield DONE
    elif data.lstrip()[:1] in ("{", "["):
        try:
            yield json.loads(data)
        except ValueError:
            raise CutOff("an event of the stream ends in the middle") from None
