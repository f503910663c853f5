"""A catalogue from files that a person's own code reads: a source at a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kg import dotted, raw
from kg.adding import Report, check_name, publish
from kg.catalogue import Catalogue
from kg.errors import DataError, UsageError
from kg.store import hashes_of, home, mend, place, reference, write

_OPTION = "--source"


class Reader(Protocol):
    """Reads a catalogue from a folder."""

    def files(self, folder: Path) -> Sequence[Path]:
        """Return the files that decide the catalogue's content; it is built anew where one changes."""
        ...

    def read(self, folder: Path) -> Catalogue:
        """Return the catalogue; `kg.builder.Builder` makes one of items and facts."""
        ...


def add_source(
    name: str,
    source: str,
    folder: Path,
    *,
    references: Sequence[str] = (),
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Build a catalogue from the files of `folder`, which stay where they are.

    Args:
        name: what it is called.
        source: the dotted path of a class or function without arguments that gives a `Reader`.
        folder: the folder that the reader is given.
        references: catalogues whose items are known in it and never recommended.
        on_wait: called where another process adds the same name.

    Raises:
        UsageError: a name or path that cannot be used, references that are no other catalogues, or a reader
            that gives something else than a catalogue.
        DataError: files that are not there, or that the reader refuses.
    """
    check_name(name)
    if not folder.is_dir():
        raise DataError("not a folder", path=folder, remedy="Give the folder that holds the files.")
    folder = folder.absolute()
    reader: Reader = dotted.made(source, _OPTION, takes="no arguments", methods=("files", "read"))
    files = [folder / each for each in reader.files(folder)]
    for path in files:
        if not path.is_file():
            raise DataError(f"{source} needs this file, and it is not there", path=path)
    others = [reference(each, name) for each in references]
    with raw.locked(home(), name, on_wait):
        hashes = hashes_of(files, folder)
        more = "".join([source, dotted.digest(source), *(each.key for each in others)])
        kept = place(name, hashes, more)
        mend(kept)
        if not kept.is_dir():
            told = {"raw": {str(folder / each): held for each, held in hashes.items()}}
            own = {"source": source, "folder": str(folder)}
            write(kept, lambda: _read(reader, source, folder, name), {**told, "own": own}, others)
        return publish(kept)


def _read(reader: Reader, source: str, folder: Path, name: str) -> Catalogue:
    read: object = reader.read(folder)
    if not isinstance(read, Catalogue):
        raise UsageError(
            f"{_OPTION} {source!r} read a {type(read).__name__}; expected a `kg.catalogue.Catalogue`, as"
            " `kg.builder.Builder().finish(…)` gives it."
        )
    if not len(read.items):
        raise DataError(f"{source} read no items", path=folder, remedy="Look at what it reads.")
    return replace(read, name=name)
