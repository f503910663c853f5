"""The embedders by name, and a person's own by a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg import dotted
from kg.embedders import Embedder, SentenceTransformers, Vectors, lsa_for
from kg.errors import UsageError

EMBEDDERS = ("static", "lsa", "sentence-transformers")
_OPTION = "--embedder"
_LENGTH = 1e-3  # by which a unit vector's length may differ from 1


def check(name: str | None) -> None:
    """Refuse a name that is none.

    Raises:
        UsageError: there is no such embedder.
    """
    if name is None or name in EMBEDDERS:
        return
    if not dotted.is_dotted(name):
        raise UsageError.unknown("embedder", name, [*EMBEDDERS, "my.module:Class"])
    dotted.load(name, _OPTION)


def embedder(name: str | None, folder: Path, texts: Callable[[], Sequence[str]]) -> Embedder:
    """Return an embedder by name; what is fitted is fitted on `texts` and kept below `folder`.

    A dotted path names a class or function without arguments that gives an `Embedder`. None is `static`, or
    `lsa` where its package is not installed: that is part of the vectors' fingerprint.

    Raises:
        UsageError: there is no such embedder, or its package is not installed.
        DataError: the package holds other vectors.
    """
    check(name)
    if name is not None and dotted.is_dotted(name):
        return OwnEmbedder(name)
    from kg.static_words import packaged  # and scipy's sparse matrices

    package = packaged() if name in (None, "static") else None
    if package is not None:
        return _static(package)
    if name == "static":
        raise UsageError("the embedder `static` needs the package wordllama: pip install wordllama.")
    return SentenceTransformers() if name == "sentence-transformers" else lsa_for(folder / "lsa", texts())


@lru_cache(maxsize=1)
def _static(package: Path) -> Embedder:
    """Return the word vectors of a package, read once for all catalogues of a process."""
    from kg.static_words import StaticWords

    return StaticWords(package)


class OwnEmbedder:
    """A person's own embedder at a dotted path, whose vectors are looked at before they are kept.

    Raises:
        UsageError: it cannot be made, or is no `Embedder`.
    """

    def __init__(self, path: str):
        self._path = path
        self._own: Embedder = dotted.made(
            path, _OPTION, takes="no arguments", methods=("fingerprint", "embed")
        )

    @property
    def fingerprint(self) -> str:
        """What the embedder calls itself, behind its path.

        Raises:
            UsageError: that is no text, or an empty one.
        """
        said: object = self._own.fingerprint
        if not isinstance(said, str) or not said:
            raise UsageError(
                f"{_OPTION} {self._path!r}: its fingerprint is {said!r}; expected a text that names what"
                " decides its vectors, as a property and not a method."
            )
        return f"{self._path} {said}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dim) float32 rows of length 1 or 0.

        Raises:
            UsageError: the rows are of another number, type or length.
        """
        rows = np.asarray(self._own.embed(texts))
        lengths = np.linalg.norm(rows, axis=1) if rows.ndim == 2 and rows.dtype.kind == "f" else np.zeros(0)
        wrong = ~((np.abs(lengths - 1) <= _LENGTH) | (lengths == 0))
        if len(lengths) != len(texts) or wrong.any():
            came = f"{rows.dtype} of shape {rows.shape}"
            if wrong.any():
                came += f", of which row {int(wrong.argmax())} has the length {lengths[wrong.argmax()]:.3g}"
            raise UsageError(
                f"{_OPTION} {self._path!r}: {len(texts)} texts gave {came}."
                f"\n  Expected float32 of shape ({len(texts)}, dim), every row of length 1, or 0 for a text"
                " with no known word."
            )
        return rows.astype(np.float32, copy=False)
