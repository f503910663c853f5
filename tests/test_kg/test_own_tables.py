"""A person's own tables: formats, columns, what is left out and said, what is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tracemalloc
import types
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import catalogue as catalogues
from kg import names, naming
from kg.catalogue import Catalogue
from kg.errors import DataError, UsageError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.sources.lines import Lines
from kg.sources.mapping import Mapping, Wording
from kg.sources.table import Tables, read
from kg.types import Condition, Item, Kind, User

REPOSITORY = Path(__file__).parents[2]
WINES = REPOSITORY / "examples" / "wines"
DOC = (REPOSITORY / "docs" / "your-catalogue.md").read_text(encoding="utf-8")

ITEMS = "id,title,year,grape\n" + "".join(f"{n},Wine {n},2001,G{n}\n" for n in range(1, 7))
GRAPES = Mapping.of(relations=["grape"])


def read_in(
    folder: Path, mapping: Mapping = GRAPES, suffix: str = ".csv", **tables: str | bytes
) -> Catalogue:
    """Write the tables and read them; the six wines of `ITEMS` where no items are given."""
    paths = {}
    for what, content in ({"items": ITEMS} | tables).items():
        paths[what] = folder / f"{what}{suffix if what in tables else '.csv'}"
        paths[what].write_bytes(content.encode() if isinstance(content, str) else content)
    return read(Tables(**paths), mapping, "mine")


def facts(catalogue: Catalogue) -> set[tuple[str, str, str]]:
    return {
        (catalogue.items[i].id, catalogue.relations[r].name, catalogue.entities[e].label)
        for i, r, e in catalogue.edges.tolist()
    }


def skipped(catalogue: Catalogue) -> list[list[Any]]:
    rows: list[list[Any]] = catalogue.notes["report"]["first_skipped"]
    return rows


def dropped(catalogue: Catalogue) -> list[list[Any]]:
    rows: list[list[Any]] = catalogue.notes["report"]["first_dropped_cells"]
    return rows


def mapped(folder: Path, toml: str) -> Mapping:
    (folder / "usher.toml").write_text(toml, encoding="utf-8")
    return Mapping.load(folder / "usher.toml")


# Items


def test_an_item_has_what_the_usual_columns_say(tmp_path: Path) -> None:
    text = "sku,Name,Vintage,Description,Also known as,Domain\n"
    text += 'A1,The  Door,1990,"Red, dry",Door; Porte|Tür,wine\n'
    built = read_in(tmp_path, Mapping(), items=text)
    assert built.items == [Item("A1", "The Door", 1990, "wine", ("Door", "Porte", "Tür"))]
    assert built.texts == {"A1": "Red, dry"}


def test_a_mapping_goes_before_usual_columns(tmp_path: Path) -> None:
    built = read_in(
        tmp_path, Mapping.of({"id": "code", "title": "label"}), items="id,title,code,label\n1,T,A1,L\n"
    )
    assert [(item.id, item.title) for item in built.items] == [("A1", "L")]


def test_a_column_is_found_whatever_the_case_of_its_header(tmp_path: Path) -> None:
    assert read_in(tmp_path, Mapping.of({"id": "my code"}), items="My-Code,Title\n7,T\n").items[0].id == "7"


def test_items_are_of_the_domain_that_the_mapping_names(tmp_path: Path) -> None:
    assert {item.domain for item in read_in(tmp_path, Mapping.of(domain="wine")).items} == {"wine"}


def test_items_stay_in_the_order_of_the_file(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping(), items="id,title\nz,Z\na,A\nm,M\n")
    assert [item.id for item in built.items] == ["z", "a", "m"]


@pytest.mark.parametrize("cell", ["NV", "199O", "12345", "1_990", "-5", "2019-13-01"])
def test_a_year_that_is_none_is_reported_and_its_item_kept(tmp_path: Path, cell: str) -> None:
    built = read_in(tmp_path, items=ITEMS + f"7,Wine 7,{cell},G\n")
    assert built.items[-1] == Item("7", "Wine 7", None, "item")
    assert dropped(built) == [["items.csv", 8, f"year {cell!r} is no year or date"]]


def test_a_year_that_a_spreadsheet_made_a_float_is_a_year(tmp_path: Path) -> None:
    built = read_in(tmp_path, items=ITEMS + "7,Wine 7,1990.0,G\n")
    assert (built.items[-1].year, dropped(built)) == (1990, [])


def test_a_quoted_cell_may_hold_lines_and_the_next_line_number_is_right(tmp_path: Path) -> None:
    text = (
        'id,title,description\n1,A,"one\ntwo, ""three"""\n'
        + "".join(f"{n},T,\n" for n in range(2, 7))
        + ",T,\n"
    )
    built = read_in(tmp_path, Mapping(), items=text)
    assert built.texts == {"1": 'one\ntwo, "three"'}
    assert skipped(built) == [["items.csv", 9, "no id"]]


# Formats

ROWS = [("1", "Café", "1990", "Syrah"), ("2", "Other", "", "Gamay")]


def lines(mark: str) -> str:
    return "".join(mark.join(row) + "\n" for row in [("id", "title", "year", "grape"), *ROWS])


JSON = "".join(
    json.dumps({"id": int(a), "title": b, "year": int(c) if c else None, "grape": [d]}) + "\n"
    for a, b, c, d in ROWS
)


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".csv", lines(",").encode()),
        (".csv", lines(",").encode("utf-8-sig")),
        (".csv", lines(",").replace("\n", "\r\n").encode()),
        (".csv", lines(";").encode()),
        (".CSV", lines(",").encode()),
        (".tsv", lines("\t").encode()),
        (".jsonl", JSON.encode()),
        (".ndjson", JSON.encode("utf-8-sig")),
    ],
)
def test_every_format_says_the_same(tmp_path: Path, suffix: str, content: bytes) -> None:
    built = read_in(tmp_path, suffix=suffix, items=content)
    assert [(item.id, item.title, item.year) for item in built.items] == [
        ("1", "Café", 1990),
        ("2", "Other", None),
    ]
    assert facts(built) == {("1", "grape", "Syrah"), ("2", "grape", "Gamay")}


@pytest.mark.parquet
def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="reading Parquet needs the `parquet` extra")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        "id": [1, 2],
        "title": ["Café", "Other"],
        "year": [1990.0, None],
        "grape": [["Syrah"], ["Gamay"]],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "items.parquet")
    built = read(Tables(tmp_path / "items.parquet"), GRAPES, "mine")
    assert [(item.id, item.title, item.year) for item in built.items] == [
        ("1", "Café", 1990),
        ("2", "Other", None),
    ]
    assert facts(built) == {("1", "grape", "Syrah"), ("2", "grape", "Gamay")}


@pytest.mark.parquet
def test_a_damaged_parquet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="reading Parquet needs the `parquet` extra")
    with pytest.raises(DataError, match=r"items.parquet: not a Parquet file"):
        read_in(tmp_path, suffix=".parquet", items=b"PAR1 and no more")


def test_a_parquet_row_that_holds_no_text_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = {"id": [*range(6)], "title": [*"abcde", b"\xff"], "grape": [float("nan")] * 6}
    table = types.SimpleNamespace(to_pydict=lambda: columns)
    module = types.SimpleNamespace(read_table=lambda path: table)
    monkeypatch.setitem(sys.modules, "pyarrow", types.ModuleType("pyarrow"))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", module)
    built = read_in(tmp_path, suffix=".parquet", items=b"")
    assert (len(built.items), facts(built)) == (5, set())
    assert skipped(built) == [["items.parquet", 6, "no title"]]


def test_parquet_without_its_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"items.parquet: .*`parquet` extra, or save as CSV"):
        read_in(tmp_path, suffix=".parquet", items=b"")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv.gz", ""])
def test_an_unknown_format_names_the_known_ones(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be read.\n  Known: .csv, .tsv, .tab, .*, .jsonl"):
        read_in(tmp_path, suffix=suffix, items=b"")


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        "{",
        '{"id": {"a": 1}, "title": "T"}',
        '{"id": "\\ud800", "title": "T"}',
        '{"id": "\\u0000", "title": 1}',
        "[" * 100_000,
    ],
)
def test_a_json_line_that_is_no_row_is_left_out(tmp_path: Path, line: str) -> None:
    good = "".join(json.dumps({"id": n, "title": "T"}) + "\n" for n in range(5))
    built = read_in(tmp_path, Mapping(), suffix=".jsonl", items=good + line + "\n")
    assert len(built.items) == 5
    assert [row[:2] for row in skipped(built)] == [["items.jsonl", 6]]


# Relations


def test_a_cell_may_hold_several_values(tmp_path: Path) -> None:
    built = read_in(tmp_path, items="id,title,grape\n1,A,Syrah; Viognier\n2,B,Gamay|Syrah\n")
    assert {(item, label) for item, _, label in facts(built)} == {
        ("1", "Syrah"),
        ("1", "Viognier"),
        ("2", "Gamay"),
        ("2", "Syrah"),
    }


def test_separators_may_be_named(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, '[catalogue]\nseparators = [" / "]\n[relations.grape]\n')
    built = read_in(tmp_path, mapping, items="id,title,grape\n1,A,Syrah / Gamay; Noir\n")
    assert {label for *_, label in facts(built)} == {"Syrah", "Gamay; Noir"}


def test_columns_nobody_named_are_no_relations_and_are_reported(tmp_path: Path) -> None:
    built = read_in(tmp_path, items="id,title,grape,price,stock\n1,A,Syrah,9.50,3\n")
    assert [relation.name for relation in built.relations] == ["grape"]
    assert built.notes["report"]["unused_columns"] == {"items": ["price", "stock"]}


def test_where_no_relation_is_named_known_headers_are_taken(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping(), items="id,title,Genres,author,price\n1,A,Drama|Crime,Ada Quill,3\n")
    assert facts(built) == {("1", "genre", "Drama"), ("1", "genre", "Crime"), ("1", "author", "Ada Quill")}


def test_a_relation_may_have_another_name_than_its_column(tmp_path: Path) -> None:
    built = read_in(
        tmp_path, Mapping.of(relations=["grape=Main variety"]), items="id,title,Main variety\n1,A,Syrah\n"
    )
    assert facts(built) == {("1", "grape", "Syrah")}


def test_a_column_may_be_a_role_and_a_relation(tmp_path: Path) -> None:
    mapping = Mapping.of({"year": "vintage"}, relations=["vintage"])
    built = read_in(tmp_path, mapping, items="id,title,vintage\n1,A,1990\n")
    assert (built.items[0].year, facts(built)) == (1990, {("1", "vintage", "1990")})


def test_values_that_differ_in_case_and_spaces_are_one(tmp_path: Path) -> None:
    built = read_in(tmp_path, items="id,title,grape\n1,A,Pinot Noir\n2,B,PINOT  noir \n3,C,Pinot-Noir\n")
    assert sorted(entity.label for entity in built.entities) == ["Pinot Noir", "Pinot-Noir"]


def test_a_person_is_one_whatever_they_did(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, '[relations.maker]\nkind = "person"\n[relations.seller]\nkind = "person"\n')
    built = read_in(tmp_path, mapping, items="id,title,maker,seller\n1,A,Ada Quill,Ada Quill\n")
    assert (len(built.entities), len(built.edges)) == (1, 2)


LONG = "item,relation,value\n1,Region,Rioja\n1,made-by,Bo; Cy\n"


def test_relations_in_long_form(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping(), relations=LONG)
    assert facts(built) == {("1", "region", "Rioja"), ("1", "made_by", "Bo"), ("1", "made_by", "Cy")}


def test_relations_in_wide_form(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping(), relations="sku,Region,made-by\n1,Rioja,Bo; Cy\n2,,Bo\n")
    assert facts(built) == {
        ("1", "region", "Rioja"),
        ("1", "made_by", "Bo"),
        ("1", "made_by", "Cy"),
        ("2", "made_by", "Bo"),
    }


def test_facts_of_unknown_items_are_left_out_with_their_lines(tmp_path: Path) -> None:
    built = read_in(
        tmp_path, Mapping(), relations="item,relation,value\n1,region,Rioja\n99,region,Jura\n98,region,Jura\n"
    )
    assert facts(built) == {("1", "region", "Rioja")}
    assert skipped(built) == [
        ["relations.csv", 3, "unknown item '99'"],
        ["relations.csv", 4, "unknown item '98'"],
    ]


def test_facts_about_no_item_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"relations.csv:2: no row is about an item .*'99'"):
        read_in(tmp_path, relations="item,relation,value\n99,region,Rioja\n")


def test_items_that_follow_each_other_in_a_circle_are_read(tmp_path: Path) -> None:
    text = "item,relation,value\n1,subsequent_work,2\n2,subsequent_work,1\n1,previous_work,Elsewhere\n"
    built = read_in(tmp_path, Mapping(), relations=text)
    assert facts(built) == {
        ("1", "subsequent_work", "Wine 2"),
        ("2", "subsequent_work", "Wine 1"),
        ("1", "previous_work", "Elsewhere"),
    }


def test_relation_and_value_may_have_other_headers(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, '[columns.relations]\nitem = "a"\nrelation = "b"\nvalue = "c"\n')
    assert facts(read_in(tmp_path, mapping, relations="a,b,c\n1,region,Rioja\n")) == {
        ("1", "region", "Rioja")
    }


def test_a_named_relation_column_without_values_is_refused(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, '[columns.relations]\nrelation = "b"\n')
    with pytest.raises(DataError, match=r"relations.csv: there is no column 'value'"):
        read_in(tmp_path, mapping, relations="item,b,c\n1,region,Rioja\n")


def test_a_relation_without_facts_is_reported(tmp_path: Path) -> None:
    built = read_in(tmp_path, mapped(tmp_path, "[relations.grape]\n[relations.soil]\n"))
    assert built.notes["report"]["without_facts"] == ["soil"]


# People


def test_choices_are_in_the_order_of_time_then_of_the_ids(tmp_path: Path) -> None:
    log = "user,item,timestamp\na,1,30\na,2,10\na,3,30\na,4,9\nb,1,5\n"
    built = read_in(tmp_path, interactions=log)
    assert built.histories is not None
    assert [built.histories.of(n).tolist() for n in range(2)] == [[3, 1, 0, 2], [0]]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("2024-01-31", "2024-02-01"),
        ("2024-01-31T10:00:00Z", "2024-01-31 10:00:01"),
        ("2024-01-31T10:00:00+02:00", "2024-01-31T09:00:00"),
        ("9.5", "10"),
        ("1700000000000000001", "1700000000000000002"),
    ],
)
def test_times_may_be_numbers_or_dates(tmp_path: Path, early: str, late: str) -> None:
    built = read_in(tmp_path, interactions=f"user,item,date\na,1,{late}\na,2,{early}\n")
    assert built.histories is not None
    assert built.histories.of(0).tolist() == [1, 0]


def test_choices_without_times_are_in_the_order_of_the_ids(tmp_path: Path) -> None:
    built = read_in(tmp_path, interactions="customer,product\na,3\na,1\na,3\n")
    assert built.histories is not None
    assert built.histories.of(0).tolist() == [0, 2, 2]


def test_users_are_those_of_the_table_then_those_of_the_log(tmp_path: Path) -> None:
    built = read_in(
        tmp_path, users="id,gender,age,occupation\nq,F,35,cook\np,,,\n", interactions="user,item\nz,1\nq,2\n"
    )
    assert built.users == [User("q", "F", 35, "cook"), User("p"), User("z")]
    assert built.histories is not None
    assert [built.histories.of(n).tolist() for n in range(3)] == [[1], [], [0]]


def test_an_age_that_is_none_is_reported_and_its_user_kept(tmp_path: Path) -> None:
    built = read_in(tmp_path, users="id,age\nq,young\n")
    assert (built.users, dropped(built)) == (
        [User("q")],
        [["users.csv", 2, "age 'young' is not a whole number"]],
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,1,soon", "the time 'soon' is no number or date"),
        ("a,1,", "the time '' is no number or date"),
        ("a,1,nan", "the time '' is no number or date"),
        (",1,5", "no user"),
        ("a,,5", "no item"),
        ("a,99,5", "unknown item '99'"),
    ],
)
def test_a_choice_that_cannot_be_used_is_left_out(tmp_path: Path, row: str, why: str) -> None:
    built = read_in(tmp_path, interactions="user,item,time\n" + "a,1,1\n" * 4 + row + "\n")
    assert (built.counts["choices"], skipped(built)) == (4, [["interactions.csv", 6, why]])


def test_a_user_who_occurs_twice_is_taken_once(tmp_path: Path) -> None:
    built = read_in(tmp_path, users="id,age\n" + "".join(f"{n},20\n" for n in range(5)) + "1,30\n")
    assert [user.age for user in built.users] == [20] * 5
    assert skipped(built) == [["users.csv", 7, "user id '1' occurred before"]]


# Bad rows and bad files


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("7,Wine 7", "2 cells, expected 4"),
        ("7,Wine 7,2001,G,more", "5 cells, expected 4"),
        (",Wine 7,2001,G", "no id"),
        ("7, ,2001,G", "no title"),
        ("1,Wine 7,2001,G", "item id '1' occurred before"),
        ('"7"7,Wine 7,2001,G', "badly quoted (',' expected after '\"')"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line_and_why(tmp_path: Path, row: str, why: str) -> None:
    built = read_in(tmp_path, items=ITEMS + row + "\n8,Wine 8,2001,G\n")
    assert [item.id for item in built.items] == [*"123456", "8"]
    assert skipped(built) == [["items.csv", 8, why]]


def test_separators_at_the_end_of_a_row_are_no_cells(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping(), items="id,title\n1,A,,,\n")
    assert (len(built.items), skipped(built)) == (1, [])


def test_more_than_a_fifth_of_bad_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"items.csv: 2 of 8 rows are bad; the first is line 8: item id '1'"):
        read_in(tmp_path, items=ITEMS + "1,Wine 7,2001,G\n1,Wine 8,2001,G\n")


def test_a_fifth_of_bad_rows_is_left_out(tmp_path: Path) -> None:
    built = read_in(tmp_path, items=ITEMS.replace("6,Wine 6", ",") + "")
    assert (len(built.items), len(skipped(built))) == (5, 1)


def test_the_report_names_the_first_hundred_rows_and_counts_all(tmp_path: Path) -> None:
    rows = "".join(f"{n},T\n" for n in range(500)) + ",T\n" * 120
    report = read_in(tmp_path, Mapping(), items="id,title\n" + rows).notes["report"]
    assert (report["read"], report["skipped"], len(report["first_skipped"])) == ({"items": 500}, 120, 100)


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "+cmd", "-2+3", "@SUM(A1)"])
def test_a_formula_is_text_and_is_counted(tmp_path: Path, cell: str) -> None:
    built = read_in(tmp_path, suffix=".jsonl", items=json.dumps({"id": "1", "title": cell, "grape": "-3.5"}))
    assert (built.items[0].title, built.notes["report"]["formulas"]) == (cell, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"items.csv:1: there are no columns in it"),
        (b"id,title\n", r"items.csv: there are no rows in it"),
        (b"id,title\n1,Caf\xe9\n", r"items.csv:2: not UTF-8\n  .*iconv"),
        ("id,title\n1,A\n".encode("utf-16"), r"items.csv:1: a NUL byte: UTF-16 or no text\n  iconv"),
        (b"id,title\n1,A\0\n", r"items.csv:2: a NUL byte"),
        (b"id,title\n1,A\n2," + b"x" * 10_000_000, r"items.csv:3: a line of more than 1,000,000 bytes"),
        (b'id,title\n1,A\n2,"cut off', r"items.csv:3: a quoted cell of this row does not end"),
        (b'id,title\n1,"A\n2,B\n3,"C"\n', r"items.csv:2: a quoted cell of this row does not end"),
        (b'id,title\n1,"' + b"line\n" * 40_000, r"items.csv:2: a quoted cell of this row does not end"),
        (b"id,name,id\n1,A,2\n", r"items.csv: two columns are called 'id'"),
        (b"id,titel\n1,A\n", r"there is no column 'title'; did you mean 'titel'\?\n  Columns: id, titel\."),
        (b"a,b\n1,A\n", r"there is no column 'title'\.\n  Columns: a, b\."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_in(tmp_path, Mapping(), items=content)


TIMES = {
    "whole": ("3", "1", "2"),
    "parts of a second": ("1.5", "1.25", "1.375"),
    "some whole": ("2", "1.5", "1.75"),
    "a whole one last": ("1.75", "1.25", "1.5"),
    "beyond eight bytes": (f"{10**30 + 2}", f"{10**30}", f"{10**30 + 1}"),
    "beyond a float, beside a small one": (f"{2**53 + 1}", "1", f"{2**53}"),
    "dates": ("2001-01-03", "2001-01-01", "2001-01-02"),
}


@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_choices_stand_by_times_of_any_kind(tmp_path: Path, times: tuple[str, ...], suffix: str) -> None:
    mark = "," if suffix == ".csv" else "\t"
    rows = [("user", "item", "time"), *(("a", str(n), time) for n, time in enumerate(times, 1))]
    built = read_in(tmp_path, suffix=suffix, interactions="".join(mark.join(row) + "\n" for row in rows))
    assert built.histories is not None
    assert built.histories.of(0).tolist() == [1, 2, 0]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_formulas_of_a_log_are_counted(tmp_path: Path, suffix: str) -> None:
    mark = "," if suffix == ".csv" else "\t"
    log = "user,item,note\na,1,=1+1\nb,2,@x\nc,3,-5\n".replace(",", mark)
    assert read_in(tmp_path, suffix=suffix, interactions=log).notes["report"]["formulas"] == 2


def test_a_long_log_is_not_held_as_cells(tmp_path: Path) -> None:
    peaks = []
    for n in (1_000, 41_000):
        folder = tmp_path / str(n)
        folder.mkdir()
        log = "user,item,time\n" + "".join(f"u{row % 50},{row % 6 + 1},{row}\n" for row in range(n))
        tracemalloc.start()
        built = read_in(folder, interactions=log)
        peaks.append(tracemalloc.get_traced_memory()[1] - len(log) * 2)
        tracemalloc.stop()
        assert built.counts["choices"] == n
    assert (peaks[1] - peaks[0]) / 40_000 < 150  # bytes a choice; as cells more than 600


@pytest.mark.parametrize("what", ["items", "relations", "interactions", "users"])
def test_a_missing_file_is_named(tmp_path: Path, what: str) -> None:
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    tables = {"items": tmp_path / "items.csv", what: tmp_path / "gone.csv"}
    with pytest.raises(DataError, match=r"gone.csv: the file is not there"):
        read(Tables(**tables), GRAPES, "mine")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "items.csv").mkdir()
    with pytest.raises(DataError, match=r"items.csv: expected a file, found a folder"):
        read(Tables(tmp_path / "items.csv"), GRAPES, "mine")


def test_a_relation_whose_column_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"items.csv: there is no column 'graep'; did you mean 'grape'\?"):
        read_in(tmp_path, Mapping.of(relations=["graep"]))


def test_a_title_that_a_mapping_does_not_name_is_asked_for_where_it_can_be_said(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read_in(tmp_path, mapped(tmp_path, "[relations.nope]\n"), items="naam,grape\nA,B\n")
    assert str(error.value).split("\n  ")[1:] == [
        "Columns: naam, grape. Say which one it is: --title HEADER, or"
        ' title = "HEADER" below [columns.items] in a mapping.',
        "Nor is there a column for [relations.nope]: name its `column` there.",
    ]


def test_columns_that_are_made_of_others_are_not_listed_as_the_files(tmp_path: Path) -> None:
    items = "label,rating\n" + "".join(f"Wine {n},4.{n} ({n}2)\n" for n in range(1, 7))
    mapping = replace(Mapping.of({"title": "nope"}), guess=True)
    with pytest.raises(DataError, match=r"there is no column 'nope'\.\n  Columns: label, rating\. Name one"):
        read_in(tmp_path, mapping, items=items)


def test_more_domains_than_there_can_be_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{n},T,d{n}\n" for n in range(101))
    with pytest.raises(DataError, match=r"items.csv: column 'domain' has more than 100 domains"):
        read_in(tmp_path, Mapping(), items="id,title,domain\n" + rows)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".csv", ".tsv", ".jsonl"]),
    st.sampled_from([ITEMS.encode(), JSON.encode(), b""]),
    st.integers(0, 200),
    st.binary(max_size=20) | st.sampled_from([b'"', b",", b"\r", b"\n", b"\t", b'{"id":', b"[" * 50]),
)
def test_damaged_bytes_are_read_or_refused_and_nothing_else(
    tmp_path: Path, suffix: str, content: bytes, place: int, damage: bytes
) -> None:
    damaged = content[:place] + damage + content[place:]
    try:
        built = read_in(tmp_path, Mapping(), suffix=suffix, items=damaged)
    except DataError as error:
        said = str(error)
    else:
        said = json.dumps([built.notes, [item.title for item in built.items]], ensure_ascii=False)
    assert f"items{suffix}" in said or '"skipped": 0' in said
    assert said.encode()


# Mappings

WORDED = """
[catalogue]
domain = "wine"
nouns = ["wine", "wines"]
[relations.region]
kind = "place"
agent = ["region", "area"]
verb = ["grown in"]
work = []
preposition = ["from", "in"]
[relations."Made by"]
column = "maker"
"""


def test_wording_is_read_from_the_mapping(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, WORDED)
    assert (mapping.domain, mapping.nouns, mapping.relations) == (
        "wine",
        ("wine", "wines"),
        {"region": None, "made_by": "maker"},
    )
    assert mapping.wording["region"] == Wording(
        Kind.PLACE, ("region", "area"), ("grown in",), preposition=("from", "in")
    )


def test_wording_is_in_the_notes_as_plain_data(tmp_path: Path) -> None:
    mapping = mapped(tmp_path, WORDED)
    built = read_in(tmp_path, mapping, items="id,title,region,maker\n1,A,Rioja,Bo\n")
    wording = json.loads(json.dumps(built.notes["wording"]))
    assert wording["nouns"] == ["wine", "wines"]
    assert wording["relations"]["region"] == {
        "kind": "place",
        "agent": ["region", "area"],
        "verb": ["grown in"],
        "work": [],
        "place": [],
        "preposition": ["from", "in"],
    }


def test_a_relation_is_of_the_kind_that_the_mapping_names(tmp_path: Path) -> None:
    built = read_in(tmp_path, mapped(tmp_path, WORDED), items="id,title,region,maker\n1,A,Rioja,Bo\n")
    assert {relation.name: relation.kind for relation in built.relations} == {
        "made_by": Kind.OTHER,
        "region": Kind.PLACE,
    }


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[catalog]\n", r"usher.toml: unknown table 'catalog'; did you mean 'catalogue'"),
        ("[catalogue]\nnoun = []\n", r"unknown key of \[catalogue\] 'noun'; did you mean 'nouns'"),
        ("[columns.item]\n", r"unknown key of \[columns\] 'item'; did you mean 'items'"),
        ("[columns.items]\nname = 'x'\n", r"unknown key of \[columns.items\] 'name'"),
        ("[columns.items]\nid = 3\n", r"columns.items.id is 3, expected a word"),
        ("[catalogue]\nnouns = 'wine'\n", r"catalogue.nouns is 'wine', expected a list of words"),
        ("[catalogue]\nseparators = ['']\n", r"catalogue.separators is '', expected a word"),
        ("[relations]\nregion = 1\n", r"relations.region is 1, expected a table: \[relations.region\]"),
        ("[relations.region]\nkind = 'plase'\n", r"kind is 'plase', expected one of person, .* mean 'place'"),
        (
            "[relations.region]\nverbs = []\n",
            r"unknown key of \[relations.region\] 'verbs'; did you mean 'verb'",
        ),
        ("[relations.region]\nverb = [1]\n", r"relations.region.verb is 1, expected a word"),
        ("[relations.a]\n[relations.A]\n", r"relations.A: expected a relation's name, once"),
        ("[relations.'--']\n", r"relations.--: expected a relation's name"),
        ("[relations.a]\ncolumn='x'\n[relations.b]\ncolumn='x'\n", r"two relations have the column 'x'"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_the_key(tmp_path: Path, toml: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        mapped(tmp_path, toml)


@pytest.mark.parametrize("content", [b"[catalogue\n", b"\xff\xfe", b"a = 1\0"])
def test_a_mapping_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "usher.toml").write_bytes(content)
    with pytest.raises(DataError, match=r"usher.toml: not TOML"):
        Mapping.load(tmp_path / "usher.toml")


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone.toml: cannot be read"):
        Mapping.load(tmp_path / "gone.toml")


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"unknown column role 'titel'; did you mean 'title'"):
        Mapping.of({"titel": "name"})


def test_a_flag_may_name_a_column_of_another_table(tmp_path: Path) -> None:
    built = read_in(tmp_path, Mapping.of({"users.id": "who"}), users="who\nq\n")
    assert built.users == [User("q")]


# The whole


def tables_of(folder: Path) -> Tables:
    return Tables(*(folder / f"{name}.csv" for name in ("items", "relations", "interactions", "users")))


def wines() -> Catalogue:
    return read(tables_of(WINES), Mapping.load(WINES / "usher.toml"), "wines")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        catalogues.save(wines(), tmp_path / name)
    hashes = [{path.name: file_hash(path) for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert hashes[0] == hashes[1]


def test_a_changed_cell_changes_the_version(tmp_path: Path) -> None:
    assert read_in(tmp_path).version != read_in(tmp_path, items=ITEMS.replace("2001", "2002")).version


def test_a_saved_catalogue_keeps_its_report_and_wording(tmp_path: Path) -> None:
    built = wines()
    catalogues.save(built, tmp_path)
    assert catalogues.load(tmp_path).notes == built.notes


def test_the_graph_answers_from_the_wines(tmp_path: Path) -> None:
    built = wines()
    naming.write(built, tmp_path)
    graph = KnowledgeGraph(built, names.load(tmp_path))
    found = graph.find([Condition("region", "tokaj"), Condition("style", "sweet")])
    assert [graph.item(key).title for key in graph.ids(found)] == ["Thirsty Whistle"]


def test_the_wines_are_200_of_which_every_one_has_every_relation() -> None:
    built = wines()
    held = {(item, built.relations[relation].name) for item, relation, _ in built.edges.tolist()}
    held |= {(item, name) for name, told in built.literals.items() for item in told.items.tolist()}
    assert (len(built.items), len(held)) == (200, 200 * len(built.relations))


def test_a_hundred_thousand_items_are_read_row_by_row_without_rereading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time depends on the machine; that every line is read once does not."""
    asked: list[str] = []
    plain = Lines.__next__
    monkeypatch.setattr(Lines, "__next__", lambda self: asked.append("") or plain(self))
    text = "id,title,grape\n" + "".join(f"{n},Wine {n},G{n % 90}\n" for n in range(100_000))
    assert (read_in(tmp_path, items=text).counts["edges"], len(asked)) == (100_000, 100_002)


# The page


def test_the_mapping_of_the_page_is_the_one_of_the_example(tmp_path: Path) -> None:
    shown, _ = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)
    assert mapped(tmp_path, shown) == Mapping.load(WINES / "usher.toml")


def test_the_policy_of_the_page_has_every_rule(tmp_path: Path) -> None:
    _, shown = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)
    assert mapped(tmp_path, shown).policy.notes().keys() == {each.name for each in fields(Policy)}


@pytest.mark.parametrize(
    ("code", "output"), re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", DOC, re.DOTALL)
)
def test_the_python_of_the_page_prints_what_it_shows(code: str, output: str) -> None:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=120, check=False)
    assert (done.stdout, done.stderr) == (output, "")


def test_every_python_block_of_the_page_shows_its_output() -> None:
    assert (
        DOC.count("```python\n")
        == len(re.findall(r"```python\n(?:(?!```).)*```\n\n```text\n", DOC, re.DOTALL))
        == 2
    )
