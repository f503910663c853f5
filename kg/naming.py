"""Writing the name index: every spelling of a catalogue's items and entities, as `kg.names` reads it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.catalogue import Catalogue
from kg.forms import Form, entity_forms, item_forms
from kg.names import BEGUN, MIN_NEAR
from kg.progress import counted
from kg.rows import hash64
from kg.trigrams import postings_of
from kg.types import Kind

_MOST = 200  # things that one shortened name stands for at most: the best known ones


def write(catalogue: Catalogue, folder: Path) -> None:
    """Build the name index of a catalogue and write it into `folder` (`names-*`)."""
    keys: dict[str, int] = {}
    columns = array("i"), array("i"), array("i")
    for key, code, form in _all_forms(catalogue):
        if key:
            columns[0].append(keys.setdefault(key, len(keys)))
            columns[1].append(code)
            columns[2].append(form)
    hashes = np.fromiter(map(hash64, keys), dtype=np.uint64, count=len(keys))
    order = np.argsort(hashes, kind="stable")
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys))
    of_key, said, how = (np.array(column, dtype=np.int32) for column in columns)
    numbers, codes, forms = _best_forms(place[of_key], said, how, _fame(catalogue, said))
    _save(folder, "hashes", hashes[order])
    _save(folder, "starts", np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=len(keys))))))
    _save(folder, "refs", codes)
    _save(folder, "forms", forms.astype(np.uint8))
    begun = {key[:letters] for key in keys for letters in BEGUN if len(key) >= letters}
    _save(folder, "begun", np.unique(np.fromiter(map(hash64, begun), dtype=np.uint64, count=len(begun))))
    listed = list(keys)
    _write_near([listed[i] for i in order.tolist() if len(listed[i]) >= MIN_NEAR], folder)


def _all_forms(catalogue: Catalogue) -> Iterator[tuple[str, int, Form]]:
    items, entities = catalogue.items, catalogue.entities
    for position, item in enumerate(counted(items, "names of items", len(items), "items")):
        for key, form in item_forms(item):
            yield key, position, form
    kinds, only_known = _kinds(catalogue), set(_of_references(catalogue).tolist())
    for position, entity in enumerate(counted(entities, "names of values", len(entities), "values")):
        # A work that is no item of the catalogue is not something to ask for, nor who made nothing in it.
        if kinds[position] != {Kind.WORK} and position not in only_known:
            for key, form in entity_forms(entity, kinds[position]):
                yield key, -1 - position, form


def _of_references(catalogue: Catalogue) -> npt.NDArray[np.int32]:
    """Return the entities that only items have that are known and never recommended."""
    offered = catalogue.offered_edges
    return np.setdiff1d(catalogue.edges[len(offered) :, 2], offered[:, 2])


def _kinds(catalogue: Catalogue) -> list[frozenset[Kind]]:
    """Return for every entity the kinds of the relations it stands in."""
    order = list(Kind)
    sets = np.zeros(len(catalogue.entities), dtype=np.int64)  # bit k: the k-th kind
    keys = catalogue.index.value_keys
    for number, relation in enumerate(catalogue.relations):
        low, high = keys.searchsorted(np.asarray((number, number + 1)) * len(sets))
        sets[keys[low:high] - number * len(sets)] |= 1 << order.index(relation.kind)
    named = {
        bits: frozenset(kind for k, kind in enumerate(order) if bits >> k & 1)
        for bits in np.unique(sets).tolist()
    }
    return [named[bits] for bits in sets.tolist()]


def _best_forms(
    numbers: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int32],
    forms: npt.NDArray[np.int32],
    fame: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Keep of each thing's forms under a key the best, and of a shortened name the best known bearers.

    `numbers` are those of the keys. In order of key, form and place in the catalogue.
    """
    order = np.lexsort((forms, codes, numbers))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.diff(numbers[order]).astype(bool) | np.diff(codes[order]).astype(bool)
    order = order[fresh]
    order = order[np.lexsort((codes[order], np.abs(codes[order]), fame[order], forms[order], numbers[order]))]
    sorted_numbers = numbers[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_numbers, sorted_numbers)
    order = order[(rank < _MOST) | (forms[order] <= Form.ALIAS)]
    order = order[np.lexsort((codes[order], np.abs(codes[order]), forms[order], numbers[order]))]
    return numbers[order], codes[order], forms[order]


def _fame(catalogue: Catalogue, codes: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """Return for each code how far from the best known of its sort it is, 0 to 1."""
    facts = np.bincount(catalogue.offered_edges[:, 2], minlength=len(catalogue.entities))
    entities = np.empty(len(facts))
    entities[np.argsort(-facts, kind="stable")] = np.arange(len(facts)) / max(1, len(facts))
    items = catalogue.index.ranks / max(1, len(catalogue.items))
    # -1 - code of an entity counts from the end of what stands after the items, turned round.
    return np.concatenate((items, entities[::-1]))[codes]


def _write_near(keys: Sequence[str], folder: Path) -> None:
    """Write the keys by length, otherwise in the order given, and the trigrams of each."""
    letters = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
    keys = [keys[i] for i in np.argsort(letters, kind="stable").tolist()]
    _save(folder, "lengths", np.concatenate(([0], np.cumsum(np.bincount(letters)))).astype(np.int32))
    sizes = np.fromiter((len(key.encode()) + 1 for key in keys), dtype=np.int64, count=len(keys))
    _save(folder, "spans", np.concatenate(([0], np.cumsum(sizes))))
    with (folder / "names-keys.txt").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(key + "\n" for key in keys)
    offsets, postings = postings_of(keys)
    _save(folder, "offsets", offsets)
    _save(folder, "postings", postings)


def _save(folder: Path, part: str, array: npt.NDArray[Any]) -> None:
    np.save(folder / f"names-{part}.npy", array)
