"""What suits the person, in whole answers: profiles said in the text, refused, known before; histories."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

import prompts
from agent import render
from agent.assistant import Assistant, Step, Turn
from agent.briefing import _told
from agent.builtin.dialogue.acts import MoreLike
from agent.builtin.dialogue.earlier import SHOWN
from agent.builtin.dialogue.renewed_search import MANY
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.tool_session import ToolSession, call_key
from agent.builtin.respond import sentences as wording
from agent.graph import build
from agent.person import Person, Profile
from bench.systems.assistant import AgentSystem, years_of
from bench.types import Profile as Shown
from bench.types import Query
from kg.taste.model import Taste
from kg.types import ItemId, RelationName
from tools.knowledge import Asker

WILDER = "comedies by Billy Wilder"
TONIGHT = "What should I watch tonight?"
REFUSED = "Not for people like me!"


def items(turn: Turn) -> list[str]:
    return [line["id"] for line in turn.answer["items"]]


def used(turn: Turn, tool: str) -> list[dict[str, Any]]:
    return [step.arguments for step in turn.steps if step.tool == tool and not step.refused]


def genres(usher: Assistant, turn: Turn) -> set[str]:
    values = [usher.graph.values(ItemId(item), RelationName("genre")) for item in items(turn)]
    return {each.label for of_item in values for each in of_item}


class Talk:
    """A conversation with the assistant on behalf of somebody."""

    def __init__(self, usher: Assistant, asker: Asker = Asker()):
        self.usher, self.graph, self.asker = usher, build(InMemorySaver()), asker

    def say(self, request: str) -> Turn:
        return self.usher.chat(self.graph, "t", request, lambda _: None, asker=self.asker)


# A profile that is said


def test_a_said_profile_only_orders_what_satisfies_the_conditions(usher: Assistant) -> None:
    plain, said = usher.ask(WILDER), usher.ask(f"As a retired teacher: {WILDER}")
    assert sorted(items(said)) == sorted(items(plain)) != []


def test_a_said_profile_leaves_the_conditions_as_they_are(usher: Assistant) -> None:
    plain, said = usher.ask(WILDER), usher.ask(f"{WILDER} for a man of 40")
    assert said.answer["conditions"] == plain.answer["conditions"]


def test_the_note_says_whose_order_it_is_and_how_to_do_without(usher: Assistant) -> None:
    note = usher.ask(f"{WILDER} for a man of 40").answer["note"]
    assert note == (
        "In the order people like that (men, aged 40) prefer."
        " Say “not for people like that” to leave that out."
    )


def test_the_note_says_only_what_was_taken(usher: Assistant) -> None:
    note = usher.ask("dramas for a retired teacher").answer["note"]
    assert note.startswith("In the order people like that (retired) prefer.")


def test_without_conditions_a_said_profile_gets_its_group(usher: Assistant) -> None:
    turn = usher.ask("I'm a woman of 30. What should I watch?")
    asked = used(turn, "group_favourites")[0]
    assert {name: asked.get(name) for name in ("gender", "age", "occupation")} == {
        "gender": "F",
        "age": 30,
        "occupation": None,
    }


def test_what_is_told_beside_a_request_is_not_taken_for_accepting_something(usher: Assistant) -> None:
    who = "A man (56+) writing. What movies do people like me go for?"
    told = usher.ask(f"{who} And I like my evenings quiet.")
    assert (told.answer["act"], bool(items(told))) == ("recommend", True)


def test_an_occupation_that_nobody_here_has_leaves_the_rest(usher: Assistant) -> None:
    note = usher.ask("I'm a 34-year-old nurse. What should I watch?").answer["note"]
    assert note.startswith("What people like you (aged 25-34")


def test_without_a_profile_nothing_is_assumed(usher: Assistant) -> None:
    turn = usher.ask(WILDER)
    assert (turn.answer["note"], used(turn, "rank_for_user")) == ("", [])


# Refusing it


def test_a_refusal_in_the_request_leaves_the_known_profile_out(usher: Assistant) -> None:
    turn = usher.ask(f"{WILDER}, not for people like me", asker=Asker(gender="F", age=30))
    assert items(turn) == items(usher.ask(WILDER))


def test_a_refusal_afterwards_answers_the_request_before_without_the_profile(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(f"As a man of 40: {WILDER}")
    assert items(talk.say(REFUSED)) == items(usher.ask(WILDER))


def test_for_whom_it_is_is_not_taken_for_who_asks(usher: Assistant) -> None:
    note = usher.ask("something for my grandmother, 70").answer["note"]
    assert note.startswith("What people like that (women, aged 56+")


def test_who_asks_is_told_of_people_like_them(usher: Assistant) -> None:
    note = usher.ask(f"As a man of 40: {WILDER}").answer["note"]
    assert note.startswith("In the order people like you (men, aged 40)")


def test_what_others_prefer_is_left_out_on_request(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(f"{WILDER} for a man of 40")
    assert talk.say("not for people like that").answer["note"] == ""


def test_a_refusal_afterwards_drops_the_note(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(f"As a man of 40: {WILDER}")
    assert "people like" not in talk.say(REFUSED).answer["note"]


def test_a_refusal_afterwards_holds_for_what_was_known_before(usher: Assistant) -> None:
    talk = Talk(usher, Asker(gender="F", age=30))
    assert used(talk.say(TONIGHT), "group_favourites")
    assert not used(talk.say(REFUSED), "group_favourites")


def test_to_refuse_twice_still_means_the_request_before(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(f"As a man of 40: {WILDER}")
    first = items(talk.say(REFUSED))
    assert items(talk.say(REFUSED)) == first != []


def test_a_refusal_of_nothing_is_no_fault(usher: Assistant) -> None:
    assert Talk(usher).say(REFUSED).answer is not None


def test_who_says_who_they_are_and_nothing_else_asks_anew(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say("westerns from the 60s")
    turn = talk.say("What should I watch with my 8-year-old?")
    kinds = {each["value"] for each in turn.answer["any_of"]}
    assert (turn.answer["conditions"], "Family" in kinds, len(used(turn, "rank_for_user"))) == ([], True, 1)


# What was known before


def test_who_disliked_everything_still_gets_an_answer(usher: Assistant) -> None:
    ids = tuple(item.id for item in usher.graph.catalogue.items[:30])
    asker = Asker(ids, frozenset(), frozenset(ids))
    assert items(usher.ask(TONIGHT, asker=asker))


@pytest.mark.parametrize("length", [1, 3, 10_000])
def test_a_history_of_any_length_gets_an_answer(usher: Assistant, length: int) -> None:
    ids = [item.id for item in usher.graph.catalogue.items[:200]]
    asker = Asker(tuple(ids[n % 200] for n in range(length)))
    assert set(items(usher.ask(TONIGHT, asker=asker))).isdisjoint(asker.history)


@pytest.mark.parametrize("length", [1, 3, 10_000])
def test_a_history_only_orders_what_satisfies_the_conditions(usher: Assistant, length: int) -> None:
    ids = [item.id for item in usher.graph.catalogue.items[:200]]
    asker = Asker(tuple(ids[n % 200] for n in range(length)))
    assert sorted(items(usher.ask(WILDER, asker=asker))) == sorted(items(usher.ask(WILDER)))


def test_items_that_left_the_catalogue_do_not_disturb(usher: Assistant) -> None:
    asker = Asker((ItemId("gone"),), gender="F")
    assert items(usher.ask(WILDER, asker=asker))


def test_an_order_by_what_was_said_before_is_said(usher: Assistant) -> None:
    note = usher.ask(WILDER, asker=Asker(gender="F")).answer["note"]
    assert note.startswith("In the order people like you (as you said of yourself) prefer.")


def test_a_gender_is_known_by_any_word_for_it() -> None:
    assert Person("p", profile=Profile("Woman")).asker.gender == "F"


def test_a_model_is_told_what_is_known_of_the_person(usher: Assistant) -> None:
    first = usher.graph.catalogue.items[0]
    told = _told(usher.knowledge.asked_by(Asker((first.id,), age=30, occupation="{{latest}}")))
    expected = {"choices": "1", "latest": first.name, "profile": "age 30, occupation {{latest}}"}
    assert told.endswith(prompts.load("agent/person", **expected))


def test_a_model_is_told_nothing_of_nobody(usher: Assistant) -> None:
    assert _told(usher.knowledge) == ""


# Examples


def test_an_example_with_a_kind_lists_everything_of_that_kind_before_the_limit(usher: Assistant) -> None:
    turn = usher.ask("I loved Alien; now a documentary please")
    plain = usher.ask("documentaries")
    assert set(items(turn)) == set(items(plain))


def test_what_goes_with_an_example_is_explained(usher: Assistant) -> None:
    turn = usher.ask("Something like Jaws")
    assert "who chose Jaws went on to" in turn.answer["note"]


def test_why_tells_how_many_chose_it_after_what(usher: Assistant) -> None:
    turn = usher.ask("Something like Jaws")
    shown = render.why(turn.answer, turn.steps).plain
    assert "chose it within five choices after Jaws, not proved" in shown


def test_why_tells_that_a_group_chooses_it(usher: Assistant) -> None:
    turn = usher.ask("I'm a woman of 30. What should I watch?")
    assert "by what such people choose, not proved" in render.why(turn.answer, turn.steps).plain


def test_nothing_left_without_conditions_is_a_whole_sentence() -> None:
    assert wording.nothing([]) == "There is nothing else of that kind in this catalogue."


def test_one_person_is_said_as_one() -> None:
    found = '{"items": [], "reasons": [{"item": "b", "after": "a", "people": 1}]}'
    step = Step("similar_items", {"items": ["a"]}, found, refused=False)
    said = {"items": [{"id": "b", "title": "B"}]}
    assert render._choices(said, [step]) == {
        "b": "1 person chose it within five choices after what you chose before, not proved"
    }


@pytest.mark.parametrize(
    "story",
    [
        "",
        "The parrot is staring at me. ",
        "Everybody in the office loved the cake I made. ",
        "I work in an office. ",
    ],
)
def test_a_story_told_beside_what_was_liked_orders_nothing(usher: Assistant, story: str) -> None:
    turn = usher.ask(f"{story}Recommend movies like Jaws.")
    assert items(turn) == items(usher.ask("Recommend movies like Jaws."))
    assert [call["text"] for call in used(turn, "similar_items")] == [""]


def test_a_theme_beside_what_was_liked_is_looked_for(usher: Assistant) -> None:
    (call,) = used(usher.ask("Something like Jaws about sailors"), "similar_items")
    assert "sailors" in call["text"]


# What the benchmark shows


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("25-34", 25),
        ("56+", 56),
        ("Under 18", 17),
        ("under 12", 11),
        (1, 1),
        (40, 40),
        (None, None),
        ("?", None),
    ],
)
def test_an_age_band_is_an_age_in_years(said: int | str | None, years: int | None) -> None:
    assert years_of(said) == years


def _query(usher: Assistant) -> Query:
    ids = [str(item.id) for item in usher.graph.catalogue.items[:3]]
    return Query(
        id="q",
        domain="movie",
        type="interest",
        query=TONIGHT,
        history=ids[:2],
        profile=Shown(gender="F", age="25-34"),
        ground_truth=ids[2:],
    )


def test_the_history_is_shown_only_where_asked_for(usher: Assistant) -> None:
    query = _query(usher)
    shown = AgentSystem(usher, with_history=True)._asker(query).history
    assert (list(shown), AgentSystem(usher)._asker(query).history) == (query.history, ())


def test_the_profile_is_shown_unless_it_is_left_out(usher: Assistant) -> None:
    query = _query(usher)
    shown, left_out = AgentSystem(usher)._asker(query), AgentSystem(usher, with_profile=False)._asker(query)
    assert ((shown.gender, shown.age), left_out.has_profile) == (("F", 25), False)


# What is said after taste has answered


@pytest.mark.parametrize("request_", ["something like Alien", "I'm a woman of 30. What should I watch?"])
def test_the_second_one_is_of_what_taste_answered_and_not_of_what_came_before(
    usher: Assistant, request_: str
) -> None:
    talk = Talk(usher)
    talk.say(WILDER)
    second = items(talk.say(request_))[1]
    facts = talk.say("When did the second one come out?").answer["facts"]
    assert [(fact["item"], fact["relation"]) for fact in facts] == [(second, "year")]


def test_what_was_similar_is_called_by_its_title(usher: Assistant) -> None:
    talk = Talk(usher)
    first = talk.say("something like Alien").answer["items"][0]
    assert (
        talk.say("more like the first one")
        .answer["note"]
        .startswith(f"These are similar to {first['title']}: ")
    )


REASONS = [
    ("choices", "people who chose it chose these next"),
    ("facts", "they have most in common with it"),
]


@pytest.mark.parametrize(("by", "reason"), REASONS)
def test_likeness_is_told_by_what_the_tool_went_by(by: str, reason: str) -> None:
    asked = call_key("similar_items", {"items": ["4"], "k": MANY, "exclude_items": ["4"]})
    told = {asked: {"items": [{"id": "2"}], "by": by, "reasons": []}}
    assert note_of_likeness(ToolSession(frozenset({"similar_items"}), told)) == (
        f"These are similar to Salt Road: {reason}. That is likeness, not proof."
    )


def test_likeness_is_of_descriptions_only_where_those_were_searched() -> None:
    western = {"values": [{"value": "Western"}]}
    asked = {"text": "Salt Road Western", "k": SHOWN, "exclude_items": ["4"]}
    told = {
        call_key("resolve_reference", {"items": ["4"], "relation": "genre"}): western,
        call_key("search_items", asked): {"items": [{"id": "2"}]},
    }
    assert "their descriptions are alike" in note_of_likeness(ToolSession(frozenset({"search_items"}), told))


def note_of_likeness(session: ToolSession) -> str:
    state = DialogueState(items=("4",), hits={"4": {"title": "Salt Road"}})
    utterance = Utterance((), ParsedRequest("more like it"), state, ("more", "like", "it"), session)
    answer = carry_out(MoreLike(("4",)), utterance)
    assert answer is not None
    return str(answer["note"])


# Following up on an answer by taste


LIKE = "Something like Jaws"


def test_not_that_one_leaves_out_one_item_of_a_taste(usher: Assistant) -> None:
    talk = Talk(usher)
    first = items(talk.say(LIKE))
    assert items(talk.say("not the first one"))[:5] == first[1:6]


def test_more_after_a_taste_shows_others(usher: Assistant) -> None:
    talk = Talk(usher)
    first = items(talk.say(LIKE))
    more = items(talk.say("what else?"))
    assert more
    assert not set(more) & set(first[:SHOWN])


def test_years_after_a_taste_keep_the_taste(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(LIKE)
    turn = talk.say("only from the 80s")
    years = {usher.graph.item(ItemId(item)).year for item in items(turn)}
    assert (bool(used(turn, "similar_items")), years and years <= set(range(1980, 1990))) == (True, True)


def test_a_kind_after_a_taste_is_proved(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(LIKE)
    turn = talk.say("only comedies")
    assert (turn.answer["conditions"], bool(items(turn))) == (
        [{"relation": "genre", "op": "is", "value": "Comedy"}],
        True,
    )


def test_what_is_ruled_out_after_a_taste_is_not_offered(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(LIKE)
    turn = talk.say("but no comedies")
    assert (bool(items(turn)), "Comedy" in genres(usher, turn)) == (True, False)


def test_why_after_a_taste_tells_what_it_follows(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(LIKE)
    note = talk.say("why the first?").answer["note"]
    assert "similarity" not in note
    assert "in common" in note


def test_why_after_the_favourites_of_a_group_names_the_group(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say("I'm a woman of 30. What should I watch?")
    assert "(women, aged 25-34)" in talk.say("why?").answer["note"]


def test_more_like_the_second_of_a_taste_is_about_the_second(usher: Assistant) -> None:
    talk = Talk(usher)
    second = talk.say(LIKE).answer["items"][1]
    assert second["title"] in talk.say("more like the second").answer["note"]


def test_changes_after_a_taste_add_up(usher: Assistant) -> None:
    talk = Talk(usher)
    for request in (LIKE, "but no comedies", "only from the 80s"):
        turn = talk.say(request)
    years = {usher.graph.item(ItemId(item)).year for item in items(turn)}
    assert (bool(years), "Comedy" in genres(usher, turn), years <= set(range(1980, 1990))) == (
        True,
        False,
        True,
    )


def test_more_after_likeness_shows_others(usher: Assistant) -> None:
    talk = Talk(usher)
    talk.say(LIKE)
    near = items(talk.say("more like the second"))
    more = items(talk.say("more"))
    assert more
    assert not set(more) & set(near[:SHOWN])


def test_to_take_back_what_was_ruled_out_does_not_lengthen_the_answer(usher: Assistant) -> None:
    talk = Talk(usher)
    first = items(talk.say(LIKE))
    talk.say("not with Spielberg")
    assert items(talk.say("forget the director")) == first


def test_what_goes_by_the_history_alone_can_be_followed_up(usher: Assistant) -> None:
    liked = next(each.id for each in usher.graph.catalogue.items if each.title == "Jaws")
    talk = Talk(usher, Asker((liked,), frozenset((liked,))))
    talk.say("recommend me something")
    years = {usher.graph.item(ItemId(item)).year for item in items(talk.say("only from the 80s"))}
    assert (bool(years), years <= set(range(1980, 1990))) == (True, True)


# Nothing said, nobody known


@pytest.mark.parametrize("request_", ["What should I get?", "Recommend me something good", "surprise me"])
def test_who_says_nothing_and_is_not_known_gets_what_is_best_known(usher: Assistant, request_: str) -> None:
    turn = usher.ask(request_)
    popular = usher.graph.by_popularity(usher.graph.find([]), len(items(turn)))
    shown = usher.graph.positions([ItemId(item) for item in items(turn)])
    chosen = Taste(usher.graph.catalogue).successors.chosen
    assert (len(shown), sorted(chosen[shown])) == (20, sorted(chosen[popular]))
    assert "The best known books and films here:" in turn.answer["text"]


def test_a_domain_alone_keeps_to_it(usher: Assistant) -> None:
    turn = usher.ask("Recommend me a book, please")
    assert {usher.graph.item(ItemId(item)).domain for item in items(turn)} == {"book"}


def test_a_mood_is_no_request_for_what_is_best_known(usher: Assistant) -> None:
    assert "best known" not in usher.ask("Recommend me something sad about trains").answer["text"]


def test_why_does_not_speak_of_similarity_where_nothing_was_compared(usher: Assistant) -> None:
    turn = usher.ask("surprise me")
    assert ": well known here" in render.why(turn.answer, turn.steps).plain
    years = usher.ask("films from 1994")
    assert ": year → 1994" in render.why(years.answer, years.steps).plain


@pytest.mark.parametrize(
    "request_",
    [
        "films from the 60s for a man in his late 40s",
        "I'm in my 40s, films from the 60s",
        "films from the 60s",
    ],
)
def test_a_decade_of_somebodys_life_is_no_decade_of_films(usher: Assistant, request_: str) -> None:
    years = {usher.graph.item(ItemId(item)).year for item in items(usher.ask(request_))}
    assert years
    assert years <= set(range(1960, 1970))


def test_strong_characters_are_nobodys_name(usher: Assistant) -> None:
    assert usher.ask("movies with strong characters").answer["conditions"] == []


def test_a_theme_after_but_is_what_those_named_lack(usher: Assistant) -> None:
    steps = {
        step.tool: step.arguments for step in usher.ask("something like Alien but set in a desert").steps
    }
    assert steps["similar_items"].get("but") == "desert"
