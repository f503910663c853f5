"""A smaller MovieLens for the list-wise task: some users with all their choices, all films."""

from __future__ import annotations

import re
from pathlib import Path

OF_USERS = {
    "ml-100k": ("u.user", "u.data"),
    "ml-1m": ("users.dat", "ratings.dat", "sequences.tsv"),
}  # files whose lines begin with a user's number
_NUMBER = re.compile(rb"\d+")


def sampled(catalogue: str, data: Path, every: int, folder: Path) -> Path:
    """Return a folder of raw sources with the users whose number `every` divides; made if it is not there."""
    made = folder / catalogue
    made.mkdir(parents=True, exist_ok=True)
    for path in (data / catalogue).iterdir():
        if (copy := made / path.name).exists():
            continue
        if path.name not in OF_USERS[catalogue]:
            copy.symlink_to(path.resolve())
            continue
        lines = path.read_bytes().splitlines(keepends=True)
        copy.write_bytes(b"".join(line for line in lines if _drawn(line, every)))
    return folder


def _drawn(line: bytes, every: int) -> bool:
    number = _NUMBER.match(line)
    return number is None or int(number[0]) % every == 0
