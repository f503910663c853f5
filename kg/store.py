"""Where built catalogues are kept, keyed by the hash of their sources.

The place is `USHER_HOME`; by default the user's cache folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import catalogue as catalogues
from kg import names
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.sources import SOURCES, Source
from kg.sources.builtin import HERE as BUILTIN

_CODE = (
    "catalogue.py",
    "categories.py",
    "links.py",
    "names.py",
    "places.py",
    "relations.py",
    "text.py",
    "types.py",
)


def home() -> Path:
    """Return the folder for everything Usher builds."""
    import platformdirs

    return Path(os.environ.get("USHER_HOME") or platformdirs.user_cache_path("usher"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue that is ready: its graph and the folder it lies in."""

    graph: KnowledgeGraph
    folder: Path


def open_catalogue(name: str = "builtin", data: Path | None = None) -> Opened:
    """Open a catalogue, building it from its sources if it is not there yet.

    Args:
        name: a key of `SOURCES`.
        data: the folder that holds the raw sources (`ml-1m/`, `librarything/` …); not needed for `builtin`,
            nor for a catalogue that was built before.

    Raises:
        UsageError: unknown name.
        DataError: sources that are missing or damaged.
    """
    if name not in SOURCES:
        raise UsageError.unknown("catalogue", name, SOURCES)
    source = SOURCES[name]
    folder = _folder(source, data)
    if not folder.is_dir():
        raw = _raw(source, data)
        with catalogues.new_folder(folder) as partial:
            built = source.read(raw)
            names.write(built, partial)
            catalogues.save(built, partial)
    return Opened(KnowledgeGraph(catalogues.load(folder), names.load(folder)), folder)


def _folder(source: Source, data: Path | None) -> Path:
    if data is None and source.folder is not None:
        built = sorted(
            home().glob(f"catalogues/{source.name}-*/manifest.json"), key=lambda p: p.stat().st_mtime
        )
        if built:
            return built[-1].parent
    raw = _raw(source, data)
    return home() / "catalogues" / f"{source.name}-{_key(source.files(raw))}"


def _raw(source: Source, data: Path | None) -> Path:
    if source.folder is None:
        return BUILTIN
    if data is None:
        raise DataError(
            f"the catalogue {source.name!r} has not been built yet",
            remedy=f"Give the folder that holds `{source.folder}/` with --data DIR, once.",
        )
    return data / source.folder


def _key(files: Sequence[Path]) -> str:
    """Return a hash of the sources' content and of the code that reads them."""
    here = Path(__file__).parent
    code = [*(here / name for name in _CODE), *sorted((here / "sources").glob("*.py"))]
    digest = hashlib.sha256()
    for path in (*files, *code):
        digest.update(f"{path.name}\0{catalogues.file_hash(path)}\0".encode())
    return digest.hexdigest()[:16]
