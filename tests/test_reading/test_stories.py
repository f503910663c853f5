"""Long messages: what belongs to the story around a wish, and what is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def stated(answer: dict[str, Any], field: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[field]}


@pytest.mark.parametrize(
    "story",
    [
        "I work nights at a hospital in Rochester.",
        "My boyfriend Mark gets nightmares.",
        "It was Anna's turn last week.",
        "Last year Dave chose the films and we slept.",
        "My friend Nolan fell asleep on the sofa.",
    ],
)
def test_people_and_places_of_a_story_are_no_conditions(usher: Assistant, story: str) -> None:
    answer = usher.ask(f"{story} We are looking for a thriller from the nineties.").answer
    assert stated(answer) == {("genre", "Thriller"), ("year", "1990"), ("year", "1999")}
    assert not answer["any_of"]


def test_who_is_told_to_be_liked_bounds_no_wish_of_its_own_and_comes_first(usher: Assistant) -> None:
    answer = usher.ask(
        "So for our anniversary we are staying in a cabin with no wifi. He likes Christopher Nolan, I"
        " like Meryl Streep, and neither of us wants to cry. Could you suggest science fiction films from the"
        " last fifteen years?"
    ).answer
    assert ("genre", "Sci-Fi") in stated(answer)
    assert not {relation for relation, _ in stated(answer)} - {"genre", "year"}
    assert answer["items"][0]["title"] in ("Inception", "Interstellar", "Tenet")
    assert "Christopher Nolan" in answer["note"]


def test_a_title_told_with_its_author_is_an_example_where_its_like_is_asked_for(usher: Assistant) -> None:
    answer = usher.ask(
        "Some stranger lent me Rebecca by Daphne du Maurier. I need more gothic novels like that."
    ).answer
    assert stated(answer) == {("genre", "Gothic fiction")}
    assert len(answer["items"]) > 3


def test_other_writers_leave_out_the_one_that_was_named(usher: Assistant) -> None:
    answer = usher.ask(
        "I'm a big Stephen King reader. I'd like horror novels by other writers instead."
    ).answer
    assert stated(answer) == {("genre", "Horror")}
    assert ("author", "Stephen King") in stated(answer, "none_of")


def test_who_made_all_that_was_seen_is_ruled_out_and_made_nothing_else(usher: Assistant) -> None:
    answer = usher.ask(
        "Fargo was great. Crime films please, no Tarantino, I've seen everything the man has made."
    ).answer
    assert not answer["corrections"]
    assert stated(answer) == {("genre", "Crime")}
    assert ("director", "Quentin Tarantino") in stated(answer, "none_of")


def test_what_items_have_to_be_is_asked_for(usher: Assistant) -> None:
    answer = usher.ask("She says it has to be Korean or Japanese and no horror. What do you have?").answer
    assert stated(answer, "any_of") == {("country", "South Korea"), ("country", "Japan")}


def test_a_place_where_a_story_is_set_is_no_country_of_origin(usher: Assistant) -> None:
    answer = usher.ask("films set in Ireland").answer
    assert answer["basis"] == "text"
    assert not answer["conditions"]
    assert "The Banshees of Inisherin" in {item["title"] for item in answer["items"]}
    assert stated(usher.ask("films from Ireland").answer) == {("country", "Ireland")}


@pytest.mark.parametrize(
    ("text", "director"),
    [
        ("i'm looking for something by the guy who did get out", "Jordan Peele"),
        ("that director who did parasite", "Bong Joon-ho"),
        ("more films from the woman who made lost in translation", "Sofia Coppola"),
    ],
)
def test_the_maker_of_a_title_in_small_letters_is_referred_to(
    usher: Assistant, text: str, director: str
) -> None:
    assert stated(usher.ask(text).answer) == {("director", director)}


def test_a_bound_after_not_too_old_is_no_denial(usher: Assistant) -> None:
    answer = usher.ask("find me a scary movie not too old like from nineteen ninety or later").answer
    assert ("year", "1990") in stated(answer)
    assert [each["op"] for each in answer["conditions"] if each["relation"] == "year"] == [">="]


def test_the_two_thousands_are_a_decade(usher: Assistant) -> None:
    answer = usher.ask("a film from the two thousands").answer
    assert stated(answer) == {("year", "2000"), ("year", "2009")}
    assert not answer["unused"]


def test_a_plot_is_looked_for_however_its_title_is_asked_for(usher: Assistant) -> None:
    answer = usher.ask(
        "that movie where a weatherman lives the same day over and over what's it called"
    ).answer
    assert "Groundhog Day" in {item["title"] for item in answer["items"][:3]}


def test_what_else_after_a_series_is_like_it_and_none_of_it(usher: Assistant) -> None:
    for text in (
        "my daughter loves harry potter what else can she read she's nine",
        "She devoured Harry Potter. What next?",
    ):
        titles = {item["title"] for item in usher.ask(text).answer["items"]}
        assert titles
        assert not {title for title in titles if title.startswith("Harry Potter")}


def test_no_romcoms_leaves_romances_and_comedies(usher: Assistant) -> None:
    answer = usher.ask("Anything with Meg Ryan that isn't a rom-com?").answer
    titles = {item["title"] for item in answer["items"]}
    assert stated(answer) == {("actor", "Meg Ryan")}
    assert "City of Angels" in titles
    assert not titles & {
        "When Harry Met Sally",
        "When Harry Met Sally...",
        "Sleepless in Seattle",
        "You've Got Mail",
    }
    assert "Romance and Comedy" in answer["note"]


def test_for_adults_leaves_out_what_is_made_for_the_young(usher: Assistant) -> None:
    answer = usher.ask("give me a book like the hunger games but for adults").answer
    assert ("genre", "Young adult") in stated(answer, "none_of")
    assert "Catching Fire" not in {item["title"] for item in answer["items"]}


def test_just_one_is_a_count(usher: Assistant) -> None:
    answer = usher.ask("I've seen Oldboy. Recommend me just one Korean film").answer
    assert len(answer["items"]) == 1
    assert not answer["unused"]


def test_live_action_is_no_kind(usher: Assistant) -> None:
    assert stated(usher.ask("animated films, or live action would be fine too").answer) == {
        ("genre", "Animation")
    }


def test_a_place_and_a_time_of_a_journey_bound_nothing(usher: Assistant) -> None:
    answer = usher.ask(
        "I just got back from three weeks in Japan. On the flight I watched Shoplifters. What are other"
        " Japanese films like this? I'd rather not have anything animated or any samurai stuff."
    ).answer
    assert stated(answer) == {("country", "Japan")}
    assert stated(answer, "none_of") == {("genre", "Animation")}
    assert "Seven Samurai" not in {item["title"] for item in answer["items"]}
    assert "Shoplifters" in answer["note"]


def test_a_name_that_is_a_plus_comes_first_and_is_no_must(usher: Assistant) -> None:
    answer = usher.ask("I need a romance from the 90s. Julia Roberts is a plus but not a must.").answer
    assert stated(answer) == {("genre", "Romance"), ("year", "1990"), ("year", "1999")}
    assert answer["items"][0]["title"] in ("Notting Hill", "Pretty Woman", "My Best Friend's Wedding")
    assert "Julia Roberts" in answer["note"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a western that doesn't have john wayne in it", "John Wayne"),
        ("a spy film that sean connery is not in", "Sean Connery"),
    ],
)
def test_who_is_not_in_it_is_ruled_out(usher: Assistant, text: str, name: str) -> None:
    answer = usher.ask(text).answer
    assert ("actor", name) in stated(answer, "none_of")
    assert ("actor", name) not in stated(answer)


def test_kinds_that_somebody_does_not_care_for_are_ruled_out(usher: Assistant) -> None:
    answer = usher.ask("Something from 1957 for my dad. He doesn't care for musicals.").answer
    assert stated(answer, "none_of") == {("genre", "Musical")}


def test_the_newest_of_somebody_comes_first(usher: Assistant) -> None:
    answer = usher.ask("the newest Bruce Willis you have").answer
    assert answer["order"] == [{"relation": "year", "descending": True}]
    years = [item["year"] for item in answer["items"]]
    assert years == sorted(years, reverse=True)


def test_who_never_reads_something_may_want_it(usher: Assistant) -> None:
    answer = usher.ask("poetry for someone who never reads poetry").answer
    assert answer["basis"] == "text"
    assert "Left out" not in answer["note"]


def test_a_decade_on_dvd_is_a_decade(usher: Assistant) -> None:
    answer = usher.ask("war movies from the fifties or sixties on DVD, ideally with Gregory Peck").answer
    assert {("year", "1950"), ("year", "1969")} <= stated(answer)


def test_the_whole_of_a_series_was_seen(usher: Assistant) -> None:
    answer = usher.ask(
        "I've already rewatched the whole Lord of the Rings trilogy. What are the best fantasy films?"
    ).answer
    assert ("series", "The Lord of the Rings") in stated(answer, "none_of")
    assert stated(answer) == {("genre", "Fantasy")}


def test_what_somebody_mostly_reads_is_not_asked_for(usher: Assistant) -> None:
    answer = usher.ask(
        "I'm a teacher and mostly stick to biographies. A student gave me The Name of the Wind and I"
        " devoured it. What would you recommend now?"
    ).answer
    assert ("genre", "Biography") not in stated(answer)


def test_a_kind_with_a_name_for_each_domain_is_found_beside_a_person(usher: Assistant) -> None:
    answer = usher.ask("science fiction novels by Arthur C. Clarke").answer
    assert ("genre", "Science fiction") in stated(answer)


def test_a_poster_of_somebody_bounds_nothing(usher: Assistant) -> None:
    answer = usher.ask(
        "My grandmother's favourite was Singin' in the Rain and she had a poster of Gene Kelly above the bed"
        " when she was a student. Which other musicals from that time, say 1945 to 1960, should I get?"
    ).answer
    assert stated(answer) == {("genre", "Musical"), ("year", "1945"), ("year", "1960")}


def test_an_author_told_beside_a_wish_for_another_is_no_condition(usher: Assistant) -> None:
    answer = usher.ask(
        "Last summer I read Beloved by Toni Morrison. I thought of something by a Nigerian author."
    ).answer
    assert stated(answer) == {("country", "Nigeria")}


def test_new_york_is_a_place(usher: Assistant) -> None:
    for text in ("movies set in new york in the seventies", "new york movies from the seventies"):
        answer = usher.ask(text).answer
        assert stated(answer) == {("year", "1970"), ("year", "1979")}
        assert "Taxi Driver" in {item["title"] for item in answer["items"]}


def test_a_feast_is_a_day(usher: Assistant) -> None:
    assert "went on" not in usher.ask("Good film for Halloween with the family").answer["note"]


def test_what_somebody_wrote_before_a_title_is_asked_for(usher: Assistant) -> None:
    answer = usher.ask("What did Kazuo Ishiguro write before Never Let Me Go?").answer
    assert "The Remains of the Day" in {item["title"] for item in answer["items"]}
    assert ("author", "Kazuo Ishiguro") in stated(answer)


def test_what_is_said_of_both_holds_for_both(usher: Assistant) -> None:
    answer = usher.ask("A western and a war film, both under 100 minutes").answer
    assert stated(answer) == {("running_time", "100")}
    assert stated(answer, "any_of") == {("genre", "Western"), ("genre", "War")}


def test_not_the_sequels_leaves_out_the_whole_series(usher: Assistant) -> None:
    answer = usher.ask("i just finished the hunger games what should i read next but not the sequels").answer
    titles = {item["title"] for item in answer["items"]}
    assert len(titles) > 3
    assert not titles & {"The Hunger Games", "Catching Fire", "Mockingjay"}
    assert not answer["unused"]


def test_whose_turn_it_is_says_where_films_are_from(usher: Assistant) -> None:
    answer = usher.ask(
        "Every Friday we pick a country. This week it's Argentina's turn, we'd like a thriller."
    ).answer
    assert stated(answer) == {("country", "Argentina"), ("genre", "Thriller")}


def test_the_shortest_of_an_author_goes_by_pages(usher: Assistant) -> None:
    answer = usher.ask("the shortest Tolstoy you have").answer
    assert answer["order"] == [{"relation": "pages", "descending": False}]
    assert [item["title"] for item in answer["items"]] == ["Anna Karenina"]


def test_what_was_seen_is_a_title_and_no_theme(usher: Assistant) -> None:
    answer = usher.ask("any good movie about the desert or space um lawrence of arabia i saw already").answer
    assert "Lawrence of Arabia" not in {item["title"] for item in answer["items"]}
