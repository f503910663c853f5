"""Items asked for by number, one kind after another, and kinds asked for beside each other."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def either(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["relation"], str(each["value"])) for each in answer["any_of"]]


@pytest.mark.parametrize(
    ("said", "values", "shown"),
    [
        (
            "One film with Audrey Hepburn and one with Katharine Hepburn",
            ["Audrey Hepburn", "Katharine Hepburn"],
            2,
        ),
        ("Two comedies and a thriller", ["Comedy", "Thriller"], 3),
        ("two westerns, one horror film please", ["Western", "Horror"], 3),
        ("one comedy, one drama and one western", ["Comedy", "Drama", "Western"], 3),
        (
            "Give me three Agatha Christie novels and one by Dorothy Sayers",
            ["Agatha Christie", "Dorothy L. Sayers"],
            4,
        ),
        ("Two films: one by Hitchcock, one by Truffaut", ["Alfred Hitchcock", "François Truffaut"], 2),
        ("I'd like a comedy with a dog and two thrillers", ["Comedy", "Thriller"], 3),
    ],
)
def test_each_kind_has_its_own_number(usher: Assistant, said: str, values: list[str], shown: int) -> None:
    answer = usher.ask(said).answer
    assert [value for _, value in either(answer)] == values
    assert len(answer["items"]) == shown
    assert "found no" not in answer["text"]


def test_numbers_of_one_genre_in_two_domains_are_kept(usher: Assistant) -> None:
    items = usher.ask("recommend me 3 horror books and 3 horror films").answer["items"]
    assert sorted(each["id"].split("/")[0] for each in items) == ["book"] * 3 + ["movie"] * 3


@pytest.mark.parametrize(
    "said",
    ["two films with Al Pacino and Robert De Niro", "three films about a detective and a thriller writer"],
)
def test_what_one_item_has_is_no_wish_of_its_own(usher: Assistant, said: str) -> None:
    assert either(usher.ask(said).answer) == []


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Can you find me Italian films, and also books by Italo Calvino?", ["Italy", "Italo Calvino"]),
        ("French comedies and also German thrillers", ["France", "Germany"]),
        ("Hitchcock thrillers and Agatha Christie novels", ["Alfred Hitchcock", "Agatha Christie"]),
    ],
)
def test_plural_kinds_beside_each_other_are_asked_for_apart(
    usher: Assistant, said: str, values: list[str]
) -> None:
    assert [value for _, value in either(usher.ask(said).answer)] == values


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Pick one film from 1985 for me", 1),
        ("just pick one film with tom hanks", 1),
        ("Looking for two Agatha Christie novels that don't have Poirot in them", 2),
        ("one of the best films by Kurosawa", 15),
    ],
)
def test_how_many_are_asked_for(usher: Assistant, said: str, shown: int) -> None:
    assert len(usher.ask(said).answer["items"]) == shown


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("a western and a musical, one of each", ["Western", "Musical"]),
        ("a comedy or a western, one of each", ["Comedy", "Western"]),
        ("something by Jane Austen or Franz Kafka, one each", ["Jane Austen", "Franz Kafka"]),
    ],
)
def test_one_of_each(usher: Assistant, said: str, values: list[str]) -> None:
    answer = usher.ask(said).answer
    assert [value for _, value in either(answer)] == values
    assert len(answer["items"]) == len(values)


@pytest.mark.parametrize("said", ["two by Kubrick, not Lolita", "Two by Kubrick"])
def test_a_number_before_who_made_them(usher: Assistant, said: str) -> None:
    titles = [each["title"] for each in usher.ask(said).answer["items"]]
    assert len(titles) == len(("one", "other"))
    assert "Lolita" not in titles
