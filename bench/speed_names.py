"""Invented catalogues of any size: people and titles composed from tables of our own, always the same."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.syllables import MIDDLES, ONSETS, VOWELS
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.text import name_key
from kg.types import Entity, EntityId, Item, ItemId

_GIVEN = (
    "Ada Agnes Albin Alma Anders Aniela Anton Arlo Astrid Aurel Barbara Basil Beatrix Benno Berit Bruno "
    "Cecily Clara Conrad Cora Cyril Dagny Damian Delia Dorian Edda Edgar Elias Elin Emeric Enid Erland "
    "Esther Fabian Felix Flora Freya Gideon Gilda Greta Gustav Hanna Harald Hedda Hector Hilda Horace Ida "
    "Ignaz Ingrid Irene Isidor Ivo Jasper Johanna Jonas Judith Julian Karin Kaspar Kirsten Lambert Laura "
    "Leander Leonie Lorenz Lucian Mabel Magnus Mara Marius Matilda Maurice Mina Miriam Nestor Nicola Nora "
    "Odile Olaf Oskar Otto Paloma Pascal Paula Perry Petra Quentin Ragna Ralph Regina Renata Roland Rosa "
    "Rufus Ruth Samson Selma Sigrid Silas Simone Sophia Stella Sven Tabea Theo Tilda Tobias Ulla Ursula "
    "Valentin Vera Viktor Viola Walter Wanda Wilma Xaver Yvonne Zelda Zeno"
).split()
_ENDINGS = (
    "an ard as berg by dale den dorf el ell en er ers erson es et feld field ford ham haus hurst in ing is "
    "ke ley lin lund man mann ment mer more ner ness ney o off on os over quist ric rich ridge roth sen ski "
    "son stad stein stone ström ter thal ton va vale ville wall ward well wick win wood worth y"
).split()
_ADJECTIVES = (
    "Amber Bitter Blind Blue Borrowed Brass Bright Broken Burning Careless Clever Cold Crooked Dark Distant "
    "Empty Endless Faithful Falling Final Foolish Forgotten Frozen Gentle Golden Grey Hidden Hollow Honest "
    "Idle Iron Last Little Lonely Lost Lucky Narrow Northern Pale Patient Perfect Quiet Restless Rusty "
    "Sacred Scarlet Secret Silent Silver Sleeping Small Stolen Strange Stubborn Sunken Tender Twisted "
    "Velvet Wicked Wild Winter Wooden"
).split()
_NOUNS = (
    "Acrobat Alibi Anchor Apprentice Archive Autumn Bakery Ballroom Bargain Bell Bridge Candle Captain "
    "Caravan Carnival Cellar Clock Colony Compass Corridor Curtain Dancer Daughter Detour Diary Doctor "
    "Dragon Echo Elephant Engine Envelope Falcon Feather Ferry Fire Flood Forest Fortune Garden Ghost "
    "Glacier Guest Harbour Harvest Hotel Hour House Hunter Island Journey Jury Kingdom Kitchen Ladder "
    "Lantern Letter Library Lighthouse Lion Machine Market Mask Meadow Mirror Monsoon Mountain Neighbour "
    "Night Ocean Orchard Orphan Palace Parade Passenger Piano Pilot Promise Puppet Railway Raven River Road "
    "Rumour Sailor Season Shadow Signal Sister Sky Stranger Summer Tailor Thief Tide Tower Traveller Tunnel "
    "Valley Verdict Voice Waltz Widow Window Witness Wolf"
).split()
_SEED = 3
_PEOPLE_PER_TITLE = 3
_GENRES = ("Drama", "Comedy", "Thriller", "Western", "Romance", "Adventure")


def invented(size: int) -> Catalogue:
    """Return a catalogue of `size` names, a quarter of them titles."""
    rng = random.Random(_SEED)  # noqa: S311
    count = size // (1 + _PEOPLE_PER_TITLE)
    titles = _distinct(count, _title, rng)
    people = _distinct(size - count - len(_GENRES), _person, rng)
    builder = Builder()
    for index, title in enumerate(titles):
        builder.add_item(Item(ItemId(str(index)), title, 1930 + index % 90))
        genre = _GENRES[index % len(_GENRES)]
        builder.add_fact(ItemId(str(index)), "genre", Entity(EntityId(f"genre/{genre}"), genre))
    for index, person in enumerate(people):
        role = ("director", "actor", "actor", "composer")[index % 4]
        item = ItemId(str(index % len(titles)))
        builder.add_fact(item, role, Entity(EntityId(f"person/{index}"), person))
    return builder.finish("invented", "bench.speed_names", str(size))


def _distinct(count: int, draw: Callable[[random.Random], str], rng: random.Random) -> list[str]:
    found: dict[str, str] = {}
    while len(found) < count:
        name = draw(rng)
        found.setdefault(name_key(name), name)
    return list(found.values())


def _person(rng: random.Random) -> str:
    middle = f" {rng.choice(ONSETS)[0]}." if rng.random() < 0.1 else ""
    return f"{rng.choice(_GIVEN)}{middle} {_surname(rng)}"


def _surname(rng: random.Random) -> str:
    stem = rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(MIDDLES)
    if rng.random() < 0.25:
        stem += rng.choice(VOWELS) + rng.choice(MIDDLES)
    return stem + rng.choice(_ENDINGS)


def _title(rng: random.Random) -> str:
    adjective, noun, other, place = (
        rng.choice(_ADJECTIVES),
        rng.choice(_NOUNS),
        rng.choice(_NOUNS),
        _surname(rng),
    )
    shapes = (
        f"The {adjective} {noun}",
        f"{adjective} {noun}",
        f"{place} {noun}",
        f"The {noun} of {place}",
        f"The {noun} and the {other}",
        f"{adjective} {noun} in {place}",
        f"{place}",
        f"{place}'s {noun}",
    )
    return rng.choice(shapes)
