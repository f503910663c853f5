"""A build planned part by part by an engine, whose processes open the catalogue for themselves."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.plans import Planner, parts
from bench.plans.misinformed import Anchors
from bench.plans.types import Plan
from kg.catalogue import Catalogue
from kg.engines import Engine, Here
from kg.references import alone
from kg.store import open_catalogue


class Asked(NamedTuple):
    """What a build is asked for: where the catalogue is, and what decides its plans."""

    catalogue: str
    data: Path | None
    alone: bool  # without items that are known only
    counts: str | int
    seed: int
    anchors: Anchors


def planned(known: Catalogue, asked: Asked, engine: Engine) -> list[Plan]:
    """Return the plans of a build on a catalogue that is open here; the same from every engine.

    Raises:
        UsageError: as `bench.plans.plan`.
    """
    told = alone(known) if asked.alone else known
    opened = partial(_planner, told, asked) if isinstance(engine, Here) else partial(_opened, asked)
    return [plan for made in engine.map(opened, parts(told, asked.counts)) for plan in made]


def _opened(asked: Asked) -> Planner:
    known = open_catalogue(asked.catalogue, asked.data).graph.catalogue
    return _planner(alone(known) if asked.alone else known, asked)


def _planner(known: Catalogue, asked: Asked) -> Planner:
    return Planner(known, asked.counts, asked.seed, asked.anchors)
