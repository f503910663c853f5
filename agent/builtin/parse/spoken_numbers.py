"""Numbers as they are written or spoken, without units: '1,299.00', 'ninety', 'two and a half million'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.lexemes import Lexeme
from kg.text import NUMBER_WORDS

_SCALES = {"hundred": 1e2, "thousand": 1e3, "grand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9}
_GLUED = {"k": 1e3, "mn": 1e6, "mio": 1e6, "bn": 1e9}
MILLIONS = "m"  # of money only: '$2m', but '90m' are minutes
_NOTES = {"fiver": 5.0, "tenner": 10.0}
PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_AFTER_PRONOUN = frozenset("please then that which with i we you thanks for from by in on".split())


class Number(NamedTuple):
    """A number and the lexeme that it ends before."""

    value: float
    end: int


def as_number(written: str) -> float:
    """Return a number in figures: '1,299.00', '1.299,00', '12,5', '8.2'."""
    if _THOUSANDS.fullmatch(written):
        return float(written.replace(",", ""))
    if _POINTS.fullmatch(written) and ("," in written or written.count(".") > 1):
        return float(written.replace(".", "").replace(",", "."))
    parts = written.replace(",", ".").split(".")
    return float(f"{''.join(parts[:-1])}.{parts[-1]}") if len(parts) > 1 else float(written)


def number_at(said: Sequence[Lexeme], i: int) -> Number | None:
    """Return the number that begins at a lexeme: in figures, in words, with 'and a half' behind it."""
    if i >= len(said):
        return None
    number = _figures(said, i) or _spoken(said, i)
    if number is None:
        return None
    text = [each.text for each in said[number.end : number.end + 3]]
    if text[:2] == ["and", "a"] and text[2:3] and text[2] in PARTS:
        scale = _SCALES.get(said[number.end - 1].text, 1.0)  # 'a million AND A HALF'
        return _scaled(said, Number(number.value + scale * PARTS[text[2]], number.end + 3))
    return number


def _scaled(said: Sequence[Lexeme], number: Number) -> Number:
    """Return a number with what multiplies it: 'two and a half MILLION'."""
    scale = _SCALES.get(said[number.end].text) if number.end < len(said) else None
    return number if scale is None else Number(number.value * scale, number.end + 1)


def _figures(said: Sequence[Lexeme], i: int) -> Number | None:
    if not said[i].is_number:
        return None
    value, end = as_number(said[i].text), i + 1
    after = said[end] if end < len(said) else None
    if after is not None and after.text == MILLIONS and after.start == said[i].end:
        counted = [each.text for each in said[end + 1 : end + 2]]
        if set(counted) & set(tables("comparators")["counted in millions"]):
            return Number(value * 1e6, end + 1)  # '1m copies'
    if after is not None and after.text in _GLUED and after.start == said[i].end:
        beyond = said[end + 1] if end + 1 < len(said) else None
        if not (beyond is not None and beyond.is_number and beyond.start == after.end):
            return Number(value * _GLUED[after.text], end + 1)
    while end < len(said) and said[end].text in _SCALES:
        value, end = value * _SCALES[said[end].text], end + 1
    return Number(value, end)


def _is_pronoun(said: Sequence[Lexeme], i: int) -> bool:
    """Tell whether 'one' stands for an item: 'I know THAT ONE', 'pick ONE ratings …'."""
    pointed = i > 0 and said[i - 1].text in (
        "that",
        "this",
        "which",
        "another",
        "any",
        "the",
        "each",
        "every",
    )
    counted = i + 1 < len(said) and said[i + 1].text in (*_SCALES, "hour", "hours", "half", "minute", "and")
    only = i > 1 and said[i - 2].text in ("just", "only", "exactly") and said[i - 1].text == "the"
    if only and i + 1 < len(said) and said[i + 1].text.isalpha() and said[i + 1].text not in _AFTER_PRONOUN:
        return False  # 'just THE ONE gear'
    plural = i + 1 < len(said) and re.fullmatch(r"[a-z]+[^s]s", said[i + 1].text) is not None
    return (pointed or plural) and not counted


def _spoken(said: Sequence[Lexeme], i: int) -> Number | None:
    """Return a number in words: 'ninety', 'one hundred and twenty', 'a thousand', 'a dozen', 'a tenner'."""
    if said[i].text == "one" and _is_pronoun(said, i):
        return None
    text = [each.text for each in said[i : i + 3]]
    if text[:2] == ["half", "a"] and text[2:3] and (text[2] in _SCALES or text[2] == "dozen"):
        return Number(_SCALES.get(text[2], 12.0) / 2, i + 3)
    if said[i].text in ("a", "an"):
        after = said[i + 1].text if i + 1 < len(said) else ""
        if after == "dozen" or after in _NOTES:
            return Number(_NOTES.get(after, 12.0), i + 2)
        if after not in _SCALES:
            return Number(1, i + 1)
    total, part, end, last = 0.0, 0.0, i, 0.0
    while end < len(said):
        word = said[end].text
        if word in NUMBER_WORDS:
            value = float(NUMBER_WORDS[word])
            if last and not (last >= 20 > 10 > value and last % 10 == 0) and last != 100:
                break
            part, last = part + value, value
        elif word in ("a", "an") and end == i:
            part = 1.0
        elif word in _SCALES and (part or end == i):
            part, last = (part or 1.0) * _SCALES[word], 100.0
            if word != "hundred":
                total, part = total + part, 0.0
        elif word == "and" and last == 100.0 and end + 1 < len(said) and said[end + 1].text in NUMBER_WORDS:
            pass
        else:
            break
        end += 1
    return Number(total + part, end) if end > i else None
