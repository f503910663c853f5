"""A cell as a number with its unit, a date, yes or no, or several values."""

from __future__ import annotations

import pytest

from kg.sources.cells import (
    DateForm,
    Number,
    NumberForm,
    date,
    date_form,
    flag,
    in_unit,
    is_missing,
    number,
    number_form,
    values,
)
from kg.sources.usual import header_unit, header_words
from kg.units import converted, unit_of

# Numbers


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("12", 12, ""),
        ("-3.5", -3.5, ""),
        ("−3", -3, ""),
        ("1e5", 100_000, ""),
        (".5", 0.5, ""),
        ("1,299", 1299, ""),
        ("1,234,567", 1_234_567, ""),
        ("1'299.50", 1299.5, ""),
        ("1.299.000", 1_299_000, ""),
        ("10,000+", 10_000, ""),
        ("~40", 40, ""),
        ("1.2M", 1_200_000, ""),
        ("1.5k", 1500, ""),
        ("3 million", 3_000_000, ""),
        ("$1,299.00", 1299, "USD"),
        ("-$5", -5, "USD"),
        ("$1.2m", 1_200_000, "USD"),
        ("US$ 5.00", 5, "USD"),
        ("€ 20", 20, "EUR"),
        ("20 EUR", 20, "EUR"),
        ("12,5 €", 12.5, "EUR"),
        ("1 299,00 €", 1299, "EUR"),
        ("98 min", 98, "min"),
        ("98 Minutes", 98, "min"),
        ("90m", 90, "m"),
        ("1h 40m", 100, "min"),
        ("1h40", 100, "min"),
        ("1 hour 5 minutes", 65, "min"),
        ("PT1H40M", 100, "min"),
        ("1:40:00", 100, "min"),
        ("2h", 2, "h"),
        ("1.2 kg", 1.2, "kg"),
        ("800g", 800, "g"),
        ('6.1"', 6.1, "in"),
        ("87%", 87, "%"),
        ("4.5/5", 4.5, ""),
        ("8 out of 10", 8, ""),
        ("3 stars", 3, ""),
    ],
)
def test_a_number_is_read_with_its_unit(cell: str, value: float, unit: str) -> None:
    assert number(cell) == Number(value, unit)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "NaN",
        "inf",
        "-",
        "abc",
        "Vol 3",
        "12-15",
        "5 players",
        "1.2.3",
        "$5 €",
        "No. 5",
        "2001-05-01",
        "5 kg 3",
    ],
)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert number(cell) is None


def test_a_comma_is_the_decimal_mark_where_the_column_shows_it() -> None:
    form = number_form(["1.299", "12,50", "8,00"])
    assert [number(cell, form) for cell in ("1.299", "12,50")] == [Number(1299), Number(12.5)]


def test_a_comma_parts_thousands_where_the_column_shows_points() -> None:
    form = number_form(["1,299", "12.50", "8.00"])
    assert [number(cell, form) for cell in ("1,299", "12.50")] == [Number(1299), Number(12.5)]


def test_a_column_has_the_unit_that_most_cells_name() -> None:
    assert number_form(["98 min", "1h 40m", "101 min"]).unit == "min"
    assert number_form(["98", "99", "101 min"]).unit == ""


def test_cells_in_another_unit_are_converted() -> None:
    form = number_form(["1.2 kg", "2 kg", "800 g"])
    found = number("800 g", form)
    assert found is not None
    assert in_unit(found, form) == 0.8


def test_a_bare_number_is_in_the_unit_of_the_header() -> None:
    assert in_unit(Number(90_000), NumberForm(given="ms", unit="min")) == 1.5


def test_a_cell_in_another_currency_is_none() -> None:
    assert in_unit(Number(5, "USD"), NumberForm(unit="EUR")) is None


def test_songs_are_in_minutes_and_seconds_where_films_are_in_hours() -> None:
    songs, films = number_form(["3:45", "7:10"]), number_form(["1:40", "2:05"])
    assert (number("3:45", songs), number("1:40", films)) == (Number(3.75, "min"), Number(100, "min"))


def test_an_m_is_a_minute_where_a_column_is_of_times() -> None:
    forms = (number_form(["90m"]), number_form(["90m", "2h"]), number_form(["90m"], unit="h"))
    assert [number("90m", form) for form in forms] == [Number(90, "m"), Number(90, "min"), Number(90, "min")]


# Units


@pytest.mark.parametrize(
    ("spelling", "name"),
    [("Minutes", "min"), ("lbs.", "lb"), ("€", "EUR"), ("sq. ft.", "ft²"), ("mAh", "mAh"), ("parsec", "")],
)
def test_a_unit_has_many_spellings(spelling: str, name: str) -> None:
    unit = unit_of(spelling)
    assert (unit.name if unit else "") == name


def test_units_of_one_dimension_are_converted_and_no_others() -> None:
    assert (converted(2, "h", "min"), converted(1, "EUR", "USD"), converted(1, "kg", "min")) == (
        120,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("header", "words", "unit"),
    [
        ("Price (EUR)", "price", "EUR"),
        ("Preis in €", "preis", "EUR"),
        ("runtime_min", "runtime", "min"),
        ("runtimeMinutes", "runtime", "min"),
        ("Running Time min", "running time", "min"),
        ("Weight_in_lbs", "weight", "lb"),
        ("duration_ms", "duration", "ms"),
        ("Battery (mAh)", "battery", "mAh"),
        ("ABV %", "abv", "%"),
        ("players min", "min players", ""),
        ("length_m", "length", "m"),
        ("salt_g", "salt", "g"),
        ("gate_m", "gate m", ""),
        ("Hours (total)", "hours total", "h"),
        ("hours per week", "hours per week", "h"),
        ("warranty_years", "warranty", "year"),
        ("built in", "built in", ""),
        ("releaseYear", "release year", ""),
    ],
)
def test_a_header_may_name_the_unit(header: str, words: str, unit: str) -> None:
    assert (header_words(header), header_unit(header)) == (words, unit)


# Dates


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2019", 20190000),
        ("2019-05", 20190500),
        ("2019-05-01", 20190501),
        ("2019-05-01T10:00:00Z", 20190501),
        ("2019/5/1 10:11", 20190501),
        ("20190501", 20190501),
        ("Jun 12 1998", 19980612),
        ("June 12, 1998", 19980612),
        ("12 June 1998 (USA)", 19980612),
        ("12-Jun-98", 19980612),
        ("Fri, 12 Jun 1998 10:00:00", 19980612),
        ("Jun 1998", 19980600),
        ("12.06.1998", 19980612),
        ("13/06/1998", 19980613),
    ],
)
def test_a_date_is_read_as_far_as_it_is_told(cell: str, day: int) -> None:
    assert date(cell) == day


@pytest.mark.parametrize("cell", ["", "2019-13-01", "2019-02-30", "12345", "soon", "98 min", "1.5"])
def test_what_is_no_date_is_none(cell: str) -> None:
    assert date(cell) is None


def test_the_day_stands_first_where_the_column_shows_it() -> None:
    assert date("02/03/1998", date_form(["02/03/1998", "25/03/1998"])) == 19980302
    assert date("02/03/1998", date_form(["02/03/1998", "03/25/1998"])) == 19980203


@pytest.mark.parametrize("cell", ["1000000000", "1000000000000"])
def test_a_column_may_count_from_1970(cell: str) -> None:
    assert date(cell, date_form([cell])) == 20010909


def test_a_format_that_is_given_is_the_only_one() -> None:
    form = DateForm(format="%d|%m|%Y")
    assert (date("02|03|1998", form), date("1998-03-02", form)) == (19980302, None)


# Flags, missing values, lists


def test_flags_are_words_of_yes_and_no() -> None:
    assert [flag(cell) for cell in ("Yes", "TRUE", "1", "no", "False", "0", "maybe", "2")] == [
        1,
        1,
        1,
        0,
        0,
        0,
        None,
        None,
    ]


@pytest.mark.parametrize("cell", ["", " ", "NaN", "nan", "NULL", "N/A", "\\N", "None", "-", "<NA>"])
def test_markers_of_missing_values_are_missing(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("['Drama', 'War']", ["Drama", "War"]),
        ('["Drama", "War"]', ["Drama", "War"]),
        ("['Drama', None, nan, 'War']", ["Drama", "War"]),
        ("[{'id': 18, 'name': 'Drama'}, {'id': 7, 'name': 'War'}]", ["Drama", "War"]),
        ("{'id': 18, 'name': 'Drama'}", ["Drama"]),
        ('{"/m/01": "Drama", "/m/02": "War"}', ["Drama", "War"]),
        ("{'War', 'Drama'}", ["War", "Drama"]),
        ("['Drama' 'War'\n 'Epic']", ["Drama", "War", "Epic"]),
        ('c("Drama", "War")', ["Drama", "War"]),
        ("{Drama,War}", ["Drama", "War"]),
        ("[]", []),
        ("[18, 7]", ["18", "7"]),
        ("[REC]", ["[REC]"]),
        ("(500) Days", ["(500) Days"]),
        ("[__import__('os').getcwd()]", ["[__import__('os').getcwd()]"]),
        ("Drama, War", ["Drama, War"]),
        (["Drama", "NaN", " War "], ["Drama", "War"]),
        ("None", []),
    ],
)
def test_lists_and_objects_written_as_text_are_values(cell: str | list[str], said: list[str]) -> None:
    assert values(cell) == said


def test_a_list_that_nests_too_deep_is_text() -> None:
    deep = "[" * 5000 + "]" * 5000
    assert values(deep) == [deep]
