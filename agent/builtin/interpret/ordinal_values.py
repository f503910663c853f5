"""Ordinals that are values: 'the 6th floor', 'first or second floor', 'above the GROUND floor'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Comparison, Draft, Phrase
from agent.builtin.lexicon.load import words
from agent.builtin.parse.bounds import comparison_after, comparison_before, denied
from agent.builtin.parse.measures import Measure
from kg.stems import singular
from kg.text import ORDINALS
from kg.types import Kind, Op
from kg.values import shown

_LARGEST = 200.0  # what is numbered so is seldom more
_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_LINKS = frozenset(("or", "and", ",", "/"))
_OPS: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "is"}


def read_ordinal_values(draft: Draft) -> None:
    """Note the values of a measure that are told by ordinals before its name."""
    for phrase in draft.free() if draft.measures.own else ():
        measure = next((each for each in phrase.measures("name") if _is_numbered(each)), None)
        numbers = [] if measure is None else _before(draft, phrase, measure)
        if measure is not None and numbers:
            _note(draft, phrase, measure, numbers)


def _is_numbered(measure: Measure) -> bool:
    """Tell whether a measure numbers things rather than counts them: 'floor', not 'floors'."""
    held = () if measure.literals is None else measure.literals.values.tolist()
    last = measure.name.rpartition("_")[2]
    whole = all(value == int(value) and abs(value) <= _LARGEST for value in held)
    return (
        measure.kind == Kind.NUMBER and not measure.unit and singular(last) == last and bool(held) and whole
    )


def _before(draft: Draft, phrase: Phrase, measure: Measure) -> list[tuple[int, float]]:
    """Return the ordinals that end right before a name, each with its place, the last first."""
    held = set() if measure.literals is None else set(measure.literals.values.tolist())
    found: list[tuple[int, float]] = []
    i = phrase.first - 1
    while i >= 0 and (number := _number(draft, i)) is not None:
        i -= draft.said[i].text in _ENDINGS
        found.append((i, number))
        i -= 1
        if i < 1 or draft.said[i].text not in _LINKS:
            break
        i -= 1
    return found if any(number in held for _, number in found) else []


def _number(draft: Draft, i: int) -> float | None:
    word = draft.said[i].text
    if word in _ENDINGS and i and draft.said[i - 1].text.isdecimal():
        return float(draft.said[i - 1].text) if draft.said[i - 1].end == draft.said[i].start else None
    if word in words("measures", "ordinal nought"):
        return 0.0
    said = ORDINALS.get(word, word)
    digits = said[:-2] if said[-2:] in _ENDINGS else ""
    return float(digits) if digits.isdecimal() else None


def _note(draft: Draft, phrase: Phrase, measure: Measure, numbers: Sequence[tuple[int, float]]) -> None:
    first = numbers[-1][0]
    at = first - (draft.words(first - 1, first) == ["the"])
    bound, start = comparison_before(draft.said, at, 0, draft.measures)
    end = phrase.end
    if bound not in _OPS:
        bound, end = comparison_after(draft.said, phrase.end)
        start = at
    op = _OPS.get(bound, "is") if len(numbers) == 1 else "is"
    if op == "is":
        start, end = at, phrase.end
    small = ("on", "in", "the")
    led = start - (draft.words(start - 1, start) != [] and draft.said[start - 1].text in small)
    denial = denied(draft.said, led) if op == "is" else None
    text = draft.text(start if denial is None else denial, end)
    either = (first + 1) * (len(numbers) > 1 and denial is None)
    draft.comparisons += [
        Comparison(
            measure.name, op, shown(Kind.NUMBER, value), text, denied=denial is not None, either=either
        )
        for _, value in numbers
    ]
    draft.take(range(start if denial is None else denial, end))
