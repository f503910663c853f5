"""Reading published CSV files row by row; a quoted field may hold line breaks, a bad row is named."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import DataError
from kg.sources import files
from kg.sources.files import FETCH_AGAIN, MAX_LINE

FIRST_LINES = 5
_WHOLE = f"{FETCH_AGAIN} If it is whole, end its last line with a line break."

OnBad = Callable[[str, int], None]


class Report:
    """What was read of a file, and what was skipped and why."""

    def __init__(self) -> None:
        self.read = 0
        self._skipped: dict[str, list[int]] = {}
        self._first: dict[str, list[int]] = {}

    def skip(self, reason: str, line: int) -> None:
        """Count a row that starts in `line` as not used because of `reason`."""
        count = self._skipped.setdefault(reason, [0])
        count[0] += 1
        if count[0] <= FIRST_LINES:
            self._first.setdefault(reason, []).append(line)

    def notes(self) -> dict[str, Any]:
        """Return the report for a manifest: reasons by name, each with its rows and the first lines."""
        skipped = {
            reason: {"rows": self._skipped[reason][0], "first_lines": self._first[reason]}
            for reason in sorted(self._skipped)
        }
        return {"read": self.read, "skipped": skipped}


def refuse(path: Path) -> OnBad:
    """Return what to do with a bad row of a file that has none as published: raise."""

    def bad(problem: str, line: int) -> None:
        raise DataError(problem, path=path, line=line, remedy=FETCH_AGAIN)

    return bad


def rows(
    path: Path, columns: Sequence[str], on_bad: OnBad | None = None, optional: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """Yield `(line in which the row starts, values of `columns` in that order)`; the first row is the header.

    The value of the `optional` column stands last, empty where the file has none. A row that is not CSV or
    has too many or too few fields is given to `on_bad`, which raises by default.

    Raises:
        DataError: the file is missing, empty, cut off, in another encoding, has an absurdly long line, or
            lacks one of the columns.
    """
    bad = on_bad or refuse(path)
    with files.need(path, FETCH_AGAIN).open("rb") as stream:
        feed = _Feed(path, stream)
        reader = csv.reader(feed, strict=True)
        header = _next(reader, feed, refuse(path))
        places = _places(header, columns, path)
        more = [place for place, name in enumerate(header or ()) if optional and name.strip() == optional][:1]
        lacking = [""] if optional and not more else []
        while (row := _next(reader, feed, bad)) is not None:
            if len(row) == len(header or ()):
                yield feed.start, [*(row[place] for place in (*places, *more)), *lacking]
            elif row:
                bad(f"not {len(header or ())} fields", feed.start)


class _Feed:
    """The physical lines of a file as text, counted, so that the reader never holds more than one row."""

    def __init__(self, path: Path, stream: BinaryIO):
        self._path = path
        self._lines = files.read(iter(lambda: stream.readline(MAX_LINE + 1), b""), path)
        self.number = 0
        self.start = 1
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        raw = next(self._lines, b"")
        if not raw:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(raw) > MAX_LINE:
            raise self._error(f"a line of more than {MAX_LINE:,} bytes", self.number)
        if not raw.endswith(b"\n"):
            raise self._error("the file ends in the middle of a line", self.number, _WHOLE)
        text = files._decode(raw, "utf-8", self._path, self.number)
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def _error(self, problem: str, line: int, remedy: str = FETCH_AGAIN) -> DataError:
        return DataError(problem, path=self._path, line=line, remedy=remedy)

    def cut(self) -> DataError:
        return self._error("the file ends inside a quoted field of the row that starts here", self.start)


def _next(reader: Iterator[list[str]], feed: _Feed, bad: OnBad) -> list[str] | None:
    """Return the next row that is CSV, None at the end."""
    while True:
        feed.start = feed.number + 1
        try:
            return next(reader)
        except StopIteration:
            return None
        except csv.Error as error:
            if feed.ended:
                raise feed.cut() from None
            bad(f"not CSV ({error})", feed.start)


def _places(header: list[str] | None, columns: Sequence[str], path: Path) -> list[int]:
    if header is None:
        raise DataError("the file is empty", path=path, remedy=FETCH_AGAIN)
    named = [name.strip() for name in header]
    lacking = [name for name in columns if name not in named]
    if lacking:
        raise DataError(
            f"no column {lacking[0]!r}; its columns are {', '.join(named)[:200]!r}",
            path=path,
            line=1,
            remedy=f"Expected the columns {', '.join(columns)}. {FETCH_AGAIN}",
        )
    return [named.index(name) for name in columns]
