"""The split for libraries that stand outside, and what they ranked on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.next_item import elsewhere
from bench.next_item.measure import Task
from bench.next_item.split import leave_one_out
from kg.catalogue import Histories
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.store import Opened
from kg.types import User

Run = Callable[..., Any]

SPLIT = leave_one_out(Histories.pack([[0, 1, 2, 3], [4, 0, 1, 2], [5]]))
TASK = Task(SPLIT.train, 6, list(SPLIT.validation()), list(SPLIT.test()), 7)


def lists(folder: Path, rows: list[list[int]], task: Task = TASK, name: str = "theirs", **more: Any) -> Path:
    """Write lists as a script outside does."""
    held: dict[str, Any] = {
        "split": elsewhere.digest(task),
        "library": "Others 1.0",
        "like": "popularity",
        "parameters": "2 epochs",
        "lists": np.array(rows, dtype=np.int32),
        "train_s": 1.5,
        "learned": 12,
        "latencies_ms": np.array([1.0, 3.0]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / f"{name}.npz", **(held | more))
    return folder / f"{name}.npz"


def test_the_split_holds_what_may_be_known_and_no_true_item(tmp_path: Path) -> None:
    elsewhere.write(TASK, tmp_path / "split.npz")
    with np.load(tmp_path / "split.npz") as held:
        known = np.split(held["known_items"], held["known_starts"][1:-1])
        assert [part.tolist() for part in known] == [[0, 1, 2], [4, 0, 1]]
        # In training: all but the last two, and whoever is not tested; a history of one item teaches nothing.
        rows = np.split(held["row_items"], held["row_starts"][1:-1])
        assert [part.tolist() for part in rows] == [[0, 1], [4, 0]]
        assert (held["users"].tolist(), int(held["n_items"]), int(held["seed"])) == ([0, 1], 6, 7)
        assert "targets" not in held.files


def test_places_in_a_list_are_ranks_among_what_is_not_known(tmp_path: Path) -> None:
    # The first user's true item 3 is second; of the other's list, 4 is known, so that 2 is first.
    found = elsewhere.read(lists(tmp_path, [[5, 3, 4], [4, 2, 3]]), TASK)
    assert (found.result.ranks, found.like, found.result.learned) == ([2, 1], "popularity", 12)
    assert found.result.chosen.said() == "Others 1.0, 2 epochs"


def test_what_is_not_listed_ranks_last(tmp_path: Path) -> None:
    # 4 and 5 are listed, so that 3 is third of three; nothing is listed, so that all three are.
    found = elsewhere.read(lists(tmp_path, [[4, 5, -1], [-1, -1, -1]]), TASK)
    assert found.result.ranks == [3, 3]


def test_of_two_places_of_an_item_the_better_counts(tmp_path: Path) -> None:
    found = elsewhere.read(lists(tmp_path, [[3, 4, 3], [3, 5, 2]]), TASK)
    assert found.result.ranks == [1, 3]


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        ([[3], [2]], {"split": "another"}, "another split"),
        ([[3]], {}, "not those of the test users"),
        ([[3], [6]], {}, "not those of the test users"),
        ([[3], [-2]], {}, "not those of the test users"),
        ([[3], [2]], {"lists": np.array([["a"], ["b"]])}, "not those of the test users"),
    ],
)
def test_lists_of_something_else_are_refused(
    tmp_path: Path, rows: list[list[int]], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        elsewhere.read(lists(tmp_path, rows, **more), TASK)


def test_another_true_item_is_another_split() -> None:
    case = replace(TASK.test[0], target=5)
    assert elsewhere.digest(TASK) != elsewhere.digest(replace(TASK, test=[case, *TASK.test[1:]]))


def test_a_file_that_is_none_is_said_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"PK no")
    with pytest.raises(DataError, match=r"broken\.npz"):
        elsewhere.read_all(tmp_path, TASK)


def test_a_folder_without_lists_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no NAME\.npz"):
        elsewhere.read_all(tmp_path, TASK)


# The command


@pytest.fixture
def on_histories(toy: KnowledgeGraph, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the task on six films and three people."""
    histories = Histories.pack([[0, 1, 2, 3], [4, 0, 1, 2], [5]])
    users = [User(f"u{n}") for n in range(3)]
    graph = KnowledgeGraph(replace(toy.catalogue, histories=histories, users=users), toy.names)
    monkeypatch.setattr("bench.run.open_catalogue", lambda *_: Opened(graph, tmp_path / "toy"))

    def start(*arguments: str, **rest: str) -> Any:
        return run("--task", "next-item", "--system", "popularity", "--seed", "7", *arguments, **rest)

    return start


@pytest.fixture
def theirs(toy: KnowledgeGraph, tmp_path: Path) -> Path:
    lists(tmp_path / "theirs", [[3, 4, 5], [2, 3, 5]], replace(TASK, n_items=toy.catalogue.offered))
    return tmp_path / "theirs"


def test_lists_made_elsewhere_are_a_row_beside_ours(on_histories: Run, theirs: Path) -> None:
    done = on_histories("--answers", str(theirs), "--wide")
    assert done.code == 0, done.err
    assert done.scores["systems"]["theirs"]["ndcg"]["mean"] == 1
    assert "popularity − theirs: nDCG@10 -" in done.out
    assert "Others 1.0, 2 epochs" in done.out


def test_other_lists_are_another_run(on_histories: Run, theirs: Path, toy: KnowledgeGraph) -> None:
    on_histories("--answers", str(theirs), out="same")
    lists(theirs, [[3, 4, 5], [5, 3, 2]], replace(TASK, n_items=toy.catalogue.offered))
    done = on_histories("--answers", str(theirs), out="same")
    assert (done.code, "answers differ" in done.err) == (2, True)


def test_a_file_named_as_one_of_ours_is_refused(on_histories: Run, theirs: Path) -> None:
    (theirs / "theirs.npz").rename(theirs / "popularity.npz")
    done = on_histories("--answers", str(theirs))
    assert (done.code, "'popularity' is a system of this run" in done.err) == (2, True)


def test_their_lists_are_read_before_ours_are_trained(
    on_histories: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[str] = []
    monkeypatch.setattr("bench.next_item.task.measure", lambda *_: trained.append("trained"))
    done = on_histories("--answers", str(tmp_path / "nothing"))
    assert (done.code, "no NAME.npz" in done.err, trained) == (2, True, [])
