"""`python -m bench.who_asks`: who asks given beside a request, said in it, or hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import who_asks
from bench.types import Profile, Query
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue


@pytest.fixture
def graph() -> KnowledgeGraph:
    return open_catalogue().graph


def query(number: int, **profile: str) -> Query:
    return Query(
        id=f"d{number}",
        domain="movie",
        type="demographic",
        query="as it was",
        profile=Profile(**profile),
        ground_truth=["f0001"],
    )


def test_one_wording_says_who_asks_and_the_other_does_not(graph: KnowledgeGraph) -> None:
    worded = who_asks.words([query(n, occupation="lawyer") for n in range(20)], graph)
    assert len(worded.said) == len(worded.unsaid) == 20
    jobs = ("law", "attorney", "legal")
    assert all(any(job in each.query.casefold() for job in jobs) for each in worded.said)
    assert not any(job in each.query.casefold() for job in jobs for each in worded.unsaid)


def test_both_wordings_have_the_same_ids_and_truths(graph: KnowledgeGraph) -> None:
    worded = who_asks.words([query(n, gender="F") for n in range(3)], graph)
    rest = [[each.model_dump(exclude={"query"}) for each in listed] for listed in worded]
    assert rest[0] == rest[1]


def test_a_profile_that_no_words_say_is_left_out(graph: KnowledgeGraph) -> None:
    assert who_asks.words([query(0, occupation="other")], graph).said == []


def test_the_same_seed_gives_the_same_words(graph: KnowledgeGraph) -> None:
    asked = [query(n, gender="M", age="25-34") for n in range(3)]
    assert who_asks.words(asked, graph, 4) == who_asks.words(asked, graph, 4)


def test_files_without_such_requests_are_refused() -> None:
    built_in = Path(who_asks.dataset.BUILTIN)
    with pytest.raises(UsageError, match="no demographic request"):
        who_asks.main([built_in], catalogue="builtin")


def test_only_what_is_given_or_said_is_known(
    tmp_path: Path, graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "q.jsonl"
    items = [item.id for item in graph.offered if item.domain == "movie"][:2]
    lines = [query(n, gender="F").model_copy(update={"ground_truth": items}) for n in range(2)]
    asked.write_text("".join(line.model_dump_json(exclude_defaults=True) + "\n" for line in lines))
    who_asks.main([asked], out=tmp_path / "runs", catalogue="builtin")
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows if row and row[0] in ("demographic", "said", "hidden")] == [
        *("demographic", "said", "hidden")
    ]
    runs = {
        name: json.loads((tmp_path / "runs" / name / "run.json").read_text())
        for name in ("given", "said", "hidden")
    }
    assert {name: run["what"]["who asks"] for name, run in runs.items()} == {name: name for name in runs}
    texts = {name: (tmp_path / "runs" / name / "queries.jsonl").read_text() for name in runs}
    assert texts["given"] == texts["hidden"] != texts["said"]
