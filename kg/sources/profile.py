"""What is in the columns of a table: how full they are, their values, and whether these are of one kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from kg.sources import cells
from kg.sources.cells import NumberForm
from kg.sources.dates import DateForm
from kg.sources.numbers import CLOCK
from kg.sources.tables import Cell, Table
from kg.sources.usual import by_header, header_unit, header_words, squashed
from kg.units import dimension

_TIME = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_OF_DAY = frozenset(
    "from to start starts starting begin begins beginning end ends ending until till opens closes opening"
    " closing departs departure arrives arrival doors".split()
)
_OF_LENGTHS = frozenset("time duration length runtime playtime long lasts takes".split())
_LONG_DAY = 13  # an hour of the afternoon: few things last as long
_EARLY = 5  # an hour from which on a day begins; little lasts as long
_ROUND = 5  # minutes that timetables are made of
LOOKED_AT = 4000  # different cells of a column
_ODD = 3  # different cells that may be of another kind where a column is small


@dataclass(frozen=True)
class Column:
    """A column: its header, and its different cells that are not missing, in the order of the table.

    `counts` has how often each occurs; a list is the tuple of its values. `rows` are those of the table.
    `said`: what the header says, where that is not its words.
    """

    place: int
    header: str
    counts: Counter[str | tuple[str, ...]]
    rows: int
    said: str = ""

    @cached_property
    def words(self) -> str:
        """The header as words, without its unit."""
        return self.said or header_words(self.header)

    @cached_property
    def present(self) -> int:
        """How many rows have something here."""
        return sum(self.counts.values())

    @cached_property
    def distinct(self) -> float:
        """The share of different cells among those that are there, 0 where none is."""
        return len(self.counts) / self.present if self.present else 0.0

    @cached_property
    def sample(self) -> list[list[str]]:
        """Evenly chosen different cells, each as its values."""
        some = list(self.counts)[:: self._step]
        return [list(each) if isinstance(each, tuple) else cells.values(each) for each in some]

    @property
    def _step(self) -> int:
        return max(1, len(self.counts) // LOOKED_AT)

    @cached_property
    def texts(self) -> list[str]:
        """Evenly chosen different values, in order."""
        return list(dict.fromkeys(value for each in self.sample for value in each))

    @cached_property
    def of_lists(self) -> bool:
        """Whether cells hold several values in a form of their own."""
        return any(
            isinstance(each, tuple) or (each[:1] in "[{(c" and cells.values(each) != [cells.as_text(each)])
            for each in list(self.counts)[:LOOKED_AT]
        )

    @cached_property
    def number_form(self) -> NumberForm:
        """How numbers are written here."""
        usual = by_header().get(squashed(self.words), ())
        of_time = self.words != "length" and any(dimension(each.unit) == "time" for each in usual)
        given = header_unit(self.header) or (CLOCK if self._are_times else "")
        return cells.number_form(self.texts, given, of_time=of_time)

    @property
    def _are_times(self) -> bool:
        """Whether all are times of the day: round ones, or under a header that says what begins or ends."""
        if len(self.texts) < 2 or not self.all_match(_TIME.fullmatch):
            return False
        said = set(self.words.split())
        if _OF_DAY & said or self._begin_the_day:
            return True
        return not _OF_LENGTHS & said and self._are_round_times

    @property
    def _begin_the_day(self) -> bool:
        """Whether all are round times of a day from its early hours on, under a header of time: 07:30."""
        plain = "time" in self.words.split() and not (_OF_LENGTHS - {"time"}) & set(self.words.split())
        hours = [each.split(":") for each in self.texts if _TIME.fullmatch(each)]
        early = all(int(hour) >= _EARLY and int(minutes) % _ROUND == 0 for hour, minutes in hours)
        told = any(hour[0] == "0" or int(hour) >= _LONG_DAY for hour, _ in hours)
        return plain and early and told

    @property
    def _are_round_times(self) -> bool:
        """Whether times reach into the afternoon and have round minutes: 10:25, 16:40."""
        times = [each.split(":") for each in self.texts if _TIME.fullmatch(each)]
        late = max(int(hours) for hours, _ in times)
        return late >= _LONG_DAY and all(int(minutes) % _ROUND == 0 for _, minutes in times)

    @cached_property
    def date_form(self) -> DateForm:
        """How dates are written here."""
        return cells.date_form(self.texts)

    @cached_property
    def numbers(self) -> list[float]:
        """The different numbers of this column, in its unit."""
        form = self.number_form
        found = ((cells.number(each, form)) for each in self.texts)
        values = (cells.in_unit(each, form) for each in found if each is not None)
        return [each for each in values if each is not None]

    @cached_property
    def are_numbers(self) -> bool:
        """Whether nearly all are numbers; numbers with zeros in front are codes."""
        form = self.number_form
        codes = sum(len(each) > 1 and each[0] == "0" and each.isdecimal() for each in self.texts)
        return not codes and self._nearly_all(lambda each: cells.number(each, form) is not None)

    @cached_property
    def are_dates(self) -> bool:
        """Whether nearly all are dates or years."""
        form = self.date_form
        return self._nearly_all(lambda each: cells.date(each, form) is not None)

    def is_date(self, text: str) -> bool:
        """Tell whether a cell is a date or a year, as they are written here."""
        return cells.date(text, self.date_form) is not None

    @cached_property
    def are_years(self) -> bool:
        """Whether nearly all are whole numbers from 1000 to 2100."""
        return self._nearly_all(is_year)

    @cached_property
    def are_whole(self) -> bool:
        """Whether all are whole numbers."""
        return bool(self.texts) and all(each.removesuffix(".0").isdecimal() for each in self.texts)

    @cached_property
    def are_flags(self) -> bool:
        """Whether all are yes or no; of 0 and 1 both must occur, so must Y and N."""
        found = {cells.flag(each) for each in self.texts if not cells.is_unknown(each)}
        spelled = any(each.casefold() in ("true", "false", "yes", "no") for each in self.texts)
        return bool(found) and None not in found and (len(found) > 1 or spelled)

    @cached_property
    def words_each(self) -> float:
        """The mean number of words of a value."""
        return sum(len(each.split()) for each in self.texts) / max(1, len(self.texts))

    @cached_property
    def length(self) -> float:
        """The mean number of characters of a value."""
        return sum(map(len, self.texts)) / max(1, len(self.texts))

    @cached_property
    def median(self) -> float:
        """The median of the different numbers, 0 where there are none."""
        return median(self.numbers) if self.numbers else 0.0

    def share(self, fits: Callable[[str], object]) -> float:
        """Return the share of cells of which every value fits, of some of the different ones."""
        counts = list(self.counts.values())[:: self._step]
        fitting = sum(
            count
            for count, values in zip(counts, self.sample, strict=True)
            if all(map(bool, map(fits, values)))
        )
        return fitting / sum(counts) if counts else 0.0

    def all_match(self, fits: Callable[[str], object]) -> bool:
        """Tell whether nearly all different values fit."""
        return self._nearly_all(lambda each: bool(fits(each)))

    def _nearly_all(self, fits: Callable[[str], bool]) -> bool:
        misses = sum(not fits(each) for each in self.texts if not cells.is_unknown(each))
        few = misses <= min(_ODD, len(self.texts) // 4) or misses <= 0.05 * len(self.texts)
        return bool(self.texts) and few


def is_year(text: str) -> bool:
    """Tell whether a cell is a whole number from 1000 to 2100, as a spreadsheet with gaps may write it."""
    whole = text.removesuffix(".0")
    return len(whole) == 4 and whole.isdecimal() and 1000 <= int(whole) <= 2100


def columns_of(table: Table) -> list[Column]:
    """Return what is in the columns of a table, in their order."""
    counts: list[Counter[str | tuple[str, ...]]] = [Counter() for _ in table.columns]
    for row in table.rows:
        for counter, cell in zip(counts, row.cells, strict=True):
            if key := _key(cell):
                counter[key] += 1
    return [
        Column(place, header, counter, len(table.rows))
        for place, (header, counter) in enumerate(zip(table.columns, counts, strict=True))
    ]


def column_of(header: str, cells_: Iterable[Cell]) -> Column:
    """Return what is in these cells."""
    keys = [_key(cell) for cell in cells_]
    return Column(0, header, Counter(key for key in keys if key), len(keys))


def _key(cell: Cell) -> str | tuple[str, ...]:
    if isinstance(cell, str):
        return "" if cells.is_missing(cell) or cell in ("[]", "{}") else cell
    return tuple(cells.values(cell))
