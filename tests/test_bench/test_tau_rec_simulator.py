"""The simulated person: what is volunteered, told when asked, hinted at; a pure function of the dialogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.tau_rec.asking import asked_about, parts_of
from bench.tau_rec.persona import aversion, introduction
from bench.tau_rec.simulator import PATIENCE, RuleBased
from bench.tau_rec.types import Exchange, Question, Reply, Shop, Task, Utterance
from tau_shop import COMEDY, NOTHING, SHORT, ask, goal, offer, shop

DRAMA = ("genres", "contains", "Drama", "volunteer")
RATED = ("content_rating", "in", ["PG", "R"], "on_ask")
SEEDS = range(12)  # of wordings


@pytest.fixture
def toy_shop(tmp_path: Path) -> Shop:
    return shop(tmp_path)


def talk(shop: Shop, task: Task, *replies: Reply, seed: int = 0) -> list[Utterance]:
    """Return everything the person says to these answers, the first message first."""
    person, history = RuleBased(shop, task, 0, seed), list[Exchange]()
    for reply in replies:
        history.append(Exchange(said=person.reply(history), reply=reply))
    return [*(each.said for each in history), person.reply(history)]


# What is said when


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_message_says_what_is_volunteered_and_nothing_else(toy_shop: Shop, seed: int) -> None:
    task = goal(COMEDY, SHORT, ("rating", ">=", 6.0, "volunteer"), RATED)
    (first,) = talk(toy_shop, task, seed=seed)
    assert first.tells == [0, 2]
    assert "comedy" in first.text.lower()
    assert re.search(r"\b6\b", first.text)
    assert not re.search(r"120|two hours|\bPG\b|\bR\b", first.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_when_asked_is_told_then(toy_shop: Shop, seed: int) -> None:
    question = ask("Which age rating would suit you?", "content_rating")
    said = talk(toy_shop, goal(COMEDY, RATED), question, seed=seed)[-1]
    assert said.tells == [1]
    assert "PG or R" in said.text


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_hidden_is_not_told_when_asked(toy_shop: Shop, seed: int) -> None:
    said = talk(toy_shop, goal(COMEDY, SHORT), ask("How long may it be?", "runtime"), seed=seed)[-1]
    assert not said.tells
    assert not re.search(r"120|hours", said.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rejection_hints_at_what_is_hidden_without_its_value(toy_shop: Shop, seed: int) -> None:
    said = talk(toy_shop, goal(COMEDY, SHORT), offer("long"), seed=seed)[-1]
    assert (said.rejects, said.hint, said.tells) == ("long", 1, [])
    assert not re.search(r"\d|hours", said.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_letter_in_a_word_gives_no_label_away(toy_shop: Shop, seed: int) -> None:
    drama = goal(DRAMA, ("content_rating", "in", ["R"], "hidden"), user_services=[])
    said = talk(toy_shop, drama, offer("plain"), seed=seed)[-1]
    assert (said.rejects, said.hint, said.tells) == ("plain", 1, [])


def test_what_was_said_is_said_again_where_an_offer_breaks_it(toy_shop: Shop) -> None:
    said = talk(toy_shop, goal(COMEDY, SHORT), offer("dark", text="A drama"))[-1]
    assert said.rejects == "dark"


@pytest.mark.parametrize(
    ("offered", "words"), [("short", "seen|watched"), ("plain", "can't|isn't on"), ("dark", "comedy")]
)
def test_a_rejection_says_why(toy_shop: Shop, offered: str, words: str) -> None:
    task = goal(COMEDY, known=["short"])
    said = talk(toy_shop, task, offer(offered))[-1]
    assert said.rejects == offered
    assert re.search(words, said.text.lower())


def test_the_first_item_that_satisfies_is_accepted(toy_shop: Shop) -> None:
    assert talk(toy_shop, goal(COMEDY, SHORT), offer("short"))[-1].stop == "accepted"


def test_several_items_are_not_considered(toy_shop: Shop) -> None:
    said = talk(toy_shop, goal(COMEDY), offer("short", "paid"))[-1]
    assert said.stop is None
    assert said.rejects is None


def test_what_the_person_has_is_told_when_asked(toy_shop: Shop) -> None:
    said = talk(toy_shop, goal(COMEDY), ask("Which streaming services do you have?", "streaming_services"))[
        -1
    ]
    assert "Vidora" in said.text


def test_several_questions_in_one_are_all_answered(toy_shop: Shop) -> None:
    task = goal(COMEDY, ("runtime", "<=", 100, "on_ask"))
    said = talk(toy_shop, task, ask("How long may it be, and which services do you have?"))[-1]
    assert said.tells == [1]
    assert "Vidora" in said.text


@pytest.mark.parametrize(("labels", "agrees"), [(["PG", "R"], True), (["PG"], False)])
def test_consent_is_given_where_the_goal_leaves_room(
    toy_shop: Shop, labels: Sequence[str], agrees: bool
) -> None:
    task = goal(DRAMA, ("content_rating", "in", labels, "hidden"))
    said = talk(toy_shop, task, ask("It is rated R. Is that all right?", "content_rating"))[-1]
    assert (said.confirms, said.refuses) == ((["R"], []) if agrees else ([], ["R"]))


def test_who_is_told_that_nothing_fits_insists_once(toy_shop: Shop) -> None:
    once, twice = (
        talk(toy_shop, goal(COMEDY), NOTHING)[-1],
        talk(toy_shop, goal(COMEDY), NOTHING, NOTHING)[-1],
    )
    assert (once.stop, twice.stop) == (None, "abstention")


def test_who_wants_the_impossible_is_content_to_hear_so(toy_shop: Shop) -> None:
    assert talk(toy_shop, goal(COMEDY, no_valid_recommendation=True), NOTHING)[-1].stop == "abstention"


def test_patience_ends(toy_shop: Shop) -> None:
    thanks = Reply(act="acknowledge", text="Thanks.")
    assert talk(toy_shop, goal(COMEDY), *[thanks] * PATIENCE)[-1].stop == "gave up"


# A pure function


def test_the_same_dialogue_gives_the_same_words(toy_shop: Shop) -> None:
    task = goal(COMEDY, SHORT)
    assert talk(toy_shop, task, offer("long")) == talk(toy_shop, task, offer("long"))


def test_seeds_vary_the_words(toy_shop: Shop) -> None:
    assert len({talk(toy_shop, goal(COMEDY, SHORT), seed=seed)[0].text for seed in SEEDS}) > 4


def test_consent_is_given_beside_other_answers(toy_shop: Shop) -> None:
    question = ask("How long may it be? And is it all right if it is rated R?", "runtime")
    said = talk(toy_shop, goal(DRAMA, ("runtime", "<=", 100, "on_ask")), question)[-1]
    assert (said.tells, said.confirms) == ([1], ["R"])
    assert re.search(r"\bR\b", said.text)


# Personas

AVERSE = "You want a comedy. On your first rejection, state that you dislike Crime. Stay firm."


def test_a_dislike_comes_out_at_the_first_rejection(toy_shop: Shop) -> None:
    said = talk(toy_shop, goal(COMEDY, persona=AVERSE), offer("short"))[-1]
    assert (said.rejects, said.averse) == ("short", True)
    assert "crime" in said.text


def test_a_dislike_is_not_repeated_for_what_has_it_not(toy_shop: Shop) -> None:
    assert talk(toy_shop, goal(COMEDY, persona=AVERSE), offer("short"), offer("long"))[-1].stop == "accepted"


def test_a_dislike_turns_down_what_has_it(toy_shop: Shop) -> None:
    said = talk(toy_shop, goal(COMEDY, persona=AVERSE), offer("short"), offer("paid"))[-1]
    assert said.rejects == "paid"


def test_other_personas_dislike_nothing(toy_shop: Shop) -> None:
    assert aversion(goal(COMEDY, persona="You dislike crime in the streets."), toy_shop) is None


def test_who_the_person_is_is_said_in_the_first_person() -> None:
    persona = "You are a dad who fell asleep during your last film. You need something gripping."
    assert introduction(goal(COMEDY, persona=persona)) == "I'm a dad who fell asleep during my last film."


# Questions


@pytest.mark.parametrize(
    ("text", "slot", "fields"),
    [
        ("How long may it be?", "", ["runtime"]),
        ("Which genre are you in the mood for?", "", ["genres"]),
        ("How good should it be?", "rating", ["rating"]),
        ("Which age rating is right?", "", ["content_rating"]),
        ("Where do you watch?", "streaming_service", ["streaming_services"]),
        ("Anything else?", "", []),
    ],
)
def test_a_question_is_about_the_fields_it_names(
    toy_shop: Shop, text: str, slot: str, fields: list[str]
) -> None:
    assert asked_about(Question(text=text, slot=slot), toy_shop) == fields


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (Question(text="It is rated R; is that all right?"), ["R"]),
        (Question(text="Are R or NC-17 fine?"), ["R", "NC-17"]),
        (Question(text="It is rated R.", choices=["yes", "no"]), ["R"]),
        (Question(text="Which rating: PG, R?"), None),
        (Question(text="It is rated PG-13; is that all right?"), None),
        (Question(text="Ready?", choices=["R"]), None),
        (Question(text="Shall I leave out R?", choices=["yes", "no"]), None),
        (Question(text="Is it OK if it is not rated R?"), None),
        (Question(text="What fits best is rated R. Is that all right?", choices=["yes", "no"]), ["R"]),
    ],
)
def test_consent_is_asked_by_a_yes_or_no_question(toy_shop: Shop, question: Question, labels: Any) -> None:
    found = parts_of(question, toy_shop).consent
    assert (found and found[1]) == labels
