"""What a cell says: nothing, several values, a number with its unit, a date, yes or no.

A cell is text, or a list of texts where the format has lists. Nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.sources.dates import DateForm, date, date_form
from kg.units import converted, unit_of, units

__all__ = [
    "DateForm",
    "Number",
    "NumberForm",
    "as_text",
    "date",
    "date_form",
    "flag",
    "is_missing",
    "number",
    "number_form",
    "values",
]

Cell = str | list[str]
MISSING = frozenset("nan null none n/a na n.a. n.a <na> #n/a #na nat nil \\n - -- – — ? #value! #ref!".split())
_NO_NAME = frozenset(("", "NaN", "nan", "NULL", "null", "None", "N/A", "<NA>", "\\N"))  # Nan and NA may be names
_YES, _NO = frozenset("yes y true t 1 1.0 on ✓ ✔".split()), frozenset("no n false f 0 0.0 off ✗ ✘".split())
_NAMES = ("name", "title", "label", "value", "text", "@value", "english_name")
_MAX_LIST = 200_000  # characters of a cell
_LISTS = {"[": "]", "{": "}", "(": ")"}
_BARE_NAN = re.compile(r"(?<=[\[,(:\s])(?:nan|NaN|null|NULL)(?=\s*[\],)}])")
_NO_COMMA = re.compile(r"(?<=['\"])\s+(?=['\"])")  # as arrays print themselves


def is_missing(text: str) -> bool:
    """Tell whether a cell says that there is no value: empty, NaN, NULL, N/A, \\N, None, a dash …."""
    return not text or text.isspace() or text.strip().casefold() in MISSING


def is_nameless(text: str) -> bool:
    """Tell whether a cell that names something is missing; markers that may be names are none."""
    return text.strip() in _NO_NAME


def as_text(cell: Cell) -> str:
    """Return a cell on one line, with single spaces."""
    return " ".join((cell if isinstance(cell, str) else ", ".join(cell)).split())


def values(cell: Cell) -> list[str]:
    """Return what a cell holds, each on one line: the values of a list, also of one written as text.

    Of objects the names are taken. What is missing is left out; text that is no list is one value.
    """
    listed = cell if isinstance(cell, list) else _listed(cell)
    parts: Iterable[str] = (str(cell),) if listed is None else listed
    found = [" ".join(part.split()) for part in parts]
    return [part for part in found if not is_missing(part)]


def name_of(value: Mapping[str, object]) -> str | None:
    """Return what an object is called; None where it does not say."""
    for key in _NAMES:
        if isinstance(said := value.get(key), str | int | float):
            return str(said)
    return None


def _listed(cell: str) -> list[str] | None:
    """Return the values of a list or an object that is written as text; None where it is none."""
    said = cell.strip()
    if said[:2] in ("c(", "C(") and said.endswith(")"):
        said = f"[{said[2:-1]}]"  # as R writes it
    if len(said) < 2 or _LISTS.get(said[0]) != said[-1] or len(said) > _MAX_LIST:
        return None
    if said[0] == "(" and not re.match(r"\(\s*['\"]", said):
        return None
    parsed = _parsed(said)
    if parsed is None:
        if said[0] == "(" or ":" in said or ("," not in said and said[0] == "["):
            return None
        return [part.strip().strip("'\"") for part in said[1:-1].split(",")]
    return list(_names(parsed))


def _parsed(said: str) -> object:
    """Return a list or object of JSON or of Python, read as data; None where it is neither."""
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        pass
    said = _BARE_NAN.sub("None", _NO_COMMA.sub(", ", said))
    try:
        parsed = ast.literal_eval(said)
        return ast.literal_eval(f"[{said[1:-1]}]") if isinstance(parsed, set) else parsed  # in their order
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def _names(value: object) -> Iterator[str]:
    """Yield the names in lists and objects, depth first."""
    if isinstance(value, Mapping):
        named = name_of(value)
        if named is not None:
            yield named
        elif value and all(isinstance(each, str) for each in value.values()):
            if all(any(map(str.isdigit, str(key))) for key in value):  # name by id
                yield from value.values()
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _names(each)
    elif isinstance(value, str | bool | int | float) and value == value:
        yield str(value)


def flag(cell: str) -> int | None:
    """Return 1 for yes, 0 for no; None for anything else."""
    said = cell.strip().casefold()
    return 1 if said in _YES else 0 if said in _NO else None


# Numbers


class Number(NamedTuple):
    """A value and the unit that its cell names, if any."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a column writes its numbers.

    `decimal` is the mark before fractions; `given` the unit of numbers that name none; `unit` the one that is
    wanted, to which cells in others of its dimension are converted; `clock`: the unit of the first part of 3:45.
    """

    decimal: str = "."
    given: str = ""
    unit: str = ""
    clock: str = "h"


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
    rf"(?:[~≈]|ca\.? ?|approx\.? |about )?{_SIGN} ?(?P<before>[^\d\s.,'+\-−]{{1,5}}\.?)? ?(?P<sign2>[-−])?"
    rf"{_NUMERAL}\+?(?: ?(?P<after>[^\d\s.,+-][^+]{{0,15}}?))?\+?",
    re.IGNORECASE,
)
_MANY_AFTER = re.compile(rf"(?P<many>{'|'.join(sorted(_MANY, key=len, reverse=True))})(?![^\W\d_]) ?", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<h>\d{1,3}):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.0+)?)?")
_SPAN = re.compile(
    r"(?:pt?)?(?:(?P<day>\d+) ?(?:days?|d),? ?)?(?:(?P<h>\d+(?:\.\d+)?) ?(?:hours?|hrs?\.?|h),? ?(?:and )?)?"
    r"(?:(?P<min>\d+) ?(?:minutes?|mins?\.?|m|(?=$)),? ?)?(?:(?P<s>\d+) ?(?:seconds?|secs?\.?|s))?",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?P<value>\d+(?:[.,]\d+)?) ?(?:/|out of|of) ?\d+(?:[.,]0)?(?: ?stars?| points?)?", re.IGNORECASE)
_SIMPLE = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_STARS = re.compile(r"(?P<value>\d+(?:[.,]\d+)?) ?(?:stars?|points?|pts)", re.IGNORECASE)
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}|(?<!\d)0,\d|\d\.\d{3},\d|\d \d{3},\d")
_COMMA_GROUPS = re.compile(r"\d,\d{3}\.\d|\d,\d{3},\d{3}")
_MAX_HOURS = 6  # no film is longer, few songs are all shorter
_POINT_GROUPS = re.compile(r"\d\.\d{3}\.\d{3}")
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4,}|(?<!\d)0\.\d")


def number_form(cells: Iterable[str], given: str = "", unit: str = "") -> NumberForm:
    """Return the form of a column; the comma is the decimal mark where cells show it, and none the point.

    Where no `unit` is wanted it is the one of the header (`given`), or else the one that most cells name.
    """
    comma = point = count = first = 0
    named: Counter[str] = Counter()
    plain = NumberForm(given=given)
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
    decimal = "," if comma > point else "."
    usual = min(named, key=lambda each: (-named[each], each), default="")
    wanted = unit or given or (usual if 2 * named[usual] >= count else "")
    return NumberForm(decimal, given, wanted, "h" if first < _MAX_HOURS else "min")


def number(cell: str, form: NumberForm = NumberForm()) -> Number | None:
    """Return the number that a cell is, with the unit it names ("" where none), not yet converted.

    Durations are in minutes where they have hours ("1h 40m", "1:40:00"); of "4.5/5" it is 4.5; "1.2M" is
    1,200,000. NaN and infinite numbers are none.
    """
    said = _SPACES.sub(" ", cell).strip()
    if (form.decimal == "." or "." not in said) and _SIMPLE.fullmatch(said):
        return Number(float(said))
    if not said or len(said) > 60 or not any(map(str.isdigit, said)):
        return None
    if match := (_OUT_OF.fullmatch(said) or _STARS.fullmatch(said)):
        return Number(float(match["value"].replace(",", ".")))
    if (match := _PLAIN.fullmatch(said)) and (match["digits"] or match["rest"]):
        found = _plain(match, form)
        if found is not None:
            return found
    return _span(said, form)


def in_unit(found: Number, form: NumberForm) -> float | None:
    """Return a number in its column's unit; None where its own unit is of another kind."""
    given = found.unit or form.given
    if not given or not form.unit or given == form.unit:
        return found.value
    value = converted(found.value, given, form.unit)
    return found.value if value is None and not found.unit else value


def _plain(match: re.Match[str], form: NumberForm) -> Number | None:
    value = _value(match, form.decimal)
    before, after = match["before"] or "", match["after"] or ""
    many = _MANY_AFTER.match(after)
    if many and not (many["many"] == "m" and not before):  # "$1.2m", but "90m"
        after = after[many.end() :]
        value = None if value is None else round(value * _factor(many["many"]), 6)
    named = [unit_of(each.removeprefix("in ")) for each in (before, after) if each]
    if value is None or None in named or len(set(named)) > 1:
        return None
    name = named[0].name if named and named[0] else ""
    return Number(value, _metres_or_minutes(form) if after.casefold() == "m" else name)


def _factor(many: str) -> float:
    return _MANY.get(many) or _MANY.get(many.casefold()) or _MANY[many.upper()]


def _metres_or_minutes(form: NumberForm) -> str:
    wanted = units().get(form.unit or form.given)
    return "m" if wanted and wanted.dimension == "length" else "min"


def _value(match: re.Match[str], decimal: str) -> float | None:
    digits, mark, rest = match["digits"] or "0", match["mark"], match["rest"]
    groups = {each for each in digits if not each.isdigit()}
    if len(groups) > 1 or (mark and mark in groups):
        return None
    if decimal in groups:
        if digits.count(decimal) > 1 or mark:
            pass  # 1.299.000 in a column of points is grouped all the same
        else:
            digits, mark, rest = digits.replace(decimal, ""), None, None
            whole, part = match["digits"].split(decimal)
            digits, rest = whole, part
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
        return Number(first * 60 + second if form.clock == "h" else first + second / 60, "min")
    match = _SPAN.fullmatch(said)
    if match is None or not any(match.groups()) or said[-1].isdigit() and not match["h"]:
        return None
    day, hour, minute, second = (float(match[part] or 0) for part in ("day", "h", "min", "s"))
    return Number(round(day * 1440 + hour * 60 + minute + second / 60, 6), "min")

