"""The cells of RecBench+ and how many queries each gets: table 1 of arXiv 2503.09382."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bench.plans.types import Plan
from bench.types import QueryType
from kg.errors import UsageError

DOMAINS = ("movie", "book")


class Cell(NamedTuple):
    """A row of table 1: a type, and for condition-based ones how many conditions (`1`, `2`, `3,4`)."""

    type: QueryType
    conditions: str = "-"

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many conditions a query of this cell may have; empty for profile-based ones."""
        return () if self.conditions == "-" else tuple(map(int, self.conditions.split(",")))

    def __str__(self) -> str:
        return self.type if self.conditions == "-" else f"{self.type} {self.conditions}"


PAPER: Mapping[str, Mapping[Cell, int]] = {
    "movie": {
        Cell("explicit", "1"): 2225,
        Cell("explicit", "2"): 2346,
        Cell("explicit", "3,4"): 426,
        Cell("implicit", "1"): 1753,
        Cell("implicit", "2"): 1552,
        Cell("implicit", "3,4"): 344,
        Cell("misinformed", "1"): 1353,
        Cell("misinformed", "2"): 1544,
        Cell("misinformed", "3,4"): 342,
        Cell("interest"): 7365,
        Cell("demographic"): 279,
    },
    "book": {
        Cell("explicit", "1"): 2260,
        Cell("explicit", "2"): 2604,
        Cell("explicit", "3,4"): 271,
        Cell("implicit", "1"): 1626,
        Cell("implicit", "2"): 2071,
        Cell("implicit", "3,4"): 213,
        Cell("misinformed", "1"): 1626,
        Cell("misinformed", "2"): 2075,
        Cell("misinformed", "3,4"): 215,
        Cell("interest"): 2004,
        Cell("demographic"): 0,
    },
}


def cells(counts: str | int, domain: str) -> dict[Cell, int]:
    """Return how many queries each cell of a domain is to get, in the order of table 1.

    Args:
        counts: "paper" for the paper's counts, or a number: at most so many in every cell.
        domain: "movie" or "book".

    Raises:
        UsageError: neither of these, or another domain.
    """
    if domain not in PAPER:
        raise UsageError.unknown("domain", domain, PAPER)
    if counts == "paper":
        return dict(PAPER[domain])
    if not str(counts).isdecimal():
        raise UsageError(f"counts are {counts!r}\n  Expected `paper`, or a number of queries a cell.")
    return dict.fromkeys(PAPER[domain], int(counts))


def cell_of(plan: Plan) -> Cell:
    """Return the cell a plan belongs to."""
    number = len(plan.conditions)
    if plan.type in ("interest", "demographic"):
        return Cell(plan.type)
    return Cell(plan.type, str(number) if number < 3 else "3,4")


def tally(plans: Iterable[Plan]) -> Counter[tuple[str, Cell]]:
    """Count plans by domain and cell."""
    return Counter((plan.domain, cell_of(plan)) for plan in plans)


def shortfalls(plans: Iterable[Plan], counts: str | int, domains: Iterable[str] = ()) -> list[str]:
    """Say which cells the data could not fill, one line a cell, for `domains` and those that have plans."""
    made = tally(plans)
    present = [domain for domain in DOMAINS if domain in {*domains, *(each for each, _ in made)}]
    return [
        f"{domain} {cell}: the data holds {made[domain, cell]} of {wanted}"
        for domain in present
        for cell, wanted in cells(counts, domain).items()
        if made[domain, cell] < wanted
    ]
