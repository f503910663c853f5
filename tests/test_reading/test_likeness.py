"""What should be other than in a liked item, sequels by title, bare noun phrases, slips of ordinary words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.assistant import Assistant, Turn, turn_of
from agent.builtin.interpret.likeness import base, variation
from agent.builtin.interpret.message import Message
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.sequels import sequels
from agent.builtin.plan.tool_session import ToolSession
from tools.english import slip_of


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        ("like Night Tram but darker", ("dark",), ()),
        ("Night Tram but without the gore", (), ("gore",)),
        ("something like Night Tram, only less sad and more violent", ("violent",), ("sad",)),
        ("like Night Tram but with submarines", ("submarines",), ()),
        ("films like Night Tram", (), ()),
        ("like Night Tram but newer", (), ()),
    ],
)
def test_what_there_should_be_more_and_less_of(
    understand: Callable[[str], Message], text: str, more: tuple[str, ...], less: tuple[str, ...]
) -> None:
    read = understand(text)
    found = variation(read.spans, read.chunks)
    assert (found.more, found.less) == (more, less)


@pytest.mark.parametrize(
    ("word", "plain"), [("darker", "dark"), ("happier", "happy"), ("sadder", "sad"), ("other", "other")]
)
def test_a_comparative_of_feeling_has_a_base(word: str, plain: str) -> None:
    assert base(word) == plain


def test_an_item_with_less_of_something_is_a_request(usher: Assistant) -> None:
    answer = usher.ask("Alien but without the robots").answer
    assert answer["items"]
    assert "Left out what speaks of “robots”" in answer["note"]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("like The Hobbit but darker", "dark"),
        ("like Heat but slower", "slow"),
        ("a book like Emma but set in space", "space"),
    ],
)
def test_what_is_said_behind_but_is_a_wish(usher: Assistant, text: str, wish: str) -> None:
    assert _asked(usher.ask(text), "similar_items")["but"] == wish


def test_what_hardly_is_so_comes_last(usher: Assistant) -> None:
    shown = usher.ask("a book like The Hobbit but darker").answer["items"][:5]
    kinds = [usher.graph.labels(item["id"], "genre") for item in shown]
    assert not any({"Children's literature", "Family"} & set(each) for each in kinds)


def test_what_tags_tell_comes_before_what_is_more_alike(usher: Assistant) -> None:
    shown = usher.ask("a book like Emma but set in space").answer["items"][:5]
    assert all("space" in usher.graph.catalogue.texts[item["id"]].casefold() for item in shown)


def test_another_kind_of_it_is_proved_and_likeness_orders_it(usher: Assistant) -> None:
    answer = usher.ask("like Heat but a comedy").answer
    assert [condition["value"] for condition in answer["conditions"]] == ["Comedy"]
    assert "What goes best with Heat comes first" in answer["note"]


def test_more_of_a_kind_is_a_wish_that_proves_nothing(usher: Assistant) -> None:
    turn = usher.ask("like Heat but funnier")
    assert {"items": ["movie/heat-1995"], "but": "Comedy"}.items() <= _asked(turn, "similar_items").items()
    assert (turn.answer["basis"], turn.answer["conditions"]) == ("taste", [])
    assert "What is listed as “Comedy” comes first" in turn.answer["note"]
    assert all("Comedy" in item["facts"]["genre"] for item in turn.answer["items"])


@pytest.mark.parametrize("text", ["a film from the 90s like Heat but funnier", "like Heat but a thriller"])
def test_a_kind_that_is_named_or_stands_beside_conditions_is_one(usher: Assistant, text: str) -> None:
    assert "genre" in {condition["relation"] for condition in usher.ask(text).answer["conditions"]}


def test_a_wish_beside_a_later_condition_is_one_too(usher: Assistant) -> None:
    first = usher.after({}, "something like Heat but funnier")
    turn = turn_of(usher.after(first, "something with Tom Hanks from the 90s"))
    assert not any(step.refused for step in turn.steps)
    assert {"Comedy", "Tom Hanks"} <= {condition["value"] for condition in turn.answer["conditions"]}
    assert all("Comedy" in item["facts"]["genre"] for item in turn.answer["items"])


def _asked(turn: Turn, tool: str) -> dict[str, Any]:
    return next(step.arguments for step in turn.steps if step.tool == tool)


def test_a_theme_beside_a_liked_title_is_not_dropped(usher: Assistant) -> None:
    answer = usher.ask("robots, like in Blade Runner").answer
    assert answer["basis"] == "taste"
    assert "robots" in answer["note"]


HITS = [("1", "Zorg", 1979), ("2", "Zorgs", 1986), ("3", "Zorg 3", 1992), ("4", "Zorg Nation", 1988)]


@pytest.mark.parametrize(("later", "found"), [(True, ["2", "3"]), (False, [])])
def test_what_came_after_an_item_is_called_like_it(later: bool, found: list[str]) -> None:
    hits = [{"id": key, "title": title, "year": year} for key, title, year in HITS]
    session = ToolSession(frozenset(("search_items",)), run=lambda calls: [{"items": hits} for _ in calls])
    answer = sequels(Candidate("1", "Zorg", {}, "full", 1.0, 1979), session, later=later)
    assert answer is not None
    assert answer["items"] == found


@pytest.mark.parametrize("text", ["Revenge. A samurai.", "a boy and his dog", "two robots in the rain"])
def test_bare_noun_phrases_ask_for_a_theme(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["act"] == "recommend"
    assert answer["basis"] == "text"


@pytest.mark.parametrize(
    "text", ["what time is it in tokyo", "will it rain tomorrow", "oh sorry wrong button"]
)
def test_chatter_asks_for_no_theme(usher: Assistant, text: str) -> None:
    assert not usher.ask(text).answer["items"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("freindly", "friendly"),
        ("freinds", "friends"),
        ("beautifull", "beautiful"),
        ("accordion", ""),
        ("hitchcok", ""),
        ("friendly", ""),
    ],
)
def test_a_slip_is_of_an_everyday_word(word: str, meant: str) -> None:
    assert slip_of(word) == meant


def test_a_slip_of_an_ordinary_word_is_nobody(usher: Assistant) -> None:
    answer = usher.ask("a freindly ghost film").answer
    assert not answer["conditions"]
    assert not answer["unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "Heat, Alien and Jaws: that's the kind of thing I like. What should I watch next?",
        "What should I watch next after Heat, Alien and Jaws?",
        "If I liked Heat, Alien and Jaws, what should I try?",
        "With Heat, Alien and Jaws among my favourites, what should I try now?",
        "What goes well with Heat, Alien and Jaws? I rarely am so caught up.",
        "Well, what would go nicely with Heat, Alien and Jaws?",
        "Keep it coming: what goes with Heat, Alien and Jaws?",
        "I was taken by Heat, Alien and Jaws. What is there in that line?",
        "Is there anything in the same spirit as Heat, Alien and Jaws that I could see?",
        "I'm done with Heat, Alien and Jaws and want something like that.",
        "I'm done with Heat, Alien and Jaws and need more.",
        "Heat, Alien and Jaws: my friend felt the same. Tell me what to watch after them.",
        "Heat, Alien and Jaws, I loved the lot. Can you recommend something in the same spirit?",
    ],
)
def test_titles_that_are_liked_are_what_others_should_be_like(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    named = {"movie/heat-1995", "movie/alien-1979", "movie/jaws-1975"} & {
        each["id"] for each in answer["items"]
    }
    found = (answer["act"], answer["basis"], answer["conditions"], named, len(answer["items"]) > 5)
    assert found == ("recommend", "taste", [], set(), True)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("I have Heat and Jaws here: which should I watch first?", 1),
        ("were Jaws and Duel made by the same person?", 0),
    ],
)
def test_titles_are_still_chosen_among_and_compared(usher: Assistant, text: str, begun: int) -> None:
    assert len(usher.ask(text).answer["items"]) == begun


def test_what_somebody_is_done_with_is_left_out(usher: Assistant) -> None:
    answer = usher.ask("I'm done with Jaws, something else please").answer
    ruled_out = [(each["relation"], each["value"]) for each in answer["none_of"]]
    assert (ruled_out, any("jaws" in each["id"] for each in answer["items"])) == ([("series", "Jaws")], False)


@pytest.mark.parametrize(
    ("follow_up", "said", "unused"),
    [
        ("more like the first one but darker", "What is nearer to “darker”", []),
        ("more like the first but with robots", "First those whose descriptions speak of “robots”", []),
        ("like the second one but set in space", "What is nearer to “space”", []),
        ("more like the first but zorgly", "", ["zorgly"]),
    ],
)
def test_what_is_like_one_that_was_shown_is_found_with_what_there_should_be_more_of(
    usher: Assistant, follow_up: str, said: str, unused: list[str]
) -> None:
    shown = usher.after({}, "comedies from the nineties")
    told, plain = usher.after(shown, follow_up)["answer"], usher.after(shown, follow_up.partition(" but")[0])
    assert (told["unused"], said in told["text"]) == (unused, True)
    assert (told["items"] == plain["answer"]["items"]) == bool(unused)
