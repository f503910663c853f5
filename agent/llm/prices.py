"""What tokens cost, from `prices.toml` and a file of one's own."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError

TABLE = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """USD for a million tokens: sent, sent and found in the server's own cache, written."""

    input: float
    cached: float
    output: float
    as_of: str

    def cost(self, sent: int, cached: int, written: int) -> float:
        """Return the USD of a call; `cached` of the `sent` tokens were in the server's cache."""
        fresh = max(0, sent - cached)
        return (fresh * self.input + cached * self.cached + written * self.output) / 1e6


def price(host: str, model: str, own: Path | None = None) -> Price | None:
    """Return the price of a model on a server; None if nobody knows it.

    Rows of `own` (or the file USHER_PRICES names) win; in it the server "*" means any.

    Raises:
        DataError: a price file is not there or not in this form.
    """
    named = own or (Path(os.environ["USHER_PRICES"]) if os.environ.get("USHER_PRICES") else None)
    for path in (named, TABLE):
        table = _read(path) if path else {}
        for server in (host, host.partition(":")[0], "*"):
            row = table.get(server, {}).get(model) if isinstance(table.get(server), dict) else None
            if row is not None:
                return _price(row, str(table.get("as_of", "no date")), path or TABLE)
    return None


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError("there is no such price file", path=path, remedy="Check USHER_PRICES.") from None
    except ValueError as error:
        raise DataError(
            f"not TOML ({error})", path=path, remedy=f"It has the form of {TABLE.name}."
        ) from None


def _price(row: Mapping[str, Any], as_of: str, path: Path) -> Price:
    try:
        sent = float(row["input"])
        return Price(sent, float(row.get("cached", sent)), float(row["output"]), as_of)
    except (KeyError, TypeError, ValueError):
        raise DataError(
            f"not a price: {row!r}",
            path=path,
            remedy="Give `input` and `output`, in USD for a million tokens.",
        ) from None
