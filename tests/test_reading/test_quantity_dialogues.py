"""Questions, claims and follow-ups about what can be compared, on the small tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName
from typed_tables import assistant, table

Say = Callable[..., dict[str, Any]]


def shelf() -> Catalogue:
    """Six bottles; two cost the same, the last has no price."""
    builder = Builder()
    builder.relations |= {
        "price": Relation(RelationName("price"), Kind.NUMBER, "EUR"),
        "organic": Relation(RelationName("organic"), Kind.FLAG),
        "colour": Relation(RelationName("colour"), Kind.CATEGORY),
    }
    rows = (
        ("a", "Alderwood", "red", 8, 1),
        ("b", "Birchgate", "red", 12, 0),
        ("c", "Cedarfell", "red", 12, 1),
        ("d", "Dogrose", "red", 30, 1),
        ("e", "Elmstead", "white", 9, 0),
        ("f", "Firbank", "red", None, None),
    )
    for key, title, colour, price, organic in rows:
        builder.add_item(Item(ItemId(key), title, domain="wine"))
        builder.add_fact(ItemId(key), "colour", Entity(EntityId(f"colour/{colour}"), colour))
        if price is not None:
            builder.add_value(ItemId(key), "price", price)
        if organic is not None:
            builder.add_value(ItemId(key), "organic", organic)
    relations = {"colour": {"kind": "category"}}
    wording = {"nouns": ["wine", "wines"], "relations": relations}
    return builder.finish("shelf", "tests", "1", notes={"wording": wording})


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Say some messages in one conversation and return the last answer."""

    @cache
    def on() -> Assistant:
        return assistant(shelf(), tmp_path_factory.mktemp("shelf") / "shelf")

    def talk(*messages: str) -> dict[str, Any]:
        graph = build(InMemorySaver())
        turns = [on().chat(graph, "one", message, lambda _: None) for message in messages]
        return turns[-1].answer

    return talk


def ids(answer: dict[str, Any]) -> str:
    return "".join(line["id"] for line in answer["items"])


def conditions(answer: dict[str, Any]) -> set[str]:
    return {f"{each['relation']} {each['op']} {each['value']}" for each in answer["conditions"]}


# Questions of fact


@pytest.mark.parametrize(
    "text",
    [
        "how much is Birchgate?",
        "what does Birchgate cost?",
        "what's the price of Birchgate",
    ],
)
def test_a_stored_number_is_told(text: str, say: Say) -> None:
    answer = say(text)
    assert [(fact["title"], fact["relation"], fact["values"]) for fact in answer["facts"]] == [
        ("Birchgate", "price", ["12"])
    ]
    assert "12 EUR" in answer["text"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("is Birchgate under 20 euros?", "yes"),
        ("does Birchgate cost more than 15 euros?", "no"),
        ("is Birchgate cheaper than Dogrose?", "yes"),
        ("is Birchgate organic?", "no"),
    ],
)
def test_yes_or_no_is_told_by_the_stored_value(text: str, verdict: str, say: Say) -> None:
    assert say(text)["facts"][0]["verdict"] == verdict


def test_which_of_two_is_told_with_both_values(say: Say) -> None:
    answer = say("which is cheaper, Dogrose or Elmstead?")
    assert answer["note"].startswith("Elmstead.")
    assert {fact["title"] for fact in answer["facts"]} == {"Dogrose", "Elmstead"}


def test_what_is_not_known_is_said(say: Say) -> None:
    answer = say("what does Firbank cost?")
    assert "lists no price for Firbank" in answer["text"]


# Claims


def test_a_false_claim_in_numbers_is_corrected(say: Say) -> None:
    answer = say("Dogrose, which is under 20 euros, was great. Another red wine please")
    assert [(each["relation"], each["true"]) for each in answer["corrections"]] == [("price", ["30"])]
    assert "not under 20 EUR" in answer["text"]
    assert conditions(answer) == {"colour is red"}


def test_a_true_claim_is_not(say: Say) -> None:
    assert say("Alderwood, which is under 20 euros, was great. Another red wine please")["corrections"] == []


# Orders


def test_who_has_the_same_value_is_named(say: Say) -> None:
    answer = say("the two cheapest reds")
    assert ids(answer) == "ab"
    assert "Cedarfell has the same price." in answer["note"]


def test_of_how_many_the_value_is_not_known_is_said(say: Say) -> None:
    assert "Of 1 more the price is not known." in say("reds under 20 euros")["note"]


def test_cheap_is_a_third_that_is_stated(say: Say) -> None:
    answer = say("a cheap red wine")
    assert conditions(answer) == {"colour is red", "price <= 9"}
    assert "“cheap”: the lowest third by price here, up to 9 EUR." in answer["note"]


# Items


def test_a_number_is_that_of_a_named_item(say: Say) -> None:
    assert ids(say("something cheaper than Birchgate")) == "ae"


def test_a_number_is_that_of_an_item_counted_in_the_last_answer(say: Say) -> None:
    answer = say("red wines, most expensive first", "cheaper than the second one")
    assert conditions(answer) == {"colour is red", "price < 12"}


def test_an_item_without_the_value_is_no_measure(say: Say) -> None:
    assert "The price of Firbank is not known here" in say("reds cheaper than Firbank")["note"]


# Follow-ups


@pytest.mark.parametrize(
    ("messages", "items"),
    [
        (("reds over 10 euros", "cheaper"), "a"),
        (("reds under 20 euros", "a more expensive one"), "d"),
        (("red wines", "anything under 10?"), "a"),
        (("red wines", "only organic ones"), "acd"),
        (("red wines", "sort by price"), "abcd"),
        (("red wines", "the cheapest of those"), "a"),
        (("reds under 10 euros", "never mind the price"), "abcdf"),
        (("reds under 10 euros", "what about whites?"), "e"),
    ],
)
def test_a_follow_up_changes_the_comparison(messages: tuple[str, ...], items: str, say: Say) -> None:
    answer = say(*messages)
    assert "".join(sorted(ids(answer))) == items
    assert answer["unused"] == []


def test_what_has_no_value_stands_at_the_end_of_an_order(say: Say) -> None:
    answer = say("red wines sorted by price")
    assert [item["id"] for item in answer["items"]] == ["a", "b", "c", "d", "f"]
    assert "Of the last the price is not known." in answer["note"]


def test_what_has_no_value_is_not_among_so_many(say: Say) -> None:
    assert [item["id"] for item in say("the two most expensive reds")["items"]] == ["d", "b"]


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("the best comedies", True),
        ("comedies, best first", True),
        ("The best part is the music. Comedies, please.", False),
        ("my best friend wants comedies", False),
        ("It was the best comedy I have seen in years. More comedies, please.", False),
    ],
)
def test_best_is_an_order_only_of_items(
    text: str, ordered: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    films = assistant(table("films"), tmp_path_factory.mktemp("films") / "films")
    assert bool(films.ask(text).answer["order"]) is ordered


# In passing


@pytest.mark.parametrize(
    "text",
    [
        "after a 12 euro taxi ride I want a red wine",
        "my neighbour paid 40 euros for a taxi. Red wines please",
    ],
)
def test_a_number_in_passing_is_no_condition(text: str, say: Say) -> None:
    assert conditions(say(text)) == {"colour is red"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how long is Heat?", "The running time of Heat is 170 min."),
        ("how long is Emma?", "Emma has 470 pages."),
        ("Heat is how long?", "The running time of Heat is 170 min."),
        ("Heat came out when?", "Heat came out in 1995."),
        ("is Heat longer than Jaws?", "Yes, the running time of Heat is 170 min."),
    ],
)
def test_a_length_is_of_what_the_item_is(text: str, said: str, usher: Assistant) -> None:
    assert said in usher.ask(text).answer["text"]


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("is Heat long?", "yes", "“long”: the highest third by running time here, from 123 min."),
        ("Is Emma a short book?", "no", "Emma has 470 pages. “short”: the lowest third by pages here"),
        ("isn't War and Peace awfully long?", "yes", "War and Peace has 1270 pages."),
        ("we have Heat here. is it very long?", "yes", "The running time of Heat is 170 min."),
        ("I liked Heat. Is it longer than 3 hours?", "no", "the running time of Heat is 170 min."),
        ("is Heat too long for a school night?", None, "The running time of Heat is 170 min."),
        ("are Heat and Ronin long?", None, "The running time of Ronin is 122 min."),
        ("is Heat old?", None, "Heat came out in 1995."),
    ],
)
def test_how_large_an_item_is_is_told_by_a_third(
    text: str, verdict: str | None, said: str, usher: Assistant
) -> None:
    answer = usher.ask(text).answer
    assert said.casefold() in answer["text"].casefold()
    assert {fact["verdict"] for fact in answer["facts"]} == {verdict}
    assert answer["items"] == answer["unused"] == []


def test_what_else_is_asked_of_an_item_is_not_dropped(usher: Assistant) -> None:
    assert usher.ask("is Heat long and violent?").answer["unused"] == ["violent"]
    assert {f["relation"] for f in usher.ask("is The Hobbit long, and who wrote it?").answer["facts"]} == {
        "pages",
        "author",
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("the three longest films", "running_time"),
        ("the three longest books", "pages"),
        ("something longer than Titanic", "running_time"),
        ("something shorter than Emma", "pages"),
    ],
)
def test_what_is_measured_is_what_items_of_the_domain_have(
    text: str, relation: str, usher: Assistant
) -> None:
    answer = usher.ask(text).answer
    assert {each["relation"] for each in (*answer["conditions"], *answer["order"])} == {relation}
    assert "not known" not in answer["note"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a comedy, 2 hours tops", ("running_time", "<=", 120)),
        ("i need a comedy thats under ninety minutes", ("running_time", "<", 90)),
        ("a fantasy novel under 300 pages", ("pages", "<", 300)),
    ],
)
def test_lengths_of_the_built_in_catalogue_are_proved(
    text: str, condition: tuple[str, str, int], usher: Assistant
) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert condition in {(each["relation"], each["op"], each["value"]) for each in answer["conditions"]}


@pytest.mark.parametrize(
    ("first", "then", "relation"),
    [
        ("comedies", "a shorter one", "running_time"),
        ("comedies", "the third is too long for me", "running_time"),
        ("books by Jane Austen", "a shorter one", "pages"),
    ],
)
def test_what_is_shorter_is_measured_as_what_was_shown(
    first: str, then: str, relation: str, usher: Assistant
) -> None:
    graph = build(InMemorySaver())
    answer = [usher.chat(graph, "t", turn, lambda _: None).answer for turn in (first, then)][-1]
    assert answer["items"]
    assert relation in {each["relation"] for each in answer["conditions"]}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("short thrillers", {"genre", "running_time"}),
        ("short films", {"running_time"}),
        ("short stories", {"genre"}),
        ("a comedy from the 80s under 100 minutes, shortest first", {"genre", "year", "running_time"}),
    ],
)
def test_short_is_a_degree_before_what_is_measured(text: str, stated: set[str], usher: Assistant) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert {each["relation"] for each in answer["conditions"]} == stated
