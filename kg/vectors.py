"""Nearness of texts: an index of the items' descriptions that finds what is near to a query.

`ItemIndex` keeps vectors in Chroma, on disk or on a server (`kg.served_vectors`), as a cache that can be
rebuilt: a sidecar names the corpus, the embedder and the Chroma version, and a mismatch or damage rebuilds.
Up to `ONE_BY_ONE` vectors are compared each by itself, read where they lie mapped; among more Chroma proposes
and the vectors decide, so that its order never does. `ExactIndex` is the same without Chroma; the tests hold
one against the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from kg import chroma
from kg.documents import documents
from kg.embedders import Embedder
from kg.graph import KnowledgeGraph, Positions
from kg.kept import kept
from kg.rows import mapped
from kg.types import ItemId

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

Vectors = npt.NDArray[np.float32]
ONE_BY_ONE = 200_000
_OVERFETCH = 4
_PROPOSED = 200  # items that Chroma proposes at least
_SAMPLE = 4096  # vectors that tell what the cosine of any item with a text is like
_GATHERED = 1 << 15  # vectors that are copied together
_MOST_COPIED = 0.2  # of all: comparing all takes no longer than copying more
_NOTHING_IN_COMMON = 1e-4
_VECTORS = "vectors.npy"
_SIDECAR = "sidecar.json"
_COLLECTION = "chroma"
_DOCUMENT = b"1"  # raised whenever `document` gives another text of the same catalogue
_DIGITS = 5  # of a cosine; what differs by less is equal


class Near(NamedTuple):
    """The cosines of items with a text, higher is closer: `positions` ascending, `cosines` (n,) float32.

    `mean` and `deviation` are those of the cosine over the whole catalogue, or over a fixed sample of it.
    """

    positions: Positions
    cosines: Vectors
    mean: float
    deviation: float


class Retriever(Protocol):
    """Finds items by the nearness of their description to a text. Items are named by position."""

    def search(
        self, text: str, k: int, *, allowed: Positions | None = None, excluded: Positions | None = None
    ) -> list[tuple[ItemId, float]]:
        """Return at most `k` `(item, cosine)`, nearest first, ties by id.

        Only `allowed` items are returned, if given, and no `excluded` ones; without `allowed` only what has
        anything in common with the text.
        """
        ...

    def near(self, text: str, besides: Positions) -> Near:
        """Return how near items are to a text: all of them, or of many the nearest and those `besides`."""
        ...


class ExactIndex:
    """Every similarity computed, nothing approximated: `vectors` (n_items, dim) float32."""

    def __init__(self, keys: Sequence[ItemId], vectors: Callable[[], Vectors], embedder: Embedder):
        self.keys = keys
        self._read = vectors
        self.embedder = embedder

    @cached_property
    def vectors(self) -> Vectors:
        """Return the vectors of all items, in catalogue order."""
        return self._read()

    def search(
        self, text: str, k: int, *, allowed: Positions | None = None, excluded: Positions | None = None
    ) -> list[tuple[ItemId, float]]:
        """Return the nearest items; see `Retriever`."""
        vector = self.embedder.embed([text])[0]
        gone = np.zeros(0, dtype=np.int32) if excluded is None else np.asarray(excluded, dtype=np.int32)
        places = self._within(vector, k + len(gone), allowed)
        if len(gone):
            places = places[~np.isin(places, gone)]
        cosines = self._cosines(vector, places)
        if allowed is None:
            related = cosines > _NOTHING_IN_COMMON
            places, cosines = places[related], cosines[related]
        return self._best(places, cosines, k)

    def near(self, text: str, besides: Positions) -> Near:
        """Return how near items are to a text; see `Retriever`."""
        vector = self.embedder.embed([text])[0]
        places = self._candidates(vector, besides)
        cosines = self._cosines(vector, places)
        sampled = cosines if len(places) == len(self.keys) else _cosines(self._sample, vector)
        return Near(places, cosines, float(sampled.mean()), float(sampled.std()))

    def _candidates(self, vector: Vectors, besides: Positions) -> Positions:
        return np.arange(len(self.keys), dtype=np.int32)

    def _within(self, vector: Vectors, k: int, allowed: Positions | None) -> Positions:
        """Return the positions, ascending, among which the `k` nearest are."""
        return np.arange(len(self.keys), dtype=np.int32) if allowed is None else np.sort(allowed)

    @cached_property
    def _sample(self) -> Vectors:
        step = max(1, len(self.keys) // _SAMPLE)
        return np.array(self.vectors[::step])

    def _cosines(self, vector: Vectors, places: Positions) -> Vectors:
        vectors = np.asarray(self.vectors)
        if len(places) == len(self.keys):
            return _cosines(vectors, vector)
        if len(places) > _MOST_COPIED * len(self.keys):
            return _cosines(vectors, vector)[places]
        found = np.empty(len(places), dtype=np.float32)
        for start in range(0, len(places), _GATHERED):
            span = slice(start, start + _GATHERED)
            found[span] = _cosines(np.take(vectors, places[span], axis=0), vector)
        return found

    def _best(self, places: Positions, cosines: Vectors, k: int) -> list[tuple[ItemId, float]]:
        if len(places) > k:
            least = np.partition(cosines, len(cosines) - k)[len(cosines) - k]
            fit = cosines >= least
            places, cosines = places[fit], cosines[fit]
        pairs = [(self.keys[p], float(c)) for p, c in zip(places.tolist(), cosines, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]


def _cosines(rows: Vectors, vector: Vectors) -> Vectors:
    """Return the cosine of every row with a vector: each by itself, none depends on those beside it."""
    found: Vectors = np.asarray(np.vecdot(rows, vector), dtype=np.float32)
    return np.round(found, _DIGITS)


class ItemIndex(ExactIndex):
    """The vectors of a catalogue's items in a Chroma collection, on disk or on a server.

    The collection is opened when it is first asked: few vectors are compared without it.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        opened: Callable[[], chroma.Opened],
        embedder: Embedder,
        vectors: Callable[[], Vectors],
    ):
        super().__init__(_Keys(graph), vectors, embedder)
        self.graph = graph
        self._open = opened

    @cached_property
    def _opened(self) -> chroma.Opened:
        return self._open()

    @property
    def client(self) -> ClientAPI:
        """The client that holds the collection open."""
        return self._opened.client

    @property
    def collection(self) -> Collection:
        """The vectors by item id."""
        return self._opened.collection

    def _candidates(self, vector: Vectors, besides: Positions) -> Positions:
        if len(self.keys) <= ONE_BY_ONE:
            return super()._candidates(vector, besides)
        return np.union1d(self._proposed(vector, _PROPOSED), besides).astype(np.int32)

    def _within(self, vector: Vectors, k: int, allowed: Positions | None) -> Positions:
        n = len(self.keys)
        if (n if allowed is None else len(allowed)) <= ONE_BY_ONE:
            return super()._within(vector, k, allowed)
        share = 1.0 if allowed is None else len(allowed) / n
        found = self._proposed(vector, max(_PROPOSED, int(_OVERFETCH * k / share)))
        if allowed is None:
            return found
        fit = found[np.isin(found, allowed)]
        return fit if len(fit) >= k else np.sort(allowed)

    def _proposed(self, vector: Vectors, n: int) -> Positions:
        n = min(n, len(self.keys))
        answer = self.collection.query(query_embeddings=vector[None], n_results=n, include=[])
        return np.sort(self.graph.positions([ItemId(key) for key in answer["ids"][0]])).astype(np.int32)


class _Keys(Sequence[ItemId]):
    """The ids of what can be recommended, each one read when it is asked for."""

    def __init__(self, graph: KnowledgeGraph):
        self._graph = graph

    def __len__(self) -> int:
        return self._graph.catalogue.offered

    def __getitem__(self, place: int) -> ItemId:  # type: ignore[override]
        return self._graph.catalogue.items[place].id


def open_index(graph: KnowledgeGraph, folder: Path, embedder: Embedder) -> ItemIndex:
    """Open the Chroma index of a catalogue below `folder`, building it if it is missing or does not match."""
    fingerprint = vectors_fingerprint(graph, embedder, folder)
    place = folder / f"vectors-{hashlib.sha256(json.dumps(fingerprint).encode()).hexdigest()[:16]}"

    def make(partial: Path) -> None:
        np.save(partial / _VECTORS, embedder.embed(documents(graph)))
        (partial / _SIDECAR).write_text(json.dumps(fingerprint, indent=1), encoding="utf-8")

    vectors = kept(place, make, lambda made: _read(made, fingerprint))

    def fill(partial: Path) -> None:
        chroma.write(partial, [item.id for item in graph.offered], vectors)

    def collection() -> chroma.Opened:
        return kept(place / _COLLECTION, fill, chroma.opened, unsealed=chroma.changing(len(vectors)))

    if place.is_dir() and not (place / _COLLECTION).is_dir():
        kept(place / _COLLECTION, fill, lambda _: None, unsealed=chroma.changing(len(vectors)))
    return ItemIndex(graph, collection, embedder, lambda: vectors)


def exact_index(graph: KnowledgeGraph, embedder: Embedder) -> ExactIndex:
    """Build the brute-force index of a catalogue in memory."""
    vectors = embedder.embed(documents(graph))
    return ExactIndex([item.id for item in graph.offered], lambda: vectors, embedder)


def vectors_fingerprint(
    graph: KnowledgeGraph, embedder: Embedder, folder: Path | None = None
) -> dict[str, str]:
    """Return what decides the vectors of a catalogue; the manifest in its `folder` names the corpus."""
    told = None if folder is None else folder / "manifest.json"
    if told is not None and told.is_file():
        corpus = hashlib.sha256(_DOCUMENT + told.read_bytes()).hexdigest()
    else:
        digest = hashlib.sha256()
        for item, text in zip(graph.offered, documents(graph), strict=True):
            digest.update(f"{item.id}\0{text}\0".encode())
        corpus = digest.hexdigest()
    return {"corpus": corpus, "embedder": embedder.fingerprint, "chromadb": version("chromadb")}


def _read(place: Path, fingerprint: dict[str, str]) -> Vectors:
    found: object = json.loads((place / _SIDECAR).read_text(encoding="utf-8"))
    if found != fingerprint:
        raise ValueError(f"{_SIDECAR} tells of other vectors")
    return mapped(place / _VECTORS)
