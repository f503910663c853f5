"""Adding, listing, checking and removing catalogues: what `usher data` does.

A catalogue that is added is a folder of `kg.store`; the one that was added last is the one its name opens.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import catalogue as catalogues
from kg import raw
from kg.errors import DataError, UsageError
from kg.folders import file_hash, sweep
from kg.sources import SOURCES
from kg.sources.builtin import HERE as BUILTIN
from kg.store import (
    build,
    current,
    has_format,
    home,
    known,
    mend,
    place,
    reference,
    state_of,
    states,
    versions,
    write,
)

if TYPE_CHECKING:
    from kg.sources.mapping import Mapping as Columns
    from kg.sources.table import Tables

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_DAY = 86_400


class Coverage(NamedTuple):
    """How far a relation reaches: its facts, and the items that have one."""

    facts: int
    items: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a catalogue holds: its manifest, and its relations by name."""

    folder: Path
    manifest: Mapping[str, Any]
    relations: Mapping[str, Coverage]


def add(
    name: str,
    given: Path | None = None,
    *,
    wikidata: str | None = None,
    references: Sequence[str] | None = None,
    on_file: raw.OnFile = raw.silent,
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Fetch the raw files of a source, or take them from `given`, and build its catalogue.

    What was there before stays until the new one is whole. A second process that adds the same name waits.
    With `wikidata`, the address of a SPARQL service, that is asked about films that have IMDb ids.
    `references` are catalogues whose items are known in it and never recommended; the source's own without.

    Raises:
        UsageError: no such source, one without IMDb ids, or references that are no other catalogues.
        DataError: files that cannot be had or read.
    """
    if name not in SOURCES:
        error = UsageError.unknown("source", name, SOURCES)
        raise UsageError(f"{error}\n  To add your own tables under this name give --items FILE.")
    source = SOURCES[name]
    if wikidata and not source.imdb:
        able = ", ".join(each.name for each in SOURCES.values() if each.imdb)
        raise UsageError(f"the films of {name!r} have no IMDb ids to ask Wikidata for; {able} do.")
    with raw.locked(home(), name, on_wait):
        if source.folder is None:
            return publish(build(source, BUILTIN, mended=True, references=references))
        with raw.gathered(source, home(), given, on_file, wikidata) as folder:
            return publish(build(source, folder, mended=True, references=references))


def add_tables(
    name: str,
    tables: Tables,
    columns: Columns,
    *,
    references: Sequence[str] = (),
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Build a catalogue from a person's own tables, which stay where they are.

    `references` are catalogues whose items are known in it and never recommended.

    Raises:
        UsageError: a name that cannot be used, or references that are no other catalogues.
        DataError: tables that are not what the mapping says.
    """
    from kg.sources import table

    check_name(name)
    paths = {what: path.absolute() for what, path in tables.given().items()}
    for path in paths.values():
        if path.is_dir():
            raise DataError("expected a file, found a folder", path=path, remedy="Give the table inside it.")
        if not path.is_file():
            raise DataError("the file is not there", path=path, remedy="Give the path of a table.")
    mapping = asdict(columns)
    others = [reference(each, name) for each in references]
    own = {
        "tables": {what: str(path) for what, path in paths.items()},
        "mapping": mapping,
        "separator": tables.separator,
    }
    with raw.locked(home(), name, on_wait):
        hashes = {str(path): file_hash(path) for path in paths.values()}
        said = json.dumps([mapping, tables.separator], sort_keys=True)
        kept = place(name, hashes, "".join([said, *(each.key for each in others)]))
        mend(kept)
        if not kept.is_dir():
            write(kept, lambda: table.read(tables, columns, name), {"raw": hashes, "own": own}, others)
        return publish(kept)


def wikidata_endpoint() -> str:
    """Return the address of Wikidata's SPARQL service, or of one like it that `USHER_WIKIDATA` names."""
    from kg.sources.wikidata import ENDPOINT

    return os.environ.get("USHER_WIKIDATA") or ENDPOINT


def check_name(name: str) -> None:
    """Refuse a name that is a source's or could not be a folder's."""
    if name.lower() in SOURCES:
        raise UsageError(
            f"{name!r} is a source's name; call your catalogue otherwise.\n  Reserved: {', '.join(SOURCES)}."
        )
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:80]!r} cannot be a catalogue's name."
            "\n  Expected up to 64 letters a-z, digits, - and _, the first a letter or digit."
        )


def remove(name: str) -> int:
    """Remove all catalogues of a name and the raw files kept for it; a person's own tables stay.

    Returns:
        The bytes that were freed.

    Raises:
        UsageError: an unknown name, or `builtin`.
        DataError: nothing of it is there.
    """
    if name == "builtin":
        raise UsageError("'builtin' ships with Usher and cannot be removed.")
    if name not in known():
        raise UsageError.unknown("catalogue", name, known())
    with raw.locked(home(), name):
        folders = _folders(name)
        if not folders:
            raise DataError(f"the catalogue {name!r} is not added", remedy="`usher data list` names what is.")
        freed = sum(map(_size, folders))
        for folder in folders:  # out of sight at once, whatever happens while deleting
            gone = folder.with_name(f".{folder.name}-removed")
            shutil.rmtree(gone, ignore_errors=True)
            folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
    return freed


def _folders(name: str) -> list[Path]:
    kept = (raw.place(home(), name), home() / "downloads" / name) if name in SOURCES else ()
    return [*versions(name), *(folder for folder in kept if folder.is_dir())]


def publish(folder: Path) -> Report:
    """Make a catalogue the one that its name opens, and report on it."""
    os.utime(folder / "manifest.json")
    _sweep()
    return report(folder)


def _sweep() -> None:
    """Remove what killed processes left, once nobody can be writing it any more."""
    for folder in (home() / "catalogues", *home().glob("catalogues/[!.]*")):
        sweep(folder)
    for left in home().glob("catalogues/.*-*"):
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)


# Looking


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: a source or a person's own catalogue. `items` and `when` are None if not added.

    `size` is in bytes, raw files and earlier versions included; `when` in seconds since 1970.
    """

    name: str
    what: str
    licence: str
    items: int | None
    size: int
    when: float | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with the state of every file: "whole", "changed", "missing" or "not a manifest"."""

    report: Report | None
    files: Mapping[str, str]
    raw: Mapping[str, str]


def listed() -> list[Listed]:
    """Return what there is to add and what is added: the sources, then a person's own by name."""
    return [_listed(name) for name in known()]


def _listed(name: str) -> Listed:
    source = SOURCES.get(name)
    what, licence = (source.what, source.licence) if source else ("your own tables", "yours")
    built = versions(name)
    size = sum(map(_size, _folders(name)))
    if not built or not has_format(built[-1]):
        return Listed(name, what, licence, None, size, None)
    manifest = catalogues.read_manifest(built[-1])
    if source is None and "own" in manifest["notes"]:
        what = f"your own: {manifest['source']}"
    when = (built[-1] / "manifest.json").stat().st_mtime
    return Listed(name, what, licence, manifest["counts"]["items"], size, when)


def report(folder: Path) -> Report:
    """Return what the catalogue in a folder holds."""
    built = catalogues.load(folder)
    relations = {str(name): Coverage(facts, items) for name, facts, items in built.relation_counts}
    return Report(folder, catalogues.read_manifest(folder), relations)


def check(name: str) -> Checked:
    """Compare every file of a catalogue, and the raw files it was read from, with its manifest.

    Raises:
        UsageError: unknown name.
        DataError: it is not added.
    """
    if name == "builtin" and not versions(name):
        build(SOURCES[name], BUILTIN)
    folder = current(name)
    files = states(folder)
    if any(state != "whole" for state in files.values()):
        return Checked(None, files, {})
    told = report(folder)
    base = BUILTIN if name == "builtin" else raw.place(home(), name)
    hashes: Mapping[str, str] = told.manifest["notes"].get("raw", {})
    if name in SOURCES and not base.is_dir():  # it was built from a folder given with --data
        hashes = {}
    return Checked(told, files, {path: state_of(base / path, told) for path, told in hashes.items()})


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
