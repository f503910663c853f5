"""Whose histories a system may learn from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.plans.split import Split, write_split
from bench.systems.fitting import training_histories, training_users
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError, UsageError
from kg.types import User

CATALOGUE = Catalogue(
    *("four", "tests", "1", (), (), (), Histories.pack([]).items.reshape(0, 3)),
    users=[User(name) for name in "abcd"],
    histories=Histories.pack([[0, 1], [2], [], [3, 4, 5]]),
)


def rows(histories: Histories) -> list[list[int]]:
    return [histories.of(user).tolist() for user in range(len(histories.starts) - 1)]


def split_at(folder: Path, patterns: str, fit: str) -> Path:
    folder.mkdir()
    write_split(Split(0, tuple(patterns), tuple(fit)), folder / "split.json")
    return folder / "queries.jsonl"


def test_the_users_of_the_fit_half_are_allowed_by_position(tmp_path: Path) -> None:
    assert training_users([split_at(tmp_path / "one", "ac", "db")], set(), CATALOGUE) == [1, 3]


def test_without_a_split_nothing_is_said_about_users(tmp_path: Path) -> None:
    assert training_users([tmp_path / "queries.jsonl"], set(), CATALOGUE) is None


def test_of_two_splits_users_must_be_in_both_fit_halves(tmp_path: Path) -> None:
    files = [split_at(tmp_path / "one", "ac", "bd"), split_at(tmp_path / "two", "ab", "cd")]
    assert training_users(files, set(), CATALOGUE) == [3]


def test_a_file_without_a_split_does_not_undo_the_split_of_another(tmp_path: Path) -> None:
    files = [tmp_path / "queries.jsonl", split_at(tmp_path / "one", "ac", "bd")]
    assert training_users(files, set(), CATALOGUE) == [1, 3]


def test_a_damaged_split_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "split.json").write_text("{}")
    with pytest.raises(DataError, match="not a split of users"):
        training_users([tmp_path / "queries.jsonl"], set(), CATALOGUE)


def test_without_a_split_the_users_that_queries_name_are_left_out(tmp_path: Path) -> None:
    found = training_histories([tmp_path / "queries.jsonl"], {"a", "c"}, CATALOGUE)
    assert rows(found) == [[2], [3, 4, 5]]


def test_whoever_is_shown_their_history_is_left_out_of_the_fit_half(tmp_path: Path) -> None:
    found = training_histories([split_at(tmp_path / "one", "ac", "bd")], {"b"}, CATALOGUE)
    assert rows(found) == [[3, 4, 5]]


def test_nobody_left_to_learn_from_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="of the 4 users of 'four' nobody is left"):
        training_histories([tmp_path / "queries.jsonl"], set("abcd"), CATALOGUE)


def test_a_catalogue_without_histories_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no histories to learn from"):
        training_histories([tmp_path / "queries.jsonl"], set(), replace(CATALOGUE, histories=None))
