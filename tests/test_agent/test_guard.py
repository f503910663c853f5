"""The guard on the toy catalogue: nothing invented leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.answer import Answer
from agent.answer_json import describe
from agent.guard.proof import examine
from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.references import joined
from kg.text import name_key
from kg.types import YEAR, Condition, Entity, EntityId, Item, ItemId, Op, RelationName
from tests.conftest import as_graph, toy_catalogue
from tools.proposal import Correction, Fact, Proposal, Question, SecondReading
from tools.types import Order


def condition(relation: str, value: str) -> Condition:
    return Condition(RelationName(relation), value)


ADA = condition("director", "Ada Quill")
BO = condition("cinematographer", "Bo Lund")


def proposal(items: list[str], *conditions: Condition, **rest: Any) -> Proposal:
    corrections = tuple(rest.get("corrections", ()))
    sets = ("any_of", "none_of", "facts", "unknown", "unused", "order")
    more = {name: tuple(given) if name in sets else given for name, given in rest.items()}
    more = {name: given for name, given in more.items() if name not in ("corrections", "note", "also")}
    return Proposal(tuple(items), conditions, corrections, rest.get("note", ""), rest.get("also"), **more)


def ids(answer: Answer) -> list[str]:
    return [line.id for line in answer.items]


def corrected(graph: KnowledgeGraph, *correction: Any) -> Answer:
    return examine(graph, proposal([], corrections=[Correction(*correction)]))


# Items


def test_an_item_outside_the_catalogue_is_left_out(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1", "999"]))) == ["1"]


def test_an_item_outside_the_catalogue_is_named_in_removed(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["999"])).removed == ("'999' is not in the catalogue",)


def test_an_item_without_the_edge_is_left_out(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1", "3"], ADA))) == ["1"]


def test_a_title_that_lacks_the_stated_words_is_left_out(toy: KnowledgeGraph) -> None:
    of_trams = Condition(RelationName("title"), "Tram", "contains")
    answer = examine(toy, proposal(["1", "2"], of_trams))
    assert (ids(answer), answer.items[0].proof) == (["2"], (("title", "Night Tram"),))


def test_an_unproved_condition_is_named_with_its_item(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["3"], ADA)).removed == (
        "Paper Moons (1983): not proved: director: Ada Quill",
    )


def test_of_two_conditions_both_must_hold(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1", "2", "3", "6"], ADA, BO))) == ["1", "6"]


def test_a_condition_on_a_relation_the_catalogue_lacks_proves_nothing(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1"], condition("composer", "Ada Quill")))) == []


def test_a_condition_on_nobody_proves_nothing(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1"], condition("director", "Zed Zed")))) == []


def test_the_right_person_in_another_role_proves_nothing(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1"], condition("cinematographer", "Ada Quill")))) == []


def test_the_order_of_the_proposal_is_kept(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["6", "1", "2"], ADA))) == ["6", "1", "2"]


def test_a_line_carries_the_catalogues_title(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["5"])).items[0].title == "The Glass Harbour II"


def test_a_line_carries_the_catalogues_year(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["5"])).items[0].year == 1992


def test_a_line_carries_one_fact_for_every_condition(toy: KnowledgeGraph) -> None:
    line = examine(toy, proposal(["1"], ADA, BO)).items[0]
    assert line.proof == (("director", "Ada Quill"), ("cinematographer", "Bo Lund"))


def test_a_proof_gives_the_label_of_the_catalogue_not_the_spelling_of_the_condition(
    toy: KnowledgeGraph,
) -> None:
    line = examine(toy, proposal(["1"], condition("director", "ada quill"))).items[0]
    assert line.proof == (("director", "Ada Quill"),)


def test_an_item_without_conditions_has_no_proof(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["1"])).items[0].proof == ()


def test_nothing_removed_says_nothing(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["1"], ADA)).removed == ()


# Alternatives and exclusions


def test_one_of_several_alternatives_is_enough(toy: KnowledgeGraph) -> None:
    either = [condition("actor", "Mara Vance"), condition("actor", "Theo Brandt")]
    assert ids(examine(toy, proposal(["1", "3", "4"], any_of=either))) == ["1", "3"]


def test_an_alternative_that_holds_is_the_proof(toy: KnowledgeGraph) -> None:
    either = [condition("actor", "Mara Vance"), condition("actor", "Theo Brandt")]
    assert examine(toy, proposal(["3"], any_of=either)).items[0].proof == (("actor", "Theo Brandt"),)


def test_an_alternative_does_not_replace_a_condition(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["3"], ADA, any_of=[BO]))) == []


def test_an_excluded_item_is_named_with_what_excludes_it(toy: KnowledgeGraph) -> None:
    removed = examine(toy, proposal(["1"], none_of=[BO])).removed
    assert removed == ("The Glass Harbour (1975): excluded: cinematographer: Bo Lund",)


# Years


def year(op: Op, value: str) -> Condition:
    return Condition(YEAR, value, op)


def test_a_year_is_proved_by_the_year_of_the_item(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1", "2", "4"], year(">=", "1980"), year("<", "1990")))) == ["2"]


def test_a_year_is_shown_as_proof(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["1"], year("<=", "1980"))).items[0].proof == (("year", "1975"),)


def test_an_item_of_an_excluded_year_is_left_out(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1", "2"], none_of=[year("<", "1980")]))) == ["2"]


def test_an_item_without_a_year_is_not_proved_by_one(undated: KnowledgeGraph) -> None:
    assert ids(examine(undated, proposal(["1"], year(">", "1")))) == []


def test_a_relation_called_year_is_proved_by_its_edges(undated: KnowledgeGraph) -> None:
    assert examine(undated, proposal(["1"], year("is", "MCM"))).items[0].proof == (("year", "MCM"),)


def test_a_comparison_that_is_none_proves_nothing(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1"], Condition(ADA.relation, ADA.value, ">=")))) == []


@pytest.fixture
def undated(tmp_path: Path) -> KnowledgeGraph:
    """One film without a year, in a catalogue that has a relation of this name."""
    builder = Builder()
    builder.add_item(Item(ItemId("1"), "Salt Road"), "")
    builder.add_fact(ItemId("1"), "year", Entity(EntityId("year/MCM"), "MCM"))
    catalogue = builder.finish("undated", "tests", "1")
    naming.write(catalogue, tmp_path)
    return KnowledgeGraph(catalogue, names.load(tmp_path))


# Facts


def told(graph: KnowledgeGraph, *fact: Any) -> Answer:
    return examine(graph, proposal([], facts=[Fact(*fact)]))


@pytest.mark.parametrize(
    "fact",
    [
        ("1", "director", ["Ada Quill"]),
        ("1", "year", ["1975"]),
        ("1", "director", ["Ada Quill"], "yes", "Ada Quill"),
        ("1", "director", ["Ada Quill"], "yes", "ada quill"),
        ("1", "director", ["Ada Quill"], "no", "Bo Lund"),
        ("1", "director", ["Ada Quill"], "no", "Scott Ambrozy"),
        ("1", "year", ["1975"], "yes", "1975"),
        ("1", "year", ["1975"], "no", "1976"),
        ("1", "year", ["1975"], "yes", "1970s"),
        ("1", "year", ["1975"], "yes", "< 1980"),
        ("4", "actor", []),
        ("4", "actor", [], None, "Mara Vance"),
        ("1", "description", ["A lighthouse keeper counts ships."]),
    ],
)
def test_a_true_fact_is_kept(toy: KnowledgeGraph, fact: Any) -> None:
    answer = told(toy, *fact)
    assert (len(answer.facts), answer.removed) == (1, ())


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (("999", "director", ["Ada Quill"]), "not in the catalogue"),
        (("1", "composer", ["Ada Quill"]), "no relation is called 'composer'"),
        (("1", "director", ["Bo Lund"]), "director is not 'Bo Lund'"),
        (("1", "director", ["Ada Quill", "Bo Lund"]), "director is not 'Bo Lund'"),
        (("1", "director", []), "director is known, it is Ada Quill"),
        (("1", "director", ["Ada Quill"], "no", "Ada Quill"), "director 'Ada Quill' is yes"),
        (("1", "director", ["Ada Quill"], "yes", "Bo Lund"), "director 'Bo Lund' is no"),
        (("1", "director", ["Ada Quill"], "yes"), "director '' is not known"),
        (("4", "actor", [], "no", "Mara Vance"), "actor 'Mara Vance' is not known"),
        (("1", "year", ["1976"]), "year is not '1976'"),
        (("1", "year", ["1975"], "yes", "> 1980"), "year '> 1980' is no"),
        (("1", "description", ["A lighthouse."]), "is not what it is about"),
        (("1", "description", ["keeper counts ships."]), "is not what it is about"),
        (("1", "description", []), "is not what it is about"),
    ],
)
def test_a_false_fact_is_left_out_and_named(toy: KnowledgeGraph, fact: Any, why: str) -> None:
    answer = told(toy, *fact)
    assert (len(answer.facts), why in answer.removed[0]) == (0, True)


def test_a_fact_has_the_title_of_its_item(toy: KnowledgeGraph) -> None:
    assert told(toy, "1", "director", ["Ada Quill"]).facts[0].title == "The Glass Harbour"


def test_a_note_beside_a_false_fact_is_not_said(toy: KnowledgeGraph) -> None:
    wrong = proposal([], facts=[Fact("1", "director", ["Bo Lund"])], note="Bo Lund directed it.")
    assert examine(toy, wrong).note == ""


# Words of the message


def words(graph: KnowledgeGraph, message: str | None, **given: Any) -> Answer:
    return examine(graph, proposal([], **given), message=message)


@pytest.mark.parametrize("said", ["Scott Ambrózy", "scott ambrozy", "SCOTT  Ambrozy"])
def test_an_unknown_name_is_in_the_message(toy: KnowledgeGraph, said: str) -> None:
    assert words(toy, "films by Scott Ambrozy!", unknown=[said]).unknown == (said,)


def test_what_is_not_in_the_message_is_not_unknown(toy: KnowledgeGraph) -> None:
    answer = words(toy, "films by Scott Ambrozy", unknown=["Ambroz"])
    assert (answer.unknown, answer.removed) == ((), ("'Ambroz' is not in the message",))


@pytest.mark.parametrize("said", ["Ada Quill", "night tram", "Glass Harbour"])
def test_what_names_something_here_is_not_unknown(toy: KnowledgeGraph, said: str) -> None:
    answer = words(toy, f"more of {said}", unknown=[said])
    assert (answer.unknown, answer.removed) == ((), (f"{said!r} is said to name nothing here, and does",))


def test_a_surname_alone_may_be_unknown(toy: KnowledgeGraph) -> None:
    assert words(toy, "the Quill papers", unknown=["Quill"]).unknown == ("Quill",)


def test_an_unused_word_is_in_the_message(toy: KnowledgeGraph) -> None:
    assert words(toy, "an uplifting film", unused=["uplifting", "corny"]).unused == ("uplifting",)


def test_signs_are_compared_as_they_are(toy: KnowledgeGraph) -> None:
    assert words(toy, "films 🎈 please", unused=["🎈", "🎃"]).unused == ("🎈",)


def test_without_a_message_words_are_taken_as_they_come(toy: KnowledgeGraph) -> None:
    assert words(toy, None, unused=["uplifting"]).unused == ("uplifting",)


# What kind of answer


WHICH = Question("Which one?")


@pytest.mark.parametrize(
    ("proposed", "act"),
    [
        (proposal(["1"]), "recommend"),
        (proposal([]), "decline"),
        (proposal([], question=WHICH), "ask"),
        (proposal([], facts=[Fact("1", "year", ["1975"])]), "inform"),
        (proposal(["1"], act="inform"), "inform"),
        (proposal([], act="inform"), "inform"),
        (proposal([], act="acknowledge"), "acknowledge"),
        (proposal([], act="recommend"), "decline"),
        (proposal(["3"], ADA, act="recommend"), "decline"),
        (proposal([], facts=[Fact("1", "year", ["1"])], act="inform"), "decline"),
    ],
)
def test_the_act_fits_what_is_left(toy: KnowledgeGraph, proposed: Proposal, act: str) -> None:
    assert examine(toy, proposed).act == act


@pytest.mark.parametrize("act", ["ask", "acknowledge", "decline"])
def test_such_an_answer_has_no_items(toy: KnowledgeGraph, act: str) -> None:
    answer = examine(toy, proposal(["1"], act=act))
    assert (answer.items, act in answer.removed[0]) == ((), True)


@pytest.mark.parametrize(
    ("proposed", "basis"),
    [
        (proposal(["1"], ADA), "proved"),
        (proposal(["1"], none_of=[condition("genre", "Comedy")]), "proved"),
        (proposal(["1"], ADA, basis="taste"), "taste"),
        (proposal(["1"], basis="popular"), "popular"),
        (proposal(["1"], basis="proved"), None),
        (proposal(["1"]), None),
        (proposal([], ADA, basis="proved"), None),
    ],
)
def test_the_basis_says_why_these_items(toy: KnowledgeGraph, proposed: Proposal, basis: str) -> None:
    assert examine(toy, proposed).basis == basis


@pytest.mark.parametrize(
    ("items", "order", "kept"),
    [
        (["1", "4"], Order("year"), 1),
        (["4", "1"], Order("year", descending=True), 1),
        (["4", "1"], Order("year"), 0),
        (["1", "4"], Order("rating"), 0),
    ],
)
def test_an_order_is_that_of_the_items(
    toy: KnowledgeGraph, items: list[str], order: Order, kept: int
) -> None:
    assert len(examine(toy, proposal(items, order=[order])).order) == kept


# Corrections


def test_a_correction_with_the_true_edge_is_kept(toy: KnowledgeGraph) -> None:
    assert len(corrected(toy, ["3"], "director", "Ada Quill", ["Dov Eberhart"]).corrections) == 1


def test_a_correction_of_two_items_that_share_the_truth_is_kept(toy: KnowledgeGraph) -> None:
    assert len(corrected(toy, ["3", "4"], "director", "Ada Quill", ["Dov Eberhart"]).corrections) == 1


def test_a_correction_of_someone_unknown_is_kept(toy: KnowledgeGraph) -> None:
    assert len(corrected(toy, ["3"], "director", "Scott Ambrozy", ["Dov Eberhart"]).corrections) == 1


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        ((["3"], "director", "Zed", ["Bo Lund"]), "director is not Bo Lund"),
        ((["3"], "director", "Zed", ["Invented Person"]), "director is not Invented Person"),
        ((["1"], "director", "Ada Quill", ["Ada Quill"]), "Ada Quill is right"),
        ((["999"], "director", "Zed", ["Ada Quill"]), "not in the catalogue"),
        ((["1", "3"], "director", "Zed", ["Ada Quill"]), "director is not Ada Quill"),
        ((["1", "999"], "director", "Zed", ["Ada Quill"]), "not in the catalogue"),
        ((["4"], "actor", "Zed", ["Mara Vance"]), "actor is not Mara Vance"),
        (([], "director", "Zed", ["Ada Quill"]), "without items"),
        ((["1"], "director", "Zed", []), "director is not"),
        ((["1"], "composer", "Zed", ["Ada Quill"]), "composer is not"),
    ],
    ids=[
        "wrong-role",
        "invented-truth",
        "claim-is-right",
        "unknown-item",
        "true-of-one-item-only",
        "one-unknown-item",
        "nothing-known",
        "no-items",
        "no-truth",
        "no-such-relation",
    ],
)
def test_a_false_correction_is_left_out_and_named(toy: KnowledgeGraph, correction: Any, why: str) -> None:
    answer = corrected(toy, *correction)
    assert (len(answer.corrections), why in answer.removed[0]) == (0, True)


def test_a_false_correction_does_not_take_the_items_with_it(toy: KnowledgeGraph) -> None:
    wrong = Correction(["1"], "director", "Ada Quill", ["Ada Quill"])
    assert ids(examine(toy, proposal(["1"], ADA, corrections=[wrong]))) == ["1"]


def test_a_true_correction_stays_beside_a_false_one(toy: KnowledgeGraph) -> None:
    right = Correction(["3"], "director", "Ada Quill", ["Dov Eberhart"])
    wrong = Correction(["1"], "director", "Ada Quill", ["Ada Quill"])
    assert examine(toy, proposal([], corrections=[wrong, right])).corrections == (right,)


# The second reading


def test_a_second_reading_is_kept_with_its_label(toy: KnowledgeGraph) -> None:
    also = SecondReading("If you meant Ada", ["2"], [ADA])
    second = examine(toy, proposal(["1"], also=also)).also
    assert second is not None
    assert second.label == "If you meant Ada"


def test_a_second_reading_does_not_join_the_items(toy: KnowledgeGraph) -> None:
    assert ids(examine(toy, proposal(["1"], also=SecondReading("x", ["2"], [ADA])))) == ["1"]


def test_an_unproved_item_of_a_second_reading_is_left_out(toy: KnowledgeGraph) -> None:
    second = examine(toy, proposal(["1"], also=SecondReading("x", ["2", "3"], [ADA]))).also
    assert second is not None
    assert [line.id for line in second.items] == ["2"]


def test_a_second_reading_with_nothing_left_is_dropped(toy: KnowledgeGraph) -> None:
    assert examine(toy, proposal(["1"], also=SecondReading("x", ["3", "999"], [ADA]))).also is None


def test_what_a_second_reading_lost_is_named(toy: KnowledgeGraph) -> None:
    removed = examine(toy, proposal(["1"], also=SecondReading("x", ["999"], [ADA]))).removed
    assert removed == ("'999' is not in the catalogue",)


# As data


def test_description_holds_every_field_of_an_answer(toy: KnowledgeGraph) -> None:
    assert set(describe(toy, examine(toy, proposal([])))) == {
        *(
            "act",
            "text",
            "basis",
            "items",
            "conditions",
            "any_of",
            "none_of",
            "corrections",
            "order",
            "facts",
        ),
        *("unknown", "unused", "only_known", "question", "note", "also", "removed", "wishes"),
    }


def test_description_of_an_item_is_what_a_card_shows_and_its_proof(toy: KnowledgeGraph) -> None:
    said = describe(toy, examine(toy, proposal(["1"], ADA)))
    assert said["items"] == [
        {
            "id": "1",
            "title": "The Glass Harbour",
            "year": 1975,
            "about": "A lighthouse keeper counts ships.",
            "facts": {"director": ["Ada Quill"], "genre": ["Drama"]},
            "proof": [["director", "Ada Quill"]],
            "notices": [],
        }
    ]


def test_description_without_a_second_reading_says_none(toy: KnowledgeGraph) -> None:
    assert describe(toy, examine(toy, proposal(["1"])))["also"] is None


def test_description_of_a_second_reading_has_label_and_items(toy: KnowledgeGraph) -> None:
    said = describe(toy, examine(toy, proposal(["1"], also=SecondReading("x", ["2"], [ADA]))))["also"]
    assert (said["label"], [line["id"] for line in said["items"]]) == ("x", ["2"])


# Whatever is proposed

_ITEMS = st.lists(
    st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "", "Jaws", "The Glass Harbour"]), max_size=7
)
_RELATIONS = st.sampled_from(["director", "cinematographer", "genre", "actor", "composer", ""])
_VALUES = st.sampled_from(
    [
        "Ada Quill",
        "ADA QUILL",
        "Dov Eberhart",
        "Bo Lund",
        "Cy Marsh",
        "Drama",
        "Thriller",
        "Mara Vance",
        "Nobody",
        "",
    ]
) | st.text(max_size=5)
_CONDITIONS = st.lists(st.builds(condition, _RELATIONS, _VALUES), max_size=3)
_CORRECTIONS = st.lists(
    st.builds(Correction, _ITEMS, _RELATIONS, _VALUES, st.lists(_VALUES, max_size=2)), max_size=3
)
_SECOND = st.none() | st.builds(SecondReading, st.text(max_size=5), _ITEMS, _CONDITIONS)
_SET = _CONDITIONS.map(tuple)
_PROPOSALS = st.builds(
    Proposal, _ITEMS.map(tuple), _SET, _CORRECTIONS.map(tuple), st.text(), _SECOND, _SET, _SET
)
_ANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def holds(graph: KnowledgeGraph, item: str, wanted: Condition) -> bool:
    """Look an edge up in the raw facts, not by the means of the guard."""
    held = graph.facts(ItemId(item)).get(wanted.relation, [])
    return any(name_key(entity.label) == name_key(wanted.value) for entity in held)


@_ANY
@given(proposed=_PROPOSALS)
def test_every_line_of_any_answer_is_in_the_catalogue_with_its_title(
    toy: KnowledgeGraph, proposed: Proposal
) -> None:
    answer = examine(toy, proposed)
    lines = [*answer.items, *(answer.also.items if answer.also else ())]
    known = {(item.id, item.title, item.year) for item in toy.catalogue.items}
    assert {(line.id, line.title, line.year) for line in lines} <= known


@_ANY
@given(proposed=_PROPOSALS)
def test_every_condition_of_any_answer_has_an_edge_for_every_line(
    toy: KnowledgeGraph, proposed: Proposal
) -> None:
    answer = examine(toy, proposed)
    assert all(holds(toy, line.id, wanted) for line in answer.items for wanted in answer.conditions)


@_ANY
@given(proposed=_PROPOSALS)
def test_every_line_of_any_answer_has_one_of_the_alternatives(
    toy: KnowledgeGraph, proposed: Proposal
) -> None:
    answer = examine(toy, proposed)
    either = answer.any_of
    assert not either or all(any(holds(toy, line.id, each) for each in either) for line in answer.items)


@_ANY
@given(proposed=_PROPOSALS)
def test_no_line_of_any_answer_has_what_is_excluded(toy: KnowledgeGraph, proposed: Proposal) -> None:
    answer = examine(toy, proposed)
    assert not any(holds(toy, line.id, each) for line in answer.items for each in answer.none_of)


@_ANY
@given(proposed=_PROPOSALS)
def test_every_second_line_of_any_answer_has_its_edges(toy: KnowledgeGraph, proposed: Proposal) -> None:
    also = examine(toy, proposed).also
    wanted = proposed.also.conditions if proposed.also else []
    assert also is None or all(holds(toy, line.id, each) for line in also.items for each in wanted)


@_ANY
@given(proposed=_PROPOSALS)
def test_every_proof_of_any_answer_is_an_edge(toy: KnowledgeGraph, proposed: Proposal) -> None:
    facts = [(line.id, *fact) for line in examine(toy, proposed).items for fact in line.proof]
    assert all(label in {e.label for e in toy.values(item, relation)} for item, relation, label in facts)


@_ANY
@given(proposed=_PROPOSALS)
def test_no_correction_of_any_answer_contradicts_an_edge(toy: KnowledgeGraph, proposed: Proposal) -> None:
    for correction in examine(toy, proposed).corrections:
        for item in correction.items:
            held = {entity.label for entity in toy.values(ItemId(item), correction.relation)}
            assert correction.claimed not in held
            assert held & set(correction.true)


@_ANY
@given(proposed=_PROPOSALS)
def test_what_is_not_removed_is_what_was_proposed(toy: KnowledgeGraph, proposed: Proposal) -> None:
    """The guard takes away and never adds, nor changes the order."""
    rest = iter(proposed.items)
    assert all(line.id in rest for line in examine(toy, proposed).items)


# At least one of, none of


def test_an_item_that_satisfies_one_alternative_is_shown(toy: KnowledgeGraph) -> None:
    either = Proposal(("1", "3"), (), (), "", None, any_of=(ADA, BO))
    assert [line.id for line in examine(toy, either).items] == ["1", "3"]


def test_an_item_that_satisfies_no_alternative_is_removed(toy: KnowledgeGraph) -> None:
    either = Proposal(("4", "2"), (), (), "", None, any_of=(ADA,))
    assert [line.id for line in examine(toy, either).items] == ["2"]


def test_an_item_that_satisfies_an_excluded_condition_is_removed(toy: KnowledgeGraph) -> None:
    without = Proposal(("1", "2"), (ADA,), (), "", None, none_of=(BO,))
    assert [line.id for line in examine(toy, without).items] == ["2"]


def test_an_item_that_is_only_known_is_never_shown_but_may_be_corrected(tmp_path: Path) -> None:
    other = Builder()
    other.add_item(Item(ItemId("kite"), "Red Kite", 1979))
    other.add_fact(ItemId("kite"), "director", Entity(EntityId("ada"), "Ada Quill"))
    graph = as_graph(joined(toy_catalogue(), other.finish("other", "tests", "1")), tmp_path)
    wrong = Correction(["other:kite"], "director", "Bo Lund", ["Ada Quill"])
    also = SecondReading("Or", ["other:kite"], [ADA])
    answer = examine(graph, proposal(["other:kite", "1"], ADA, corrections=[wrong], also=also))
    assert (ids(answer), answer.corrections, answer.also) == (["1"], (wrong,), None)
    assert set(answer.removed) == {"Red Kite (1979): known here only as a reference, not in this catalogue"}
