"""What people choose, on MovieLens-1M: real interest requests, and the authors' groups and their queries.

Floors below what was measured (docs/taste.md): they catch a fault, not a model that could be better. The
same figures: `python -m bench.run --catalogue ml-1m --data DIR --official DIR/recbench-plus --k 10`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from agent.assistant import Assistant
from bench import dataset, likeness, official
from bench.metrics.recall import recall
from bench.official_groups import compare
from bench.official_rows import FILES
from bench.systems.assistant import AgentSystem
from bench.systems.base import System
from bench.systems.fitting import training_users
from bench.systems.popularity import Popularity
from bench.systems.retrieval import Retrieval
from bench.types import Answer, Query

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[3] / "shared" / "data"
GROUPS = SHARED / "recbench-plus" / "movie" / FILES["demographic"]


@pytest.fixture(scope="module")
def assistant(assistants: Callable[[str], Assistant]) -> Assistant:
    return assistants("ml-1m")


@pytest.fixture(scope="module")
def interests(assistant: Assistant) -> list[Query]:
    queries = dataset.read([SHARED / "queries" / "movie.jsonl"], assistant.graph)
    return [query for query in queries if query.type == "interest"]


@pytest.fixture(scope="module")
def demographics(assistant: Assistant) -> list[Query]:
    return official.read(SHARED / "recbench-plus", assistant.graph)[0]


def recall_at(k: int, answers: Sequence[Answer], queries: Sequence[Query]) -> float:
    """Return the mean recall of the first `k` items."""
    found = [recall(a.items[:k], query.ground_truth) for a, query in zip(answers, queries, strict=True)]
    return sum(found) / len(found)


def answered(system: System, queries: Sequence[Query]) -> list[Answer]:
    return [system.answer(query) for query in queries]


@pytest.fixture(scope="module")
def unknowing(assistant: Assistant, interests: list[Query]) -> Assistant:
    """An assistant that learned nothing from those who ask."""
    askers = {query.user_id for query in interests if query.user_id}
    users = training_users([], askers, assistant.graph.catalogue)
    return Assistant("ml-1m", data=SHARED, users=users)


@pytest.fixture(scope="module")
def with_history(unknowing: Assistant, interests: list[Query]) -> list[Answer]:
    """The answers to what interests people, with what they chose before."""
    return answered(AgentSystem(unknowing, with_history=True), interests)


@pytest.fixture(scope="module")
def with_profile(assistant: Assistant, demographics: list[Query]) -> list[Answer]:
    """The answers to what groups want, with the group as profile."""
    return answered(AgentSystem(assistant), demographics)


@pytest.mark.parametrize(("k", "floor"), [(10, 0.68), (20, 0.85)])
def test_interest_is_met_with_a_history(
    with_history: list[Answer], interests: list[Query], k: int, floor: float
) -> None:
    assert recall_at(k, with_history, interests) >= floor


def test_a_history_helps(unknowing: Assistant, with_history: list[Answer], interests: list[Query]) -> None:
    without = answered(AgentSystem(unknowing), interests)
    assert recall_at(10, with_history, interests) > recall_at(10, without, interests)


def test_what_groups_want_is_met_with_the_group_as_profile(
    with_profile: list[Answer], demographics: list[Query]
) -> None:
    assert recall_at(10, with_profile, demographics) >= 0.40


def test_what_groups_want_is_partly_met_by_the_text_alone(
    assistant: Assistant, demographics: list[Query]
) -> None:
    answers = answered(AgentSystem(assistant, with_profile=False), demographics)
    assert recall_at(10, answers, demographics) >= 0.15


def test_a_group_tells_more_than_popularity_and_nearness_of_texts(
    assistant: Assistant, with_profile: list[Answer], demographics: list[Query]
) -> None:
    others = (Popularity(assistant.graph, 10), Retrieval(assistant.graph, assistant.knowledge.index, 10))
    ours = recall_at(10, with_profile, demographics)
    popular, near = (recall_at(10, answered(each, demographics), demographics) for each in others)
    assert ours > 3 * max(popular, near), f"group {ours}, nearness of texts {near}, popularity {popular}"


def test_three_quarters_of_the_authors_group_lists_come_out(assistant: Assistant) -> None:
    compared = compare(GROUPS, assistant.graph.catalogue)
    assert sum(each.shared for each in compared) / len(compared) >= 0.75


def test_what_is_alike_by_facts_is_what_many_chose_together(
    assistants: Callable[[str], Assistant], assistant: Assistant
) -> None:
    found = likeness.measured(assistants("builtin").knowledge, assistant.knowledge, 60, seed=2)
    assert (len(found), float(found.mean()) > 0.3) == (60, True)
