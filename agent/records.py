"""Where records of people are kept: here in a file, `agent.postgres` in a database that machines share.

A record is plain data of a person in a catalogue; both are LangGraph stores.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from langgraph.store.sqlite import SqliteStore

from kg.errors import DataError, UsageError
from kg.folders import private_file, writing
from kg.raw import locked

FORMAT = 1
FILE = "people.sqlite"
REMEDY = "Move it away; Usher starts a new one. What it remembered of people is then lost."
SPACE = ("people",)
Record = dict[str, Any]


def key_of(catalogue: str, user: str) -> str:
    """Return the key of a record."""
    return json.dumps([catalogue, user], ensure_ascii=False)


class Records(Protocol):
    """Records by key. Several processes may read and write."""

    @property
    def where(self) -> object:
        """The place as an error names it."""
        ...

    def state(self, key: str) -> Hashable | None:
        """Return what differs where a record was changed; None if there is none."""
        ...

    def get(self, key: str) -> Record | None:
        """Return a record."""
        ...

    def change(self, key: str, change: Callable[[Record | None], Record]) -> None:
        """Keep what `change` makes of a record; nobody else changes it meanwhile."""
        ...

    def catalogues(self, user: str) -> list[str]:
        """Return the catalogues in which there is a record of somebody, by name."""
        ...

    def delete(self, user: str) -> None:
        """Remove somebody's records, and every trace of them."""
        ...


class FileRecords:
    """Records in an SQLite file."""

    def __init__(self, folder: Path):
        self.where = self._path = folder / FILE
        self._text = str(self._path)

    def state(self, key: str) -> tuple[int, bytes] | None:
        """Return what differs where anything was committed to the file.

        SQLite counts commits in bytes 24 to 27 (https://www.sqlite.org/fileformat.html#file_change_counter).
        """
        try:
            with open(self._text, "rb", buffering=0) as stream:  # servers look at every request
                return os.fstat(stream.fileno()).st_ino, stream.read(28)[24:]
        except FileNotFoundError:
            return None

    def get(self, key: str) -> Record | None:
        """Return a record."""
        with self._store() as store:
            found = store.get(SPACE, key)
        return None if found is None else found.value

    def change(self, key: str, change: Callable[[Record | None], Record]) -> None:
        """Keep what `change` makes of a record; nobody else changes the file meanwhile."""
        with writing(self._path), locked(self._path.parent, FILE):
            changed = change(self.get(key) if self._path.exists() else None)
            with self._store() as store:
                store.put(SPACE, key, changed)

    def catalogues(self, user: str) -> list[str]:
        """Return the catalogues in which there is a record of somebody, by name."""
        if not self._path.exists():
            return []
        with self._store() as store:
            return sorted(json.loads(key)[0] for key in _keys(store, user))

    def delete(self, user: str) -> None:
        """Remove somebody's records, and every trace of them in the file."""
        if not self._path.exists():
            return
        with locked(self._path.parent, FILE), self._store() as store:
            for key in _keys(store, user):
                store.delete(SPACE, key)
            store.conn.execute("VACUUM")

    @contextmanager
    def _store(self) -> Iterator[SqliteStore]:
        """Open the store.

        What SQLite frees is overwritten with zeros, and nothing is put beside the file but a journal that
        goes when a change is done.
        """
        path = self._path
        try:
            with (
                writing(path),
                closing(
                    sqlite3.connect(
                        private_file(path), timeout=30, isolation_level=None, check_same_thread=False
                    )
                ) as connection,
            ):
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA temp_store = MEMORY")
                _check(connection, path)
                yield SqliteStore(connection)
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise UsageError(
                    f"{path} is in use by another program; try again when it is done."
                ) from error
            problem = f"not a readable memory of people ({error})"
            raise DataError(problem, path=path, remedy=REMEDY) from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Set up a new file; refuse one that another version or program wrote."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == FORMAT:
        return
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if version > FORMAT:
        remedy = "A newer Usher wrote it: use that one, or move the file away."
        raise DataError(f"format {version}, expected {FORMAT}", path=path, remedy=remedy)
    if tables and "store_migrations" not in tables:
        raise DataError("this is not a memory of people", path=path, remedy=REMEDY)
    with locked(path.parent, f"{FILE}-new"):
        SqliteStore(connection).setup()
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _keys(store: SqliteStore, user: str) -> list[str]:
    rows = store.conn.execute("SELECT key FROM store WHERE prefix = ? ORDER BY key", SPACE)
    return [key for (key,) in rows.fetchall() if json.loads(key)[1] == user]
