"""Columns whose cells hold what belongs apart: hours, prices for different times, dates behind labels.

'8:30-18:00' is when something opens and when it closes, '£84/day' beside '£365 per week' are two prices, and
'good - Nov 2024' is a label with its date. What only a mark stands in is yes, the other cells no.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from kg.sources.amounts import is_reduced
from kg.sources.cells import PLAIN_FLAGS, Cell, date, is_missing, number
from kg.sources.profile import is_year
from kg.sources.tables import Row, Table
from kg.sources.usual import header_words

REDUCED = "reduced"  # the header that tells whether a price was higher
_NEARLY, _SOME = 0.8, 0.15  # shares of cells that are so
_AGAIN = 2  # cells of a rate, or of a label, at least
_TIME = r"(?P<h{0}>\d{{1,2}})(?:[:.h](?P<m{0}>[0-5]\d)?)?\s*(?P<half{0}>[ap]\.?m\.?)?(?:\s*(?:uhr|h|oclock))?"
_HOURS = re.compile(_TIME.format(1) + r"\s*(?:[-–—]|to|till|until|bis)\s*" + _TIME.format(2), re.IGNORECASE)
_ALL_DAY = re.compile(
    r"(?:open )?(?:24 ?(?:h|hrs?|hours?)(?: a day)?|24 ?/ ?7|all day|round the clock|always open)",
    re.IGNORECASE,
)
_ENDS = frozenset(("opens", "closes"))
_SHUT = frozenset(("closed", "shut", "geschlossen"))
_OPENING = re.compile(r"open|hours|times|öffnungszeiten|horaire|orari")
_RATES = {
    "hour": r"hour|hr|h|std",
    "day": r"day|d",
    "night": r"night|pn",
    "week": r"week|wk|w",
    "month": r"month|mth|mo|m|cm",
    "year": r"year|yr|y|a|annum",
    "session": r"session|class|lesson|visit",
    "person": r"person|pers|head|p",
}
_RATE = "|".join(f"(?P<{name}>{spelt})" for name, spelt in _RATES.items())
_PER = re.compile(
    rf"(?P<amount>.*?\d[\d.,k]*\s*[^\W\d_]{{0,3}}?)\s*(?:/|per|a|an|each|p\.?)\s*(?:{_RATE})\.?",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?P<label>[^\d()]*?[^\s\d(),–-])\s*(?:\((?P<in>[^()]*\d{4})\)|[-–,]\s*(?P<behind>[^-–()]*\d{4}))"
)
_ASIDE = re.compile(
    r"(?P<first>[^()]*\d[^()]*?)\s*\((?P<word>[a-z]+):? (?P<rest>[^()\s]?\s?\d[^()]*)\)", re.IGNORECASE
)
_AGE_HEADER = re.compile(r"\bages?\b|\baged\b")
_AGE = r"(?P<age{0}>\d{{1,2}}(?:\.5|½)?)\s*(?P<unit{0}>[^\W\d]*)\.?"
_AGES = re.compile(
    rf"(?:from |ages? |aged |guidance |recommended |suitable (?:for|from) |over )*{_AGE.format(1)}"
    rf"(?:\s*(?:[-–—]|to|up to|until|bis)\s*(?:up to )?{_AGE.format(2)}|\s*(?:\+|and up|up))?",
    re.IGNORECASE,
)
_ALL_AGES = frozenset("all ages|any age|everyone|all|family|u|suitable for all".split("|"))
_PERMITTING = frozenset("welcome allowed permitted accepted".split())
_MARKS = frozenset("x ✓ ✔ • * ● ×".split())


def with_cells_apart(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with a column for each of several things that cells hold; those `named` stay."""
    for header in list(table.columns):
        if not header or header in named:
            continue
        said = _said(table, header)
        if _are_hours(said, opening=bool(_OPENING.search(header_words(header)))):
            table = _with(table, header, _of_hours(header, alone=_is_only_hours(table, header)), _hours)
        elif rates := _rates_of(said):
            columns = [f"{header} per {rate}" for rate in rates]
            table = _with(table, header, columns, lambda cell, rates=rates: _rated(cell, rates))  # type: ignore[misc]
        elif _AGE_HEADER.search(header_words(header)) and _are_ages(said):
            table = _with(table, header, ["min age", "max age"], _ages)
        elif word := _aside_of(said):
            told = [match["rest"] for each in said if (match := _ASIDE.fullmatch(each))]
            called = f"{word} year" if all(map(is_year, told)) else word
            table = _with(table, header, [header, called], lambda cell, word=word: _without_aside(cell, word))  # type: ignore[misc]
        elif _are_dated(said):
            table = _with(table, header, [header, f"{header} date"], _dated)
    return table


def with_reductions(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table with yes and no behind a column of which some prices were higher: 'was £9, now £7'."""
    said = {header: _said(table, header) for header in table.columns if header and header not in named}
    reduced = [header for header, cells in said.items() if sum(map(is_reduced, cells)) >= _AGAIN]
    if len(reduced) != 1 or REDUCED in table.columns:
        return table
    return _with(table, reduced[0], [reduced[0], REDUCED], _with_reduction)


def _with_reduction(cell: Cell) -> list[str]:
    said = cell if isinstance(cell, str) else ", ".join(cell)
    return [said, "" if is_missing(said) else "yes" if is_reduced(said) else "no"]


def with_marks(table: Table) -> Table:
    """Return a table with yes and no in the columns where only a mark stands, or nothing, or yes and no."""
    for header in table.columns:
        said = _said(table, header) if header else []
        marks = _MARKS | {header_words(header)[:1]}  # 'V' of vegan
        if said and {each.casefold() for each in said} <= marks and len(said) < len(table.rows):
            table = _with(table, header, [header], lambda cell: ["no" if is_missing(str(cell)) else "yes"])
        elif word := _yes_of(said):
            table = _with(table, header, [header], _reading_yes(word))
        elif _MARKS & set(said) and {each.casefold() for each in said} <= _MARKS | PLAIN_FLAGS:
            table = _with(table, header, [header], lambda cell: ["yes" if cell in _MARKS else str(cell)])
    return table


def _yes_of(said: Sequence[str]) -> str:
    """Return the one word that says yes in a column that says no and something between: 'welcome'."""
    told = {each.casefold() for each in said}
    words = told & _PERMITTING
    return next(iter(words)) if len(words) == 1 and "no" in told and not {"yes", "y"} & told else ""


def _reading_yes(word: str) -> Callable[[Cell], list[str]]:
    return lambda cell: ["yes" if str(cell).strip().casefold() == word else str(cell)]


def _said(table: Table, header: str) -> list[str]:
    place = table.columns.index(header)
    cells = [cell.strip() for row in table.rows if isinstance(cell := row.cells[place], str)]
    return [cell for cell in cells if not is_missing(cell)]


def _share(said: Sequence[str], form: re.Pattern[str]) -> float:
    return sum(form.fullmatch(each) is not None for each in said) / len(said) if said else 0.0


def _with(table: Table, header: str, columns: Sequence[str], parts: Callable[[Cell], list[str]]) -> Table:
    place = table.columns.index(header)
    rows = [
        Row(row.line, [*row.cells[:place], *parts(row.cells[place]), *row.cells[place + 1 :]])
        for row in table.rows
    ]
    return replace(table, columns=[*table.columns[:place], *columns, *table.columns[place + 1 :]], rows=rows)


def _is_only_hours(table: Table, header: str) -> bool:
    """Tell whether no other column holds hours, or what one of their ends is called."""
    others = [each for each in table.columns if each and each != header]
    return _ENDS.isdisjoint(" ".join(map(header_words, others)).split()) and not any(
        _OPENING.search(each.casefold()) and _are_hours(_said(table, each)) for each in others
    )


def _of_hours(header: str, *, alone: bool) -> list[str]:
    """Return what the ends of hours are called: 'opens' and 'closes', or after a header of something else.

    Hours of several columns are told apart by what else their headers say: 'weekday opens', 'weekend opens'.
    """
    words = header_words(header)
    if not _OPENING.search(f"{words} {header.casefold()}"):
        return [f"{words} from", f"{words} until"]
    when = "" if alone else _OPENING.sub("", words).removeprefix("ing").strip()
    return [f"{when} {end}".strip() for end in ("opens", "closes")]


def _are_hours(said: Sequence[str], *, opening: bool = False) -> bool:
    """Tell whether cells are hours from and to: '8:30-18:00'; '8-12' may be anything but opening hours."""
    told = [match for each in said if (match := _HOURS.fullmatch(each))]
    clear = sum(any(match[part] for part in ("m1", "m2", "half1", "half2")) for match in told)
    other = sum(bool(_ALL_DAY.fullmatch(each)) or each.casefold() in _SHUT for each in said)
    return bool(told) and len(told) + other >= _NEARLY * len(said) and (opening or 2 * clear >= len(told))


def _hours(cell: Cell) -> list[str]:
    match = _HOURS.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        all_day = isinstance(cell, str) and _ALL_DAY.fullmatch(cell.strip())
        return ["00:00", "24:00"] if all_day else ["", ""]
    late = match["half2"] and not match["half1"] and int(match["h1"]) > int(match["h2"])
    return [
        _clock(match, 1, "am" if late else match["half2"] if not match["half1"] else ""),
        _clock(match, 2, ""),
    ]


def _clock(match: re.Match[str], end: int, unsaid: str) -> str:
    """Return an end of hours as a time of the day: '17:30' of '5:30pm'."""
    hours, minutes = int(match[f"h{end}"]), match[f"m{end}"] or "00"
    half = (match[f"half{end}"] or unsaid or "").casefold().replace(".", "")
    if half == "pm" and hours < 12:
        hours += 12
    hours -= 12 * (half == "am" and hours == 12)
    if end == 2 and hours % 24 == 0 == int(minutes):
        return "24:00"
    return f"{hours % 24 if half or hours == 24 else hours:02}:{minutes}"


def _rates_of(said: Sequence[str]) -> tuple[str, ...]:
    """Return what prices are for, where a column has several: 'day' and 'week'; none where it has one."""
    found = Counter(rate for each in said if (rate := _rate(each)))
    rates = tuple(rate for rate in _RATES if found[rate] >= _AGAIN)
    return rates if len(rates) > 1 and sum(found.values()) >= _NEARLY / 2 * len(said) else ()


def _rate(cell: str) -> str:
    match = _PER.fullmatch(cell.strip())
    if match is None or number(match["amount"].strip().removeprefix("from ")) is None:
        return ""
    return next(rate for rate in _RATES if match[rate])


def _rated(cell: Cell, rates: Sequence[str]) -> list[str]:
    rate = _rate(cell) if isinstance(cell, str) else ""
    match = _PER.fullmatch(cell.strip()) if rate and isinstance(cell, str) else None
    amount = match["amount"].strip().removeprefix("from ") if match else ""
    return [amount if each == rate else "" for each in rates]


def _are_dated(said: Sequence[str]) -> bool:
    """Tell whether labels come with dates: 'good - Nov 2024' beside 'good' and 'outstanding (2023)'."""
    pairs = [match for each in said if (match := _DATED.fullmatch(each)) and _date_of(match)]
    if len(pairs) < max(_AGAIN, _SOME * len(said)) or len(pairs) == len(set(said)):
        return False
    labels = Counter(_dated(each)[0].casefold() for each in said)
    return all(count >= _AGAIN for label, count in labels.items() if label in _labels(pairs))


def _labels(pairs: Sequence[re.Match[str]]) -> set[str]:
    return {match["label"].strip().casefold() for match in pairs}


def _date_of(match: re.Match[str]) -> str:
    told = (match["in"] or match["behind"] or "").strip()
    return told if date(told) is not None else ""


def _dated(cell: Cell) -> list[str]:
    match = _DATED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    told = _date_of(match) if match else ""
    if match is None or not told:
        return [str(cell) if isinstance(cell, str) else ", ".join(cell), ""]
    return [match["label"].strip(), told]


def _aside_of(said: Sequence[str]) -> str:
    """Return the word that leads to a second number in brackets: 'refit' of '1966 (refit 1977)'."""
    words = Counter(match["word"].casefold() for each in said if (match := _ASIDE.fullmatch(each)))
    word, count = max(words.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return word if count >= max(_AGAIN, _SOME * len(said)) else ""


def _without_aside(cell: Cell, word: str) -> list[str]:
    match = _ASIDE.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None or match["word"].casefold() != word:
        return [str(cell) if isinstance(cell, str) else ", ".join(cell), ""]
    return [match["first"], match["rest"]]


def _are_ages(said: Sequence[str]) -> bool:
    """Tell whether cells are ages from and to, '12 months - 5 yrs'; '8 months' alone is an age."""
    ages = [(match, each.rstrip()) for each in said if (match := _AGES.fullmatch(each))]
    spans = sum(bool(match["age2"] or each.endswith(("+", "up"))) for match, each in ages)
    told = [each for each in said if each.casefold() not in _ALL_AGES]
    return _share(told, _AGES) >= _NEARLY and spans >= max(_AGAIN, _SOME * len(said))


def _ages(cell: Cell) -> list[str]:
    """Return the least and the greatest age of a cell, in years; what tells only one is open above."""
    match = _AGES.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return ["0" if isinstance(cell, str) and cell.strip().casefold() in _ALL_AGES else "", ""]
    second = match["unit2"] or ""
    low = _years(match["age1"], match["unit1"] or second)
    return [low, _years(match["age2"], second) if match["age2"] else ""]


def _years(age: str, unit: str) -> str:
    years = float(age.replace("½", ".5")) / (12 if unit.casefold().startswith("m") else 1)
    return f"{round(years, 2):g}"
