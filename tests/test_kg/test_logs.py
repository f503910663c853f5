"""Histories of logs: the order of choices, and how often an id decides it."""

from __future__ import annotations

import numpy as np
import pytest

from kg.sources.logs import Log, by_id, moments

IDS = ("10", "9", "b")


def made(*choices: tuple[str, int, int], once: bool = False) -> tuple[list[list[int]], int]:
    """Return the histories of users `u` and `v`, and how many last items an id decides."""
    log = Log()
    for user, item, time in choices:
        log.add(user, item, time, 1)
    histories, told = log.histories(["u", "v"], IDS, once=once)
    return [histories.of(n).tolist() for n in range(2)], told["ties"]["last_by_id"]


def test_ids_of_digits_go_by_their_number_and_before_others() -> None:
    ids = ["b", "10", "a", "9", "09", "1" * 5000, "²"]
    assert sorted(ids, key=by_id) == ["09", "9", "10", "1" * 5000, "a", "b", "²"]


def test_time_decides_before_ids() -> None:
    assert made(("u", 1, 5), ("u", 2, 3), ("v", 0, 1)) == ([[2, 1], [0]], 0)


def test_ids_decide_within_a_moment() -> None:
    assert made(("u", 2, 5), ("u", 0, 5), ("u", 1, 5))[0][0] == [1, 0, 2]


@pytest.mark.parametrize(
    ("choices", "decided"),
    [
        ([("u", 0, 5), ("u", 1, 5)], 1),
        ([("u", 0, 4), ("u", 1, 4), ("u", 2, 5)], 0),  # not of the last moment
        ([("u", 0, 5), ("u", 0, 5)], 0),  # one item
        ([("u", 0, 5), ("u", 1, 5), ("u", 1, 5)], 1),
        ([("u", 0, 5), ("v", 1, 5)], 0),  # of two users
        ([], 0),
    ],
)
def test_users_with_several_items_in_their_last_moment_are_counted(
    choices: list[tuple[str, int, int]], decided: int
) -> None:
    assert made(*choices)[1] == decided


def test_an_item_that_counts_once_counts_at_its_first_time() -> None:
    assert made(("u", 0, 9), ("u", 1, 5), ("u", 0, 3), once=True)[0][0] == [0, 1]


def test_users_without_a_choice_have_an_empty_history() -> None:
    assert made(("v", 1, 5))[0] == [[], [1]]


def test_moments_too_fine_for_a_float_stay_apart() -> None:
    assert moments([2**60 + 1, 2**60, 0.5, 2**60]).tolist() == [2, 1, 0, 1]


def test_a_log_may_be_empty() -> None:
    histories, told = Log().histories([], IDS)
    assert (histories.starts.tolist(), len(histories.items), told["ties"]["users"]) == ([0], 0, 0)
    assert histories.items.dtype == np.int32
