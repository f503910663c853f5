"""CoT-Rec end to end: extraction by counters and by a model, retrieving and ranking, computed by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from bench.cot_rec import __main__ as command
from bench.cot_rec.extraction import Counters, Kept, Perception, Taste, Written, held, terms
from bench.cot_rec.measure import Material, People, Retrieval, _ranking, rankings
from bench.cot_rec.ranker import Asked, Counted, Retrieved, Shown
from bench.cot_rec.retriever import (
    PLAIN,
    ROWS,
    Parts,
    Weighed,
    candidates,
    choose,
    parts,
    places,
    random_vectors,
)
from bench.logprobs import likeliest, probabilities
from bench.next_item.split import Case
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.store import Opened, open_catalogue
from kg.types import ItemId


class Scripted(BaseChatModel):
    """Answers every kind of prompt in its own way and keeps what it was asked."""

    asked: list[str] = Field(default_factory=list)
    letters: dict[str, float] = Field(default_factory=dict)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        text = str(messages[-1].content)
        self.asked.append(text)
        if "Answer with one letter" in text:
            told = [{"token": token, "logprob": log(share)} for token, share in self.letters.items()]
            said = {"logprobs": {"content": [{"top_logprobs": told}]}} if told else {}
            return _reply("c", **said)
        if "key terms" in text:
            return _reply("- slow; funny,\nslow")
        if "bring both" in text.casefold():
            return _reply(f"merged {text.count('short')}")
        return _reply(f"short {len(self.asked)}")


def _reply(text: str, **metadata: Any) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=AIMessage(text, response_metadata=metadata))])


def ids(*numbers: int) -> list[ItemId]:
    return [ItemId(str(number)) for number in numbers]


# Extraction


def test_counters_put_what_choices_share_first(toy: KnowledgeGraph) -> None:
    taste = Counters(toy).taste(ids(1, 2, 6))  # all three by Ada Quill
    assert "director Ada Quill" in taste.text
    assert all(weight.weight > 0 for weight in taste.weights)


def test_counters_say_what_an_item_has_of_a_taste(toy: KnowledgeGraph) -> None:
    counters = Counters(toy)
    taste = counters.taste(ids(1, 2))
    assert "Ada Quill" in counters.perception(taste, ItemId("6"), "").terms
    assert "Ada Quill" not in counters.perception(taste, ItemId("3"), "").terms


def test_a_description_is_the_same_for_everybody(toy: KnowledgeGraph) -> None:
    kept = Kept(Counters(toy))
    seen = []
    for user, history in (("u", ids(2)), ("v", ids(3))):
        kept.taste(user, history)
        seen.append(kept.perception(user, ItemId("1")))
    assert seen[0].description == seen[1].description == Counters(toy).description(ItemId("1"))


def test_the_same_item_is_seen_in_two_ways_by_two_people(toy: KnowledgeGraph) -> None:
    counters = Counters(toy)
    tastes = [counters.taste(history) for history in (ids(2), ids(3))]
    assert len({counters.perception(taste, ItemId("1"), "").review for taste in tastes}) == 2


def test_a_model_reads_batches_that_overlap_and_merges_them(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[])
    history = ids(1, 2, 3, 4, 5, 6) * 2  # 12: two batches of 10, two choices in both
    taste = Written(toy, model).taste(history)
    first, second, merge = model.asked
    names = [toy.item(item).name for item in history]
    assert all(name in first for name in names[:10])
    assert "\n".join(names[8:12]) in second
    assert "short 1" in merge
    assert "short 2" in merge
    assert taste.text.startswith("merged")


def test_a_model_reads_only_the_latest_batches(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[])
    Written(toy, model, reach=1).taste(ids(1, 2, 3, 4, 5, 6) * 5)
    assert len(model.asked) == 1


def test_a_model_describes_then_reviews_then_sums_up(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[])
    kept = Kept(Written(toy, model))
    kept.tastes["u"] = Taste("likes quiet films")
    seen = kept.perception("u", ItemId("1"))
    assert toy.item(ItemId("1")).name in model.asked[0]
    assert "likes quiet films" in model.asked[1]
    assert seen.description in model.asked[1]
    assert model.asked[2].startswith(seen.review)
    assert seen.terms == ("slow", "funny")


def test_key_terms_are_few_and_each_is_there_once() -> None:
    assert terms("a, b, a, c, d, e, f, g") == ("a", "b", "c", "d", "e")
    assert terms("1") == ("1",)
    assert terms(" ,;\n") == ()


def test_nothing_is_extracted_twice(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[])
    kept = Kept(Written(toy, model))
    for _ in range(2):
        kept.taste("u", ids(1, 2))
        kept.perception("u", ItemId("3"))
    assert len(model.asked) == 1 + 3


# Retrieving


def case(known: Sequence[int], target: int) -> Case:
    return Case(0, np.array(known, dtype=np.int32), target)


def listed(base: Sequence[float], latest: Sequence[float], user: Sequence[float]) -> Parts:
    told = (np.array(each, dtype=np.float32) for each in (base, latest, user))
    return Parts(case([0], 3), *told)


def test_a_score_is_the_weighted_sum_of_its_parts() -> None:
    scores = listed([1, 2, 3, 4], [1, 0, 0, 0], [0, 1, 0, 0]).scores(Weighed(2.0, 0.5))
    assert scores.tolist() == [3.0, 2.5, 3.0, 4.0]


def test_weights_are_those_that_rank_the_validation_best() -> None:
    helps = [listed([0, 2, 1, 0], [0, 0, 0, 1], [0, 9, 0, 0])]
    chosen = choose(helps, latest=True, user=True)
    assert places(helps, chosen) == [1]
    assert chosen.user == 0.0


def test_of_weights_that_do_the_same_the_smallest_are_taken() -> None:
    useless = [listed([0, 2, 1, 3], [0, 0, 0, 0], [0, 0, 0, 0])]
    assert choose(useless, latest=True, user=True) == Weighed(0.0, 0.0)


def test_known_items_are_no_candidates() -> None:
    assert candidates(listed([9, 2, 1, 3], [0] * 4, [0] * 4), Weighed(0, 0), 2) == [3, 1]


def test_items_are_near_to_the_latest_choices_by_their_vectors() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    (found,) = parts([case([0], 3)], [np.zeros(4, dtype=np.float32)], vectors, None)
    assert found.latest[1] > found.latest[2]
    assert not found.user.any()


def test_items_are_near_to_the_preference_by_their_vectors() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    (found,) = parts([case([0], 3)], [np.zeros(4, dtype=np.float32)], vectors, [vectors[3]])
    assert found.user[3] > found.user[1]


def test_random_vectors_are_unit_vectors_of_their_seed() -> None:
    assert np.allclose(np.linalg.norm(random_vectors(5, 1), axis=1), 1)
    assert (random_vectors(5, 1) == random_vectors(5, 1)).all()
    assert (random_vectors(5, 1) != random_vectors(5, 2)).any()


# Ranking


def test_counters_put_first_what_shares_facts_with_the_latest_choices(toy: KnowledgeGraph) -> None:
    ordered = Counted(toy).order(Shown("u", ids(1, 2)), ids(3, 6))
    assert ordered == ids(6, 3)


def test_with_an_extraction_they_go_by_the_preference(toy: KnowledgeGraph) -> None:
    kept = Kept(Counters(toy))
    kept.taste("u", ids(1, 2))
    assert Counted(toy, kept).order(Shown("u", ids(3)), ids(3, 6)) == ids(6, 3)


def test_candidates_that_count_the_same_stay_as_listed(toy: KnowledgeGraph) -> None:
    nobody = Shown("u", [])
    assert Counted(toy).order(nobody, ids(3, 6, 1)) == ids(3, 6, 1)


def test_the_probability_of_a_letter_is_the_score_of_its_item(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[], letters={" B": 0.6, "b": 0.1, "C": 0.2, "the": 0.1})
    assert Asked(toy, model, "films").order(Shown("u", ids(1)), ids(3, 4, 5)) == ids(4, 5, 3)


def test_spellings_of_a_letter_add_up() -> None:
    told = [{"token": token, "logprob": log(0.25)} for token in ("A", " a", "x")]
    reply = AIMessage("", response_metadata={"logprobs": {"content": [{"top_logprobs": told}]}})
    assert probabilities(likeliest(reply), {"a": "A", "b": "B"}) == {"A": pytest.approx(0.5)}


def test_without_probabilities_the_letter_that_was_said_comes_first(toy: KnowledgeGraph) -> None:
    ranker = Asked(toy, Scripted(asked=[]), "films")
    assert ranker.order(Shown("u", ids(1)), ids(3, 4, 5)) == ids(5, 3, 4)
    assert ranker.unheard == 1


def test_only_with_an_extraction_the_prompt_tells_taste_and_terms(toy: KnowledgeGraph) -> None:
    kept = Kept(_Fixed())
    kept.taste("u", ids(1))
    plain, told = (Asked(toy, Scripted(asked=[]), "films", each) for each in (None, kept))
    assert "quiet" not in plain.question(Shown("u", ids(1)), ids(3))
    said = told.question(Shown("u", ids(1)), ids(3))
    assert "Their taste: quiet" in said
    assert f"A. {toy.item(ItemId('3')).name} (dry, slow)" in said


class _Fixed:
    def taste(self, history: Sequence[ItemId]) -> Taste:
        return Taste("quiet")

    def description(self, item: ItemId) -> str:
        return "x"

    def perception(self, taste: Taste, item: ItemId, description: str) -> Perception:
        return Perception("x", "y", ("dry", "slow"))


def test_items_beyond_the_described_ones_have_their_facts_as_text(toy: KnowledgeGraph) -> None:
    kept = Kept(_Fixed(), Counters(toy), frozenset(ids(2)))
    assert kept.description(ItemId("2")) == "x"
    facts = Counters(toy).description(ItemId("3"))
    assert kept.description(ItemId("3")) == facts
    model = Scripted(asked=[])
    kept = Kept(Written(toy, model), Counters(toy), frozenset(ids(2)))
    kept.tastes["u"] = Taste("quiet")
    assert kept.perception("u", ItemId("3")).description == facts
    assert facts in model.asked[0]  # the review; no description was asked for


# Tables


class _First:
    """Names whatever is listed first, first: as biased by position as can be."""

    def order(self, shown: Shown, listed: Sequence[ItemId]) -> list[ItemId]:
        return list(listed)


def test_a_ranker_that_keeps_the_order_has_the_whole_bias_and_who_does_not_rank_none(
    toy: KnowledgeGraph,
) -> None:
    base = np.array([0, 5, 4, 3, 2, 1], dtype=np.float32)
    zeros = np.zeros(6, dtype=np.float32)
    each = Parts(case([0], 2), base, zeros, zeros)
    retrieved = dict.fromkeys(ROWS, Retrieval(1.0, 1.0, Weighed(0, 0), [each]))
    material = Material(toy, None, Kept(_Fixed()), lambda texts: np.zeros((len(texts), 2), np.float32))  # type: ignore[arg-type]
    people = People([each.case], [each.case], ["u"])
    found = rankings(material, people, retrieved, {"None": None, "first": _First(), "kept": Retrieved()})
    assert found["CRM", "None"].ndcg == pytest.approx(1 / np.log2(3))  # second of five
    assert (found["CRM", "None"].mapb, found["CRM", "None"].n) == (None, 1)
    assert found["CRM", "first"].mapb == pytest.approx(np.mean([2, 1, 0, 1, 2]))


def test_a_next_choice_that_is_no_candidate_scores_0_and_has_no_bias(toy: KnowledgeGraph) -> None:
    found = _ranking(_First(), [(Shown("u", ids(1)), ItemId("6"), ids(2, 3))])
    assert found == (0.0, None, 0, 0)


def test_lists_of_which_no_letter_was_heard_are_counted(toy: KnowledgeGraph) -> None:
    cases = [(Shown("u", ids(1)), ItemId("3"), ids(2, 3))]
    assert (
        _ranking(Asked(toy, Scripted(asked=[]), "films"), cases).unheard == 3
    )  # the list, and two placements
    heard = Asked(toy, Scripted(asked=[], letters={"B": 0.5}), "films")
    assert _ranking(heard, cases).unheard == 0


def test_texts_that_share_words_are_encoded_near_each_other(toy: KnowledgeGraph) -> None:
    encode = command._encoder(Opened(toy, Path()))
    facts = [Counters(toy).description(item) for item in ids(1, 3)]
    own, other = (encode([text])[0] for text in facts)
    assert np.linalg.norm(own) == pytest.approx(1.0, abs=1e-5)
    assert own @ own > own @ other


def test_means_of_several_repeats_have_a_spread() -> None:
    assert command.spread([0.5]) == ".5000"
    assert command.spread([0.4, 0.6]) == ".5000 ± .1414"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        folder = tmp_path_factory.mktemp("cot") / "run"
        few = [item.name for item in open_catalogue().graph.offered[:300]]
        patch.setattr(command, "_encoder", lambda _: Lsa.fit(few).embed)  # of all texts it takes a while
        command.main(limit=3, repeats=2, out=folder)
        yield folder


def test_a_run_has_both_tables_for_every_repeat(run: Path) -> None:
    scores = json.loads((run / "scores.json").read_text())
    assert len(scores["retrievers"]) == 2 * len(ROWS)
    assert {(row["retriever"], row["ranker"]) for row in scores["rankers"]} == {
        (retriever, ranker) for retriever in ("CRM", "CRM++") for ranker in ("None", "counted", "counted++")
    }


def test_a_retriever_without_vectors_has_no_weights(run: Path) -> None:
    rows = json.loads((run / "scores.json").read_text())["retrievers"]
    own = [row for row in rows if (row["user_vector"], row["item_vector"]) == PLAIN]
    assert [(row["latest"], row["user"]) for row in own] == [(0.0, 0.0)] * 2
    assert {row["user"] for row in rows if row["user_vector"] == "none"} == {0.0}


def test_what_was_extracted_is_kept_beside_the_scores(run: Path) -> None:
    lines = [json.loads(line) for line in (run / "extracted.jsonl").read_text().splitlines()]
    assert {"preference" in line or {"description", "review", "terms"} <= line.keys() for line in lines} == {
        True
    }


def test_a_catalogue_without_histories_is_refused(
    monkeypatch: pytest.MonkeyPatch, toy: KnowledgeGraph
) -> None:
    bare = SimpleNamespace(graph=SimpleNamespace(catalogue=replace(toy.catalogue, histories=None)))
    monkeypatch.setattr(command, "open_catalogue", lambda *_: bare)
    with pytest.raises(UsageError, match="no histories"):
        command.main()


def test_the_most_chosen_items_are_described() -> None:
    opened = open_catalogue()
    split = command._split(opened)
    kept = command._kept(_Fixed(), opened, split, 2)
    items = opened.graph.catalogue.items
    counts = Counter(items[at].id for at in split.train.items.tolist())
    described = {item for item in counts if kept.description(item) == "x"}
    assert len(described) == 2
    assert max(n for item, n in counts.items() if item not in described) <= min(counts[i] for i in described)
    everything = command._kept(_Fixed(), opened, split, None)
    assert {everything.description(item) for item in counts} == {"x"}


def test_facts_of_an_item_have_its_decade(toy: KnowledgeGraph) -> None:
    year = toy.item(ItemId("1")).year
    assert year
    assert ("decade", f"{year // 10 * 10}s") in held(toy, ItemId("1"))


def test_every_prompt_is_asked_with_what_it_needs(toy: KnowledgeGraph) -> None:
    model = Scripted(asked=[])
    kept = Kept(Written(toy, model))
    kept.tastes["u"] = Taste("t")
    kept.perception("u", ItemId("1"))
    assert not [text for text in model.asked if "{{" in text]
