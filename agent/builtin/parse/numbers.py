"""Amounts: numbers as they are written or spoken, with their units: 'an hour and a half', '$1.5k', '8/10'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.units import MONEY, Unit, units
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.spoken_numbers import MILLIONS, PARTS, Number, as_number, number_at

_PARTED = frozenset("duration weight distance length volume data pages area".split())
_POUNDS = frozenset(("pound", "pounds"))  # of weight too
_DAYS = frozenset(("day", "days"))
RATES = frozenset(
    "night week month day year hour person head bottle piece ticket serving portion pack can term session"
    " visit lesson class guest child adult unit kg kilo litre metre stay ride".split()
)
_SIGNS = frozenset("$€£¥₹")
_FULL_MARKS = (4, 5, 6, 10, 20, 100)  # what grades are out of
_MINUS = frozenset(("minus", "negative", "-"))
_BEFORE_MINUS = frozenset("to below under above over than at of is least most until".split())
_COMPARED = 4  # words between 'of' and a number that say what it is compared by
_COMPARING = frozenset(
    "at least most the very no not more less than under over above below around about up to".split()
)
_SCALED = {1e3: frozenset(("k", "thousand", "grand")), 1e6: frozenset(("mn", "mio", "million", "millions"))}


class Amount(NamedTuple):
    """A number with its unit, None where none is said: lexemes `first` to before `end`.

    `out_of` is what it is of: 10 in '8/10'; `rate` what it is told for: 'week' in '5 hours a week'.
    """

    value: float
    unit: Unit | None
    first: int
    end: int
    out_of: float = 0.0
    is_clock: bool = False
    spelling: str = ""
    rate: str = ""


_BEFORE_ONE = frozenset("which this that another other any every most".split())


def amount_at(said: Sequence[Lexeme], i: int) -> Amount | None:
    """Return the amount that begins at a lexeme; None if none does."""
    if (below := _below_zero(said, i)) is not None:
        return below
    if said[i].text == "single" and (alone := unit_at(said, i + 1))[0] is not None:
        return Amount(1.0, alone[0], i, alone[1], spelling=said[alone[1] - 1].text)
    signed = said[i].text in _SIGNS or (said[i].text in _money_codes() and not said[i].is_number)
    number = number_at(said, i + signed)
    if (
        number is not None
        and signed
        and [each.text for each in said[number.end : number.end + 1]] == [MILLIONS]
    ):
        number = Number(number.value * 1e6, number.end + 1)
    if number is None:
        return _part_of_unit(said, i)
    if (part := _quarters(said, i, number)) is not None:
        return part
    if signed:
        paid = Amount(number.value, units()[said[i].text], i, number.end, spelling=said[i].text)
        return _with_rate(said, paid)
    if (clock := _clock(said, i, number)) is not None:
        return clock
    if (ratio := out_of(said, number.end)) is not None:
        return Amount(number.value, None, i, ratio.end, ratio.value)
    unit, end = unit_at(said, number.end)
    if unit is None:
        article = said[i].text in ("a", "an") and number.end == i + 1
        return (
            None
            if article or _is_part_of_word(said, number.end)
            else Amount(number.value, None, i, number.end)
        )
    if said[i].text in ("a", "an") and _is_counted(said, end):
        return None  # 'A HORSEPOWER OF 250'
    if unit.dimension in ("stars", "points") and (ratio := out_of(said, end)) is not None:
        return Amount(number.value, None, i, ratio.end, ratio.value)  # '4 stars out of 5'
    return _with_rate(said, _with_rest(said, Amount(number.value, unit, i, end, spelling=said[end - 1].text)))


def is_pronoun(said: Sequence[Lexeme], amount: Amount) -> bool:
    """Tell whether 'one' stands for an item: 'the quickest ONE to make', 'which ONE', 'a red ONE'."""
    if said[amount.first].text != "one" or amount.end > amount.first + 1 or amount.first == 0:
        return False
    before = said[amount.first - 1]
    return (
        before.named or before.text in _BEFORE_ONE or (before.text.endswith("est") and len(before.text) > 4)
    )


def _with_rate(said: Sequence[Lexeme], amount: Amount) -> Amount:
    """Return an amount with what it is told for: '5 hours A WEEK', '£30 A MONTH'."""
    end = past_rate(said, amount.end)
    return amount._replace(end=end, rate=said[end - 1].text if end > amount.end else "")


def _is_counted(said: Sequence[Lexeme], end: int) -> bool:
    """Tell whether a unit is what a number behind it counts: 'of 250', 'of at least 250'."""
    if end >= len(said) or said[end].text != "of":
        return False
    behind = said[end + 1 : end + 2 + _COMPARED]
    led = next((place for place, each in enumerate(behind) if each.text not in _COMPARING), len(behind))
    return led < len(behind) and behind[led].is_number


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


def past_rate(said: Sequence[Lexeme], end: int) -> int:
    """Return where an amount ends that is told for something: '5 hours A WEEK', '90 euros PER NIGHT'."""
    words = [each.text for each in said[end : end + 2]]
    if words[:1] in (["weekly"], ["daily"], ["nightly"], ["monthly"], ["hourly"], ["yearly"], ["annually"]):
        return end + 1
    told = len(words) > 1 and words[0] in ("a", "an", "per", "each", "every", "/") and words[1] in RATES
    if words[:1] in (["per"], ["/"]) and end + 2 < len(said) and said[end + 1].is_number:
        return unit_at(said, end + 2)[1] if unit_at(said, end + 2)[0] is not None else end  # 'per 100 g'
    return end + 2 if told else end


def _is_part_of_word(said: Sequence[Lexeme], end: int) -> bool:
    """Tell whether figures are only the beginning of a word: '70s', '21st', '3d'."""
    glued = end < len(said) and said[end].start == said[end - 1].end
    return glued and said[end - 1].is_number and said[end].text.isalpha()


def _part_of_unit(said: Sequence[Lexeme], i: int) -> Amount | None:
    """Return 'half an hour', 'three quarters of an hour', 'a quarter of an hour'."""
    words = [each.text for each in said[i : i + 5]]
    skip = words[:1] == ["a"]
    if words[skip : skip + 1] != [] and words[skip] in PARTS:
        value, rest = PARTS[words[skip]], words[skip + 1 :]
        used = skip + 1
        for small in ("of", "a", "an"):
            if rest[:1] == [small]:
                rest, used = rest[1:], used + 1
        unit, end = unit_at(said, i + used)
        spelling = said[end - 1].text
        whole = spelling in _DAYS and used == skip + 1  # 'a HALF-DAY hike' takes no twelve hours
        if unit is not None and not whole and (unit.dimension in _PARTED or spelling in _POUNDS):
            return Amount(value, unit, i, end, spelling=spelling)
    return None


def _quarters(said: Sequence[Lexeme], i: int, number: Number) -> Amount | None:
    """Return 'three quarters of an hour'."""
    text = [each.text for each in said[number.end : number.end + 3]]
    if text[:2] != ["quarters", "of"] or text[2:] not in (["an"], ["a"]):
        return None
    unit, end = unit_at(said, number.end + 3)
    return Amount(number.value / 4, unit, i, end, spelling=said[end - 1].text) if unit else None


def _clock(said: Sequence[Lexeme], i: int, number: Number) -> Amount | None:
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


def out_of(said: Sequence[Lexeme], end: int) -> Number | None:
    """Return what a number that ends at a lexeme is out of, and its end: 10 in '8/10', '8 out of ten'."""
    end += [each.text for each in said[end : end + 1]] == ["("]
    text = [each.text for each in said[end : end + 2]]
    at = end + (1 if text[:1] == ["/"] else 2 if text == ["out", "of"] else 0)
    most = number_at(said, at) if at > end else None
    return most if most is not None and most.value in _FULL_MARKS else None


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
    if text[:2] == ["and", "a"] and text[2:3] and text[2] in PARTS:
        return whole._replace(value=whole.value + PARTS[text[2]], end=at + 3)
    if whole.unit == units()["ft"]:
        return _with_inches(said, whole)
    if whole.unit is not None and whole.unit.dimension in MONEY:
        return _with_pence(said, whole)
    if whole.unit != units()["h"]:
        return whole
    joined = text[:1] == ["and"]
    rest = number_at(said, at + joined) if at + joined < len(said) else None
    if rest is None or rest.value >= 60 or said[at + joined].text in ("a", "an"):
        return whole
    unit, end = unit_at(said, rest.end)
    minutes = unit is not None and unit == units()["min"]
    if (unit is None and not joined) or minutes:
        return whole._replace(value=whole.value + rest.value / 60, end=end if minutes else rest.end)
    return whole


def _with_inches(said: Sequence[Lexeme], feet: Amount) -> Amount:
    """Return feet with the inches behind them: '6 ft 2', 'five foot eleven'."""
    at = feet.end + ([each.text for each in said[feet.end : feet.end + 1]] == ["and"])
    rest = number_at(said, at) if at < len(said) else None
    if rest is None or rest.value >= 12 or said[at].text in ("a", "an"):
        return feet
    unit, end = unit_at(said, rest.end)
    if unit != units()["inch"] and (unit is not None or at > feet.end):
        return feet
    return feet._replace(value=feet.value + rest.value / 12, end=end if unit is not None else rest.end)


def _with_pence(said: Sequence[Lexeme], paid: Amount) -> Amount:
    """Return an amount of money with its hundredths behind it: 'a pound FIFTY', 'two euros AND TEN CENTS'."""
    at = paid.end + ([each.text for each in said[paid.end : paid.end + 1]] == ["and"])
    rest = number_at(said, at) if at < len(said) and said[at].text not in ("a", "an") else None
    if rest is None or not 0 < rest.value < 100 or paid.value != int(paid.value):
        return paid
    unit, end = unit_at(said, rest.end)
    small = unit is not None and paid.unit is not None and unit.dimension == paid.unit.dimension
    small = small and unit is not None and unit.factor < 1
    ends = rest.end >= len(said) or not said[rest.end].text[0].isalnum()
    if small or (unit is None and at == paid.end and rest.value >= 10 and (ends or not said[at].is_number)):
        return paid._replace(value=paid.value + rest.value / 100, end=end if small else rest.end)
    return paid


@cache
def _money_codes() -> frozenset[str]:
    return frozenset(("eur", "usd", "gbp", "chf", "jpy"))


def scaled_as(said: Sequence[Lexeme], low: Amount, high: Amount | None) -> Amount:
    """Return the lower end of a range in what only the upper end says: 'between 25 and 30K'."""
    if high is None:
        return low
    told = [{each.text for each in said[end.first : end.end]} for end in (low, high)]
    for scale, spelled in _SCALED.items():
        if told[1] & spelled and not told[0] & spelled and low.value * scale < high.value:
            return low._replace(value=low.value * scale)
    return low
