"""Where catalogues are kept: those built from public sources, keyed by the hash of these, and those added.

The place is `USHER_HOME`, by default the user's cache folder: `catalogues/NAME-KEY` and `raw/NAME`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from kg import catalogue as catalogues
from kg import names, naming, raw
from kg.errors import DataError, UsageError
from kg.folders import file_hash, new_folder, remove
from kg.graph import KnowledgeGraph
from kg.kept import instead_of
from kg.references import joined
from kg.sources import SOURCES, Source
from kg.sources.builtin import HERE as BUILTIN

_CODE = (
    "builder.py",
    "catalogue.py",
    "categories.py",
    "checksums.py",
    "forms.py",
    "index.py",
    "links.py",
    "literals.py",
    "names.py",
    "naming.py",
    "places.py",
    "references.py",
    "relations.py",
    "rows.py",
    "stored_texts.py",
    "text.py",
    "trigrams.py",
    "types.py",
    "units.py",
    "units.txt",
)
_FOLDER = re.compile(r"(?P<name>.+)-[0-9a-f]{16}")


def home() -> Path:
    """Return the folder for everything Usher builds."""
    import platformdirs

    return Path(os.environ.get("USHER_HOME") or platformdirs.user_cache_path("usher"))


# Opening


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue that is ready: its graph and the folder it lies in."""

    graph: KnowledgeGraph
    folder: Path


def open_catalogue(name: str = "builtin", data: Path | None = None) -> Opened:
    """Open a catalogue, building it from its sources if it is not there yet.

    Args:
        name: a key of `SOURCES`, or the name of a catalogue that was added.
        data: the folder that holds the raw sources (`ml-1m/`, `librarything/` …); not needed for `builtin`,
            nor for a catalogue that was added or built before.

    Raises:
        UsageError: unknown name.
        DataError: sources that are missing or damaged.
    """
    source = SOURCES.get(name)
    folder = _of_source(source, data) if source else current(name)
    return Opened(KnowledgeGraph(catalogues.load(folder), names.load(folder)), folder)


def current(name: str) -> Path:
    """Return the folder of the catalogue that was built or added last under a name.

    Raises:
        UsageError: there is none, and no source of this name.
        DataError: there is none of this source.
    """
    if built := versions(name):
        return built[-1]
    if name not in SOURCES:
        raise UsageError.unknown("catalogue", name, known())
    raise DataError(f"the catalogue {name!r} is not added", remedy=f"Add it: usher data add {name}")


def known() -> list[str]:
    """Return the names that can be opened: the sources, then what was added, by name."""
    return [*SOURCES, *sorted(set(_own_names()))]


def installed() -> list[str]:
    """Return the names of the catalogues that were built or added, by name."""
    named = (_FOLDER.fullmatch(path.parent.name) for path in _manifests())
    return sorted({match["name"] for match in named if match})


def _of_source(source: Source, data: Path | None) -> Path:
    if source.folder is None:
        return _of_ours(source)
    if data is not None:
        return build(source, data / source.folder)
    kept = raw.place(home(), source.name)
    built = versions(source.name)
    if built and (has_format(built[-1]) or not raw.is_whole(source, kept)):
        return built[-1]
    if raw.is_whole(source, kept):
        return build(source, kept)
    raise DataError(
        f"the catalogue {source.name!r} has not been built yet",
        remedy=f"Run `usher data add {source.name}`,"
        f" or give the folder that holds `{source.folder}/` with --data DIR, once.",
    )


def _of_ours(source: Source) -> Path:
    """Return the folder of a catalogue that ships with Usher; or one for this time only."""
    try:
        return build(source, BUILTIN)
    except OSError as error:
        kept = place(source.name, hashes_of(source.files(BUILTIN), BUILTIN))
        folder = instead_of(kept, error) / kept.name
        write(folder, lambda: source.read(BUILTIN), {})
        return folder


def versions(name: str) -> list[Path]:
    """Return the folders of a name's catalogues, the one to open last."""
    found = [
        path for path in _manifests() if (m := _FOLDER.fullmatch(path.parent.name)) and m["name"] == name
    ]
    return [path.parent for path in sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.parent.name))]


def _manifests() -> list[Path]:
    return list(home().glob("catalogues/[!.]*/manifest.json"))


def _own_names() -> list[str]:
    named = [_FOLDER.fullmatch(path.parent.name) for path in _manifests()]
    return [match["name"] for match in named if match and match["name"] not in SOURCES]


def has_format(folder: Path) -> bool:
    """Tell whether a folder holds a catalogue of this version's format."""
    try:
        catalogues.read_manifest(folder)
    except DataError:
        return False
    return True


# Building


def build(
    source: Source, folder: Path, *, mended: bool = False, references: Sequence[str] | None = None
) -> Path:
    """Return the folder of the catalogue of these raw files, building it if it is not there.

    With `mended`, it is built again if a file of it is not what the manifest says. `references` are the
    catalogues whose items join it as known only, the source's own without.

    Raises:
        UsageError: a reference that is no other catalogue.
        DataError: one that is not there.
    """
    hashes = hashes_of(source.files(folder), folder)
    named = source.references if references is None else references
    others = [reference(each, source.name) for each in named]
    kept = place(source.name, hashes, "".join(each.key for each in others))
    if mended:
        mend(kept)
    if kept.is_dir() and not (kept / "manifest.json").exists():  # somebody deleted the rest
        remove(kept)
    if not kept.is_dir():
        write(kept, lambda: source.read(folder), {"raw": hashes}, others)
    return kept


class Reference(NamedTuple):
    """A catalogue whose items join another one: what its content hangs on, and how it is read."""

    name: str
    key: str
    read: Callable[[], catalogues.Catalogue]


def reference(name: str, of: str) -> Reference:
    """Return the catalogue called `name` as references of the one called `of`.

    Raises:
        UsageError: they are one, or it is unknown.
        DataError: it is not there.
    """
    if name == of:
        raise UsageError(f"{name!r} cannot be its own reference. Give another catalogue, or none.")
    source = SOURCES.get(name)
    if source is not None and source.folder is None:
        hashes = hashes_of(source.files(BUILTIN), BUILTIN)
        return Reference(name, f"{name} {sorted(hashes.items())}", lambda: source.read(BUILTIN))
    folder = current(name)
    return Reference(name, folder.name, lambda: catalogues.load(folder))


def write(
    kept: Path,
    read: Callable[[], catalogues.Catalogue],
    notes: Mapping[str, Any],
    references: Sequence[Reference] = (),
) -> None:
    """Write a catalogue into a new folder, with `notes` added to its own, joined by references."""
    with new_folder(kept) as partial:
        built = read()
        for each in references:
            built = joined(built, each.read())
        told = {"references": [each.name for each in references]} if references else {}
        built = replace(built, notes={**built.notes, **notes, **told})
        naming.write(built, partial)
        catalogues.save(built, partial)


def hashes_of(files: Iterable[Path], folder: Path) -> dict[str, str]:
    """Return the SHA-256 of raw files by where they belong in a raw folder."""
    return {raw.inside(path, folder): file_hash(path) for path in files}


def place(name: str, hashes: Mapping[str, str], more: str = "") -> Path:
    """Return the folder for what is built from files of this content by the code as it is now."""
    here = Path(__file__).parent
    code = [
        *(here / name for name in _CODE),
        *sorted(p for p in (here / "sources").iterdir() if p.suffix in (".py", ".txt")),
    ]
    digest = hashlib.sha256(more.encode())
    for path, content in (*hashes.items(), *((str(p), file_hash(p)) for p in code)):
        digest.update(f"{Path(path).name}\0{content}\0".encode())
    return home() / "catalogues" / f"{name}-{digest.hexdigest()[:16]}"


# Looking


def states(folder: Path) -> dict[str, str]:
    """Return the state of every file of a catalogue: "whole", "changed" or "missing"."""
    try:
        hashes: Mapping[str, str] = catalogues.read_manifest(folder)["sha256"]
        return {"manifest.json": "whole"} | {n: state_of(folder / n, told) for n, told in hashes.items()}
    except (DataError, LookupError, TypeError, AttributeError):
        return {"manifest.json": "not a manifest of this version"}


def state_of(path: Path, expected: str) -> str:
    """Return whether a file has the SHA-256 that is expected of it."""
    if not path.is_file():
        return "missing"
    return "whole" if file_hash(path) == expected else "changed"


def mend(folder: Path) -> None:
    """Remove a catalogue that is not what its manifest says, so that it is built again."""
    if folder.is_dir() and any(state != "whole" for state in states(folder).values()):
        remove(folder)
