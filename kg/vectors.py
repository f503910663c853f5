"""Nearness of texts: an index of the items' descriptions that finds what is near to a query.

`ItemIndex` keeps vectors in Chroma, on disk or on a server, as a cache that can be rebuilt: a sidecar names
the corpus, the embedder and the Chroma version, and a mismatch rebuilds. `ExactIndex` is the same by brute
force; the tests hold Chroma against it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from kg.embedders import Embedder
from kg.errors import UsageError
from kg.folders import new_folder
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId

if TYPE_CHECKING:
    from chromadb import Collection as Collection_
    from chromadb.api import ClientAPI

Vectors = npt.NDArray[np.float32]
_COLLECTION = "items"
_BATCH = 5000  # Chroma takes at most 5461 at once
_OVERFETCH = 4
_HNSW: Any = {"hnsw": {"space": "cosine", "ef_search": 200}}
_NOTHING_IN_COMMON = 1e-4


class Retriever(Protocol):
    """Finds items by the nearness of their description to a text."""

    def search(
        self,
        text: str,
        k: int,
        *,
        allowed: Collection[ItemId] | None = None,
        excluded: Collection[ItemId] = (),
    ) -> list[tuple[ItemId, float]]:
        """Return at most `k` `(item, cosine similarity)`, nearest first, ties by id.

        Only `allowed` items are returned, if given, and no `excluded` ones.
        """
        ...


def document(graph: KnowledgeGraph, item: Item) -> str:
    """Return the text that stands for an item: title, categories, and what is said about it."""
    named = [entity.label for entity in graph.values(item.id, "genre")]
    return ". ".join(
        part for part in (item.title, ", ".join(named), graph.catalogue.texts.get(item.id, "")) if part
    )


class ExactIndex:
    """Every similarity computed, nothing approximated: (n_items, dim) float32 in memory."""

    def __init__(self, keys: Sequence[ItemId], vectors: Vectors, embedder: Embedder):
        self.keys = list(keys)
        self.vectors = vectors
        self.embedder = embedder

    def search(
        self,
        text: str,
        k: int,
        *,
        allowed: Collection[ItemId] | None = None,
        excluded: Collection[ItemId] = (),
    ) -> list[tuple[ItemId, float]]:
        """Return the nearest items; see `Retriever`."""
        scores = self.vectors @ self.embedder.embed([text])[0]
        fit = [
            (key, float(score))
            for key, score in zip(self.keys, scores, strict=True)
            if key not in excluded and (allowed is None or key in allowed)
        ]
        return _best(fit if allowed is not None else _related(fit), k)


class ItemIndex:
    """The vectors of a catalogue's items in a Chroma collection, on disk or on a server."""

    def __init__(self, client: ClientAPI, collection: Collection_, embedder: Embedder, n_items: int):
        self.client = client
        self.collection = collection
        self.embedder = embedder
        self.n_items = n_items

    def search(
        self,
        text: str,
        k: int,
        *,
        allowed: Collection[ItemId] | None = None,
        excluded: Collection[ItemId] = (),
    ) -> list[tuple[ItemId, float]]:
        """Return the nearest items, see `Retriever`: `allowed` ones by look-up, else by over-fetching."""
        vector = self.embedder.embed([text])
        if allowed is not None:
            return self._among(vector, sorted(set(allowed) - set(excluded)), k)
        n = min(self.n_items, _OVERFETCH * k + len(excluded))
        answer = self.collection.query(query_embeddings=vector, n_results=n, include=["distances"])
        distances = (answer["distances"] or [[]])[0]
        pairs = zip(answer["ids"][0], distances, strict=True)
        fit = [(ItemId(key), 1 - distance) for key, distance in pairs if key not in excluded]
        return _best(_related(fit), k)

    def _among(self, vector: Vectors, keys: list[ItemId], k: int) -> list[tuple[ItemId, float]]:
        fit: list[tuple[ItemId, float]] = []
        for start in range(0, len(keys), _BATCH):
            got = self.collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
            scores = np.asarray(got["embeddings"], dtype=np.float32).reshape(len(got["ids"]), -1) @ vector[0]
            fit += [(ItemId(key), float(score)) for key, score in zip(got["ids"], scores, strict=True)]
        return _best(fit, k)


def open_index(graph: KnowledgeGraph, folder: Path, embedder: Embedder) -> ItemIndex:
    """Open the Chroma index of a catalogue below `folder`, building it if it is missing or does not match."""
    fingerprint = _fingerprint(graph, embedder)
    place = folder / f"vectors-{hashlib.sha256(json.dumps(fingerprint).encode()).hexdigest()[:16]}"
    if not _matches(place, fingerprint):
        shutil.rmtree(place, ignore_errors=True)
        with new_folder(place) as partial:
            created = _client(partial).create_collection(
                _COLLECTION, embedding_function=None, configuration=_HNSW
            )
            _fill(created, graph, embedder)
            (partial / "sidecar.json").write_text(json.dumps(fingerprint, indent=1), encoding="utf-8")
    client = _client(place)
    collection = client.get_collection(_COLLECTION, embedding_function=None)
    return ItemIndex(client, collection, embedder, graph.catalogue.offered)


def open_served_index(graph: KnowledgeGraph, url: str, embedder: Embedder) -> ItemIndex:
    """Open the index of a catalogue on a Chroma server (`chroma run`), filling it if it is not there whole.

    The collection is named by what is in it, and says in its metadata when it is complete; filling it twice
    at once writes the same vectors twice.

    Raises:
        UsageError: the URL is none of a server, or nothing answers there.
    """
    fingerprint = _fingerprint(graph, embedder)
    name = f"usher-{hashlib.sha256(json.dumps(fingerprint).encode()).hexdigest()[:32]}"
    try:
        client = _server(url)
        collection = client.get_or_create_collection(
            name, embedding_function=None, configuration=_HNSW, metadata={"complete": False}
        )
        if not (collection.metadata or {}).get("complete"):
            _fill(collection, graph, embedder)
            collection.modify(metadata={"complete": True})
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"no Chroma server answers at {url!r} ({error}). Start one with `chroma run --path DIR` and give"
            " --chroma http://localhost:8000, or leave --chroma out."
        ) from error
    return ItemIndex(client, collection, embedder, graph.catalogue.offered)


def exact_index(graph: KnowledgeGraph, embedder: Embedder) -> ExactIndex:
    """Build the brute-force index of a catalogue in memory."""
    return ExactIndex([item.id for item in graph.offered], embedder.embed(documents(graph)), embedder)


def documents(graph: KnowledgeGraph) -> list[str]:
    """Return the document of every item that can be recommended, in catalogue order."""
    return [document(graph, item) for item in graph.offered]


def _client(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _server(url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected http://HOST:PORT")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    settings = Settings(anonymized_telemetry=False)
    return chromadb.HttpClient(host=parts.hostname, port=port, ssl=secure, settings=settings)


def _fill(collection: Collection_, graph: KnowledgeGraph, embedder: Embedder) -> None:
    keys = [item.id for item in graph.offered]
    vectors = embedder.embed(documents(graph))
    for start in range(0, len(keys), _BATCH):
        collection.upsert(ids=list(keys[start : start + _BATCH]), embeddings=vectors[start : start + _BATCH])


def _fingerprint(graph: KnowledgeGraph, embedder: Embedder) -> dict[str, str]:
    digest = hashlib.sha256()
    for item, text in zip(graph.offered, documents(graph), strict=True):
        digest.update(f"{item.id}\0{text}\0".encode())
    return {"corpus": digest.hexdigest(), "embedder": embedder.fingerprint, "chromadb": version("chromadb")}


def _matches(place: Path, fingerprint: dict[str, str]) -> bool:
    try:
        found: object = json.loads((place / "sidecar.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return found == fingerprint


def _best(pairs: list[tuple[ItemId, float]], k: int) -> list[tuple[ItemId, float]]:
    return sorted(pairs, key=lambda pair: (-round(pair[1], 5), pair[0]))[:k]


def _related(pairs: list[tuple[ItemId, float]]) -> list[tuple[ItemId, float]]:
    """Leave out what has nothing in common with the text: it is not near, only in the catalogue."""
    return [pair for pair in pairs if pair[1] > _NOTHING_IN_COMMON]
