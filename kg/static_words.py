"""Static embeddings: a text is the mean of its words' vectors, read from a package, nothing downloaded.

The vectors are those of WordLlama (MIT): rows of a language model's token table, trained further so that
their means compare like sentences and their first numbers do nearly as well as all. The package is never
imported: its two files are read as they are, and refused where they are not the ones measured here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from kg.embedders import Vectors
from kg.errors import DataError
from kg.folders import file_hash
from kg.progress import counted

DIM = 128  # of 256: half the memory, and themes are found as well (docs/themes.md)
WEIGHTS_SHA256 = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
TOKENS_SHA256 = "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68"
_WEIGHTS = Path("weights", "l2_supercat_256.safetensors")
_TOKENS = Path("tokenizers", "l2_supercat_tokenizer_config.json")
_BATCH = 10_000  # texts that are taken apart together


def packaged() -> Path | None:
    """Return the folder of the package that holds the vectors, None if it is not installed."""
    spec = find_spec("wordllama")
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    return Path(places[0]) if places else None


class StaticWords:
    """Means of static word vectors; equal texts have equal vectors, whatever stands beside them."""

    def __init__(self, folder: Path):
        """Check the files of the package below `folder`.

        Raises:
            DataError: a file is missing, or not the one that was measured.
        """
        self._folder = folder
        for name, expected in ((_WEIGHTS, WEIGHTS_SHA256), (_TOKENS, TOKENS_SHA256)):
            path = folder / name
            if not path.is_file() or file_hash(path) != expected:
                raise DataError(
                    "these are not the word vectors that Usher was measured with",
                    path=path,
                    remedy="Install the package again as constraints.txt names it: wordllama. Or use the"
                    " embedder `lsa`.",
                )

    @property
    def fingerprint(self) -> str:
        """The model, how many numbers a vector has, and the hash of the weights."""
        return f"wordllama-{DIM}-{WEIGHTS_SHA256[:16]}"

    @cached_property
    def _tokens(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / _TOKENS))

    @cached_property
    def _rows(self) -> Vectors:
        """Return the vectors of all tokens, (n_tokens, DIM) float32."""
        data = (self._folder / _WEIGHTS).read_bytes()
        start = 8 + int.from_bytes(data[:8], "little")  # a length, as much JSON, then the numbers
        (told,) = (each for name, each in json.loads(data[8:start]).items() if name != "__metadata__")
        whole = np.frombuffer(data, dtype="<f2", offset=start).reshape(told["shape"])
        return np.ascontiguousarray(whole[:, :DIM], dtype=np.float32)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, DIM) float32 unit rows."""
        found = np.zeros((len(texts), DIM), dtype=np.float32)
        starts = range(0, len(texts), _BATCH)
        for start in counted(starts, "vectors of descriptions", len(texts), "descriptions", lambda _: _BATCH):
            found[start : start + _BATCH] = self._sums(list(texts[start : start + _BATCH]))
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        found /= np.where(norms == 0, 1, norms)
        return found

    def _sums(self, texts: list[str]) -> Vectors:
        if len(texts) == 1:  # a batch wakes a pool of threads
            told = [self._tokens.encode(texts[0], add_special_tokens=False)]
        else:
            told = self._tokens.encode_batch(texts, add_special_tokens=False)
        tokens = [each.ids for each in told]
        starts = np.concatenate(([0], np.cumsum([len(each) for each in tokens])))
        which = np.fromiter((t for each in tokens for t in each), dtype=np.int32, count=int(starts[-1]))
        shape = (len(texts), len(self._rows))
        counts: Any = sparse.csr_array((np.ones(len(which), dtype=np.float32), which, starts), shape=shape)
        return np.asarray(counts @ self._rows, dtype=np.float32)
