"""Orders, dates and counts, asked of tables that load as they come, right values one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from corpora import each_of
from kg import adding
from kg.sources.mapping import Mapping
from kg.sources.table import Tables

HERE = Path(__file__).parent
BARGES = """\
barge,river,first launched,last painted,length,fare,free berths,berths,kennel incl.,open all year,notes
Ash Lady,Tern,1961,2021-04-02,18 m,€40,0,6,yes,yes,Bats roost under the deck.
Bay Moth,Tern,1938,2019-10-20,24 m,€0,3,8,no,no,A brass stove warms the cabin.
Cob Star,Wylde,2004,2023-06-11,12 m,€65,5,5,yes,no,A brass stove and a view of bats.
Dew Duke,Wylde,1987,2022-01-30,30 m,€25,0,9,no,yes,Moored by a mill.
Elm Wren,Ouse,1999,,15 m,,1,2,yes,yes,Moored by a mill.
"""
LUTES = """\
Lute;Type;Built;Price (€);Listed;State;Views;Length
Ash Nine;arch lute;1971;1.250,00;04.03.2024;poor;1.204;70 cm
Bay Nine;bass lute;2015;380,50;11.11.2024;very good;88;80 cm
Cob Nine;hand drum;1998;95,00;27.12.2024;good;310;35 cm
Dew Nine;bass lute;2009;700,00;02.02.2025;mint;2.950;95 cm
"""
MILL = {"name": "Old Mill", "district": "Quayside", "step_free": True}
BARN = {"name": "Barn", "district": "Hillend", "step_free": False}
CLASSES = [  # title, fee, starts, days, hall, seats in all and free, from, to
    ("Ants", 20, "2025-10-06", "Mon Thu", MILL, 12, 0, "09:00", "10:30"),
    ("Bees", 35, "2025-11-03", "Tue", BARN, 8, 3, "18:30", "20:00"),
    ("Cats", None, "2026-01-12", "Thu", MILL, 30, 11, "10:15", "11:00"),
    ("Dice", 50, "2025-12-27", "Fri Tue", None, 20, 1, "19:00", "21:15"),
    ("Eels", 10, "2026-02-02", "Wed", BARN, 16, 0, "11:00", "12:30"),
]


def _class(
    title: str, fee: int | None, starts: str, days: str, hall: object, total: int, free: int, *times: str
) -> str:
    meets = [{"day": day, "from": times[0], "to": times[1]} for day in days.split()]
    told = {"title": title, "fee": fee, "starts": starts, "meets": meets, "hall": hall}
    return json.dumps({**told, "seats": {"total": total, "free": free}})


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], dict[str, Any]]]:
    """Ask the assistant on one of the tables, by its name."""
    folder = tmp_path_factory.mktemp("dated")
    tables = {
        "barges.csv": BARGES,
        "lutes.csv": LUTES,
        "classes.jsonl": "\n".join(_class(*each) for each in CLASSES),
    }
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")

    @cache
    def on(name: str) -> Assistant:
        path = next(folder / each for each in tables if each.startswith(f"{name}."))
        adding.add_tables(name, Tables(path, None, None, None, ""), replace(Mapping.of({}), guess=True))
        return Assistant(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.mktemp("home")))
        yield lambda name, text: on(name).ask(text).answer


@each_of(HERE / "corpus_own_dates.txt")
def test_dates_orders_and_counts_of_own_tables(
    meaning: str, text: str, ask: Callable[[str, str], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`TABLE: A; B` are all items, `A > B` those in this order; `unused X` is said to be unused."""
    monkeypatch.setenv("USHER_TODAY", "2025-03-01")
    name, _, wanted = meaning.partition(": ")
    answer = ask(name, text)
    said = wanted.split("; ")
    unused = [each.removeprefix("unused ") for each in said if each.startswith("unused ")]
    titles = [each for each in said if not each.startswith("unused ")]
    got = [item["title"] for item in answer["items"]]
    if titles and " > " in titles[0]:
        assert got == titles[0].split(" > ")
        assert answer["order"]
    elif titles:
        assert sorted(got) == sorted(titles)
    assert all(each in " ".join([*answer["unused"], *answer["unknown"]]).casefold() for each in unused)
    assert bool(answer["unused"] or answer["unknown"]) == bool(unused)
    assert answer["basis"] != "proved" or not unused


# Seeds, in packets with a day up to which they are good.

SEEDS = """\
variety,crop,price (£),best before,organic,sow from,seeds per packet
Boltfree,Beetroot,2.20,2027-06-30,yes,March,300
Quick Head,Lettuce,1.95,2026-11-30,no,February,1000
Red Bunch,Tomato,2.45,2028-03-31,yes,February,20
Late Bunch,Tomato,2.80,2027-12-31,no,April,25
Old Root,Carrot,1.60,2026-09-30,no,March,800
Small Root,Potato,4.50,ask,no,March,12
"""


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("what expires before the end of 2026?", "Old Root; Quick Head"),
        ("what expires by the end of 2026?", "Old Root; Quick Head"),
        ("what goes off before the start of 2027?", "Old Root; Quick Head"),
        ("what expires after the start of 2028?", "Red Bunch"),
        ("seeds that keep until 2028", "Red Bunch"),
        ("anything good until June 2027", "Boltfree; Late Bunch; Red Bunch"),
        ("best before until 2026", "Old Root; Quick Head"),
        ("tomatoes under £2.50", "Red Bunch"),
        ("potatoes", "Small Root"),
    ],
)
def test_seeds(seeds: Assistant, text: str, titles: str) -> None:
    answer = seeds.ask(text).answer
    assert sorted(item["title"] for item in answer["items"]) == titles.split("; ")
    assert (answer["unused"], answer["basis"]) == ([], "proved")


@pytest.mark.parametrize(
    ("text", "told", "unused"),
    [
        ("is Boltfree organic and how much is it?", {"organic": ["yes"], "price": ["2.2"]}, ""),
        (
            "how much is Quick Head and what is the best before?",
            {"price": ["1.95"], "best_before": ["2026-11-30"]},
            "",
        ),
        ("is Boltfree organic? and when do I sow it?", {"organic": ["yes"]}, "when do i sow"),
        (
            "how much is Quick Head and how many seeds are in the packet?",
            {"price": ["1.95"], "seeds_per_packet": ["1000"]},
            "",
        ),
        ("how much is Old Root and what about the weather?", {"price": ["1.6"]}, "weather"),
    ],
)
def test_a_second_question_of_an_item_is_answered_or_said(
    seeds: Assistant, text: str, told: dict[str, list[str]], unused: str
) -> None:
    answer = seeds.ask(text).answer
    assert {fact["relation"]: fact["values"] for fact in answer["facts"]} == told
    assert (unused in " ".join(answer["unused"]), bool(answer["unused"])) == (True, bool(unused))


def test_a_column_is_as_full_as_what_was_read_of_it(seeds: Assistant) -> None:
    columns = {each["header"]: each["coverage"] for each in seeds.graph.catalogue.notes["report"]["columns"]}
    assert (columns["best before"], columns["crop"]) == (round(5 / 6, 4), 1.0)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The seeds, loaded as they come."""
    path = tmp_path_factory.mktemp("seeds") / "seeds.csv"
    path.write_text(SEEDS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.mktemp("home")))
        adding.add_tables("seeds", Tables(path, None, None, None, ""), replace(Mapping.of({}), guess=True))
        yield Assistant("seeds")
