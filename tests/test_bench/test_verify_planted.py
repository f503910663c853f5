"""Planted errors: each is one that the catalogue contradicts, and the verifier finds it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from agent.assistant import Assistant
from agent.verify.checking import verify
from bench.types import Query, QueryCondition
from bench.verify import KINDS, Kind, plant

QUERY = Query(
    id="q",
    domain="movie",
    type="explicit",
    query="films directed by Steven Spielberg",
    conditions=[QueryCondition(relation="director", value="Steven Spielberg")],
    ground_truth=["movie/jaws-1975", "movie/schindlers-list-1993"],
)


@pytest.fixture(scope="module")
def usher(assistants: Callable[[str], Assistant]) -> Assistant:
    return assistants("builtin")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_found_and_clean_answers_are_not_flagged(usher: Assistant, kind: Kind) -> None:
    for seed in range(6):
        planted = plant(usher.graph, QUERY, kind, random.Random(seed))  # noqa: S311
        assert planted is not None
        found = verify(usher, QUERY.query, planted.text)
        assert planted.is_found(found) == (kind != "clean"), planted.text
        assert found.holds == (kind == "clean")


def test_the_same_seed_plants_the_same(usher: Assistant) -> None:
    first, again = (plant(usher.graph, QUERY, "claim", random.Random(7)) for _ in range(2))  # noqa: S311
    assert first == again
