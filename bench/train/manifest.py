"""What an adapter was made from and with, beside its weights."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import DataError

FILE = "training.json"
Method = Literal["sft", "grpo", "sft+grpo"]
_PACKAGES = ("torch", "transformers", "peft", "trl")


class Training(BaseModel):
    """An adapter's manifest. `data` is a hash of the rows' files; hours are of this step alone.

    `cpu_hours` are those of the process, which a shared machine does not stretch as it does `hours`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Method
    base: dict[str, str]
    parent: dict[str, Any] | None = None
    data: str
    rows: int
    seed: int
    steps: int
    batch: int
    learning_rate: float
    rank: int
    layers: int | None = None
    longest: int
    trained: int
    device: str
    dtype: str
    threads: int
    hours: float
    cpu_hours: float
    loss: float | None = None
    versions: dict[str, str]

    def save(self, folder: Path) -> None:
        """Write it beside an adapter."""
        (folder / FILE).write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Training:
    """Return the manifest of an adapter.

    Raises:
        DataError: there is none, or it is not one.
    """
    path = folder / FILE
    try:
        return Training.model_validate_json(path.read_bytes())
    except OSError:
        raise DataError("no manifest of an adapter", path=path, remedy="sft and grpo write one.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise DataError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", path=path) from None


def data_hash(files: Iterable[Path]) -> str:
    """Return a hash of files by their content, in their order."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of the libraries that decide what is learned; one that is not there is left out."""
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
