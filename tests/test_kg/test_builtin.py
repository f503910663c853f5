"""The catalogue that ships with Usher: what is in it, how its files read, and what a wrong record is told."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kg import names, naming
from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.sources import builtin
from kg.text import name_key
from kg.types import Condition, Item, Op, RelationName

PEOPLE = ("director", "actor", "composer", "cinematographer", "writer", "producer", "editor")
NAMED = {*PEOPLE, "author", "publisher", "series"}


@cache
def shipped() -> Catalogue:
    return builtin.read()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("names")
    naming.write(shipped(), folder)
    return KnowledgeGraph(shipped(), names.load(folder))


def found(graph: KnowledgeGraph, relation: str, op: Op, value: str) -> list[str]:
    met = graph.find([Condition(RelationName(relation), value, op)])
    return [graph.catalogue.items[i].name for i in met.tolist()]


def values(relation: str) -> Counter[str]:
    """Count on how many items each value of a relation stands, by entity id."""
    catalogue = shipped()
    return Counter(
        catalogue.entities[entity].id
        for _, code, entity in catalogue.edges.tolist()
        if catalogue.relations[code].name == relation
    )


def histories() -> dict[str, list[Item]]:
    catalogue = shipped()
    assert catalogue.histories is not None
    return {
        user.id: [catalogue.items[item] for item in catalogue.histories.of(position).tolist()]
        for position, user in enumerate(catalogue.users)
    }


# What is in it


def test_there_are_2981_films_and_955_books() -> None:
    assert Counter(item.domain for item in shipped().items) == {"movie": 2981, "book": 955}


@pytest.mark.parametrize("decade", range(1930, 2030, 10))
def test_every_decade_has_films(decade: int) -> None:
    years = [item.year or 0 for item in shipped().items if item.domain == "movie"]
    assert sum(decade <= year < decade + 10 for year in years) >= 15


def test_at_least_60_films_are_from_countries_where_english_is_not_spoken() -> None:
    catalogue = shipped()
    spoken = {
        f"country/{name}"
        for name in ("united-states", "united-kingdom", "australia", "new-zealand", "ireland")
    }
    countries: dict[int, set[str]] = {}
    for item, code, entity in catalogue.edges.tolist():
        if catalogue.relations[code].name == "country" and catalogue.items[item].domain == "movie":
            countries.setdefault(item, set()).add(catalogue.entities[entity].id)
    assert sum(not held & spoken for held in countries.values()) >= 60


@pytest.mark.parametrize("relation", sorted({*NAMED, "country", "genre"}))
def test_every_relation_has_chains_of_three_and_more(relation: str) -> None:
    assert sum(count >= 3 for count in values(relation).values()) >= 10


@pytest.mark.parametrize(
    ("domain", "relations"),
    [("movie", {"director", "actor", "genre", "country"}), ("book", {"author", "genre"})],
)
def test_every_record_is_complete(domain: str, relations: set[str]) -> None:
    catalogue = shipped()
    names = [each.name for each in catalogue.relations]
    held: dict[int, set[str]] = {i: set() for i, item in enumerate(catalogue.items) if item.domain == domain}
    for item, code, _ in catalogue.edges.tolist():
        if item in held:
            held[item].add(names[code])
    assert {catalogue.items[i].title: relations - has for i, has in held.items() if relations - has} == {}


@pytest.mark.parametrize(
    ("domain", "relation", "low", "high"), [("movie", "running_time", 41, 432), ("book", "pages", 30, 1350)]
)
def test_every_item_has_one_length_within_reason(domain: str, relation: str, low: int, high: int) -> None:
    lengths = shipped().literals[relation]
    assert [shipped().items[i].domain for i in lengths.items.tolist()] == [domain] * len(lengths.values)
    assert len(lengths.known) == len(lengths.values) == sum(i.domain == domain for i in shipped().items)
    assert ((low <= lengths.values) & (lengths.values <= high)).all()


def test_pages_are_rounded_to_tens() -> None:
    assert not (shipped().literals["pages"].values % 10).any()


def test_every_item_but_a_silent_film_has_a_language() -> None:
    catalogue = shipped()
    spoken = {
        item for item, code, _ in catalogue.edges.tolist() if catalogue.relations[code].name == "language"
    }
    silent = [item for i, item in enumerate(catalogue.items) if i not in spoken]
    later = [item.name for item in silent if (item.year or 0) > 1928]
    assert later == ["Pandora's Box (1929)", "City Lights (1931)"]
    assert len(silent) == 32


def test_age_ratings_are_those_of_a_scale_and_a_film_has_one_at_most() -> None:
    catalogue = shipped()
    (rating,) = (each for each in catalogue.relations if each.name == "age_rating")
    rated = [
        (item, entity)
        for item, code, entity in catalogue.edges.tolist()
        if catalogue.relations[code] == rating
    ]
    assert rating.scale == ("G", "PG", "PG-13", "R", "NC-17")
    assert {catalogue.entities[entity].label for _, entity in rated} <= set(rating.scale)
    assert len(rated) == len({item for item, _ in rated}) > 350


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gone with the Wind (1939)", {"running_time": "238", "language": "English", "age_rating": "G"}),
        ("Seven Samurai (1954)", {"running_time": "207", "language": "Japanese"}),
        ("Lawrence of Arabia (1962)", {"running_time": "222", "age_rating": "PG"}),
        ("The Matrix (1999)", {"running_time": "136", "age_rating": "R"}),
        ("The Lion King (1994)", {"running_time": "88", "age_rating": "G"}),
        ("Parasite (2019)", {"running_time": "132", "language": "Korean", "age_rating": "R"}),
        ("Animal Farm (1945)", {"pages": "110", "language": "English"}),
        ("War and Peace (1869)", {"language": "Russian"}),
    ],
)
def test_planted_values_are_held(graph: KnowledgeGraph, name: str, said: dict[str, str]) -> None:
    (item,) = (each.id for each in shipped().items if each.name == name)
    assert {relation: ", ".join(graph.labels(item, relation)) for relation in said} == said


def test_films_are_compared_by_their_length(graph: KnowledgeGraph) -> None:
    short = found(graph, "running_time", "<=", "60")
    assert short == ["Sherlock Jr. (1924)", "Zero for Conduct (1933)", "Black Girl (1966)"]


def test_films_are_compared_by_their_age_rating(graph: KnowledgeGraph) -> None:
    mild = found(graph, "age_rating", "<=", "PG")
    assert {"The Lion King (1994)", "Jaws (1975)"} <= set(mild)
    assert "The Matrix (1999)" not in mild


@pytest.mark.parametrize(
    ("person", "films"),
    [
        ("Owen Roizman", {"Taps (1981)", "Absence of Malice (1981)"}),
        ("Victor J. Kemper", {"Stay Hungry (1976)", "Beethoven (1992)"}),
    ],
)
def test_two_films_share_their_cinematographer(graph: KnowledgeGraph, person: str, films: set[str]) -> None:
    assert films < set(found(graph, "cinematographer", "is", person))


def test_every_item_has_year_and_text() -> None:
    assert [i.id for i in shipped().items if not i.year or not shipped().texts.get(i.id)] == []


def records() -> list[builtin.Record]:
    return [record for path in builtin.files(builtin.HERE)[:2] for _, record in builtin.records(path)]


def test_no_sentence_is_used_twice() -> None:
    said = Counter(record["about"][0] for record in records())
    assert [sentence for sentence, count in said.items() if count > 1] == []


def test_every_item_has_5_to_16_themes() -> None:
    assert [each["title"] for each in records() if not 5 <= len(each.get("theme", ())) <= 16] == []


def test_a_theme_is_a_word_or_a_short_phrase() -> None:
    themes = {theme for record in records() for theme in record["theme"]}
    assert [theme for theme in sorted(themes) if len(theme.split()) > 7 or set(theme) & set(",;")] == []


def test_the_items_of_a_file_are_in_the_order_of_their_years() -> None:
    for domain in ("movie", "book"):
        order = [(item.year, item.title) for item in shipped().items if item.domain == domain]
        assert order == sorted(order)


def test_no_title_with_its_year_occurs_twice() -> None:
    assert [name for name, n in Counter(item.name for item in shipped().items).items() if n > 1] == []


def test_no_person_is_spelt_in_two_ways() -> None:
    spelt: dict[str, set[str]] = {}
    for path in builtin.files(builtin.HERE)[:2]:
        for _, record in builtin.records(path):
            for name in [value for key in NAMED for value in record.get(key, ())]:
                spelt.setdefault(name_key(name), set()).add(name)
    assert [names for names in spelt.values() if len(names) > 1] == []


def test_no_value_is_repeated_in_its_line() -> None:
    repeated = [
        (number, key)
        for path in builtin.files(builtin.HERE)
        for number, record in builtin.records(path)
        for key, said in record.items()
        if len(set(said)) < len(said)
    ]
    assert repeated == []


def test_no_other_title_is_the_title_itself() -> None:
    assert [item.id for item in shipped().items if item.title in item.aliases] == []


# Two people of one name


@pytest.mark.parametrize("name", ["Steve McQueen", "Graham Greene", "John Morris", "Bill Butler"])
def test_two_people_of_one_name_are_two(name: str) -> None:
    assert len([each for each in shipped().entities if each.label == name]) == 2


def test_a_person_is_one_whatever_they_did() -> None:
    assert len([each for each in shipped().entities if each.label == "Clint Eastwood"]) == 1


def test_a_qualifier_is_in_the_id_and_not_in_the_label() -> None:
    greene = builtin.entity("actor", "Graham Greene (actor)")
    assert (greene.id, greene.label) == ("person/graham-greene-actor", "Graham Greene")


def test_no_label_has_a_qualifier() -> None:
    assert [each.label for each in shipped().entities if each.label.endswith(")")] == []


# Viewers and readers


def test_there_are_128_invented_people() -> None:
    assert len(shipped().users) == 128
    assert "INVENTED" in (builtin.HERE / "people.txt").read_text(encoding="utf-8").split("\n\n")[0]


def test_a_history_holds_15_to_60_items_once_each() -> None:
    assert {key: len(items) for key, items in histories().items() if not 15 <= len(items) <= 60} == {}
    assert [key for key, items in histories().items() if len({i.id for i in items}) < len(items)] == []


def test_people_have_all_that_a_group_is_made_of() -> None:
    users = shipped().users
    assert {user.gender for user in users} == {"F", "M"}
    assert {user.age for user in users} == set(builtin.AGES)
    assert all(user.occupation for user in users)


def test_tastes_overlap() -> None:
    chosen = Counter(item.id for items in histories().values() for item in items)
    assert sum(count >= 2 for count in chosen.values()) > 300


def test_parts_of_one_series_are_chosen_in_order() -> None:
    fellowship, towers = "The Fellowship of the Ring (1954)", "The Two Towers (1954)"
    for items in histories().values():
        names = [item.name for item in items]
        if fellowship in names and towers in names:
            assert names.index(fellowship) < names.index(towers)


def test_a_persons_id_is_their_name() -> None:
    assert shipped().users[0].id == "nora-nightingrain"


# How the files read

FILM = "title: A\nyear: 1990\ndirector: B C\ngenre: Drama\nabout: d\n"
BOOK = "title: E\nyear: 1991\nauthor: F G\ngenre: Fantasy\nabout: h\n"
PERSON = "name: N N\nage: 25\ngender: F\noccupation: artist\nhistory: A (1990)\n"


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, text in {"films": FILM, "books": BOOK, **files}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_names_and_people_are_not_needed(tmp_path: Path) -> None:
    assert builtin.read(folder_of(tmp_path)).counts["users"] == 0


def test_another_name_is_an_alias(tmp_path: Path) -> None:
    catalogue = builtin.read(folder_of(tmp_path, names="name: B C\naka: Bee C; B See\n"))
    assert [each.aliases for each in catalogue.entities if each.label == "B C"] == [("Bee C", "B See")]


def test_a_person_and_what_they_chose(tmp_path: Path) -> None:
    catalogue = builtin.read(folder_of(tmp_path, people=PERSON))
    assert catalogue.histories is not None
    assert (catalogue.users[0].id, catalogue.histories.of(0).tolist()) == ("n-n", [0])


def test_themes_are_a_sentence_after_the_description_and_no_fact(tmp_path: Path) -> None:
    catalogue = builtin.read(folder_of(tmp_path, films=f"{FILM}theme: heist; twist ending\n"))
    assert catalogue.texts[catalogue.items[0].id] == "d… Heist, twist ending."
    assert {each.name for each in catalogue.relations} == {"director", "genre", "author"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: A\nyear: 1990\n", "films.txt:1: a record needs title, year and about"),
        ("title: A\nyear: soon\nabout: b\n", "films.txt:1: a record needs title, year and about"),
        ("", "films.txt: the file is empty"),
        ("# c\n", "films.txt: the file is empty"),
        (FILM[:-1], "films.txt:5: the file ends in the middle of a line"),
        ("# c\n\ntitle: A\ncolour: red\n", "films.txt:4: 'colour: red' is not"),
        ("title: A\ntitle: B\n", "films.txt:2: 'title: B' is not"),
        ("title: A\nyear: 1990\nabout: b\n\n" * 2, "films.txt:5: item id 'movie/a-1990' occurs twice"),
        (FILM.replace("Drama", "Dramma"), "films.txt:1: unknown genre 'Dramma' of 'A'"),
        (FILM.replace("Drama", "Satire"), "films.txt:1: unknown genre 'Satire' of 'A'"),
        (FILM + "age_rating: U\n", "films.txt:1: unknown age_rating 'U' of 'A'"),
        (FILM + "running_time: 2h\n", "films.txt:1: running_time is '2h', expected one whole number"),
        (FILM + "running_time: 90; 95\n", "films.txt:1: running_time is '90; 95', expected one whole number"),
        (FILM + "running_time: 0\n", "films.txt:1: running_time is '0', expected one whole number above 0"),
    ],
)
def test_a_bad_item_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        builtin.read(folder_of(tmp_path, films=text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: B D\naka: E\n", r"names.txt:1: nobody is called 'B D'\n  Did you mean 'B C'\?"),
        ("name: B C\n", "names.txt:1: a record needs name and aka"),
        ("title: A\n", "names.txt:1: 'title: A' is not"),
    ],
)
def test_a_bad_name_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        builtin.read(folder_of(tmp_path, names=text))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("A (1990)", "A (1980)"),
            r"people.txt:1: 'n-n' chose 'A \(1980\)'.*\n  Did you mean 'A \(1990\)'\?",
        ),
        (("age: 25", "age: 26"), "people.txt:1: age '26' and gender 'F', expected"),
        (("gender: F", "gender: x"), "people.txt:1: age '25' and gender 'x', expected"),
        (("gender: F\n", ""), "people.txt:1: a person needs gender"),
        (("name: N N", "title: N N"), "people.txt:1: 'title: N N' is not"),
    ],
)
def test_a_bad_person_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(DataError, match=said):
        builtin.read(folder_of(tmp_path, people=PERSON.replace(*change)))


def test_a_person_who_occurs_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"people.txt:7: the person 'n-n' occurs twice"):
        builtin.read(folder_of(tmp_path, people=f"{PERSON}\n{PERSON}"))
