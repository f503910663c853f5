"""Cells that people leave untidy: labels of several spellings, ages, plates, hours, notes behind numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources import cells
from kg.sources.guess import guess
from kg.sources.profile import columns_of
from kg.sources.reading import as_meant
from kg.sources.tables import Row, Table
from kg.sources.usual import header_unit, header_words, other_name, zero_is_none
from kg.types import Kind


def table(columns: list[str], *rows: list[str], name: str = "things.csv") -> Table:
    """Return a table with these cells."""
    return Table(Path(name), columns, [Row(i, list(row)) for i, row in enumerate(rows, 2)], [])


def only(header: str, said: list[str], name: str = "things.csv") -> list[object]:
    """Return the cells of a column beside one of titles, as they are meant."""
    read = as_meant(table(["title", header], *([f"T{i}", each] for i, each in enumerate(said)), name=name))
    return [row.cells[read.columns.index(header)] for row in read.rows]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (["Off-white", "off white", "Off-white", "Navy"], ["Off-white", "Off-white", "Off-white", "Navy"]),
        (["Quad", "Quads", "quad", "Quad"], ["Quad"] * 4),
        (["very good", "v. good", "good", "very good"], ["very good", "very good", "good", "very good"]),
        (["Lincs", "Lincolnshire", "Lincs", "Devon"], ["Lincolnshire"] * 3 + ["Devon"]),
        (["N. Yorks", "North Yorkshire", "Kent", "Kent"], ["North Yorkshire"] * 2 + ["Kent"] * 2),
        (["4WD", "4x4", "4WD", "2WD"], ["4WD", "4WD", "4WD", "2WD"]),
        (["bus 1-2", "bus 12", "bus 1-2", "bus 12"], ["bus 1-2", "bus 12"] * 2),
    ],
)
def test_labels_that_are_the_same_are_spelled_the_same(said: list[str], meant: list[str]) -> None:
    assert only("sort", said * 2) == meant * 2


def test_a_label_with_a_detail_behind_it_is_both() -> None:
    assert only("parking", ["free", "free, 120 spaces", "free", "none"])[:2] == [
        "free",
        ["free", "120 spaces"],
    ]


def test_a_list_with_commas_has_no_details() -> None:
    said = ["soya, sesame", "sesame", "sesame", "soya"]
    assert only("contains", said) == said


def test_a_price_has_no_details() -> None:
    assert only("entry", ["free", "£9", "free", "free (donations welcome)", "£4", "£6", "£8"])[3] != ["free"]


def test_both_is_either_of_two_labels() -> None:
    said = ["Manual", "Automatic", "Both", "Manual"]
    assert only("gearbox", said) == ["Manual", "Automatic", ["Automatic", "Manual"], "Manual"]
    other = ["Manual", "Automatic", "Both", "Electric"]
    assert only("gearbox", other) == other


def test_a_label_that_says_what_any_item_is_is_the_one_without_it() -> None:
    said = ["bracket", "bracket clock", "bracket", "cuckoo"]
    assert only("type", said, "clocks.csv")[1] == "bracket"


def test_times_with_a_half_of_the_day_are_times_of_a_whole_day() -> None:
    said = ["7:45 am", "12 pm", "1.30 p.m.", "midnight"]
    assert only("pick-up", said) == ["07:45", "12:00", "13:30", "00:00"]


def test_round_times_from_early_on_are_of_the_day_and_short_ones_are_durations() -> None:
    first = columns_of(table(["first tee time"], ["07:30"], ["08:00"], ["09:15"]))[0]
    cooking = columns_of(table(["cooking time"], ["00:45"], ["01:30"], ["02:00"]))[0]
    assert (first.number_form.unit, cooking.number_form.unit) == ("clock", "min")


def test_opening_hours_need_no_minutes() -> None:
    read = as_meant(table(["room", "Hours"], ["A", "8-18"], ["B", "8:30-17:30"], ["C", "24h"]))
    assert read.columns == ["room", "opens", "closes"]
    assert read.rows[0].cells[1:] == ["08:00", "18:00"]
    other = as_meant(table(["room", "Persons"], ["A", "8-18"], ["B", "8-12"], ["C", "2-4"]))
    assert other.columns == ["room", "min Persons", "max Persons"]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("c.1999", "1999"),
        ("2018 reg", "2018"),
        ("09 plate", "2009"),
        ("69 plate", "2019"),
        ("dated 1743", "1743"),
        ("13th century", "1250"),
        ("late 18th C", "1784"),
        ("1930s", "1935"),
        ("Georgian", "1772"),
    ],
)
def test_years_are_told_in_many_ways(cell: str, year: str) -> None:
    assert only("made", ["1901", "1933", "1870", "1950", "2001", "1988", cell, cell])[-1] == year


def test_ages_are_labels_besides() -> None:
    read = as_meant(
        table(["lot", "Date"], ["A", "1910"], ["B", "Georgian"], ["C", "c.1830"], ["D", "Georgian"])
    )
    assert read.columns == ["lot", "Date", "Date age"]
    assert read.rows[1].cells == ["B", "1772", "Georgian"]


def test_labels_alone_are_no_years() -> None:
    said = ["Victorian", "Georgian", "modern", "Victorian"]
    assert only("style", said) == said


def test_a_season_may_be_of_weekends_or_begin_at_easter() -> None:
    said = ["Apr - Oct", "weekends only, May - Sept", "Easter - end Sept", "all year", "1 Apr to 31 Oct"]
    seasons = only("Open", said)
    assert seasons[1] == ["May", "June", "July", "August", "September"]
    assert seasons[2] == ["April", "May", "June", "July", "August", "September"]


def test_days_on_which_something_is_closed_may_be_none() -> None:
    said = ["Mon", "never", "Mon-Fri", "Mon", "Tue", "Mon", "Mon", "Mon", "Mon", "Mon", "Mon"]
    assert only("Closed on", said)[:2] == [["Monday"], "never"]


def test_dates_without_a_year_may_name_their_day() -> None:
    said = ["14 Mar", "Sun 15 March", "14/03/26", "14 Mar", "14 Mar", "Sat 14 March 2026"]
    assert [cells.date(str(each)) for each in only("Sale day", said)][:2] == [20260314, 20260315]


@pytest.mark.parametrize(
    ("header", "words", "unit", "none"),
    [
        ("Buggy hire (£, 0 = none)", "buggy hire", "GBP", True),
        ("Delivery (£, 0 = free)", "delivery", "GBP", False),
        ("Hours\n(or miles)", "hours", "h", False),
    ],
)
def test_a_header_may_say_what_nothing_means(header: str, words: str, unit: str, none: bool) -> None:
    assert (header_words(header), header_unit(header), zero_is_none(header)) == (words, unit, none)


def test_nothing_is_known_where_a_header_says_that_nought_is_none() -> None:
    said = only("Hire (£, 0 = none)", ["18", "0", "20", "0"])
    assert said == ["18", "", "20", ""]


def test_a_length_of_nought_is_none() -> None:
    read = as_meant(table(["name", "Repeat"], ["A", "none"], ["B", "0"], ["C", "32 cm"], ["D", "64 cm"]))
    assert [row.cells[1] for row in read.rows] == ["no", "no", "yes", "yes"]


def test_numbers_with_labels_may_have_intervals_among_them() -> None:
    said = ["2-3 hrs", "1 hr", "all day", "3-4 hrs", "all day", "90 mins"]
    read = as_meant(table(["name", "Time"], *([f"T{i}", each] for i, each in enumerate(said))))
    assert read.columns == ["name", "min Time", "max Time", "Time note"]
    assert read.rows[2].cells[1:] == ["", "", "all day"]


def test_letters_beside_figures_are_grades() -> None:
    said = ["A", "5", "B", "6", "A", "5", "B", "6"]
    assert only("Grade", said) == said


def test_two_kinds_of_labels_among_numbers_are_one_note() -> None:
    said = ["no wait", "2 weeks", "4 weeks", "books closed", "no wait", "1 week", "books closed", "1 week"]
    read = as_meant(table(["name", "Waiting list"], *([f"T{i}", each] for i, each in enumerate(said))))
    assert read.columns == ["name", "Waiting list", "Waiting list note"]
    assert [row.cells[2] for row in read.rows][:4] == ["no wait", "", "", "books closed"]
    assert guess(read).mapping.relations["waiting_list_note"] == "Waiting list note"


def test_a_mark_among_yes_and_no_is_yes() -> None:
    assert only("Fire rated", ["Y", "x", "N", "Y", "n"])[1] == "yes"


@pytest.mark.parametrize(
    ("cell", "value"), [("2.1 t", 2.1), ("under 5s free, then £6", 6.0), ("free (donations welcome)", 0.0)]
)
def test_a_number_is_read_out_of_what_stands_beside_it(cell: str, value: float) -> None:
    found = cells.number(cell, cells.number_form([cell, "free"]))
    assert found is not None
    assert found.value == value


def test_tonnes_are_no_trillions() -> None:
    said = ["800 kg", "2.1 t", "6,300 kg", "900 kg", "1.3 t"]
    form = cells.number_form(said)
    found = cells.number("2.1 t", form)
    assert found is not None
    assert cells.in_unit(found, form) == pytest.approx(2100.0)


def test_a_column_that_is_called_old_without_amounts_is_no_former_price() -> None:
    columns = ["Model", "Price (£)", "Was (£)", "Old one collected"]
    rows = [[f"M{i}", str(100 + i), str(100 + 2 * i), "yes"] for i in range(6)]
    read = as_meant(table(columns, *rows))
    assert [row.cells[read.columns.index("reduced")] for row in read.rows][:2] == ["no", "yes"]


def test_what_is_paid_for_a_time_is_a_number_of_money() -> None:
    told = table(["name", "Hourly rate"], ["A", "30"], ["B", "35"], ["C", "40"])
    assert guess(as_meant(told)).mapping.wording["hourly_rate"].kind is Kind.NUMBER


def test_two_ends_of_one_thing_are_its_least_and_most() -> None:
    sizes = ["shoe", "Smallest size (UK)", "Largest size (UK)"]
    assert as_meant(table(sizes, ["A", "4", "9"], ["B", "6", "13"])).columns == [
        "shoe",
        "min size (UK)",
        "max size (UK)",
    ]
    alone = as_meant(table(["town", "Highest point (m)"], ["A", "40"], ["B", "60"]))
    assert alone.columns == ["town", "Highest point (m)"]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Maker /\nretailer", "maker", "retailer"),
        ("price/night", "price night", ""),
        ("Built / founded", "built", "founded"),
    ],
)
def test_a_header_of_two_names_is_known_by_both(header: str, first: str, second: str) -> None:
    assert (header_words(header), other_name(header)) == (first, second)


def test_sizes_are_numbers_whatever_measure_they_name() -> None:
    said = ["UK 8", "10", "12-14", "16 (altered)", "8-10"]
    read = as_meant(table(["dress", "Size"], *([f"D{i}", each] for i, each in enumerate(said))))
    assert read.columns == ["dress", "min Size", "max Size"]
    assert [row.cells[1] for row in read.rows] == ["8", "10", "12", "16", "8"]
    other = ["UK 8", "EU 38", "10", "12"]
    assert only("Size", other) == other


def test_what_is_welcome_is_yes_beside_no_and_what_is_included_is_a_label() -> None:
    assert only("Dogs", ["welcome", "no", "on leads", "welcome"])[:3] == ["yes", "no", "on leads"]
    said = ["included", "no", "on request", "included"]
    assert only("Catering", said) == said


def test_a_header_leaves_out_what_it_supposes() -> None:
    assert header_words("Annual fee (10 m boat)") == "annual fee"
    assert header_words("Child (5-15)") == "child"


def test_items_without_names_are_called_by_their_codes() -> None:
    rows = [[f"D{200 + i}", "Ann Moor" if i % 2 else "Bo Lind", str(i)] for i in range(8)]
    held = guess(as_meant(table(["Ref", "Designer", "Price"], *rows))).mapping.columns["items"]
    assert (held["id"], held.get("title", "")) == ("Ref", "")


def test_what_is_told_in_hours_beside_a_clock_makes_it_one_of_hours() -> None:
    form = cells.number_form(["3-4 h", "3.75 h", "7:15", "4 h", "2:30"])
    found = cells.number("7:15", form)
    assert found is not None
    assert (found.value, found.unit) == (435.0, "min")


def test_a_short_description_names_items_before_their_codes_do() -> None:
    rows = [[f"C{i}", f"{colour} two seater", str(i)] for i, colour in enumerate("red blue grey".split(), 1)]
    held = guess(as_meant(table(["Item no.", "Description", "Price"], *rows))).mapping.columns["items"]
    assert held["title"] == "Description"
