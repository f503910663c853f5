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


def test_days_of_the_week_are_lists_of_days() -> None:
    read = as_meant(
        table(["name", "Open days"], ["A", "Tue-Thu"], ["B", "daily"], ["C", "Sat & Sun"], ["D", "Fri-Mon"])
    )
    assert column(read, "Open days")[0] == ["Tuesday", "Wednesday", "Thursday"]
    assert column(read, "Open days")[1][-3:] == ["every day", "weekdays", "weekend"]  # type: ignore[index]
    assert column(read, "Open days")[2] == ["Saturday", "Sunday", "weekend"]
    assert column(read, "Open days")[3] == ["Monday", "Friday", "Saturday", "Sunday", "weekend"]


def test_labels_beside_numbers_are_a_note() -> None:
    cells_ = ["12", "3", "on order", "0", "on order", "40", "7"]
    read = as_meant(table(["name", "stock"], *([f"Item {i}", cell] for i, cell in enumerate(cells_))))
    assert column(read, "stock") == ["12", "3", "", "0", "", "40", "7"]
    assert column(read, "stock note") == ["", "", "on order", "", "on order", "", ""]


def test_hours_are_when_something_opens_and_closes() -> None:
    read = as_meant(
        table(["name", "Opening hours"], ["A", "8:30-18:00"], ["B", "9am to 5:30pm"], ["C", "7.00 - 12.30"])
    )
    assert column(read, "opens") == ["08:30", "09:00", "07:00"]
    assert column(read, "closes") == ["18:00", "17:30", "12:30"]
    assert as_meant(table(["name", "ages"], ["A", "8-12"], ["B", "4-10"])).columns != [
        "name",
        "opens",
        "closes",
    ]


def test_prices_for_different_times_are_apart() -> None:
    cells_ = ["£84/day", "£365 per week", "£47 per day", "£1200 pcm", "£1,280 / month", "£405 a week"]
    read = as_meant(table(["name", "Fee"], *([f"Item {i}", cell] for i, cell in enumerate(cells_))))
    assert read.columns == ["name", "Fee per day", "Fee per week", "Fee per month"]
    assert column(read, "Fee per month") == ["", "", "", "£1200", "£1,280", ""]


def test_dates_behind_labels_are_apart() -> None:
    cells_ = ["good - Nov 2024", "Good", "outstanding (2023)", "good - Nov 2024", "outstanding (2023)"]
    read = as_meant(table(["name", "Inspection"], *([f"Item {i}", cell] for i, cell in enumerate(cells_))))
    assert column(read, "Inspection") == ["good", "Good", "outstanding", "good", "outstanding"]
    assert column(read, "Inspection date") == ["Nov 2024", "", "2023", "Nov 2024", "2023"]


def test_ages_from_and_to_are_in_years() -> None:
    read = as_meant(table(["name", "ages"], ["A", "12 months - 5 yrs"], ["B", "3m to 4y"], ["C", "2+"]))
    assert column(read, "min age") == ["1", "0.25", "2"]
    assert column(read, "max age") == ["5", "4", ""]


def test_what_only_a_mark_stands_in_is_yes_or_no() -> None:
    read = as_meant(table(["name", "Open"], ["A", "x"], ["B", ""], ["C", "X"]))
    assert column(read, "Open") == ["yes", "no", "yes"]


def test_a_second_number_in_brackets_is_a_column() -> None:
    read = as_meant(
        table(["name", "Yr"], ["A", "1966 (refit 1977)"], ["B", "1980"], ["C", "2008 (refit 2022)"])
    )
    assert column(read, "Yr") == ["1966", "1980", "2008"]
    assert column(read, "refit year") == ["1977", "", "2022"]


def test_parts_that_a_mapping_names_are_read_without_a_guess() -> None:
    told = table(["name", "Opening hours"], ["A", "8:30-18:00"], ["B", "9:00-17:30"])
    assert as_meant(told, {"name", "opens", "closes"}, guess=False).columns == ["name", "opens", "closes"]
    assert as_meant(told, {"name", "Opening hours"}, guess=False).columns == told.columns


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("22' 6\"", 22.5, "ft"), ("32'", 32.0, "ft"), ("5+1", 6.0, ""), ("1'299", 1299.0, "")],
)
def test_feet_and_sums_are_numbers(cell: str, value: float, unit: str) -> None:
    assert cells.number(cell) == cells.Number(value, unit)


def test_a_header_that_is_repeated_and_a_closing_line_are_no_items() -> None:
    columns = ["no", "name", "price", "notes"]
    read = as_meant(
        table(columns, ["1", "A", "5", ""], columns, ["2", "B", "6", "x"], ["2 items", "", "", ""])
    )
    assert [row.cells[1] for row in read.rows] == ["A", "B"]
    assert [each.why for each in read.no_items] == ["the header again", "nothing but '2 items'"]


def test_a_date_without_a_year_is_of_the_one_that_most_are_of() -> None:
    read = as_meant(
        table(
            ["name", "seen"], ["A", "3 May"], ["B", "12 Apr 2026"], ["C", "1 June 2026"], ["D", "2 Feb 2025"]
        )
    )
    assert column(read, "seen") == ["3 May 2026", "12 Apr 2026", "1 June 2026", "2 Feb 2025"]


def test_sizes_are_a_column_for_each_side_that_the_header_names() -> None:
    rows = [["A", "80 x 40 x 95"], ["B", '20" x 12" x 30"'], ["C", "W120 H91"], ["D", "95 x 20"]]
    read = as_meant(table(["name", "Size W x D x H (cm)"], *rows))
    assert read.columns == ["name", "width", "depth", "height"]
    assert column(read, "width") == ["80 cm", "20 in", "120 cm", ""]
    assert column(read, "height") == ["95 cm", "30 in", "91 cm", ""]


def test_the_day_of_the_week_is_told_where_things_take_place_on_dates() -> None:
    rows = [["A", "2026-03-07"], ["B", "2026-03-09"], ["C", "2026-03-11"]]
    read = as_meant(table(["name", "date"], *rows))
    assert column(read, "weekday") == [["Saturday", "weekend"], ["Monday"], ["Wednesday"]]
    assert as_meant(table(["name", "last inspected"], *rows)).columns == ["name", "last inspected"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("was £7,350, now £5,850", 5850.0),
        ("£175 now £135", 135.0),
        ("24 (+12 outside)", 24.0),
        ("around £19.50", 19.5),
        ("approx. 48", 48.0),
    ],
)
def test_a_number_is_read_out_of_what_stands_around_it(cell: str, value: float) -> None:
    found = cells.number(cell)
    assert found is not None
    assert found.value == value


def test_a_bare_number_among_two_units_is_in_the_one_whose_values_it_is_like() -> None:
    form = cells.number_form(["22 ft", "34 ft", "41 ft", "7.5 m", "9.8 m", "12 m", "9.1"])
    values = [
        cells.in_unit(found, form) for each in ("9.1", "30", "12") if (found := cells.number(each, form))
    ]
    assert values[0] == pytest.approx(29.86, abs=0.01)
    assert values[1] == 30.0


def test_what_is_full_has_nothing_left() -> None:
    form = cells.number_form(["150", "FULL", "40", "15"])
    assert cells.number("FULL", form) == cells.Number(0.0)


def test_a_short_description_names_items_that_have_no_other_name() -> None:
    rows = [["x1", "Tall pine bookcase", "pine"], ["x2", "Green velvet sofa bed", "velvet"]]
    rows += [["x3", "Low oak coffee table", "oak"], ["x4", "Old grey corner sofa", "wool"]]
    assert (
        guess(table(["sku", "Description", "Material"], *rows)).mapping.columns["items"]["title"]
        == "Description"
    )


def test_a_label_that_repeats_its_header_is_the_one_without_it() -> None:
    rows = [["A", "Fin keel"], ["B", "fin"], ["C", "drop keel"], ["D", "fin"]]
    assert column(as_meant(table(["boat", "keel"], *rows)), "keel") == ["fin", "fin", "drop keel", "fin"]


@pytest.mark.parametrize(
    ("header", "cells_", "wanted"),
    [
        ("Data", ["5 GB", "unlimited", "20 GB"], ["5 GB", "unlimited", "20 GB"]),
        ("Max height", ["2.1 m", "none", "1.9 m"], ["2.1 m", "unlimited", "1.9 m"]),
        ("Call-out fee", ["£30", "none", "£45"], ["£30", "0", "£45"]),
        ("Minimum stay", ["2 nights", "none", "3 nights"], ["2 nights", "0", "3 nights"]),
        ("Parking", ["£3", "none", "free"], ["£3", "none", "free"]),
        ("Rating", ["4.1", "none", "3.9"], ["4.1", "none", "3.9"]),
        ("Delivery time", ["next day", "3 days", "1 week"], ["1 day", "3 days", "1 week"]),
    ],
)
def test_words_among_numbers_are_the_numbers_that_they_say(
    header: str, cells_: list[str], wanted: list[str]
) -> None:
    read = as_meant(
        table(["name", header], *([name, cell] for name, cell in zip("ABC", cells_, strict=True)))
    )
    assert column(read, header) == wanted


def test_yes_and_no_stand_apart_from_what_a_thing_measures() -> None:
    read = as_meant(table(["gym", "Pool"], ["A", "25 m"], ["B", "no"], ["C", "20 m"]))
    assert column(read, "Pool") == ["yes", "no", "yes"]
    assert column(read, "pool length") == ["25 m", "", "20 m"]


def test_what_is_open_all_day_opens_and_closes_at_midnight() -> None:
    read = as_meant(
        table(["name", "Open"], ["A", "24h"], ["B", "8:30-18:00"], ["C", "07:00 - 00:00"], ["D", "24/7"])
    )
    assert column(read, "opens") == ["00:00", "08:30", "07:00", "00:00"]
    assert column(read, "closes") == ["24:00", "18:00", "24:00", "24:00"]


def test_a_header_that_begins_with_money_is_a_price_and_short_forms_are_in_full() -> None:
    assert (header_words("£ per hour"), header_unit("£ per hour")) == ("price per hour", "GBP")
    assert [header_words(each) for each in ("Price p.p.", "Rent (pcm)", "Map", "Top")] == [
        "price per person",
        "rent per month",
        "map",
        "top",
    ]


def test_prices_from_something_and_in_pence_are_numbers() -> None:
    assert cells.number("from £35") == cells.Number(35.0, "GBP")
    assert cells.number("35p/kWh") == cells.Number(35.0, "p")
    assert converted(35, "p", "GBP") == 0.35


def test_a_rating_under_the_header_of_reviews_is_one_and_their_number_another() -> None:
    read = as_meant(table(["cake", "Reviews"], ["A", "4.5 (6)"], ["B", "3.6 (15)"], ["C", "4.0 (12)"]))
    assert read.columns == ["cake", "rating", "reviews"]


def test_a_letter_of_its_header_is_a_mark() -> None:
    read = as_meant(table(["cake", "Vegan"], ["A", "V"], ["B", ""], ["C", "V"]))
    assert column(read, "Vegan") == ["yes", "no", "yes"]


def test_a_price_that_was_higher_is_reduced() -> None:
    read = as_meant(table(["lamp", "Price"], ["A", "was £9, now £7"], ["B", "£8"], ["C", "was £5, now £4"]))
    assert column(read, "reduced") == ["yes", "no", "yes"]


def test_hours_of_several_columns_are_told_apart() -> None:
    rows = [["A", "06:00-22:00", "08:00-16:00"], ["B", "07:30-21:00", "24h"]]
    read = as_meant(table(["name", "weekday_hours", "weekend_hours"], *rows))
    wanted = ["weekday opens", "weekday closes", "weekend opens", "weekend closes"]
    assert read.columns == ["name", *wanted]
    assert column(read, "weekend closes") == ["16:00", "24:00"]


def test_years_are_years_however_short() -> None:
    rows = [["A", "2010"], ["B", "'21"], ["C", "2015 model"], ["D", "1999"], ["E", "2004"]]
    assert column(as_meant(table(["name", "Year"], *rows)), "Year") == [
        "2010",
        "2021",
        "2015",
        "1999",
        "2004",
    ]


def test_a_former_price_tells_what_is_reduced() -> None:
    rows = [["A", "80", "100"], ["B", "50", ""], ["C", "30", "30"], ["D", "20", "25"], ["E", "10", "12"]]
    assert column(as_meant(table(["name", "price", "was"], *rows)), "reduced") == [
        "yes",
        "no",
        "no",
        "yes",
        "yes",
    ]
    assert "reduced" not in as_meant(table(["name", "price", "rating"], *rows)).columns


def test_a_header_may_be_told_for_a_time_or_end_in_its_limit() -> None:
    assert (header_words("trainer_per_hour"), header_unit("trainer_per_hour")) == ("trainer per hour", "")
    assert (header_words("pH"), header_words("players.max")) == ("ph", "max players")


def test_no_fee_is_a_fee_of_nothing() -> None:
    rows = [["A", "£30"], ["B", "none"], ["C", "free"], ["D", "£45"], ["E", "£60"]]
    assert column(as_meant(table(["name", "Call-out fee"], *rows)), "Call-out fee")[1] == "0"


def test_what_and_joins_is_a_list_where_its_parts_stand_alone() -> None:
    rows = [
        [f"X{i}", each] for i, each in enumerate(["separate", "separate and family", "mixed", "separate"] * 3)
    ]
    guessed = guess(table(["name", "changing rooms"], *rows)).mapping.wording["changing_rooms"]
    assert guessed.separators == (" and ",)
    rows = [[f"X{i}", each] for i, each in enumerate(["oak", "black and white", "pine", "oak"] * 3)]
    assert guess(table(["name", "look"], *rows)).mapping.wording["look"].separators == ()
