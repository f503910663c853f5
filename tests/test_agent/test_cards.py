"""Items as cards: who made it, its kind, a sentence about it, what was asked for; as wide as the screen."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from agent import render
from agent.answer_json import describe
from agent.card_relations import CardRelations
from agent.guard.proof import examine
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import Condition, Entity, EntityId, Item, ItemId, Kind, Relation, RelationName
from tests.conftest import as_graph
from tools.proposal import Proposal
from tools.types import Order

LONG = "The Extraordinary and Wholly Unlikely Voyage of a Paper Boat from the Harbour of Zill to the Sea"
SPOKEN = {"atelier": {"agent": ["workshop", "maker"]}, "wood": {"agent": ["wood", "style"]}}


def chairs(folder: Path, *, wording: dict[str, Any] | None = None) -> KnowledgeGraph:
    """Six chairs: their workshop, wood and price; the last says something to the terminal."""
    builder = Builder()
    builder.relations |= {
        "atelier": Relation(RelationName("atelier"), Kind.ORGANISATION),
        "wood": Relation(RelationName("wood"), Kind.CATEGORY),
        "price": Relation(RelationName("price"), Kind.NUMBER, "EUR"),
        "town": Relation(RelationName("town"), Kind.PLACE),
    }
    titles = ("Alder", "Birch", "Cedar", "Dogwood", LONG, "[red]Elm[/red]\u202e")
    for key, title in zip("abcdef", titles, strict=True):
        about = (
            f"{title} is a chair of many joints and few words, made for those who sit long and say little."
        )
        builder.add_item(Item(ItemId(key), title, 1990, domain="chair"), f"{about} It creaks.")
        builder.add_fact(ItemId(key), "atelier", Entity(EntityId("v"), "Vela"))
        builder.add_fact(ItemId(key), "wood", Entity(EntityId("o"), "oak"))
        builder.add_fact(ItemId(key), "town", Entity(EntityId("z"), "Zill"))
        builder.add_value(ItemId(key), "price", ord(key))
    notes = {"wording": {"nouns": ["chair", "chairs"], "relations": SPOKEN if wording is None else wording}}
    return as_graph(builder.finish("chairs", "tests", "1", notes=notes), folder)


@pytest.fixture
def shop(tmp_path: Path) -> KnowledgeGraph:
    return chairs(tmp_path)


def where(relation: str, value: str, op: Any = "is") -> Condition:
    return Condition(RelationName(relation), value, op)


def shown(graph: KnowledgeGraph, items: str = "abc", width: int | None = None, **rest: Any) -> list[str]:
    defaults: dict[str, Any] = {"conditions": (), "corrections": (), "note": "", "also": None}
    said = describe(graph, examine(graph, Proposal(tuple(items), **(defaults | rest))))
    return render.answer(said, graph, width=width, more="; /more").plain.splitlines()


def test_a_card_is_two_lines(shop: KnowledgeGraph) -> None:
    assert shown(shop, "a")[1:] == [
        "  1. Alder (1990) · Vela · oak",
        "     Alder is a chair of many joints and few words, made for those who sit long and say little.",
    ]


def test_a_maker_whom_the_heading_names_is_not_named_again(shop: KnowledgeGraph) -> None:
    assert shown(shop, "a", conditions=(where("atelier", "Vela"),))[1] == "  1. Alder (1990) · oak"


def test_what_was_asked_for_and_differs_is_shown(shop: KnowledgeGraph) -> None:
    assert shown(shop, "ab", conditions=(where("price", "200", "<"),))[2].startswith("     price: 97 EUR · ")


def test_what_every_item_has_alike_is_in_the_heading_only(shop: KnowledgeGraph) -> None:
    assert "Zill" not in "".join(shown(shop, "ab", conditions=(where("town", "Zill"),))[1:])


def test_what_items_are_ordered_by_is_shown(shop: KnowledgeGraph) -> None:
    said = shown(shop, "ab", order=(Order("price", False),))
    assert [line[:18] for line in said[2::2]] == ["     price: 97 EUR", "     price: 98 EUR"]


def test_more_than_ten_are_counted(usher: Any) -> None:
    answer = usher.ask("dramas").answer
    last = render.answer(answer, usher.graph, more="; /more").plain.splitlines()[-1]
    assert last == f"     and {len(answer['items']) - 10} more; /more"


# Which relations


def test_a_maker_is_known_by_how_the_relation_is_called(shop: KnowledgeGraph) -> None:
    assert CardRelations.of(shop) == (("atelier",), ("wood",))


def test_without_words_an_organisation_may_be_the_maker(tmp_path: Path) -> None:
    assert CardRelations.of(chairs(tmp_path, wording={})).makers == ("atelier",)


def test_a_relation_that_says_by_whom_may_be_the_maker(tmp_path: Path) -> None:
    wording = {"wood": {"verb": ["carved by"]}}
    assert CardRelations.of(chairs(tmp_path, wording=wording)).makers[0] == "wood"


def test_a_director_comes_before_other_makers(usher: Any) -> None:
    assert CardRelations.of(usher.graph).makers[:2] == ("director", "author")


def test_an_actor_is_no_maker(toy: KnowledgeGraph) -> None:
    assert CardRelations.of(toy) == (("director",), ("genre",))


def test_facts_of_a_card_begin_with_maker_and_kind(shop: KnowledgeGraph) -> None:
    said = describe(shop, examine(shop, Proposal(("a",), (), (), "", None)))
    assert list(said["items"][0]["facts"])[:2] == ["atelier", "wood"]


# Widths


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("items", ["abc", "abcdef"])
def test_no_line_is_wider_than_the_screen(shop: KnowledgeGraph, items: str, width: int) -> None:
    said = shown(shop, items, width, conditions=(where("price", "200", "<"),))
    assert max(map(cell_len, said)) <= width


def test_a_long_title_goes_on_under_its_beginning(shop: KnowledgeGraph) -> None:
    said = shown(shop, "e", 60)
    assert (said[1][:12], said[2][:5], said[2][5] != " ") == ("  1. The Ext", "     ", True)


def test_no_word_of_a_long_title_is_lost(shop: KnowledgeGraph) -> None:
    assert LONG in " ".join(" ".join(shown(shop, "e", 60)).split())


def test_of_few_items_the_sentence_is_whole(shop: KnowledgeGraph) -> None:
    assert "say little." in " ".join(" ".join(shown(shop, "abc", 60)).split())


def test_of_many_items_a_card_has_two_lines_on_a_screen(shop: KnowledgeGraph) -> None:
    said = shown(shop, "abcd", 60)[1:]
    assert (len(said), all(line.endswith("…") for line in said[1::2])) == (8, True)


def test_a_sentence_is_cut_between_words(shop: KnowledgeGraph) -> None:
    assert shown(shop, "abcd", 60)[2] == "     Alder is a chair of many joints and few words, made…"


def test_where_nobody_looks_nothing_is_broken_or_cut(shop: KnowledgeGraph) -> None:
    assert [line[-11:] for line in shown(shop, "abcdef")[2::2]] == ["say little."] * 6


def test_lines_are_as_wide_as_the_terminal_or_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    piped = Console(file=io.StringIO(), width=70)
    assert (render.width_of(piped), render.width_of(Console(width=70, force_terminal=True))) == (None, 70)
    monkeypatch.setenv("COLUMNS", "90")
    assert render.width_of(Console(file=io.StringIO())) == 90


def test_any_text_is_broken_under_where_it_begins() -> None:
    console = Console(file=io.StringIO(), width=30, force_terminal=True, color_system=None)
    render.show(console, Text("  /why   how the last answer was found\n\nnothing else"))
    assert isinstance(console.file, io.StringIO)
    told = ["  /why   how the last answer", "         was found", "", "nothing else", ""]
    assert console.file.getvalue().split("\n") == told


def test_wide_letters_count_twice() -> None:
    said = render.hanging(Text("  1. " + "東京物語 " * 10), 40).plain.splitlines()
    assert (max(map(cell_len, said)) <= 40, len(said) > 2) == (True, True)


# What a title may try


def test_markup_and_controls_in_a_title_are_shown(shop: KnowledgeGraph) -> None:
    assert shown(shop, "f")[1].startswith("  1. [red]Elm[/red]\\u202e (1990)")


def test_no_codes_are_printed_where_nobody_looks(shop: KnowledgeGraph) -> None:
    stream = io.StringIO()
    said = describe(shop, examine(shop, Proposal(tuple("abcf"), (), (), "", None)))
    render.show(Console(file=stream), render.answer(said, shop))
    assert not re.search(r"[\x1b\u202e]", stream.getvalue())


def test_facts_of_one_answer_are_not_those_of_another(toy: KnowledgeGraph) -> None:
    """Answers are data that anybody may change."""
    item = toy.offered[0].id
    first, again = (describe(toy, examine(toy, Proposal((item,), (), (), "", None))) for _ in range(2))
    facts = json.dumps(again["items"][0]["facts"])
    assert first["items"][0]["facts"]
    for held in first["items"][0]["facts"].values():
        held.append("changed")
    assert json.dumps(again["items"][0]["facts"]) == facts
    assert "changed" not in json.dumps(describe(toy, examine(toy, Proposal((item,), (), (), "", None))))
