"""What is chosen together, and what groups over-choose: against dense arithmetic and the paper's formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.catalogue import Histories
from kg.taste import company, groups
from kg.taste.groups import Groups
from kg.taste.types import Group
from kg.types import User

HISTORIES = st.lists(st.lists(st.integers(0, 5), max_size=6), min_size=1, max_size=8)
# Two women of 25 chose 0; a man of 45 chose 0 and 1; a man of 56 chose 1 and 2.
PEOPLE = [User("a", "F", 25, "artist"), User("b", "F", 25), User("c", "M", 45, "farmer"), User("d", "M", 56)]
CHOSEN = [[0], [0], [0, 1], [1, 2]]


def positions(*items: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(items, dtype=np.int32)


@pytest.fixture
def four() -> Groups:
    return groups.fit(Histories.pack(CHOSEN), PEOPLE, 4)


# Company


@given(HISTORIES, st.lists(st.integers(0, 5), max_size=5))
def test_nearness_is_the_sum_of_dense_cosines(histories: list[list[int]], history: list[int]) -> None:
    chosen = np.zeros((len(histories), 6))
    for row, items in enumerate(histories):
        chosen[row, items] = 1
    lengths = np.sqrt(np.maximum(chosen.sum(axis=0), 1))
    cosines = (chosen.T @ chosen) / np.outer(lengths, lengths)
    fitted = company.fit(Histories.pack(histories), 6)
    assert fitted.scores(positions(*history)) == pytest.approx(cosines[history].sum(axis=0), abs=1e-5)


def test_what_is_disliked_draws_its_company_down() -> None:
    fitted = company.fit(Histories.pack([[0, 1], [2, 3]]), 4)
    assert fitted.nearness(positions(1, 3), positions(0), np.array([-1.0])).tolist() == [-1, 0]


def test_without_a_history_the_popular_comes_first() -> None:
    fitted = company.fit(Histories.pack([[0, 1], [1]]), 2)
    assert fitted.ranking(positions(0, 1), positions(), np.zeros(0)) == pytest.approx([0.5**0.5, 1])


@pytest.mark.parametrize("voting", [[3], [0, 5], [1, 2, 3, 4, 5, 6, 7]])
def test_whoever_has_no_vote_changes_no_sum_by_a_bit(voting: list[int]) -> None:
    rng = np.random.default_rng(7)
    histories = [np.unique(rng.integers(0, 30, 12)).tolist() for _ in range(8)]
    fitted = company.fit(Histories.pack(histories), 30)
    votes = np.zeros(8, dtype=np.float32)
    votes[voting] = rng.random(len(voting), dtype=np.float32)
    assert fitted._sums(votes).tobytes() == (fitted.chosen.T @ votes).tobytes()


def test_after_three_choices_nearness_counts_as_much_as_popularity() -> None:
    # 3 was chosen with all of the history, 4 by four times as many: half of each, and the root of a quarter.
    fitted = company.fit(Histories.pack([[0, 1, 2, 3], *([[4]] * 4)]), 5)
    scores = fitted.ranking(positions(3, 4), positions(0, 1, 2), np.ones(3))
    assert scores == pytest.approx([0.5 + 0.5 * 0.5, 0.5])


def test_a_history_of_ten_thousand_is_finite() -> None:
    fitted = company.fit(Histories.pack([[0, 1], [1, 2]]), 3)
    history = np.tile(positions(0, 1), 5_000)
    assert np.isfinite(fitted.ranking(positions(0, 1, 2), history, np.ones(10_000))).all()


# Groups


def test_a_group_without_wider_ones_is_plain_tf_idf(four: Groups) -> None:
    shares = [3 / 4, 2 / 4, 1 / 4, 0]
    rarity = [math.log(4 / 3), math.log(4 / 2), math.log(4 / 1), math.log(4)]
    assert four.favourites(Group()) == pytest.approx([s * r for s, r in zip(shares, rarity, strict=True)])


def test_the_share_of_a_small_group_leans_on_everybody(four: Groups) -> None:
    share = [(2 + 10 * 3 / 4) / 12, (10 * 2 / 4) / 12, (10 * 1 / 4) / 12, 0]
    rarity = [math.log(4 / 3), math.log(4 / 2), math.log(4 / 1), math.log(4)]
    expected = [s * r for s, r in zip(share, rarity, strict=True)]
    assert four.favourites(Group(gender="F")) == pytest.approx(expected)


def test_a_combination_leans_on_the_groups_it_is_of(four: Groups) -> None:
    def share(members: int, chose: int, wider: float) -> float:
        return (chose + 10 * wider) / (members + 10)

    men, farmers = share(2, 1, 3 / 4), share(1, 1, 3 / 4)
    both = share(1, 1, (men + farmers) / 2)
    found = four.favourites(Group(gender="M", occupation="farmer"))
    assert found[0] == pytest.approx(both * math.log(4 / 3))


def test_of_a_large_group_its_own_share_decides() -> None:
    people = [User(str(n), "F" if n < 1_000 else "M") for n in range(2_000)]
    fitted = groups.fit(Histories.pack([[0] if n < 1_000 else [1] for n in range(2_000)]), people, 2)
    assert fitted.favourites(Group(gender="F"))[0] == pytest.approx(math.log(2), rel=0.01)


def test_what_everybody_chose_is_nobodys_favourite() -> None:
    fitted = groups.fit(Histories.pack([[0], [0, 1]]), [User("a", "F"), User("b", "M")], 2)
    assert fitted.favourites(Group(gender="F"))[0] == 0


def test_what_is_not_known_of_somebody_puts_them_in_no_group(four: Groups) -> None:
    assert [four.size(Group(occupation="artist")), four.size(Group(gender="F"))] == [1, 2]


def test_wider_groups_know_one_thing_less() -> None:
    assert Group("F", 25).wider == (Group(None, 25), Group("F"))


@pytest.mark.parametrize(
    ("age", "band"), [(3, 25), (25, 25), (44, 25), (45, 45), (55, 45), (56, 56), (99, 56)]
)
def test_an_age_lies_in_the_band_below_it_and_in_the_first_if_there_is_none(
    four: Groups, age: int, band: int
) -> None:
    assert four.band(age) == band


def test_bands_are_said_by_their_bounds(four: Groups) -> None:
    assert four.bands == {25: "under 45", 45: "45-55", 56: "56+"}


def test_without_ages_there_are_no_bands() -> None:
    fitted = groups.fit(Histories.pack([[0]]), [User("a")], 1)
    assert (fitted.bands, fitted.band(30)) == ({}, None)


def test_nobody_at_all_has_no_favourites() -> None:
    fitted = groups.fit(Histories.pack([]), [], 3)
    assert fitted.favourites(Group(gender="F")).tolist() == [0, 0, 0]
