"""Subjects that only descriptions tell of: found, narrowed to, left out, and a plot whose title is asked."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("okay its me and my husband and hes obsessed with submarines, i need a movie", "Das Boot"),
        ("my son is mad about dinosaurs, what can we watch?", "Jurassic Park"),
        ("i want a movie about cooking or food or restaurants", "Ratatouille"),
        ("CYBERPUNK. Books or films, I don't care which.", "Neuromancer"),
        ("anything with trains, i'm easy", "Murder on the Orient Express"),
        ("dystopian novel, paperback", "Nineteen Eighty-Four"),
        ("Something with robots", "I, Robot"),
        ("my daughter loves films about dinosaurs. what can she watch next?", "Jurassic Park"),
        ("anything about con artists", "The Grifters"),
        ("anything about grief?", "Human Acts"),
        ("something snowy", "Frozen"),
        ("a stormy film please", "Twister"),
        ("something for halloween", "Hocus Pocus"),
        ("an uplifting book", "A Man Called Ove"),
        ("quiet films where not much happens", "Solaris"),
        ("a movie about losing your job", "Two Days, One Night"),
        ("time travel films", "The Time Machine"),
    ],
)
def test_a_subject_is_looked_for_in_descriptions(usher: Assistant, text: str, title: str) -> None:
    answer = usher.ask(text).answer
    assert answer["basis"] == "text"
    assert title in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize("text", ["a film for a rainy sunday", "something for a snowy evening"])
def test_the_weather_in_which_something_is_wanted_is_no_subject(usher: Assistant, text: str) -> None:
    assert usher.ask(text).answer["basis"] == "popular"


def test_a_feeling_beside_a_kind_orders_and_leaves_nothing_out(usher: Assistant) -> None:
    answer = usher.ask("an uplifting comedy").answer
    assert (answer["unused"], len(answer["items"]) > 20) == ([], True)
    assert "First those whose descriptions come nearest to “uplifting”" in answer["note"]


def test_how_few_of_a_kind_speak_of_a_theme_is_said(usher: Assistant) -> None:
    assert "Only 1 here is described by “mermaids”." in usher.ask("horror films with mermaids").answer["note"]


def test_a_quality_that_nothing_tells_takes_nothing_from_a_theme(usher: Assistant) -> None:
    answer = usher.ask("movies about mental illness that are respectful").answer
    assert answer["unused"] == ["respectful"]
    assert len(answer["items"]) > 3


def test_the_woman_in_the_lead_of_a_film_is_an_actor(usher: Assistant) -> None:
    conditions = usher.ask("films with the woman in the lead of Alien").answer["conditions"]
    assert ("actor", "Sigourney Weaver") in {(each["relation"], each["value"]) for each in conditions}


def test_anything_about_a_title_is_what_is_known_of_it(usher: Assistant) -> None:
    answer = usher.ask("anything about Alien?").answer
    assert answer["act"] == "inform"
    assert {fact["title"] for fact in answer["facts"]} == {"Alien"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("thrillers about spies from the 60s", "The Ipcress File"),
        ("a comedy about weddings", "Four Weddings and a Funeral"),
        ("a western with a woman in the lead", "Johnny Guitar"),
        ("70s films. we both like paranoid conspiracy type stuff", "The Parallax View"),
    ],
)
def test_a_subject_narrows_what_is_proved(usher: Assistant, text: str, title: str) -> None:
    answer = usher.ask(text).answer
    assert answer["conditions"]
    assert "descriptions" in answer["note"]
    assert title in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("action from the last twenty years. No capes, no batman, no masks", "The Dark Knight"),
        ("a horror film but no vampires please", "Dracula"),
        ("a mystery, I don't want any serial killers", "Zodiac"),
    ],
)
def test_what_speaks_of_what_is_not_wanted_is_left_out(usher: Assistant, text: str, title: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert "Left out" in answer["note"]
    assert title not in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("do you know that film where the guy keeps living the same day over and over", "Groundhog Day"),
        ("There's a movie where one juror argues with all the others. whats it called?", "12 Angry Men"),
        ("There's a b&w movie where one juror argues with the others in a hot room", "12 Angry Men"),
        ("what's that movie where a shark attacks a town called?", "Jaws"),
        ("which film is it where a man has tattoos because he can't remember", "Memento"),
        (
            "My grandad hummed a tune, all zither, from a film set in Vienna. Which film is that?",
            "The Third Man",
        ),
    ],
)
def test_an_item_is_found_by_its_plot(usher: Assistant, text: str, title: str) -> None:
    assert title in [item["title"] for item in usher.ask(text).answer["items"]][:3]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("I'm in the mood for something really cosy for a rainy Sunday", "cosy"),
        ("i feel like crying my eyes out", "crying"),
        ("Something comforting after a bad week", "comforting"),
    ],
)
def test_a_mood_alone_is_looked_for(usher: Assistant, text: str, mood: str) -> None:
    answer = usher.ask(text).answer
    assert (answer["act"], answer["basis"]) == ("recommend", "text")
    assert f"“{mood}”" in answer["note"]


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("give me something about space without aliens", "Alien"),
        ("a spy story with no gadgets", "Mission: Impossible"),
    ],
)
def test_what_is_left_out_of_a_theme_is_left_out(usher: Assistant, text: str, barred: str) -> None:
    answer = usher.ask(text).answer
    assert "Left out what speaks of" in answer["note"]
    assert barred not in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    "text", ["Cold War thrillers", "a thriller about the Cold War", "cold war thrillers"]
)
def test_an_event_in_capitals_is_a_subject(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert "cold" in answer["text"].casefold()
    assert not answer["unused"]
    assert "The Spy Who Came in from the Cold" in [item["title"] for item in answer["items"]][:5]


@pytest.mark.parametrize("text", ["something about the vietnam war", "Something about the Vietnam War"])
def test_a_kind_and_a_country_may_be_the_subject(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert not answer["unused"]
    assert "Platoon" in [item["title"] for item in answer["items"]][:5]


def test_a_mood_without_words_of_its_own_is_no_cover_for_a_subject_unheard_of(usher: Assistant) -> None:
    assert not usher.ask("Any films about thalassemia?").answer["items"]


def test_what_somebody_else_likes_narrows_nothing(usher: Assistant) -> None:
    turn = usher.ask(
        "My husband will watch anything with tanks in it. I want a war film that is also a romance"
    )
    assert "descriptions" not in turn.answer["note"]


def test_a_subject_that_nothing_speaks_of_is_said_to_be_unused(usher: Assistant) -> None:
    answer = usher.ask("a comedy about zeppelins").answer
    assert answer["items"]
    assert "zeppelins" in answer["unused"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("boxed as an amateur in the seventies. what boxing films do you have", "boxing"),
        ("We voted and it's a heist movie, so which one?", "heist"),
        ("I don't mind what, as long as there is a whale in it", "whale"),
        ("a halloween film, not too scary", "halloween"),
        ("I have read all of Zadok Quimbletree. Now something about trains", "trains"),
    ],
)
def test_a_request_around_a_theme_is_no_remark(usher: Assistant, text: str, theme: str) -> None:
    answer = usher.ask(text).answer
    assert answer["act"] == "recommend"
    assert f"“{theme}”" in answer["note"]


@pytest.mark.parametrize(
    "text",
    [
        "served in the navy from 1971 to 1979. any war film about submarines?",
        "I lived in Rome in the sixties, so I know it. What crime films have you got?",
    ],
)
def test_years_of_somebody_s_life_are_no_condition(usher: Assistant, text: str) -> None:
    conditions = usher.ask(text).answer["conditions"]
    assert "year" not in {condition["relation"] for condition in conditions}


def test_a_subject_that_is_refused_is_not_wanted_too(usher: Assistant) -> None:
    answer = usher.ask("What I do not love is vampires. So a novel, zero vampires, please").answer
    assert "Interview with the Vampire" not in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    "text",
    ["I don't want to leave it to chance. Comedies, please", "I'd rather not risk it. Comedies, please"],
)
def test_what_somebody_does_not_want_to_do_is_no_subject_to_leave_out(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    every = usher.ask("comedies").answer
    assert len(answer["items"]) == len(every["items"])
    assert "Left out" not in answer["text"]


def test_that_nothing_is_planned_leaves_nothing_out(usher: Assistant) -> None:
    answer = usher.ask("I'm off to my sister's with nothing planned. Thrillers, please").answer
    assert len(answer["items"]) == len(usher.ask("thrillers").answer["items"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I can't stand submarines. Thrillers, please", "submarines"),
        ("my wife hates submarines, a thriller please", "submarines"),
        ("thrillers, no trains please", "trains"),
        ("thrillers but we can't abide the trains", "trains"),
    ],
)
def test_a_subject_that_is_disliked_is_left_out_and_said(usher: Assistant, text: str, said: str) -> None:
    answer = usher.ask(text).answer
    assert f"Left out what speaks of “{said}”." in answer["text"]
    assert 0 < len(answer["items"]) < len(usher.ask("thrillers").answer["items"])
    assert (answer["basis"], answer["unused"]) == ("proved", [])


def test_a_dislike_that_no_description_speaks_of_is_named(usher: Assistant) -> None:
    answer = usher.ask("I can't stand zumba. Thrillers, please").answer
    assert answer["unused"] == ["zumba"]


@pytest.mark.parametrize(
    "text", ["I hate waiting. Thrillers, please", "I can't stand my boss any more. Thrillers, please"]
)
def test_a_dislike_of_a_story_leaves_nothing_out(usher: Assistant, text: str) -> None:
    assert len(usher.ask(text).answer["items"]) == len(usher.ask("thrillers").answer["items"])


def test_a_theme_of_the_ones_found_stands_beside_the_last(usher: Assistant) -> None:
    first = usher.after({}, "films about trains")
    second = usher.after(first, "sad ones")
    titles = [item["title"] for item in second["answer"]["items"]]
    assert "Brief Encounter" in titles[:3]
    assert "“trains”, “sad”" in second["answer"]["note"]


def test_a_mood_within_years_is_looked_for_there(usher: Assistant) -> None:
    answer = usher.after(usher.after({}, "something cosy"), "from the 90s")["answer"]
    assert answer["items"]
    assert all(1990 <= item["year"] <= 1999 for item in answer["items"])
