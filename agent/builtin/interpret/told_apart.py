"""Words of a measure's name beside a quantity: they tell which of several measures is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import distinct_words, in_unit, name_words
from agent.builtin.interpret.passing import is_item
from agent.builtin.lexicon.load import words
from agent.builtin.parse.bounds import Quantity, comparison_after
from agent.builtin.parse.measures import Measure
from kg.stems import is_alike, singular
from kg.types import Kind

_BEHIND = 3  # lexemes between a quantity and the rest of its measure's name
_JUDGED = 3  # lexemes from who judges to a grade
_APART = 4  # lexemes from a quantity to a word that only one measure is called by
_JUDGES = frozenset("people customers buyers reviewers users guests owners readers players persons".split())
_NONE = (["no"], ["without"], ["zero"])  # 'NO contract, under 30'
_PARTING = frozenset((",", ".", ";", "and", "or", "but", "-"))


def told_apart(draft: Draft, quantity: Quantity) -> list[tuple[Measure, list[int]]]:
    """Return the measure that only a word beside a quantity tells from another one: '1 km from the BEACH'."""
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER]
    if judged := _judged_by(draft, quantity, numbers):
        return judged
    if quantity.unit is None:
        return []
    fit = [each for each in numbers if in_unit(quantity.low, quantity.unit, each) is not None]
    found = []
    for measure in fit if len(fit) > 1 else ():
        own = distinct_words(measure, numbers)
        places = [i for i in _beside(draft, quantity) if draft.said[i].text.rstrip("s") in own]
        of = bool(places) and draft.words(quantity.end, places[0]) == ["of"]  # '20 g OF protein'
        found += [(not of, abs(places[0] - quantity.first), measure, places)] if places else []
    found.sort(key=lambda each: (each[0], each[1], each[2].name))
    return [(measure, places) for _, _, measure, places in found[:1]]


def with_behind(draft: Draft, quantity: Quantity) -> Quantity:
    """Return a quantity with what compares it behind a name: '10 minutes from the station AT MOST'."""
    if quantity.op or quantity.high is not None or quantity.unit is None:
        return quantity
    own = {word for each in draft.measures.every for word in name_words(each)}
    end = last = quantity.end
    while end < len(draft.said) and end - quantity.end < _APART:
        word = draft.said[end].text
        named = word.rstrip("s") in own - words("comparators", "fillers")
        if not (named or word in words("comparators", "fillers") - {"at", "or", "and"}):
            break
        end += 1
        last = end if named else last
    op, past = comparison_after(draft.said, last) if last > quantity.end else ("", last)
    return quantity._replace(op=op, end=past) if op else quantity


def without_judges(draft: Draft, quantity: Quantity) -> Quantity:
    """Return a quantity of those who judged as a plain number: 'by at least 20 PEOPLE'."""
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER]
    judged = _judged_by(draft, quantity, numbers)
    return quantity._replace(low=quantity.low._replace(unit=None)) if judged else quantity


def _judged_by(
    draft: Draft, quantity: Quantity, numbers: Sequence[Measure]
) -> list[tuple[Measure, list[int]]]:
    """Return the number of those who judged: 'rated 4 or better BY at least 20 PEOPLE'."""
    by = draft.words(quantity.first - 1, quantity.first) == ["by"]
    people = range(quantity.low.first + 1, min(quantity.end + 1, len(draft.said)))
    told = [i for i in people if draft.said[i].text in _JUDGES]
    counts = [each for each in numbers if "count" in each.topics and not each.unit]
    return [(counts[0], told)] if by and told and counts and draft.measures.own else []


def counted_in_each(
    draft: Draft, quantity: Quantity, numbers: Sequence[Measure]
) -> list[tuple[Measure, list[int]]]:
    """Return the number of what each item holds, of what items are called by: '500 SEEDS' per packet."""
    word = "".join(draft.words(quantity.end, quantity.end + 1))
    own = [
        each
        for each in numbers
        if "_per_" in each.name and each.name.split("_")[0].rstrip("s") == word.rstrip("s")
    ]
    if len(own) != 1 or not quantity.op or not draft.measures.own:
        return []
    end = quantity.end + 1
    held = own[0].name.rpartition("_per_")[2]
    behind = draft.words(end, end + 3)
    told = len(behind) > 1 and behind[0] in ("in", "per", "a", "to") and held in behind
    end += behind.index(held) + 1 if told else 0
    return [(own[0], list(range(quantity.end, end)))]


def told_by_stem(
    draft: Draft, quantity: Quantity, numbers: Sequence[Measure]
) -> list[tuple[Measure, list[int]]]:
    """Return the measure before whose bare number a word of its name alone stands: 'CRITICS giving 75'."""
    if not draft.measures.own or not quantity.op or quantity.high is not None:
        return []
    near = range(quantity.first - 1, max(-1, quantity.first - 1 - _JUDGED), -1)
    for i in near:
        if (
            draft.said[i].is_number
            or draft.said[i].text in _PARTING
            or draft.said[i].named
            or i in draft.taken
        ):
            return []
        own = [
            e for e in numbers if singular(draft.said[i].text) in distinct_words(e, numbers) and not e.unit
        ]
        if len(own) == 1:
            return [(own[0], list(range(i, quantity.first)))]
    return []


def _beside(draft: Draft, quantity: Quantity) -> Iterator[int]:
    """Yield the lexemes behind a quantity and before it that no mark, joint or number parts from it."""
    after = range(quantity.end, min(quantity.end + _APART, len(draft.said)))
    before = range(quantity.first - 1, max(-1, quantity.first - 1 - _APART), -1)
    for way in (after, before):
        for i in way:
            if draft.said[i].is_number or draft.said[i].text in _PARTING:
                break
            yield i


def own_words(draft: Draft, quantity: Quantity, measure: Measure, named: Sequence[int]) -> list[int]:
    """Return where other words of a measure's name stand beside a quantity: '2 km from the CENTRE'."""
    own = name_words(measure) - words("comparators", "fillers")
    first, end = min([quantity.first, *named]), max([quantity.end, *(place + 1 for place in named)])
    found = []
    for way in (
        range(first - 1, max(-1, first - 1 - _BEHIND), -1),
        range(end, min(end + _BEHIND, len(draft.said))),
    ):
        for i in way:
            if draft.said[i].is_number or draft.said[i].text in _PARTING or i in draft.taken:
                break
            word = draft.said[i].text
            found += [i] if word.rstrip("s") in own or is_alike(word, measure.name) else []
    return found


def is_said_twice(draft: Draft, quantity: Quantity, i: int) -> bool:
    """Tell whether a comma parts what is said twice: 'not much barking, 2 OR LOWER', 'the floor, MAX 2'."""
    compared = bool(quantity.op) and quantity.unit is None and i + 1 == quantity.first
    named = [e for e in draft.phrases if e.end == i and draft.words(e.first - 1, e.first) not in _NONE]
    return compared and draft.said[i].text == "," and bool(named)


def says_more(draft: Draft, quantity: Quantity, measure: Measure, i: int) -> bool:
    """Tell whether a lexeme between words of a name and their number says something else: 'for VISITORS'."""
    word = draft.said[i].text
    inside = quantity.first <= i < quantity.end or is_said_twice(draft, quantity, i)
    small = inside or word in words("comparators", "fillers") or not word.isalpha()
    own = word.rstrip("s") in name_words(measure) or is_item(draft, i)
    return not (small or own) and i < quantity.first and draft.measures.own


def leads_on(draft: Draft, end: int) -> bool:
    """Tell whether a name that ends at a lexeme is of the quantity that follows it."""
    small = words("comparators", "fillers") - {"and", "or"}
    first = next((each.first for each in draft.quantities if each.first >= end), None)
    return first is not None and all(draft.said[i].text in small for i in range(end, first))
