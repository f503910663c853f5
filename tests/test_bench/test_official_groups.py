"""Our favourites beside published ones, on a planted file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.official_groups import Compared, compare, lines
from bench.official_rows import FILES
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.taste.types import Group


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILES["demographic"]


def written(path: Path, listed: list[list[float]]) -> Path:
    asked = [{"query": "films", "movie subset": ["Salt Road (1990)"]}]
    record = {"group_type": "gender_age", "group": ["F", "25-34"], "top_10_movies": listed}
    path.write_text(json.dumps([record | {"query & ground true": asked}]), encoding="utf-8")
    return path


def test_a_group_is_found_by_its_parts(toy: KnowledgeGraph, path: Path) -> None:
    found = compare(written(path, [[6, 0.5]]), toy.catalogue)[0]
    assert (found.group, found.theirs, "6" in found.ours) == (Group("F", 25), ("6",), True)


def test_a_group_without_favourites_is_named(toy: KnowledgeGraph, path: Path) -> None:
    with pytest.raises(DataError, match="record 1 lists no favourites"):
        compare(written(path, []), toy.catalogue)


def test_what_only_ours_hold_is_counted_and_what_none_of_theirs_hold() -> None:
    compared = [Compared(Group("F"), ("a", "b"), ("a", "c")), Compared(Group("M"), ("c", "d"), ("b", "c"))]
    assert lines(compared) == [
        "2 groups: 0.500 of their favourites are among ours",
        "2 of ours are not in their list of the group, 1 of these in none of their lists",
    ]
