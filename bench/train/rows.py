"""Rows that a model is taught on: chats whose last message is what it is to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bench import jsonl
from bench.types import TYPES, QueryType
from kg.errors import DataError, UsageError

Kind = Literal["titles", "one-call", "trace"]
Message = dict[str, Any]


class Row(BaseModel):
    """A chat in OpenAI's form, of the request with the id `query`; `tools` are what a trace may call."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    query: str
    type: QueryType
    messages: list[Message] = Field(min_length=2)
    tools: list[dict[str, Any]] = Field(default_factory=list)

    @property
    def prompt(self) -> list[Message]:
        """All messages but the last."""
        return self.messages[:-1]

    @property
    def completion(self) -> list[Message]:
        """The last message."""
        return self.messages[-1:]


def write(path: Path, rows: Iterable[Row]) -> int:
    """Write rows as JSON lines; return how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(row.model_dump_json(exclude_defaults=True) + "\n")
            count += 1
    return count


def read(paths: Iterable[Path]) -> list[Row]:
    """Return the rows of some files, in their order.

    Raises:
        DataError: a file is missing, a line is no row, or there is none at all.
    """
    every = list(paths)
    rows = [row for path in every for _, row in jsonl.read(path, Row)]
    if not rows:
        raise DataError(
            "no rows to learn from",
            path=every[0] if every else None,
            remedy="`python -m bench.train export` writes them.",
        )
    return rows


def of_types(rows: Sequence[Row], types: Sequence[str]) -> list[Row]:
    """Return the rows of requests of some types, in their order.

    Raises:
        UsageError: there is no such type.
        DataError: there is no such row.
    """
    for each in types:
        if each not in TYPES:
            raise UsageError.unknown("type of request", each, TYPES)
    kept = [row for row in rows if row.type in types]
    if not kept:
        raise DataError(f"no row of the types {', '.join(types)}", remedy="Leave --type away for all rows.")
    return kept
