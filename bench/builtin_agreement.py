"""The hand-written films and books against what public data, after the link gate, also says of them.

A fact here is what a catalogue says of one relation of one item. Two catalogues that both tell it agree when
they have a value in common: neither of them lists everybody who acted or wrote. Where they agree on nothing
of an item, though both tell `SURE` relations or more, the link there is to another work: it is named and not
counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.catalogue import Catalogue
from kg.text import name_key, words
from kg.types import Entity, Item

PEOPLE = ("director", "composer", "cinematographer", "editor", "writer", "producer", "actor")
SURE = 3
_JOINED = re.compile(r" and |, ")  # two people, or one and a title
_DESCENDANTS = frozenset(("jr", "sr"))
_APART = {"movie": (0, 1, -1), "book": (None,)}  # years: a festival and a release; LibraryThing has none


@dataclass
class Tally:
    """Of the items on which both know a relation: how many agree; and our values that are found there."""

    items: int = 0
    agreeing: int = 0
    values: int = 0
    found: int = 0


@dataclass
class Comparison:
    """The agreement of two catalogues, a line for each fact on which they differ, and other works."""

    shared: int
    tallies: dict[str, Tally]
    disagreements: list[str]
    others: list[str]

    @property
    def told(self) -> int:
        """How many facts both tell."""
        return sum(each.items for each in self.tallies.values())

    @property
    def agreement(self) -> float:
        """The share of the facts both tell on which they agree; 0 if there are none."""
        return sum(each.agreeing for each in self.tallies.values()) / max(self.told, 1)


def compare(ours: Catalogue, theirs: Catalogue, domain: str, relations: Sequence[str]) -> Comparison:
    """Compare what two catalogues say of the items of a domain that both have."""
    our_facts, their_facts = _facts(ours), _facts(theirs)
    done = Comparison(0, {name: Tally() for name in relations}, [], [])
    for own, other in pairs(ours, theirs, domain):
        done.shared += 1
        told = {
            name: (said, [entity.label for entity in known])
            for name in relations
            if (said := our_facts.get((own, name))) and (known := their_facts.get((other, name)))
        }
        _count(done, ours.items[own].name, told)
    return done


def _count(done: Comparison, name: str, told: Mapping[str, tuple[list[Entity], list[str]]]) -> None:
    """Add what both tell of an item: relation -> our people and their names for them."""
    found = {
        relation: [entity for entity in said if known_as(entity, known)]
        for relation, (said, known) in told.items()
    }
    if len(told) >= SURE and not any(found.values()):
        done.others.append(name)
        return
    for relation, (said, known) in told.items():
        tally = done.tallies[relation]
        tally.items += 1
        tally.agreeing += bool(found[relation])
        tally.values += len(said)
        tally.found += len(found[relation])
        if not found[relation]:
            mine = ", ".join(entity.label for entity in said)
            done.disagreements.append(f"{relation} of {name}: {mine}; there {', '.join(known)}")


def pairs(ours: Catalogue, theirs: Catalogue, domain: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of items that are the same: a title in common, films at most a year apart."""
    at: dict[tuple[str, int | None], int] = {}
    for position, item in enumerate(theirs.items):
        for title in _titles(item):
            at.setdefault((title, item.year), position)
    for position, item in enumerate(ours.items):
        if item.domain == domain and item.year:
            years = [None if apart is None else item.year + apart for apart in _APART[domain]]
            found = [at[title, year] for title in _titles(item) for year in years if (title, year) in at]
            yield from ((position, same) for same in found[:1])


def known_as(entity: Entity, names: Sequence[str]) -> bool:
    """Tell whether one of some names is an entity's; in 'Sjöwall and Wahlöö' there are two surnames."""
    ours = (entity.label, *entity.aliases)
    return any(
        same_person(own, name) or any(_is_part(own, part) for part in _JOINED.split(name) if part != name)
        for own in ours
        for name in names
    )


def _is_part(ours: str, part: str) -> bool:
    """Tell whether a part of a joined name is a person's: 'Jeffrey Price and …', or the surname alone."""
    return same_person(ours, part) or (words(part) == _parts(ours)[1])


def same_person(ours: str, theirs: str) -> bool:
    """Tell whether two names are spellings of one: the same surname and given names that do not contradict.

    A middle name may be missing and a given name may be an initial; 'Coen brothers' is any Coen.
    """
    if name_key(ours) == name_key(theirs):
        return True
    (our_given, our_last), (their_given, their_last) = _parts(ours), _parts(theirs)
    if their_given[-1:] == ["the"] or their_last in (["brothers"], ["sisters"]):
        return our_last == their_given[-1:]
    if our_last != their_last or not our_given or not their_given:
        return False
    middle = zip(our_given[1:], their_given[1:], strict=False)
    return _agree(our_given[0], their_given[0]) and all(_agree(one, other) for one, other in middle)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """Return given names and surname of a name; 'Jr.' belongs to the surname: it is another person."""
    found = words(name)
    last = 2 if found[-1:] and found[-1] in _DESCENDANTS else 1
    return found[:-last], found[-last:]


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _facts(catalogue: Catalogue) -> dict[tuple[int, str], list[Entity]]:
    held: dict[tuple[int, str], list[Entity]] = {}
    for item, relation, entity in catalogue.edges.tolist():
        held.setdefault((item, catalogue.relations[relation].name), []).append(catalogue.entities[entity])
    return held


def _titles(item: Item) -> Iterator[str]:
    yield from (name_key(title) for title in (item.title, *item.aliases))
