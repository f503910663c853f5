"""Generated catalogues of any size, always the same for a size: as skewed as real ones, nobody in them real.

A few people have hundreds of titles and most have one; a few surnames are common; genres have few values; new
titles are more than old ones; a few titles are chosen by many. Everything is drawn from tables of our own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bench.syllables import MIDDLES, ONSETS, VOWELS
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.types import Entity, EntityId, Item, ItemId

SEED = 17
GENRES = (
    "Drama Comedy Documentary Romance Thriller Action Horror Crime Adventure Family Fantasy Mystery "
    "Animation War Western Musical Biography Sport Noir Satire Heist Swashbuckler"
).split()
COUNTRIES = (
    "France Italy Germany Japan Brazil Canada Sweden Poland Mexico Denmark Norway Ireland Hungary Greece "
    "Portugal Iceland Chile Kenya Egypt Peru Cuba Nepal"
).split()
_GIVEN = (
    "Abel Ada Agnes Albin Alma Amos Aniela Anton Arlo Astrid August Aurel Basil Beatrix Benno Berit Bianca "
    "Boris Bruno Camilla Cecily Clemens Conrad Cora Cosmo Cyril Dagny Damian Delia Dora Edgar Edith Elias "
    "Elin Emeric Enid Ernst Esther Eugen Fabian Felix Fiona Flora Franka Freya Gerda Gideon Gilda Greta "
    "Gustav Hanna Harald Hedda Hector Helga Hilda Horace Hugo Ida Ignaz Ingrid Irene Isidor Ivo Jasper "
    "Johanna Jonas Judith Julian Karin Kaspar Katja Kirsten Lambert Laura Leander Leonie Lorenz Lucian Mabel "
    "Magnus Mara Marius Matilda Maurice Mina Miriam Moritz Nadja Nestor Nicola Nora Odile Olaf Oskar Otto "
    "Paloma Pascal Paula Perry Petra Quentin Ragna Ralph Regina Renata Roland Rosa Rufus Ruth Samson Selma "
    "Sigrid Silas Simone Stella Sven Tabea Theo Tilda Tobias Ulla Ursula Valentin Vera Viktor Viola Walter "
    "Wanda Wilma Xaver Yvonne Zelda Zeno"
).split()
_ENDINGS = (
    "ard as berg by dale den dorf ell en er ersen feld ford ham haus hurst ing ley lin lund mann mer more "
    "ness ney quist ric ridge roth sen ski son stad stein ström thal ton ville wall ward wick wood worth"
).split()
_ADJECTIVES = (
    "Amber Bitter Blind Blue Borrowed Brass Bright Broken Burning Careless Clever Cold Crooked Dark Distant "
    "Empty Endless Faithful Falling Foolish Forgotten Frozen Gentle Golden Grey Hidden Hollow Honest Idle "
    "Iron Lonely Lost Lucky Narrow Northern Pale Patient Perfect Quiet Restless Rusty Sacred Scarlet Secret "
    "Silent Silver Sleeping Stolen Strange Stubborn Sunken Tender Twisted Velvet Wicked Wild Wooden"
).split()
_NOUNS = (
    "Acrobat Alibi Anchor Apprentice Archive Autumn Bakery Ballroom Bargain Bell Bridge Candle Captain "
    "Caravan Carnival Cellar Clock Colony Compass Corridor Curtain Dancer Detour Diary Dragon Echo Elephant "
    "Engine Envelope Falcon Feather Ferry Flood Forest Fortune Garden Ghost Glacier Guest Harbour Harvest "
    "Hotel Hunter Island Journey Jury Kingdom Kitchen Ladder Lantern Letter Library Lighthouse Lion Machine "
    "Market Mask Meadow Mirror Monsoon Mountain Neighbour Ocean Orchard Orphan Palace Parade Passenger Piano "
    "Pilot Promise Puppet Railway Raven River Rumour Sailor Season Shadow Signal Stranger Tailor Thief Tide "
    "Tower Traveller Tunnel Valley Verdict Voice Waltz Widow Window Witness Wolf"
).split()
_SHAPES = (
    "The {a} {n}",
    "{a} {n}",
    "{p} {n}",
    "The {n} of {p}",
    "The {n} and the {m}",
    "{a} {n} in {p}",
    "{p}",
    "The {a} {n} of {p}",
)
_PEOPLE = 0.7  # people an item
_SURNAMES = 20_000
# Facts an item, and the part of all people who do this: some do two things.
_ROLES = {"director": (1.05, (0.0, 0.2)), "writer": (0.8, (0.1, 0.35)), "actor": (1.6, (0.3, 1.0))}
_CATEGORIES = {"genre": (1.2, GENRES), "country": (0.4, COUNTRIES)}
_CHOICES = 20  # an invented user
_ITEMS_A_USER = 50
_FIRST_YEAR, _LAST_YEAR = 1930, 2024

Ints = npt.NDArray[np.int64]


def generated(size: int, seed: int = SEED) -> Catalogue:
    """Return a catalogue of `size` items with some five facts each, and a user for every fifty items."""
    rng = np.random.default_rng((seed, size))
    surnames = _surnames(rng)
    people = [Entity(EntityId(f"person/{i}"), name) for i, name in enumerate(_people(size, surnames, rng))]
    builder = Builder()
    years = _LAST_YEAR - skewed(rng, _LAST_YEAR - _FIRST_YEAR + 1, size, 0.5)
    for index, (title, year) in enumerate(zip(_titles(size, surnames, rng), years.tolist(), strict=True)):
        builder.add_item(Item(ItemId(f"g{index}"), title, year))
    keys = list(builder.items)
    for relation, (each, part) in _ROLES.items():
        first, end = (int(len(people) * share) for share in part)
        drawn = first + skewed(rng, max(1, end - first), int(size * each), 0.4)
        _add_facts(builder, keys, relation, [people[i] for i in drawn.tolist()])
    for relation, (each, values) in _CATEGORIES.items():
        entities = [Entity(EntityId(f"{relation}/{value}"), value) for value in values]
        weights = 1 / np.arange(1, len(values) + 1)
        drawn = rng.choice(len(values), int(size * each), p=weights / weights.sum())
        _add_facts(builder, keys, relation, [entities[i] for i in drawn.tolist()])
    return builder.finish("generated", f"seed {seed}", str(size), histories=_histories(size, rng))


def _add_facts(builder: Builder, keys: Sequence[ItemId], relation: str, values: Sequence[Entity]) -> None:
    """Give every item a value, and those that are left over to items all over the catalogue."""
    size = len(keys)
    for index, value in enumerate(values):
        place = index if index < size else (index * 7919) % size
        builder.add_fact(keys[place], relation, value)


def skewed(rng: np.random.Generator, values: int, count: int, skew: float) -> Ints:
    """Draw numbers below `values`, the k-th about as often as 1 / k ** skew; 0 <= skew < 1."""
    return np.minimum(values * rng.random(count) ** (1 / (1 - skew)), values - 1).astype(np.int64)


def _picked(rng: np.random.Generator, table: Sequence[str], count: int, skew: float = 0.0) -> Iterator[str]:
    return (table[i] for i in skewed(rng, len(table), count, skew).tolist())


def titles(size: int, rng: np.random.Generator) -> Iterator[str]:
    """Yield so many titles, some of which are the same."""
    return _titles(size, _surnames(rng), rng)


def _surnames(rng: np.random.Generator) -> list[str]:
    """Return the surnames, the common ones first."""
    found: dict[str, None] = {}
    while len(found) < _SURNAMES:
        parts = [_picked(rng, table, _SURNAMES) for table in (ONSETS, VOWELS, MIDDLES, _ENDINGS)]
        found.update(dict.fromkeys(map("".join, zip(*parts, strict=True))))
    return list(itertools.islice(found, _SURNAMES))


def _people(size: int, surnames: Sequence[str], rng: np.random.Generator) -> list[str]:
    count = max(1, int(size * _PEOPLE))
    initials = ("", *(f" {letter}." for letter in "ABCDEFGHJKLMNPRSTVW"))
    given, last = _picked(rng, _GIVEN, count, 0.3), _picked(rng, surnames, count, 0.5)
    middle = _picked(rng, initials, count, 0.8)
    return [f"{g}{m} {s}" for g, m, s in zip(given, middle, last, strict=True)]


def _titles(size: int, surnames: Sequence[str], rng: np.random.Generator) -> Iterator[str]:
    shapes = _picked(rng, _SHAPES, size)
    a, n, m = _picked(rng, _ADJECTIVES, size), _picked(rng, _NOUNS, size, 0.3), _picked(rng, _NOUNS, size)
    p = _picked(rng, surnames, size)
    for shape, *words in zip(shapes, a, n, m, p, strict=True):
        yield shape.format(**dict(zip("anmp", words, strict=True)))


def _histories(size: int, rng: np.random.Generator) -> Histories:
    """Return what the users chose; which items are liked has nothing to do with their order."""
    users = size // _ITEMS_A_USER
    ranked = rng.permutation(size).astype(np.int32)
    chosen = ranked[skewed(rng, size, users * _CHOICES, 0.5)]
    return Histories(np.arange(users + 1, dtype=np.int64) * _CHOICES, chosen)
