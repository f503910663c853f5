"""Conversations and people in a Postgres database that several machines share, by LangGraph's own tables.

A turn reads and writes on the connection that holds its lock: where that is lost, another may have begun
from the same state, and nothing of this turn is written. Planner's statistics, which would keep names and
words of people beside the rows, are not collected.
"""

from __future__ import annotations

import atexit
import json
import logging
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TypeAlias

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.store.postgres import PostgresStore
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from agent.records import SPACE, Record, key_of
from kg.errors import UnreachableError, UsageError

Connection: TypeAlias = "psycopg.Connection[DictRow]"

_CONVERSATIONS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
_PEOPLE = ("store",)
_MOST = 16  # connections of a process
_WAIT = 10.0  # seconds for a connection, and for others to leave a table
_ATTEMPT = 1.0  # seconds in which a connection is tried for
_SETUP = 60.0  # seconds for another process to make the tables
_TURN, _CHANGE, _MAKING = 0, 1, 2  # what an advisory lock is for
_AGAIN = "What was asked just now is not kept. Try again when the database answers."


class _Pool(ConnectionPool[Connection]):
    """Connections; the next is a new one where the server went away in the meantime."""

    def __init__(self, where: str, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self._where = where

    def getconn(self, timeout: float | None = None) -> Connection:
        """Return a connection; it is asked for anew every second.

        A pool left alone waits twice as long after each attempt that fails: a server that is back after
        a minute would be found a minute later.
        """
        end = time.monotonic() + (_WAIT if timeout is None else timeout)
        while True:
            try:
                return super().getconn(_ATTEMPT)
            except PoolTimeout:
                if time.monotonic() >= end:
                    raise

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection]:
        """Yield a connection.

        Raises:
            UnreachableError: the server does not answer, or cannot go on.
        """
        try:
            with super().connection(timeout) as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise UnreachableError(_reason(error), path=self._where, remedy=_AGAIN) from error


class Database:
    """A pool of connections to a database with the tables in it."""

    def __init__(self, url: str, where: str):
        self.where = where
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # what went wrong is raised as well
        options: dict[str, Any] = {
            "autocommit": True,
            "row_factory": dict_row,
            "prepare_threshold": 0,
            "connect_timeout": int(_WAIT),
            "application_name": "usher",
        }
        try:
            with psycopg.connect(url, **options) as connection:
                _make_tables(connection)
        except psycopg.Error as error:
            raise UsageError(
                f"{where} cannot be used: {_reason(error)}.\n  Start Postgres and name the database in"
                " --database, or leave it out: people and conversations are then kept on this machine."
            ) from error
        self.pool = _Pool(
            where,
            url,
            kwargs=options,
            min_size=0,
            max_size=_MOST,
            reconnect_timeout=_ATTEMPT,
            check=ConnectionPool.check_connection,
            configure=_notice_the_dead,
            open=True,
        )
        atexit.register(self.pool.close)

    def saver(self) -> DatabaseSaver:
        """Return what keeps conversations."""
        return DatabaseSaver(self, self.pool)

    def records(self) -> DatabaseRecords:
        """Return what keeps people."""
        return DatabaseRecords(self)

    def rewrite(self, tables: tuple[str, ...]) -> None:
        """Write tables anew without what was deleted from them.

        Raises:
            UsageError: somebody else does not let go of one.
        """
        with self.pool.connection() as connection:
            try:
                connection.execute(f"SET lock_timeout = '{_WAIT:.0f}s'")
                for table in tables:
                    connection.execute(f"VACUUM FULL {table}", prepare=False)
            except psycopg.errors.LockNotAvailable as error:
                raise UsageError(
                    f"{self.where}: a table is in use, so traces of what was deleted are left in its file."
                    "\n  They go with the next deletion, or with VACUUM FULL."
                ) from error
            finally:
                with suppress(psycopg.OperationalError):
                    connection.execute("RESET lock_timeout")


class DatabaseSaver(PostgresSaver):
    """The checkpointer of conversations in a database."""

    def __init__(self, database: Database, connections: Connection | ConnectionPool[Connection]):
        super().__init__(connections)
        self._database = database

    @contextmanager
    def one_turn(self, thread: str) -> Iterator[DatabaseSaver]:
        """Yield what keeps one turn of a conversation; other processes wait until it is over."""
        with self._database.pool.connection() as held:
            held.execute("SELECT pg_advisory_lock(hashtextextended(%s, %s))", (thread, _TURN))
            try:
                yield DatabaseSaver(self._database, held)
            finally:
                with suppress(psycopg.OperationalError):
                    held.execute("SELECT pg_advisory_unlock_all()")

    def keep_latest(self, thread: str) -> None:
        """Remove all but the last state of a conversation."""
        self.prune([thread])

    def threads(self) -> list[str]:
        """Return the names of all conversations."""
        named = " UNION ".join(f"SELECT thread_id FROM {table}" for table in _CONVERSATIONS)  # noqa: S608
        with self._database.pool.connection() as connection:
            return sorted(row["thread_id"] for row in connection.execute(named))

    def sweep(self) -> None:
        """Write the tables anew without what was deleted."""
        self._database.rewrite(_CONVERSATIONS)


class DatabaseRecords:
    """Records of people in a database."""

    def __init__(self, database: Database):
        self._database = database
        self.where = database.where

    def state(self, key: str) -> Hashable | None:
        """Return what differs where a record was changed; None if there is none."""
        asked = "SELECT xmin::text, ctid::text, updated_at FROM store WHERE prefix = %s AND key = %s"
        with self._database.pool.connection() as connection:
            row = connection.execute(asked, (*SPACE, key)).fetchone()
        return None if row is None else tuple(row.values())

    def get(self, key: str) -> Record | None:
        """Return a record."""
        with self._database.pool.connection() as connection:
            return _record(PostgresStore(connection), key)

    def change(self, key: str, change: Callable[[Record | None], Record]) -> None:
        """Keep what `change` makes of a record; nobody else changes it meanwhile."""
        with self._database.pool.connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", (key, _CHANGE))
            store = PostgresStore(connection)
            # as text: JSON in Postgres refuses NUL and NaN
            store.put(SPACE, key, {"record": json.dumps(change(_record(store, key)))})

    def catalogues(self, user: str) -> list[str]:
        """Return the catalogues in which there is a record of somebody, by name."""
        with self._database.pool.connection() as connection:
            rows = connection.execute(f"SELECT key {_OF_USER}", _of_user(user)).fetchall()
        return sorted(json.loads(row["key"])[0] for row in rows)

    def delete(self, user: str) -> None:
        """Remove somebody's records, and every trace of them in the table."""
        with self._database.pool.connection() as connection:
            connection.execute(f"DELETE {_OF_USER}", _of_user(user))
        self._database.rewrite(_PEOPLE)


_OF_USER = "FROM store WHERE prefix = %s AND right(key, %s) = %s"


def _of_user(user: str) -> tuple[str, int, str]:
    """Return the parameters of `_OF_USER`: how the keys of somebody end."""
    end = key_of("", user).removeprefix('[""')
    return (*SPACE, len(end), end)


def _record(store: PostgresStore, key: str) -> Record | None:
    found = store.get(SPACE, key)
    return None if found is None else json.loads(found.value["record"])


@cache
def database(url: str, where: str) -> Database:
    """Return the database of a URL; see `agent.database.opened`."""
    return Database(url, where)


def _make_tables(connection: Connection) -> None:
    """Make what is missing of the tables; one process at a time.

    Who waits does so by asking again: an index that is made concurrently waits for whoever waits in a lock.
    """
    end, lock = time.monotonic() + _SETUP, ("usher", _MAKING)
    tried = "SELECT pg_try_advisory_lock(hashtextextended(%s, %s)) AS held"
    while not _value(connection.execute(tried, lock).fetchone(), "held"):
        if time.monotonic() > end:
            raise UsageError(f"another process has been making the tables for {_SETUP:.0f} s; try again.")
        time.sleep(0.05)
    PostgresSaver(connection).setup()
    PostgresStore(connection).setup()
    for statement in connection.execute(_COUNTED, ([*_CONVERSATIONS, *_PEOPLE],)).fetchall():
        connection.execute(statement["said"], prepare=False)


_COUNTED = """
SELECT format('ALTER TABLE %%s ALTER COLUMN %%I SET STATISTICS 0', attrelid::regclass, attname) AS said
FROM pg_attribute
WHERE attrelid = ANY (%s::regclass[]) AND attnum > 0 AND NOT attisdropped
  AND coalesce(attstattarget, -1) <> 0
"""


def _value(row: DictRow | None, name: str) -> Any:
    return None if row is None else row[name]


def _notice_the_dead(connection: Connection) -> None:
    """Let the server free the locks of a machine that vanished within a minute."""
    for name, value in (("idle", 30), ("interval", 10), ("count", 3)):
        connection.execute(f"SET tcp_keepalives_{name} = {value}")


def _reason(error: psycopg.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
