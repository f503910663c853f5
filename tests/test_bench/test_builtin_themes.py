"""How many everyday themes of well-known films and books the built-in catalogue tells."""

from __future__ import annotations

from bench.builtin import coverage
from bench.builtin_themes import known, tells, told
from kg.sources import builtin


def test_a_theme_is_told_in_any_of_its_ways() -> None:
    assert tells(["war", "loss of a child"], "losing a child")
    assert tells(["tunnel", "prisoner of war"], "prison escape")
    assert not tells(["on the run"], "running")


def test_what_is_known_is_of_items_of_the_catalogue() -> None:
    items = {
        (path.stem, record["title"][0], record["year"][0])
        for path in builtin.files(builtin.HERE)[:2]
        for _, record in builtin.records(path)
    }
    assert [each for each in known() if each[1:] not in {(k, t, y) for k, t, y in items}] == []


def test_of_an_item_that_is_not_there_nothing_is_told() -> None:
    assert not any(held for _, held in told({}))


def test_nearly_all_that_is_known_is_told() -> None:
    (row,) = (row for row in coverage(builtin.read()) if row[0] == "share of known themes that are told")
    assert float(row[1].split()[0]) >= 0.95
    assert float(row[2].split()[0]) >= 0.95
