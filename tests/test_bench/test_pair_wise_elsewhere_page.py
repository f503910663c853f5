"""The page of click models beside another library's: its table is what their trainings say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
PAGE = DOCS / "results" / "pair-wise-elsewhere.md"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(DOCS))
    sys.modules.pop("pair_wise_elsewhere", None)
    import pair_wise_elsewhere

    return pair_wise_elsewhere


def part(users: list[int], liked: list[int]) -> Any:
    return SimpleNamespace(users=np.array(users), liked=np.array(liked, dtype=bool))


@pytest.fixture
def parts() -> Any:
    """Three people of a liked row and another each, in the validation and in the test."""
    rows = part([0, 0, 1, 1, 2, 2], [1, 0, 1, 0, 1, 0])
    return SimpleNamespace(validation=rows, test=rows)


RIGHT = [0.9, 0.1, 0.8, 0.2, 0.7, 0.3]  # whatever was liked above whatever was not
WRONG = [0.1, 0.9, 0.2, 0.8, 0.3, 0.7]


def side(page: Any, parts: Any, *scores: list[float]) -> Any:
    kept = [
        {"validation": np.array(each), "test": np.array(each), "seconds": 12.0 + seed, "parameters": 1234}
        for seed, each in enumerate(scores)
    ]
    return page.side_of(kept, parts)


def test_the_difference_is_of_the_means_over_seeds(page: Any, parts: Any) -> None:
    # AUC 1 and 0 of ours, 1 and 1 of theirs.
    pair = page.Pair(side(page, parts, RIGHT, WRONG), side(page, parts, RIGHT, RIGHT), 3, None)
    assert page.difference(pair, "auc").mean == pytest.approx(-0.5)


def test_an_interval_draws_seeds_too(page: Any, parts: Any) -> None:
    # Whatever users are drawn, a seed has AUC 1 or 0: the mean of two drawn seeds is 0, a half or 1.
    pair = page.Pair(side(page, parts, RIGHT, WRONG), side(page, parts, RIGHT, RIGHT), 3, None)
    found = page.difference(pair, "auc")
    assert (found.low, found.high) == (-1.0, 0.0)
    assert page.verdict(found) == "within noise"


def test_a_model_is_a_row_of_both_sides(page: Any, parts: Any) -> None:
    pair = page.Pair(side(page, parts, RIGHT), side(page, parts, WRONG), 3, 0.0)
    assert page.line("dnn", pair) == (
        "| `dnn` | ours | 1.0000 (1.0000–1.0000) | 0.0000 (0.0000–0.0000) | +1.0000 (+1.0000 to +1.0000) |"
        " +1.0000 (+1.0000 to +1.0000) | +0.3333 (+0.3333 to +0.3333) | ahead | 12.0 / 12.0 | 1,234 / 1,234 |"
        " 0.000000 |"
    )


def test_networks_built_otherwise_are_said_to_be(page: Any, parts: Any) -> None:
    pair = page.Pair(side(page, parts, RIGHT), side(page, parts, RIGHT), 3, None)
    assert page.line("deepfm", pair).startswith("| `deepfm` | torch-rechub's |")
    assert page.line("deepfm", pair).endswith("| built otherwise |")


def test_every_click_model_of_ids_has_a_row_on_the_page(page: Any) -> None:
    from bench.pair_wise.roster import NETWORKS

    assert set(page.MODELS) == set(NETWORKS)
    text = PAGE.read_text(encoding="utf-8")
    table = re.search(r"<!-- table: ml-100k models -->\n\n(.+?)<!-- end -->", text, re.DOTALL)
    assert table
    rows = re.findall(r"^\| `([\w-]+)` \|(.+)$", table[1], re.MULTILINE)
    assert [name for name, _ in rows] == list(page.MODELS)
    assert re.search(r"<!-- table: ml-100k made -->\n\nTrained on commit [0-9a-f]{7}: 5 seeds", text)


def test_our_own_models_are_not_behind_and_the_same_function_on_the_page(page: Any) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in page.WRITTEN:
        for row in re.findall(rf"^\| `{name}` \|(.+)\|$", text, re.MULTILINE):
            cells = [cell.strip() for cell in row.split("|")]
            assert cells[6] != "behind", name
            assert float(cells[-1]) < 1e-4, name
