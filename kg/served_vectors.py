"""The index of descriptions on a Chroma server, which several processes share and which may go away."""

from __future__ import annotations

import hashlib
import json

from kg import chroma
from kg.documents import documents
from kg.embedders import Embedder
from kg.graph import KnowledgeGraph, Positions
from kg.vectors import ItemIndex, Vectors, vectors_fingerprint


class _ServedIndex(ItemIndex):
    """An index on a server, which may go away while it is asked."""

    def __init__(self, graph: KnowledgeGraph, opened: chroma.Opened, embedder: Embedder, url: str):
        def read() -> Vectors:
            with chroma.answering(url):
                return chroma.vectors(opened.collection, [item.id for item in graph.offered])

        super().__init__(graph, lambda: opened, embedder, read)
        self._url = url

    def _proposed(self, vector: Vectors, n: int) -> Positions:
        with chroma.answering(self._url):
            return super()._proposed(vector, n)


def open_served_index(graph: KnowledgeGraph, url: str, embedder: Embedder) -> ItemIndex:
    """Open the index of a catalogue on a Chroma server (`chroma run`), filling it if it is not there whole.

    The collection is named by what is in it, and says in its metadata when it is complete; filling it twice
    at once writes the same vectors twice. The vectors are read from the server when they are first compared.

    Raises:
        UsageError: the URL is none of a server, or nothing answers there.
    """
    fingerprint = vectors_fingerprint(graph, embedder)
    name = f"usher-{hashlib.sha256(json.dumps(fingerprint).encode()).hexdigest()[:32]}"
    keys = [item.id for item in graph.offered]
    with chroma.answering(url):
        opened = chroma.served(url, name)
        collection = opened.collection
        if not (collection.metadata or {}).get("complete"):
            chroma.fill(collection, keys, embedder.embed(documents(graph)))
            collection.modify(metadata={"complete": True})
    return _ServedIndex(graph, opened, embedder, url)
