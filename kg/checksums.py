"""Whether files are still what was written: a CRC-32 of each, looked at whenever a folder is opened.

Small files are read every time, large ones only where something was done to them since they were last found
whole: decision 14. CRC-32 finds every damage of up to 32 bits in a row; it is no guard against malice.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_SMALL = 1 << 22  # bytes, read in a millisecond
_CHUNK = 1 << 20
_FOUND_WHOLE = ".whole.json"
_CHECKSUM = "crc32"


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file."""
    found = 0
    with path.open("rb", buffering=0) as stream:
        while part := stream.read(_CHUNK):
            found = zlib.crc32(part, found)
    return found


def checksums(paths: Iterable[Path]) -> dict[str, int]:
    """Return the CRC-32 of files by name."""
    return {path.name: checksum(path) for path in paths}


def check(
    folder: Path, expected: Mapping[str, int | str], of: Callable[[Path], int | str] = checksum
) -> None:
    """Compare every file named with what is expected `of` it.

    Raises:
        ValueError: a file is missing or another one. The message names it.
    """
    large = {}
    for name, told in expected.items():
        path = folder / name
        try:
            if path.stat().st_size > _SMALL:
                large[name] = told
                continue
            found = of(path)
        except FileNotFoundError:
            raise ValueError(f"{name} is missing") from None
        if found != told:
            raise ValueError(f"{name} is not what was written")
    if large:
        _check_large(folder, large, of)


def _check_large(folder: Path, expected: Mapping[str, int | str], of: Callable[[Path], int | str]) -> None:
    """Compare large files, but those to which nothing was done since they were found whole."""
    known = _found_whole(folder)
    stamps = {name: [told, *_stamp(folder / name)] for name, told in expected.items()}
    if stamps.items() <= known.items():
        return
    for name, told in expected.items():
        if known.get(name) != stamps[name] and of(folder / name) != told:
            raise ValueError(f"{name} is not what was written")
    with suppress(OSError):  # looked at again next time
        partial = folder / f"{_FOUND_WHOLE}.partial"
        partial.write_text(sealed({"files": stamps}), encoding="utf-8")
        partial.replace(folder / _FOUND_WHOLE)


def _stamp(path: Path) -> list[int]:
    """Return what differs once a file was written to, also where somebody put its time back."""
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def _found_whole(folder: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = unsealed((folder / _FOUND_WHOLE).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, LookupError):
        return {}
    return known


def sealed(value: Mapping[str, Any]) -> str:
    """Return an object as JSON that carries its own checksum."""
    return _text({**value, _CHECKSUM: zlib.crc32(_text(value).encode())}) + "\n"


def unsealed(text: str) -> dict[str, Any]:
    """Return the object of a JSON text; one without a checksum, as older versions wrote it, is taken.

    Raises:
        ValueError: it is no object, or not the one that was written.
    """
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    told = value.pop(_CHECKSUM, None)
    if told is not None and told != zlib.crc32(_text(value).encode()):
        raise ValueError("not what was written")
    return value


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)
