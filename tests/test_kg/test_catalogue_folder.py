"""A catalogue on disk: what is saved is what is loaded, whole or not at all."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from kg import catalogue as catalogues
from kg import names, naming, rows
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories, load, read_manifest, save
from kg.errors import DataError
from kg.folders import file_hash, new_folder
from kg.graph import KnowledgeGraph
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
        ("items", "references", "entities", "edges", "literals", "users", "choices", "texts"), 0
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
    counts = {"items": 2, "references": 0, "entities": 2, "edges": 2, "literals": 0, "users": 2, "choices": 2}
    assert read_manifest(folder)["counts"] == counts | {"texts": 1}


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
    "name",
    [
        "items.jsonl",
        "items-starts.npy",
        "entities.jsonl",
        "edges.npy",
        "index-ranks.npy",
        "users.jsonl",
        "histories-items.npy",
        "texts.jsonl",
        "texts-order.npy",
    ],
)
def test_a_file_cut_short_is_a_data_error_with_a_remedy(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(DataError, match=r"is damaged (.|\n)*Delete this folder"):
        load(folder)


@pytest.mark.parametrize("name", ["edges.npy", "histories-starts.npy", "index-years.npy"])
def test_an_empty_array_file_is_a_data_error(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    with pytest.raises(DataError, match="is damaged"):
        load(folder)


@pytest.mark.parametrize("name", ["names-refs.npy", "names-lengths.npy", "names-keys.txt"])
def test_a_damaged_name_index_is_a_data_error(folder: Path, name: str) -> None:
    naming.write(small(), folder)
    (folder / name).write_bytes(b"\x93NUM")
    with pytest.raises(DataError, match="the name index is damaged"):
        names.load(folder)


def test_a_folder_without_manifest_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no catalogue here"):
        load(tmp_path)


def test_a_torn_manifest_is_said(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1,', encoding="utf-8")
    with pytest.raises(DataError, match="not a manifest"):
        load(folder)


@pytest.mark.parametrize("other", [1, 99])
def test_another_format_is_refused_with_a_remedy(folder: Path, other: int) -> None:
    manifest = read_manifest(folder) | {"format": other}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(
        DataError, match=rf"format {other}, expected 3; another Usher wrote it\n.*built again"
    ):
        load(folder)


def test_an_old_catalogue_of_own_tables_says_how_it_is_added_again(folder: Path) -> None:
    own = {"tables": {"items": "/my tables/wines.csv", "users": "/u.csv"}, "mapping": {}}
    manifest = read_manifest(folder) | {"format": 2, "notes": {"own": own}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DataError, match=r"data add \w+ --items '/my tables/wines.csv' --users /u.csv"):
        load(folder)


def test_opening_makes_no_item_and_no_entity(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naming.write(small(), folder)
    for made in ("catalogue._item", "catalogue._entity", "catalogue._user", "stored_texts._text"):
        monkeypatch.setattr(f"kg.{made}", lambda _: pytest.fail("made when it was not asked for"))
    assert KnowledgeGraph(load(folder), names.load(folder)).years.tolist() == [1999, 0]


def test_a_loaded_catalogue_has_the_index_of_the_one_that_was_saved(folder: Path) -> None:
    loaded, computed = load(folder).index, small().index
    differing = [
        each.name
        for each in fields(computed)
        if not np.array_equal(getattr(loaded, each.name), getattr(computed, each.name))
    ]
    assert differing == []


def test_a_changed_copy_of_a_loaded_catalogue_has_an_index_of_its_own(folder: Path) -> None:
    loaded = load(folder)
    assert replace(
        loaded, items=loaded.items[:1], edges=loaded.edges[:1], histories=None
    ).index.years.tolist() == [1999]


def test_a_line_that_was_changed_is_a_data_error_when_the_catalogue_is_opened(folder: Path) -> None:
    path = folder / "items.jsonl"
    path.write_bytes(path.read_bytes().replace(b'["b"', b'["b!'))
    with pytest.raises(DataError, match=r"items\.jsonl is not what was written(.|\n)*built again"):
        load(folder)


def test_a_line_that_is_no_row_is_a_data_error_when_it_is_read(folder: Path) -> None:
    path = folder / "items.jsonl"
    path.write_bytes(path.read_bytes().replace(b'["b"', b'["b!'))
    items = rows.Rows(path, catalogues._item)
    with pytest.raises(DataError, match=r"items\.jsonl: not a row of this catalogue(.|\n)*built again"):
        _ = items[1]


def test_rows_can_be_counted_from_the_end(folder: Path) -> None:
    assert load(folder).items[-1].id == "b"


def test_rows_can_be_sliced(folder: Path) -> None:
    assert [item.id for item in load(folder).items[::-1]] == ["b", "a"]


@pytest.mark.parametrize("place", [2, -3])
def test_a_row_beyond_the_ends_is_an_index_error(folder: Path, place: int) -> None:
    items = load(folder).items
    with pytest.raises(IndexError):
        _ = items[place]


def test_a_text_is_found_by_the_id_of_its_item(folder: Path) -> None:
    assert load(folder).texts["a"] == "A text\nof two lines."  # type: ignore[index]


def test_an_item_without_text_has_none(folder: Path) -> None:
    assert load(folder).texts.get(ItemId("b")) is None


def test_ids_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.rows.hash64", lambda _: 7)
    keys = ["a", "b", "c"]
    places = rows.Places(*rows.hash_order(keys), keys.__getitem__)
    assert [places.get(key) for key in ("c", "a", "b", "d")] == [2, 0, 1, None]


def test_half_a_surrogate_pair_is_no_id(folder: Path) -> None:
    places = rows.Places(*rows.hash_order(["a"]), ["a"].__getitem__)
    assert places.get("\ud800") is None


def test_a_fact_of_an_item_that_was_never_added_is_an_error() -> None:
    builder = Builder()
    builder.add_fact(ItemId("ghost"), "genre", Entity(EntityId("g"), "Drama"))
    with pytest.raises(DataError, match="'ghost', which is no item"):
        builder.finish("n", "s", "1")


def test_a_fact_may_be_told_before_its_item() -> None:
    builder = Builder()
    builder.add_fact(ItemId("b"), "genre", Entity(EntityId("g"), "Drama"))
    builder.add_item(Item(ItemId("a"), "A"))
    builder.add_item(Item(ItemId("b"), "B"))
    assert builder.finish("n", "s", "1").edges.tolist() == [[1, 0, 0]]


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
