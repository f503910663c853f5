"""Cells of people's own tables that say more than their text: two things, seasons, codes, signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources import cells
from kg.sources.guess import guess
from kg.sources.reading import as_meant
from kg.sources.tables import Row, Table
from kg.sources.usual import header_unit, header_words
from kg.units import converted


def table(columns: list[str], *rows: list[str]) -> Table:
    """Return a table with these cells."""
    return Table(Path("things.csv"), columns, [Row(i, list(row)) for i, row in enumerate(rows, 2)], [])


def column(read: Table, header: str) -> list[object]:
    """Return the cells of a column."""
    place = read.columns.index(header)
    return [row.cells[place] for row in read.rows]


def test_a_rating_with_its_votes_is_two_columns() -> None:
    read = as_meant(
        table(["title", "rating (votes)"], ["A", "4.5 (606)"], ["B", "3.6 (2,115)"], ["C", "4.0 (12)"])
    )
    assert read.columns == ["title", "rating", "votes"]
    assert column(read, "votes") == ["606", "2,115", "12"]


def test_a_place_with_its_way_is_two_columns() -> None:
    read = as_meant(
        table(
            ["name", "Nearest station"], ["A", "Arden (5 km)"], ["B", "Bexley (31 km)"], ["C", "Arden (2 km)"]
        )
    )
    assert column(read, "Nearest station") == ["Arden", "Bexley", "Arden"]
    assert column(read, "distance to nearest station") == ["5 km", "31 km", "2 km"]


def test_a_size_with_its_type_is_two_columns() -> None:
    read = as_meant(
        table(["model", "Storage"], ["A", "256GB SSD"], ["B", "1TB HDD"], ["C", "8 GB"], ["D", "32GB eMMC"])
    )
    assert column(read, "Storage") == ["256GB", "1TB", "8 GB", "32GB"]
    assert column(read, "Storage type") == ["SSD", "HDD", "", "eMMC"]


def test_amounts_alone_stay_as_they_are() -> None:
    read = as_meant(table(["model", "RAM"], ["A", "8GB"], ["B", "16 GB"], ["C", "4 GB"]))
    assert read.columns == ["model", "RAM"]


def test_seasons_are_their_whole_months() -> None:
    rows = [
        ["A", "Apr-Jun"],
        ["B", "1 Apr to 30 May"],
        ["C", "15.11. - 31.01."],
        ["D", "all year"],
        ["E", "Nov-Feb"],
    ]
    months = column(as_meant(table(["name", "Season"], *rows)), "Season")
    assert months[:3] == [["April", "May", "June"], ["April", "May"], ["December", "January"]]
    assert list(months[3])[:2] == ["all year", "January"]  # type: ignore[call-overload]
    assert months[4] == ["November", "December", "January", "February"]


def test_codes_of_languages_are_their_names() -> None:
    read = as_meant(table(["title", "lang"], ["A", "EN"], ["B", "English"], ["C", "DE"]))
    assert column(read, "lang") == ["English", "English", "German"]


def test_intervals_may_be_open_below() -> None:
    rows = [["A", "20-30 cm"], ["B", "up to 90 cm"], ["C", "40-60 cm"], ["D", "15 cm"]]
    read = as_meant(table(["plant", "Height"], *rows))
    assert column(read, "min Height") == ["20 cm", "", "40 cm", "15 cm"]
    assert column(read, "max Height") == ["30 cm", "90 cm", "60 cm", "15 cm"]


@pytest.mark.parametrize(
    ("some", "cell", "value"),
    [
        (["★★★", "★★★★"], "★★★★", 4.0),
        (["★★★½", "★"], "★★★½", 3.5),
        (["14", "7", "yes (2)", "sold out"], "sold out", 0.0),
        (["14", "7", "yes (2)", "sold out"], "yes (2)", 2.0),
        (["420.-", "€690"], "420.-", 420.0),
        (["1900 € VB", "280 €"], "1900 € VB", 1900.0),
        (["16 C", "54°F", "12 °C", "9 °C"], "16 C", 16.0),
        (["54°F", "12 °C", "9 °C"], "54°F", pytest.approx(12.222222, abs=1e-5)),
    ],
)
def test_numbers_in_further_forms(some: list[str], cell: str, value: float) -> None:
    form = cells.number_form(some)
    found = cells.number(cell, form)
    assert found is not None
    assert cells.in_unit(found, form) == value


def test_what_is_sold_out_costs_not_nothing() -> None:
    form = cells.number_form(["€14.50", "€7", "sold out"])
    assert cells.number("sold out", form) is None


def test_temperatures_are_converted_with_their_zero() -> None:
    assert converted(212, "°F", "°C") == pytest.approx(100)
    assert converted(0, "°C", "°F") == pytest.approx(32)


@pytest.mark.parametrize(
    ("header", "words", "unit"),
    [
        ("Difficulty (1 easy - 5 hard)", "difficulty", ""),
        ("Rating /5", "rating", ""),
        ("Snowfall (cm/year)", "snowfall", "cm"),
    ],
)
def test_headers_that_explain_themselves(header: str, words: str, unit: str) -> None:
    assert (header_words(header), header_unit(header)) == (words, unit)


def test_times_of_the_day_are_seen_by_their_form() -> None:
    rows = [["A", "06:40", "3:45"], ["B", "10:25", "4:02"], ["C", "19:10", "2:59"], ["D", "14:00", "5:11"]]
    found = guess(table(["train", "depart", "length"], *rows)).mapping.wording
    assert (found["depart"].unit, found["length"].unit) == ("clock", "min")


def test_a_latin_name_is_no_title_and_a_list_is_none() -> None:
    rows = [
        ["Fern", "Filix alba", "pots; soil"],
        ["Ivy", "Hedera", "soil; light"],
        ["Palm", "Howea", "pots; sun"],
    ]
    held = guess(table(["Plant", "Latin name", "Extras"], *rows)).mapping.columns["items"]
    assert (held["title"], held["aliases"]) == ("Plant", "Latin name")


def test_yes_and_no_with_terms_is_a_scale() -> None:
    rows = [
        [f"Flat {i}", said] for i, said in enumerate(["ja", "nein", "nach Absprache", "ja", "nein", "nein"])
    ]
    found = guess(table(["Wohnung", "Haustiere"], *rows)).mapping.wording["haustiere"]
    assert found.order == ("no", "nach Absprache", "yes")
    assert "pets" in found.agent


def test_a_header_with_a_point_is_no_object() -> None:
    rows = [["Angel", "17"], ["Robe", "18"], ["Ducat", "21"]]
    found = guess(table(["Object", "Inv. no."], *rows))
    assert all(agent.strip() for each in found.mapping.wording.values() for agent in each.agent)
