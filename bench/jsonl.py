"""JSON lines in and out: what is wrong is said with file and line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kg.errors import DataError

Row = TypeVar("Row", bound=BaseModel)
_UNSURE = 0.5  # seconds for which a row may be in the machine's memory alone


def read(path: Path, row: type[Row]) -> Iterator[tuple[int, Row]]:
    """Yield `(line number, row)` of a file.

    Raises:
        DataError: the file is missing, not UTF-8, or a line is not a `row`; unknown fields are refused.
    """
    if not path.is_file():
        raise DataError(
            "there is no such file", path=path, remedy="Check the path; it is relative to where you are."
        )
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if raw.strip():
                yield number, _parse(raw, row, path, number)


def _parse(raw: bytes, row: type[Row], path: Path, number: int) -> Row:
    remedy = "One JSON object a line; the fields are listed in docs/recbench.md."
    try:
        return row.model_validate(json.loads(raw.decode("utf-8").rstrip()))
    except UnicodeDecodeError:
        raise DataError("the line is not UTF-8", path=path, line=number, remedy=remedy) from None
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg} at column {error.colno})"
        raise DataError(problem, path=path, line=number, remedy=remedy) from None
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}"
            for e in error.errors(include_url=False)[:3]
        )
        raise DataError(problems, path=path, line=number, remedy=remedy) from None


@contextmanager
def appending(path: Path) -> Iterator[Callable[[BaseModel], None]]:
    """Give what writes a row behind those of a file.

    A row outlives the process as soon as it is written; that it is on disk, so that it outlives the machine,
    is made sure of twice a second and at the end.
    """
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        on_disk = 0.0

        def append(row: BaseModel) -> None:
            nonlocal on_disk
            stream.write(row.model_dump_json() + "\n")
            stream.flush()
            if monotonic() - on_disk >= _UNSURE:
                os.fsync(stream.fileno())
                on_disk = monotonic()

        try:
            yield append
        finally:
            os.fsync(stream.fileno())
