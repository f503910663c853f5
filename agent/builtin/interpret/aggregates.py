"""One number of many items: 'the average price of red wines', 'how many places are left altogether?'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.lexicon.units import units
from agent.builtin.parse.measures import Measure, Measures
from kg.stems import singular, stem
from kg.text import fold
from kg.types import Kind

Function = Literal["mean", "median", "sum", "lowest", "highest"]
_OF_ALL: tuple[Function, ...] = ("mean", "median", "sum")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\s\w]|_")
_HOW_MANY = re.compile(r"\W*(?:so |and |please |tell me )*how many\b", re.IGNORECASE)
_NEXT = 2  # words from the least or most to what it is of
_NAMING = ("name", "verb")
_ASKING = frozenset("what whats how tell give and so please is can could".split())


class Aggregate(NamedTuple):
    """A number asked of many items: a function of a `relation` in its `unit`, of what `rest` asks for.

    `rest` is "" where all items are meant. Of several measures that may be meant, `relations` are all.
    """

    function: Function
    relations: tuple[str, ...]
    unit: str
    rest: str


class _Said(NamedTuple):
    text: str
    start: int
    end: int


def aggregate_in(
    text: str, measures: Measures, nouns: frozenset[str] = frozenset(), *, ends: bool = False
) -> Aggregate | None:
    """Return the aggregate that a message asks for, if any. `ends`: the least and most too."""
    said = [_Said(re.sub("['’]", "", fold(m.group())), m.start(), m.end()) for m in _WORD.finditer(text)]
    asked = _function(said, (*_OF_ALL, "lowest", "highest") if ends else _OF_ALL)
    if asked is None:
        return None
    function, at = asked
    free = [i for i in range(len(said)) if i not in at]
    held = _measured(said, free, measures)
    if not held:
        return None
    best = max(score for _, score, _ in held)
    likeliest = [each for each in held if each[1] == best]
    used = set(likeliest[0][2]) if len(likeliest) == 1 else set()
    if (
        function in ("lowest", "highest")
        and said[max(at | used) + 1 :][:1]
        and said[max(at | used) + 1].text == "first"
    ):
        return None  # 'cheapest weekday fee FIRST' is an order
    if function in ("lowest", "highest") and said[0].text not in _ASKING:
        return None  # 'cheapest annual fee' asks for the item
    if function in ("lowest", "highest") and not used & set(range(max(at) + 1, max(at) + 1 + _NEXT)):
        return None  # 'the shortest RANGE'
    measure = likeliest[0][0]
    rest = _rest(text, said, at | used, measure, nouns)
    return Aggregate(function, tuple(each.name for each, _, _ in likeliest), measure.unit, rest)


def counted_in(text: str, nouns: frozenset[str] = frozenset()) -> str | None:
    """Return what is to be counted: 'parking' of 'how many of them have parking?'; None if nothing is."""
    match = _HOW_MANY.match(text)
    if match is None:
        return None
    rest = text[match.end() :].strip(" ?!.")
    small = words("aggregates", "counted things") | ITEM_NOUNS | nouns
    while (said := rest.split(" ", 1))[0].casefold() in small:
        rest = said[1].strip() if len(said) > 1 else ""
    return rest


def _function(said: Sequence[_Said], functions: Sequence[Function]) -> tuple[Function, set[int]] | None:
    """Return the function that is asked for, and which words ask for it."""
    for function in functions:
        for phrase in sorted(tables("aggregates")[function], key=lambda each: -len(each.split())):
            spoken = phrase.split()
            for i in range(len(said) - len(spoken) + 1):
                if [each.text for each in said[i : i + len(spoken)]] != spoken:
                    continue
                before = said[i - 1].text if i else ""
                alone = len(spoken) == 1 and function in _OF_ALL
                if before == "at" or (alone and before in words("aggregates", "no aggregate before")):
                    continue
                return function, set(range(i, i + len(spoken)))
    return None


def _measured(
    said: Sequence[_Said], free: Sequence[int], measures: Measures
) -> list[tuple[Measure, float, list[int]]]:
    """Return the numbers that words speak of, with how surely they do, and which words."""
    texts = [each.text for each in said]
    stems = {i: stem(texts[i]) for i in free if texts[i].isalpha()}
    phrases = list(_phrases(texts, free, measures))
    found = []
    for measure in measures.every:
        if measure.kind != Kind.NUMBER:
            continue
        named = {stem(word) for word in measure.name.split("_")}
        places = [i for i, said_stem in stems.items() if said_stem in named]
        own = [span for span, form, held in phrases if measure in held and form in _NAMING]
        loose = [span for span, form, held in phrases if measure in held and form not in _NAMING]
        spoken = {i for span in (*own, *loose) for i in span}
        score = len({stems[i] for i in places}) + (1.5 if own else 1.0 if loose else 0.0)
        whole = named <= {stems[i] for i in places}
        score += 0.5 * whole
        if own or loose or whole:
            found.append((measure, score, sorted({*places, *spoken})))
    return found


def _phrases(
    texts: Sequence[str], free: Sequence[int], measures: Measures
) -> Iterator[tuple[range, str, tuple[Measure, ...]]]:
    i = 0
    while i < len(texts):
        length, forms = measures.said_at(texts, i) if i in free else (0, ())
        for each in forms:
            if each.form in (*_NAMING, "low", "high"):
                yield range(i, i + length), each.form, each.measures
        i += max(length, 1)


def _rest(text: str, said: Sequence[_Said], used: set[int], measure: Measure, nouns: frozenset[str]) -> str:
    """Return what is left of a message: which items are meant; "" where all of them are."""
    small = words("aggregates", "asking")
    texts = [each.text for each in said]
    gone = used | _all_of_them(texts) | _in_unit(texts, measure)
    first = next((i for i in range(len(said)) if i not in gone and texts[i] not in small), len(said))
    kept = [i for i in range(first, len(said)) if i not in gone]
    while kept and not texts[kept[-1]].isalnum():
        kept.pop()
    while kept and (texts[kept[-1]] in small or texts[kept[-1]] in ("in", "at", "on")):
        kept.pop()
    every = ITEM_NOUNS | nouns | {singular(noun) for noun in nouns} | small | {"all", "item", "items", "each"}
    if all(texts[i] in every or not texts[i].isalnum() for i in kept):
        return ""
    before = said[first - 1].text if first and first - 1 not in gone else ""
    lead = f"{before} " if before in ("in", "for", "with", "by", "at", "from", "on", "a", "an") else ""
    return lead + _joined(text, said, kept)


def _joined(text: str, said: Sequence[_Said], kept: Sequence[int]) -> str:
    """Return the words that are kept, as they are written, with the spaces between neighbours."""
    out = ""
    for place, i in enumerate(kept):
        apart = place > 0 and (kept[place - 1] != i - 1 or text[said[i - 1].end : said[i].start] != "")
        out += (" " if apart else "") + text[said[i].start : said[i].end]
    return out


def _all_of_them(texts: Sequence[str]) -> set[int]:
    """Return which words only say that all are meant of which something is known."""
    found: set[int] = set()
    for phrase in tables("aggregates")["all of them"]:
        spoken = phrase.split()
        for i in range(len(texts) - len(spoken) + 1):
            if texts[i : i + len(spoken)] == spoken:
                found |= set(range(i, i + len(spoken)))
    return found


def _in_unit(texts: Sequence[str], measure: Measure) -> set[int]:
    """Return which words name the unit that the number is told in anyway: 'in WEEKS', 'in EUROS'."""
    own = measure.said_unit
    found: set[int] = set()
    for i in range(1, len(texts)):
        unit = units().get(texts[i])
        if unit is not None and unit == own and texts[i - 1] == "in":
            found |= {i - 1, i}
    return found
