"""The hard split: its truth told again by plain loops over the facts, its words, and its scores."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench import build, dataset
from bench.hard import table as by_kind
from bench.hard.build import KINDS, WORDS, paraphrased
from bench.hard.build import build as hard
from bench.score import judge, score
from bench.systems.oracle import Oracle
from bench.types import Answer, AnswerCorrection, Query
from bench.wording.grammar import sections
from kg.builder import Builder
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.references import joined
from kg.sources import builtin
from kg.store import open_catalogue
from kg.types import Entity, EntityId, Item, ItemId
from tests.conftest import as_graph

EACH = 12


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        return open_catalogue().graph


@pytest.fixture(scope="module")
def queries(graph: KnowledgeGraph) -> list[Query]:
    return hard(graph, EACH, 3)


@pytest.fixture
def known_too(tmp_path: Path) -> KnowledgeGraph:
    """The built-in catalogue and a film more, only known, of everybody who directed one."""
    mine, other = builtin.read(), Builder()
    director = next(n for n, each in enumerate(mine.relations) if each.name == "director")
    for number in sorted({int(entity) for _, relation, entity in mine.edges if relation == director}):
        label = mine.entities[number].label
        other.add_item(Item(ItemId(str(number)), f"Qwxyz {number}", 1999))
        other.add_fact(ItemId(str(number)), "director", Entity(EntityId(label), label))
    return as_graph(joined(mine, other.finish("other", "tests", "1")), tmp_path)


def of(queries: list[Query], kind: str) -> list[Query]:
    return [query for query in queries if query.kind == kind]


def with_all(graph: KnowledgeGraph, *pairs: tuple[str, str]) -> set[str]:
    """The items that hold all of some (relation, label), by a loop over every one of them."""
    return {item.id for item in graph.offered if all(label in graph.labels(item.id, r) for r, label in pairs)}


def test_every_kind_that_the_catalogue_has_facts_for_is_there(queries: list[Query]) -> None:
    assert {query.kind for query in queries if query.domain == "movie"} == KINDS.keys() - {"outside"}
    assert {query.kind for query in queries if query.domain == "book"} >= {"two-claims", "quantity", "theme"}


def test_every_request_fits_the_catalogue(
    queries: list[Query], graph: KnowledgeGraph, tmp_path: Path
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("".join(query.model_dump_json(exclude_defaults=True) + "\n" for query in queries))
    assert dataset.read([path], graph) == queries


def test_no_text_is_asked_twice(queries: list[Query]) -> None:
    assert len({query.query for query in queries}) == len(queries)


def test_the_same_seed_gives_the_same_requests(queries: list[Query], graph: KnowledgeGraph) -> None:
    assert hard(graph, EACH, 3) == queries
    assert hard(graph, EACH, 4) != queries


@pytest.mark.parametrize("kind", ["hops", "two-claims", "theme"])
def test_the_truth_is_all_that_meets_the_conditions(
    queries: list[Query], graph: KnowledgeGraph, kind: str
) -> None:
    for query in of(queries, kind):
        found = with_all(graph, *((each.relation, each.value) for each in query.conditions))
        found = {key for key in found if graph.item(ItemId(key)).domain == query.domain}
        assert set(query.ground_truth) == found - set(query.ignore), query.query


def test_three_hops_lead_from_the_item_that_is_named_to_the_truth(
    queries: list[Query], graph: KnowledgeGraph
) -> None:
    for query in of(queries, "hops"):
        (wanted,) = query.conditions
        year = int(re.findall(r"\b(?:18|19|20)\d\d\b", query.query)[0])
        titles = {graph.item(ItemId(key)).title: key for key in query.ignore}
        named = next(key for title, key in titles.items() if title in query.query)
        (step,) = (key for key in query.ignore if key != named)
        assert graph.item(ItemId(step)).year == year
        assert wanted.value in graph.labels(ItemId(step), wanted.relation)
        assert graph.item(ItemId(step)).title not in query.query.replace(graph.item(ItemId(named)).title, "")


def test_both_claims_are_false_and_their_truth_is_not_said(
    queries: list[Query], graph: KnowledgeGraph
) -> None:
    for query in of(queries, "two-claims"):
        assert len(query.claims) == 2
        for claim in query.claims:
            held = [label for item in claim.items for label in graph.labels(ItemId(item), claim.relation)]
            assert claim.claimed not in held
            assert claim.truths == set(held)
            assert claim.claimed in query.query


def test_what_is_left_out_is_not_true(queries: list[Query], graph: KnowledgeGraph) -> None:
    for query in of(queries, "negation"):
        for key in query.ground_truth:
            genres = graph.labels(ItemId(key), "genre")
            assert not any(re.search(rf"\b{re.escape(genre)}\b", query.query) for genre in genres), (
                query.query
            )


def test_spans_of_years_are_around_the_item_that_is_named(
    queries: list[Query], graph: KnowledgeGraph
) -> None:
    spans = [query for query in of(queries, "quantity") if query.ignore]
    assert spans
    for query in spans:
        anchor = graph.item(ItemId(query.ignore[0]))
        within = int(re.findall(r"\b(\d) years", query.query)[0])
        years = [graph.item(ItemId(key)).year or 0 for key in query.ground_truth]
        assert anchor.year
        assert all(abs(year - anchor.year) <= within for year in years)


def test_of_the_latest_none_is_as_old_as_one_that_is_left_out(
    queries: list[Query], graph: KnowledgeGraph
) -> None:
    counted = {"two": 2, "three": 3, "four": 4}
    asked = [query for query in of(queries, "quantity") if not query.ignore]
    assert asked
    for query in asked:
        said = next(n for word, n in counted.items() if f" {word} " in query.query)
        assert len(query.ground_truth) == said


def test_a_paraphrase_does_not_name_its_genre() -> None:
    for name, listed in sections(WORDS).items():
        genre = name.removeprefix("hard.")
        if genre[0].islower() and "." not in genre and paraphrased(genre) and genre not in _TEMPLATES:
            assert not [each for each in listed if re.search(rf"\b{re.escape(genre)}\b", each.template)]


_TEMPLATES = {"hops", "claims", "negation", "outside", "around", "latest", "earliest", "theme"}


def test_what_is_only_known_is_referred_to(known_too: KnowledgeGraph) -> None:
    asked = of(hard(known_too, 5), "outside")
    assert asked
    for query in asked:
        (reference,) = query.references
        assert not known_too.offers(reference.items[0])
        assert set(query.ground_truth) == with_all(known_too, (reference.relation, reference.value))


def test_only_both_corrections_are_a_correction(queries: list[Query], graph: KnowledgeGraph) -> None:
    query = of(queries, "two-claims")[0]
    whole = Oracle().answer(query)
    half = whole.model_copy(update={"corrections": whole.corrections[:1]})
    assert [judge(query, each, graph)["correction"] for each in (whole, half)] == [1.0, 0.0]


def test_the_oracle_is_right_everywhere(queries: list[Query], graph: KnowledgeGraph) -> None:
    rows = score(queries, [Oracle().answer(query) for query in queries], graph)
    assert {row.metrics[name].mean for row in rows for name in ("precision", "recall")} == {1.0}  # type: ignore[union-attr]


def test_scores_are_shown_by_kind(queries: list[Query], graph: KnowledgeGraph) -> None:
    values = {query.id: judge(query, Oracle().answer(query), graph) for query in queries}
    grid = by_kind.grid(queries, values)
    assert grid is not None
    assert list(grid.columns[0].cells) == sorted({str(query.kind) for query in queries})


def test_other_queries_have_no_kinds(graph: KnowledgeGraph) -> None:
    assert by_kind.grid(dataset.read([dataset.BUILTIN], graph), {}) is None


def test_a_hard_build_says_what_it_holds(tmp_path: Path) -> None:
    build.main(tmp_path / "b", counts="2", split="hard")
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_text())
    assert (manifest["split"], manifest["queries"]["hops"]) == ("hard", 2)


@pytest.mark.parametrize("wrong", [{"split": "hrad"}, {"split": "hard", "anchors": "typo"}])
def test_what_a_hard_build_does_not_take_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        build.main(tmp_path / "b", **wrong)  # type: ignore[arg-type]


def test_an_answer_of_nothing_is_wrong_in_every_kind(queries: list[Query], graph: KnowledgeGraph) -> None:
    said = AnswerCorrection(items=["x"], relation="director", claimed="x", true=["y"])
    assert {judge(q, Answer(id=q.id, corrections=[said]), graph)["recall"] for q in queries} == {0.0}
