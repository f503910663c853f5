"""Plans: who asks, for what, how it is hinted at or misstated, and what is true. Ids and labels, no sentence.

See docs/decisions/0006-building-recbench.md and section 1 of arXiv 2503.09382.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

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
    domains = domains_of(catalogue)
    if not domains:
        raise UsageError(f"the catalogue {catalogue.name!r} has no item of the domain movie or book.")
    made = (_of_domain(Material.of(catalogue, domain, seed), counts, anchors) for domain in domains)
    return [each for of_domain in made for each in of_domain]


def _of_domain(material: Material, counts: str | int, anchors: Anchors) -> Iterator[Plan]:
    wanted = cells(counts, material.domain)
    sets = condition_sets(material, max(max(cell.sizes, default=1) for cell in wanted))
    for cell, number in wanted.items():
        stream = _candidates(material, cell, sets, anchors) if number else iter(())
        yield from _numbered(islice(stream, number))


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
