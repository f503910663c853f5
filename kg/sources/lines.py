"""The lines of a person's own text files, checked while they are read."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from kg.errors import DataError
from kg.sources.files import MAX_LINE, read

SAVE = "Save the table again as UTF-8 CSV with one row a line."
_NUL = f"iconv -f UTF-16 -t UTF-8, or: {SAVE}"


def opened(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        DataError: the system does not let us.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", path=path) from None


class Lines:
    """The lines of a text file with their ends, without a byte-order mark; `ended` after the last."""

    def __init__(self, path: Path, stream: BinaryIO):
        self.path, self.ended, self.number = path, False, 0
        self._raw = read(iter(lambda: stream.readline(MAX_LINE + 1), b""), path)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        raw = next(self._raw, b"")
        if not raw:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(raw) > MAX_LINE:
            raise self._error(f"a line of more than {MAX_LINE:,} bytes", SAVE)
        return _decoded(raw, self.path, self.number)

    def _error(self, problem: str, remedy: str) -> DataError:
        return DataError(problem, path=self.path, line=self.number, remedy=remedy)


def whole(path: Path) -> str:
    """Return a file's text without a byte-order mark.

    Raises:
        DataError: it is not UTF-8, or holds NUL bytes; the line is named.
    """
    with opened(path) as stream:
        raw = stream.read()
    try:
        return _decoded(raw, path, None)
    except DataError:
        for number, line in enumerate(raw.split(b"\n"), 1):
            _decoded(line, path, number)
        raise


def _decoded(raw: bytes, path: Path, number: int | None) -> str:
    if b"\0" in raw:
        raise DataError("a NUL byte: UTF-16 or no text", path=path, line=number, remedy=_NUL)
    try:
        return (raw.removeprefix(codecs.BOM_UTF8) if number in (1, None) else raw).decode("utf-8")
    except UnicodeDecodeError:
        remedy = "Convert it: iconv -f ENCODING -t UTF-8; old spreadsheets often write WINDOWS-1252."
        raise DataError("not UTF-8", path=path, line=number, remedy=remedy) from None
