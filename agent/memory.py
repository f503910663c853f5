"""Conversations on disk, through LangGraph's SQLite checkpointer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from langgraph.checkpoint.sqlite import SqliteSaver

from kg.store import home


@contextmanager
def conversations() -> Iterator[SqliteSaver]:
    """Yield the checkpointer that keeps conversations in `USHER_HOME/conversations.sqlite`."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    with closing(
        sqlite3.connect(folder / "conversations.sqlite", check_same_thread=False, timeout=10)
    ) as connection:
        saver = SqliteSaver(connection)
        saver.setup()
        yield saver
