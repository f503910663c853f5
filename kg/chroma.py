"""Collections of vectors in Chroma, in a folder or on a server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

_COLLECTION = "items"
_BATCH = 5000  # Chroma takes at most 5461 at once
_HNSW: Any = {  # built in a third of the time that Chroma's own numbers take; vectors decide what it proposes
    "hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 40, "max_neighbors": 12}
}


class Opened(NamedTuple):
    """A collection, and the client that holds it open."""

    client: ClientAPI
    collection: Collection


def created(folder: Path) -> Collection:
    """Return a new, empty collection in a folder."""
    return _client(folder).create_collection(_COLLECTION, embedding_function=None, configuration=_HNSW)


def opened(folder: Path) -> Opened:
    """Return the collection in a folder."""
    client = _client(folder)
    return Opened(client, client.get_collection(_COLLECTION, embedding_function=None))


def served(url: str, name: str) -> Opened:
    """Return a collection of a server, new where there is none; it says when it is `complete`.

    Raises:
        ValueError: the URL is none of a server; `OSError` or `RuntimeError` where nothing answers.
    """
    client = _server(url)
    told = {"complete": False}
    made = client.get_or_create_collection(name, embedding_function=None, configuration=_HNSW, metadata=told)
    return Opened(client, made)


def fill(collection: Collection, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Put a vector under every key, (n_keys, dim)."""
    for start in range(0, len(keys), _BATCH):
        collection.upsert(ids=list(keys[start : start + _BATCH]), embeddings=vectors[start : start + _BATCH])


def vectors(collection: Collection, keys: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the vectors under some keys in their order, (n_keys, dim) float32."""
    found: dict[str, Any] = {}
    for start in range(0, len(keys), _BATCH):
        got = collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
        found |= zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True)
    return np.array([found[key] for key in keys], dtype=np.float32)


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
