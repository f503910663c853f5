"""What items are about by their tags, on a toy catalogue whose texts end in a list of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.documents import documents
from kg.embedders import Lsa
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId
from kg.vectors import exact_index
from tools.knowledge import Knowledge
from tools.search import search_items
from tools.theme_clauses import clauses
from tools.theme_phrases import names_subject, phrases_in, singulars, subject_phrases
from tools.theme_said import by_phrase
from tools.theme_words import taken_apart

TEXTS = {
    "Tents": "Two girls meet for the first time. Summer camp, swimming, friendship, twins.",
    "Snow": "In summer a man sets up camp in the snow. Ice, winter, survival, black and white.",
    "Ledger": "A clerk counts money. Wall Street, greed, money, ambition.",
    "Peak": "Two friends go up. Mountaineering, friendship, snow, danger.",
    "Parlour": "A widow rises. Social climbing, money, marriage, mountains.",
    "Ring": "A baker fights. Boxing champion, underdog, Chicago, training.",
    "Glove": "Brothers fight. Boxing, brothers, money, rivalry.",
    "Bus": "He misses the bus after a bout of boxing. City, rain, comedy of errors, one night.",
    "Wake": "Parents go on. Loss of a child, grief, marriage, winter.",
    "Kites": "A boy runs. On the run, kites, brothers, escape.",
    "Boulevard": "A painter drinks. Jazz age, Paris, art, friendship.",
    "Metro": "A clerk takes the train. Paris, train, rain, love.",
}


@pytest.fixture
def tagged(tmp_path: Path) -> Knowledge:
    return knowledge(tmp_path, TEXTS)


def knowledge(folder: Path, texts: dict[str, str]) -> Knowledge:
    builder = Builder()
    for title, text in texts.items():
        builder.add_item(Item(ItemId(title), title, 2000, "movie", ()), text)
    catalogue = builder.finish("tagged", "Test", "1")
    catalogues.save(catalogue, folder)
    naming.write(catalogue, folder)
    graph = KnowledgeGraph(catalogue, names.load(folder))
    return Knowledge(graph, lambda: exact_index(graph, Lsa.fit(documents(graph))))


def suiting(known: Knowledge, text: str) -> list[str]:
    return [hit.title for hit in search_items(known, text, domain="movie").items if hit.score > 0]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("films set at a summer camp", {"Tents"}),  # words that stand apart are no phrase
        ("mountain climbing", {"Peak"}),  # said in another word, and not of climbers of society
        ("films about losing a child", {"Wake"}),
        ("movies about the stock market", {"Ledger"}),
        ("films about running", set()),  # nobody runs who is on the run
        ("boxing films", {"Ring", "Glove"}),  # a sentence only mentions it
    ],
)
def test_only_what_is_about_a_theme_suits(tagged: Knowledge, asked: str, titles: set[str]) -> None:
    found = search_items(tagged, asked, domain="movie")
    told = found.about is not None and found.about >= 0.7
    assert told == bool(titles)
    assert not titles or set(suiting(tagged, asked)) == titles


def test_of_several_things_those_come_first_that_are_about_all(tagged: Knowledge) -> None:
    found = search_items(tagged, "something set in Paris in the twenties", domain="movie")
    assert (found.things, found.together) == (("Paris", "twenties"), 1)
    assert suiting(tagged, "something set in Paris in the twenties")[0] == "Boulevard"


def test_of_several_things_none_is_about_all_those_about_one_of_them_are_found(tagged: Knowledge) -> None:
    found = search_items(tagged, "mountain climbing and boxing", domain="movie")
    assert (found.things, found.together) == (("mountain climbing", "boxing"), 0)
    assert set(suiting(tagged, "mountain climbing and boxing")) == {"Peak", "Ring", "Glove"}


def test_a_list_with_commas_is_not_wanted_together(tagged: Knowledge) -> None:
    assert search_items(tagged, "mountain climbing, boxing", domain="movie").things == ()


def test_words_may_be_phrases_that_an_item_has_whole(tagged: Knowledge) -> None:
    found = search_items(tagged, "", words=["boxing|summer camp"], domain="movie")
    assert {hit.title for hit in found.items} >= {"Tents", "Ring"}


def test_items_by_words_come_with_what_is_told_of_a_text(tagged: Knowledge) -> None:
    told = search_items(tagged, "a summer camp with zeppelins", words=["boxing"], domain="movie")
    whole = search_items(tagged, "a summer camp with zeppelins", domain="movie")
    assert {hit.title for hit in told.items} == {"Ring", "Glove", "Bus"}
    assert (told.about, told.coverage, told.unheard) == (whole.about, whole.coverage, ("zeppelins",))


def test_a_tag_comes_before_a_tag_that_has_more_words(tagged: Knowledge) -> None:
    assert suiting(tagged, "boxing")[0] == "Glove"


def test_where_nothing_is_about_it_no_more_than_a_mention_is_told(tagged: Knowledge) -> None:
    assert search_items(tagged, "a film about a bus", domain="movie").about == pytest.approx(0.5)


def test_without_tags_nothing_is_left_out(tmp_path: Path) -> None:
    plain = knowledge(tmp_path, {title: text.split(". ")[0] + "." for title, text in TEXTS.items()})
    found = search_items(plain, "a summer camp", domain="movie")
    assert found.about is None
    assert found.items[0].title == "Snow"


def test_of_more_things_than_an_item_has_none_leaves_others_out(tagged: Knowledge) -> None:
    assert search_items(tagged, "boxing, Chicago, brothers, rain", domain="movie").about is None


def test_tags_are_the_parts_of_a_last_sentence_that_is_a_list() -> None:
    said = clauses("A man, a dog, a cat and a van. He drives. Road trip, dog, van, friendship.")
    assert [each.tells for each in said] == [0.5] * 4 + [1.0] * 4
    assert {each.tells for each in clauses("He drives, with a friend and all of her seven dogs.")} == {0.5}


def test_ways_to_say_a_subject_keep_the_forms_of_words() -> None:
    assert singulars(["Brothers", "running"]) == ("brother", "running")


def test_the_longest_phrase_is_taken() -> None:
    said = ["boarding", "school"]
    assert {place: length for place, (length, _) in phrases_in(said, said).items()} == {0: 2}


def test_words_that_say_nothing_beside_a_subject_are_no_subject() -> None:
    ((subjects,),) = taken_apart("circus life").subjects
    assert len(subjects) == 1
    assert subjects[0].ways


def test_every_phrase_is_found_in_the_words_that_say_it() -> None:
    for phrase in subject_phrases():
        words = phrase.split()
        assert 0 in phrases_in(words, words), phrase


def test_how_a_subject_is_is_no_subject_beside_it() -> None:
    ((subjects,),) = taken_apart("a small lighthouse").subjects
    assert [group.said for each in subjects for group in each.groups] == ["lighthouse"]
    assert taken_apart("something small").subjects


@pytest.mark.parametrize(("text", "named"), [("losing a child", True), ("gardening", True), ("form", False)])
def test_a_subject_may_be_said_in_other_words(text: str, named: bool) -> None:
    assert names_subject(text) == named


PLAIN = {
    "Saucers": "Martians land in a small town and take it.",
    "Beach": "Soldiers prepare an invasion, and an alien registers with the police.",
    "Journey": "A tailor will travel for the first time.",
    "Machine": "A clock that allows time travel goes wrong.",
}


@pytest.mark.parametrize(
    ("asked", "told"),
    [("alien invasion", {"Saucers"}), ("time travel", {"Machine"})],
)
def test_a_phrase_weighs_where_a_text_says_it_in_any_of_its_ways(
    tmp_path: Path, asked: str, told: set[str]
) -> None:
    known, phrase = knowledge(tmp_path, PLAIN), taken_apart(asked).phrases[0]
    weights = by_phrase(known, phrase)  # words that stand apart are no phrase
    assert {known.graph.catalogue.items[place].title for place in weights.nonzero()[0]} == told


def test_a_text_that_says_a_phrase_comes_before_one_that_has_its_words(tmp_path: Path) -> None:
    found = search_items(knowledge(tmp_path, PLAIN), "time travel", domain="movie")
    assert found.items[0].title == "Machine"
