"""Five small tables with numbers, dates, flags and scales: films, wines, cars, board games and books."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from agent.assistant import Assistant
from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.store import Opened
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName

_FIRST = (
    "Amber Birch Cobalt Dune Ember Fallow Garnet Hollow Indigo Juniper Kestrel Lantern Marble Nettle".split()
)
_SECOND = "Ridge Hollow Gate Crossing Meadow Anchor Orchard Signal".split()
_MAKERS = ("Vela", "Borrow", "Quint", "Sable", "Torrin")
Draw = Callable[[random.Random], Any]


def _number(low: float, high: float, step: float) -> Draw:
    return lambda dice: round(low + step * dice.randint(0, round((high - low) / step)), 2)


def _one_of(*values: Any) -> Draw:
    return lambda dice: dice.choice(values)


def _date(first: int, last: int) -> Draw:
    return lambda dice: dice.randint(first, last) * 10_000 + dice.randint(1, 12) * 100 + dice.randint(1, 28)


def _relation(name: str, kind: Kind, unit: str = "", scale: Sequence[str] = ()) -> Relation:
    return Relation(RelationName(name), kind, unit, tuple(scale))


_FLAG = _one_of(0, 1, 1)
_GENRES = _one_of("Comedy", "Drama", "Thriller", "Western")
TABLES: Mapping[str, tuple[Mapping[str, Any], tuple[tuple[Relation, Draw], ...]]] = {
    "films": (
        {"domain": "movie", "years": (1950, 2020)},
        (
            (_relation("genre", Kind.CATEGORY), _GENRES),
            (_relation("running_time", Kind.NUMBER, "min"), _number(70, 200, 1)),
            (_relation("rating", Kind.NUMBER), _number(3, 9.5, 0.1)),
            (
                _relation("content_rating", Kind.CATEGORY, "", ("G", "PG", "PG-13", "R")),
                _one_of("G", "PG", "PG-13", "R"),
            ),
            (_relation("streaming", Kind.ORGANISATION), _one_of("Netflix", "Hulu", "Mubi")),
        ),
    ),
    "wines": (
        {"domain": "wine", "nouns": ["wine", "wines", "bottle", "bottles"]},
        (
            (_relation("colour", Kind.CATEGORY), _one_of("red", "white", "rosé")),
            (_relation("country", Kind.PLACE), _one_of("Spain", "France", "Italy")),
            (_relation("price", Kind.NUMBER, "EUR"), _number(5, 60, 0.5)),
            (_relation("alcohol", Kind.NUMBER, "%"), _number(9, 15.5, 0.5)),
            (
                _relation("body", Kind.CATEGORY, "", ("light", "medium", "full")),
                _one_of("light", "medium", "full"),
            ),
            (_relation("organic", Kind.FLAG), _FLAG),
            (_relation("in_stock", Kind.FLAG), _FLAG),
            (_relation("tasted", Kind.DATE), _date(2010, 2024)),
        ),
    ),
    "cars": (
        {"domain": "car", "nouns": ["car", "cars", "vehicle", "vehicles"]},
        (
            (_relation("make", Kind.ORGANISATION), _one_of(*_MAKERS)),
            (_relation("fuel", Kind.CATEGORY), _one_of("diesel", "petrol", "electric")),
            (_relation("price", Kind.NUMBER, "USD"), _number(4000, 60_000, 250)),
            (_relation("mpg", Kind.NUMBER, "mpg"), _number(14, 48, 1)),
            (_relation("horsepower", Kind.NUMBER, "hp"), _number(60, 400, 5)),
            (_relation("weight", Kind.NUMBER, "kg"), _number(800, 2600, 10)),
            (_relation("automatic", Kind.FLAG), _FLAG),
        ),
    ),
    "games": (
        {"domain": "game", "nouns": ["game", "games"]},
        (
            (_relation("mechanic", Kind.CATEGORY), _one_of("auction", "drafting", "bluffing")),
            (_relation("playing_time", Kind.NUMBER, "min"), _number(15, 240, 5)),
            (_relation("max_players", Kind.NUMBER, "players"), _number(1, 8, 1)),
            (_relation("price", Kind.NUMBER, "EUR"), _number(8, 120, 1)),
            (
                _relation("difficulty", Kind.CATEGORY, "", ("easy", "moderate", "hard")),
                _one_of("easy", "moderate", "hard"),
            ),
            (_relation("released", Kind.DATE), _date(1995, 2025)),
            (_relation("cooperative", Kind.FLAG), _FLAG),
        ),
    ),
    "books": (
        {"domain": "book", "years": (1900, 2023)},
        (
            (_relation("genre", Kind.CATEGORY), _one_of("Mystery", "Romance", "Fantasy")),
            (_relation("author", Kind.PERSON), _one_of("Ada Quill", "Dov Eberhart", "Ines Okafor")),
            (_relation("pages", Kind.NUMBER, "pages"), _number(90, 900, 1)),
            (_relation("average_rating", Kind.NUMBER), _number(1.5, 5, 0.1)),
            (_relation("price", Kind.NUMBER, "GBP"), _number(4, 40, 0.5)),
            (_relation("audiobook", Kind.FLAG), _FLAG),
        ),
    ),
}
_WORDING: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "films": {
        "streaming": {"kind": "organisation", "preposition": ["on"], "verb": ["streaming on"]},
        "content_rating": {"kind": "category", "low": ["childish"], "high": ["grown-up", "mature"]},
    },
    "wines": {
        "tasted": {"kind": "date", "agent": ["tasting"], "verb": ["tasted"]},
        "country": {"kind": "place", "preposition": ["from"]},
    },
    "cars": {"automatic": {"kind": "flag", "agent": ["automatic transmission", "automatic gearbox"]}},
    "games": {
        "max_players": {"kind": "number", "agent": ["players"]},
        "cooperative": {"kind": "flag", "agent": ["co-op"]},
    },
    "books": {},
}
_GAPS = 9  # every so many values is not known


def table(name: str, size: int = 90) -> Catalogue:
    """Return one of the tables as a catalogue; equal calls give equal ones."""
    said, columns = TABLES[name]
    dice, builder = random.Random(name), Builder()  # noqa: S311
    builder.relations |= {str(relation.name): relation for relation, _ in columns}
    for number in range(size):
        key = ItemId(f"{name[0]}{number:03}")
        title = f"{_FIRST[number % len(_FIRST)]} {_SECOND[number // len(_FIRST) % len(_SECOND)]}"
        year = dice.randint(*said["years"]) if "years" in said else None
        builder.add_item(Item(key, title, year, said["domain"]))
        for place, (relation, draw) in enumerate(columns):
            value = draw(dice)
            if relation.kind in KINDS and (number + place) % _GAPS == 0:
                continue
            if relation.kind in KINDS:
                builder.add_value(key, str(relation.name), value)
            else:
                builder.add_fact(key, str(relation.name), Entity(EntityId(f"{relation.name}/{value}"), value))
    own = {str(r.name): {"kind": r.kind.value} for r, _ in columns} | _WORDING[name]
    return builder.finish(
        name, "tests", "1", notes={"wording": {"nouns": said.get("nouns", []), "relations": own}}
    )


def opened(catalogue: Catalogue, folder: Path) -> Opened:
    """Write a catalogue and open it."""
    folder.mkdir(parents=True, exist_ok=True)
    naming.write(catalogue, folder)
    catalogues.save(catalogue, folder)
    return Opened(KnowledgeGraph(catalogues.load(folder), names.load(folder)), folder)


def assistant(catalogue: Catalogue, folder: Path, **settings: Any) -> Assistant:
    """Return the assistant on a catalogue that is written to a folder."""
    ready = opened(catalogue, folder)
    with patch("agent.assistant.open_catalogue", lambda *_: ready):
        return Assistant(catalogue.name, **settings)
