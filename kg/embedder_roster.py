"""The embedders by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.embedders import Embedder, SentenceTransformers, lsa_for
from kg.errors import UsageError
from kg.static_words import StaticWords, packaged

EMBEDDERS = ("static", "lsa", "sentence-transformers")


def check(name: str | None) -> None:
    """Refuse a name that is none.

    Raises:
        UsageError: there is no such embedder.
    """
    if name is not None and name not in EMBEDDERS:
        raise UsageError.unknown("embedder", name, EMBEDDERS)


def embedder(name: str | None, folder: Path, texts: Callable[[], Sequence[str]]) -> Embedder:
    """Return an embedder by name; what is fitted is fitted on `texts` and kept below `folder`.

    None is `static`, or `lsa` where its package is not installed: that is part of the vectors' fingerprint.

    Raises:
        UsageError: there is no such embedder, or its package is not installed.
        DataError: the package holds other vectors.
    """
    check(name)
    package = packaged() if name in (None, "static") else None
    if package is not None:
        return StaticWords(package)
    if name == "static":
        raise UsageError("the embedder `static` needs the package wordllama: pip install wordllama.")
    return SentenceTransformers() if name == "sentence-transformers" else lsa_for(folder / "lsa", texts())
