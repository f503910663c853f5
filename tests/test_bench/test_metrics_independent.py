"""Our metrics equal those of a second implementation, ir_measures (which asks trec_eval), on random lists."""

from __future__ import annotations

import numpy as np
import pytest

from bench.metrics.average_precision import average_precision
from bench.metrics.hit import hit
from bench.metrics.mrr import reciprocal_rank
from bench.metrics.ndcg import ndcg
from bench.metrics.precision import precision
from bench.metrics.recall import recall

ir_measures = pytest.importorskip(
    "ir_measures", reason="ir-measures is not installed; it is in the `dev` extra and optional"
)

ITEMS = [f"i{number}" for number in range(30)]
OURS = {
    "nDCG@10": lambda said, truth: ndcg(said, truth, 10),
    "nDCG@3": lambda said, truth: ndcg(said, truth, 3),
    "R@3": lambda said, truth: recall(said, truth, 3),
    "Success@3": lambda said, truth: hit(said, truth, 3),
    "AP": lambda said, truth: average_precision(said, truth, len(ITEMS)),
    "RR": reciprocal_rank,
    "SetP": precision,
    "SetR": recall,
}


def lists() -> dict[str, tuple[list[str], set[str]]]:
    """Return 300 answers with their truth, both of 1 to 30 items: also truths larger than k, and no hits."""
    rng = np.random.default_rng(11)
    return {
        f"q{n}": (
            [ITEMS[i] for i in rng.permutation(30)[: rng.integers(1, 31)]],
            {ITEMS[i] for i in rng.permutation(30)[: rng.integers(1, 31)]},
        )
        for n in range(300)
    }


@pytest.mark.parametrize("name", OURS)
def test_metric_equals_that_of_ir_measures(name: str) -> None:
    made = lists()
    true = [ir_measures.Qrel(key, item, 1) for key, (_, truth) in made.items() for item in sorted(truth)]
    said = [
        ir_measures.ScoredDoc(key, item, float(-rank))
        for key, (answer, _) in made.items()
        for rank, item in enumerate(answer)
    ]
    theirs = ir_measures.iter_calc([ir_measures.parse_measure(name)], true, said)
    found = {each.query_id: each.value for each in theirs}
    assert found == pytest.approx({key: OURS[name](*pair) for key, pair in made.items()})
