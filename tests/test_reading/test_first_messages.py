"""First messages: joined questions, bounds that are averse, earlier talks, words that look like names."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.respond import sentences
from agent.conversation import Conversation


def answered(usher: Assistant, said: str) -> dict[str, Any]:
    return Conversation(usher).say(said).answer


def stated(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str, str]]:
    return {(each["relation"], each.get("op", "is"), str(each["value"])) for each in answer[part]}


def told(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["title"], each["relation"]) for each in answer["facts"]}


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("jaws. who directed it and how long is it", {("Jaws", "director"), ("Jaws", "running_time")}),
        (
            "Jaws: who directed it, and how long is it?",
            {("Jaws", "director"), ("Jaws", "running_time")},
        ),
        (
            "Vertigo - who scored it, and in which year was it made?",
            {("Vertigo", "composer"), ("Vertigo", "year")},
        ),
        ("how many pages has Emma got and who is the autor?", {("Emma", "pages"), ("Emma", "author")}),
        ("who directed the comedy Big", {("Big", "director")}),
        ("the thriller Heat, who is in it?", {("Heat", "actor")}),
        ("who wrote the horror novel It", {("It", "author")}),
        (
            "Which came first, Alien or Heat, and did the same person write both?",
            {("Alien", "year"), ("Heat", "year"), ("Alien", "writer"), ("Heat", "writer")},
        ),
        (
            "is Emma longer than Dracula and are they by the same author?",
            {("Emma", "pages"), ("Dracula", "pages"), ("Emma", "author"), ("Dracula", "author")},
        ),
    ],
)
def test_each_of_joined_questions_is_answered(
    usher: Assistant, said: str, facts: set[tuple[str, str]]
) -> None:
    answer = answered(usher, said)
    assert (answer["act"], told(answer), answer["unused"]) == ("inform", facts, [])


def test_all_of_a_series_are_asked_of(usher: Assistant) -> None:
    answer = answered(
        usher, "Star Wars: in which order were they released, and was Lucas the director of all of them?"
    )
    verdicts = {each["title"]: each["verdict"] for each in answer["facts"]}
    assert (verdicts["Star Wars"], verdicts["Return of the Jedi"]) == ("yes", "no")
    assert stated(answer) == {("series", "is", "Star Wars")}


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("a war film, he falls asleep in anything over two and a half hours", ("running_time", "<=", "150")),
        ("a western; my dad hates anything longer than 2 hours", ("running_time", "<=", "120")),
        (
            "my wife nods off if a film is longer than 90 minutes. thriller please",
            ("running_time", "<=", "90"),
        ),
        ("kids get restless after 90 minutes, animation please", ("running_time", "<=", "90")),
        ("a novel. I give up on anything over 400 pages", ("pages", "<=", "400")),
        ("no patience for books above 300 pages, a mystery please", ("pages", "<=", "300")),
        ("I can't stand films shorter than an hour; drama", ("running_time", ">=", "60")),
        ("my dad won't watch anything made after 1970, a western", ("year", "<=", "1970")),
        ("mum hates anything before 1990, a comedy please", ("year", ">=", "1990")),
        ("we don't hate anything over two hours, a drama", ("running_time", ">", "120")),
        ("I don't mind anything over three hours, an epic", ("running_time", ">", "180")),
    ],
)
def test_an_aversion_turns_a_bound_round(usher: Assistant, said: str, bound: tuple[str, str, str]) -> None:
    assert {each for each in stated(answered(usher, said)) if each[0] == bound[0]} == {bound}


@pytest.mark.parametrize(
    ("said", "wanted", "denied"),
    [
        ("non-American war films", {("genre", "is", "War")}, {("country", "is", "United States")}),
        ("a non-horror Stephen King book", {("author", "is", "Stephen King")}, {("genre", "is", "Horror")}),
        ("a non-violent western", {("genre", "is", "Western")}, set()),
        ("hi, non film person here, recommend a sci-fi", {("genre", "is", "Sci-Fi")}, set()),
    ],
)
def test_non_denies_the_next_word_alone(
    usher: Assistant, said: str, wanted: set[tuple[str, str, str]], denied: set[tuple[str, str, str]]
) -> None:
    answer = answered(usher, said)
    assert (stated(answer), stated(answer, "none_of")) == (wanted, denied)


@pytest.mark.parametrize(
    "said",
    [
        "thx for nothing lol u recommended twilight last time",
        "you recommended Heat last week and I hated it",
        "yesterday you suggested a book about whales, what was it?",
    ],
)
def test_nothing_is_known_of_an_earlier_talk(usher: Assistant, said: str) -> None:
    answer = answered(usher, said)
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


@pytest.mark.parametrize(
    "said",
    [
        "you recommended Heat last week and I loved it, something similar",
        "you recommended Emma last time, it was too slow. Give me a quick thriller",
        "can you recommend Twilight to a teenager?",
    ],
)
def test_a_wish_beside_an_earlier_talk_is_answered(usher: Assistant, said: str) -> None:
    assert answered(usher, said)["items"]


@pytest.mark.parametrize(
    "said",
    [
        "So what exactly can you do? And how do you know any of it?",
        "what kind of things can you actually help me with",
        "where do you get all this from?",
        "so what can you really do, and what can't you?",
    ],
)
def test_usher_says_what_it_is(usher: Assistant, said: str) -> None:
    assert answered(usher, said)["note"] == sentences.ABOUT


@pytest.mark.parametrize(
    "said",
    [
        "movie night with the kids (6, 9 and 13)",
        "books by James Clear",
        "Ich suche einen lustigen Film aus Frankreich",
        "people laugh, but I have never seen a film I could stand apart from Das Boot. Something tense",
    ],
)
def test_nobody_is_named_by_words_that_only_look_like_it(usher: Assistant, said: str) -> None:
    answer = answered(usher, said)
    assert {each[0] for each in stated(answer)} <= {"genre"}
    assert "Weeks" not in answer["note"]


@pytest.mark.parametrize(
    ("said", "actor"),
    [
        ("is there a movie w John Cusack where he owns a record shop", "John Cusack"),
        ("films with Harrison Fort", "Harrison Ford"),
        ("a movie with meryl strip from the seventies", "Meryl Streep"),
    ],
)
def test_somebody_is_named_in_a_hurry(usher: Assistant, said: str, actor: str) -> None:
    assert ("actor", "is", actor) in stated(answered(usher, said))


@pytest.mark.parametrize(
    ("said", "maker", "verdict"),
    [
        ("who wrote the Narnia books", "C. S. Lewis", None),
        ("Tolkien wrote the Narnia books right?? my teacher said", "C. S. Lewis", "no"),
        ("wasn't the Hunger Games trilogy written by Tolkien?", "Suzanne Collins", "no"),
        ("Spielberg directed the Indiana Jones films, right?", "Steven Spielberg", "yes"),
        ("is it true that Peter Jackson made the Lord of the Rings films", "Peter Jackson", "yes"),
    ],
)
def test_who_made_a_whole_series(usher: Assistant, said: str, maker: str, verdict: str | None) -> None:
    answer = answered(usher, said)
    assert len(answer["facts"]) > 2
    assert verdict in {each["verdict"] for each in answer["facts"]}
    assert maker in answer["note"]


def test_those_of_a_series_that_have_somebody_are_listed(usher: Assistant) -> None:
    assert stated(answered(usher, "did Daniel Craig star in the James Bond films")) == {
        ("actor", "is", "Daniel Craig"),
        ("series", "is", "James Bond"),
    }


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("what year did gone with the wind come out no the book not the movie", "1936"),
        ("what year did Jaws come out, the novel not the film", "1974"),
        ("when was Jaws made, the film not the book", "1975"),
    ],
)
def test_the_form_that_is_not_denied_is_meant(usher: Assistant, said: str, year: str) -> None:
    assert [each["values"] for each in answered(usher, said)["facts"]] == [[year]]


@pytest.mark.parametrize(
    ("said", "liked"),
    [
        ("I switched off La La Land after twenty minutes. I adored Fargo. What next?", "Fargo"),
        ("I turned Heat off halfway, loved Fargo. What next?", "Fargo"),
        ("I thought Inception was cold, but Memento is in my top five. More like that.", "Memento"),
        ("Interstellar made me laugh in the wrong places. Loved Arrival. More please", "Arrival"),
        (
            "I got forty pages into The Secret History and gave it away. Loved Atonement. What now?",
            "Atonement",
        ),
        ("so far Jaws (!!!), Speed (eh). what else?", "Jaws"),
        ("I abandoned Middlemarch but devoured Jane Eyre, what next", "Jane Eyre"),
        ("I'm forty pages into Dune and loving it, more like that", "Dune"),
    ],
)
def test_what_was_not_liked_is_no_example(usher: Assistant, said: str, liked: str) -> None:
    note = answered(usher, said)["note"]
    left = {"La La Land", "Heat", "Inception", "Interstellar", "The Secret History", "Speed", "Middlemarch"}
    assert not {title for title in left if f" {title}" in note}
    assert liked in note


@pytest.mark.parametrize(
    ("said", "alternatives"),
    [
        ("action or slacker comedies both fine", {"Action", "Comedy"}),
        ("horror or silly comedies", {"Horror", "Comedy"}),
        ("a fantasy or hard sci-fi book", {"Fantasy", "Sci-Fi"}),
    ],
)
def test_a_sort_of_the_second_kind_joins_none(usher: Assistant, said: str, alternatives: set[str]) -> None:
    assert {value for _, _, value in stated(answered(usher, said), "any_of")} == alternatives


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("I get enough Dickens at school. A novel", {"Charles Dickens"}),
        ("can't get enough Hitchcock, more", set()),
        ("who can get enough Tarantino? more please", set()),
    ],
)
def test_enough_rules_out_unless_it_is_never(usher: Assistant, said: str, denied: set[str]) -> None:
    assert {value for _, _, value in stated(answered(usher, said), "none_of")} == denied


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("korean thrillers from the last let's say twenty years", "year"),
        ("comedy from the last, I don't know, fifteen years", "year"),
    ],
)
def test_years_are_guessed(usher: Assistant, said: str, first: str) -> None:
    answer = answered(usher, said)
    assert first in {each[0] for each in stated(answer)}
    assert answer["unused"] == []


@pytest.mark.parametrize(
    "said", ["a horror if I'm honest", "not gonna lie, I want a horror", "to be fair, a horror"]
)
def test_asides_are_no_words_of_a_wish(usher: Assistant, said: str) -> None:
    answer = answered(usher, said)
    assert (stated(answer), answer["unused"]) == ({("genre", "is", "Horror")}, [])


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        (
            "something by the director of Jaws with Richard Dreyfuss",
            {("director", "Steven Spielberg"), ("actor", "Richard Dreyfuss")},
        ),
        (
            "another one from the director of Alien starring Russell Crowe",
            {("director", "Ridley Scott"), ("actor", "Russell Crowe")},
        ),
        (
            "more by the man who directed Heat with Al Pacino",
            {("director", "Michael Mann"), ("actor", "Al Pacino")},
        ),
        (
            "films with the star of Heat directed by Scorsese",
            {("actor", "Robert De Niro"), ("director", "Martin Scorsese")},
        ),
    ],
)
def test_a_title_that_tells_whose_items_are_wanted_has_no_more_said_of_it(
    usher: Assistant, said: str, conditions: set[tuple[str, str]]
) -> None:
    answer = answered(usher, said)
    assert ({each[::2] for each in stated(answer)}, answer["corrections"]) == (conditions, [])


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        (
            "She writes her thesis on the immigrant experience. Which titles would be useful?",
            "immigrant",
        ),
        ("I'm writing an essay about loneliness in big cities. What should I watch?", "loneliness"),
        ("I'm giving a talk on addiction next week. What films would be useful?", "addiction"),
        ("my thesis is on surveillance. which films fit?", "surveillance"),
        ("our reading group's theme this month is motherhood. suggestions?", "motherhood"),
    ],
)
def test_what_somebody_works_on_is_the_subject(usher: Assistant, said: str, subject: str) -> None:
    answer = answered(usher, said)
    assert (answer["basis"], stated(answer), answer["unused"]) == ("text", set(), [])
    assert subject in answer["note"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I'm writing an essay on Jane Austen. Which of her books do you have?", ("author", "Jane Austen")),
        ("I'm doing a project on Kubrick: what films should I show?", ("director", "Stanley Kubrick")),
        ("an essay on exile, please", ("genre", "Essays")),
    ],
)
def test_who_somebody_works_on_is_named(usher: Assistant, said: str, wanted: tuple[str, str]) -> None:
    assert {each[::2] for each in stated(answered(usher, said))} == {wanted}


@pytest.mark.parametrize(
    ("said", "left_out"),
    [
        ("i've seen jaws, psycho, vertigo. thriller please", {"Jaws", "Psycho", "Vertigo"}),
        ("loved heat, casino, fargo. another crime film?", {"Heat", "Casino", "Fargo"}),
        ("seen alien, predator, gravity. more sci-fi", {"Alien", "Predator", "Gravity"}),
        ("he knows godfather, goodfellas and scarface by heart. a crime film", {"The Godfather", "Scarface"}),
    ],
)
def test_titles_in_small_letters_in_a_list(usher: Assistant, said: str, left_out: set[str]) -> None:
    answer = answered(usher, said)
    assert not left_out & {each["title"] for each in answer["items"]}
    assert answer["unused"] == []


@pytest.mark.parametrize(
    "said", ["i want something like jaws, scary, fast", "films like heat, crime and big cities"]
)
def test_ordinary_words_of_a_list_are_no_titles(usher: Assistant, said: str) -> None:
    note = answered(usher, said)["note"]
    assert not {title for title in ("Scary", "Fast", "Big", "Crime") if f" {title}" in note}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("If it rains I'll stay in with a Norwegian film.", ("country", "Norway")),
        ("Who won the match last night? Anyway I'm curling up with a mystery", ("genre", "Mystery")),
        ("What's the weather going to be like tomorrow? I may unwind with a western", ("genre", "Western")),
    ],
)
def test_a_plan_with_an_item_is_a_wish(usher: Assistant, said: str, wanted: tuple[str, str]) -> None:
    assert {each[::2] for each in stated(answered(usher, said))} == {wanted}


def test_words_of_the_wish_stand_first_among_the_unused(usher: Assistant) -> None:
    said = "he's 78 and falls asleep over anything long. Any western with a zeppelin?"
    unused = answered(usher, said)["unused"]
    assert unused[0] == "zeppelin"


@pytest.mark.parametrize(
    "said",
    [
        "a western, my dad hates long films",
        "a western, he can't stand anything too long",
        "she falls asleep in long films, a western please",
        "he falls asleep over anything long. Any western?",
    ],
)
def test_an_aversion_turns_a_degree_round(usher: Assistant, said: str) -> None:
    ops = {op for relation, op, _ in stated(answered(usher, said)) if relation == "running_time"}
    assert ops == {"<"}


def test_no_more_are_named_than_are_asked_for_beside_a_subject(usher: Assistant) -> None:
    said = "He must write an essay on the Vietnam War. Full Metal Jacket he saw. Could you name three films?"
    assert len(answered(usher, said)["items"]) == 3


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Al Pacino wasn't in Jaws, was he?", {"Al Pacino": "no"}),
        ("Vertigo wasn't directed by Billy Wilder, was it?", {"Billy Wilder": "no"}),
        ("Sigourney Weaver isn't in Alien, is she?", {"Sigourney Weaver": "yes"}),
        (
            "Casablanca wasn't by Hitchcock, that was Curtiz, right?",
            {"Alfred Hitchcock": "no", "Michael Curtiz": "yes"},
        ),
        (
            "Gary Sinise wasn't in Apollo 13, that was Kevin Bacon right",
            {"Gary Sinise": "yes", "Kevin Bacon": "yes"},
        ),
    ],
)
def test_what_is_denied_in_doubt_is_checked(usher: Assistant, said: str, verdicts: dict[str, str]) -> None:
    answer = answered(usher, said)
    assert answer["act"] == "inform"
    assert {each["asked"]: each["verdict"] for each in answer["facts"]} == verdicts


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Who wrote Emma? And is Middlemarch by the same woman?", {"Emma": "yes", "Middlemarch": "no"}),
        ("when was Jaws made and did the same man direct Duel", {"Jaws": "yes", "Duel": "yes"}),
        (
            "which is older, Emma or Persuasion? And did the same lady write Middlemarch?",
            {"Emma": "yes", "Persuasion": "yes", "Middlemarch": "no"},
        ),
        ("how long is Vertigo, and is it the same director as Heat", {"Vertigo": "yes", "Heat": "no"}),
    ],
)
def test_whether_they_made_one_more_is_told(usher: Assistant, said: str, verdicts: dict[str, str]) -> None:
    facts = answered(usher, said)["facts"]
    assert {each["title"]: each["verdict"] for each in facts if each["verdict"]} == verdicts


@pytest.mark.parametrize(
    "said",
    [
        "which came out first alien or jaws and who directed them",
        "Which is newer, Alien or Jaws? Who made them?",
    ],
)
def test_those_compared_are_asked_of_together(usher: Assistant, said: str) -> None:
    both = {(title, relation) for title in ("Alien", "Jaws") for relation in ("year", "director")}
    assert told(answered(usher, said)) == both


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("Thrillers please. Fincher is a bit grim for me.", "David Fincher"),
        ("Fantasy, but Gaiman is too gloomy", "Neil Gaiman"),
        ("Musicals are slightly silly for my husband. A crime film", "Musical"),
        ("Nolan is rather cold for my taste. A thriller, please", "Christopher Nolan"),
    ],
)
def test_what_is_too_much_for_somebody_is_left_out(usher: Assistant, said: str, refused: str) -> None:
    answer = answered(usher, said)
    assert refused in {value for _, _, value in stated(answer, "none_of")}
    assert refused not in {value for _, _, value in stated(answer)}


@pytest.mark.parametrize(
    "said", ["Kubrick is too good! More of his", "Kubrick is a bit wonderful for me, more"]
)
def test_who_is_praised_is_wanted(usher: Assistant, said: str) -> None:
    assert stated(answered(usher, said)) == {("director", "is", "Stanley Kubrick")}


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("could you give us three recommendations, westerns", 3),
        ("I'd be glad of two suggestions for a heist film", 2),
        ("gimme 4 space movies", 4),
        ("looking forward to your reply: five ideas for a comedy", 5),
    ],
)
def test_as_many_are_named_as_are_asked_for(usher: Assistant, said: str, number: int) -> None:
    assert len(answered(usher, said)["items"]) == number


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("a 1994 film but not Pulp Fiction", "1994"),
        ("I need a 98 movie no wait a 1999 movie", "1999"),
        ("any 1979 movie, not Alien", "1979"),
    ],
)
def test_a_year_beside_a_refused_title_is_of_what_is_wanted(usher: Assistant, said: str, year: str) -> None:
    assert ("year", "is", year) in stated(answered(usher, said))


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("something by the author of Dune. Not Dune", "Frank Herbert"),
        ("books by the author of The Hobbit, not The Hobbit", "J. R. R. Tolkien"),
    ],
)
def test_a_title_that_tells_who_is_wanted_rules_out_itself_only(
    usher: Assistant, said: str, author: str
) -> None:
    answer = answered(usher, said)
    assert ("author", "is", author) in stated(answer)
    assert len(answer["items"]) > 1
    assert not answer["none_of"]


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("A book, I lose track of anything over 300 pages", ("pages", "<=", "300")),
        ("Film tonight: I get lost in anything over two hours", ("running_time", "<=", "120")),
        ("I lose the thread of anything over 400 pages. A novel please.", ("pages", "<=", "400")),
    ],
)
def test_what_somebody_cannot_follow_is_a_bound(
    usher: Assistant, said: str, bound: tuple[str, str, str]
) -> None:
    assert bound in stated(answered(usher, said))


def test_all_that_is_no_exception(usher: Assistant) -> None:
    assert not answered(usher, "a film about knights and all that but musical")["none_of"]


@pytest.mark.parametrize(
    ("said", "second"),
    [
        ("Is it true that Jaws is from 1975? And that Alien was directed by James Cameron?", ("Alien", "no")),
        ("is it right that Heat is a crime film? and that Casino was made by Scorsese?", ("Casino", "yes")),
        ("Is it true that Emma is long? And that Al Pacino was in Insomnia too?", ("Insomnia", "yes")),
    ],
)
def test_what_is_added_to_what_may_be_true_is_checked(
    usher: Assistant, said: str, second: tuple[str, str]
) -> None:
    assert second in {(each["title"], each["verdict"]) for each in answered(usher, said)["facts"]}
