"""Quantities and dates as Wikidata writes them: with a unit, and with a precision."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

Row = Mapping[str, Mapping[str, str]]  # of SPARQL results
_NOTHING: Mapping[str, str] = {}
_MINUTES = {"Q7727": 1.0, "Q25235": 60.0, "Q11574": 1 / 60}  # of a minute, an hour, a second
_AMOUNT = re.compile(r"\+?\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)(?:T[\d:]+Z)?", re.ASCII)
_YEAR, _MONTH, _DAY = 9, 10, 11  # wikibase:timePrecision


def minutes(row: Row) -> float | None:
    """Return a duration in minutes; None for an unknown one, or a unit that is no time.

    `unit` is the unit's entity; minutes where a service does not tell it.
    """
    amount = _AMOUNT.fullmatch(row["value"]["value"])
    unit = row["unit"]["value"] if "unit" in row else "Q7727"
    factor = _MINUTES.get(unit.rpartition("/")[2])
    if amount is None or factor is None:
        return None
    return round(float(amount[0]) * factor, 2) or None


def date(row: Row) -> int | None:
    """Return a date as `yyyymmdd` with zeros for what is less exact than its `precision`; None for none.

    Wikidata writes a year alone as its first of January.
    """
    said = _TIME.fullmatch(row["value"]["value"])
    precision = int(row.get("precision", _NOTHING).get("value", _DAY))
    if said is None or precision < _YEAR or not int(said[1]):
        return None
    year, month, day = map(int, said.groups())
    month = month if precision >= _MONTH and month <= 12 else 0
    return year * 10_000 + month * 100 + (day if month and precision >= _DAY and day <= 31 else 0)


def earliest(dates: Collection[int]) -> int:
    """Return the first date, or the first one within it that is told more exactly."""
    first = min(dates)
    for span in (10_000, 100):  # of a year, of a month
        if first % span == 0:
            first = min((each for each in dates if first < each < first + span), default=first)
    return first
