"""The hand-written films and books against public data: how facts are compared, and that nearly all agree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bench import builtin as measure
from bench.builtin_agreement import PEOPLE, Comparison, compare, same_person
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.sources import builtin, librarything, movielens
from kg.types import Entity, EntityId, Item, ItemId

Films = Mapping[tuple[str, int], Mapping[str, tuple[str, ...]]]


def of(films: Films, histories: Histories | None = None) -> Catalogue:
    builder = Builder()
    for title, year in films:
        builder.add_item(Item(ItemId(f"{title}-{year}"), title, year, "movie"))
    for (title, year), facts in films.items():
        for relation, names in facts.items():
            for name in names:
                builder.add_fact(ItemId(f"{title}-{year}"), relation, Entity(EntityId(name), name))
    return builder.finish("toy", "toy", "1", histories=histories)


def told(ours: Films, theirs: Films) -> Comparison:
    return compare(of(ours), of(theirs), "movie", PEOPLE)


# When two names are one person's


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


def test_a_common_value_agrees_and_none_is_told() -> None:
    done = told(
        {("A", 1990): {"actor": ("Ann A", "Ben B"), "director": ("Cid C",)}},
        {("A", 1991): {"actor": ("Ben B", "Dan D"), "director": ("Eve E",)}},
    )
    assert (done.told, done.agreement) == (2, 0.5)
    assert done.disagreements == ["director of A (1990): Cid C; there Eve E"]


def test_what_one_alone_tells_is_not_counted() -> None:
    assert told({("A", 1990): {"actor": ("Ann A",)}}, {("A", 1990): {"writer": ("Ben B",)}}).told == 0


def test_films_two_years_apart_are_two() -> None:
    assert told({("A", 1990): {}}, {("A", 1992): {}}).shared == 0


def test_two_writers_in_one_name_are_found() -> None:
    both = {"writer": ("Ann A and Ben B",)}
    assert told({("A", 1990): {"writer": ("Ben B",)}}, {("A", 1990): both}).agreement == 1


def test_a_link_to_another_work_is_named_and_not_counted() -> None:
    mine = {"actor": ("Ann A",), "director": ("Cid C",), "writer": ("Eve E",)}
    other = dict.fromkeys(mine, ("Fay F",))
    done = told({("A", 1990): mine}, {("A", 1990): other})
    assert (done.others, done.told) == (["A (1990)"], 0)


# Who is known


def test_who_stands_in_films_that_most_chose_is_known_best() -> None:
    films: Films = {
        ("A", 1990): {"actor": ("Ann A",), "composer": ("Cid C",)},
        ("B", 1991): {"actor": ("Ben B",), "director": ("Ben B",)},
        ("C", 1992): {"actor": ("Ann A",)},
    }
    catalogue = of(films, Histories.pack([[0, 1], [1, 2], [1]]))
    assert measure.best_known(catalogue, 3) == ["Ben B", "Ann A"]


def test_two_films_are_too_few() -> None:
    films: Films = {("A", year): {"actor": ("Ann A",), "writer": ("Ben B",)} for year in (1990, 1991)}
    more: Films = {("B", 1992): {"director": ("Ben B",)}}
    assert measure.less_known(of({**films, **more}), ["Ann A", "Ben B", "Cid C"]) == [
        "Ann A (2)",
        "Cid C (0)",
    ]


# What is shipped


def test_the_coverage_counts_what_is_shipped() -> None:
    rows = {name: said for name, *said in measure.coverage(builtin.read())}
    assert rows["share with a sentence"] == ["1.000", "1.000"]
    assert rows["share with 5 to 16 themes"] == ["1.000", "1.000"]


@cache
def films(data: Path) -> Comparison:
    return compare(builtin.read(), movielens.read_1m(data / "ml-1m"), "movie", PEOPLE)


def test_nearly_all_facts_of_films_agree_with_public_ones(shared: Path) -> None:
    done = films(shared)
    assert done.told > 1500
    assert done.agreement >= measure.LEAST, done.disagreements


@pytest.mark.parametrize("relation", ["director", "composer", "cinematographer"])
def test_directors_composers_and_cinematographers_agree(shared: Path, relation: str) -> None:
    tally = films(shared).tallies[relation]
    assert tally.items > 200
    assert tally.agreeing / tally.items >= measure.LEAST


def test_authors_of_books_agree_with_public_ones(shared: Path) -> None:
    done = compare(builtin.read(), librarything.read(shared / "librarything"), "book", ("author",))
    assert done.told > 150
    assert done.agreement >= measure.LEAST, done.disagreements
