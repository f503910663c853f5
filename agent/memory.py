"""Conversations on disk, through LangGraph's SQLite checkpointer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite import SqliteSaver

from kg.errors import DataError, UsageError
from kg.store import home

DEFAULT_USER = "me"
_CHAT = "chat-"


@contextmanager
def conversations() -> Iterator[SqliteSaver]:
    """Yield the checkpointer that keeps conversations in `USHER_HOME/conversations.sqlite`.

    Raises:
        DataError: the file is damaged.
    """
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "conversations.sqlite"
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, check_same_thread=False, timeout=10)) as connection:
        saver = SqliteSaver(connection)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            saver.setup()
        except sqlite3.DatabaseError as error:
            remedy = "Move it away; Usher starts a new one."
            raise DataError(f"not readable as conversations ({error})", path=path, remedy=remedy) from error
        yield saver


def thread_of(catalogue: str, user: str) -> str:
    """Return the name of a person's conversation about a catalogue; catalogue names have no '/'."""
    return f"{_CHAT}{catalogue}" if user == DEFAULT_USER else f"{_CHAT}{catalogue}/{user}"


def erase(saver: BaseCheckpointSaver[Any], thread: str) -> None:
    """Remove a conversation, and every trace of it in the file.

    Raises:
        UsageError: another program has the file open in the middle of something, so traces are left.
    """
    saver.delete_thread(thread)
    if isinstance(saver, SqliteSaver):
        _sweep(saver)


def erase_all(saver: BaseCheckpointSaver[Any], user: str, thread: str) -> None:
    """Remove a person's conversations about any catalogue, and `thread`; see `erase`."""
    if isinstance(saver, SqliteSaver):
        named = saver.conn.execute("SELECT thread_id FROM checkpoints UNION SELECT thread_id FROM writes")
        for (other,) in named.fetchall():
            if other == thread_of(other.removeprefix(_CHAT).partition("/")[0], user):
                saver.delete_thread(other)
    erase(saver, thread)


def _sweep(saver: SqliteSaver) -> None:
    """Write the file anew without what was deleted, and empty the log beside it."""
    try:
        saver.conn.commit()
        saver.conn.execute("VACUUM")
        busy = saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        busy = True
    if busy:
        raise UsageError(
            "conversations.sqlite is in use by another Usher, so traces of the conversation are left in it."
            "\n  Close the other one and delete again."
        )
