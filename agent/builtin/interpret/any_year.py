"""Times without a year, in the years of a table: 'in March', 'before Christmas'."""

from __future__ import annotations

from agent.builtin.parse.calendar import ANY_YEAR, Said, today
from agent.builtin.parse.measures import Measure

_YEAR = 10_000  # yyyymmdd


def in_years(time: Said, last: str, measure: Measure) -> tuple[Said, str]:
    """Return a time without a year in the one that is meant: 'in March', where all dates are of 2026.

    Of what is still to come the next such time is meant, else that of the year that most dates are of.
    """
    if measure.literals is None or not time.first.startswith(f"{ANY_YEAR}-"):
        return time, last
    year = _next(time.first, measure) or _usual(measure)
    said = (time.first, time.last, last)
    first, time_last, last = (each.replace(f"{ANY_YEAR}-", f"{year}-", 1) for each in said)
    return time._replace(first=first, last=time_last), last


def _usual(measure: Measure) -> int:
    """Return the year that most dates of a table are of."""
    years = [day // _YEAR for day in _days(measure)]
    return min(set(years), key=lambda each: (-years.count(each), -each))


def _next(first: str, measure: Measure) -> int:
    """Return the year of the next time like this where most dates are still to come; 0 elsewhere."""
    now, days = today(), _days(measure)
    coming = sum(day >= int(now.strftime("%Y%m%d")) for day in days)
    if 2 * coming < len(days):
        return 0
    month_day = (first.removeprefix(f"{ANY_YEAR}-") + "-31")[: len("12-31")]
    return now.year + (month_day < now.strftime("%m-%d"))


def in_every_year(times: list[Said], last: str, op: str, measure: Measure) -> list[Said]:
    """Return months or days in every year of which items have them: 'started IN MARCH', of any year."""
    alone = op in ("", "is") and times[0].first == last
    dated = next((each.first[:4] for each in times if not each.first.startswith(f"{ANY_YEAR}-")), "")
    found: list[Said] = []
    for time in times:
        rest = time.first.removeprefix(str(ANY_YEAR))
        values = (f"{value // _YEAR}-{value // 100 % 100:02}-{value % 100:02}" for value in _days(measure))
        years = [dated] if dated else sorted({v[:4] for v in values if v[4:].startswith(rest)})
        anywhere = alone and rest != time.first and years
        found += [time._replace(first=y + rest, last=y + rest) for y in years] if anywhere else [time]
    return found


def _days(measure: Measure) -> list[int]:
    return [] if measure.literals is None else list(map(int, measure.literals.values.tolist()))
