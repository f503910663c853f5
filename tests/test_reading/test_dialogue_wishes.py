"""What a later turn changes: another person's wish, what is known or dropped, one of two."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def talk(usher: Assistant, *turns: str) -> dict[str, Any]:
    """Return the last answer of a conversation."""
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns][-1]


def stated(answer: dict[str, Any], field: str = "conditions") -> set[str]:
    return {f"{each['relation']} {each.get('op', 'is')} {each['value']}" for each in answer[field]}


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["items"]]


@pytest.mark.parametrize(
    "said", ["and something for my mum, she loves cooking", "now one for my mum, about cooking please"]
)
def test_a_wish_for_another_person_starts_afresh(usher: Assistant, said: str) -> None:
    answer = talk(usher, "books about submarines", said)
    assert "cooking" in answer["text"]
    assert "submarines" not in answer["text"]


def test_what_was_left_out_for_another_person_no_longer_is(usher: Assistant) -> None:
    answer = talk(usher, "fantasy books but not Tolkien", "and one for me, a historical novel")
    assert (stated(answer), stated(answer, "none_of")) == ({"genre is Historical novel"}, set())


@pytest.mark.parametrize(
    ("told", "said", "kind"),
    [
        ("my wife loves musicals, i love westerns. help", "she picked one, now one for me", "Western"),
        ("two of us: i want action, she wants romance", "ok now mine", "Action"),
        ("two of us: i want action, she wants romance", "start with hers", "Romance"),
        (
            "my wife likes romance and I'm more of a horror guy, something for both",
            "just mine then",
            "Horror",
        ),
    ],
)
def test_one_of_two_wishes_told_together(usher: Assistant, told: str, said: str, kind: str) -> None:
    assert stated(talk(usher, told, said)) == {f"genre is {kind}"}


def test_no_wish_of_one_where_only_one_was_told(usher: Assistant) -> None:
    assert talk(usher, "i want action", "ok now mine")["items"] == []


@pytest.mark.parametrize("said", ["just Meg Ryan", "only Meg Ryan then"])
def test_one_of_two_alternatives_alone(usher: Assistant, said: str) -> None:
    answer = talk(usher, "romantic comedies with Meg Ryan or Julia Roberts", said)
    assert "actor is Meg Ryan" in stated(answer)
    assert answer["any_of"] == []


@pytest.mark.parametrize("said", ["just De Niro then", "only De Niro"])
def test_one_of_two_who_were_asked_for_together(usher: Assistant, said: str) -> None:
    assert stated(talk(usher, "films with De Niro and Pacino", said)) == {"actor is Robert De Niro"}


def test_both_is_no_part_of_a_name(usher: Assistant) -> None:
    answer = talk(usher, "movies with both De Niro and Pacino")
    assert stated(answer) == {"actor is Robert De Niro", "actor is Al Pacino"}


@pytest.mark.parametrize("said", ["drop the romance", "forget the romance part"])
def test_a_kind_of_two_is_dropped(usher: Assistant, said: str) -> None:
    assert stated(talk(usher, "romantic comedies", said)) == {"genre is Comedy"}


def test_only_somebody_is_left_of_what_is_dropped(usher: Assistant) -> None:
    answer = talk(usher, "romantic comedies", "with Hugh Grant", "drop the romance part, just Hugh Grant")
    assert stated(answer) == {"actor is Hugh Grant"}


@pytest.mark.parametrize(
    "said", ["seen the Spielberg ones", "we've seen all the Spielberg ones", "i know the Spielberg films"]
)
def test_what_is_known_is_left_out(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films with Harrison Ford", said)
    assert "director is Steven Spielberg" in stated(answer, "none_of")
    assert stated(answer) == {"actor is Harrison Ford"}


@pytest.mark.parametrize("said", ["Stephen King doesn't count", "no, Stephen King does not count"])
def test_who_does_not_count_is_left_out(usher: Assistant, said: str) -> None:
    answer = talk(usher, "horror books", said)
    assert "author is Stephen King" in stated(answer, "none_of")
    assert stated(answer) == {"genre is Horror"}


def test_more_by_whoever_made_what_is_liked(usher: Assistant) -> None:
    answer = talk(usher, "I loved Whiplash", "more by the same guy")
    assert stated(answer) == {"director is Damien Chazelle"}


def test_whether_titles_of_a_remark_are_of_one_maker(usher: Assistant) -> None:
    turns = ("I liked Gone Girl and hated Fight Club", "are they by the same director?")
    assert talk(usher, *turns)["text"] == "Yes, Gone Girl and Fight Club have David Fincher as director."
    answer = talk(usher, *turns, "anything of his that's neither")
    assert not {"Gone Girl", "Fight Club"} & set(titles(answer))


@pytest.mark.parametrize("said", ["and the last?", "and the latest one?"])
def test_the_other_end_of_a_comparison(usher: Assistant, said: str) -> None:
    answer = talk(usher, "comedies from France by Tati", "which came first", said)
    assert answer["text"] == "Playtime (1967) is the newest of them."


@pytest.mark.parametrize("said", ["and direct it?", "did he direct it too"])
def test_whoever_was_asked_about_in_another_role(usher: Assistant, said: str) -> None:
    answer = talk(usher, "did Tarantino write True Romance", said)
    assert [(f["relation"], f["verdict"]) for f in answer["facts"]] == [("director", "no")]


@pytest.mark.parametrize("said", ["ok that one", "that one please"])
def test_the_one_told_of_is_taken(usher: Assistant, said: str) -> None:
    assert talk(usher, "did Tarantino write True Romance", said)["text"] == "Enjoy True Romance!"


@pytest.mark.parametrize(
    ("said", "years"), [("older ones then", "year <= 1997"), ("something newer", "year >= 1999")]
)
def test_the_year_just_told_is_the_bound(usher: Assistant, said: str, years: str) -> None:
    answer = talk(usher, "animated films", "when is Mulan from", said)
    assert stated(answer) == {"genre is Animation", years}


def test_the_title_that_items_are_like_is_the_bound(usher: Assistant) -> None:
    assert "year >= 2005" in stated(talk(usher, "films like Shaun of the Dead", "newer than that"))


def test_his_best_known_one(usher: Assistant) -> None:
    first = titles(talk(usher, "films directed by David Lynch"))[0]
    answer = talk(usher, "films directed by David Lynch", "his best known one")
    assert (titles(answer), "best known" in answer["text"]) == ([first], True)


@pytest.mark.parametrize(
    ("first", "said", "unused"),
    [
        ("comedies", "hmm these feel too serious", ["serious"]),
        ("comedies", "all by different directors please", ["different directors"]),
    ],
)
def test_what_nothing_tells_is_said(usher: Assistant, first: str, said: str, unused: list[str]) -> None:
    assert talk(usher, first, said)["unused"] == unused


def test_that_nothing_shown_is_what_was_meant_is_said(usher: Assistant) -> None:
    answer = talk(usher, "books by Vladimir Nabokov", "not the memoir")
    assert "None of these is listed here as “Memoir”." in answer["text"]


def test_what_is_listed_of_a_kind_is_not_denied_of_somebody(usher: Assistant) -> None:
    answer = talk(usher, "memoirs", "Neil Gaiman!")
    assert answer["text"].startswith("None of these is listed here as “Memoir”.")


def test_somebody_takes_the_place_of_a_kind_too_where_nothing_is_both(usher: Assistant) -> None:
    answer = talk(usher, "books by Terry Pratchett in the Discworld series", "what about Neil Gaiman")
    assert stated(answer) == {"author is Neil Gaiman"}


def test_a_kind_keeps_to_books(usher: Assistant) -> None:
    answer = talk(usher, "funny books", "something british", "a horror story")
    assert {each["id"].partition("/")[0] for each in answer["items"]} == {"book"}


def test_a_comedy_about_a_kind_is_of_both(usher: Assistant) -> None:
    answer = talk(usher, "a war movie", "sounds heavy. got a comedy about war instead?")
    assert (stated(answer), answer["unused"]) == ({"genre is Comedy", "genre is War"}, ["heavy"])


def test_a_title_is_told_of_where_nothing_was_asked(usher: Assistant) -> None:
    answer = talk(usher, "films from 2003", "what about Monster?")
    assert answer["text"].startswith("Yes, Monster is among those I found.")


def test_somebody_who_was_not_told_is_asked_for(usher: Assistant) -> None:
    assert talk(usher, "hello", "more films with her")["items"] == []


def test_who_was_named_last_is_meant(usher: Assistant) -> None:
    turns = ("westerns with John Wayne", "directed by John Ford", "is The Searchers his?")
    assert [(f["relation"], f["asked"]) for f in talk(usher, *turns)["facts"]] == [("director", "John Ford")]


def test_what_else_came_out_that_year_is_anybodys(usher: Assistant) -> None:
    answer = talk(
        usher, "novels by Toni Morrison", "when was Beloved published", "what else was published that year"
    )
    assert stated(answer) == {"year is 1987"}


@pytest.mark.parametrize("said", ["swap out the ones by Wes Anderson", "replace the ones by Wes Anderson"])
def test_those_of_somebody_are_taken_out(usher: Assistant, said: str) -> None:
    answer = talk(usher, "comedies with Bill Murray", said)
    assert "director is Wes Anderson" in stated(answer, "none_of")
    assert "director is Wes Anderson" not in stated(answer)


def test_the_only_one_named_is_meant_whatever_the_first_name(usher: Assistant) -> None:
    answer = talk(usher, "who wrote Middlemarch", "is she a woman? lol", "her other books")
    assert stated(answer) == {"author is George Eliot"}


def test_for_what_age_something_is_has_no_year(usher: Assistant) -> None:
    answer = talk(usher, "films about dinosaurs", "how old do you have to be for it")
    assert ("year", answer["unused"]) not in [(f["relation"], []) for f in answer["facts"]]
    assert answer["unused"] == ["how old"]


def test_one_that_a_description_tells_apart_is_told_of(usher: Assistant) -> None:
    answer = talk(usher, "Is there anything by Kazuo Ishiguro", "the one with the butler")
    assert {f["title"] for f in answer["facts"]} == {"The Remains of the Day"}


def test_others_of_whoever_was_told_without_a_title(usher: Assistant) -> None:
    answer = talk(usher, "who directed Forrest Gump", "something of his but no Forrest Gump")
    assert stated(answer) == {"director is Robert Zemeckis"}
    assert "Forrest Gump" not in titles(answer)


@pytest.mark.parametrize("said", ["similar films from that decade", "something similar from the 50s"])
def test_what_is_like_an_item_within_years(usher: Assistant, said: str) -> None:
    answer = talk(usher, "who directed Forbidden Planet", said)
    assert answer["basis"] == "taste"
    assert {each["year"] // 10 for each in answer["items"]} == {195}


@pytest.mark.parametrize("said", ["not his own, somebody else's", "by somebody else"])
def test_somebody_else_is_another_maker(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films by Kevin Smith", "oh I love Clerks", said)
    assert stated(answer, "none_of") == {"director is Kevin Smith"}


def test_that_one_is_the_title_that_was_named(usher: Assistant) -> None:
    turns = ("books by Tolkien", "I have The Fellowship of the Ring at home", "what comes after that one")
    assert "came after The Fellowship of the Ring" in talk(usher, *turns)["text"]


@pytest.mark.parametrize("said", ["got westerns?", "got any westerns"])
def test_what_is_asked_for_is_not_known(usher: Assistant, said: str) -> None:
    assert "genre is Western" in stated(talk(usher, "films with Clint Eastwood", said))


def test_a_new_request_keeps_its_domain_only_where_that_has_the_kind(usher: Assistant) -> None:
    comedies = talk(usher, "books by Agatha Christie", "comedies from the 1980s")
    assert {"genre is Comedy", "year >= 1980", "year <= 1989"} == stated(comedies)
    fantasy = talk(usher, "books by Agatha Christie", "fantasy from the 1990s")
    assert {each["about"] and each["id"].split("/")[0] for each in fantasy["items"]} == {"book"}


@pytest.mark.parametrize(
    ("turns", "domain"),
    [
        (("something scary tonight",), "movie"),
        (("something scary", "we've seen the first two, anything from the 70s?"), "movie"),
        (("something sad for my commute",), "book"),
        (("we've seen Heat and Jaws, a sad book please",), "book"),
    ],
)
def test_what_is_done_with_items_tells_their_domain(
    usher: Assistant, turns: tuple[str, ...], domain: str
) -> None:
    assert {each["id"].split("/")[0] for each in talk(usher, *turns)["items"]} == {domain}


def test_a_wish_that_nothing_before_fits_is_answered_by_itself(usher: Assistant) -> None:
    answer = talk(usher, "a spy novel", "something funny")
    assert (answer["act"], stated(answer)) == ("recommend", {"genre is Comedy"})
    assert talk(usher, "a spy novel", "funny ones")["act"] == "decline"


@pytest.mark.parametrize("said", ["a sad romance", "a doomed romance", "a tragic romance"])
def test_a_kind_with_an_article_is_no_more_of_the_last_subject(usher: Assistant, said: str) -> None:
    answer = talk(usher, "spy films", said)
    assert answer["items"]
    assert "spy" not in answer["text"].split("\n")[0]


@pytest.mark.parametrize("said", ["a sad one", "a tragic one", "a sad romance one"])
def test_one_is_still_of_the_last_subject(usher: Assistant, said: str) -> None:
    assert "spy" in talk(usher, "spy films", said)["text"].split("\n")[0]


@pytest.mark.parametrize(
    "said",
    [
        "asleep after two pages, what should I read?",
        "recommend me a book, I nod off after ten pages",
        "my dad is asleep after three pages, a short novel please",
    ],
)
def test_how_soon_somebody_gives_up_is_no_length(usher: Assistant, said: str) -> None:
    answer = talk(usher, said)
    assert answer["items"]
    assert any("pages" in each for each in answer["unused"])


@pytest.mark.parametrize("said", ["a film, she nods off after 90 min", "bored after 90 minutes, a western"])
def test_how_soon_somebody_gives_up_may_be_a_length(usher: Assistant, said: str) -> None:
    assert "running_time <= 90" in stated(talk(usher, said))


@pytest.mark.parametrize(
    ("before", "said", "about"),
    [
        ("films about space", "forget space, something about the sea", "sea"),
        ("films about space", "forget the space stuff, something with horses", "horses"),
        ("books about trains", "never mind trains. anything about boats", "boats"),
        ("films about trains", "enough with trains, got anything with planes?", "planes"),
        ("films about dogs", "skip the dogs, something about chess", "chess"),
    ],
)
def test_a_subject_that_is_dropped_is_not_asked_for(
    usher: Assistant, before: str, said: str, about: str
) -> None:
    answer = talk(usher, before, said)
    first = answer["text"].split("\n")[0]
    assert answer["items"]
    assert about in first
    assert before.split()[-1] not in first
    assert {each["id"].split("/")[0] for each in answer["items"]} == {
        "book" if "books" in before else "movie"
    }
    assert not answer["unused"]


@pytest.mark.parametrize("said", ["forget trains", "drop the trains"])
def test_a_subject_that_is_only_dropped_finds_nothing(usher: Assistant, said: str) -> None:
    assert talk(usher, "films about trains", said)["act"] == "acknowledge"


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("found Short Circuit already, any more?", "Short Circuit"),
        ("I've already got WALL-E, any others", "WALL-E"),
        ("seen Ex Machina. anything else?", "Ex Machina"),
        ("already watched The Iron Giant, another?", "The Iron Giant"),
    ],
)
def test_more_than_what_is_known_is_of_the_same_subject(usher: Assistant, said: str, gone: str) -> None:
    answer = talk(usher, "robot films", said)
    assert answer["basis"] == "text"
    assert "robot" in answer["text"]
    assert gone not in titles(answer)


@pytest.mark.parametrize(
    ("before", "said", "wanted", "gone"),
    [
        ("books by Agatha Christie", "who else writes mysteries?", "genre is Mystery", "Agatha Christie"),
        ("books by James Joyce", "Who else writes good Irish ones?", "country is Ireland", "James Joyce"),
        ("films by Almodovar", "who else makes Spanish films?", "country is Spain", "Pedro Almodóvar"),
        ("films by Hitchcock", "and who else made thrillers", "genre is Thriller", "Alfred Hitchcock"),
    ],
)
def test_who_else_is_none_of_whom_was_asked_for(
    usher: Assistant, before: str, said: str, wanted: str, gone: str
) -> None:
    answer = talk(usher, before, said)
    assert wanted in stated(answer)
    assert gone in {each["value"] for each in answer["none_of"]}
    assert answer["items"]


def test_who_else_is_in_it_asks_for_the_cast(usher: Assistant) -> None:
    assert talk(usher, "films with Tom Hanks", "who else is in the first one")["act"] == "inform"


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("my head hurts too much to watch. recommend a short book", "pages"),
        ("too tired to watch, a short book please", "pages"),
        ("I don't want to watch anything, a short novel", "pages"),
        ("too tired to read, a short film", "running_time"),
        ("I read all week, so a short movie", "running_time"),
    ],
)
def test_what_is_asked_for_is_a_noun_before_a_verb(usher: Assistant, said: str, relation: str) -> None:
    answer = talk(usher, said)
    assert [each["relation"] for each in answer["conditions"]] == [relation]
