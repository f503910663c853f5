"""The canonical catalogue: the one form in which every source is kept, in memory and on disk.

On disk a catalogue is a folder: `manifest.json` (source, version, hash and checksum of every other file,
counts), `items.jsonl`, `entities.jsonl`, `edges.npy`, and where the source has them `literal-*.npy`
(`kg.literals`), `users.jsonl`, `texts.jsonl` and `histories-*.npy`; for reading them where they lie,
`*-starts.npy` (`kg.rows`) and `index-*.npy` (`kg.index`).
A folder is written beside its place and renamed, so it is there whole or not at all.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from kg import checksums, rows, stored_texts
from kg.errors import DataError
from kg.folders import file_hash
from kg.index import Index
from kg.literals import Literals
from kg.policy import Policy
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName, User

FORMAT = 3
_MANIFEST = "manifest.json"
_DAMAGED = (OSError, EOFError, LookupError, TypeError, ValueError)

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

    The last `references` of the items are known and never recommended; those before them are `offered`.
    `edges` is (n_edges, 3) int32: positions in `items`, `relations` and `entities`, without repeats, sorted.
    `literals` are the values of relations that have no entities, by relation.
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
    literals: Mapping[str, Literals] = field(default_factory=dict)
    references: int = 0

    @property
    def offered(self) -> int:
        """How many items can be recommended: the first ones."""
        return len(self.items) - self.references

    @cached_property
    def offered_edges(self) -> IntArray:
        """The facts of the items that can be recommended."""
        return self.edges[: int(self.index.row_starts[self.offered])] if self.references else self.edges

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of everything there are; references are counted apart from items."""
        return {
            "items": self.offered,
            "references": self.references,
            "entities": len(self.entities),
            "edges": len(self.edges),
            "literals": sum(len(each.values) for each in self.literals.values()),
            "users": len(self.users),
            "choices": 0 if self.histories is None else len(self.histories.items),
            "texts": len(self.texts),
        }

    @cached_property
    def relation_counts(self) -> list[tuple[RelationName, int, int]]:
        """Every relation with its number of facts and of items that have it, of those that are offered."""
        edges = self.offered_edges
        told = edges[:, 1]
        again = np.zeros(len(told), dtype=bool)  # facts are sorted: another of the same item and relation
        again[1:] = (edges[1:, :2] == edges[:-1, :2]).all(axis=1)
        counts = [np.bincount(each, minlength=len(self.relations)) for each in (told, told[~again])]
        of_entities = zip(self.relations, *counts, strict=True)
        return [
            (r.name, *(int(each.searchsorted(self.offered)) for each in (literals.items, literals.known)))
            if (literals := self.literals.get(r.name)) is not None
            else (r.name, int(facts), int(items))
            for r, facts, items in of_entities
        ]

    @cached_property
    def policy(self) -> Policy:
        """What recommendations from it keep to; empty where nobody said anything."""
        return Policy.of(self.notes.get("policy") or {})

    @cached_property
    def index(self) -> Index:
        """The arrays that answers are read from; mapped if the catalogue was loaded."""
        chosen = None if self.histories is None else self.histories.items
        return Index.of(self.items, self.entities, self.edges, chosen)


def save(catalogue: Catalogue, folder: Path) -> None:
    """Write `catalogue` into the existing folder `folder`."""
    rows.write(folder / "items.jsonl", map(_item_row, catalogue.items))
    rows.write(folder / "entities.jsonl", ([e.id, e.label, *e.aliases] for e in catalogue.entities))
    np.save(folder / "edges.npy", catalogue.edges)
    catalogue.index.write(folder)
    for number, each in enumerate(catalogue.relations):
        if each.name in catalogue.literals:
            catalogue.literals[each.name].write(folder, number)
    if catalogue.users:
        rows.write(folder / "users.jsonl", ([u.id, u.gender, u.age, u.occupation] for u in catalogue.users))
    if catalogue.histories is not None:
        np.save(folder / "histories-starts.npy", catalogue.histories.starts)
        np.save(folder / "histories-items.npy", catalogue.histories.items)
    if catalogue.texts:
        stored_texts.write(catalogue.texts, folder)
    manifest = {
        "format": FORMAT,
        "name": catalogue.name,
        "source": catalogue.source,
        "version": catalogue.version,
        "relations": {
            each.name: {"kind": each.kind, "unit": each.unit, "scale": list(each.scale)}
            for each in catalogue.relations
        },
        "counts": catalogue.counts,
        "notes": dict(catalogue.notes),
        "sha256": {path.name: file_hash(path) for path in sorted(folder.iterdir())},
        "checksums": checksums.checksums(sorted(folder.iterdir())),
    }
    (folder / _MANIFEST).write_text(checksums.sealed(manifest), encoding="utf-8")


def load(folder: Path, *, verify: bool = False) -> Catalogue:
    """Open the catalogue in `folder`: files are compared with their checksums (`kg.checksums`) and mapped.

    With `verify`, every file's SHA-256 is compared with the manifest's.

    Raises:
        DataError: the folder is not a whole catalogue of this format.
    """
    manifest = read_manifest(folder)
    remedy = built_again(folder, manifest)
    if verify:
        for name, expected in manifest["sha256"].items():
            if not (folder / name).is_file() or file_hash(folder / name) != expected:
                raise DataError("the file is not what the manifest says", path=folder / name, remedy=remedy)
    try:
        if "checksums" in manifest:
            checksums.check(folder, manifest["checksums"])
        else:  # an older version wrote it
            checksums.check(folder, manifest["sha256"], file_hash)
        relations = [
            Relation(RelationName(name), Kind(told["kind"]), told["unit"], tuple(told["scale"]))
            for name, told in manifest["relations"].items()
        ]
        catalogue = Catalogue(
            manifest["name"],
            manifest["source"],
            manifest["version"],
            rows.Rows(folder / "items.jsonl", _item),
            rows.Rows(folder / "entities.jsonl", _entity),
            relations,
            rows.mapped(folder / "edges.npy"),
            rows.Rows(folder / "users.jsonl", _user) if (folder / "users.jsonl").exists() else (),
            _load_histories(folder),
            stored_texts.StoredTexts(folder) if (folder / "texts.jsonl").exists() else {},
            manifest["notes"],
            {
                each.name: literals
                for number, each in enumerate(relations)
                if (literals := Literals.load(folder, number, each.kind)) is not None
            },
            manifest["counts"].get("references", 0),
        )
        # Into the cached property and not a field: a changed copy of the catalogue computes its own.
        catalogue.__dict__["index"] = Index.load(folder)
    except _DAMAGED as error:
        raise DataError(f"the catalogue is damaged ({error})", path=folder, remedy=remedy) from error
    return catalogue


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the catalogue in `folder`."""
    path = folder / _MANIFEST
    try:
        manifest = checksums.unsealed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            "there is no catalogue here", path=folder, remedy="`usher data list` names those there are."
        ) from None
    except ValueError as error:
        raise DataError(f"not a manifest ({error})", path=path, remedy=built_again(folder)) from error
    if manifest.get("format") != FORMAT:
        raise DataError(
            f"catalogue format {manifest.get('format')!r}, expected {FORMAT}; another Usher wrote it",
            path=path,
            remedy=built_again(folder, manifest),
        )
    return manifest


def built_again(folder: Path, manifest: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return what a person does to have a catalogue whose folder is of no use built again."""
    if said := _added_again(manifest):
        return said
    command = f"usher data add {folder.name.rpartition('-')[0] or folder.name}"
    return f"Delete this folder or give `{command}`; it is built again from its sources."


def _added_again(manifest: Mapping[str, Any]) -> str:
    """Return how to build a person's own catalogue again; nothing for one of a public source."""
    try:
        own: Mapping[str, Any] = manifest["notes"]["own"]
        if "source" in own:
            said = f"--source {shlex.quote(own['source'])} --from {shlex.quote(own['folder'])}"
            return f"Add it again from your files: usher data add {manifest['name']} {said}"
        tables: Mapping[str, str] = own["tables"]
        said = " ".join(f"--{what} {shlex.quote(place)}" for what, place in tables.items())
        return f"Add it again from your tables: usher data add {manifest['name']} {said}"
    except (LookupError, TypeError, AttributeError):
        return ""


def _item_row(item: Item) -> list[Any]:
    return [item.id, item.title, item.year, item.domain, *item.aliases]


def _item(row: list[Any]) -> Item:
    return Item(ItemId(row[0]), row[1], row[2], row[3], tuple(row[4:]))


def _entity(row: list[Any]) -> Entity:
    return Entity(EntityId(row[0]), row[1], tuple(row[2:]))


def _user(row: list[Any]) -> User:
    return User(*row)


def _load_histories(folder: Path) -> Histories | None:
    starts, items = folder / "histories-starts.npy", folder / "histories-items.npy"
    return Histories(rows.mapped(starts), rows.mapped(items)) if starts.exists() else None
