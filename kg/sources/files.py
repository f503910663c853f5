"""Reading raw text files line by line; what is wrong is said with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError
from kg.progress import BYTES, counted

MAX_LINE = 1_000_000
_ENDED = (  # published with every line ended: one that is not was cut off
    ".dat",
    ".data",
    ".item",
    ".user",
    ".genre",
    ".edgelist",
    "sequences.tsv",
    "plots.tsv",
)
WITH_DATA = "; give the folder that holds"  # what stands before it says which files there are
FETCH_AGAIN = "Fetch the file again from its publisher and compare its size or checksum."


class Line(NamedTuple):
    """A line of a file without its end, and its number from 1."""

    number: int
    text: str


def need(path: Path, remedy: str) -> Path:
    """Return `path` if it is there."""
    if not path.exists():
        kind = "file" if path.suffix else "folder"
        raise DataError(f"the {kind} is not there", path=path, remedy=remedy)
    return path


def lines(path: Path, encoding: str = "utf-8", *, complete: bool = False) -> Iterator[Line]:
    """Yield the non-empty lines of a text file. With `complete`, the last line must be ended too.

    Raises:
        DataError: the file is missing, empty, in another encoding, cut off, or has an absurdly long line.
    """
    if need(path, FETCH_AGAIN).stat().st_size == 0:
        raise DataError("the file is empty", path=path, remedy=FETCH_AGAIN)
    with path.open("rb") as stream:
        for number, raw in enumerate(read(stream, path), 1):
            if len(raw) > MAX_LINE:
                raise DataError(f"a line of {len(raw):,} bytes", path=path, line=number, remedy=FETCH_AGAIN)
            if complete and not raw.endswith(b"\n"):
                raise DataError(
                    "the file ends in the middle of a line", path=path, line=number, remedy=FETCH_AGAIN
                )
            text = _decode(raw, encoding, path, number).rstrip("\r\n")
            if text:
                yield Line(number, text)


def read(lines: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, and tell meanwhile how far it is read."""
    return counted(lines, f"reading {path.name}", path.stat().st_size, BYTES, len)


def fields(path: Path, separator: str, n: int, encoding: str = "utf-8") -> Iterator[tuple[int, list[str]]]:
    """Yield `(line number, fields)` of a separated file in which every line has `n` fields."""
    for number, text in lines(path, encoding, complete=path.name.endswith(_ENDED)):
        parts = text.split(separator)
        if len(parts) != n:
            raise DataError(
                f"{len(parts)} fields, expected {n} separated by {separator!r}: {text[:80]!r}",
                path=path,
                line=number,
                remedy=FETCH_AGAIN,
            )
        yield number, parts


def whole_number(value: str, path: Path, line: int) -> int:
    """Return `value` as an int."""
    try:
        return int(value)
    except ValueError:
        raise DataError(
            f"{value[:40]!r} is not a whole number", path=path, line=line, remedy=FETCH_AGAIN
        ) from None


def _decode(raw: bytes, encoding: str, path: Path, number: int) -> str:
    found = encoding
    if b"\0" in raw:
        found = "UTF-16 or binary"
    elif encoding == "iso-8859-1" and not raw.isascii():
        try:
            raw.decode("utf-8")
            found = "UTF-8"
        except UnicodeDecodeError:
            pass
    if found == encoding:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            found = "another encoding"
    raise DataError(
        f"expected {encoding.upper()}, found {found}",
        path=path,
        line=number,
        remedy=f"Use the file as published, or convert it: iconv -t {encoding.upper()} -f ENCODING.",
    )
