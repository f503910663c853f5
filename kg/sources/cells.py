"""What a cell says: nothing, several values, a number with its unit, a date, yes or no.

A cell is text, or a list of texts where the format has lists. Nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from kg.sources.dates import DateForm, date, date_form
from kg.sources.numbers import Number, NumberForm, in_unit, number, number_form

__all__ = [
    "DateForm",
    "Number",
    "NumberForm",
    "as_text",
    "date",
    "date_form",
    "flag",
    "in_unit",
    "is_missing",
    "is_nameless",
    "is_unknown",
    "listed",
    "name_of",
    "number",
    "number_form",
    "values",
]

Cell = str | list[str]
MISSING = frozenset(
    "nan null none n/a na n.a. n.a <na> #n/a #na nat nil \\n - -- – — ? ?? #value! #ref! k.a. k.a".split()
)
_UNKNOWN = frozenset(
    (
        "unknown",
        "not known",
        "not sure",
        "unsure",
        "tbc",
        "tbd",
        "tba",
        "n/k",
        "to be confirmed",
        "not given",
        "not stated",
        "none given",
        "not specified",
        "unbekannt",
    )
)
NONE = "none"  # as people write that there is none; programs write None
_NO_NAME = frozenset(
    ("", "NaN", "nan", "NULL", "null", "None", "N/A", "<NA>", "\\N")
)  # Nan and NA may be names
_YES, _NO = (
    frozenset(said.split())
    for said in (
        "yes y true t 1 1.0 on ✓ ✔ ja oui sí sim vrai",
        "no n false f 0 0.0 off ✗ ✘ nein non nee não faux",
    )
)
PLAIN_FLAGS = (_YES | _NO) - frozenset("1 0 1.0 0.0 on off t f".split())  # that only say yes or no
SAID = frozenset(
    "welcome required included allowed available permitted provided accepted needed supported".split()
)
_UNSAID = frozenset((*(f"not {each}" for each in SAID), "unavailable", "forbidden", "prohibited", "excluded"))
NAMES = ("name", "title", "label", "value", "text", "@value", "english_name")
_MAX_LIST = 200_000  # characters of a cell
_LISTS = {"[": "]", "{": "}", "(": ")"}
_BARE_NAN = re.compile(r"(?<=[\[,(:\s])(?:nan|NaN|null|NULL)(?=\s*[\],)}])")
_NO_COMMA = re.compile(r"(?<=['\"])\s+(?=['\"])")  # as arrays print themselves


def is_missing(text: str) -> bool:
    """Tell whether a cell says that there is no value: empty, NaN, NULL, N/A, None, a dash …."""
    return not text or text.isspace() or text.strip().casefold() in MISSING


def is_unknown(text: str) -> bool:
    """Tell whether a cell of numbers, dates or flags says that its value is not known: 'unknown', 'TBC'."""
    return text.strip().casefold() in _UNKNOWN


def is_nameless(text: str) -> bool:
    """Tell whether a cell that names something is missing; markers that may be names are none."""
    return text.strip() in _NO_NAME


def as_text(cell: Cell) -> str:
    """Return a cell on one line, with single spaces."""
    return " ".join((cell if isinstance(cell, str) else ", ".join(cell)).split())


def told(cell: Cell) -> str:
    """Return what a cell tells, with its lines; of a list the values one after the other."""
    several = cell if isinstance(cell, list) else listed(cell)
    said = str(cell).strip() if several is None else " ".join(values(several))
    return "" if is_missing(said) else said


def values(cell: Cell) -> list[str]:
    """Return what a cell holds, each on one line: the values of a list, also of one written as text.

    Of objects the names are taken. What is missing is left out; text that is no list is one value.
    """
    several = cell if isinstance(cell, list) else listed(cell)
    parts: Iterable[str] = (str(cell),) if several is None else several
    found = [" ".join(part.split()) for part in parts]
    return [part for part in found if not is_missing(part)]


def name_of(value: Mapping[str, object]) -> str | None:
    """Return what an object is called; None where it does not say."""
    for key in NAMES:
        if isinstance(said := value.get(key), str | int | float):
            return str(said)
    return None


def listed(cell: str) -> list[str] | None:
    """Return the values of a list or an object that is written as text; None where it is none."""
    if "]" not in cell and "}" not in cell and ")" not in cell:
        return None
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
        elif all(isinstance(each, str) and _has_digit(str(key)) for key, each in value.items()):
            yield from value.values()  # names by their ids
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _names(each)
    elif isinstance(value, str | bool | int | float) and value == value:
        yield str(value)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def flag(cell: str) -> int | None:
    """Return 1 for yes, 0 for no; None for anything else."""
    said = cell.strip().casefold()
    return 1 if said in _YES or said in SAID else 0 if said in _NO or said in _UNSAID else None
