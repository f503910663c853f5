"""A cell as a number: with thousands apart, with a unit, as a duration, as stars out of five."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.sources.amounts import ABOUT, PER, SHORT, without_remarks
from kg.units import converted, dimension, unit_of
from kg.values import UNLIMITED


class Number(NamedTuple):
    """A value and the unit that its cell names, if any."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a column writes its numbers.

    `decimal` is the mark before fractions; `given` the unit of numbers that name none; `unit` the one that is
    wanted, to which cells in others of its dimension are converted; `clock` that of the first part of 3:45.
    `noun` is what is counted, where cells say it: "320 pages"; `m` what a lone m is, metres or minutes.
    `free`: what is free costs nothing. `heat`: a lone C or F is a degree. `counted`: what is sold out is 0.
    `late`: times of the day go on past midnight. `ending`: what stands behind every number and is no unit
    that is known. `mixed`: the least and most of each of several units that cells name; a cell without one is
    in the only unit that it fits, or tells nothing.
    """

    decimal: str = "."
    given: str = ""
    unit: str = ""
    clock: str = "h"
    noun: str = ""
    m: str = "m"
    free: bool = False
    heat: bool = False
    counted: bool = False
    late: bool = False
    ending: str = ""
    mixed: tuple[tuple[str, float, float], ...] = ()


_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_DIGITS = r"\d{1,3}(?:[ ,.'’]\d{3})+(?!\d)|\d+"
_NUMERAL = rf"(?P<digits>{_DIGITS})?(?:(?P<mark>[.,])(?P<rest>\d+))?(?P<power>e[-+]?\d{{1,3}})?"
_SIGN = r"(?P<sign>[-+−])?"
_MANY = {
    **dict.fromkeys(("k", "thousand", "tsd"), 1e3),
    **dict.fromkeys(("M", "mn", "mln", "mio", "mil", "million", "millions"), 1e6),
    **dict.fromkeys(("B", "bn", "billion", "billions"), 1e9),
    **dict.fromkeys(("T", "tn", "trillion"), 1e12),
}
_PLAIN = re.compile(
    rf"(?:{ABOUT})?{_SIGN} ?(?P<before>[^\d\s.,'+\-−]{{1,5}}\.?)? ?(?P<sign2>[-−])?"
    rf"{_NUMERAL}\+?(?: ?(?P<after>[^\d\s.,+-][^+]{{0,15}}?))?\+?",
    re.IGNORECASE,
)
_MANY_AFTER = re.compile(
    rf"(?P<many>{'|'.join(sorted(_MANY, key=len, reverse=True))})(?![^\W\d_]) ?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?P<h>\d{1,3}):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.0+)?)?")
_SPAN = re.compile(
    r"(?:pt?)?(?:(?P<day>\d+) ?(?:days?|d),? ?)?(?:(?P<h>\d+(?:\.\d+)?) ?(?:hours?|hrs?\.?|h),? ?(?:and )?)?"
    r"(?:(?P<min>\d+) ?(?:minutes?|mins?\.?|m|(?=$)),? ?)?(?:(?P<s>\d+) ?(?:seconds?|secs?\.?|s))?",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"(?P<value>\d+(?:[.,]\d+)?) ?(?:/|out of|of) ?\d+(?:[.,]0)?(?: ?stars?| points?)?", re.IGNORECASE
)
_SIMPLE = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_COUNTED = re.compile(r"(?P<number>[\d.,]+) (?P<noun>[^\W\d_]{3,})")
_MOSTLY = 0.5  # share of whole numbers among those of what is counted
_GONE = frozenset("sold out|out of stock|none left|ausverkauft|none|full|fully booked|no places".split("|"))
_LEFT = re.compile(r"(?:yes|ja|in stock|available) ?\((?P<number>\d+)\)", re.IGNORECASE)
_FREE = frozenset(("free", "gratis", "free of charge", "no charge", "complimentary"))
_SIGNS = re.compile(r"(?P<whole>[★⭐✭✪]+|\*{1,5})(?P<half>½)?[☆✩]*")
_FEET = re.compile(r"""(?P<ft>\d+(?:\.\d+)?) ?['′’](?: ?(?P<in>(?:1[01]|\d)(?:\.\d+)?) ?(?:"|″|”|''|in)?)?""")
_SUM = re.compile(r"(?P<one>\d{1,2}) ?\+ ?(?P<other>\d{1,2})")  # berths: 4+1
_STARS = re.compile(r"(?P<value>\d+(?:[.,]\d+)?) ?(?:stars?|points?|pts)", re.IGNORECASE)
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}|(?<!\d)0,\d|\d\.\d{3},\d|\d \d{3},\d")
_COMMA_GROUPS = re.compile(r"\d,\d{3}\.\d|\d,\d{3},\d{3}")
_HOURS = re.compile(r"\d ?h(?:ours?|rs?)?\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"\d ?(?:ft|feet|foot|cm|mm|km|in|inch|inches|yd|mi|miles|met(?:re|er)s?)\b|\d[.,]\d+ ?m\b"
)
_MAX_HOURS = 6  # no film is longer, few songs are all shorter
_POINT_GROUPS = re.compile(r"\d\.\d{3}\.\d{3}")
_FIGURES = re.compile(r"[\d,]+")
_POINT_GROUPED = re.compile(r"\D*[1-9]\d{0,2}(?:\.\d{3})+[^\d.,]*")
_ABOUT = 1.2  # times beyond the values of a unit that one without it may be
CLOCK = "clock"  # the unit of times of the day
_IN_GROUP = 3  # digits of a number that needs no point between thousands
_IN_M = re.compile(r"\d{1,3} M")
_DAY, _MORNING, _NOON, _EVENING = 24, 6, 12, 21  # hours
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4,}|(?<!\d)0\.\d")


def number_form(
    cells: Iterable[str], given: str = "", unit: str = "", *, of_time: bool = False
) -> NumberForm:
    """Return the form of a column; the comma is the decimal mark where cells show it, and none the point.

    Where no `unit` is wanted it is the one of the header (`given`), or else the one that most cells name.
    With `of_time` an m is a minute, as it is beside hours and in a unit of time.
    """
    cells = list(cells)
    comma = point = count = first = 0
    nouns: Counter[str] = Counter()
    named: Counter[str] = Counter()
    ranges: dict[str, tuple[float, float]] = {}
    long = of_time and any(map(_LENGTH.search, cells))  # beside feet, or in tenths, an m is a metre
    of_time = (of_time and not long) or dimension(unit or given) == "time" or any(map(_HOURS.search, cells))
    plain = NumberForm(given=given, m="min" if of_time else "m", heat=any("°" in each for each in cells))
    for cell in cells:
        count += 1
        if _COMMA_GROUPS.search(cell) or (_POINT_DECIMAL.search(cell) and not _COMMA_DECIMAL.search(cell)):
            point += 1
        elif _COMMA_DECIMAL.search(cell) or _POINT_GROUPS.search(cell):
            comma += 1
        if clock := _CLOCK.fullmatch(cell.strip()):
            first = max(first, int(clock["h"]) if clock["s"] is None else 0)
        if not cell.isdecimal() and (found := number(cell, plain)) and found.unit:
            named[found.unit] += 1
            low, high = ranges.get(found.unit, (found.value, found.value))
            ranges[found.unit] = min(low, found.value), max(high, found.value)
        if match := _COUNTED.fullmatch(cell.strip()):
            nouns[match["noun"].casefold().removesuffix("s")] += 1
    decimal = "," if comma > point or (comma == point == 0 and _are_grouped(cells)) else "."
    noun = min(nouns, key=lambda each: (-nouns[each], each), default="")
    alone = len(nouns) == 1 and all(map(_is_count, cells))  # '8 berths' beside 4, '5+1'
    noun = noun if (2 * nouns[noun] > count or alone) and unit_of(noun) is None else ""
    usual = min(named, key=lambda each: (-named[each], each), default="")
    alike = sum(n for each, n in named.items() if dimension(each) == dimension(usual)) if usual else 0
    wanted = unit or given or (usual if 2 * alike >= count else "")
    free = any(map(_is_free, cells))
    hours = first < _MAX_HOURS or wanted == CLOCK or any(map(_HOURS.search, cells))
    of_clock = "h" if hours else "min"
    heat = wanted in ("°C", "°F")
    whole = sum(map(str.isdecimal, cells))
    counted = not wanted and whole >= _MOSTLY * count
    late = wanted == CLOCK and _go_past_midnight(cells)
    ending = "M" if _all_end_in_m(cells) else ""
    lengths = {each for each, count in named.items() if count > 1 and dimension(each) in ("length", "mass")}
    mixed = tuple((each, *ranges[each]) for each in sorted(lengths)) if not given and len(lengths) > 1 else ()
    return NumberForm(
        decimal, given, wanted, of_clock, noun, plain.m, free, heat, counted, late, ending, mixed
    )


def _is_free(said: str) -> bool:
    """Tell whether a cell says that nothing is to be paid: 'free', 'free (donations welcome)'."""
    return said.partition("(")[0].strip().casefold() in _FREE


def _all_end_in_m(cells: Iterable[str]) -> bool:
    """Tell whether an M stands behind all numbers, and apart: no millions, which some have and others not."""
    told = [each.strip() for each in cells if any(map(str.isdigit, each))]
    return len(told) > 1 and all(_IN_M.fullmatch(each) for each in told)


def _go_past_midnight(cells: Iterable[str]) -> bool:
    """Tell whether times are of ends of evenings, some after midnight: 22:00, 23:30, 01:00."""
    hours = {int(match["h"]) % _DAY for cell in cells if (match := _CLOCK.fullmatch(cell.strip()))}
    nights = {hour for hour in hours if hour < _MORNING}
    return bool(nights) and max(hours) >= _EVENING and hours.isdisjoint(range(_MORNING, _NOON))


def _is_count(said: str) -> bool:
    return said.isdecimal() or bool(_SUM.fullmatch(said) or _COUNTED.fullmatch(said)) or said in "?-–"


def _are_grouped(cells: Sequence[str]) -> bool:
    """Tell whether points part thousands: "1.088" beside "319", "1.885 €" beside "885 €"; never "1.5"."""
    pointed = [each for each in cells if "." in each]
    plain = [match[0] for each in cells if "." not in each and (match := _FIGURES.search(each))]
    small = all(len(each) <= _IN_GROUP for each in plain)
    return len(pointed) > 1 and bool(plain) and small and all(map(_POINT_GROUPED.fullmatch, pointed))


def number(cell: str, form: NumberForm = NumberForm()) -> Number | None:
    """Return the number that a cell is, with the unit it names ("" where none), not yet converted.

    Durations are in minutes where they have hours ("1h 40m", "1:40:00"); of "4.5/5" it is 4.5; "1.2M" is
    1,200,000. NaN and infinite numbers are none.
    """
    said = without_remarks(_SPACES.sub(" ", cell).strip())
    said = said.removesuffix(f" {form.ending}") if form.ending else said
    if form.noun and (match := _COUNTED.fullmatch(said)):
        said = match["number"] if match["noun"].casefold().removesuffix("s") == form.noun else said
    if (form.decimal == "." or "." not in said) and _SIMPLE.fullmatch(said):
        return Number(float(said))
    if said == UNLIMITED:
        return Number(math.inf, "min" if form.unit == CLOCK else form.unit)
    if (form.free and _is_free(said)) or (form.counted and said.casefold() in _GONE):
        return Number(0.0)
    if form.counted and (left := _LEFT.fullmatch(said)):
        return Number(float(left["number"]))
    if signs := _SIGNS.fullmatch(said):
        return Number(len(signs["whole"]) + 0.5 * bool(signs["half"]))
    if feet := _FEET.fullmatch(said):
        return Number(round(float(feet["ft"]) + float(feet["in"] or 0) / 12, 6), "ft")
    if plus := _SUM.fullmatch(said):
        return Number(float(plus["one"]) + float(plus["other"]))
    if not said or len(said) > 60 or not any(map(str.isdigit, said)):
        return None
    if match := (_OUT_OF.fullmatch(said) or _STARS.fullmatch(said)):
        return Number(float(match["value"].replace(",", ".")))
    if (match := _PLAIN.fullmatch(said)) and (match["digits"] or match["rest"]):
        found = _plain(match, form)
        if found is not None:
            return found
    span = _span(said, form)
    told = PER.fullmatch(said) if span is None else None
    return number(told["amount"], form) if told else span


def rate_of(cells: Iterable[str]) -> str:
    """Return what most cells tell a number for: "week" of '4 h/week'; nothing where they do not."""
    cells = list(cells)
    said = [match["per"] for cell in cells if (match := PER.fullmatch(cell.strip())) and number(cell)]
    told = Counter(SHORT.get(each.casefold(), each.casefold()) for each in said if each)
    rate = min(told, key=lambda each: (-told[each], each), default="")
    return rate if 2 * told[rate] > len(cells) else ""


def in_unit(found: Number, form: NumberForm) -> float | None:
    """Return a number in its column's unit; None where its own unit is of another kind."""
    if form.unit == CLOCK:
        past = 60 * _DAY if form.late and found.value < 60 * _MORNING else 0
        return found.value + past if found.unit == "min" else None  # minutes since midnight
    given = found.unit or form.given
    if form.mixed and not given:
        fit = [name for name, low, high in form.mixed if low / _ABOUT <= found.value <= high * _ABOUT]
        given = fit[0] if len(fit) == 1 else ""
        if not given:
            return None
    if not given or not form.unit or given == form.unit:
        return found.value
    value = converted(found.value, given, form.unit)
    return found.value if value is None and not found.unit else value


def _plain(match: re.Match[str], form: NumberForm) -> Number | None:
    value = _value(match, form.decimal)
    before, after = match["before"] or "", match["after"] or ""
    many = _MANY_AFTER.match(after)
    if many and (before or many["many"] not in ("m", "t", "T")):  # "$1.2m", but "90m", "2.1 t"
        after = after[many.end() :]
        value = None if value is None else round(value * _factor(many["many"]), 6)
    after = f"°{after}" if form.heat and after in ("C", "F") else after
    after = {"year": "years", "t": "tonne"}.get(after.casefold(), after)
    named = [unit_of(each.removeprefix("in ")) for each in (before, after) if each]
    if value is None or None in named or len(set(named)) > 1:
        return None
    name = named[0].name if named and named[0] else ""
    return Number(value, form.m if after == "m" else name)


def _factor(many: str) -> float:
    return _MANY.get(many) or _MANY.get(many.casefold()) or _MANY[many.upper()]


def _value(match: re.Match[str], decimal: str) -> float | None:
    digits, mark, rest = match["digits"] or "0", match["mark"], match["rest"]
    groups = {each for each in digits if not each.isdigit()}
    if len(groups) > 1 or (mark and mark in groups):
        return None
    if decimal in groups and digits.count(decimal) == 1 and not mark:  # 1.299.000 is grouped all the same
        digits, rest = digits.split(decimal)
    text = re.sub(r"\D", "", digits) + (f".{rest}" if rest else "") + (match["power"] or "")
    value = float(text)
    if value - value != 0:
        return None
    return -value if (match["sign"] or match["sign2"] or "+") in "-−" else value


def _span(said: str, form: NumberForm) -> Number | None:
    """Return a duration in minutes, or in seconds where it has no hours."""
    match = _CLOCK.fullmatch(said)
    if match:
        first, second = int(match["h"]), int(match["min"])
        if match["s"] is not None:
            return Number(first * 60 + second + int(match["s"]) / 60, "min")
        return Number(float(first * 60 + second) if form.clock == "h" else first + second / 60, "min")
    match = _SPAN.fullmatch(said)
    if match is None or not any(match.groups()) or (said[-1].isdigit() and not match["h"]):
        return None
    days, hours, minutes, seconds = (float(match[part] or 0) for part in ("day", "h", "min", "s"))
    return Number(round(days * 1440 + hours * 60 + minutes + seconds / 60, 6), "min")
