"""Generated files in the form of MovieLens 32M: read as such, the same for a seed, skewed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench import generated_ratings
from kg.sources import movielens_csv


def made(folder: Path, seed: int = 1) -> Path:
    generated_ratings.write(folder, 300, 40, 2000, 100, seed)
    return folder


def test_the_files_are_read_as_a_catalogue(tmp_path: Path) -> None:
    catalogue = movielens_csv.read_32m(made(tmp_path / "ml-32m"))
    assert (len(catalogue.items), len(catalogue.users)) == (300, 40)
    assert 1500 < catalogue.counts["choices"] <= 2000
    assert catalogue.notes["tags"]["films"] > 10


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    folders = [made(tmp_path / "a"), made(tmp_path / "b"), made(tmp_path / "c", seed=2)]
    first, again, other = ([path.read_bytes() for path in sorted(each.iterdir())] for each in folders)
    assert first == again != other


def test_few_films_have_most_ratings(tmp_path: Path) -> None:
    catalogue = movielens_csv.read_32m(made(tmp_path / "ml-32m"))
    popular = np.sort(catalogue.index.popularity)[::-1]
    assert popular[:60].sum() > 2 * popular[60:120].sum()
