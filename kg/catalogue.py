"""The canonical catalogue: the one form in which every source is kept, in memory and on disk.

On disk a catalogue is a folder: `manifest.json` (source, version, SHA-256 of every other file, counts),
`items.jsonl`, `entities.jsonl`, `edges.npy`, and where the source has them `users.jsonl`, `histories.npz`,
`texts.jsonl`. A folder is written beside its place and renamed, so it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import DataError
from kg.relations import relation
from kg.types import Entity, EntityId, Item, ItemId, Relation, User

FORMAT = 1
REBUILD = "Delete this folder; it is built again from its sources when it is next used."
_DAMAGED = (OSError, EOFError, LookupError, TypeError, ValueError, zipfile.BadZipFile)

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Histories:
    """Chronological choices of users in compressed rows.

    User u chose `items[starts[u]:starts[u + 1]]`, oldest first. `starts` is (n_users + 1,) int64, `items`
    (n_choices,) int32 positions in the catalogue's item list.
    """

    starts: npt.NDArray[np.int64]
    items: IntArray

    def of(self, user: int) -> IntArray:
        """Return the item positions user number `user` chose, oldest first."""
        return self.items[self.starts[user] : self.starts[user + 1]]

    @classmethod
    def pack(cls, rows: Iterable[Sequence[int]]) -> Histories:
        """Build from one sequence of item positions a user."""
        listed = [np.asarray(row, dtype=np.int32) for row in rows]
        starts = np.zeros(len(listed) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in listed], out=starts[1:])
        return cls(starts, np.concatenate(listed) if listed else np.zeros(0, dtype=np.int32))


@dataclass(frozen=True)
class Catalogue:
    """Items, entities and the facts that join them.

    `edges` is (n_edges, 3) int32: positions in `items`, `relations` and `entities`, without repeats, sorted.
    `texts` maps an item's id to what is said about it; `source` and `version` say where the facts come from.
    """

    name: str
    source: str
    version: str
    items: Sequence[Item]
    entities: Sequence[Entity]
    relations: Sequence[Relation]
    edges: IntArray
    users: Sequence[User] = ()
    histories: Histories | None = None
    texts: Mapping[ItemId, str] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of everything there are."""
        return {
            "items": len(self.items),
            "entities": len(self.entities),
            "edges": len(self.edges),
            "users": len(self.users),
            "choices": 0 if self.histories is None else len(self.histories.items),
            "texts": len(self.texts),
        }


class Builder:
    """Collects items and facts by id and packs them into a catalogue; repeats are kept once."""

    def __init__(self) -> None:
        self.items: dict[ItemId, Item] = {}
        self.entities: dict[EntityId, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.facts: set[tuple[ItemId, str, EntityId]] = set()
        self.texts: dict[ItemId, str] = {}

    def add_item(self, item: Item, text: str = "") -> None:
        """Add an item; a second item with the same id is an error of the source."""
        if item.id in self.items:
            raise DataError(f"item id {item.id!r} occurs twice", remedy="Give every item an id of its own.")
        self.items[item.id] = item
        if text:
            self.texts[item.id] = text

    def add_alias(self, key: ItemId, alias: str) -> None:
        """Add another title of an item."""
        item = self.items[key]
        if alias != item.title and alias not in item.aliases:
            self.items[key] = replace(item, aliases=(*item.aliases, alias))

    def add_fact(self, item: ItemId, name: str, entity: Entity) -> None:
        """Add the fact that `item` has `entity` as its `name`."""
        self.relations.setdefault(name, relation(name))
        self.entities.setdefault(entity.id, entity)
        self.facts.add((item, name, entity.id))

    def finish(self, name: str, source: str, version: str, **rest: Any) -> Catalogue:
        """Pack everything; entities and facts are sorted so that equal input gives equal bytes."""
        items = list(self.items.values())
        entities = [self.entities[key] for key in sorted(self.entities)]
        relations = [self.relations[key] for key in sorted(self.relations)]
        at_item = {item.id: index for index, item in enumerate(items)}
        at_entity = {entity.id: index for index, entity in enumerate(entities)}
        at_relation = {each.name: index for index, each in enumerate(relations)}
        rows = sorted((at_item[i], at_relation[relation(r).name], at_entity[e]) for i, r, e in self.facts)
        edges = np.asarray(rows, dtype=np.int32).reshape(-1, 3)
        return Catalogue(name, source, version, items, entities, relations, edges, texts=self.texts, **rest)


def save(catalogue: Catalogue, folder: Path) -> None:
    """Write `catalogue` into the existing folder `folder`."""
    _write_lines(folder / "items.jsonl", map(_item_row, catalogue.items))
    _write_lines(folder / "entities.jsonl", ([e.id, e.label, *e.aliases] for e in catalogue.entities))
    np.save(folder / "edges.npy", catalogue.edges)
    if catalogue.users:
        _write_lines(folder / "users.jsonl", ([u.id, u.gender, u.age, u.occupation] for u in catalogue.users))
    if catalogue.histories is not None:
        np.savez(folder / "histories.npz", starts=catalogue.histories.starts, items=catalogue.histories.items)
    if catalogue.texts:
        _write_lines(folder / "texts.jsonl", ([key, text] for key, text in catalogue.texts.items()))
    manifest = {
        "format": FORMAT,
        "name": catalogue.name,
        "source": catalogue.source,
        "version": catalogue.version,
        "relations": [each.name for each in catalogue.relations],
        "counts": catalogue.counts,
        "notes": dict(catalogue.notes),
        "sha256": {path.name: file_hash(path) for path in sorted(folder.iterdir())},
    }
    (folder / "manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8"
    )


def load(folder: Path, *, verify: bool = False) -> Catalogue:
    """Read the catalogue in `folder`; its texts are read at first use.

    With `verify`, every file's SHA-256 is compared with the manifest's.

    Raises:
        DataError: the folder is not a whole catalogue of this format.
    """
    manifest = read_manifest(folder)
    if verify:
        for name, expected in manifest["sha256"].items():
            if not (folder / name).is_file() or file_hash(folder / name) != expected:
                raise DataError("the file is not what the manifest says", path=folder / name, remedy=REBUILD)
    try:
        items = [_item(row) for row in _read_lines(folder / "items.jsonl")]
        entities = [
            Entity(EntityId(r[0]), r[1], tuple(r[2:])) for r in _read_lines(folder / "entities.jsonl")
        ]
        edges = np.load(folder / "edges.npy", mmap_mode="r", allow_pickle=False)
        users = [User(*row) for row in _read_lines(folder / "users.jsonl")]
        histories = _load_histories(folder / "histories.npz")
    except _DAMAGED as error:
        raise DataError(f"the catalogue is damaged ({error})", path=folder, remedy=REBUILD) from error
    return Catalogue(
        manifest["name"],
        manifest["source"],
        manifest["version"],
        items,
        entities,
        [relation(name) for name in manifest["relations"]],
        edges,
        users,
        histories,
        _StoredTexts(folder / "texts.jsonl"),
        manifest["notes"],
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the catalogue in `folder`."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            "there is no catalogue here", path=folder, remedy="`usher data list` names those there are."
        ) from None
    except ValueError as error:
        raise DataError(f"not a manifest ({error})", path=path, remedy=REBUILD) from error
    if manifest.get("format") != FORMAT:
        raise DataError(
            f"catalogue format {manifest.get('format')!r}, expected {FORMAT}", path=path, remedy=REBUILD
        )
    return manifest


class _StoredTexts(Mapping[ItemId, str]):
    """The texts of a catalogue on disk, read at first use: answering most requests needs none."""

    def __init__(self, path: Path):
        self._path = path

    @cached_property
    def _texts(self) -> dict[ItemId, str]:
        return {ItemId(key): text for key, text in _read_lines(self._path)}

    def __getitem__(self, key: ItemId) -> str:
        return self._texts[key]

    def __iter__(self) -> Iterator[ItemId]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class new_folder:  # noqa: N801 - reads as a statement: with new_folder(path) as partial
    """Write a folder beside its place and rename it at the end; on any error nothing is left.

    If the folder exists by then (another process was faster) the other's is kept.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self) -> Path:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.partial = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}-", dir=self.folder.parent))
        return self.partial

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.partial.rename(self.folder)
        except OSError:
            if not self.folder.is_dir():
                raise
        finally:
            shutil.rmtree(self.partial, ignore_errors=True)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _item_row(item: Item) -> list[Any]:
    return [item.id, item.title, item.year, item.domain, *item.aliases]


def _item(row: list[Any]) -> Item:
    return Item(ItemId(row[0]), row[1], row[2], row[3], tuple(row[4:]))


def _load_histories(path: Path) -> Histories | None:
    if not path.exists():
        return None
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return Histories(arrays["starts"], arrays["items"])


def _write_lines(path: Path, rows: Iterable[Any]) -> None:
    encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(encode(row) + "\n" for row in rows)


def _read_lines(path: Path) -> Iterator[Any]:
    if path.exists():
        with path.open(encoding="utf-8") as stream:
            yield from map(json.loads, stream)
