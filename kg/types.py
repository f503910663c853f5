"""The nouns of the knowledge graph. All are immutable and hashable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, NewType

ItemId = NewType("ItemId", str)
EntityId = NewType("EntityId", str)
RelationName = NewType("RelationName", str)
Op = Literal["is", ">=", "<=", ">", "<", "contains"]
YEAR = RelationName("year")  # of an item itself, compared as a number
TITLE = RelationName("title")  # of an item itself; it contains words
_DIGITS = 4  # of a year


class Kind(StrEnum):
    """What the values of a relation are: entities, whose names may be shortened, or literals.

    A number, a date and a flag are compared; a text is searched, never a fact.
    """

    PERSON = "person"
    ORGANISATION = "organisation"
    CATEGORY = "category"
    SERIES = "series"
    PLACE = "place"
    LANGUAGE = "language"
    WORK = "work"
    OTHER = "other"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be recommended.

    `title` has its article in front and no year; `aliases` are other titles it is known by; `year` is None
    where the source does not tell.
    """

    id: ItemId
    title: str
    year: int | None = None
    domain: str = "movie"
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title as shown to a person: with its year where one is known."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, company, genre, series …: anything an item can be related to.

    `label` is the name without the source's disambiguating qualifier; two entities may share it.
    """

    id: EntityId
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the catalogue and what its values are.

    `unit` is that of its numbers; `scale` orders the labels of a category, lowest first.
    """

    name: RelationName
    kind: Kind = Kind.OTHER
    unit: str = ""
    scale: tuple[str, ...] = ()

    def on_scale(self, op: Op, label: str) -> tuple[str, ...]:
        """Return the labels of the scale for which a comparison with one of them holds, else none."""
        names = [each.casefold() for each in self.scale]
        if label.casefold() not in names:
            return ()
        at = names.index(label.casefold())
        first = {">=": at, ">": at + 1, "is": at}.get(op, 0)
        last = {"<=": at + 1, "<": at, "is": at + 1}.get(op, len(names))
        return self.scale[first:last]


class Edge(NamedTuple):
    """One fact: `item` has `entity` as its `relation`."""

    item: ItemId
    relation: RelationName
    entity: EntityId


@dataclass(frozen=True, slots=True)
class Condition:
    """A hard requirement on items: `relation` holds for an entity with the label `value`.

    Labels, not ids: query files and people speak in labels. Two entities with one label satisfy the same
    condition. `op` compares numbers, dates, the year of an item (relation `year`) and the labels of a scale;
    other labels know `is`, and `contains`: words in a row, none of which is denied there. The title of an
    item (relation `title`) only `contains` words.
    """

    relation: RelationName
    value: str
    op: Op = "is"

    @property
    def year(self) -> int | None:
        """The year that is compared with; None if the value is none."""
        value = self.value.strip()
        return int(value) if value.isdecimal() and len(value) <= _DIGITS else None

    def __str__(self) -> str:
        return (
            f"{self.relation}: {self.value}" if self.op == "is" else f"{self.relation} {self.op} {self.value}"
        )


@dataclass(frozen=True, slots=True)
class User:
    """A person of the catalogue's log. Ages are the lower bound of the source's band."""

    id: str
    gender: str | None = None
    age: int | None = None
    occupation: str | None = None
