"""Whose items, what somebody else cannot stand, what a range that is not wanted leaves."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant, Turn


def conditions(turn: Turn) -> set[tuple[str, str]]:
    return {(each["relation"], each["value"]) for each in turn.answer["conditions"]}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("something by Italian directors", "Italy"),
        ("a novel by a Canadian author", "Canada"),
        ("dramas, Swedish if possible", "Sweden"),
        ("I had never seen anything Korean before Oldboy. More films, please!", "South Korea"),
        ("a cartoon for grown-ups, preferably japanese", "Japan"),
        ("recommend me a nice fat russian classic", "Russia"),
        ("italian neorealism", "Italy"),
        ("Films from Brazil", "Brazil"),
        ("done every Almodovar so a different spanish director please", "Spain"),
    ],
)
def test_a_word_of_origin_is_a_country(usher: Assistant, text: str, country: str) -> None:
    assert ("country", country) in conditions(usher.ask(text))


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Nigerian and Japanese novels, some of each", {"Nigeria", "Japan"}),
        ("either something French and romantic or something Italian and romantic", {"France", "Italy"}),
        ("any scandinavian thrillers?", {"Sweden", "Denmark"}),
        ("something Korean, or else Japanese", {"South Korea", "Japan"}),
        ("novels by african women", {"Nigeria", "South Africa"}),
        ("a novel by a South American author", {"Argentina", "Brazil", "Chile", "Colombia"}),
    ],
)
def test_several_countries_are_alternatives(usher: Assistant, text: str, countries: set[str]) -> None:
    assert countries <= {each["value"] for each in usher.ask(text).answer["any_of"]}


@pytest.mark.parametrize(
    "text",
    [
        "a film about an Italian family",
        "my French teacher wants a comedy",
        "we watched Brazil. more like that",
    ],
)
def test_a_place_that_nothing_is_from_is_no_condition(usher: Assistant, text: str) -> None:
    assert "country" not in {relation for relation, _ in conditions(usher.ask(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A comedy: no romance, nothing American", "United States"),
        ("I've seen everything Hitchcock made. Another thriller from the fifties?", "Alfred Hitchcock"),
        ("we own every Agatha Christie already, a mystery novel pls", "Agatha Christie"),
        ("crime films from the 90s, Tarantino does nothing for us", "Quentin Tarantino"),
        ("Loved Spielberg as a kid, but I've watched all of his. A comedy please", "Steven Spielberg"),
        ("A fantasy novel. I know my Tolkien inside out", "J. R. R. Tolkien"),
        ("he wore out his Clint Eastwood tapes, so a western but none of those", "Clint Eastwood"),
        ("everybody says Stephen King but I bounced off him. A horror novel?", "Stephen King"),
        ("I think Nolan is overrated. A thriller that's not his?", "Christopher Nolan"),
        ("japanese novels, but I have had my fill of Murakami", "Haruki Murakami"),
        ("a western but not star wars, we've seen all of those", "Star Wars"),
        ("finished all three hunger games books in a week. what do I read now?", "The Hunger Games"),
        ("Harry Potter we've read to death. another fantasy book", "Harry Potter"),
        ("we've exhausted Kubrick. More comedies?", "Stanley Kubrick"),
        ("a mystery in the vein of Christie, but I have read all of Christie", "Agatha Christie"),
    ],
)
def test_what_somebody_has_had_enough_of_is_ruled_out(usher: Assistant, text: str, name: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert name in {each["value"] for each in answer["none_of"]}
    assert name not in {each["value"] for each in answer["conditions"]}


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("I want more Jane Austen, I have not read all of her", "Jane Austen"),
        ("all the Agatha Christie books please", "Agatha Christie"),
    ],
)
def test_all_of_a_name_may_be_wanted(usher: Assistant, text: str, author: str) -> None:
    assert ("author", author) in conditions(usher.ask(text))


def test_whom_somebody_has_read_may_be_wanted_on_film(usher: Assistant) -> None:
    answer = usher.ask("I've read all of Stephen King. Any films of his?").answer
    assert "Stephen King" not in {each["value"] for each in answer["none_of"]}


def test_a_region_without_items_of_a_kind_is_said_and_answered_without_the_kind(usher: Assistant) -> None:
    answer = usher.ask("any scandinavian westerns?").answer
    countries = {"Sweden", "Denmark", "Norway", "Finland", "Iceland"}
    assert {each["value"] for each in answer["any_of"]} == countries
    assert answer["items"]
    assert "Western" in answer["note"]


def test_a_kind_that_is_asked_for_later_is_wanted_after_all(usher: Assistant) -> None:
    assert ("genre", "Sci-Fi") in conditions(
        usher.ask("I'm not into sci-fi, but tonight a sci-fi film it is")
    )


def test_of_kinds_that_are_each_somebodys_wish_either_will_do(usher: Assistant) -> None:
    answer = usher.ask("My sister wants a western, my brother a musical, I don't mind which").answer
    assert {each["value"] for each in answer["any_of"]} == {"Western", "Musical"}


def test_whom_a_companion_cannot_stand_is_ruled_out(usher: Assistant) -> None:
    turn = usher.ask("My sister can't stand Bill Murray. A comedy without him, please.")
    assert ("actor", "Bill Murray") in {(each["relation"], each["value"]) for each in turn.answer["none_of"]}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("we fell asleep in a Meryl Streep film, so no Meryl Streep. A drama?", "Meryl Streep"),
        ("a comedy with nobody named Bill Murray", "Bill Murray"),
    ],
)
def test_who_is_ruled_out_where_they_are_named_again_is_not_seen(
    usher: Assistant, text: str, actor: str
) -> None:
    turn = usher.ask(text)
    assert ("actor", actor) in {(each["relation"], each["value"]) for each in turn.answer["none_of"]}
    assert ("actor", actor) not in conditions(turn)


@pytest.mark.parametrize(
    "text", ["I hated Chinatown. What should I watch?", "Chinatown is banned here. A film?"]
)
def test_nothing_is_chosen_by_what_somebody_did_not_like(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["basis"] == "popular"
    assert "Chinatown" not in {each["title"] for each in answer["items"]}


def test_a_reference_that_leads_to_nobody_is_said(usher: Assistant) -> None:
    text = "films by the composer of My Neighbor Totoro and the editor of Zazie in the Metro"
    answer = usher.ask(text).answer
    assert "lists no editor for Zazie in the Metro" in answer["note"]


@pytest.mark.parametrize("text", ["some obscure dramas", "hidden gems, drama please", "lesser-known dramas"])
def test_a_request_for_what_is_less_known_has_the_best_known_last(usher: Assistant, text: str) -> None:
    best = usher.ask("dramas").answer["items"]
    answer = usher.ask(text).answer
    assert answer["unused"] == []
    middle = len(best) // 2
    assert [each["id"] for each in answer["items"]] == [each["id"] for each in best[middle:] + best[:middle]]
    assert f": {len(best)}" in answer["text"]


@pytest.mark.parametrize("verdict", ["Who's right?", "Is he right?", "Am I right?"])
def test_a_quarrel_is_settled_and_no_request(usher: Assistant, verdict: str) -> None:
    answer = usher.ask(f"My brother says Chinatown was directed by Sidney Lumet. {verdict}").answer
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert "Roman Polanski" in answer["text"]


def test_a_number_that_nothing_reads_is_named(usher: Assistant) -> None:
    assert usher.ask("thriller 44").answer["unused"] == ["44"]


def test_a_kind_may_be_a_sentence(usher: Assistant) -> None:
    assert ("genre", "Fantasy") in conditions(usher.ask("Something for tonight. Fantasy."))


def test_a_decade_that_is_not_wanted_leaves_the_others(usher: Assistant) -> None:
    years = [each["year"] for each in usher.ask("westerns, but not from the 60s").answer["items"]]
    assert years
    assert not any(year is None or 1960 <= year <= 1969 for year in years)


def test_kinds_that_are_each_liked_are_alternatives(usher: Assistant) -> None:
    answer = usher.ask("I like westerns and I love musicals").answer
    assert {each["value"] for each in answer["any_of"]} == {"Western", "Musical"}


def test_a_place_of_everyday_life_is_a_theme_after_what_leads_to_it(usher: Assistant) -> None:
    assert usher.ask("a film that takes place on a train").answer["basis"] == "text"


def test_an_order_alone_is_over_the_whole_catalogue(usher: Assistant) -> None:
    items = usher.ask("show me the newest films you have").answer["items"]
    assert [each["year"] for each in items] == sorted((each["year"] or 0 for each in items), reverse=True)
