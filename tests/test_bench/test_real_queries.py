"""The assistant on natural requests over MovieLens-1M and LibraryThing, where they lie beside the repository.

These are floors, far below what is aimed at: they catch a reader that broke, not one that could be better.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from bench import dataset
from bench.score import score, table
from bench.systems.assistant import AgentSystem

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
FILES = {"movie": "ml-1m", "book": "librarything"}
Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def scored(
    assistants: Callable[[str], Assistant], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Rows]:
    """One run over each file: domain -> type -> row of the table."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        for domain, catalogue in FILES.items():
            path = SHARED / "queries" / f"{domain}.jsonl"
            if not path.is_file():
                pytest.skip(f"the real data is not at {SHARED.resolve()}")
            assistant = assistants(catalogue)
            system = AgentSystem(assistant)
            queries = dataset.read([path], assistant.graph)
            rows = table(score(queries, [system.answer(query) for query in queries], assistant.graph))
            found[domain] = {row["type"]: row for row in rows if row["n_conditions"] is None}
    return found


@pytest.mark.parametrize("domain", FILES)
@pytest.mark.parametrize(
    ("kind", "floor"),
    [("explicit", 0.85), ("implicit", 0.70), ("misinformed", 0.60)],
    ids=lambda value: str(value),
)
@pytest.mark.parametrize("metric", ["precision", "recall"])
def test_scores_stay_above_the_floor(
    shared: Path, scored: dict[str, Rows], domain: str, kind: str, metric: str, floor: float
) -> None:
    assert scored[domain][kind][metric]["mean"] >= floor


@pytest.mark.parametrize("domain", FILES)
def test_few_requests_get_nothing(shared: Path, scored: dict[str, Rows], domain: str) -> None:
    rows = scored[domain].values()
    assert sum(row["ftr"]["mean"] * row["n"] for row in rows) / sum(row["n"] for row in rows) <= 0.02


@pytest.mark.parametrize("domain", FILES)
def test_nothing_out_of_the_catalogue_is_recommended(
    shared: Path, scored: dict[str, Rows], domain: str
) -> None:
    assert {row["out_of_catalogue"]["mean"] for row in scored[domain].values()} == {0.0}
