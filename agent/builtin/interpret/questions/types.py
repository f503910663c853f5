"""What a question of fact is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from agent.builtin.interpret.request import EntityMention, ItemMention

Kind = Literal[
    "value",
    "yes_no",
    "about",
    "tell",
    "opinion",
    "count",
    "compare",
    "shared",
    "same",
    "connection",
    "series",
    "other_form",
    "unknowable",
    "missing",
    "person",
    "neighbour",
    "unread",
    "usher",
    "listed",
]
Roles = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about.

    `titles` that are named, `people` that are named, or an unlinked name as it is written, `slot`; it
    `points` if a pronoun, an ordinal or nothing at all stands in their place, or if the
    slot is no title.
    """

    titles: tuple[ItemMention, ...] = ()
    people: tuple[EntityMention, ...] = ()
    slot: str = ""
    points: bool = False

    @property
    def is_item(self) -> bool:
        """Whether it is an item, if an unlinked one."""
        return bool(self.titles or self.slot or self.points)


class Time(NamedTuple):
    """A year that is asked about, how it is compared, and the words of a `decade` as they were said."""

    op: str
    year: int
    decade: str = ""


@dataclass(frozen=True, slots=True)
class Presupposition:
    """Somebody who is taken to have made an item, and the relations that the verb may mean."""

    who: EntityMention
    roles: Roles = ()


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """One question of fact: `roles` of a subject, for each of them the relations it may mean.

    A yes or no is asked of `values`, of a `year` (with how it is compared), or, if `anaphor`, of the person
    named last. `topic` is a group of things that no catalogue holds, or the domain of
    what is asked for; `unused` are the words that name it.
    `words` are those of its clause, '' in place of a name; it begins at `start` of the message.
    """

    kind: Kind
    subject: Subject = Subject()
    roles: tuple[Roles, ...] = ()
    values: tuple[EntityMention, ...] = ()
    year: Time | None = None
    anaphor: bool = False
    topic: str = ""
    unused: tuple[str, ...] = ()
    presupposition: Presupposition | None = None
    words: tuple[str, ...] = ()
    start: int = 0
