"""Who does long work says how far it is, to whoever listens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg import text_index
from kg.catalogue import Histories
from kg.embedders import Lsa
from kg.progress import counted, stage, told
from kg.sources import csv_rows, movielens_csv
from kg.taste import sequence
from tests.test_kg.heard import Heard


def test_how_much_is_done_is_told_and_nothing_is_left_out() -> None:
    with told(heard := Heard()):
        assert list(counted("abc", "letters", 3, "letters")) == ["a", "b", "c"]
    assert heard.of("letters") == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert heard.ended == ["letters"]


def test_of_many_not_every_one_is_told() -> None:
    with told(heard := Heard()):
        assert sum(counted(range(50_000), "numbers", 50_000, "numbers")) == sum(range(50_000))
    assert len(heard.of("numbers")) <= 1001


def test_sizes_count_where_they_are_given() -> None:
    with told(heard := Heard()):
        list(counted(["ab", "c"], "letters", 3, "letters", len))
    assert heard.of("letters") == [(0, 3), (2, 3), (3, 3)]


def test_where_nobody_listens_nothing_is_told() -> None:
    with told(heard := Heard()):
        pass
    with stage("a", 1, "things") as tell:
        tell(1)
    assert list(counted("ab", "b", 2, "things")) == ["a", "b"]
    assert heard.said == []


def test_a_stage_ends_with_what_went_wrong_in_it() -> None:
    with told(heard := Heard()), pytest.raises(ZeroDivisionError), stage("a", 1, "things"):
        _ = 1 / 0
    assert heard.ended == ["a"]


def test_reading_tells_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "movies.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    with told(heard := Heard()):
        assert [row for _, row in csv_rows.rows(path, ("a", "b"))] == [["1", "2"], ["3", "4"]]
    assert heard.of("reading movies.csv")[-1] == (12, 12)


def test_ratings_tell_how_far_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(movielens_csv, "_BLOCK", 16)
    path = tmp_path / "ratings.csv"
    path.write_text("userId,movieId,rating,timestamp\n" + "1,2,3.5,4\n" * 3)
    with told(heard := Heard()):
        assert [len(part.users) for part in movielens_csv._by_user(path)] == [3]
    assert [done for done, _ in heard.of("reading ratings.csv")] == [0, 10, 30]


def test_taste_tells_of_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequence, "_CHUNK", 2)
    with told(heard := Heard()):
        sequence.fit(Histories.pack([[0, 1], [1, 2], [2, 0]]), 3)
    assert heard.of("taste")[-1] == (6, 6)
    assert {each.unit for each, _ in heard.said} == {"choices"}


def test_the_index_of_themes_tells_of_descriptions() -> None:
    texts = ["a shark near the beach", "a ghost near the house", "a robot in space"]
    with told(heard := Heard()):
        text_index.build(texts)
        assert np.isfinite(Lsa.fit(texts).embed(texts)).all()
    assert set(heard.ended) == {"words of descriptions", "word vectors", "vectors of descriptions"}
    assert {done for done, _ in heard.of("vectors of descriptions")} == {0, 1, 2, 3}
