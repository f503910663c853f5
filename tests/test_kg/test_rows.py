"""Files of rows and arrays: what is small is read at once, what is large is mapped, with one result."""

from __future__ import annotations

import mmap
import sys
from pathlib import Path

import numpy as np
import pytest

from kg import rows

SMALL = list(range(9))
LARGE = list(range(800_000))  # as int64 and as lines more than four mebibytes


@pytest.mark.parametrize("values", [SMALL, LARGE])
def test_an_array_is_the_same_mapped_or_read(values: list[int], tmp_path: Path) -> None:
    np.save(tmp_path / "values.npy", np.array(values))

    array = rows.mapped(tmp_path / "values.npy")

    assert array.tolist() == values
    assert not array.flags.writeable


@pytest.mark.parametrize("values", [[], SMALL, LARGE])
def test_rows_are_the_same_mapped_or_read(values: list[int], tmp_path: Path) -> None:
    rows.write(tmp_path / "rows.jsonl", values)

    assert list(rows.Rows(tmp_path / "rows.jsonl", int)) == values


def test_only_a_large_file_is_mapped(tmp_path: Path) -> None:
    tmp_path.joinpath("small").write_bytes(b"few")
    tmp_path.joinpath("large").write_bytes(bytes(1 << 22))

    assert rows.file_map(tmp_path / "small") == b"few"
    assert isinstance(rows.file_map(tmp_path / "large"), mmap.mmap)


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_small_files_of_rows_stay_closed(tmp_path: Path) -> None:
    rows.write(tmp_path / "rows.jsonl", SMALL)
    before = len(list(Path("/proc/self/fd").iterdir()))

    opened = [rows.Rows(tmp_path / "rows.jsonl", int) for _ in range(20)]

    assert len(list(Path("/proc/self/fd").iterdir())) <= before
    assert opened[-1][8] == 8
