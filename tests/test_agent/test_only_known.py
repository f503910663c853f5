"""Tools and items that are known here and not in the catalogue: named, checked, referred to, never found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.guard.facts import unknown_words
from kg.builder import Builder
from kg.documents import documents
from kg.embedders import Lsa
from kg.references import joined
from kg.types import Condition, Entity, EntityId, Item, ItemId, RelationName
from kg.vectors import exact_index
from tests.conftest import as_graph, toy_catalogue
from tools.check import check_fact
from tools.find import find_items
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.resolve import resolve_reference
from tools.search import search_items

KITE, MAST = ItemId("other:kite"), ItemId("other:mast")


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    other = Builder()
    for key, title, director, cinematographer in (
        ("kite", "Red Kite", "Una Frost", "Cy Marsh"),
        ("mast", "The Mast", "Ada Quill", "Cy Marsh"),
        ("moon", "Paper Moons", "Una Frost", "Bo Lund"),
    ):
        other.add_item(Item(ItemId(key), title, 1999), f"A lighthouse in {title}.")
        other.add_fact(ItemId(key), "director", Entity(EntityId(director), director))
        other.add_fact(ItemId(key), "cinematographer", Entity(EntityId(cinematographer), cinematographer))
    graph = as_graph(joined(toy_catalogue(), other.finish("other", "tests", "1")), tmp_path)
    return Knowledge(graph, lambda: exact_index(graph, Lsa.fit(documents(graph))))


def test_titles_are_linked_and_said_to_be_only_known(knowledge: Knowledge) -> None:
    links = link_entities(knowledge, "the camera work of Red Kite and Salt Road")
    assert [mention.candidates[0].id for mention in links.mentions] == [KITE, "4"]
    assert links.only_known == (KITE,)


def test_of_two_items_of_one_title_the_one_in_the_catalogue_comes_first(knowledge: Knowledge) -> None:
    (mention,) = link_entities(knowledge, "I saw Paper Moons").mentions
    assert [each.id for each in mention.candidates] == ["3", "other:moon"]


def test_a_claim_about_one_is_checked(knowledge: Knowledge) -> None:
    assert check_fact(knowledge, KITE, "director", "una frost").verdict == "supported"
    wrong = check_fact(knowledge, KITE, "director", "Ada Quill")
    assert (wrong.verdict, wrong.true_values) == ("contradicted", ("Una Frost",))


def test_what_they_share_is_found_and_they_are_not(knowledge: Knowledge) -> None:
    found = resolve_reference(knowledge, [KITE, MAST], "cinematographer")
    assert [each.value for each in found.values] == ["Cy Marsh"]
    shot = find_items(knowledge, [Condition(RelationName("cinematographer"), "Cy Marsh")])
    assert {hit.id for hit in shot.items} == {"2", "4"}


def test_texts_find_what_is_in_the_catalogue(knowledge: Knowledge) -> None:
    for found in (
        search_items(knowledge, "a lighthouse"),
        search_items(knowledge, "a lighthouse", words=["lighthouse"]),
    ):
        assert {hit.id for hit in found.items} <= {"1", "2", "3", "4", "5", "6"}


@pytest.mark.parametrize(
    ("text", "person", "known"),
    [
        (
            "I loved the camera work in Taps and Absence of Malice, Scott Ambrozy is a genius. What else did"
            " he shoot?",
            "Owen Roizman",
            ["Taps", "Absence of Malice"],
        ),
        (
            "I liked the cinematography of Stay Hungry and Beethoven; other films by that cinematographer",
            "Victor J. Kemper",
            ["Stay Hungry", "Beethoven"],
        ),
    ],
)
def test_titles_that_an_old_catalogue_lacks_are_referred_to(
    assistants: Callable[[str], Assistant], text: str, person: str, known: list[str]
) -> None:
    answer = assistants("ml-1m").ask(text).answer
    shot = {"relation": "cinematographer", "op": "is", "value": person}
    assert (answer["conditions"], answer["only_known"]) == ([shot], known)
    assert len(answer["items"]) > 1
    assert all(["cinematographer", person] in item["proof"] for item in answer["items"])
    assert f"{' and '.join(known)} are known here, but are not in this catalogue." in answer["text"]
    assert [each["true"] for each in answer["corrections"]] == [[person]] * ("Scott" in text)
    assert answer["unknown"] == ["Scott Ambrozy"] * ("Scott" in text)


def test_the_guard_lets_what_is_only_known_be_called_unknown(knowledge: Knowledge) -> None:
    said = unknown_words(knowledge.graph, ["Red Kite", "Salt Road"], "like Red Kite and Salt Road")
    assert said.kept == ("Red Kite",)
    assert said.problems == ("'Salt Road' is said to name nothing here, and does",)


@pytest.mark.parametrize("text", ["a comedy like Superbad", "John Wick was great"])
def test_a_title_of_which_nothing_came_is_unknown_too(
    assistants: Callable[[str], Assistant], text: str
) -> None:
    answer = assistants("ml-1m").ask(text).answer
    assert answer["unknown"] == answer["only_known"] != []
    assert "I can't find" not in answer["text"]  # it is said once


@pytest.mark.parametrize(
    "text",
    ["John Wick was great", "anything similar to Taken (2008)?", "Lost in Translation is so dreamy"],
)
def test_nothing_is_said_to_go_with_what_nobody_here_chose(
    assistants: Callable[[str], Assistant], text: str
) -> None:
    answer = assistants("ml-1m").ask(text).answer
    assert (answer["items"], answer["conditions"]) == ([], [])
    assert answer["unknown"] == answer["only_known"] != []
