"""What follows what: weights and counts computed by hand on planted histories."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.taste import model, sequence
from kg.taste.model import Taste
from kg.types import Item, ItemId, User

HISTORIES = st.lists(st.lists(st.integers(0, 7), max_size=12), max_size=12)
FILES = ("starts", "after", "weight", "people", "chosen")


def weights(found: sequence.Successors) -> list[list[float]]:
    return found.weight.toarray().tolist()


def catalogue(histories: list[list[int]], n_items: int = 4) -> Catalogue:
    builder = Builder()
    for n in range(n_items):
        builder.add_item(Item(ItemId(str(n)), f"Film {n}", 2000))
    users = [User(str(n)) for n in range(len(histories))]
    return builder.finish("made", "tests", "1", users=users, histories=Histories.pack(histories))


# Counting


def test_the_weight_is_one_over_the_root_of_the_steps() -> None:
    found = sequence.fit(Histories.pack([[0, 1, 2, 3, 4, 5, 6]]), 7)
    expected = [0, 1, 2**-0.5, 3**-0.5, 1 / 2, 5**-0.5, 0]
    assert found.weight.toarray()[0] == pytest.approx(expected)


def test_what_is_more_than_five_steps_away_does_not_count() -> None:
    found = sequence.fit(Histories.pack([[0, 1, 2, 3, 4, 5, 6]]), 7)
    assert (found.following(5, 0), found.following(6, 0)) == (1, 0)


def test_weights_of_several_people_are_summed() -> None:
    found = sequence.fit(Histories.pack([[0, 1], [0, 2, 1]]), 3)
    assert found.weight.toarray()[0, 1] == pytest.approx(1 + 2**-0.5)


def test_order_matters() -> None:
    found = sequence.fit(Histories.pack([[0, 1], [0, 1], [1, 0]]), 2)
    assert (found.following(1, 0), found.following(0, 1)) == (2, 1)


def test_somebody_who_went_there_twice_is_one_of_the_people() -> None:
    assert sequence.fit(Histories.pack([[0, 1, 0, 1], [0, 1]]), 2).following(1, 0) == 2


def test_somebody_who_went_there_twice_counts_at_the_fewest_steps() -> None:
    found = sequence.fit(Histories.pack([[0, 2, 1, 0, 1]]), 3)
    assert found.weight.toarray()[0, 1] == pytest.approx(1)


def test_nothing_follows_itself() -> None:
    assert sequence.fit(Histories.pack([[0, 0, 1, 0]]), 2).weight.diagonal().tolist() == [0, 0]


def test_the_end_of_one_history_does_not_lead_to_the_next() -> None:
    assert sequence.fit(Histories.pack([[0], [1], [], [2]]), 3).people.nnz == 0


def test_who_chose_an_item_is_counted_once() -> None:
    assert sequence.fit(Histories.pack([[0, 0, 1], [0], []]), 3).chosen.tolist() == [2, 1, 0]


@given(HISTORIES, st.integers(1, 9))
def test_in_parts_the_same_is_counted_as_at_once(histories: list[list[int]], size: int) -> None:
    packed = Histories.pack(histories)
    whole = sequence.fit(packed, 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "_CHUNK", size)
        parts = sequence.fit(packed, 8)
    assert parts.people.toarray().tolist() == whole.people.toarray().tolist()
    assert parts.weight.toarray() == pytest.approx(whole.weight.toarray(), rel=1e-6)


@given(HISTORIES, st.integers(1, 9))
def test_in_spans_of_items_the_same_bytes_are_counted(histories: list[list[int]], size: int) -> None:
    packed = Histories.pack(histories)
    whole = sequence.fit(packed, 8, kept=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "_SPAN", size)
        spans = sequence.fit(packed, 8, kept=3)
    for each in ("weight", "people"):
        for part in ("data", "indices", "indptr"):
            found, expected = (getattr(getattr(of, each), part) for of in (spans, whole))
            assert (found.dtype, found.tobytes()) == (expected.dtype, expected.tobytes())
    assert spans.chosen.tolist() == whole.chosen.tolist()


def test_memory_does_not_grow_with_the_histories() -> None:
    rng = np.random.default_rng(5)
    packed = Histories.pack(rng.integers(0, 400, (4_000, 40)).astype(np.int32))
    sequence.fit(Histories.pack([[0, 1]]), 400)  # what is imported is
    peaks = []
    for size in (160_000, 10_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sequence, "_CHUNK", 10_000)
            patch.setattr(sequence, "_SPAN", size)
            tracemalloc.start()
            sequence.fit(packed, 400, kept=20)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] / 4


@given(HISTORIES)
def test_the_counts_are_those_of_a_plain_loop(histories: list[list[int]]) -> None:
    people = np.zeros((8, 8), dtype=int)
    for history in histories:
        pairs = {
            (before, after)
            for at, before in enumerate(history)
            for after in history[at + 1 : at + 1 + sequence.WITHIN]
            if before != after
        }
        for before, after in pairs:
            people[before, after] += 1
    assert sequence.fit(Histories.pack(histories), 8).people.toarray().tolist() == people.tolist()


# What is kept


def test_the_strongest_successors_are_kept() -> None:
    found = sequence.fit(Histories.pack([[0, 3], [0, 3], [0, 1], [0, 2], [0, 2], [0, 2]]), 4, kept=2)
    assert found.people.toarray()[0].tolist() == [0, 0, 3, 2]


def test_of_equally_strong_successors_the_first_are_kept() -> None:
    found = sequence.fit(Histories.pack([[0, 3], [0, 1], [0, 2]]), 4, kept=2)
    assert found.people.toarray()[0].tolist() == [0, 1, 1, 0]


# Scores


def test_the_score_is_the_root_of_the_weight_damped_by_popularity() -> None:
    found = sequence.fit(Histories.pack([[0, 1], [0, 1], [0, 1], [0, 1], [2, 1]]), 3)
    scores = found.after(np.array([0], dtype=np.int32), [1])
    assert scores == pytest.approx([0, 4**0.5 * (5 + 10) ** -0.25, 0])


def test_the_last_choice_counts_most() -> None:
    found = sequence.fit(Histories.pack([[0, 2], [1, 3]]), 4)
    scores = found.scores(np.array([0, 1], dtype=np.int32))
    assert scores[[2, 3]] == pytest.approx([0.5 * 11**-0.25, 11**-0.25])


def test_a_history_of_ten_thousand_is_told_by_its_end() -> None:
    found = sequence.fit(Histories.pack([[0, 2], [1, 3]]), 4)
    long = np.array([0] * 9_980 + [1] * 20, dtype=np.int32)
    assert found.scores(long)[2] == 0 < found.scores(long)[3]


# Kept on disk


def test_what_was_kept_is_what_was_learned(tmp_path: Path) -> None:
    made = catalogue([[0, 1, 2], [0, 1], [3, 1]])
    learned, kept = Taste(made, tmp_path).successors, Taste(made, tmp_path).successors
    assert weights(kept) == weights(learned) == weights(Taste(made).successors)
    assert kept.people.toarray().tolist() == learned.people.toarray().tolist()
    assert kept.chosen.tolist() == [2, 3, 1, 1]


def test_it_is_learned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = catalogue([[0, 1]])
    _ = Taste(made, tmp_path).successors
    monkeypatch.setattr(sequence, "fit", lambda *_: pytest.fail("learned again"))
    assert Taste(made, tmp_path).successors.following(1, 0) == 1


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", [b"", b"no array", None], ids=["empty", "text", "missing"])
def test_a_damaged_file_is_named_and_what_it_held_is_learned_again(
    tmp_path: Path, name: str, harm: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    made = catalogue([[0, 1]])
    learned = weights(Taste(made, tmp_path).successors)
    path = tmp_path / f"taste-{model.VERSION}" / f"{name}.npy"
    path.unlink() if harm is None else path.write_bytes(harm)
    assert weights(Taste(made, tmp_path).successors) == learned
    assert f"is damaged ({name}.npy is " in caplog.text
    assert weights(Taste(made, tmp_path).successors) == learned
    assert caplog.text.count("made again") == 1


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_in_the_middle_is_learned_again(tmp_path: Path, name: str) -> None:
    made = catalogue([[0, 1, 2, 3], [3, 2, 1, 0]])
    learned = weights(Taste(made, tmp_path).successors)
    path = tmp_path / f"taste-{model.VERSION}" / f"{name}.npy"
    np.save(path, np.load(path)[:-1])
    assert weights(Taste(made, tmp_path).successors) == learned


def test_a_successor_that_is_no_item_is_learned_again(tmp_path: Path) -> None:
    made = catalogue([[0, 1, 2, 3]])
    learned = weights(Taste(made, tmp_path).successors)
    path = tmp_path / f"taste-{model.VERSION}" / "after.npy"
    np.save(path, np.load(path) + 100)
    assert weights(Taste(made, tmp_path).successors) == learned


def test_what_another_catalogue_taught_is_learned_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _ = Taste(catalogue([[0, 1]], 4), tmp_path).successors
    found = Taste(catalogue([[0, 1]], 5), tmp_path).successors
    assert weights(found) == weights(Taste(catalogue([[0, 1]], 5)).successors)
    assert "it knows 4 items, the catalogue has 5" in caplog.text


# Whose choices


def test_of_some_users_only_their_choices_are_learned() -> None:
    taste = Taste(catalogue([[0, 1], [2, 3], [0, 2]]), users=[1])
    assert taste.successors.people.toarray().sum() == taste.successors.following(3, 2) == 1


def test_what_some_users_taught_is_not_kept(tmp_path: Path) -> None:
    _ = Taste(catalogue([[0, 1], [2, 3]]), tmp_path, users=[0]).successors
    assert list(tmp_path.iterdir()) == []


def test_company_is_learned_of_the_same_users() -> None:
    taste = Taste(catalogue([[0, 1], [2, 3]]), users=[1])
    assert taste.company.chosen.toarray().tolist() == [[0, 0, 1, 1]]


def test_groups_are_of_the_same_users() -> None:
    taste = Taste(catalogue([[0, 1], [2, 3]]), users=[1])
    assert [user.id for user in taste.groups.users] == ["1"]


def test_without_histories_there_is_nothing_to_learn_from() -> None:
    assert not Taste(catalogue([[], []]))


def test_without_users_every_score_is_0() -> None:
    taste = Taste(catalogue([]))
    assert taste.successors.after(np.array([0], dtype=np.int32), [1]).tolist() == [0, 0, 0, 0]


def test_counts_can_be_added_to() -> None:
    first, more = [[0, 1, 2], [2, 1]], [[0, 2], [1, 0, 2], [0, 1]]
    whole = sequence.fit(Histories.pack(first + more), 3)
    added = sequence.updated(sequence.fit(Histories.pack(first), 3), Histories.pack(more))
    assert np.allclose(added.weight.toarray(), whole.weight.toarray())
    assert (added.people.toarray() == whole.people.toarray()).all()
    assert (added.chosen == whole.chosen).all()


def test_the_most_people_that_agree_are_counted_over_all_items() -> None:
    found = sequence.fit(Histories.pack([[0, 2], [0, 2], [1, 2]]), 4)
    assert [found.most_following(np.array(seen, dtype=np.int32)) for seen in ([0, 1], [1], [3], [])] == [
        2,
        1,
        0,
        0,
    ]
