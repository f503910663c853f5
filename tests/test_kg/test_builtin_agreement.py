"""The hand-written films against what MovieLens-1M and DBpedia, after the link gate, also say of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kg.catalogue import Catalogue
from kg.sources import builtin, movielens
from kg.text import name_key, words
from kg.types import Entity, Item

RELATIONS = ("director", "composer", "cinematographer", "editor", "writer", "producer", "actor")
FLOORS = {"director": 0.97, "composer": 0.97, "cinematographer": 0.97}
_DESCENDANTS = {"jr", "sr"}


# When two names are one person's


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
    first, middle = _agree(our_given[0], their_given[0]), zip(our_given[1:], their_given[1:], strict=False)
    return first and all(_agree(one, other) for one, other in middle)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """Return given names and surname of a name; 'Jr.' belongs to the surname: it is another person."""
    found = words(name)
    last = 2 if found[-1] in _DESCENDANTS else 1
    return found[:-last], found[-last:]


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Francis Ford Coppola", "Francis Coppola"),
        ("Freddie Young", "F.A. Young"),
        ("Ted McCord", "Ted D. McCord"),
        ("Conrad L. Hall", "Conrad Hall"),
        ("Joel Coen", "Coen brothers"),
        ("Lana Wachowski", "The Wachowski Brothers"),
        ("Miloš Forman", "Milos Forman"),
    ],
)
def test_spellings_of_one_name_are_one_person(ours: str, theirs: str) -> None:
    assert same_person(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Robert Surtees", "Bruce Surtees"),
        ("Harry Stradling Jr.", "Harry Stradling"),
        ("John C. Howard", "John F. Howard"),
        ("Joel Coen", "Joel Cohen"),
        ("Vangelis", "Michael Vangelis"),
        ("Ethan Hawke", "Coen brothers"),
    ],
)
def test_other_people_are_not_one(ours: str, theirs: str) -> None:
    assert not same_person(ours, theirs)


# The comparison


@dataclass
class Tally:
    """Of the films on which both know a relation: how many agree on a value; and our values found there."""

    films: int = 0
    agreeing: int = 0
    values: int = 0
    found: int = 0


@dataclass
class Comparison:
    """The agreement of two catalogues, and a line for every film on which they have no value in common."""

    shared: int
    tallies: dict[str, Tally]
    disagreements: list[str]


def facts(catalogue: Catalogue) -> dict[tuple[int, str], list[Entity]]:
    held: dict[tuple[int, str], list[Entity]] = {}
    for item, relation, entity in catalogue.edges.tolist():
        held.setdefault((item, catalogue.relations[relation].name), []).append(catalogue.entities[entity])
    return held


def known_as(entity: Entity, names: list[str]) -> bool:
    return any(same_person(own, name) for own in (entity.label, *entity.aliases) for name in names)


def titles(item: Item) -> Iterator[str]:
    yield from (name_key(title) for title in (item.title, *item.aliases))


def pairs(ours: Catalogue, theirs: Catalogue) -> Iterator[tuple[int, int]]:
    """Yield the positions of films that are the same: a title in common, and at most a year apart."""
    at: dict[tuple[str, int], int] = {}
    for position, item in enumerate(theirs.items):
        for title in titles(item):
            at.setdefault((title, item.year or 0), position)
    for position, item in enumerate(ours.items):
        if item.domain == "movie" and item.year:
            years = [item.year + apart for apart in (0, 1, -1)]  # a festival and a release
            found = [at[title, year] for title in titles(item) for year in years if (title, year) in at]
            yield from ((position, same) for same in found[:1])


def compare(ours: Catalogue, theirs: Catalogue) -> Comparison:
    our_facts, their_facts = facts(ours), facts(theirs)
    done = Comparison(0, {name: Tally() for name in RELATIONS}, [])
    for own, other in pairs(ours, theirs):
        done.shared += 1
        for name, tally in done.tallies.items():
            said = our_facts.get((own, name), [])
            known = [entity.label for entity in their_facts.get((other, name), [])]
            if not said or not known:
                continue
            found = [entity for entity in said if known_as(entity, known)]
            tally.films += 1
            tally.agreeing += bool(found)
            tally.values += len(said)
            tally.found += len(found)
            if not found:
                labels = [entity.label for entity in said]
                done.disagreements.append(f"{name:16} {ours.items[own].name}: {labels}, there {known}")
    return done


def table(comparison: Comparison) -> str:
    lines = [
        "",
        f"{comparison.shared} films are also in MovieLens-1M",
        f"{'relation':16}{'films':>6}{'agree':>8}",
    ]
    lines[-1] += f"{'values':>8}{'found':>8}"
    for name, tally in comparison.tallies.items():
        agree, found = tally.agreeing / max(tally.films, 1), tally.found / max(tally.values, 1)
        lines.append(f"{name:16}{tally.films:6}{agree:8.3f}{tally.values:8}{found:8.3f}")
    return "\n".join([*lines, "no value in common:", *comparison.disagreements, ""])


@cache
def compared(data: Path) -> Comparison:
    return compare(builtin.read(), movielens.read_1m(data / "ml-1m"))


def test_the_table(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(table(compared(shared)))
    assert compared(shared).shared > 300


@pytest.mark.parametrize("relation", FLOORS)
def test_builtin_films_agree_with_the_public_facts(shared: Path, relation: str) -> None:
    tally = compared(shared).tallies[relation]
    assert tally.films > 200
    assert tally.agreeing / tally.films >= FLOORS[relation]
