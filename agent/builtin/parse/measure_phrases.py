"""The phrases that speak of a measure: its names, what items do by it, the ends of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.units import units
from agent.builtin.parse.adjectives import compared_forms
from agent.builtin.parse.flag_names import names_of_flag
from agent.builtin.parse.identity import Same
from agent.builtin.parse.measure import End, Form, Measure, Words
from agent.builtin.parse.measure_forms import adjectives_of, forms_of
from agent.builtin.parse.topics import sections, spoken
from kg.categories import synonyms_of
from kg.stems import singular
from kg.text import name_key
from kg.types import Kind

_FORMS: Mapping[str, tuple[Form, Form]] = {"low": ("lower", "lowest"), "high": ("higher", "highest")}
_OTHER: Mapping[str, End] = {"low": "high", "high": "low"}
_ENDS: tuple[End, End] = ("low", "high")
_BOUNDS = {name: ends for ends in (("min", "minimum"), ("max", "maximum")) for name in ends}
_NEITHER_BETTER = frozenset(
    "weight duration pages complexity difficulty consumption age temperature size climb extent storage "
    "gears".split()
)
_LASTING = frozenset("battery warranty endurance shelf".split())  # the longer the better
_GRADED = frozenset("good fair poor bad".split())  # labels of a scale whose upper end is best
_DOUBLED = frozenset(("begin", "run", "plan"))
_COUNTED_SIZES = frozenset("sleeps seated serves groupsize headcount attendance".split())
_SIZES = frozenset(
    "small smaller smallest big bigger biggest large larger largest roomy roomier roomiest tiny huge".split()
)
_OF_MONEY = ("fee", "charge", "cost", "price", "fees", "charges")
_OF_GRADES = ("class", "rating", "grade", "label", "band")
_COMPOUND = 2  # words of a name that may be written as one
_LONG = frozenset(("duration", "length", "distance", "pages", "percent"))  # what may be long or short
_MEANS = frozenset("avg average mean total".split())


def phrases_of(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield every phrase that speaks of a measure, with its form."""
    for name in dict.fromkeys(_names(measure)):
        yield name, "name"
    if measure.kind == Kind.FLAG:
        return
    for phrase in (*measure.own.get("verb", ()), *of_topics(measure, "verbs")):
        yield spoken(phrase), "verb"
    for end in _ENDS:
        made = (adjective for adjective, of in adjectives_of(measure) if of == end)
        adjectives = (
            *measure.own.get(end, ()),
            *of_topics(measure, end),
            *_ends_of_scale(measure, end),
            *made,
        )
        yield from _adjectives(adjectives, end)
        for form in _FORMS[end]:
            yield from (
                (spoken(phrase), form) for phrase in (*of_topics(measure, form), *_of_dates(measure, form))
            )
    yield from forms_of(measure)
    for label in measure.scale:
        said = spoken(label)
        alone = said not in (("a",), ("yes",), ("no",), ("some",))  # no labels unless the scale is named
        if alone:
            yield said, "label"
        if len(label) == 1 or not alone:
            names = dict.fromkeys(_names(measure))
            yield from (((*name, *said), "label") for name in (*names, *(each[-1:] for each in names)))


def further_ends(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield the ends of a measure that are said where nothing else is called so: 'FAST' of a duration."""
    for end in _ENDS if measure.kind != Kind.FLAG else ():
        yield from _adjectives(tuple(of_topics(measure, f"further-{end}")), end)
        if is_sized(measure):
            yield from _adjectives(("small",) if end == "low" else ("big", "large"), end)
        few = (spoken(said) for said in tables("measures")[f"own {end}"])
        names = tuple(dict.fromkeys(_names(measure)))
        yield from (((*said, *name), end) for said in few for name in names)


def is_sized(measure: Measure) -> bool:
    """Tell whether a count may be the size of items: rooms, guests."""
    called = {*measure.own.get("low", ()), *measure.own.get("high", ())}
    counted = measure.kind == Kind.NUMBER and not measure.unit
    return counted and bool(_COUNTED_SIZES & set(measure.topics) or {"small", "roomy"} & called)


def is_limit(measure: Measure) -> bool:
    """Tell whether a measure bounds what may be brought, not what items are: the greatest height of cars."""
    named = set(measure.name.split("_"))
    bounded = named & {"limit", "limits"} or (measure.limitless and is_bounding(measure))
    return bool(bounded) and measure.said_unit is not None and "duration" not in measure.topics


def is_bounding(measure: Measure) -> bool:
    """Tell whether a measure is called after the most that there may be."""
    return not {"max", "maximum", "limit", "limits"}.isdisjoint(measure.name.split("_"))


def is_size(phrase: Words) -> bool:
    """Tell whether a word says the size of anything: 'small', 'biggest'."""
    return len(phrase) == 1 and phrase[0] in _SIZES


def is_own_end(measure: Measure, phrase: Words) -> bool:
    """Tell whether an end is one of a measure's own words: 'lightest' of calories that are called light."""
    return phrase in _own_ends(Same(measure))


@lru_cache(maxsize=64)
def _own_ends(measure: Same) -> frozenset[Words]:
    said = [spoken(word) for end in _ENDS for word in measure.value.own.get(end, ())]
    return frozenset(form for each in said for form in (each, *compared_forms(each)))


def _of_dates(measure: Measure, form: Form) -> tuple[str, ...]:
    """Return what is said of any date but that of a release: 'starts the EARLIEST'."""
    told = measure.kind == Kind.DATE and "released" not in measure.topics
    told = told or measure.unit == "clock"  # 'which OPENS the earliest'
    return tables("measures")[f"{form} any date"] if told else ()


def ends_of_names(measure: Measure, alone: Sequence[Words] = ()) -> Iterator[tuple[Words, Form]]:
    """Yield what may be said of the ends of any measure but a flag: 'the lowest price', 'lasts longer'.

    `alone` are words that name it besides.
    """
    if measure.kind == Kind.FLAG:
        return
    done = set(_times_of(spoken(measure.name.replace("_", " "))[:-1]))  # 'shortest WALKS' are items
    names = dict.fromkeys(name for name in (*_names(measure), *alone) if name not in done)
    verbs = dict.fromkeys(_verbs(measure)) if measure.kind == Kind.NUMBER else {}
    for end in _ENDS:
        for form in (end, *_FORMS[end]):
            for word in (*_of_any(measure, form), *_judged(measure, form)):
                yield from (((*spoken(word), *name), form) for name in names)
            for word in tables("measures")[f"{form} of doing"] if verbs else ():
                yield from (((*verb, *spoken(word)), form) for verb in verbs)


def _of_any(measure: Measure, form: Form) -> Iterator[str]:
    """Yield what may be said of an end of any measure: a weight is never long."""
    unit = measure.said_unit
    long = unit is None or unit.dimension in _LONG
    lengths = words("measures", "lengths")
    yield from (each for each in tables("measures")[f"any {form}"] if long or each not in lengths)


def _verbs(measure: Measure) -> Iterator[Words]:
    """Yield what items do by a measure: 'costs', 'lasts', 'barks'."""
    yield from map(spoken, (*measure.own.get("verb", ()), *of_topics(measure, "verbs")))
    yield from (said for said, form in forms_of(measure) if form == "verb")


def _judged(measure: Measure, form: Form) -> tuple[str, ...]:
    """Return what judges an end of a measure of which more is better, or of a price: 'the BEST metascore'."""
    if _GRADED & {label.casefold() for label in measure.scale}:
        return {"higher": ("better",), "highest": ("best",), "lower": ("worse",), "lowest": ("worst",)}.get(
            form, ()
        )  # 'in the BEST condition'
    lasts = bool(_LASTING & set(measure.name.split("_")))
    if measure.kind != Kind.NUMBER or (set(measure.topics) & _NEITHER_BETTER and not lasts):
        return ()
    better: tuple[Form, Form] = ("lower", "lowest") if measure.is_money else ("higher", "highest")
    worse: tuple[Form, Form] = ("higher", "highest") if measure.is_money else ("lower", "lowest")
    good: tuple[Form, Form] = ("low", "high") if measure.is_money else ("high", "low")
    judged = {better[0]: ("better",), better[1]: ("best",), worse[0]: ("worse",), worse[1]: ("worst",)}
    judged |= {good[0]: ("good",), good[1]: ("bad",)}
    return judged.get(form, ())


def of_topics(measure: Measure, form: str) -> Iterator[str]:
    """Yield the words of a form that are usual for what it measures."""
    for topic in measure.topics:
        yield from sections(form).get(topic, ())


def _ends_of_scale(measure: Measure, end: End) -> tuple[str, ...]:
    """Return the adjective that a scale ends in: 'light' of light, medium, full."""
    if not measure.scale:
        return ()
    labels = [each.casefold() for each in measure.scale]
    label = labels[0 if end == "low" else -1]
    plain = label.rpartition(" ")[2]
    label = plain if plain in labels else label  # 'FIRMEST' of firm and extra firm
    return (label,) if label.isalpha() and len(label) > len("pg") else ()


def _names(measure: Measure) -> Iterator[Words]:
    said = spoken(measure.name.replace("_", " "))
    yield said
    flag = measure.kind == Kind.FLAG or {"yes", "no"} <= {label.casefold() for label in measure.scale}
    if flag and len(said) > 1 and said[0] in tables("measures")["flag prefixes"]:
        yield said[1:]
    if flag:
        yield from _as_kinds(" ".join(said))
        yield from names_of_flag(said)
    if measure.is_money and said[0] in ("half", "full", "whole") and len(said) == _COMPOUND:
        yield said[0], "a", said[1]  # 'for HALF A DAY'
        yield from ([("a", "whole", said[1]), ("the", "whole", said[1])] if said[0] == "full" else [])
    for phrase in measure.own.get("agent", ()):
        yield (agent := spoken(phrase))
        if (
            measure.kind == Kind.NUMBER
            and len(agent) == 1
            and agent[0].endswith("s")
            and "rating" not in phrase
        ):
            yield (singular(agent[0]),)  # 'a 2 ROOM flat'
    for phrase in of_topics(measure, "names"):
        yield spoken(phrase)
    if (
        measure.kind == Kind.DATE
        and len(said) > 1
        and said[-1] in ("from", "on", "at", "date", "until", "by")
    ):
        yield said[:-1]  # 'available' of available from
    if measure.kind == Kind.DATE and len(said) == _COMPOUND and said[1] == "date":
        begun = said[0] + said[0][-1] if said[0] in _DOUBLED else said[0]
        yield from ((form, "date") for form in (f"{begun}ing", f"{said[0]}s"))  # 'STARTING date'
        yield from (("date", "of", form) for form in (said[0], f"the {said[0]}"))
    if measure.kind == Kind.DATE and len(said) == 1 and said[0].endswith("s"):
        yield from ((said[0][:-1] + ending,) for ending in ("", "ing", "ed"))  # 'starting' of starts
    if measure.kind == Kind.NUMBER and len(said) > 1 and said[-1] in ("count", "number", "total"):
        yield said[:-1]
    if measure.kind == Kind.NUMBER and "per" in said[1:-1]:
        place = said.index("per")
        yield from ((*said[:place], each, *said[place + 1 :]) for each in ("a", "an", "each", "every"))
    if measure.kind == Kind.NUMBER and len(said) == _COMPOUND:
        yield ("".join(said),)  # 'metascore'
    if measure.kind == Kind.NUMBER and len(said) > 1 and said[-1] == "time":
        yield from _times_of(said[:-1])
    if measure.kind == Kind.NUMBER and len(said) > 1 and said[-1] in _OF_MONEY:
        yield from ((*said[:-1], other) for other in _OF_MONEY if other != said[-1])  # 'joining COST'
    if measure.scale and len(said) > 1 and said[-1] in _OF_GRADES:
        yield from ((*said[:-1], other) for other in _OF_GRADES if other != said[-1])  # 'energy CLASS'
    if measure.scale and len(said) == 1:
        yield ((said[0][:-1] + "ied" if said[0].endswith("y") else said[0] + "ed"),)
    if measure.kind == Kind.NUMBER and len(said) > 1 and (bound := _BOUNDS.get(said[0])):
        named = (said[1:], *map(spoken, (*measure.own.get("agent", ()), *of_topics(measure, "names"))))
        yield from ((first, *rest) for rest in named for first in bound)  # 'minimum temperature' of min temp
    if measure.kind == Kind.NUMBER and len(said) > 1 and (said[0] in _BOUNDS or said[0] in _MEANS):
        yield said[1:]
        said = said[1:]
    if measure.kind == Kind.NUMBER and len(said) == 1 and singular(said[0]) not in (said[0], "rating"):
        yield (singular(said[0]),)
    if measure.kind == Kind.NUMBER and len(said) == 1 and not said[0].endswith("s"):
        yield (said[0] + "s",)
    if measure.kind == Kind.NUMBER and said[-1].endswith("ings") and "rating" not in said[-1]:
        yield from ((said[-1][:-4] + ending,) for ending in ("e", "es", "ing"))  # 'serves' of servings
    counted = measure.said_unit
    if counted is not None and counted.dimension in ("distance", "length"):
        yield from ((unit,) for unit, each in units().items() if each == counted and len(unit) > 2)


def _times_of(doing: Words) -> Iterator[Words]:
    """Yield what items do in a time that is called after it: 'charges' and 'to charge' of charging time."""
    place = next((i for i, word in enumerate(doing) if word.endswith("ing")), None)
    if place is None or doing[place] in tables("measures")["topic duration"]:
        return
    stem = doing[place].removesuffix("ing")
    bases = (stem, stem + "e", stem[:-1]) if stem[-1:] == stem[-2:-1] else (stem, stem + "e")
    for base in bases:
        for form in (base, base + "s", base + "d" if base.endswith("e") else base + "ed"):
            yield (*doing[:place], form, *doing[place + 1 :])
    yield doing


def _as_kinds(name: str) -> Iterator[Words]:
    """Yield how items of a kind are called, where a flag is named after it: 'comedies' of Comedy."""
    known = synonyms_of(name_key(name))
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    for said in (*known, *([plural] if known or name in tables("measures")["kinds as flags"] else ())):
        yield spoken(said)


def _adjectives(adjectives: Sequence[str], end: End) -> Iterator[tuple[Words, Form]]:
    """Yield the forms of adjectives: 'cheap', 'cheaper', 'less expensive', 'least cheap'."""
    other = _OTHER[end]
    for adjective in dict.fromkeys(adjectives):
        base = spoken(adjective)
        yield base, end
        if base[0] == "best":
            yield base, _FORMS[end][1]  # 'best selling'
        more, most = compared_forms(base)
        yield more, _FORMS[end][0]
        yield most, _FORMS[end][1]
        yield ("more", *base), _FORMS[end][0]
        yield ("most", *base), _FORMS[end][1]
        yield ("less", *base), _FORMS[other][0]
        yield ("least", *base), _FORMS[other][1]
        for able in (("possible",), ("you", "can"), ("they", "come"), ("you", "have")):
            yield ("as", *base, "as", *able), _FORMS[end][1]
        yield ("not", "as", *base), _FORMS[other][0]
        yield ("not", "so", *base), _FORMS[other][0]
