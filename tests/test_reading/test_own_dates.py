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
