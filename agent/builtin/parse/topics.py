"""What relations measure, by the words of their names and by their units: a price, a length, a rating."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.units import MONEY, unit_called
from agent.builtin.parse.lexemes import lexemes
from kg.types import Kind

_COUNTING = frozenset(("number", "count", "total", "votes", "reviews"))  # 'number of ratings' is no rating
_COUNTS = frozenset(("count", "attendance", "crowd", "headcount"))
_AVERAGES = frozenset(("average", "avg", "mean", "score"))
_OF_WAYS = {"extent": ("distance", "length"), "climb": ("distance", "length")}  # topic -> its units
_WAYS = frozenset(
    "walk walking drive driving travel transfer commute distance".split()
)  # told in minutes, too
_LONG_WAYS = frozenset("mile miles km kilometres kilometers metres meters".split())
_BY_UNIT = frozenset(("duration", "price", "pages", "weight", "speed", "power", "economy", "distance"))


@lru_cache(maxsize=1 << 13)  # the words of names and of the lexicon, again for every measure
def spoken(text: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are found in a text."""
    return tuple(each.text for each in lexemes(text))


def topics_of(kind: Kind, words: Collection[str], unit: str) -> Iterator[str]:
    """Yield what a relation measures, by the words of its name and by its unit."""
    dates, scales = ("released",), ("certificate", "complexity", "difficulty", "spiciness", "noise")
    fits = {Kind.DATE: dates, Kind.CATEGORY: scales, Kind.FLAG: ()}.get(kind)
    told = {*words, *spoken(unit)}
    votes = told & _COUNTING and not told & _AVERAGES
    way = next((word for word in words if word in _LONG_WAYS and "to" in words), "")  # 'MILES TO beach'
    counted = unit_called(unit or way) if unit or way else None
    told |= {"distance"} if way and not unit else set()
    for topic, marks in sections("topic").items():
        if (fits is not None and topic not in fits) or (
            fits is None and topic in ("released", "certificate", *(("rating",) if votes else ()))
        ):
            continue
        if topic in _COUNTS and counted is not None:
            continue  # what members pay counts nobody
        if topic == "rating" and "age" in told:
            continue  # an age rating is no grade
        if topic == "price" and told & set(sections("topic")["salary"]):
            continue  # nobody asks for a cheap job
        if topic == "released" and told & set(marks) == {"date"} and told - {"date", "of", "the"}:
            continue  # a start date is none of a release
        timed = counted is not None and counted.dimension == "duration" and bool(told & _WAYS)
        far = counted is not None and counted.dimension in _OF_WAYS.get(topic, ())
        if topic == "duration" and told & _WAYS and not told & {"time", "duration"}:
            continue  # ten minutes' walk is nothing that lasts
        if topic in _OF_WAYS and not (far or (timed and topic == "extent")):
            continue
        by_unit = counted is not None and (
            counted.dimension == topic or (topic == "price" and counted.dimension in MONEY)
        )
        if by_unit or (told & set(marks) and (counted is None or by_unit or topic not in _BY_UNIT)):
            yield topic


@cache
def names_of_topics() -> frozenset[str]:
    """Return the words that name what may be measured, here or elsewhere."""
    said = [phrase for head in ("names", "verbs") for every in sections(head).values() for phrase in every]
    return frozenset(phrase for phrase in said if " " not in phrase)


@cache
def sections(head: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of every topic under a heading of the lexicon, such as "names" or "low"."""
    found = {name.partition(" "): said for name, said in tables("measures").items()}
    return {topic: said for (first, _, topic), said in found.items() if first == head and topic}
