"""What is guessed of a table as it comes: roles, kinds, units, separators, words; and reading by it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.catalogue import Catalogue
from kg.errors import DataError, UsageError
from kg.sources.formats import read_rows, separator_of
from kg.sources.guess import Guess, guess
from kg.sources.mapping import Mapping, Wording
from kg.sources.proposal import toml
from kg.sources.reading import as_meant
from kg.sources.table import Tables, read
from kg.sources.tables import Table
from kg.types import Kind

GUESSED = Mapping(guess=True)
NAMES = "Amber Birch Cedar Delta Ember Fjord Grove Heath Inlet Jetty Knoll Ledge".split()


def table_in(folder: Path, content: str, name: str = "items.csv") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def columns(**held: Sequence[object]) -> str:
    """Return a CSV of a column of names and these columns, whose values are repeated as far as needed."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["name", *(header.replace("_", " ") for header in held)])
    for place, name in enumerate(NAMES):
        writer.writerow([name, *(values[place % len(values)] for values in held.values())])
    return stream.getvalue()


def guessed_in(folder: Path, content: str, name: str = "items.csv", known: Mapping = Mapping()) -> Guess:
    return guess(read_rows(table_in(folder, content, name)), known)


def wording_of(folder: Path, **held: Sequence[object]) -> Wording:
    """Return the wording of the only relation that is guessed of these columns."""
    (wording,) = guessed_in(folder, columns(**held)).mapping.wording.values()
    return wording


def read_in(folder: Path, content: str, name: str = "items.csv", **tables: str) -> Catalogue:
    more = {what: table_in(folder, text, f"{what}.csv") for what, text in tables.items()}
    return read(Tables(table_in(folder, content, name), **more), GUESSED, "mine")


def literals(catalogue: Catalogue, name: str) -> dict[str, float]:
    held = catalogue.literals[name]
    pairs = zip(held.items.tolist(), held.values.tolist(), strict=True)
    return {catalogue.items[item].title: value for item, value in pairs}


def labels(catalogue: Catalogue, name: str) -> list[tuple[str, str]]:
    return [
        (catalogue.items[i].title, catalogue.entities[e].label)
        for i, r, e in catalogue.edges.tolist()
        if catalogue.relations[r].name == name
    ]


def row_of(catalogue: Catalogue, header: str) -> dict[str, Any]:
    return next(row for row in catalogue.notes["report"]["columns"] if row["header"] == header)


# Kinds


@pytest.mark.parametrize(
    ("header", "values", "kind", "unit"),
    [
        ("price", ["$1,299.00", "$5", "N/A"], Kind.NUMBER, "USD"),
        ("Price (EUR)", ["12.50", "9"], Kind.NUMBER, "EUR"),
        ("runtime", ["98 min", "1h 40m"], Kind.NUMBER, "min"),
        ("runtime", [98, 120], Kind.NUMBER, "min"),
        ("rating", ["4.5/5", "3/5"], Kind.NUMBER, ""),
        ("score", ["87%", "90%"], Kind.NUMBER, "%"),
        ("downloads", ["1.2M", "300k"], Kind.NUMBER, ""),
        ("horsepower", ["130", "?", "95"], Kind.NUMBER, "hp"),
        ("duration", ["90 min", "100 min", "110 min", "2 Seasons"], Kind.NUMBER, "min"),
        ("vegan", ["yes", "No"], Kind.FLAG, ""),
        ("sponsored", ["False"], Kind.FLAG, ""),
        ("boxed", [0, 1], Kind.FLAG, ""),
        ("doors", [1, 2], Kind.NUMBER, ""),
        ("pages", ["320 pages", "1 page", "12 pages"], Kind.NUMBER, ""),
        ("city mpg", [20, 31], Kind.NUMBER, "mpg"),
        ("Engine HP", [90, 131], Kind.NUMBER, "hp"),
        ("release date", ["Jun 12 1998", "Jul 1 2001"], Kind.DATE, ""),
        ("added", ["2019-05-01", "2020-01-02"], Kind.DATE, ""),
        ("repainted", ["03/2019", "11/2008"], Kind.DATE, ""),
        ("automated", [1931, 1975], Kind.DATE, ""),
        ("Elo", [1931, 1975], Kind.NUMBER, ""),
        ("director", [*(f"Ada Quill {n}" for n in range(12))], Kind.PERSON, ""),
        ("region", ["Rioja", "Jura"], Kind.PLACE, ""),
        ("brand", ["Nova", "Zed"], Kind.ORGANISATION, ""),
        ("soil", ["clay", "chalk"], Kind.CATEGORY, ""),
        ("audience score", [7, 8], Kind.NUMBER, ""),
        ("homework", ["4 h/week", "45 min/week"], Kind.NUMBER, "h"),
        ("mileage", ["61,000 km", "8,200 km"], Kind.NUMBER, "km"),
        ("fee", ["€12 pp", "free", "€7.50 pp"], Kind.NUMBER, "EUR"),
        (
            "extras",
            [*(f"oven; {more}" for more in ("rack", "heater", "awning", "tap", "mat"))],
            Kind.CATEGORY,
            "",
        ),
    ],
)
def test_the_kind_of_a_column_is_seen(
    tmp_path: Path, header: str, values: Sequence[object], kind: Kind, unit: str
) -> None:
    wording = wording_of(tmp_path, **{header: values})
    assert (wording.kind, wording.unit) == (kind, unit)


def test_letters_are_grades_only_where_a_header_says_so(tmp_path: Path) -> None:
    assert wording_of(tmp_path, **{"energy class": ["C", "A"]}).order[-2:] == ("B", "A")
    assert wording_of(tmp_path, deck=["C", "A"]).order == ()


def test_a_header_of_more_words_than_its_relation_is_a_name_of_it(tmp_path: Path) -> None:
    wording = wording_of(tmp_path, **{"guide languages": ["French", "Irish"]})
    assert wording.agent == ("guide languages", "guide language")


def test_a_length_of_a_thing_is_no_duration(tmp_path: Path) -> None:
    assert wording_of(tmp_path, **{"bill length (mm)": [39, 41]}).agent == ("bill length",)


def test_a_usual_measure_has_words_for_low_and_high(tmp_path: Path) -> None:
    wording = wording_of(tmp_path, Price=[5, 10])
    assert ("cheap" in wording.low, "expensive" in wording.high, wording.agent[0]) == (True, True, "price")


@pytest.mark.parametrize(
    ("header", "name", "agent"),
    [
        ("minplayers", "min_players", "min players"),
        ("num_pages", "pages", "pages"),
        ("voteCount", "vote_count", "votes"),
        ("average", "average_rating", "average rating"),
        ("is_heavy", "is_heavy", "is heavy"),
    ],
)
def test_a_relation_is_called_as_a_person_would(tmp_path: Path, header: str, name: str, agent: str) -> None:
    mapping = guessed_in(tmp_path, f"name,{header}\nA,3\nB,4.5\nC,7\n").mapping
    assert [(each, wording.agent[0]) for each, wording in mapping.wording.items()] == [(name, agent)]


def test_only_one_of_several_columns_has_the_words_of_a_measure(tmp_path: Path) -> None:
    content = columns(**{"US Gross": [1, 2], "Worldwide Gross": [3, 4]})
    wording = guessed_in(tmp_path, content).mapping.wording
    assert ("gross" in wording["worldwide_gross"].agent, wording["us_gross"].agent) == (True, ("us gross",))


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["medium", "easy", "hard"], ("easy", "medium", "hard")),
        (["High", "Low"], ("Low", "Medium", "High")),
        (["R", "PG", "NR", "PG-13"], ("G", "PG", "PG-13", "R", "NC-17")),
        (["red", "medium"], ()),
    ],
)
def test_a_category_that_is_a_usual_scale_has_its_order(
    tmp_path: Path, values: list[str], order: tuple[str, ...]
) -> None:
    order_guessed = wording_of(tmp_path, grading=values).order
    assert order_guessed[: len(order)] == order
    assert bool(order_guessed) == bool(order)


@pytest.mark.parametrize(
    ("header", "values", "separator"),
    [
        ("genre", ["Drama, War", "War", "Comedy, Drama", "Drama"], (", ",)),
        ("genre", ["Action;Indie", "Indie"], (";",)),
        ("cast", ["Ada Quill, Bo Lind, Cy Marsh", "Di Voss, Ed Holt"], (", ",)),
        ("city", ["Paris, France", "Lyon, France", "Rome, Italy"], ()),
        ("author", ["Quill, Ada", "Lind, Bo", "Quill, Cy"], ()),
        ("source", ["Based on Book/Short Story", "Original"], ()),
    ],
)
def test_what_stands_between_values_is_found(
    tmp_path: Path, header: str, values: list[str], separator: tuple[str, ...]
) -> None:
    assert wording_of(tmp_path, **{header: values}).separators == separator


@pytest.mark.parametrize(
    ("header", "values", "why"),
    [
        ("page", [f"https://example.org/{n}" for n in range(12)], "links"),
        ("art", [f"pic{n}.jpg" for n in range(12)], "links"),
        ("digest", [f"{n:032x}" for n in range(12)], "hashes"),
        ("contact", [f"a{n}@example.org" for n in range(12)], "addresses of mail"),
        ("imdb id", [f"tt{n:07}" for n in range(12)], "identifiers"),
        ("genre ids", ["[18, 7]", "[18]"], "identifiers"),
        ("serial", [f"AB-{n}77" for n in range(12)], "identifiers"),
        ("remark", [""], "nothing in it"),
    ],
)
def test_what_nobody_asks_by_is_left_out_and_said(
    tmp_path: Path, header: str, values: list[str], why: str
) -> None:
    guessed = guessed_in(tmp_path, columns(**{"grape": ["Syrah", "Gamay"], header: values}))
    assert (list(guessed.mapping.relations), guessed.left_out) == (["grape"], {header: why})


# Roles


@pytest.mark.parametrize(
    ("content", "roles"),
    [
        ("Title,Year\nTide,1990\nSalt,1991\n", {"title": "Title", "year": "Year"}),
        (
            "tconst,primaryTitle,startYear\ntt001,Tide,1990\ntt002,Salt,\\N\n",
            {"id": "tconst", "title": "primaryTitle", "year": "startYear"},
        ),
        ("Name,Year\nTide,1970-01-01\nSalt,1971-01-01\n", {"title": "Name", "year": "Year"}),
        ("cheese,milk\nBrie,cow\nFeta,ewe\nEdam,cow\n", {"title": "cheese"}),
        ("maker,label,milk\nAda,Brie,cow\nAda,Feta,ewe\nBo,Edam,cow\n", {"title": "label"}),
        ("code,title\nA,Tide\nA,Salt\nA,Quay\n", {"title": "title", "id": ""}),
        ("title,Release date\nTide,1998\nSalt,1999\n", {"title": "title", "year": "Release date"}),
        ("title,Release Date\nTide,Jun 12 1998\n", {"title": "title", "year": "Release Date"}),
        ("x,y\n1,2.5\n3,4.5\n", {"title": ""}),
    ],
)  # fmt: skip
def test_roles_are_found_by_headers_and_cells(tmp_path: Path, content: str, roles: dict[str, str]) -> None:
    assert guessed_in(tmp_path, content).mapping.columns["items"] == roles


def test_what_is_said_is_not_guessed(tmp_path: Path) -> None:
    said = Mapping.of({"title": "label"}, relations=["cost=price"], domain="cheese")
    mapping = guessed_in(
        tmp_path, "title,label,price,milk\nA,Brie,$3,cow\nB,Feta,$4,ewe\n", known=said
    ).mapping
    assert (mapping.columns["items"]["title"], mapping.relations, mapping.domain) == (
        "label",
        {"cost": "price"},
        "cheese",
    )
    assert mapping.wording["cost"].kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("name", "content", "domain"),
    [
        ("wines.csv", "name,price\nA,3\n", "wine"),
        ("board_games_2020.csv", "name,price\nA,3\n", "game"),
        ("data.csv", "title,director\nA,Ada Quill\n", "movie"),
        ("data.csv", "name,price\nA,3\n", "item"),
    ],
)
def test_the_name_of_the_file_says_what_an_item_is(
    tmp_path: Path, name: str, content: str, domain: str
) -> None:
    assert guessed_in(tmp_path, content, name).mapping.domain == domain


# Reading by the guess


def test_numbers_dates_and_flags_are_literals(tmp_path: Path) -> None:
    content = "title,price,released,vegan\nTide,$5,2001-02-03,yes\nSalt,NaN,2001-02,no\nQuay,7,2002,N/A\n"
    built = read_in(tmp_path, content)
    assert literals(built, "price") == {"Tide": 5, "Quay": 7}
    assert literals(built, "released") == {"Tide": 20010203, "Salt": 20010200, "Quay": 20020000}
    assert literals(built, "vegan") == {"Tide": 1, "Salt": 0}
    assert [item.year for item in built.items] == [2001, 2001, 2002]


def test_a_unit_of_cells_is_the_relations(tmp_path: Path) -> None:
    built = read_in(tmp_path, columns(weight=["1.2 kg", "800 g", "2 kg"]))
    assert [each.unit for each in built.relations] == ["kg"]
    assert list(literals(built, "weight").values())[:3] == [1.2, 0.8, 2]


def test_a_scale_is_the_relations(tmp_path: Path) -> None:
    built = read_in(tmp_path, columns(difficulty=["Hard", "Easy"]))
    assert built.relations[0].scale == ("Easy", "Medium", "Hard")


def test_decimal_commas_are_read_where_cells_are_separated_by_semicolons(tmp_path: Path) -> None:
    built = read_in(tmp_path, "Name;Preis (EUR)\nTide;12,50\nSalt;1.299,00\nQuay;8\n")
    assert literals(built, "preis") == {"Tide": 12.5, "Salt": 1299, "Quay": 8}


def test_a_cell_that_is_no_number_is_left_out_and_said(tmp_path: Path) -> None:
    built = read_in(tmp_path, columns(price=[*range(11), "on request"]))
    assert built.notes["report"]["first_dropped_cells"] == [
        ["items.csv", 13, "price 'on request' is no number"]
    ]
    assert len(literals(built, "price")) == 11


def test_ids_are_made_of_titles_and_years(tmp_path: Path) -> None:
    content = "title,year\nThe Tide,1990\nThe tide,1995\nSalt!,1990\nQuay,1990\nQuay,1990.0\n???,\n"
    built = read_in(tmp_path, content)
    assert [item.id for item in built.items] == [
        "the-tide-1990",
        "the-tide-1995",
        "salt",
        "quay-1990-1",
        "quay-1990-2",
        "row-6",
    ]


def test_a_row_that_says_the_same_twice_is_read_once(tmp_path: Path) -> None:
    built = read_in(tmp_path, "title,grape\nTide,Syrah\nTide,Syrah\nSalt,Gamay\n")
    assert [item.id for item in built.items] == ["tide", "salt"]
    assert built.notes["report"]["first_skipped"] == [["items.csv", 3, "the same as line 2"]]


def test_other_tables_name_items_without_ids_by_their_titles(tmp_path: Path) -> None:
    built = read_in(
        tmp_path,
        "title,grape\nTide,Syrah\nSalt,Gamay\n",
        relations="title,relation,value\nsalt,soil,clay\n",
        interactions="user,title\na,Salt\na,Tide\n",
    )
    assert labels(built, "soil") == [("Salt", "clay")]
    assert built.histories is not None
    assert sorted(built.histories.of(0).tolist()) == [0, 1]


@pytest.mark.parametrize(
    "relations",
    [
        "title,relation,value\nTide,abv,13.5\nSalt,abv,12\nTide,Region,Rioja\nSalt,Region,Jura\n",
        "title,abv,Region\nTide,13.5,Rioja\nSalt,12,Jura\n",
    ],
)
def test_relations_of_a_table_of_their_own_are_guessed_too(tmp_path: Path, relations: str) -> None:
    built = read_in(tmp_path, "title,grape\nTide,Syrah\nSalt,Gamay\n", relations=relations)
    assert literals(built, "abv") == {"Tide": 13.5, "Salt": 12}
    assert {each.name: each.kind for each in built.relations}["region"] is Kind.PLACE


def test_an_index_column_is_ignored(tmp_path: Path) -> None:
    built = read_in(tmp_path, ",title,grape\n0,Tide,Syrah\n1,Salt,Gamay\n")
    assert [each.name for each in built.relations] == ["grape"]
    assert row_of(built, "")["note"] == "numbers of rows"


def test_years_behind_titles_are_years(tmp_path: Path) -> None:
    built = read_in(tmp_path, "title,genre\nTide (1990),Drama\nSalt (2001),War\nQuay,War\n")
    assert [(item.title, item.year) for item in built.items] == [
        ("Tide", 1990),
        ("Salt", 2001),
        ("Quay", None),
    ]


def test_rows_without_titles_are_numbered(tmp_path: Path) -> None:
    built = read_in(tmp_path, ",sepal length (cm),kind\n0,5.1,a\n1,4.9,a\n2,4.7,a\n", "flowers.csv")
    assert (built.items[0].id, built.items[0].title) == ("plant-1", "plant 1")
    assert literals(built, "sepal_length")["plant 2"] == 4.9


def test_long_texts_are_what_is_told_of_an_item(tmp_path: Path) -> None:
    told = "A ferry leaves the harbour at night and nobody on board knows where it goes."
    built = read_in(
        tmp_path,
        columns(
            overview=[told], remarks=["It is seen again after a long and cold winter on an island far away."]
        ),
    )
    assert (
        built.texts[built.items[0].id]
        == f"{told}\nIt is seen again after a long and cold winter on an island far away."
    )


def test_columns_that_only_a_number_tells_apart_are_one_relation(tmp_path: Path) -> None:
    content = "title,Star1,Star2\nTide,Ada Quill,Bo Lind\nSalt,Bo Lind,\nQuay,Cy Marsh,Ada Quill\n"
    built = read_in(tmp_path, content)
    assert [each.name for each in built.relations] == ["actor"]
    assert sorted(labels(built, "actor")) == [
        ("Quay", "Ada Quill"), ("Quay", "Cy Marsh"), ("Salt", "Bo Lind"),
        ("Tide", "Ada Quill"), ("Tide", "Bo Lind"),
    ]  # fmt: skip
    assert 'column = ["Star1", "Star2"]' in toml(*_of(tmp_path, content))


def _of(folder: Path, content: str, name: str = "items.csv") -> tuple[Table, Guess]:
    table = as_meant(read_rows(table_in(folder, content, name)))
    return table, guess(table)


def test_actors_and_actresses_are_one_relation_and_films_last_minutes(tmp_path: Path) -> None:
    content = "Title;Length;Actor;Actress;Director\nSTRING;INT;CAT;CAT;CAT\n"
    content += "".join(f"Tide {n};{90 + n};Bo Lind;Ada Quill;Cy Marsh\n" for n in range(5))
    built = read_in(tmp_path, content)
    assert [(each.name, each.unit) for each in built.relations] == [
        ("actor", ""),
        ("director", ""),
        ("length", "min"),
    ]
    assert ("Tide 1", "Ada Quill") in labels(built, "actor")
    assert built.notes["report"]["first_skipped"] == [["items.csv", 2, "the types of the columns, no row"]]


def test_people_with_their_first_names_behind_are_turned_round(tmp_path: Path) -> None:
    built = read_in(tmp_path, columns(author=["Quill, Ada", "Lind, Bo; Marsh, Cy", "Davis, Jr."]))
    assert {label for _, label in labels(built, "author")} == {
        "Ada Quill",
        "Bo Lind",
        "Cy Marsh",
        "Davis, Jr.",
    }


def test_titles_with_their_article_behind_are_turned_round(tmp_path: Path) -> None:
    built = read_in(tmp_path, 'title,grape\n"Tide, The (1990)",Syrah\n"Salt, A (1991)",Gamay\n')
    assert [item.name for item in built.items] == ["The Tide (1990)", "A Salt (1991)"]


def test_the_report_names_every_column(tmp_path: Path) -> None:
    built = read_in(tmp_path, "title,price,page\nTide,$5,https://a.org\nSalt,,https://b.org\n")
    assert row_of(built, "price") == {
        "header": "price", "role": "", "relation": "price", "kind": "number", "unit": "USD",
        "coverage": 0.5, "examples": ["$5"], "note": "",
    }  # fmt: skip
    assert row_of(built, "page")["note"] == "links"
    assert built.notes["report"]["guessed"] is True


def test_values_that_a_mapping_leaves_together_are_pointed_out(tmp_path: Path) -> None:
    path = table_in(tmp_path, columns(genre=["Drama, War", "War", "Comedy, Drama"]))
    built = read(Tables(path), Mapping.of({"title": "name"}, relations=["genre"]), "mine")
    assert "separators = [', ']" in row_of(built, "genre")["note"]


def test_numbers_that_a_mapping_takes_for_names_are_pointed_out(tmp_path: Path) -> None:
    path = table_in(tmp_path, columns(cost=["$5", "$12.50"]))
    built = read(Tables(path), Mapping.of({"title": "name"}, relations=["cost"]), "mine")
    assert row_of(built, "cost")["note"] == 'its values are numbers: kind = "number" would compare them'


HEADERS = [
    "id",
    "name",
    "Year",
    "Price (EUR)",
    "runtime_min",
    "genre",
    "Star1",
    "Star2",
    "",
    "Unnamed: 0",
    "url",
]
CELLS = [
    "",
    "NaN",
    "1",
    "1990",
    "$1,299.00",
    "12,5 €",
    "1h 40m",
    "yes",
    "Jun 12 1998",
    "['a', None]",
    "[",
    "a, b",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(HEADERS) | st.text(max_size=8), min_size=1, max_size=5, unique=True), st.data()
)
def test_any_table_is_read_as_it_was_proposed_or_refused(
    tmp_path: Path, headers: list[str], data: st.DataObject
) -> None:
    cell = st.sampled_from(CELLS) | st.text(max_size=12)
    rows = data.draw(st.lists(st.lists(cell, min_size=len(headers), max_size=len(headers)), max_size=12))
    content = json.dumps([dict(zip(headers, row, strict=True)) for row in rows])
    try:
        built = read_in(tmp_path, content, "items.json")
    except DataError:
        return
    said = toml(*_of(tmp_path, content, "items.json"))
    (tmp_path / "usher.toml").write_text(said, encoding="utf-8")
    mapping = Mapping.load(tmp_path / "usher.toml")
    again = read(Tables(tmp_path / "items.json"), mapping, "mine")
    assert (again.items, again.entities, again.relations) == (built.items, built.entities, built.relations)


@pytest.mark.parametrize("header", ["Colour", "Year", "Name"])
def test_what_people_call_none_is_read_alike_as_guessed_and_as_proposed(tmp_path: Path, header: str) -> None:
    content = json.dumps([{header: "['a', None]", "id": "1"}, {header: "None", "id": "2"}])
    built = read_in(tmp_path, content, "items.json")
    (tmp_path / "usher.toml").write_text(toml(*_of(tmp_path, content, "items.json")), encoding="utf-8")
    again = read(Tables(tmp_path / "items.json"), Mapping.load(tmp_path / "usher.toml"), "mine")
    assert (again.items, again.entities, again.relations) == (built.items, built.entities, built.relations)


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"items.csv: there are no rows in it"):
        read_in(tmp_path, "title,price\n")


def test_a_word_among_numbers_is_the_same_number_by_the_mapping_that_was_proposed(tmp_path: Path) -> None:
    content = "title,Delivery fee\nTide,none\nSalt,2.50\nGrain,4\nVine,3\n"
    built = read_in(tmp_path, content)
    (tmp_path / "usher.toml").write_text(toml(*_of(tmp_path, content, "items.csv")), encoding="utf-8")
    again = read(Tables(tmp_path / "items.csv"), Mapping.load(tmp_path / "usher.toml"), "mine")
    (name,) = built.literals
    assert literals(again, name) == literals(built, name) == {"Tide": 0, "Salt": 2.5, "Grain": 4, "Vine": 3}


@pytest.mark.parametrize("content", ["title,price\ntitle,price\n", "title,a,b,c\n,,,Total\n"])
def test_a_table_whose_rows_are_no_items_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataError, match=r"items.csv: no row is an item \(line 2: "):
        read_in(tmp_path, content)


# Forms of tables


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "title|grape\nTide|Syrah\nSalt|Gamay\n"),
        ("a.csv", "title\tgrape\nTide\tSyrah\nSalt\tGamay\n"),
        ("a.csv", "sep=;\ntitle;grape\nTide;Syrah\nSalt;Gamay\n"),
        ("a.csv", 'title;"grape, main";n\nTide;Syrah;1\nSalt;Gamay;2\n'),
        ("a.csv", 'title, grape\nTide, "Syrah"\nSalt, "Gamay"\n'),
        ("a.txt", "title,grape\nTide,Syrah\nSalt,Gamay\n"),
        ("a.json", '[{"title": "Tide", "grape": "Syrah"}, {"title": "Salt", "grape": "Gamay"}]'),
        ("a.jsonl", '[{"title": "Tide", "grape": "Syrah"},\n{"title": "Salt", "grape": "Gamay"}]'),
        ("a.json", '{"items": [{"title": "Tide", "grape": "Syrah"}, {"title": "Salt", "grape": "Gamay"}]}'),
        ("a.json", '{"t": {"title": "Tide", "grape": "Syrah"}, "s": {"title": "Salt", "grape": "Gamay"}}'),
        ("a.json", '{"title": {"0": "Tide", "1": "Salt"}, "grape": {"0": "Syrah", "1": "Gamay"}}'),
        ("a.json", '{"columns": ["title", "grape"], "data": [["Tide", "Syrah"], ["Salt", "Gamay"]]}'),
        ("a.json", '[["title", "grape"], ["Tide", "Syrah"], ["Salt", "Gamay"]]'),
        ("a.json", '{"title": "Tide", "grape": "Syrah"}\n{"title": "Salt", "grape": "Gamay"}\n'),
        (
            "a.json",
            '[{"title": "Tide", "grape": {"id": 7, "name": "Syrah"}},'
            ' {"title": "Salt", "grape": [{"name": "Gamay"}]}]',
        ),
    ],
)  # fmt: skip
def test_tables_of_every_form_say_the_same(tmp_path: Path, name: str, content: str) -> None:
    built = read_in(tmp_path, content, name)
    (relation,) = {each.name for each in built.relations} - {"n"}
    assert labels(built, relation) == [("Tide", "Syrah"), ("Salt", "Gamay")]


def test_a_separator_may_be_given(tmp_path: Path) -> None:
    path = table_in(tmp_path, "title^grape\nTide^Syrah\n")
    built = read(Tables(path, separator="^"), GUESSED, "mine")
    assert labels(built, "grape") == [("Tide", "Syrah")]


@pytest.mark.parametrize(("said", "mark"), [("tab", "\t"), (";", ";")])
def test_a_separator_is_one_character_or_tab(said: str, mark: str) -> None:
    assert separator_of(said) == mark
    with pytest.raises(UsageError, match=r"--separator '::': expected one character"):
        separator_of("::")


def test_objects_that_nobody_uses_spoil_no_row(tmp_path: Path) -> None:
    rows = [
        {"title": name, "art": [{"large": "x"}], "size": {"pages": 3, "in": {"a": [1]}}} for name in NAMES
    ]
    built = read_in(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "a.jsonl")
    assert (len(built.items), built.notes["report"]["skipped"]) == (12, 0)
    assert literals(built, "size_pages")["Amber"] == 3


@pytest.mark.parametrize("content", ["[1, 2", '"x"', '{"a": 1, "b": [1]}'])
def test_json_that_holds_no_table_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataError, match=r"a.json:.*\n  Expected (?:an array|\[)"):
        read_in(tmp_path, content, "a.json")


# The proposal


def test_a_proposal_is_the_mapping_that_was_guessed(tmp_path: Path) -> None:
    content = columns(
        **{
            "Price (EUR)": [5, 6],
            "genre": ["Drama, War", "War, Epic", "Drama"],
            "difficulty": ["Easy", "Hard"],
        },
        **{'5" size': [1, 2], "Year": [1990, 2001], "pic": [f"{n}.png" for n in range(12)]},
    )
    table = read_rows(table_in(tmp_path, content, "wines.csv"))
    guessed = guess(table)
    said = toml(table, guessed)
    (tmp_path / "usher.toml").write_text(said, encoding="utf-8")
    assert Mapping.load(tmp_path / "usher.toml") == guessed.mapping
    assert '#   "pic": links' in said
    assert "[relations.price]  # 100.0%: 5, 6" in said


def test_a_proposal_says_which_usual_columns_are_none(tmp_path: Path) -> None:
    content = "id,kind\n1,a\n1,a\n2,b\n2,b\n1,b\n2,a\n1,a\n"
    said = toml(*_of(tmp_path, content))
    assert "id = false  # no column: made from the titles\ntitle = false" in said
    (tmp_path / "usher.toml").write_text(said, encoding="utf-8")
    built = read(Tables(tmp_path / "items.csv"), Mapping.load(tmp_path / "usher.toml"), "mine")
    assert [item.title for item in built.items] == [f"item {n}" for n in range(1, 5)]


@pytest.mark.parametrize("title", ['"Tide', '"Tide" and more', 'The "Tide"'])
def test_quotes_are_letters_where_tabs_separate_cells_and_they_do_not_pair_up(
    tmp_path: Path, title: str
) -> None:
    built = read_in(tmp_path, f"title\tgrape\n{title}\tSyrah\nSalt\tGamay\n", "items.tsv")
    assert [item.title for item in built.items] == [title, "Salt"]


def test_a_table_of_one_column_needs_no_separator(tmp_path: Path) -> None:
    built = read_in(tmp_path, "title\nTide, the\nSalt\nQuay; a\n")
    assert [item.title for item in built.items] == ["the Tide", "Salt", "Quay; a"]


def test_the_same_table_gives_the_same_proposal_whatever_its_ending(tmp_path: Path) -> None:
    lines = columns(price=[1, 2], grape=["Syrah", "Gamay"])
    one = guessed_in(tmp_path, lines, "a.csv")
    other = guessed_in(tmp_path, lines.replace(",", "\t"), "a.tsv")
    assert one.mapping == other.mapping


# Mappings


def test_a_mapping_may_say_what_a_guess_would(tmp_path: Path) -> None:
    path = table_in(tmp_path, "title,cost,on,hard\nTide,5,03.02.2001,b\nSalt,9,04.02.2001,a\n")
    mapping = Mapping.parse(
        {
            "relations": {
                "cost": {"unit": "EUR", "low": ["cheap"], "high": ["dear"]},
                "on": {"format": "%d.%m.%Y"},
                "hard": {"order": ["a", "b"]},
            }
        }
    )
    built = read(Tables(path), mapping, "mine")
    assert [(each.kind, each.unit, each.scale) for each in built.relations] == [
        (Kind.NUMBER, "EUR", ()),
        (Kind.CATEGORY, "", ("a", "b")),
        (Kind.DATE, "", ()),
    ]
    assert literals(built, "on") == {"Tide": 20010203, "Salt": 20010204}
    notes = built.notes["wording"]["relations"]["cost"]
    assert (notes["kind"], notes["unit"], notes["low"], notes["high"]) == (
        "number",
        "EUR",
        ["cheap"],
        ["dear"],
    )


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"kind": "number", "order": ["a"]}, r"relations.x.order orders labels, but its kind is number"),
        ({"kind": "date", "unit": "min"}, r"relations.x.unit is of numbers, but its kind is date"),
        ({"kind": "flag", "format": "%Y"}, r"relations.x.format is of dates, but its kind is flag"),
        ({"unit": 3}, r"relations.x.unit is 3, expected a word"),
    ],
)
def test_what_does_not_go_with_a_kind_is_refused(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Mapping.parse({"relations": {"x": entry}})


def test_an_age_rating_on_a_scale_has_words_for_its_ends(tmp_path: Path) -> None:
    wording = wording_of(tmp_path, content_rating=["PG", "R", "PG-13", "R"])
    assert "childish" in wording.low
    assert "grown-up" in wording.high


def test_an_age_rating_on_no_scale_has_none(tmp_path: Path) -> None:
    wording = wording_of(tmp_path, content_rating=["blue", "green", "blue"])
    assert (wording.low, wording.high) == ((), ())


def test_a_word_that_is_a_label_of_the_scale_is_no_word_for_its_end(tmp_path: Path) -> None:
    wording = wording_of(tmp_path, content_rating=["Everyone", "Teen", "Mature", "Teen"])
    assert wording.high == ("grown-up", "adult")


# Intervals


def test_a_column_of_intervals_is_read_as_its_two_ends(tmp_path: Path) -> None:
    catalogue = read_in(tmp_path, columns(players=("2-4", "3 - 5", "1", "2+")))
    assert list(literals(catalogue, "min_players").values())[:4] == [2, 3, 1, 2]
    assert list(literals(catalogue, "max_players").values())[:3] == [4, 5, 1]


def test_ends_of_intervals_have_the_unit_of_their_cells(tmp_path: Path) -> None:
    catalogue = read_in(tmp_path, columns(time=("30-60 min", "45 to 90 min")))
    units = {str(each.name): each.unit for each in catalogue.relations}
    assert units == {"min_time": "min", "max_time": "min"}


@pytest.mark.parametrize("cells", [("1990-1995", "2001-2003"), ("555-1234", "555-9876"), ("4-2", "9-1")])
def test_years_codes_and_scores_are_no_intervals(cells: tuple[str, ...], tmp_path: Path) -> None:
    catalogue = read_in(tmp_path, columns(seasons=cells))
    assert "min_seasons" not in {str(each.name) for each in catalogue.relations}


def test_an_m_is_a_metre_where_nothing_speaks_of_time(tmp_path: Path) -> None:
    assert wording_of(tmp_path, **{"Ascent (m)": (120, 455, 30)}).unit == "m"
    assert wording_of(tmp_path, **{"Running time (m)": (120, 95, 130)}).unit == "min"


def test_items_are_called_what_their_file_is(tmp_path: Path) -> None:
    assert guessed_in(tmp_path, columns(price=(1, 2, 3)), "vans.csv").mapping.nouns == ("van", "vans")


def test_what_is_free_costs_nothing_and_a_rate_is_part_of_its_name(tmp_path: Path) -> None:
    table = columns(fee=["€12", "free", "€7"], homework=["2 h/week", "30 min/week", "1 h/week"])
    catalogue = read_in(tmp_path, table)
    assert set(literals(catalogue, "fee").values()) == {0.0, 7.0, 12.0}
    assert "homework per week" in guessed_in(tmp_path, table).mapping.wording["homework"].agent


def test_a_mileage_of_thousands_is_no_fuel_economy(tmp_path: Path) -> None:
    assert "mpg" not in wording_of(tmp_path, mileage=[61000, 8200]).agent
    assert "mpg" in wording_of(tmp_path, mileage=[31, 22]).agent


LOTS = "Lot,Type,Case,Estimate\n" + "".join(
    f"{number},{kind},oak,£{5 * number}\n"
    for number, kind in zip(range(101, 113), ["Longcase", "Bracket", "Mantel"] * 4, strict=True)
)


def test_items_without_names_are_called_by_their_numbers(tmp_path: Path) -> None:
    catalogue = read_in(tmp_path, LOTS, "clocks.csv")
    assert [item.title for item in catalogue.items[:2]] == ["Lot 101", "Lot 102"]
    assert [item.id for item in catalogue.items[:2]] == ["101", "102"]


@pytest.mark.parametrize("header", ["Lot no", "Lot No.", "lot_number"])
def test_the_header_of_a_number_says_of_what(tmp_path: Path, header: str) -> None:
    catalogue = read_in(tmp_path, LOTS.replace("Lot", header, 1), "clocks.csv")
    assert catalogue.items[0].title == "Lot 101"


@pytest.mark.parametrize("header", ["Price", "Seats", "Weight (kg)"])
def test_a_first_column_that_measures_names_nothing(tmp_path: Path, header: str) -> None:
    catalogue = read_in(tmp_path, LOTS.replace("Lot", header, 1), "clocks.csv")
    assert catalogue.items[0].title == "clock 1"


def test_a_name_of_two_things_is_of_either(tmp_path: Path) -> None:
    mapping = guessed_in(tmp_path, LOTS, "clocks_and_watches.csv").mapping
    assert mapping.domain == "item"
    assert mapping.nouns[:2] == ("lot", "lots")
    assert {"clock", "clocks", "watch", "watches"} <= set(mapping.nouns)


def test_a_joining_word_is_no_part_of_a_noun(tmp_path: Path) -> None:
    assert not {
        each for each in guessed_in(tmp_path, LOTS, "bed_and_breakfasts.csv").mapping.nouns if "and" in each
    }
