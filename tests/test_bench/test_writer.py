"""A language model as query writer, played by a script: what it is told, and what is taken from it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from bench import build
from bench import plans as planning
from bench.build import write_all
from bench.plans.types import Plan
from bench.read_back import reader
from bench.types import Profile, QueryClaim, QueryCondition, QueryReference
from bench.writer import ATTEMPTS, ModelWriter, facts, instruction
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.types import ItemId
from llm_server import Server, says
from llm_server.brains import Reply
from llm_server.replies import Body

ADA = QueryCondition(relation="director", value="Ada Quill")
THRILLER = QueryCondition(relation="genre", value="Thriller")
EXPLICIT = Plan("e", "movie", "explicit", (ADA,), truth=("1", "2", "6"))
HINT = QueryReference(relation="director", value="Ada Quill", items=["2"])
IMPLICIT = Plan("i", "movie", "implicit", (ADA, THRILLER), (HINT,), truth=("6",))
CLAIM = QueryClaim(anchor="item", items=["3"], relation="director", claimed="Ada Quill", true="Dov Eberhart")
FALSE = Plan(
    "m", "movie", "misinformed", (QueryCondition(relation="director", value="Dov Eberhart"),), (), CLAIM
)
INTEREST = Plan("n", "movie", "interest", seeds=("1", "2"), truth=("3", "4"))
GROUP = Plan("d", "movie", "demographic", profile=Profile(gender="F", age=25), truth=("3", "4"))
Planned = tuple[KnowledgeGraph, list[Plan]]
TITLES = {"1": "Low Tide", "2": "Night Tram", "3": "Paper Moons", "4": "The Ferry", "6": "Salt"}


class Script(BaseChatModel):
    """Says its lines in their order, the last one for ever, and keeps what it was told."""

    lines: list[str]
    told: list[list[BaseMessage]]

    @property
    def _llm_type(self) -> str:
        return "script"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.told.append(messages)
        line = self.lines[min(len(self.told), len(self.lines)) - 1]
        return ChatResult(generations=[ChatGeneration(message=AIMessage(line))])


def written(plan: Plan, *lines: str) -> tuple[str, Script]:
    model = Script(lines=list(lines), told=[])
    return ModelWriter(model).write(plan, TITLES.__getitem__), model


def test_a_text_that_keeps_every_label_is_taken_as_it_is() -> None:
    text, model = written(EXPLICIT, "Films by Ada Quill,\n please!")
    assert (text, len(model.told)) == ("Films by Ada Quill, please!", 1)


def test_a_lost_label_is_asked_for_again_by_name() -> None:
    text, model = written(EXPLICIT, "Films by Ada", "Films by Ada Quill")
    assert (text, "Ada Quill" in str(model.told[1][-1].content)) == ("Films by Ada Quill", True)


def test_a_hint_that_is_given_away_is_asked_for_again() -> None:
    text, model = written(
        IMPLICIT, "A thriller by Ada Quill, of Night Tram", "A thriller by whoever made Night Tram"
    )
    assert text == "A thriller by whoever made Night Tram"
    assert "must not be said: Ada Quill" in str(model.told[1][-1].content)


def test_a_model_that_never_obeys_is_asked_only_so_often() -> None:
    _, model = written(EXPLICIT, "Hello")
    assert len(model.told) == ATTEMPTS


# Read back


def read_back(toy: KnowledgeGraph, plan: Plan, *lines: str) -> tuple[str, Script]:
    model = Script(lines=list(lines), told=[])
    return ModelWriter(model, reader(toy)).write(plan, lambda key: toy.item(ItemId(key)).title), model


SHOT = QueryCondition(relation="cinematographer", value="Bo Lund")
SHOT_BY = Plan("s", "movie", "explicit", (SHOT,), truth=("1",))


def test_a_text_of_the_relations_of_its_plan_is_taken_as_it_is(toy: KnowledgeGraph) -> None:
    text, model = read_back(toy, SHOT_BY, "Films shot by Bo Lund, please.")
    assert (text, len(model.told)) == ("Films shot by Bo Lund, please.", 1)


@pytest.mark.parametrize(
    ("plan", "wrong", "complaint"),
    [
        (SHOT_BY, "Films directed by Bo Lund.", "Bo Lund has to be the cinematographer, and reads as the"),
        (SHOT_BY, "Films not shot by Bo Lund.", "It rules out Bo Lund, which it has to ask for."),
        (SHOT_BY, "Comedies shot by Bo Lund.", "It also asks for Comedies, which is not given."),
        (SHOT_BY, "Films shot by Bo Lund before 1980.", "It also asks for a time, which is not given."),
        (
            IMPLICIT,
            "A thriller with the cinematographer of Night Tram.",
            "It does not ask for the director of the items of that hint.",
        ),
        (
            FALSE,
            "Paper Moons was shot by Ada Quill. More films directed by its director, please.",
            "It does not say of the items of the belief that Ada Quill is their director.",
        ),
    ],
    ids=["role", "ruled-out", "added-kind", "added-time", "hint", "belief"],
)
def test_a_text_of_other_relations_is_asked_for_again(
    toy: KnowledgeGraph, plan: Plan, wrong: str, complaint: str
) -> None:
    _, model = read_back(toy, plan, wrong)
    assert complaint in str(model.told[1][-1].content)
    assert str(model.told[1][-1].content).endswith("Write the request again.")


def test_what_a_reader_does_not_make_out_is_no_fault(toy: KnowledgeGraph) -> None:
    text, model = read_back(toy, SHOT_BY, "Something of Bo Lund's.")
    assert (text, len(model.told)) == ("Something of Bo Lund's.", 1)


def test_after_the_last_attempt_a_text_that_kept_its_labels_is_taken(toy: KnowledgeGraph) -> None:
    text, model = read_back(toy, SHOT_BY, "Films directed by Bo Lund.", "Hello", "Hello")
    assert (text, len(model.told)) == ("Films directed by Bo Lund.", ATTEMPTS)


def test_the_texts_of_the_grammar_read_back(planned: Planned) -> None:
    graph, plans = planned
    title = lambda key: graph.item(ItemId(key)).title  # noqa: E731
    misread, write = reader(graph), build.grammar(0)
    assert [misread(plan, write(plan, title)) for plan in plans] == [[]] * len(plans)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, list[Plan]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        graph = open_catalogue().graph
    return graph, [plan for plan in planning.plan(graph.catalogue, 3) if plan.type == "explicit"]


def test_what_never_came_right_is_dropped_and_counted(planned: Planned) -> None:
    graph, plans = planned
    built = write_all(plans, graph, ModelWriter(Script(lines=["Hello"], told=[])).write)
    assert (built.queries, built.dropped) == ([], Counter(explicit=len(plans)))


def test_many_at_once_keep_the_order_of_the_plans(planned: Planned) -> None:
    graph, plans = planned
    built = write_all(plans, graph, lambda plan, _: f"{plan.id}: {said(plan)}", 4)
    assert [query.query.split(":")[0] for query in built.queries] == [plan.id for plan in plans]


def test_a_writer_that_fails_fails_the_build(planned: Planned) -> None:
    def broken(*_: object) -> str:
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError, match="gone"):
        write_all(planned[1], planned[0], broken, 4)


@pytest.mark.parametrize("style", ["direct", "situational"])
@pytest.mark.parametrize("plan", [EXPLICIT, IMPLICIT, FALSE, INTEREST, GROUP], ids=lambda plan: plan.type)
def test_every_type_and_style_has_a_prompt_without_open_slots(plan: Plan, style: str) -> None:
    assert "{{" not in instruction(replace(plan, style=style))


def said(plan: Plan) -> str:
    return json.dumps(facts(plan, lambda item: TITLES.get(item, item)), ensure_ascii=False)


def test_the_model_does_not_learn_a_value_it_must_only_hint_at() -> None:
    assert ("Ada Quill" in said(IMPLICIT), "Night Tram" in said(IMPLICIT)) == (False, True)


def test_the_model_does_not_learn_the_truth_behind_a_claim() -> None:
    assert ("Dov Eberhart" in said(FALSE), "Ada Quill" in said(FALSE)) == (False, True)


@pytest.mark.parametrize(
    ("plan", "names"), [(INTEREST, ("Low Tide", "The Ferry")), (GROUP, ("F", "Paper Moons"))]
)
def test_what_people_have_in_common_is_told_by_items(plan: Plan, names: Sequence[str]) -> None:
    assert all(name in said(plan) for name in names)


# Over HTTP


def obliging(body: Body) -> Reply:
    """Say everything that is given, one after the other."""
    told = json.loads(body["messages"][1]["content"])
    return says("More with " + ", ".join(_strings(told)))


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)
    else:
        yield str(told)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Server, Callable[[str], str]]]:
    """A server, and `bench.build` with it as the writer: folder name -> the text of queries.jsonl."""
    with Server(obliging) as server:
        monkeypatch.setenv("USHER_BASE_URL", server.url)

        def start(name: str) -> str:
            folder = tmp_path / name
            build.main(folder, counts="2", seed=0, writer="openai:any", concurrency=3)
            return (folder / "queries.jsonl").read_text(encoding="utf-8")

        yield server, start


def test_a_build_by_a_model_asks_once_a_query_and_never_again(built: Any) -> None:
    server, start = built
    first = start("first")
    asked = len(server.bodies)
    assert (start("again"), len(server.bodies), asked >= first.count("\n") > 0) == (first, asked, True)


def test_a_build_by_a_model_names_it_and_its_prompts(built: Any, tmp_path: Path) -> None:
    built[1]("one")
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["writer"], "bench/writer" in manifest["prompts"]) == ("openai:any", True)
