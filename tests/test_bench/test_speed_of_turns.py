"""The bench of turns: two checkouts answer the same requests, here one checkout twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.assistant import Assistant
from bench import dataset, speed_turn


def test_two_checkouts_answer_the_same_requests_side_by_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usher, home = Assistant(), Path(os.environ["USHER_HOME"])
    asked = dataset.read([dataset.BUILTIN], usher.graph)[:3]
    monkeypatch.setattr(speed_turn, "_cold_starts", lambda _: [1.0, 1.0])  # takes long
    here = Path(speed_turn.__file__).parents[1]
    texts = {"names": ["I saw Jaws", "we saw Alien and Heat"]}
    sides = [(here, home), (here, home)]
    own, theirs = speed_turn.measured(sides, asked, "films like Jaws and " * 5, 1, ("builtin", None), texts)
    assert own.items == theirs.items == [[i["id"] for i in usher.ask(q.query).answer["items"]] for q in asked]
    for cost in (own, theirs):
        assert cost.links["names"] > 0
        assert min(*cost.cpu, *cost.peaks, cost.repeated) > 0
