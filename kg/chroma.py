"""Collections of vectors in Chroma, in a folder or on a server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from kg.errors import UsageError
from kg.progress import stage

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

TOKEN = "USHER_CHROMA_TOKEN"  # noqa: S105 - the variable that holds it
_COLLECTION = "items"
_WRITTEN_TO = frozenset({"chroma.sqlite3"})
_ARRAYS = frozenset({"data_level0.bin", "header.bin", "length.bin", "link_lists.bin"})
_WRITTEN_AT_ONCE = 1000  # vectors; the arrays of a smaller collection are left as they come
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


def write(folder: Path, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Write a new collection into a folder, a vector under every key."""
    client: Any = _client(folder)
    try:
        collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_HNSW)
        fill(collection, keys, vectors)
    finally:
        client.close()


def changing(n: int) -> frozenset[str]:
    """Return the files of a collection of `n` vectors that reading it writes to."""
    return _WRITTEN_TO if n >= _WRITTEN_AT_ONCE else _WRITTEN_TO | _ARRAYS


def opened(folder: Path) -> Opened:
    """Return the collection in a folder, once it has answered.

    Raises:
        ValueError: it does not.
    """
    from chromadb.errors import ChromaError

    try:
        client = _client(folder)
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        first: Any = collection.get(limit=1, include=["embeddings"])["embeddings"]
        if len(first):
            collection.query(query_embeddings=first, n_results=1, include=[])
    except (ChromaError, RuntimeError) as error:
        _forget(folder)
        raise ValueError(error) from error
    return Opened(client, collection)


def check(url: str | None) -> None:
    """Refuse what is no URL of a server; whether one answers there is not asked.

    Raises:
        UsageError: it is none.
    """
    try:
        parts = urlsplit(url or "http://none")
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(
            f"--chroma {url!r} is no URL of a server; expected http://HOST:PORT.\n  Start one with"
            " `chroma run --path DIR` and give --chroma http://localhost:8000, or leave --chroma out."
        )


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Within it, a server that does not answer, or not this client, is said with the remedy.

    Raises:
        UsageError: it does not.
    """
    try:
        yield
    except Exception as error:  # which Chroma's client raises for what a proxy says
        raise UsageError(
            f"no Chroma server answers at {url!r} ({error}). Start one with `chroma run --path DIR` and give"
            f" --chroma http://localhost:8000, or leave --chroma out. Behind a proxy, {TOKEN} is its key."
        ) from error


def served(url: str, name: str) -> Opened:
    """Return a collection of a server, new where there is none; it says when it is `complete`.

    Raises:
        ValueError: `OSError` or `RuntimeError` too, where nothing answers.
    """
    client = _server(url)
    told = {"complete": False}
    made = client.get_or_create_collection(name, embedding_function=None, configuration=_HNSW, metadata=told)
    return Opened(client, made)


def fill(collection: Collection, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Put a vector under every key, (n_keys, dim)."""
    with stage("index of vectors", len(keys), "vectors") as tell:
        for start in range(0, len(keys), _BATCH):
            span = slice(start, start + _BATCH)
            collection.upsert(ids=list(keys[span]), embeddings=vectors[span])
            tell(min(start + _BATCH, len(keys)))


def vectors(collection: Collection, keys: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the vectors under some keys in their order, (n_keys, dim) float32."""
    found: dict[str, Any] = {}
    for start in range(0, len(keys), _BATCH):
        got = collection.get(ids=list(keys[start : start + _BATCH]), include=["embeddings"])
        found |= zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True)
    return np.array([found[key] for key in keys], dtype=np.float32)


def _forget(folder: Path) -> None:
    """Let the next client of a folder be a new one: Chroma keeps what it failed to open, by path."""
    from chromadb.api.shared_system_client import SharedSystemClient

    for kept in (SharedSystemClient._identifier_to_system, SharedSystemClient._identifier_to_refcount):
        kept.pop(str(folder), None)


def _client(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _server(url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    settings = Settings(anonymized_telemetry=False)
    token = os.environ.get(TOKEN)
    headers = {"Authorization": f"Bearer {token}"} if token else None
    return chromadb.HttpClient(
        host=parts.hostname or "", port=port, ssl=secure, headers=headers, settings=settings
    )
