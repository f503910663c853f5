"""What is opened beside a catalogue when it is first asked for: texts, taste, nearness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg import embedder_roster, text_index
from kg.documents import documents
from kg.engines import HERE, Engine
from kg.served_vectors import open_served_index
from kg.store import Opened
from kg.text_index import TextIndex
from kg.vectors import Retriever, open_index

if TYPE_CHECKING:
    from kg.taste.model import Taste


def open_texts(opened: Opened) -> TextIndex:
    """Open the words of a catalogue's texts, counting them if they were not yet."""
    return text_index.opened(opened.folder, lambda: documents(opened.graph))


def open_taste(opened: Opened, users: Sequence[int] | None = None, engine: Engine = HERE) -> Taste:
    """Return what is learned of taste from all users of a catalogue, or from some."""
    from kg.taste.model import Taste  # and scipy's sparse matrices, which most answers need not

    return Taste(opened.graph.catalogue, opened.folder, users, engine)


def prepare(opened: Opened, engine: Engine = HERE) -> None:
    """Build what first questions of a catalogue wait for, where it is not there yet."""
    if opened.graph.catalogue.counts["choices"]:
        _ = open_taste(opened, engine=engine).successors
    open_texts(opened)
    open_text_index(opened, None)


def open_text_index(opened: Opened, name: str | None, chroma: str | None = None) -> Retriever:
    """Open the text index of a catalogue with an embedder by name, on disk or on the Chroma server at a URL.

    Raises:
        UsageError: there is no such embedder, or no such server.
    """
    embedder = embedder_roster.embedder(name, opened.folder, lambda: documents(opened.graph))
    if chroma is not None:
        return open_served_index(opened.graph, chroma, embedder)
    return open_index(opened.graph, opened.folder, embedder)
