"""What items share by their tags, and which feel as people call it."""

from __future__ import annotations

import numpy as np
import pytest

from agent.assistant import Assistant
from kg.types import ItemId
from tools.alike import alike_by_tags, tags_of
from tools.knowledge import Knowledge
from tools.similar import similar_items
from tools.theme_clauses import central, clauses
from tools.theme_fit import fit
from tools.theme_moods import feeling
from tools.theme_words import taken_apart


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Assistant().knowledge


def place(knowledge: Knowledge, key: str) -> int:
    return int(knowledge.graph.positions([ItemId(key)])[0])


def test_tags_are_the_last_sentence_of_short_parts(knowledge: Knowledge) -> None:
    assert frozenset(("shark",)) in tags_of(knowledge, place(knowledge, "movie/jaws-1975"))


def test_what_shares_rare_tags_is_more_alike_than_what_shares_common_ones(knowledge: Knowledge) -> None:
    seed = ItemId("movie/groundhog-day-1993")
    scores = alike_by_tags(knowledge, [seed], knowledge.graph.positions([seed]))
    assert scores is not None
    loop, winter = (place(knowledge, f"movie/{key}") for key in ("palm-springs-2020", "frozen-2013"))
    assert scores[loop] > scores[winter]


def test_nothing_is_alike_by_tags_where_there_are_none(toy_knowledge: Knowledge) -> None:
    seed = next(item.id for item in toy_knowledge.graph.offered)
    assert alike_by_tags(toy_knowledge, [seed], toy_knowledge.graph.positions([seed])) is None


def test_the_first_hits_are_near_and_the_others_not(knowledge: Knowledge) -> None:
    found = similar_items(knowledge, ["movie/the-godfather-1972"], but="Comedy", domain="movie", k=200)
    assert found.near is not None
    assert 5 <= found.near < len(found.items)
    comedies = [knowledge.graph.labels(each.id, "genre") for each in found.items[: found.near]]
    assert all("Comedy" in each for each in comedies)


def test_nothing_says_what_is_near_where_nothing_is_wished(knowledge: Knowledge) -> None:
    assert similar_items(knowledge, ["movie/the-godfather-1972"]).near is None


def test_a_tag_says_how_an_item_feels_whatever_its_kind(knowledge: Knowledge) -> None:
    mood = taken_apart("scary").moods[0]
    among = knowledge.graph.positions([ItemId("movie/coraline-2009"), ItemId("movie/paddington-2014")])
    assert feeling(knowledge, mood, np.sort(among))[among].tolist() == [True, False]
    assert fit(knowledge, "scary", np.sort(among)).shares[among].tolist() == [1.0, 0.0]


def test_what_is_named_first_is_most_central() -> None:
    told = clauses("A guard talks. Heist; casino; friendship; one last job.")
    assert central(told, [{"heist"}]) > central(told, [{"friendship"}]) > central(told, [{"train"}]) == 0
