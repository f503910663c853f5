"""Some rows of a sparse matrix, as they stand in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import IntArray


class RowsOf(NamedTuple):
    """Entries of some rows, one row after the other: columns, values, and how many each row has."""

    columns: IntArray
    values: npt.NDArray[Any]
    sizes: IntArray


def rows_of(matrix: sparse.csr_array, places: IntArray) -> RowsOf:
    """Return the entries of rows in the order of `places`; the same as indexing, which costs much more."""
    at = np.asarray(places, dtype=np.int64)
    starts, ends = matrix.indptr[at], matrix.indptr[at + 1]
    spans = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    if not spans:
        return RowsOf(matrix.indices[:0], matrix.data[:0], ends - starts)
    columns = np.concatenate([matrix.indices[span] for span in spans])
    values = np.concatenate([matrix.data[span] for span in spans])
    return RowsOf(columns, values, ends - starts)
