"""Words made of the name of a measure: 'visited' of visitors, 'barks' of barking."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.lexicon.units import units
from agent.builtin.parse.adjectives import compared_forms
from agent.builtin.parse.flag_words import words_of_flag
from agent.builtin.parse.measure import End, Form, Measure, Words
from agent.builtin.parse.topics import names_of_topics, spoken
from kg.stems import singular
from kg.types import Kind
from tools.english import is_everyday

_SHORT = 3  # letters of the last one, which may be a unit: 'pressure BAR'
_LONG = 4  # letters of a word that may name a measure alone
_TWO = 2
_STEM = 3  # letters of what a form is made of
_OF_ROOM = frozenset(("sleeps", "serves", "seated"))  # topics whose names are verbs
_OPPOSITES = (("low", "high"), ("short", "long"), ("small", "big"), ("small", "large"), ("slow", "fast"))
_LOW: tuple[Form, Form, Form] = ("low", "lower", "lowest")
_HIGH: tuple[Form, Form, Form] = ("high", "higher", "highest")
_MORE: dict[str, Form] = {"most": "highest", "least": "lowest", "more": "higher", "less": "lower"}


def words_alone(measure: Measure, elsewhere: Collection[str]) -> Iterator[Words]:
    """Yield single words of a longer name that nothing else here is called by: 'rent' of 'rent per month'.

    `elsewhere`: the words of the names of all other relations.
    """
    said = spoken(measure.name.replace("_", " "))
    if measure.kind == Kind.FLAG and len(said) > 1 and said[-1] not in words("measures", "flag endings"):
        done = said[-1].endswith("ed") and said[0] not in words("measures", "flag prefixes")
        yield from ([said[-1:]] if done and said[-1] not in elsewhere else ())  # 'SEALED' of weather sealed
    flag = measure.kind == Kind.FLAG or {"yes", "no"} <= {label.casefold() for label in measure.scale}
    if flag and len(said) > _TWO and said[1] in ("for", "to", "by", "in") and said[0].endswith("ed"):
        yield from ([said[:1]] if said[0] not in elsewhere else ())  # 'LICENSED' of licensed for weddings
    if flag:
        yield from words_of_flag(said, elsewhere)
    if measure.kind not in (Kind.NUMBER, Kind.DATE) or len(said) == 1:
        return
    general = words("measures", "general in names") | words("comparators", "fillers") | names_of_topics()
    general |= ends_of_anything()
    for word in said:
        one = singular(word)
        if measure.is_money and word in words("measures", "alone a price") and word not in elsewhere:
            yield from ((word,), (f"{word}s",))  # 'the TICKET', of a day ticket
        if (
            len(word) < (_SHORT if word == said[-1] and not measure.unit else _LONG)
            or {word, one} & {*general, *elsewhere}
            or word in units()
            or word.isdecimal()
        ):
            continue
        yield from ((form,) for form in dict.fromkeys((word, one, word + "s")))
        if measure.kind == Kind.DATE and word.endswith("ed") and len(word) > _LONG + 1:
            yield from ((form,) for form in (word[:-2], word[:-2] + "ing"))  # 'by LAUNCH' of launched


def forms_of(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield what is said of items by a word made of a measure's name."""
    if measure.kind == Kind.DATE:
        yield from (((form,), "verb") for form in _deeds_of(measure))
    if measure.kind != Kind.NUMBER:
        return
    named = spoken(measure.name.replace("_", " "))
    last = named[named.index("per") - 1] if "per" in named[1:] else named[-1]  # 'visitors PER year'
    if measure.said_unit is None and _OF_ROOM.isdisjoint(measure.topics):
        for done in dict.fromkeys(_done(last)):
            yield (*done, "by"), "name"
            yield from (((word, *done), form) for word, form in _MORE.items())
    for base in _bases_of_doing(last):
        yield from (((form,), "verb") for form in (base, base + "s"))


def _deeds_of(measure: Measure) -> Iterator[str]:
    """Yield what happens on a date whose name tells it: 'CLOSING in May' of closes."""
    base = measure.name.removesuffix("s")
    if base == measure.name or "_" in base or len(base) < _STEM:
        return
    stem = base.removesuffix("e")
    yield from (f"{stem}ing", f"{stem}ed", *((base,) if stem != base else ()))


@cache
def ends_of_anything() -> frozenset[str]:
    """Return the single words for an end of any measure: 'highest', 'fewest'."""
    said = (each for end in ("lowest", "highest") for each in tables("measures")[f"any {end}"])
    return frozenset(each for each in said if " " not in each)


def ends_in_name(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield what is said of items by the end that a measure is named after: 'HIGH' of highest point."""
    first, *rest = spoken(measure.name.replace("_", " "))
    if measure.kind != Kind.NUMBER or not rest:
        return
    for low, high in _OPPOSITES:
        if compared_forms((high,))[1] != (first,):
            continue
        for base, forms in ((low, _LOW), (high, _HIGH)):
            for said, form in zip(((base,), *compared_forms((base,))), forms, strict=True):
                yield said, form
                yield (*said, *rest), form


def adjectives_of(measure: Measure) -> Iterator[tuple[str, End]]:
    """Yield the adjectives that a measure's name is made of: 'spicy' of spiciness, 'easy to train'."""
    said = spoken(measure.name.replace("_", " "))
    if measure.kind == Kind.NUMBER:
        yield from ((each, "high") for each in _of_weather(said[0]))
    if measure.kind != Kind.NUMBER or len(said) > 1:
        return
    for ending, instead in (
        ("iness", "y"),
        ("ness", ""),
        ("ability", "able"),
        ("ibility", "ible"),
        ("ity", ""),
        ("ity", "e"),
    ):
        stem = said[0].removesuffix(ending)
        if (
            stem != said[0]
            and len(stem) >= _STEM
            and (ending != "ity" or instead == "" or is_everyday(stem + instead))
        ):
            yield stem + instead, "high"
            for word, end in (("easy", "high"), ("hard", "low"), ("difficult", "low")):
                done = (stem, stem + "e") if instead == "able" else ()
                yield from ((f"{word} to {each}", end) for each in done)  # type: ignore[misc]
            return


def _of_weather(noun: str) -> Iterator[str]:
    """Yield what a place is called that has much of what falls or shines: 'snowy' of snowfall."""
    for ending in ("fall", "shine"):
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) >= _STEM:
            double = stem[-1] if stem[-1] == "n" and stem[-2:-1] == "u" else ""
            yield f"{stem}{double}y"


def names_cut(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield what a measure is called in short: 'snow' of snowfall, 'summit' of highest point."""
    first, *rest = spoken(measure.name.replace("_", " "))
    room = (
        first.removesuffix("rooms") if measure.kind == Kind.NUMBER and not (rest or measure.unit) else first
    )
    if room != first and len(room) >= _STEM:
        yield from (((form,), "name") for form in (room, room + "s"))  # '2 BEDS' of bedrooms
    if measure.kind == Kind.NUMBER and (first, *rest) == ("highest", "point"):
        yield from (((word,), "name") for word in ("summit", "peak"))
    for ending in ("fall", "shine") if measure.kind == Kind.NUMBER else ():
        if (stem := first.removesuffix(ending)) != first and len(stem) >= _STEM:
            yield (stem, *rest), "name"


def _done(noun: str) -> Iterator[Words]:
    """Yield what those who are counted have done, or what was counted: 'visited', 'listened to'."""
    known = groups("measures", "done")
    for said in known.get(noun, ()):
        yield spoken(said)
    if noun in known or not noun.endswith("s"):
        return
    one = singular(noun)
    for ending in ("ers", "ors"):
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) >= _STEM:
            yield (stem + "ed",)
    if len(one) >= _STEM and not noun.endswith("ers"):
        yield (one + ("d" if one.endswith("e") else "ed"),)


def _bases_of_doing(noun: str) -> Iterator[str]:
    """Yield what is done where a name tells the doing: 'bark' of barking, 'shed' of shedding."""
    stem = noun.removesuffix("ing")
    known = words("measures", "general in names") | names_of_topics()
    if stem == noun or len(stem) < _STEM or {noun, stem} & known:
        return
    yield stem
    if stem[-1:] == stem[-2:-1]:
        yield stem[:-1]
