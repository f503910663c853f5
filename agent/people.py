"""What is remembered of people, on disk: a LangGraph store in `USHER_HOME/people.sqlite`.

A record is a person of a catalogue. Several processes may read and write: a change is made under a lock, on
what is there by then.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from langgraph.store.sqlite import SqliteStore
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.interests import Weight, Weights
from agent.person import Person, Profile, with_history
from kg.errors import DataError, UsageError
from kg.folders import private_file, writing
from kg.graph import KnowledgeGraph
from kg.raw import locked
from kg.store import home
from kg.types import ItemId, Op
from tools.wishes import Force, Wish

FORMAT = 1
MAX_NAME = 64  # characters of a person's name
FILE = "people.sqlite"
_REMEDY = "Move it away; Usher starts a new one. What it remembered of people is then lost."
_SPACE = ("people",)


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid")

    relation: str
    op: Op
    value: str


class _Wished(BaseModel):
    """A wish that stands over requests."""

    model_config = ConfigDict(extra="forbid")

    conditions: list[_Stated]
    force: Force
    always: bool = True
    domain: str | None = None


class _Record(BaseModel):
    """A person as kept and exported; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")

    catalogue: str
    user: str
    likes: list[str] = []
    dislikes: list[str] = []
    seen: list[str] = []
    short_term: list[tuple[str, str, float]] = []
    long_term: list[tuple[str, str, float]] = []
    gender: str | None = None
    age: int | None = None
    occupation: str | None = None
    wishes: list[_Wished] = []


class People:
    """The people of one catalogue."""

    def __init__(self, graph: KnowledgeGraph, folder: Path | None = None):
        self.graph = graph
        self.catalogue = graph.catalogue.name
        self.folder = home() if folder is None else folder
        self._file = str(self.folder / FILE)
        self._of_catalogue = lru_cache(maxsize=8)(self._with_history)
        self._as_of = lru_cache(maxsize=256)(self._kept)

    def load(self, user: str) -> Person:
        """Return what is known of somebody: what is remembered, else the catalogue's history, else nothing.

        Raises:
            UsageError: it cannot be a name.
            DataError: the file is damaged, or another version's.
        """
        check_name(user)
        if (state := _state_of(self._file)) is not None:
            kept = self._as_of(user, state)
            if kept is not None:
                return kept
        return self._of_catalogue(user)

    def change(self, user: str, change: Callable[[Person], Person]) -> Person:
        """Apply a change to what is known of somebody by now, keep it, and return it."""
        with writing(self.folder / FILE), locked(self.folder, FILE):
            changed = change(self.load(user))
            with self._store() as store:
                store.put(_SPACE, _key(self.catalogue, user), _record(self.catalogue, changed))
        return changed

    def catalogues(self, user: str) -> list[str]:
        """Return the catalogues in which something is remembered of somebody, by name."""
        if not (self.folder / FILE).exists():
            return []
        with self._store() as store:
            return sorted(json.loads(key)[0] for key in _keys(store, user))

    def delete(self, user: str) -> None:
        """Remove what is remembered of somebody in every catalogue, and every trace of it in the file."""
        if not (self.folder / FILE).exists():
            return
        with locked(self.folder, FILE), self._store() as store:
            for key in _keys(store, user):
                store.delete(_SPACE, key)
            store.conn.execute("VACUUM")

    def export(self, person: Person) -> str:
        """Return everything that is remembered of somebody as JSON, with the titles of items."""
        known = [item for item in person.seen if item in self.graph]
        titles = {item: self.graph.item(item).name for item in known}
        fields = {**_record(self.catalogue, person), "titles": titles}
        lines = (
            f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in fields.items()
        )
        return "{\n " + ",\n ".join(lines) + "\n}"

    def _with_history(self, user: str) -> Person:
        chosen = self.graph.history(user)
        return Person(user) if chosen is None else with_history(user, chosen, self.graph)

    def _kept(self, user: str, _: object) -> Person | None:
        """Return what is remembered of somebody in a state of the file; servers ask at every request."""
        with self._store() as store:
            return self._get(store, user)

    def _get(self, store: SqliteStore, user: str) -> Person | None:
        found = store.get(_SPACE, _key(self.catalogue, user))
        if found is None:
            return None
        try:
            return _person(_Record.model_validate(found.value))
        except ValidationError as error:
            problem = f"the record of {user!r} is not one of this version ({error.error_count()} problems)"
            raise DataError(problem, path=self.folder / FILE, remedy=_REMEDY) from error

    @contextmanager
    def _store(self) -> Iterator[SqliteStore]:
        """Open the store.

        What SQLite frees is overwritten with zeros, and nothing is put beside the file but a journal that
        goes when a change is done.
        """
        path = self.folder / FILE
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
            raise DataError(problem, path=path, remedy=_REMEDY) from error


def _state_of(path: str) -> tuple[int, bytes] | None:
    """Return what differs where anything was committed to the file; None if it is not there.

    SQLite counts commits in bytes 24 to 27 (https://www.sqlite.org/fileformat.html#file_change_counter).
    """
    try:
        with open(path, "rb", buffering=0) as stream:  # servers look at every request
            return os.fstat(stream.fileno()).st_ino, stream.read(28)[24:]
    except FileNotFoundError:
        return None


def check_name(user: str) -> None:
    """Refuse a name that cannot be shown or kept.

    Raises:
        UsageError: it is empty, too long or not printable.
    """
    if not user.strip() or len(user) > MAX_NAME or not user.isprintable():
        raise UsageError(
            f"{user[:MAX_NAME]!r} cannot be a person's name; expected 1 to {MAX_NAME} printable characters."
        )


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
        raise DataError("this is not a memory of people", path=path, remedy=_REMEDY)
    with locked(path.parent, f"{FILE}-new"):
        SqliteStore(connection).setup()
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _key(catalogue: str, user: str) -> str:
    return json.dumps([catalogue, user], ensure_ascii=False)


def _keys(store: SqliteStore, user: str) -> list[str]:
    rows = store.conn.execute("SELECT key FROM store WHERE prefix = ? ORDER BY key", _SPACE)
    return [key for (key,) in rows.fetchall() if json.loads(key)[1] == user]


def _record(catalogue: str, person: Person) -> dict[str, Any]:
    profile = person.profile
    return _Record(
        catalogue=catalogue,
        user=person.id,
        likes=list(person.likes),
        dislikes=list(person.dislikes),
        seen=list(person.seen),
        short_term=list(person.short_term),
        long_term=list(person.long_term),
        gender=profile.gender,
        age=profile.age,
        occupation=profile.occupation,
        wishes=[_Wished(**each.as_data()) for each in person.wishes],
    ).model_dump()


def _person(record: _Record) -> Person:
    return Person(
        record.user,
        _items(record.likes),
        _items(record.dislikes),
        _items(record.seen),
        _weights(record.short_term),
        _weights(record.long_term),
        Profile(record.gender, record.age, record.occupation),
        tuple(Wish.of_data(each.model_dump()) for each in record.wishes),
    )


def _items(ids: list[str]) -> tuple[ItemId, ...]:
    return tuple(map(ItemId, ids))


def _weights(rows: list[tuple[str, str, float]]) -> Weights:
    return tuple(Weight(*row) for row in rows)
