"""Replies of a model on this machine to all that a run asks, as a replay that `bench.run` scores.

A system is driven until it asks; what it asks is put aside, many requests are answered at once, and it is
driven again, now with these replies, until it asks nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from langchain_core.language_models import BaseChatModel

from agent.llm.cache import DiskCache, key_of
from agent.llm.settings import Settings
from agent.llm.spending import Use
from agent.models import chat_model
from bench.systems.base import System
from bench.types import Query
from kg.graph import KnowledgeGraph

HERE = "http://127.0.0.1/v1"  # keys of replies hold an address; nothing is asked at it
ROUNDS = 8  # replies after one another to one query
Body = dict[str, Any]


class Replier(Protocol):
    """Answers many requests at once, see `bench.train.generate.Generator`."""

    def replies(self, bodies: Sequence[Body]) -> Iterator[tuple[int, Body]]:
        """Yield the place of a request and its completion."""
        ...


class Asked(Exception):  # noqa: N818 - says what happened
    """A request that no reply is there for yet."""

    def __init__(self, body: Mapping[str, Any]):
        super().__init__("no reply yet")
        self.body = dict(body)


class Listener:
    """Stops a system where it would ask a server, and keeps what it used before."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def before(self, body: Mapping[str, Any]) -> None:
        """Hear of a request that no reply is kept for.

        Raises:
            Asked: always.
        """
        raise Asked(body)

    def after(self, use: Use) -> None:
        """Hear of a reply that was used."""
        self.keys.add(use.key)


def settings(room: int) -> Settings:
    """Return how a model is asked whose replies have at most `room` tokens."""
    return Settings(base_url=HERE, max_tokens=room, stream=False, mode="one-call", retries=0)


def record(
    name: str,
    graph: KnowledgeGraph,
    made: Callable[[BaseChatModel], System],
    queries: Sequence[Query],
    replier: Replier,
    out: Path,
    room: int,
) -> int:
    """Write a replay of all replies that a system needs for some queries; return how many.

    Replies are kept beside it in an SQLite file while it is made: the same command goes on where it stopped.

    Args:
        name: of the model, `openai:NAME`.
        graph: of the catalogue.
        made: makes the system, given its model.
        queries: what it is asked.
        replier: what writes the replies.
        out: the replay, for `bench.run --replay`.
        room: the most tokens of a reply.
    """
    asked, listener = settings(room), Listener()
    cache = DiskCache(out.with_name(f"{out.name}.sqlite"))
    model, _ = chat_model(name, graph, settings=asked, cache=cache, watch=listener)
    system, left = made(model), list(queries)
    for _ in range(ROUNDS):
        waiting = [(query, body) for query in left if (body := _asks(system, query)) is not None]
        if not waiting:
            break
        bodies = [body for _, body in waiting]
        for place, reply in replier.replies(bodies):
            cache.put(key_of(bodies[place], asked.public_url), bodies[place]["model"], reply)
        left = [query for query, _ in waiting]
    written = cache.write(listener.keys, out, asked.stamp())
    cache.path.unlink()
    return written


def _asks(system: System, query: Query) -> Body | None:
    """Return what a system asks next for a query; None if it has answered."""
    try:
        system.answer(query)
    except Asked as asked:
        return asked.body
    return None
