"""find_connection and the paths under it, on the six films of the toy catalogue."""

from __future__ import annotations

import pytest

from kg.neighbourhood import paths
from tools.connect import find_connection
from tools.errors import ToolError
from tools.knowledge import Knowledge


def ways(knowledge: Knowledge, first: str, second: str) -> list[list[tuple[str, str, str]]]:
    found = find_connection(knowledge, first, second)
    return [[(step.item, step.relation, step.label) for step in way] for way in found.ways]


def test_items_share_values_and_kinds_come_last(toy_knowledge: Knowledge) -> None:
    assert ways(toy_knowledge, "2", "6") == [
        [("2", "director", "Ada Quill"), ("6", "director", "Ada Quill")],
        [("2", "genre", "Thriller"), ("6", "genre", "Thriller")],
    ]


def test_items_that_share_nothing_are_joined_through_people(toy_knowledge: Knowledge) -> None:
    chains = ways(toy_knowledge, "2", "3")
    assert {len(chain) for chain in chains} == {4}
    assert [(s[0], s[2]) for s in chains[0]] == [
        ("2", "Mara Vance"),
        ("1", "Mara Vance"),
        ("1", "Bo Lund"),
        ("3", "Bo Lund"),
    ]


def test_a_person_and_an_item(toy_knowledge: Knowledge) -> None:
    assert ways(toy_knowledge, "direc/Ada Quill", "1") == [[("1", "director", "Ada Quill")]]


def test_two_people_are_joined_by_their_film(toy_knowledge: Knowledge) -> None:
    chains = ways(toy_knowledge, "direc/Ines Okafor", "cinem/Bo Lund")
    assert chains == [[("5", "director", "Ines Okafor"), ("5", "cinematographer", "Bo Lund")]]


def test_nothing_is_found_beyond_the_steps(toy_knowledge: Knowledge) -> None:
    assert paths(toy_knowledge.graph, "2", "3", steps=2) == []


def test_every_step_is_evidence(toy_knowledge: Knowledge) -> None:
    found = find_connection(toy_knowledge, "2", "6")
    told = {(each.item, each.relation, each.label) for each in found.evidence}
    assert told == {(s.item, s.relation, s.label) for way in found.ways for s in way}


@pytest.mark.parametrize(
    ("first", "second", "said"), [("nobody", "1", "nothing has the id 'nobody'"), ("1", "1", "are the same")]
)
def test_what_cannot_be_joined_is_refused(
    toy_knowledge: Knowledge, first: str, second: str, said: str
) -> None:
    with pytest.raises(ToolError, match=said):
        find_connection(toy_knowledge, first, second)
