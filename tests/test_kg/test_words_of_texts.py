"""BM25 over stems against the formula, and on disk; word vectors of a package that is not the one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kg import static_words, text_index
from kg.embedder_roster import embedder
from kg.errors import DataError, UsageError
from kg.stems import stem
from kg.text_index import build, opened

TEXTS = ["A train robbery.", "Trains, trains and a tram", "Snow", ""]


def test_a_stem_weighs_what_the_formula_says() -> None:
    items, weights = build(TEXTS).postings(stem("train"))
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    lengths = {0: 3, 1: 5}
    counts = {0: 1, 1: 2}
    wanted = [
        idf * counts[i] / (counts[i] + 1.2 * (0.25 + 0.75 * lengths[i] / (9 / 4))) for i in items.tolist()
    ]
    assert items.tolist() == [0, 1]
    assert weights.tolist() == pytest.approx(wanted, rel=1e-5)


def test_a_word_that_no_text_has_is_in_none() -> None:
    assert len(build(TEXTS).postings(stem("zebra"))[0]) == 0


def test_no_texts_have_no_words() -> None:
    index = build([])
    assert (index.n_items, len(index.postings("train")[0])) == (0, 0)


def test_the_index_comes_back_from_disk_and_is_counted_once(tmp_path: Path) -> None:
    made = opened(tmp_path, lambda: TEXTS)
    again = opened(tmp_path, lambda: pytest.fail("counted again"))
    for name in ("hashes", "starts", "items", "weights"):
        assert getattr(made, name).tobytes() == getattr(again, name).tobytes()
    assert again.n_items == len(TEXTS)


def test_equal_texts_give_equal_files(tmp_path: Path) -> None:
    for name in "ab":
        opened(tmp_path / name, lambda: TEXTS)
    kept = [sorted((tmp_path / name / f"words-{text_index.VERSION}").iterdir()) for name in "ab"]
    assert [path.read_bytes() for path in kept[0]] == [path.read_bytes() for path in kept[1]]


def test_other_word_vectors_than_those_measured_are_refused(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "l2_supercat_256.safetensors").write_bytes(b"not the weights")
    with pytest.raises(DataError, match="wordllama"):
        static_words.StaticWords(tmp_path)


def test_without_the_package_the_default_is_fitted_on_the_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.static_words.packaged", lambda: None)
    assert embedder(None, tmp_path, lambda: TEXTS[:3]).fingerprint.startswith("lsa-")
    with pytest.raises(UsageError, match="pip install wordllama"):
        embedder("static", tmp_path, lambda: TEXTS)


def test_an_unknown_embedder_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="static"):
        embedder("word2vec", tmp_path, lambda: TEXTS)


@pytest.fixture
def words() -> static_words.StaticWords:
    folder = static_words.packaged()
    if folder is None:
        pytest.skip("the package wordllama is not installed")
    return static_words.StaticWords(folder)


def test_static_vectors_have_length_one_and_put_like_texts_nearer(words: static_words.StaticWords) -> None:
    shark, fish, law = words.embed(["a shark in the sea", "a fish in the water", "a trial in court"])
    assert float(shark @ shark) == pytest.approx(1, abs=1e-5)
    assert shark @ fish > shark @ law


def test_a_static_vector_is_the_same_alone_and_in_company(words: static_words.StaticWords) -> None:
    texts = ["a shark in the sea", "", "a trial in court"]
    together = words.embed(texts)
    assert together[2].tobytes() == words.embed(texts[2:])[0].tobytes()
    assert not together[1].any()
