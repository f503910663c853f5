"""A catalogue on disk: what is saved is what is loaded, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg import names
from kg.catalogue import Builder, Catalogue, Histories, file_hash, load, new_folder, read_manifest, save
from kg.errors import DataError
from kg.types import Entity, EntityId, Item, ItemId, User


def small() -> Catalogue:
    builder = Builder()
    builder.add_item(Item(ItemId("a"), "Über", 1999, "movie", ("Above", "Over")), "A text\nof two lines.")
    builder.add_item(Item(ItemId("b"), "Nameless", None, "book"))
    builder.add_fact(ItemId("a"), "genre", Entity(EntityId("g"), "Drama", ("Dramatic",)))
    builder.add_fact(ItemId("b"), "director", Entity(EntityId("d"), "Ada Quill"))
    builder.add_fact(ItemId("b"), "director", Entity(EntityId("d"), "Ada Quill"))
    return builder.finish(
        "small",
        "tests",
        "2",
        users=[User("u", "F", 25, "artist"), User("v")],
        histories=Histories.pack([[1, 0], []]),
        notes={"links": {"same title": 1}},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(small(), tmp_path)
    return tmp_path


def test_items_come_back(folder: Path) -> None:
    assert list(load(folder).items) == list(small().items)


def test_entities_come_back(folder: Path) -> None:
    assert list(load(folder).entities) == list(small().entities)


def test_facts_come_back(folder: Path) -> None:
    assert np.array_equal(load(folder).edges, small().edges)


def test_a_fact_told_twice_is_kept_once() -> None:
    assert len(small().edges) == 2


def test_users_come_back(folder: Path) -> None:
    assert list(load(folder).users) == list(small().users)


def test_histories_come_back_oldest_first(folder: Path) -> None:
    histories = load(folder).histories
    assert histories is not None
    assert [histories.of(0).tolist(), histories.of(1).tolist()] == [[1, 0], []]


def test_texts_come_back(folder: Path) -> None:
    assert dict(load(folder).texts) == {"a": "A text\nof two lines."}


def test_notes_come_back(folder: Path) -> None:
    assert load(folder).notes == {"links": {"same title": 1}}


def test_a_catalogue_of_nothing_comes_back(tmp_path: Path) -> None:
    save(Builder().finish("none", "tests", "1"), tmp_path)
    assert load(tmp_path).counts == dict.fromkeys(
        ("items", "entities", "edges", "users", "choices", "texts"), 0
    )


def test_equal_catalogues_give_equal_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    save(small(), other)
    assert read_manifest(other)["sha256"] == read_manifest(folder)["sha256"]


def test_facts_are_packed_alike_in_whatever_order_they_are_told() -> None:
    def packed(order: int) -> Catalogue:
        builder = Builder()
        builder.add_item(Item(ItemId("a"), "A"))
        for name in ("genre", "director")[::order]:
            for key in ("x", "y")[::order]:
                builder.add_fact(ItemId("a"), name, Entity(EntityId(key), key))
        return builder.finish("n", "s", "1")

    assert np.array_equal(packed(1).edges, packed(-1).edges)


def test_the_manifest_hashes_every_other_file(folder: Path) -> None:
    hashed = read_manifest(folder)["sha256"]
    assert hashed == {p.name: file_hash(p) for p in folder.iterdir() if p.name != "manifest.json"}


def test_the_manifest_counts_everything(folder: Path) -> None:
    counts = {"items": 2, "entities": 2, "edges": 2, "users": 2, "choices": 2, "texts": 1}
    assert read_manifest(folder)["counts"] == counts


def test_verify_accepts_what_was_saved(folder: Path) -> None:
    assert load(folder, verify=True).name == "small"


def test_verify_names_a_damaged_file(folder: Path) -> None:
    path = folder / "items.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Nameless", "Nameles"), encoding="utf-8")
    with pytest.raises(DataError, match=r"items\.jsonl: the file is not what the manifest says"):
        load(folder, verify=True)


def test_verify_names_a_missing_file(folder: Path) -> None:
    (folder / "texts.jsonl").unlink()
    with pytest.raises(DataError, match=r"texts\.jsonl"):
        load(folder, verify=True)


@pytest.mark.parametrize(
    "name", ["items.jsonl", "entities.jsonl", "edges.npy", "users.jsonl", "histories.npz"]
)
def test_a_file_cut_short_is_a_data_error_with_a_remedy(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(DataError, match=r"is damaged (.|\n)*Delete this folder"):
        load(folder)


@pytest.mark.parametrize("name", ["edges.npy", "histories.npz"])
def test_an_empty_array_file_is_a_data_error(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    with pytest.raises(DataError, match="is damaged"):
        load(folder)


def test_a_damaged_name_index_is_a_data_error(folder: Path) -> None:
    names.write(small(), folder)
    (folder / "names-refs.npy").write_bytes(b"\x93NUM")
    with pytest.raises(DataError, match="the name index is damaged"):
        names.load(folder)


def test_a_folder_without_manifest_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no catalogue here"):
        load(tmp_path)


def test_a_torn_manifest_is_said(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1,', encoding="utf-8")
    with pytest.raises(DataError, match="not a manifest"):
        load(folder)


def test_another_format_is_refused(folder: Path) -> None:
    manifest = read_manifest(folder) | {"format": 99}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DataError, match="format 99, expected 1"):
        load(folder)


def test_two_items_of_one_id_are_an_error() -> None:
    builder = Builder()
    builder.add_item(Item(ItemId("a"), "A"))
    with pytest.raises(DataError, match="'a' occurs twice"):
        builder.add_item(Item(ItemId("a"), "B"))


def test_new_folder_is_there_whole_at_the_end(tmp_path: Path) -> None:
    with new_folder(tmp_path / "x" / "y") as partial:
        (partial / "file").write_text("whole")
    assert (tmp_path / "x" / "y" / "file").read_text() == "whole"


def test_new_folder_is_not_there_before_the_end(tmp_path: Path) -> None:
    with new_folder(tmp_path / "y"):
        assert not (tmp_path / "y").exists()


@pytest.mark.parametrize("error", [OSError, ValueError, KeyboardInterrupt])
def test_new_folder_leaves_nothing_behind_on_error(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), new_folder(tmp_path / "y") as partial:  # noqa: PT012
        (partial / "file").write_text("half")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_new_folder_keeps_what_the_first_writer_wrote(tmp_path: Path) -> None:
    with new_folder(tmp_path / "y") as slow:
        (slow / "file").write_text("second")
        with new_folder(tmp_path / "y") as fast:
            (fast / "file").write_text("first")
    assert (tmp_path / "y" / "file").read_text() == "first"


def test_new_folder_of_the_second_writer_leaves_no_remains(tmp_path: Path) -> None:
    with new_folder(tmp_path / "y") as slow:
        (slow / "file").write_text("second")
        with new_folder(tmp_path / "y") as fast:
            (fast / "file").write_text("first")
    assert [path.name for path in tmp_path.iterdir()] == ["y"]
