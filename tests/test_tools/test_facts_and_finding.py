"""check_fact, resolve_reference, find_items, search_items and recommend, read off the toy table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition, Item, ItemId, Op, RelationName
from kg.vectors import Retriever
from tools.check import check_fact, misspelling_of
from tools.describe import describe_item
from tools.errors import ToolError, nearest
from tools.find import find_items
from tools.knowledge import Knowledge
from tools.proposal import Correction, SecondReading
from tools.recommend import recommend
from tools.resolve import resolve_reference
from tools.search import search_items


def where(relation: str, value: str) -> Condition:
    return Condition(RelationName(relation), value)


def found(knowledge: Knowledge, *conditions: Condition, **rest: Any) -> list[str]:
    return [hit.id for hit in find_items(knowledge, list(conditions), **rest).items]


def searched(knowledge: Knowledge, text: str, **rest: Any) -> list[str]:
    return [hit.id for hit in search_items(knowledge, text, **rest).items]


# check_fact


@pytest.mark.parametrize(
    ("item", "relation", "value", "verdict"),
    [
        ("1", "director", "Ada Quill", "supported"),
        ("1", "director", "ada quill", "supported"),
        ("1", "director", "Dov Eberhart", "contradicted"),
        ("1", "director", "Nobody At All", "contradicted"),
        ("1", "director", "!?", "contradicted"),
        ("4", "actor", "Mara Vance", "unknown"),
    ],
)
def test_a_claim_has_its_verdict(
    toy_knowledge: Knowledge, item: str, relation: str, value: str, verdict: str
) -> None:
    assert check_fact(toy_knowledge, item, relation, value).verdict == verdict


def test_a_contradiction_tells_the_truth(toy_knowledge: Knowledge) -> None:
    assert check_fact(toy_knowledge, "1", "director", "Dov Eberhart").true_values == ("Ada Quill",)


def test_a_contradiction_proves_the_truth(toy_knowledge: Knowledge) -> None:
    evidence = check_fact(toy_knowledge, "1", "director", "Dov Eberhart").evidence
    assert [(e.item, e.relation, e.label) for e in evidence] == [("1", "director", "Ada Quill")]


def test_a_misspelt_claim_names_what_was_meant(toy_knowledge: Knowledge) -> None:
    assert check_fact(toy_knowledge, "1", "director", "Ada Quil").misspelling_of == "Ada Quill"


def test_the_unknown_has_no_evidence(toy_knowledge: Knowledge) -> None:
    assert check_fact(toy_knowledge, "4", "actor", "Mara Vance").evidence == ()


@pytest.mark.parametrize(
    ("claimed", "label"),
    [
        ("Bil Butler", "Bill Butler"),
        ("Bill Bulter", "Bill Butler"),
        ("Bell Buttler", "Bill Butler"),
        ("Bob Butler", None),
        ("Bill Conti", None),
        ("", None),
    ],
)
def test_two_letters_are_a_misspelling_and_three_another_name(claimed: str, label: str | None) -> None:
    assert misspelling_of(claimed, ("Bill Butler", "Cy Marsh")) == label


def test_a_short_name_is_misspelt_by_one_letter_only() -> None:
    assert (misspelling_of("Cy Mars", ("Cy Marsh",)), misspelling_of("C Mars", ("Cy Marsh",))) == (
        "Cy Marsh",
        None,
    )


def test_nothing_is_misspelt_where_nothing_is_known() -> None:
    assert misspelling_of("Bill Butler", ()) is None


# resolve_reference


def test_what_all_items_share_is_resolved(toy_knowledge: Knowledge) -> None:
    values = resolve_reference(toy_knowledge, ["1", "6"], "cinematographer").values
    assert [(each.value, each.items) for each in values] == [("Bo Lund", 2)]


def test_what_most_items_share_is_resolved_where_nothing_is_shared_by_all(toy_knowledge: Knowledge) -> None:
    values = resolve_reference(toy_knowledge, ["1", "2", "3"], "director").values
    assert [(each.value, each.items) for each in values] == [("Ada Quill", 2)]


def test_values_held_equally_come_in_alphabetical_order(toy_knowledge: Knowledge) -> None:
    values = resolve_reference(toy_knowledge, ["3", "2"], "director").values
    assert [each.value for each in values] == ["Ada Quill", "Dov Eberhart"]


def test_an_item_given_twice_counts_once(toy_knowledge: Knowledge) -> None:
    resolution = resolve_reference(toy_knowledge, ["1", "1"], "director")
    assert (resolution.items, resolution.values[0].items) == (("1",), 1)


def test_what_the_items_do_not_have_is_resolved_to_nothing(toy_knowledge: Knowledge) -> None:
    assert resolve_reference(toy_knowledge, ["4", "5"], "actor").values == ()


def test_a_reference_to_no_items_is_refused(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="items is empty; give the ids"):
        resolve_reference(toy_knowledge, [], "actor")


# describe_item


def test_an_item_is_told_by_its_relations(toy_knowledge: Knowledge) -> None:
    assert describe_item(toy_knowledge, "1").relations == {
        "director": ("Ada Quill",),
        "cinematographer": ("Bo Lund",),
        "genre": ("Drama",),
        "actor": ("Mara Vance",),
    }


def test_an_item_is_told_by_what_it_is_about(toy_knowledge: Knowledge) -> None:
    assert describe_item(toy_knowledge, "1").description == "A lighthouse keeper counts ships."


def test_an_item_is_told_by_its_year(toy_knowledge: Knowledge) -> None:
    assert describe_item(toy_knowledge, "1").year == 1975


def test_everything_told_of_an_item_is_proved(toy_knowledge: Knowledge) -> None:
    told = describe_item(toy_knowledge, "1")
    proved = {(e.relation, e.label) for e in told.evidence}
    assert proved == {(name, label) for name, labels in told.relations.items() for label in labels}


def _no_index() -> Retriever:
    raise AssertionError("facts need no index")


def test_a_long_description_ends_with_a_sentence(tmp_path: Path) -> None:
    builder = Builder()
    builder.add_item(Item(ItemId("1"), "Long", 1990), "It goes on and on. " * 200)
    catalogue = builder.finish("long", "tests", "1")
    naming.write(catalogue, tmp_path)
    knowledge = Knowledge(KnowledgeGraph(catalogue, names.load(tmp_path)), _no_index)
    assert describe_item(knowledge, "1").description.endswith("and on.")


# find_items


def test_conditions_are_joined(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, where("director", "Ada Quill"), where("genre", "Thriller")) == ["2", "6"]


def test_the_most_popular_comes_first(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, where("director", "Ada Quill")) == ["2", "1", "6"]


def year(op: Op, value: str) -> Condition:
    return Condition(YEAR, value, op)


@pytest.mark.parametrize(
    ("op", "ids"),
    [(">=", ["6", "4", "5"]), (">", ["6", "5"]), ("<=", ["2", "1", "4", "3"]), ("<", ["2", "1", "3"])],
)
def test_a_year_is_compared(toy_knowledge: Knowledge, op: Op, ids: list[str]) -> None:
    assert sorted(found(toy_knowledge, year(op, "1990"))) == sorted(ids)


def test_a_year_may_be_said_outright(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, year("is", "1990")) == ["4"]


def test_years_stand_beside_other_conditions(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, where("director", "Ada Quill"), year("<", "1980")) == ["1"]


def test_years_may_be_unwanted(toy_knowledge: Knowledge) -> None:
    unwanted = [year("<", "2000")]
    assert found(toy_knowledge, where("director", "Ada Quill"), none_of=unwanted) == ["6"]


def test_years_may_be_alternatives(toy_knowledge: Knowledge) -> None:
    either = [year("<", "1976"), year(">", "2000")]
    assert sorted(found(toy_knowledge, any_of=either)) == ["1", "6"]


@pytest.mark.parametrize("value", ["soon", "", "19x0", "-1984", "123456"])
def test_what_is_no_year_is_refused(toy_knowledge: Knowledge, value: str) -> None:
    with pytest.raises(ToolError, match="is no year; give it in figures"):
        find_items(toy_knowledge, [year(">=", value)])


def test_a_name_is_not_compared(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="only year can be compared"):
        find_items(toy_knowledge, [Condition(RelationName("director"), "Ada Quill", ">=")])


def test_unwanted_values_are_left_out(toy_knowledge: Knowledge) -> None:
    unwanted = [where("cinematographer", "Bo Lund")]
    assert found(toy_knowledge, where("director", "Ada Quill"), none_of=unwanted) == ["2"]


def test_excluded_items_are_left_out(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, where("director", "Ada Quill"), exclude_items=["2"]) == ["1", "6"]


def test_excluded_items_are_not_in_the_total(toy_knowledge: Knowledge) -> None:
    assert find_items(toy_knowledge, [where("director", "Ada Quill")], exclude_items=["2"]).total == 2


def test_years_bound_on_both_sides(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, year_from=1983, year_to=1990) == ["4", "3"]


def test_the_limit_cuts_items_and_not_the_total(toy_knowledge: Knowledge) -> None:
    answer = find_items(toy_knowledge, [where("director", "Ada Quill")], limit=1)
    assert ([hit.id for hit in answer.items], answer.total) == (["2"], 3)


def test_the_limit_cuts_the_evidence_too(toy_knowledge: Knowledge) -> None:
    answer = find_items(toy_knowledge, [where("director", "Ada Quill")], limit=1)
    assert {each.item for each in answer.evidence} == {"2"}


def test_every_condition_of_every_item_is_proved(toy_knowledge: Knowledge) -> None:
    answer = find_items(toy_knowledge, [where("director", "Ada Quill"), where("genre", "Thriller")])
    proved = {(each.item, each.relation, each.label) for each in answer.evidence}
    assert proved == {(i, *fact) for i in "26" for fact in (("director", "Ada Quill"), ("genre", "Thriller"))}


def test_conditions_that_exclude_each_other_find_nothing(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, where("genre", "Drama"), where("genre", "Western")) == []


def test_finding_without_any_bound_is_refused(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="conditions is empty; give a condition, a year bound or a limit"):
        find_items(toy_knowledge, [])


def test_a_limit_alone_gives_the_most_popular_of_all(toy_knowledge: Knowledge) -> None:
    answer = find_items(toy_knowledge, [], limit=2)
    assert ([hit.id for hit in answer.items], answer.total, answer.evidence) == (["2", "1"], 6, ())


def test_a_limit_alone_leaves_excluded_items_out(toy_knowledge: Knowledge) -> None:
    assert found(toy_knowledge, limit=1, exclude_items=["2"]) == ["1"]


@pytest.mark.parametrize("limit", [0, -3])
def test_a_limit_below_one_shows_nothing(toy_knowledge: Knowledge, limit: int) -> None:
    answer = find_items(toy_knowledge, [], limit=limit)
    assert (answer.items, answer.total) == ((), 6)


def test_an_unknown_domain_is_answered_with_those_there_are(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="no items of domain 'opera'; this catalogue has movie"):
        find_items(toy_knowledge, [where("genre", "Drama")], domain="opera")


# search_items


def test_the_nearest_text_comes_first(toy_knowledge: Knowledge) -> None:
    assert searched(toy_knowledge, "crossing a salt desert in a caravan")[0] == "4"


def test_similarity_falls_down_the_list(toy_knowledge: Knowledge) -> None:
    scores = [hit.score for hit in search_items(toy_knowledge, "a lighthouse counts ships").items]
    assert scores == sorted(scores, key=lambda score: -(score or 0))


def test_search_answers_at_most_k(toy_knowledge: Knowledge) -> None:
    assert len(searched(toy_knowledge, "a lighthouse, a tram or the moon", k=2)) == 2


def test_search_keeps_to_its_conditions(toy_knowledge: Knowledge) -> None:
    found = searched(toy_knowledge, "a caravan in the desert", conditions=[where("genre", "Thriller")])
    assert sorted(found) == ["2", "6"]


def test_search_keeps_to_its_years(toy_knowledge: Knowledge) -> None:
    assert sorted(searched(toy_knowledge, "a caravan", year_from=1991, year_to=2000)) == ["5"]


def test_search_proves_its_conditions(toy_knowledge: Knowledge) -> None:
    answer = search_items(toy_knowledge, "snow", conditions=[where("genre", "Thriller")], k=1)
    assert [(each.item, each.label) for each in answer.evidence] == [("6", "Thriller")]


def test_search_without_conditions_proves_nothing(toy_knowledge: Knowledge) -> None:
    assert search_items(toy_knowledge, "snow").evidence == ()


def test_search_leaves_excluded_items_out(toy_knowledge: Knowledge) -> None:
    assert "4" not in searched(toy_knowledge, "a salt desert", exclude_items=["4"])


def test_search_that_nothing_satisfies_finds_nothing(toy_knowledge: Knowledge) -> None:
    assert searched(toy_knowledge, "snow", year_from=2100) == []


@pytest.mark.parametrize("k", [0, -1, 201])
def test_search_refuses_an_absurd_k(toy_knowledge: Knowledge, k: int) -> None:
    with pytest.raises(ToolError, match=f"k is {k}, expected 1 to 200"):
        search_items(toy_knowledge, "snow", k=k)


def test_search_refuses_an_empty_text(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="text is empty"):
        search_items(toy_knowledge, "  ")


def test_the_index_is_opened_when_first_used(toy_knowledge: Knowledge) -> None:
    closed = Knowledge(toy_knowledge.graph, lambda: pytest.fail("opened"))
    assert found(closed, where("genre", "Western")) == ["4"]


# recommend


def test_a_proposal_proves_what_it_can(toy_knowledge: Knowledge) -> None:
    proposal = recommend(toy_knowledge, ["1", "2"], [where("genre", "Drama")])
    assert [(each.item, each.label) for each in proposal.evidence] == [("1", "Drama")]


def test_a_proposal_keeps_the_order_and_drops_repeats(toy_knowledge: Knowledge) -> None:
    assert recommend(toy_knowledge, ["6", "1", "6"], []).items == ("6", "1")


def test_a_proposal_of_nothing_needs_only_a_note(toy_knowledge: Knowledge) -> None:
    assert recommend(toy_knowledge, [], [], note=" Nothing fits. ").note == "Nothing fits."


def test_a_correction_is_passed_on(toy_knowledge: Knowledge) -> None:
    correction = Correction(["1"], "director", "Bo Lund", ["Ada Quill"])
    assert recommend(toy_knowledge, ["1"], [], [correction]).corrections == (correction,)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ({"corrections": [Correction(["99"], "director", "A", ["B"])]}, "no item has the id '99'"),
        ({"corrections": [Correction(["1"], "directer", "A", ["B"])]}, "Nearest: 'director'"),
        ({"also": SecondReading("also", ["99"], [])}, "no item has the id '99'"),
        (
            {"also": SecondReading("also", ["1"], [where("genre", "Opera")])},
            "nothing called 'Opera' is a genre",
        ),
    ],
)
def test_every_part_of_a_proposal_is_checked(
    toy_knowledge: Knowledge, rest: dict[str, Any], said: str
) -> None:
    with pytest.raises(ToolError, match=said):
        recommend(toy_knowledge, ["1"], [], **rest)


# errors


def test_nearest_names_alternatives() -> None:
    assert nearest("directer", ["director", "actor"]) == " Nearest: 'director'."


def test_nearest_says_nothing_where_nothing_is_near() -> None:
    assert nearest("xyz", ["director", "actor"]) == ""


# Words of titles


@pytest.mark.parametrize(("words", "ids"), [("alder", ["a"]), ("ALDER", ["a"])])
def test_items_are_found_by_words_of_their_titles(cellar: Knowledge, words: str, ids: list[str]) -> None:
    assert found(cellar, Condition(RelationName("title"), words, "contains")) == ids


def test_a_part_of_a_word_is_no_word_of_a_title(cellar: Knowledge) -> None:
    with pytest.raises(ToolError, match="no title has 'ald'"):
        found(cellar, Condition(RelationName("title"), "ald", "contains"))
