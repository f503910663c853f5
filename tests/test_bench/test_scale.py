"""Generated catalogues and how their cost is measured; what very long answers leave out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import speed_literals, speed_scale
from bench.generated import COUNTRIES, GENRES, generated
from bench.growth import exponent, extrapolated
from kg import catalogue as catalogues
from kg import names, naming
from kg.catalogue import Catalogue
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import Condition, RelationName
from tools.find import find_items
from tools.knowledge import Knowledge

SIZE = 2_000


@pytest.fixture(scope="module")
def made() -> Catalogue:
    return generated(SIZE)


@pytest.fixture(scope="module")
def graph(made: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("generated")
    naming.write(made, folder)
    catalogues.save(made, folder)
    return KnowledgeGraph(catalogues.load(folder), names.load(folder))


def facts_of_each(made: Catalogue, relation: str) -> list[int]:
    """Return how many facts each value of a relation has, most first."""
    code = [each.name for each in made.relations].index(RelationName(relation))
    counts = np.bincount(made.edges[made.edges[:, 1] == code, 2])
    return sorted(counts[counts > 0].tolist(), reverse=True)


def test_ten_times_more_goes_on_as_the_last_two_sizes_grew() -> None:
    assert extrapolated([10, 100, 1000], [7.0, 2.0, 4.0]) == pytest.approx(8)
    assert exponent([10, 100, 1000], [2.0, 20.0, 200.0]) == pytest.approx(1)
    assert extrapolated([100, 400], [3.0, 6.0]) == pytest.approx(6 * 10**0.5)


def test_a_generated_catalogue_has_the_size_asked_for(made: Catalogue) -> None:
    assert len(made.items) == SIZE


def test_it_has_some_five_facts_an_item(made: Catalogue) -> None:
    assert 4.5 < len(made.edges) / SIZE < 5.5


def test_equal_seeds_give_equal_catalogues(tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        catalogue = generated(300, seed=4)
        naming.write(catalogue, tmp_path / name)
        catalogues.save(catalogue, tmp_path / name)
        hashes.append(catalogues.read_manifest(tmp_path / name)["sha256"])
    assert hashes[0] == hashes[1]


def test_another_seed_gives_another_catalogue() -> None:
    assert list(generated(300, seed=4).items) != list(generated(300, seed=5).items)


def test_a_few_directors_have_many_titles_and_most_have_few(made: Catalogue) -> None:
    counts = facts_of_each(made, "director")
    assert counts[0] > 10 * counts[len(counts) // 2]


def test_genres_and_countries_have_few_values(made: Catalogue) -> None:
    found = [len(facts_of_each(made, relation)) for relation in ("genre", "country")]
    assert found == [len(GENRES), len(COUNTRIES)]


def test_a_common_surname_is_common(graph: KnowledgeGraph) -> None:
    surnames = [entity.label.split()[-1] for entity in graph.catalogue.entities]
    assert max(map(surnames.count, set(surnames))) > 5


def test_a_few_titles_are_chosen_by_many(graph: KnowledgeGraph) -> None:
    chosen = np.sort(graph.popularity)[::-1]
    assert chosen[: SIZE // 10].sum() > chosen[SIZE // 2 :].sum()


def test_every_request_can_be_answered(graph: KnowledgeGraph) -> None:
    assert all(request.items for request in speed_scale.requests(graph, SIZE))


def test_requests_are_the_same_for_the_same_size(graph: KnowledgeGraph) -> None:
    assert list(speed_scale.requests(graph, 9)) == list(speed_scale.requests(graph, 9))


def test_a_misspelt_name_is_no_name(graph: KnowledgeGraph) -> None:
    misspelt = [r.text for r in speed_scale.requests(graph, SIZE) if r.kind == "a misspelt name"]
    said = [text.removeprefix("films directed by ") for text in misspelt]
    assert not any(graph.entities_named(name, "director") for name in said)


def test_one_size_is_built_and_used_in_processes_of_their_own(tmp_path: Path) -> None:
    measured = speed_scale.measured(300, tmp_path / "300")
    assert measured["facts"] > 1_000
    assert measured["answers: found"] > 0.9
    assert 0 < measured["load, s"] < 5
    assert "linking 200 characters, p95 ms" in measured


def test_a_measure_that_grows_with_the_items_has_growth_1() -> None:
    assert exponent([10, 100, 1000], [2.0, 20.0, 200.0]) == pytest.approx(1)


def test_a_measure_that_does_not_grow_has_growth_0() -> None:
    assert exponent([10, 100], [3.0, 3.0]) == pytest.approx(0)


@pytest.mark.parametrize("sizes", [[10], [10, 100]])
def test_one_size_tells_no_growth(sizes: list[int]) -> None:
    ahead = speed_scale.table(sizes, [{"load, s": 3.0} for _ in sizes]).columns[-2]
    assert ("[3]" in "".join(map(str, ahead.cells))) == (len(sizes) > 1)


def test_sizes_are_sorted_and_told_once() -> None:
    assert speed_scale.sizes_of("2000,100,2000") == [100, 2000]


@pytest.mark.parametrize("text", ["", "many", "10^4", "99", "1000,,2000"])
def test_other_sizes_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"expected numbers from 100, e\.g\. 10000,100000"):
        speed_scale.sizes_of(text)


def test_a_very_long_answer_is_cut_to_the_most_popular(
    toy_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.find.MOST", 2)
    found = find_items(toy_knowledge, [Condition(RelationName("director"), "Ada Quill")])
    assert ([hit.id for hit in found.items], found.total) == (["2", "1"], 3)


def test_no_limit_asks_for_more_than_very_many(
    toy_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.find.MOST", 2)
    found = find_items(toy_knowledge, [Condition(RelationName("director"), "Ada Quill")], limit=3)
    assert len(found.items) == 2


@pytest.mark.parametrize("asked", speed_literals.QUESTIONS, ids=lambda asked: asked.name)
def test_ranges_and_orders_are_those_of_sqlite(asked: speed_literals.Question, tmp_path: Path) -> None:
    columns, ranks = speed_literals.drawn(3_000)
    graph = speed_literals.graph_of(columns, ranks, tmp_path)
    assert speed_literals.ours(graph, asked) == speed_literals.sqlite(columns, ranks)(asked)
