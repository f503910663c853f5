"""What plans are mined from: a catalogue's facts and histories as sparse matrices, one domain at a time."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from kg.catalogue import Catalogue, Histories
from kg.errors import UsageError
from kg.text import name_key
from kg.types import Kind

# Section 1.2.1 has seven attributes for films and metadata for books. Distributors, languages, countries and
# media types are left out: too broad to be asked for.
RELATIONS = {
    "movie": ("actor", "cinematographer", "composer", "director", "editor", "genre", "producer", "writer"),
    "book": ("author", "genre", "publisher", "series"),
}

IntArray = npt.NDArray[np.int64]
Matrix = Any  # scipy.sparse.csr_array of int32: its type parameters differ between versions of the stubs


class Value(NamedTuple):
    """A relation and a label: what a condition states. Entities of one label are one value."""

    relation: str
    label: str


@dataclass(frozen=True)
class Material:
    """The domain's part of a catalogue: n items (all of the catalogue's, by position), v values, u users.

    `facts` is (n, v) and `choices` (u, n), both 0/1 and zero for items of other domains. What is asked for,
    and true, are items that can be recommended (`offered_facts`); all may be referred to.
    """

    catalogue: Catalogue
    histories: Histories
    domain: str
    seed: int
    ids: Sequence[str]
    titles: Sequence[str]
    user_ids: Sequence[str]
    inside: npt.NDArray[np.bool_]
    values: Sequence[Value]
    kinds: Sequence[Kind]
    relation_of: IntArray
    facts: Matrix
    choices: Matrix

    @classmethod
    def of(cls, catalogue: Catalogue, domain: str, seed: int) -> Material:
        """Read a domain's part of a catalogue.

        Raises:
            UsageError: the catalogue has no histories, or the domain none of its relations.
        """
        if catalogue.histories is None or not len(catalogue.users):
            remedy = "Plans start from what people chose: take one that has users."
            raise UsageError(f"the catalogue {catalogue.name!r} has no histories\n  {remedy}")
        names = [r.name for r in catalogue.relations if r.name in RELATIONS[domain]]
        if not names:
            known = ", ".join(r.name for r in catalogue.relations) or "none"
            needed = ", ".join(RELATIONS[domain])
            raise UsageError(f"no relation to ask {domain}s by\n  It has {known}; expected one of {needed}.")
        kept = np.array([item.domain == domain for item in catalogue.items], dtype=bool)
        values, facts = _facts(catalogue, names, kept)
        kind_of: dict[str, Kind] = {r.name: r.kind for r in catalogue.relations}
        at: dict[str, int] = {name: place for place, name in enumerate(names)}
        return cls(
            catalogue,
            catalogue.histories,
            domain,
            seed,
            [item.id for item in catalogue.items],
            [item.title for item in catalogue.items],
            [user.id for user in catalogue.users],
            kept,
            values,
            [kind_of[value.relation] for value in values],
            np.array([at[value.relation] for value in values], dtype=np.int64),
            facts,
            _choices(catalogue.histories, kept),
        )

    def rng(self, *names: str) -> np.random.Generator:
        """Return the random stream of this name: drawing more from one leaves the others as they are."""
        return np.random.default_rng([self.seed, zlib.crc32("/".join((self.domain, *names)).encode())])

    def history(self, user: int) -> IntArray:
        """Return what a user chose of this domain: positions, oldest first, each one once."""
        chosen = self.histories.of(user).astype(np.int64)
        chosen = chosen[self.inside[chosen]]
        _, firsts = np.unique(chosen, return_index=True)
        return chosen[np.sort(firsts)]

    def holders(self, value: int) -> IntArray:
        """Return the items that have a value: sorted positions."""
        return np.asarray(_row(self._by_value, value), dtype=np.int64)

    def on(self, item: int, relation: int) -> frozenset[int]:
        """Return the values an item has on a relation."""
        held = _row(self.facts, item)
        return frozenset(held[self.relation_of[held] == relation].tolist())

    def related(self, item: int) -> frozenset[str]:
        """Return the normal names of all that an item is related to, in any relation of the catalogue."""
        start, end = self.catalogue.index.row_starts[item : item + 2].tolist()
        entities = self.catalogue.edges[start:end, 2].tolist()
        return frozenset(name_key(self.catalogue.entities[entity].label) for entity in entities)

    @cached_property
    def offered_facts(self) -> Matrix:
        """The facts of items that can be recommended, (n, v): zero for the others."""
        last = self.facts.indptr[self.catalogue.offered]
        starts = np.minimum(self.facts.indptr, last)
        kept = (self.facts.data[:last], self.facts.indices[:last], starts)
        return sp.csr_array(kept, shape=self.facts.shape)

    @cached_property
    def _by_value(self) -> Matrix:
        return _canonical(sp.csr_array(self.facts.T))

    @cached_property
    def fame(self) -> IntArray:
        """Return how often the items of every value were chosen: (v,)."""
        chosen = np.asarray(self.choices.sum(axis=0)).ravel()
        return np.asarray(self.facts.T @ chosen).ravel().astype(np.int64)

    @cached_property
    def asked(self) -> npt.NDArray[np.bool_]:
        """Return which values may be asked for: (v,), at least two items offered and a name no other has.

        Two values of a relation whose names have one normal form cannot be told apart in a request.
        """
        spelled = Counter((value.relation, name_key(value.label)) for value in self.values)
        alone = [bool(name_key(v.label)) and spelled[v.relation, name_key(v.label)] == 1 for v in self.values]
        shared = np.bincount(self.offered_facts.indices, minlength=len(self.values)) >= 2
        return np.asarray(np.array(alone, dtype=bool) & shared)

    @cached_property
    def specific(self) -> npt.NDArray[np.bool_]:
        """Return which values are no mere categories or languages: (v,)."""
        return np.array([kind not in (Kind.CATEGORY, Kind.LANGUAGE) for kind in self.kinds], dtype=bool)

    @cached_property
    def person(self) -> npt.NDArray[np.bool_]:
        """Return which values are people: (v,)."""
        return np.array([kind is Kind.PERSON for kind in self.kinds], dtype=bool)

    @cached_property
    def named(self) -> npt.NDArray[np.bool_]:
        """Return which items a title alone names: (n,)."""
        keys = [name_key(title) for title in self.titles]
        count = Counter(keys)
        return np.array([bool(key) and count[key] == 1 for key in keys], dtype=bool)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The normal names of everything the catalogue knows."""
        return frozenset(name_key(entity.label) for entity in self.catalogue.entities)


def domains_of(catalogue: Catalogue) -> list[str]:
    """Return the domains of a catalogue that RecBench+ has, in its order."""
    present = {item.domain for item in catalogue.items}
    return [domain for domain in RELATIONS if domain in present]


def _facts(
    catalogue: Catalogue, names: Sequence[str], kept: npt.NDArray[np.bool_]
) -> tuple[list[Value], Matrix]:
    edges = catalogue.edges
    codes = [place for place, each in enumerate(catalogue.relations) if each.name in names]
    edges = edges[np.isin(edges[:, 1], codes) & kept[edges[:, 0]]]
    pairs, which = np.unique(edges[:, 1:], axis=0, return_inverse=True)
    told = [Value(catalogue.relations[r].name, catalogue.entities[e].label) for r, e in pairs.tolist()]
    values = sorted(set(told))
    at = {value: place for place, value in enumerate(values)}
    columns = np.array([at[value] for value in told], dtype=np.int64)[which.ravel()]
    return values, _binary(edges[:, 0], columns, (len(kept), len(values)))


def _choices(histories: Histories, kept: npt.NDArray[np.bool_]) -> Matrix:
    users = np.repeat(np.arange(len(histories.starts) - 1), np.diff(histories.starts))
    own = kept[histories.items]
    return _binary(users[own], histories.items[own], (len(histories.starts) - 1, len(kept)))


def _binary(rows: npt.NDArray[Any], columns: npt.NDArray[Any], shape: tuple[int, int]) -> Matrix:
    ones: Any = np.ones(len(rows), dtype=np.int32)
    matrix: Matrix = sp.csr_array((ones, (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return _canonical(matrix)


def _canonical(matrix: Matrix) -> Matrix:
    matrix.sort_indices()
    return matrix


def _row(matrix: Matrix, row: int) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return found
