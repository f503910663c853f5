"""Amounts: numbers as they are written or spoken, with their units: 'an hour and a half', '$1.5k', '8/10'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.units import Unit, units
from agent.builtin.parse.lexemes import Lexeme
from kg.text import NUMBER_WORDS

_SCALES = {"hundred": 1e2, "thousand": 1e3, "grand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9}
_GLUED = {"k": 1e3, "mn": 1e6, "mio": 1e6, "bn": 1e9}
_MILLIONS = "m"  # of money only: '$2m', but '90m' are minutes
_NOTES = {"fiver": 5.0, "tenner": 10.0}
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_PARTED = frozenset("duration weight distance length volume data pages area".split())
_POUNDS = frozenset(("pound", "pounds"))  # of weight too
_RATES = frozenset(
    "night week month day year hour person head bottle piece ticket serving portion pack can term".split()
)
_SIGNS = frozenset("$€£¥₹")
_MINUS = frozenset(("minus", "negative", "-"))
_BEFORE_MINUS = frozenset("to below under above over than at of is least most until".split())
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")


class Amount(NamedTuple):
    """A number with its unit, None where none is said: lexemes `first` to before `end`.

    `out_of` is what it is of: 10 in '8/10'.
    """

    value: float
    unit: Unit | None
    first: int
    end: int
    out_of: float = 0.0
    is_clock: bool = False
    spelling: str = ""


class _Number(NamedTuple):
    value: float
    end: int


def amount_at(said: Sequence[Lexeme], i: int) -> Amount | None:
    """Return the amount that begins at a lexeme; None if none does."""
    if (below := _below_zero(said, i)) is not None:
        return below
    signed = said[i].text in _SIGNS or (said[i].text in _money_codes() and not said[i].is_number)
    number = _number(said, i + signed)
    if (
        number is not None
        and signed
        and [each.text for each in said[number.end : number.end + 1]] == [_MILLIONS]
    ):
        number = _Number(number.value * 1e6, number.end + 1)
    if number is None:
        return _part_of_unit(said, i)
    if (part := _quarters(said, i, number)) is not None:
        return part
    if signed:
        return Amount(number.value, units()[said[i].text], i, number.end, spelling=said[i].text)
    if (clock := _clock(said, i, number)) is not None:
        return clock
    if (ratio := _out_of(said, number)) is not None:
        return Amount(number.value, None, i, ratio.end, ratio.value)
    unit, end = unit_at(said, number.end)
    if unit is None:
        article = said[i].text in ("a", "an") and number.end == i + 1
        return (
            None
            if article or _is_part_of_word(said, number.end)
            else Amount(number.value, None, i, number.end)
        )
    if said[i].text in ("a", "an") and [each.text for each in said[end : end + 1]] == ["of"]:
        return None  # 'A HORSEPOWER OF 250'
    amount = _with_rest(said, Amount(number.value, unit, i, end, spelling=said[end - 1].text))
    return amount._replace(end=_past_rate(said, amount.end))


def _below_zero(said: Sequence[Lexeme], i: int) -> Amount | None:
    """Return 'minus 25 degrees', '-10 °C': a dash only where it is glued to the number of a temperature."""
    if said[i].text not in _MINUS or i + 1 >= len(said) or not said[i + 1].is_number:
        return None
    amount = amount_at(said, i + 1)
    if amount is None or not amount.value:
        return None
    if said[i].text == "-":
        apart = i == 0 or (said[i - 1].end < said[i].start and not said[i - 1].is_number)
        led = i > 0 and said[i - 1].text in _BEFORE_MINUS
        degrees = amount.unit is not None and amount.unit.dimension in ("temperature", "degrees")
        if not (apart and said[i].end == said[i + 1].start and (degrees or led)):
            return None
    return amount._replace(value=-amount.value, first=i)


def _past_rate(said: Sequence[Lexeme], end: int) -> int:
    """Return where an amount ends that is told for something: '5 hours A WEEK', '90 euros PER NIGHT'."""
    words = [each.text for each in said[end : end + 2]]
    told = len(words) > 1 and words[0] in ("a", "an", "per", "each", "every", "/") and words[1] in _RATES
    return end + 2 if told else end


def _is_part_of_word(said: Sequence[Lexeme], end: int) -> bool:
    """Tell whether figures are only the beginning of a word: '70s', '21st', '3d'."""
    glued = end < len(said) and said[end].start == said[end - 1].end
    return glued and said[end - 1].is_number and said[end].text.isalpha()


def as_number(written: str) -> float:
    """Return a number in figures: '1,299.00', '1.299,00', '12,5', '8.2'."""
    if _THOUSANDS.fullmatch(written):
        return float(written.replace(",", ""))
    if _POINTS.fullmatch(written) and ("," in written or written.count(".") > 1):
        return float(written.replace(".", "").replace(",", "."))
    parts = written.replace(",", ".").split(".")
    return float(f"{''.join(parts[:-1])}.{parts[-1]}") if len(parts) > 1 else float(written)


def _number(said: Sequence[Lexeme], i: int) -> _Number | None:
    """Return the number that begins at a lexeme: in figures, in words, with 'and a half' behind it."""
    if i >= len(said):
        return None
    number = _figures(said, i) or _spoken(said, i)
    if number is None:
        return None
    text = [each.text for each in said[number.end : number.end + 3]]
    if text[:2] == ["and", "a"] and text[2:3] and text[2] in _PARTS:
        scale = _SCALES.get(said[number.end - 1].text, 1.0)  # 'a million AND A HALF'
        return _scaled(said, _Number(number.value + scale * _PARTS[text[2]], number.end + 3))
    return number


def _scaled(said: Sequence[Lexeme], number: _Number) -> _Number:
    """Return a number with what multiplies it: 'two and a half MILLION'."""
    scale = _SCALES.get(said[number.end].text) if number.end < len(said) else None
    return number if scale is None else _Number(number.value * scale, number.end + 1)


def _figures(said: Sequence[Lexeme], i: int) -> _Number | None:
    if not said[i].is_number:
        return None
    value, end = as_number(said[i].text), i + 1
    after = said[end] if end < len(said) else None
    if after is not None and after.text == _MILLIONS and after.start == said[i].end:
        counted = [each.text for each in said[end + 1 : end + 2]]
        if set(counted) & set(tables("comparators")["counted in millions"]):
            return _Number(value * 1e6, end + 1)  # '1m copies'
    if after is not None and after.text in _GLUED and after.start == said[i].end:
        beyond = said[end + 1] if end + 1 < len(said) else None
        if not (beyond is not None and beyond.is_number and beyond.start == after.end):
            return _Number(value * _GLUED[after.text], end + 1)
    while end < len(said) and said[end].text in _SCALES:
        value, end = value * _SCALES[said[end].text], end + 1
    return _Number(value, end)


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
    plural = i + 1 < len(said) and re.fullmatch(r"[a-z]+[^s]s", said[i + 1].text) is not None
    return (pointed or plural) and not counted


def _spoken(said: Sequence[Lexeme], i: int) -> _Number | None:
    """Return a number in words: 'ninety', 'one hundred and twenty', 'a thousand', 'a dozen', 'a tenner'."""
    if said[i].text == "one" and _is_pronoun(said, i):
        return None
    text = [each.text for each in said[i : i + 3]]
    if text[:2] == ["half", "a"] and text[2:3] and (text[2] in _SCALES or text[2] == "dozen"):
        return _Number(_SCALES.get(text[2], 12.0) / 2, i + 3)
    if said[i].text in ("a", "an"):
        after = said[i + 1].text if i + 1 < len(said) else ""
        if after == "dozen" or after in _NOTES:
            return _Number(_NOTES.get(after, 12.0), i + 2)
        if after not in _SCALES:
            return _Number(1, i + 1)
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
    return _Number(total + part, end) if end > i else None


def _part_of_unit(said: Sequence[Lexeme], i: int) -> Amount | None:
    """Return 'half an hour', 'three quarters of an hour', 'a quarter of an hour'."""
    words = [each.text for each in said[i : i + 5]]
    skip = words[:1] == ["a"]
    if words[skip : skip + 1] != [] and words[skip] in _PARTS:
        value, rest = _PARTS[words[skip]], words[skip + 1 :]
        used = skip + 1
        for small in ("of", "a", "an"):
            if rest[:1] == [small]:
                rest, used = rest[1:], used + 1
        unit, end = unit_at(said, i + used)
        spelling = said[end - 1].text
        if unit is not None and (unit.dimension in _PARTED or spelling in _POUNDS):
            return Amount(value, unit, i, end, spelling=spelling)
    return None


def _quarters(said: Sequence[Lexeme], i: int, number: _Number) -> Amount | None:
    """Return 'three quarters of an hour'."""
    text = [each.text for each in said[number.end : number.end + 3]]
    if text[:2] != ["quarters", "of"] or text[2:] not in (["an"], ["a"]):
        return None
    unit, end = unit_at(said, number.end + 3)
    return Amount(number.value / 4, unit, i, end, spelling=said[end - 1].text) if unit else None


def _clock(said: Sequence[Lexeme], i: int, number: _Number) -> Amount | None:
    """Return hours and minutes: '1:40', '1h40', '1 h 40 min'."""
    after = said[number.end : number.end + 2]
    hours = units()["h"]
    if len(after) == 2 and after[0].text == ":" and after[1].is_number and len(after[1].text) == 2:
        value = number.value + as_number(after[1].text) / 60
        end = number.end + 2
        unit, past = unit_at(said, end)
        end = past if unit is not None and unit.dimension == "duration" else end
        return Amount(value, hours, i, end, is_clock=True)
    if not (said[i].is_number and len(after) == 2 and after[0].text == "h" and after[1].is_number):
        return None
    unit, end = unit_at(said, number.end + 2)
    end = end if unit is not None and unit.dimension == "duration" else number.end + 2
    return Amount(number.value + as_number(after[1].text) / 60, hours, i, end)


def _out_of(said: Sequence[Lexeme], number: _Number) -> _Number | None:
    """Return what a number is out of: 10 in '8/10', 'eight out of ten'."""
    text = [each.text for each in said[number.end : number.end + 2]]
    at = number.end + (1 if text[:1] == ["/"] else 2 if text == ["out", "of"] else 0)
    return _number(said, at) if at > number.end else None


def unit_at(said: Sequence[Lexeme], i: int) -> tuple[Unit | None, int]:
    """Return the unit that stands at a lexeme and where it ends."""
    for length in (4, 3, 2, 1):
        spelling = " ".join(each.text for each in said[i : i + length])
        if length <= len(said) - i and spelling in units():
            return units()[spelling], i + length
    return None, i


def _with_rest(said: Sequence[Lexeme], whole: Amount) -> Amount:
    """Return an amount with what is added to it: 'an hour AND A HALF', 'two hours TEN', '1 h 40 min'."""
    at = whole.end
    text = [each.text for each in said[at : at + 3]]
    if text[:2] == ["and", "a"] and text[2:3] and text[2] in _PARTS:
        return whole._replace(value=whole.value + _PARTS[text[2]], end=at + 3)
    if whole.unit != units()["h"]:
        return whole
    joined = text[:1] == ["and"]
    rest = _number(said, at + joined) if at + joined < len(said) else None
    if rest is None or rest.value >= 60 or said[at + joined].text in ("a", "an"):
        return whole
    unit, end = unit_at(said, rest.end)
    minutes = unit is not None and unit == units()["min"]
    if (unit is None and not joined) or minutes:
        return whole._replace(value=whole.value + rest.value / 60, end=end if minutes else rest.end)
    return whole


@cache
def _money_codes() -> frozenset[str]:
    return frozenset(("eur", "usd", "gbp", "chf", "jpy"))
