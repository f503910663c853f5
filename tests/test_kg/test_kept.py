"""What is kept beside a catalogue: compared whenever it is opened, made again where it is damaged."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from kg import checksums, chroma, kept, text_index, vectors
from kg.catalogue import load, save
from kg.documents import documents
from kg.embedders import Lsa, lsa_for
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.vectors import open_index

TEXTS = ["sharks and boats", "trams and murder", "salt and sand"]


def flip(path: Path, byte: int = -1) -> None:
    """Turn a bit over, the file's time kept, as a failing disk would."""
    times = path.stat()
    data = bytearray(path.read_bytes())
    data[byte] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def number(folder: Path) -> int:
    return int((folder / "n").read_text(encoding="utf-8"))


def made(folder: Path) -> None:
    (folder / "n").write_text("7", encoding="utf-8")


# Every cache


def test_a_flipped_bit_makes_it_again_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept.kept(tmp_path / "a", made, number)
    flip(tmp_path / "a" / "n")
    assert kept.kept(tmp_path / "a", made, number) == 7
    assert "a is damaged (n is not what was written); it is made again." in caplog.text


def test_what_is_whole_is_not_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept.kept(tmp_path / "a", made, number)
    assert kept.kept(tmp_path / "a", lambda _: pytest.fail("made again"), number) == 7
    assert caplog.text == ""


@pytest.mark.parametrize("file", ["n", "seal.json"])
def test_a_missing_file_makes_it_again(tmp_path: Path, file: str) -> None:
    kept.kept(tmp_path / "a", made, number)
    (tmp_path / "a" / file).unlink()
    assert kept.kept(tmp_path / "a", made, number) == 7
    kept.check(tmp_path / "a")


def test_a_flipped_seal_makes_it_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept.kept(tmp_path / "a", made, number)
    for byte in range(len((tmp_path / "a" / "seal.json").read_bytes()) - 1):
        flip(tmp_path / "a" / "seal.json", byte)
        assert kept.kept(tmp_path / "a", made, number) == 7
    assert "seal.json is not what was written" in caplog.text


def test_what_an_older_version_left_is_made_again_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "n").write_text("6", encoding="utf-8")
    assert (kept.kept(tmp_path / "a", made, number), caplog.text) == (7, "")


@pytest.mark.parametrize(
    ("code", "why"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "it may not be written to")]
)
def test_where_nothing_can_be_written_it_is_made_for_this_time_only(
    tmp_path: Path, code: int, why: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(kept, "new_folder", refuse)
    assert kept.kept(tmp_path / "a", made, number) == 7
    assert f"cannot be kept ({why}); it is made for this time only." in caplog.text
    assert "damaged" not in caplog.text


def test_of_six_at_once_one_makes_it(tmp_path: Path) -> None:
    count, found = [], []

    def slowly(folder: Path) -> None:
        count.append(1)
        made(folder)

    threads = [
        threading.Thread(target=lambda: found.append(kept.kept(tmp_path / "a", slowly, number)))
        for _ in range(6)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(count), found) == (1, [7] * 6)


# Large files


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "_SMALL", 0)


@pytest.mark.usefixtures("large")
def test_a_large_file_is_read_once_while_nothing_is_done_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").write_bytes(b"all of it")
    told = checksums.checksums([tmp_path / "f"])
    checksums.check(tmp_path, told)
    checksums.check(tmp_path, told, lambda _: pytest.fail("read again"))


@pytest.mark.usefixtures("large")
def test_a_large_file_that_was_written_to_is_read_though_its_time_was_put_back(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"all of it")
    told = checksums.checksums([tmp_path / "f"])
    checksums.check(tmp_path, told)
    flip(tmp_path / "f")
    with pytest.raises(ValueError, match="f is not what was written"):
        checksums.check(tmp_path, told)


@pytest.mark.usefixtures("large")
def test_a_large_file_of_another_catalogue_is_read(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"all of it")
    checksums.check(tmp_path, checksums.checksums([tmp_path / "f"]))
    with pytest.raises(ValueError, match="f is not what was written"):
        checksums.check(tmp_path, {"f": 0})


# A catalogue


@pytest.fixture
def folder(lasting_toy: tuple[KnowledgeGraph, Path], tmp_path: Path) -> Path:
    place = tmp_path / "toy-0123456789abcdef"
    place.mkdir()
    save(lasting_toy[0].catalogue, place)
    return place


def test_a_flip_in_any_file_of_a_catalogue_is_named_with_its_remedy(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        flip(path, len(path.read_bytes()) // 2)
        with pytest.raises(DataError, match=r"(damaged|not a manifest)[^\n]*\n.*usher data add toy"):
            load(folder)
        flip(path, len(path.read_bytes()) // 2)
    load(folder)


def test_a_catalogue_of_an_older_version_is_compared_with_its_hashes(folder: Path) -> None:
    path = folder / "manifest.json"
    told = checksums.unsealed(path.read_text(encoding="utf-8"))
    del told["checksums"]
    path.write_text(checksums._text(told), encoding="utf-8")
    load(folder)
    flip(folder / "index-years.npy")
    with pytest.raises(DataError, match=r"index-years\.npy is not what was written"):
        load(folder)


# Each of them


def test_damaged_words_are_counted_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = text_index.opened(tmp_path, lambda: TEXTS)
    flip(tmp_path / f"words-{text_index.VERSION}" / "weights.npy")
    again = text_index.opened(tmp_path, lambda: TEXTS)
    assert again.weights.tolist() == first.weights.tolist()
    assert "made again" in caplog.text


@pytest.mark.parametrize("file", ["words.json", "lsa.npz"])
def test_a_damaged_embedder_is_fitted_again(
    tmp_path: Path, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = lsa_for(tmp_path / "lsa", TEXTS)
    flip(tmp_path / "lsa" / file, 40)
    assert lsa_for(tmp_path / "lsa", TEXTS).fingerprint == first.fingerprint
    assert "made again" in caplog.text


def test_damaged_vectors_are_made_again(
    toy: KnowledgeGraph, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lsa = Lsa.fit(documents(toy))
    first = open_index(toy, tmp_path, lsa).search("a lighthouse", 3)
    flip(next(tmp_path.glob("vectors-*/vectors.npy")))
    assert open_index(toy, tmp_path, lsa).search("a lighthouse", 3) == first
    assert "vectors.npy is not what was written" in caplog.text


def test_a_collection_that_cannot_be_read_is_filled_again(
    toy: KnowledgeGraph, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "ONE_BY_ONE", 0)
    lsa = Lsa.fit(documents(toy))
    first = open_index(toy, tmp_path, lsa)
    found = first.search("a lighthouse", 3)
    first.client.close()  # type: ignore[attr-defined]
    (path,) = tmp_path.glob("vectors-*/chroma/chroma.sqlite3")
    path.write_bytes(path.read_bytes()[:50])
    index = open_index(toy, tmp_path, lsa)
    assert index.search("a lighthouse", 3) == found
    assert "chroma is damaged" in caplog.text
    index.client.close()


def test_a_collection_with_a_flipped_bit_is_filled_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keys = [str(number) for number in range(1000)]
    rows = np.random.default_rng(0).normal(size=(1000, 4)).astype(np.float32)

    def opened() -> chroma.Opened:
        return kept.kept(
            tmp_path / "c",
            lambda folder: chroma.write(folder, keys, rows),
            chroma.opened,
            unsealed=chroma.changing(1000),
        )

    for _ in range(2):
        opened().client.close()  # type: ignore[attr-defined]
    assert caplog.text == ""
    flip(next(tmp_path.glob("c/*/data_level0.bin")), 100)
    again = opened()
    assert "data_level0.bin is not what was written" in caplog.text
    assert again.collection.count() == 1000
    again.client.close()  # type: ignore[attr-defined]


def test_few_vectors_are_compared_without_opening_chroma(
    toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lsa = Lsa.fit(documents(toy))
    open_index(toy, tmp_path, lsa)
    monkeypatch.setattr("kg.chroma.opened", lambda _: pytest.fail("opened"))
    assert open_index(toy, tmp_path, lsa).search("a lighthouse", 1)
