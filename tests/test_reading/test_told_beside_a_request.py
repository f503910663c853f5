"""What a story around a request says and does not ask for: times, places, tastes, titles of others."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def said(usher: Assistant, text: str) -> dict[str, Any]:
    return usher.ask(text).answer


def stated(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str, str]]:
    return {(each["relation"], each.get("op") or "is", str(each["value"])) for each in answer[part]}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Nothing with aliens and nothing after about 1975, please. Dramas.", {("<=", "1975")}),
        ("I want dramas, anything from the first talkies to the sixties", {("<=", "1969")}),
        (
            "I was born in 1971 and I watch a film of the year I was born each May. Others from that year?",
            {("is", "1971")},
        ),
        ("Musicals, but not Grease please, too seventies", set()),
    ],
)
def test_times_that_are_told_bound_what_is_asked(usher: Assistant, text: str, bounds: set[Any]) -> None:
    answer = said(usher, text)
    assert {(op, value) for relation, op, value in stated(answer) if relation == "year"} == bounds


def test_who_dislikes_what_is_modern_wants_what_is_older(usher: Assistant) -> None:
    years = {
        op
        for relation, op, _ in stated(said(usher, "My uncle dislikes modern stuff. Thrillers?"))
        if relation == "year"
    }
    assert years == {"<="}


def test_who_cannot_be_borne_is_left_out_wherever_named(usher: Assistant) -> None:
    text = (
        "The thrillers I saw were all Cary Grant and I can't face Grant right now. Any thrillers with others?"
    )
    answer = said(usher, text)
    assert not any(value == "Cary Grant" for _, _, value in stated(answer))
    assert ("actor", "is", "Cary Grant") in stated(answer, "none_of")
    assert answer["unused"] == []


def test_what_is_only_acceptable_is_no_condition(usher: Assistant) -> None:
    answer = said(usher, "Horror is okay but I'd rather have a western")
    assert stated(answer) == {("genre", "is", "Western")}


@pytest.mark.parametrize(
    "text", ["Wasn't Chinatown directed by Sidney Lumet?", "Isn't Chinatown by Sidney Lumet?"]
)
def test_a_doubting_question_rules_nobody_out(usher: Assistant, text: str) -> None:
    answer = said(usher, text)
    assert (answer["act"], answer["none_of"]) == ("inform", [])
    assert "Roman Polanski" in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "We are three: one is Danish, one is French and one is Polish. A western please",
        "I hate anything in black and white. A western please",
        "siri um no a western please",
    ],
)
def test_a_word_of_a_story_is_no_name(usher: Assistant, text: str) -> None:
    assert stated(said(usher, text)) == {("genre", "is", "Western")}


def test_a_given_name_that_owns_a_title_is_one_unknown_title(usher: Assistant) -> None:
    answer = said(usher, "I loved Jaws and Gregory's Teapot, what else is like those?")
    assert answer["unknown"] == ["Gregory's Teapot"]
    assert answer["conditions"] == []


@pytest.mark.parametrize(
    "text",
    [
        "My boss claims that Steven Spielberg directed Chinatown, I say nonsense. Please tell me I'm right.",
        "My mate says Spielberg directed Chinatown, he saw it. I say no. Who's right, and who did what?",
        "My nan says Chinatown was directed by Steven Spielberg. I say never. Settle it?",
    ],
)
def test_a_dispute_is_settled_by_what_is_stored(usher: Assistant, text: str) -> None:
    answer = said(usher, text)
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert "directed by Roman Polanski, not " in answer["text"]


def test_of_two_titles_that_one_claim_is_of_each_is_answered(usher: Assistant) -> None:
    answer = said(
        usher, "She swears Jaws and Chinatown were both directed by Steven Spielberg. Is she right?"
    )
    assert [(each["title"], each["verdict"]) for each in answer["facts"]] == [
        ("Jaws", "yes"),
        ("Chinatown", "no"),
    ]


def test_the_year_is_asked_of_a_title_that_somebody_owns(usher: Assistant) -> None:
    answer = said(usher, "polanski's chinatown is from 1984 right")
    assert [(each["relation"], each["verdict"]) for each in answer["facts"]] == [("year", "no")]


def test_several_facts_of_one_title_are_no_request(usher: Assistant) -> None:
    text = "More of a confession: I adore Jaws. I need the basics: who made it, who shot it and when?"
    assert [each["relation"] for each in said(usher, text)["facts"]] == [
        "director",
        "cinematographer",
        "year",
    ]


def test_he_is_who_was_asked_for_before(usher: Assistant) -> None:
    answer = said(usher, "Who was the cinematographer on The Godfather and did he also do Klute?")
    assert answer["facts"][-1]["relation"] == "cinematographer"
    assert answer["facts"][-1]["verdict"] == "yes"


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("We loathe westerns, musicals and war films. What's good?", set(), {"Western", "Musical", "War"}),
        (
            "I hate horror, war films and anything with Tom Hanks. A comedy?",
            {"Comedy"},
            {"Horror", "War", "Tom Hanks"},
        ),
        ("my kids hate horror. a thriller please", {"Thriller"}, {"Horror"}),
        ("No horror, westerns please", {"Western"}, {"Horror"}),
        ("My wife hates westerns but I love them. What have you got?", set(), set()),
    ],
)
def test_a_list_of_dislikes_is_ruled_out(usher: Assistant, text: str, kept: set[str], gone: set[str]) -> None:
    answer = said(usher, text)
    assert {value for _, _, value in stated(answer)} == kept
    assert {value for _, _, value in stated(answer, "none_of")} == gone


def test_what_goes_with_a_liked_title_stands_first_where_a_kind_is_ruled_out(usher: Assistant) -> None:
    answer = said(usher, "I love Vertigo. My wife hates musicals.")
    alone = said(usher, "I love Vertigo.")["items"]
    assert answer["none_of"] == [{"relation": "genre", "op": "is", "value": "Musical"}]
    assert answer["items"][0]["id"] == alone[0]["id"]


def test_what_is_claimed_by_the_way_is_corrected_and_no_condition(usher: Assistant) -> None:
    answer = said(usher, "We loved Jaws, which Coppola directed, so another with something in the water")
    assert answer["corrections"][0]["true"] == ["Steven Spielberg"]
    assert not any(relation == "director" for relation, _, _ in stated(answer))


@pytest.mark.parametrize(
    "text",
    [
        "You people are overrating Kubrick. That's all, I just wanted to say it.",
        "Jaws is the most overrated film. Fight me.",
    ],
)
def test_an_opinion_is_no_request(usher: Assistant, text: str) -> None:
    answer = said(usher, text)
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


def test_one_of_the_named_titles_is_chosen(usher: Assistant) -> None:
    answer = said(usher, "I have Jaws, Klute and Chinatown on my shelf. Which should I watch first?")
    assert len(answer["items"]) == 1
    assert answer["items"][0]["title"] in ("Jaws", "Klute", "Chinatown")


def test_play_me_something_is_a_request(usher: Assistant) -> None:
    assert stated(said(usher, "play me something with cary grant")) == {("actor", "is", "Cary Grant")}


@pytest.mark.parametrize(
    "text", ["can you tell me where i can stream chinatown", "when is the next showing of Chinatown near me"]
)
def test_where_it_is_shown_is_not_known(usher: Assistant, text: str) -> None:
    answer = said(usher, text)
    assert (answer["items"], answer["unknown"]) == ([], [])
    assert "does not say" in answer["text"]


@pytest.mark.parametrize("text", ["whos the girl in chinatown", "who is that woman in chinatown"])
def test_somebody_in_a_title_in_small_letters_is_of_its_cast(usher: Assistant, text: str) -> None:
    assert {(each["title"], each["relation"]) for each in said(usher, text)["facts"]} == {
        ("Chinatown", "actor")
    }


def test_a_sequel_is_asked_for_without_a_verb(usher: Assistant) -> None:
    answer = said(usher, "sequel to alien")
    assert answer["act"] == "inform"
    assert "Aliens" in answer["text"]


@pytest.mark.parametrize(
    "allowed", ["Westerns. Melancholy is fine.", "Horror is okay, but I'd rather have westerns"]
)
def test_what_is_only_allowed_is_neither_a_theme_nor_unused(usher: Assistant, allowed: str) -> None:
    answer = said(usher, allowed)
    assert (answer["unused"], stated(answer)) == ([], {("genre", "is", "Western")})


@pytest.mark.parametrize("place", ["South America", "New Zealand", "the Cold War"])
def test_a_place_or_an_event_is_no_title(usher: Assistant, place: str) -> None:
    assert said(usher, f"I'd love a western about {place}")["unknown"] == []


def test_who_is_shot_at_shot_nothing(usher: Assistant) -> None:
    answer = said(usher, "I'd rather not have people being shot at. Westerns please, I loved Jaws")
    assert stated(answer) == {("genre", "is", "Western")}


def test_what_somebody_loves_films_about_is_wanted(usher: Assistant) -> None:
    answer = said(usher, "I can't stand Woody Allen but I love films about teapots. Nothing gory.")
    assert "teapots" in answer["unused"]


def test_an_abbreviated_between_bounds_years(usher: Assistant) -> None:
    years = {
        (op, str(value))
        for relation, op, value in stated(said(usher, "dramas btw 1950 and '59"))
        if relation == "year"
    }
    assert years == {(">=", "1950"), ("<=", "1959")}


def test_what_was_done_before_bounds_nothing(usher: Assistant) -> None:
    text = "I've done German silents and 1930s France. Next up: films from 1945 to 1955, thrillers please"
    years = {(op, str(value)) for relation, op, value in stated(said(usher, text)) if relation == "year"}
    assert years == {(">=", "1945"), ("<=", "1955")}


def test_films_to_be_named_are_asked_for_whatever_is_asked_of_them(usher: Assistant) -> None:
    answer = said(usher, "Could you name three thrillers of the mid sixties, and say who made them?")
    assert answer["act"] == "recommend"
    assert ("genre", "is", "Thriller") in stated(answer)


def test_no_piece_of_an_unknown_title_is_a_surname(usher: Assistant) -> None:
    answer = said(usher, "I want films like Kettle Hitchcock")
    assert (answer["unknown"], answer["conditions"]) == (["Kettle Hitchcock"], [])


def test_a_capital_before_a_surname_is_no_title(usher: Assistant) -> None:
    answer = said(usher, "thrillers by Director Hitchcock")
    assert "Alfred Hitchcock" in {value for _, _, value in stated(answer)}


def test_a_role_that_does_not_fit_is_no_reason_for_another_bearer(usher: Assistant) -> None:
    answer = said(usher, "Since James Stewart wrote Chinatown, what else did he write?")
    assert answer["corrections"][0]["true"] == ["Robert Towne"]
    assert all(value != "James Stewart" for _, _, value in stated(answer))


def test_titles_that_lead_to_others_are_not_what_is_chosen(usher: Assistant) -> None:
    said = (
        "I watched Heat and The Insider. If I want crime films with the actor they share, what should I see?"
    )
    answer = usher.ask(said).answer
    assert {each["relation"] for each in answer["conditions"]} >= {"actor"}
    assert not {"Heat", "The Insider"} & {line["title"] for line in answer["items"]}


@pytest.mark.parametrize(
    "text",
    [
        "I like Jaws. Name a few other films from the composer who did the soundtrack for it.",
        "I love Jaws. I could do with another film from the composer who scored it.",
        "I don't know who scored Jaws, but could you suggest films scored by that same person?",
        "I forget who scored Jaws, but I would like to watch films scored by that same person.",
        "Do you know Jaws? Send me some films scored by the composer who scored it, please.",
    ],
)
def test_who_somebody_of_a_role_is_asks_for_items(usher: Assistant, text: str) -> None:
    assert ("composer", "is", "John Williams") in stated(said(usher, text))


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("I just watched Heat. Any more heist movies?", True),
        ("we saw Alien and Jaws on Friday, what other films are about monsters", True),
        ("I finished Psycho last night. Are there other films about hotels?", True),
        ("I've seen Heat. Any other heist movies?", False),
        ("I already watched Heat. Any more heist movies?", False),
        ("I watched Heat last night. Now something about submarines.", False),
        ("I watched Heat last night. Submarine films of more than two hours?", False),
    ],
)
def test_more_after_what_was_just_seen_is_like_it(usher: Assistant, text: str, liked: bool) -> None:
    tools = [step.tool for step in usher.ask(text).steps]
    assert ("similar_items" in tools) == liked
