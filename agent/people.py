"""What is remembered of people, in a file below `USHER_HOME` or in a Postgres database (`agent.records`).

A record is a person of a catalogue. Several processes may read and write: a change is made under a lock, on
what is there by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.database import opened
from agent.interests import Weight, Weights
from agent.person import Person, Profile, with_history
from agent.records import REMEDY, FileRecords, Record, Records, key_of
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.store import home
from kg.types import ItemId, Op
from tools.wishes import Force, Wish

MAX_NAME = 64  # characters of a person's name


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

    def __init__(self, graph: KnowledgeGraph, folder: Path | None = None, *, database: str | None = None):
        self.graph = graph
        self.catalogue = graph.catalogue.name
        self.folder = home() if folder is None else folder
        self._records = _records(self.folder, database)
        self._of_catalogue = lru_cache(maxsize=8)(self._with_history)
        self._as_of = lru_cache(maxsize=256)(self._kept)

    def load(self, user: str) -> Person:
        """Return what is known of somebody: what is remembered, else the catalogue's history, else nothing.

        Raises:
            UsageError: it cannot be a name.
            DataError: the file is damaged, or another version's.
            UnreachableError: the database does not answer.
        """
        check_name(user)
        if (state := self._records.state(key_of(self.catalogue, user))) is not None:
            kept = self._as_of(user, state)
            if kept is not None:
                return kept
        return self._of_catalogue(user)

    def change(self, user: str, change: Callable[[Person], Person]) -> Person:
        """Apply a change to what is known of somebody by now, keep it, and return it."""
        check_name(user)
        changed = Person(user)

        def record(found: Record | None) -> Record:
            nonlocal changed
            changed = change(self._of_catalogue(user) if found is None else self._parsed(user, found))
            return _record(self.catalogue, changed)

        self._records.change(key_of(self.catalogue, user), record)
        return changed

    def catalogues(self, user: str) -> list[str]:
        """Return the catalogues in which something is remembered of somebody, by name."""
        return self._records.catalogues(user)

    def delete(self, user: str) -> None:
        """Remove what is remembered of somebody in every catalogue, and every trace of it."""
        self._records.delete(user)

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
        """Return what is remembered of somebody in a state of their record; servers ask at every request."""
        found = self._records.get(key_of(self.catalogue, user))
        return None if found is None else self._parsed(user, found)

    def _parsed(self, user: str, found: Record) -> Person:
        try:
            return _person(_Record.model_validate(found))
        except ValidationError as error:
            problem = f"the record of {user!r} is not one of this version ({error.error_count()} problems)"
            raise DataError(problem, path=str(self._records.where), remedy=REMEDY) from error


def _records(folder: Path, database: str | None) -> Records:
    if database is None:
        return FileRecords(folder)
    return opened(database).records()


def check_name(user: str) -> None:
    """Refuse a name that cannot be shown or kept.

    Raises:
        UsageError: it is empty, too long or not printable.
    """
    if not user.strip() or len(user) > MAX_NAME or not user.isprintable():
        raise UsageError(
            f"{user[:MAX_NAME]!r} cannot be a person's name; expected 1 to {MAX_NAME} printable characters."
        )


def _record(catalogue: str, person: Person) -> Record:
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
