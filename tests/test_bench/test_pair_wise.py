"""Pair-wise: what is asked, what was known before, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bench.pair_wise.split as splitting
from bench.pair_wise import baselines, sources
from bench.pair_wise.feedback import NOTHING, Feedback, Items, Pairs, of_log
from bench.pair_wise.roster import ROSTER, Row
from bench.pair_wise.sources import of_histories
from bench.pair_wise.split import Parts, split
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.sources.logs import Log

Run = Callable[..., Any]
ITEMS = Items([str(n) for n in range(20)], [f"Title {n}" for n in range(20)])


def ints(*values: int) -> Any:
    return np.array(values, dtype=np.int32)


def log(*rows: tuple[int, int, int, int], **rest: Any) -> Feedback:
    """Feedback of rows (user, item, liked, moment)."""
    users, items, liked, moments = (ints(*column) for column in zip(*rows, strict=True))
    return Feedback(
        "toy", ["a", "b", "c"], ITEMS, users, items, liked.astype(bool), moments.astype(int), **rest
    )


def plain(pairs: Pairs) -> list[tuple[int, int, bool]]:
    return list(zip(pairs.users.tolist(), pairs.items.tolist(), pairs.liked.tolist(), strict=True))


def known(pairs: Pairs, place: int) -> list[int]:
    return [item for item in pairs.histories[place].tolist() if item != NOTHING]


TWENTY = log(*((n % 2, n, n % 3 != 0, 100 + n) for n in range(20)))  # type: ignore[arg-type]


def test_the_last_tenth_by_time_is_the_test_and_the_one_before_it_the_validation() -> None:
    parts = split(TWENTY)
    assert [part.items.tolist() for part in (parts.validation, parts.test)] == [[16, 17], [18, 19]]
    assert parts.train.items.tolist() == list(range(16))


def test_the_order_of_a_logs_rows_decides_nothing() -> None:
    back = log(*((n % 2, n, n % 3 != 0, 100 + n) for n in reversed(range(20))))  # type: ignore[arg-type]
    assert plain(split(back).test) == plain(split(TWENTY).test)


def test_a_moment_is_in_one_part_as_a_whole() -> None:
    rows = [(n % 2, n, 1, min(n, 17)) for n in range(20)]  # the last three are one moment
    parts = split(log(*rows))
    assert (parts.validation.items.tolist(), parts.test.items.tolist()) == ([15, 16], [18, 17, 19])


def test_rows_of_one_moment_go_by_user_and_the_items_id() -> None:
    rows = [(0, n, 1, n) for n in range(16)] + [(0, 16, 1, 16), (0, 17, 1, 17), (1, 9, 1, 18), (0, 10, 1, 18)]
    assert plain(split(log(*rows)).test) == [(0, 10, True), (1, 9, True)]


def test_a_history_is_what_was_liked_at_earlier_moments() -> None:
    rows = [(0, 1, 1, 1), (0, 2, 0, 2), (0, 3, 1, 3), (0, 4, 1, 3), (1, 5, 1, 3)]
    rows += [(2, n, 1, n) for n in range(6, 12)]
    train = split(log(*rows)).train
    at = {(user, item): place for place, (user, item, _) in enumerate(plain(train))}
    assert known(train, at[0, 1]) == []
    assert known(train, at[0, 3]) == known(train, at[0, 4]) == [1]
    assert known(train, at[1, 5]) == []


def test_the_test_knows_what_was_liked_in_the_parts_before() -> None:
    parts = split(log(*((0, n, 1, n) for n in range(20))))
    assert known(parts.test, 1) == list(range(19))[-20:]


def test_a_history_has_the_latest_twenty() -> None:
    items = Items([str(n) for n in range(40)], [""] * 40)
    rows = ints(*range(40))
    told = Feedback("toy", ["a"], items, rows * 0, rows, np.ones(40, dtype=bool), rows.astype(int))
    assert known(split(told).test, -1) == list(range(19, 39))


def test_histories_that_are_told_are_taken_as_they_are() -> None:
    given = np.full((20, 20), NOTHING, dtype=np.int32)
    given[19, 0] = 7
    told = log(*((0, n, 1, n) for n in range(20)), histories=given)
    assert known(split(told).test, -1) == [7]


def test_too_few_moments_are_an_error() -> None:
    with pytest.raises(UsageError, match="2 moments are too few"):
        split(log(*((0, n, 1, n // 10) for n in range(20))))


def test_no_part_is_larger_than_the_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "TEST", 1)
    monkeypatch.setattr(splitting, "TRAIN", 3)
    parts = split(TWENTY)
    assert [len(part) for part in (parts.train, parts.validation, parts.test)] == [3, 1, 1]
    assert parts.train.items.tolist() == [15, 16, 17]


def test_a_moment_that_is_too_large_is_thinned_by_whole_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "TEST", 3)
    rows = [(0, n, 1, n) for n in range(18)] + [(n % 3, n, 1, 18) for n in range(6)]
    test = split(log(*rows)).test
    assert len(set(test.users.tolist())) == 1
    assert len(test) == 2


CHOSEN = of_histories("toy", ITEMS, ["a", "b"], Histories.pack([list(range(12)), [3, 3, 19, 5, 7]]))


def test_a_chosen_item_is_followed_by_two_that_its_user_never_chose() -> None:
    parts = split(CHOSEN)
    for part in (parts.train, parts.validation, parts.test):
        assert part.liked.tolist() == [True, False, False] * (len(part) // 3)
        for user, item, liked in plain(part):
            assert (item in (range(12), (3, 19, 5, 7))[user]) == liked


def test_negatives_have_the_history_of_their_row() -> None:
    test = split(CHOSEN).test
    assert known(test, 0) == known(test, 1) == known(test, 2)


def test_the_last_choice_of_everybody_is_the_test_where_no_times_are_told() -> None:
    assert [item for _, item, liked in plain(split(CHOSEN).test) if liked] == [11, 7]


def test_an_item_chosen_again_counts_once() -> None:
    assert len(CHOSEN.items) == 12 + 4


def test_negatives_are_drawn_by_the_seed() -> None:
    first, again, other = (split(CHOSEN, seed) for seed in (1, 1, 2))
    assert plain(first.test) == plain(again.test)
    assert plain(first.train) != plain(other.train)


def rated(*rows: tuple[str, int, int, int]) -> Log:
    """Ratings of (user, item, time, score)."""
    found = Log()
    for row in rows:
        found.add(*row)
    return found


def test_ratings_are_liked_from_a_score_on() -> None:
    told = of_log("toy", rated(("u", 1, 5, 3), ("u", 2, 6, 4)), ITEMS, liked=4)
    assert (told.liked.tolist(), told.moments.tolist(), told.order) == ([False, True], [5, 6], "time")


def test_of_an_item_rated_again_the_first_counts() -> None:
    told = of_log("toy", rated(("u", 1, 9, 5), ("u", 1, 3, 2)), ITEMS, liked=4)
    assert (told.liked.tolist(), told.moments.tolist()) == ([False], [3])


def test_of_an_item_rated_twice_in_a_moment_the_lowest_counts() -> None:
    told = of_log("toy", rated(("u", 1, 3, 5), ("u", 1, 3, 2)), ITEMS, liked=4)
    assert told.liked.tolist() == [False]


def test_the_order_of_ratings_decides_no_number() -> None:
    rows = [("b", 1, 5, 3), ("a", 2, 6, 4), ("10", 3, 7, 5), ("9", 3, 8, 5)]
    first, back = (of_log("toy", rated(*each), ITEMS, liked=4) for each in (rows, rows[::-1]))
    assert first.user_ids == back.user_ids == ["9", "10", "a", "b"]
    assert first.users.tolist() == back.users.tolist()
    assert first.items.tolist() == back.items.tolist()


def test_without_times_a_shuffle_by_the_seed_stands_for_them() -> None:
    log = rated(*(("u", n, 0, 5) for n in range(20)))
    first, again, other = (of_log("toy", log, ITEMS, liked=4, seed=seed) for seed in (1, 1, 2))
    assert sorted(first.moments.tolist()) == list(range(20))
    assert first.moments.tolist() == again.moments.tolist() != other.moments.tolist()
    assert first.order.startswith("a shuffle")


# Baselines


def toy_parts(train: Pairs) -> Parts:
    return Parts("toy", Items(["0", "1", "2"], [""] * 3), train, train, train)


def pairs(*rows: tuple[int, int, int], history: tuple[int, ...] = ()) -> Pairs:
    users, items, liked = (ints(*column) for column in zip(*rows, strict=True))
    histories = np.full((len(rows), 20), NOTHING, dtype=np.int32)
    histories[:, : len(history)] = history
    return Pairs(users, items, liked.astype(bool), histories)


TRAIN = pairs((0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 0))


def test_popularity_counts_likes() -> None:
    found = baselines.popularity(toy_parts(TRAIN), 0)
    assert found.scores(pairs((9, 0, 1), (9, 1, 1), (9, 2, 1))).tolist() == [2, 1, 0]


def test_the_rate_of_an_item_is_drawn_to_the_mean() -> None:
    found = baselines.item_rate(toy_parts(TRAIN), 0)
    expected = [(2 + 7.5) / 12, (1 + 7.5) / 12, 7.5 / 10]
    assert found.scores(pairs((9, 0, 1), (9, 1, 1), (9, 2, 1))).tolist() == pytest.approx(expected)


def test_neighbours_score_what_was_liked_with_the_history() -> None:
    found = baselines.item_knn(toy_parts(TRAIN), 0)
    near, far = found.scores(pairs((9, 1, 1), (9, 2, 1), history=(0,)))
    assert near > far == 0


# The command


@pytest.fixture
def on_log(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the task on people who like even items."""
    rng = np.random.default_rng(0)
    rows = [(int(rng.integers(3)), int(rng.integers(20)), moment) for moment in range(400)]
    told = log(*((user, item, item % 2 == 0, moment) for user, item, moment in rows))  # type: ignore[arg-type]
    monkeypatch.setattr("bench.pair_wise.task._feedback", lambda _: told)

    def start(*arguments: str, **rest: str) -> Any:
        return run("--task", "pair-wise", *arguments, **rest)

    return start


def test_the_command_prints_a_row_a_system(on_log: Run) -> None:
    done = on_log("--system", "random,item-rate")
    assert (done.code, "random" in done.out, "item-rate" in done.out) == (0, True, True)
    assert done.scores["systems"]["item-rate"]["auc"]["mean"] == 1.0


def test_the_run_folder_holds_every_prediction(on_log: Run) -> None:
    done = on_log("--system", "item-rate")
    lines = (done.folder / "predictions.tsv").read_text().splitlines()
    assert lines[0].split("\t") == ["user", "item", "liked", "item-rate"]
    assert len(lines) == 1 + 40


def test_the_manifest_says_what_ran(on_log: Run) -> None:
    what = json.loads((on_log("--system", "random", "--seed", "7").folder / "run.json").read_text())["what"]
    assert (what["task"], what["systems"], what["seed"]) == ("pair-wise", ["random"], 7)
    assert what["rows"]["test"]["n"] == 40
    assert what["negatives"] == "told"


def test_a_limit_is_one_of_test_rows(on_log: Run) -> None:
    done = on_log("--system", "random", "--limit", "13")
    assert "13 rows" in done.out


def test_few_rows_are_of_many_people(on_log: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.pair_wise.task._EACH", 2)
    done = on_log("--system", "random", "--limit", "5")
    users = [line.split("\t")[0] for line in (done.folder / "predictions.tsv").read_text().splitlines()[1:]]
    assert sorted(users.count(user) for user in "abc") == [1, 2, 2]


def test_the_same_command_again_gives_the_same_predictions(on_log: Run) -> None:
    first, second = (on_log("--system", "random,item-knn", out=name) for name in ("a", "b"))
    assert (first.folder / "predictions.tsv").read_bytes() == (second.folder / "predictions.tsv").read_bytes()


def test_a_row_is_compared_with_the_one_it_stands_beside(
    on_log: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROSTER, "better", Row(baselines.item_rate, beside="random"))
    done = on_log("--system", "random,better")
    assert "better − random: AUC +" in done.out


def test_a_folder_with_another_run_is_refused(on_log: Run) -> None:
    on_log("--system", "random")
    done = on_log("--system", "popularity")
    assert (done.code, "this folder holds another run: systems differ" in done.err) == (2, True)


def test_an_unknown_system_is_named_with_the_nearest(on_log: Run) -> None:
    done = on_log("--system", "populrity")
    assert (done.code, "did you mean 'popularity'?" in done.err) == (2, True)


def test_the_task_takes_no_queries(on_log: Run, tmp_path: Path) -> None:
    done = on_log("--queries", tmp_path / "queries.jsonl")
    assert (done.code, "takes no queries" in done.err) == (2, True)


def test_an_own_system_is_a_dotted_path(on_log: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "own_pairs.py").write_text(
        "class Even:\n"
        "    def scores(self, pairs):\n"
        "        return 1.0 - pairs.items % 2\n"
        "def fit(parts, seed):\n"
        "    return Even()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    done = on_log("--system", "own_pairs:fit")
    assert done.scores["systems"]["own_pairs:fit"]["auc"]["mean"] == 1.0


def test_a_system_that_gives_other_scores_than_rows_is_an_error(
    on_log: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "short_pairs.py").write_text(
        "class Short:\n"
        "    def scores(self, pairs):\n"
        "        return [0.5]\n"
        "def fit(parts, seed):\n"
        "    return Short()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    done = on_log("--system", "short_pairs:fit")
    assert (done.code, "expected a finite number a row" in done.err) == (2, True)


# Real data


def test_ml_100k_is_split_by_time(shared: Path) -> None:
    from kg.store import open_catalogue

    told = sources.of_catalogue("ml-100k", open_catalogue("ml-100k", shared), shared, 0)
    assert (len(told.users), int(told.liked.sum())) == (100_000, 34_174 + 21_201)
    parts = split(told)
    assert len(parts.train) + len(parts.validation) + len(parts.test) == 100_000
    assert 9_900 < len(parts.test) <= 10_000


def test_librarything_has_no_times(shared: Path) -> None:
    from kg.store import open_catalogue

    told = sources.of_catalogue("librarything", open_catalogue("librarything", shared), shared, 0)
    assert told.order.startswith("a shuffle")
    assert told.liked.mean() == pytest.approx((13_314 + 2_394 + 10_909) / 40_999, abs=0.01)
