"""Plans: who asks, for what, how it is hinted at or misstated, and what is true. Ids and labels, no sentence.

See docs/decisions/0006-building-recbench.md and section 1 of arXiv 2503.09382.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np

from bench.plans.cells import Cell, cells
from bench.plans.conditions import explicit, implicit
from bench.plans.demographics import demographics
from bench.plans.interest import interests
from bench.plans.material import Material, domains_of
from bench.plans.misinformed import MIX, Anchors, misinformed
from bench.plans.shared import Sets, Shared, condition_sets, shared
from bench.plans.types import Plan
from bench.types import QueryType
from kg.catalogue import Catalogue
from kg.errors import UsageError

VERSION = 1  # raised whenever the same seed gives other plans

Maker = Callable[[Material, Shared, np.random.Generator], Plan | None]
MAKERS: dict[QueryType, Maker] = {"explicit": explicit, "implicit": implicit, "misinformed": misinformed}
MINERS: dict[QueryType, Callable[[Material], Iterator[Plan]]] = {
    "interest": interests,
    "demographic": demographics,
}


def plan(
    catalogue: Catalogue, counts: str | int = "paper", seed: int = 0, anchors: Anchors = MIX
) -> list[Plan]:
    """Plan a benchmark: for every domain of the catalogue the cells of table 1, in its order.

    Args:
        catalogue: with users and their histories.
        counts: as in `bench.plans.cells.cells`.
        seed: the same one gives the same plans; the plans of a smaller count are the first of a larger one.
        anchors: how often a false claim is of which kind.

    Raises:
        UsageError: no film or book, no histories, no relation to ask by, or counts that are none.
    """
    planner = Planner(catalogue, counts, seed, anchors)
    return [each for part in parts(catalogue, counts) for each in planner(part)]


class Part(NamedTuple):
    """A part of a build, which hangs on no other: a cell of a domain, and how many plans it gets."""

    domain: str
    cell: Cell
    number: int


def parts(catalogue: Catalogue, counts: str | int = "paper") -> list[Part]:
    """Return the parts of a build in their order.

    Raises:
        UsageError: no film or book, or counts that are none.
    """
    domains = domains_of(catalogue)
    if not domains:
        raise UsageError(f"the catalogue {catalogue.name!r} has no item of the domain movie or book.")
    return [Part(domain, *each) for domain in domains for each in cells(counts, domain).items()]


class Planner:
    """Plans parts of a build; what a domain's plans are mined from is read once."""

    def __init__(self, catalogue: Catalogue, counts: str | int, seed: int, anchors: Anchors):
        self._catalogue = catalogue
        self._counts, self._seed, self._anchors = counts, seed, anchors
        self._mined: dict[str, tuple[Material, list[Sets]]] = {}

    def __call__(self, part: Part) -> list[Plan]:
        """Return the plans of a part, in their order."""
        material, sets = self._of(part.domain)
        if not part.number:
            return []
        stream = _candidates(material, part.cell, sets, self._anchors)
        return list(_numbered(islice(stream, part.number)))

    def _of(self, domain: str) -> tuple[Material, list[Sets]]:
        if domain not in self._mined:
            material = Material.of(self._catalogue, domain, self._seed)
            most = max(max(cell.sizes, default=1) for cell in cells(self._counts, domain))
            self._mined[domain] = material, condition_sets(material, most)
        return self._mined[domain]


def _candidates(material: Material, cell: Cell, sets: list[Sets], anchors: Anchors) -> Iterator[Plan]:
    if cell.type in MINERS:
        yield from MINERS[cell.type](material)
        return
    rng = material.rng("make", str(cell))
    maker = partial(misinformed, anchors=anchors) if cell.type == "misinformed" else MAKERS[cell.type]
    for found in shared(material, [sets[size - 1] for size in cell.sizes], str(cell)):
        made = maker(material, found, rng)
        if made is not None:
            yield made


def _numbered(plans: Iterator[Plan]) -> Iterator[Plan]:
    for number, each in enumerate(plans, 1):
        size = f"-{len(each.conditions)}" if each.type in MAKERS else ""
        yield replace(each, id=f"{each.domain}-{each.type}{size}-{number:04d}")
