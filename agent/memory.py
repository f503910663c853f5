"""Conversations on disk or in a database, through LangGraph's checkpointers for SQLite and Postgres."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver

from agent.database import opened
from agent.phrasing import printable
from kg.errors import DataError, UnwritableError, UsageError
from kg.folders import private_file, writing
from kg.raw import locked
from kg.store import home

DEFAULT_USER = "me"
NOT_KEPT = "The conversation goes on, and is not kept."
_CHAT = "chat-"
_PRUNE = (
    "DELETE FROM writes WHERE thread_id = :thread AND checkpoint_ns = '' AND checkpoint_id <"
    " (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = :thread AND checkpoint_ns = '')",
    "DELETE FROM checkpoints WHERE thread_id = :thread AND checkpoint_ns = '' AND checkpoint_id <"
    " (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = :thread AND checkpoint_ns = '')",
)
_MAKING = threading.Lock()
_LOCKS: WeakKeyDictionary[object, dict[str, threading.Lock]] = WeakKeyDictionary()


@runtime_checkable
class Keeping(Protocol):
    """What a checkpointer of ours can do beside LangGraph's: several processes may use it at once."""

    def one_turn(self, thread: str) -> AbstractContextManager[BaseCheckpointSaver[Any]]:
        """Return what yields the checkpointer for one turn; other processes wait until it is over."""
        ...

    def keep_latest(self, thread: str) -> None:
        """Remove all but the last state of a conversation."""
        ...

    def threads(self) -> list[str]:
        """Return the names of all conversations."""
        ...

    def sweep(self) -> None:
        """Remove every trace of what was deleted."""
        ...


class FileSaver(SqliteSaver):
    """The checkpointer of conversations in a file."""

    @contextmanager
    def one_turn(self, thread: str) -> Iterator[FileSaver]:
        """Yield this; other processes wait until the turn is over."""
        name = hashlib.sha256(thread.encode("utf-8", "surrogatepass")).hexdigest()
        with locked(home(), f"conversation-{name[:2]}"):  # a file for some, so that it tells of nobody
            yield self

    def keep_latest(self, thread: str) -> None:
        """Remove all but the last state of a conversation."""
        with self.cursor() as cursor:
            for statement in _PRUNE:
                cursor.execute(statement, {"thread": thread})

    def threads(self) -> list[str]:
        """Return the names of all conversations."""
        named = self.conn.execute("SELECT thread_id FROM checkpoints UNION SELECT thread_id FROM writes")
        return sorted(thread for (thread,) in named.fetchall())

    def sweep(self) -> None:
        """Write the file anew without what was deleted, and empty the log beside it.

        Raises:
            UsageError: another program has the file open in the middle of something, so traces are left.
        """
        try:
            self.conn.commit()
            self.conn.execute("VACUUM")
            busy = self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = True
        if busy:
            raise UsageError(
                "conversations.sqlite is in use by another Usher, so traces of the conversation are left in"
                " it.\n  Close the other one and delete again."
            )


@contextmanager
def conversations(
    folder: Path | None = None, *, database: str | None = None
) -> Iterator[BaseCheckpointSaver[Any]]:
    """Yield what keeps conversations: `conversations.sqlite` of `USHER_HOME` or `folder`, or a database.

    Raises:
        UnwritableError: the disk is full, or nothing may be written to it.
        DataError: the file is damaged.
        UsageError: the database cannot be used.
    """
    if database is not None:
        yield opened(database).saver()
        return
    path = (home() if folder is None else folder) / "conversations.sqlite"
    with writing(path):
        private_file(path)
    with closing(sqlite3.connect(path, check_same_thread=False, timeout=10)) as connection:
        saver = FileSaver(connection)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            with writing(path):
                saver.setup()
        except sqlite3.DatabaseError as error:
            remedy = "Move it away; Usher starts a new one."
            raise DataError(f"not readable as conversations ({error})", path=path, remedy=remedy) from error
        yield saver


def thread_of(catalogue: str, user: str) -> str:
    """Return the name of a person's conversation about a catalogue; catalogue names have no '/'."""
    return f"{_CHAT}{catalogue}" if user == DEFAULT_USER else f"{_CHAT}{catalogue}/{user}"


@contextmanager
def one_turn_at_a_time(saver: object, thread: str) -> Iterator[object]:
    """Let one turn of a conversation run at a time, here and where it is kept; yield what keeps that turn.

    Two at once would start from the same state, and one of them would be lost.
    """
    with _MAKING:
        lock = _LOCKS.setdefault(saver, {}).setdefault(thread, threading.Lock())
    with lock, saver.one_turn(thread) if isinstance(saver, Keeping) else nullcontext(saver) as held:
        yield held


@contextmanager
def kept_if_possible(
    say: Callable[[str], None], database: str | None = None
) -> Iterator[BaseCheckpointSaver[Any]]:
    """Yield what keeps conversations; where nothing can be written, that is said and they are in memory."""
    with ExitStack() as stack:
        saver: BaseCheckpointSaver[Any]
        try:
            saver = stack.enter_context(conversations(database=database))
        except UnwritableError as error:
            say("\n".join(map(printable, f"{error}\n{NOT_KEPT}".split("\n"))))
            saver = InMemorySaver()
        yield saver


def taken_over(saver: BaseCheckpointSaver[Any], thread: str) -> InMemorySaver:
    """Return a checkpointer in memory that goes on with a conversation where another cannot write."""
    memory = InMemorySaver()
    config: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
    last = saver.get_tuple(config)
    if last is not None:
        memory.put(config, last.checkpoint, last.metadata, last.checkpoint["channel_versions"])
    return memory


def prune(saver: object, thread: str) -> None:
    """Remove all but the last state of a conversation; a saver of another kind keeps what it keeps."""
    if isinstance(saver, Keeping):
        saver.keep_latest(thread)
    elif isinstance(saver, InMemorySaver):
        last = saver.get_tuple({"configurable": {"thread_id": thread, "checkpoint_ns": ""}})
        if last is not None and not last.pending_writes:
            saver.delete_thread(thread)
            config: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
            saver.put(config, last.checkpoint, last.metadata, last.checkpoint["channel_versions"])


def erase(saver: BaseCheckpointSaver[Any], thread: str) -> None:
    """Remove a conversation, and every trace of it where it is kept.

    Raises:
        UsageError: another program holds what it is kept in, so traces are left.
    """
    saver.delete_thread(thread)
    if isinstance(saver, Keeping):
        saver.sweep()


def erase_all(saver: BaseCheckpointSaver[Any], user: str, thread: str) -> None:
    """Remove a person's conversations about any catalogue, and `thread`; see `erase`."""
    if isinstance(saver, Keeping):
        for other in saver.threads():
            if other == thread_of(other.removeprefix(_CHAT).partition("/")[0], user):
                saver.delete_thread(other)
    erase(saver, thread)
