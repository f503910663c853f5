"""The tables of docs/metrics-elsewhere.md: our rows anew, and what they mark. No library is asked here."""

from __future__ import annotations

import re
from importlib import import_module
from math import log2
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "metrics-elsewhere.md").read_text(encoding="utf-8")
SECOND = 1 / log2(3)
BY_HAND = {  # the cases in their order; a mean of two people halves what one of them has
    "nDCG@3": (1.5 / (1 + SECOND), 0, SECOND, 1, 1 / (1.5 + SECOND), 1, 1 / 2, 1 / 2, 1, 0, 0),
    "MAP@3": ((1 + 2 / 3) / 2, 0, 1 / 2, 1, 1 / 3, 1, 1 / 2, 1 / 2, 1, 0, 0),
    "recall@3": (1, 0, 1, 1 / 2, 1 / 3, 1, 1 / 2, 1 / 2, 1, 0, 0),
    "hit rate@3": (1, 0, 1, 1, 1, 1, 1 / 2, 1 / 2, 1, 0, 0),
}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(DOCS))
    return import_module("metrics_elsewhere")


def table(metric: str) -> list[list[str]]:
    """Return the rows of a table of the page, cell by cell, without its heading."""
    found = re.search(rf"<!-- table: {re.escape(metric)} -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert found, metric
    return [
        [cell.strip() for cell in re.split(r" \| ", line.strip("| "))]
        for line in found[1].strip().splitlines()
    ][2:]


@pytest.mark.parametrize("metric", BY_HAND)
def test_our_metrics_of_the_planted_cases_are_as_computed_by_hand(metric: str, elsewhere: Any) -> None:
    assert elsewhere.ours()[metric].values == pytest.approx(BY_HAND[metric])


@pytest.mark.parametrize("metric", BY_HAND)
def test_our_row_stands_first_in_the_page(metric: str) -> None:
    assert table(metric)[0][0] == "ours"
    assert table(metric)[0][2:] == [f"{value:.3f}" for value in BY_HAND[metric]]


@pytest.mark.parametrize("metric", BY_HAND)
def test_what_differs_from_ours_and_nothing_else_is_bold(metric: str) -> None:
    mine, *others = table(metric)
    for row in others:
        assert len(row) == len(mine), row
        for value, own in zip(row[2:], mine[2:], strict=True):
            number = re.fullmatch(r"(\*\*)?(\d\.\d{3})(?(1)\*\*)", value)
            if number:
                assert bool(number[1]) == (number[2] != own), row
            else:
                assert value == "–" or value.endswith(("Error", "nan")), row


def test_every_library_of_the_script_is_in_the_page_by_its_version(elsewhere: Any) -> None:
    shown = {row[0] for metric in BY_HAND for row in table(metric)}
    assert shown == {"ours"} | {library.title for library in elsewhere.LIBRARIES.values()}


def test_a_table_is_written_between_its_marks_and_nowhere_else(elsewhere: Any) -> None:
    page = "a\n<!-- table: MAP@3 -->\nold\n<!-- end -->\n<!-- table: nDCG@3 -->\nkept\n<!-- end -->\nz\n"
    assert elsewhere.written(page, {"MAP@3": "new\n"}) == page.replace("old", "\nnew\n")
