"""What a name must have to be linked: the traps of a toy catalogue, and names of the built-in one."""

from __future__ import annotations

import pytest

from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.types import Entity, EntityId, Item, ItemId
from tests.conftest import as_graph
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.types import Links

SURE = 0.5
FILMS = {  # title -> year, director, actor, genre
    "Harbour Lights": (1971, "Orla Fennimore", "Rob Lantern", "Drama"),
    "Harbour Lights 2": (1974, "Orla Fennimore", "Tess Quarrie", "Drama"),
    "Lantern": (1980, "Basil Stone", "Tess Quarrie", "War"),
    "Up": (1999, "Basil Stone", "Tess Quarrie", "Comedy"),
    "Ghost": (1990, "Basil Stone", "Ida Bright", "Fantastic"),
    "The Juggler": (1961, "Orla Fennimore", "Jon Beckwith", "Drama"),
    "The Gravel: Part Two": (1988, "Orla Fennimore", "Jon Beckwith", "Food"),
    "Kestrel": (1990, "Orla Fennimore", "Nick Dear", "Young adult"),
    "Long Way Home": (1990, "Una Peel", "Mo Larch", "Drama"),
    "The 'larks": (1989, "Una Peel", "Mo Larch", "Drama"),
    "Kestrel ": (2004, "Lew Grey", "Jon Beck", "Young adult"),
}


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Titles and surnames that are everyday words or pieces of what else people write."""
    builder = Builder()
    for place, (title, (year, director, actor, genre)) in enumerate(FILMS.items()):
        item = ItemId(str(place))
        builder.add_item(Item(item, title.strip(), year))
        for relation, value in (("director", director), ("actor", actor), ("genre", genre)):
            builder.add_fact(item, relation, Entity(EntityId(f"{relation[:5]}/{value}"), value))
    return knowledge(as_graph(builder.finish("toy", "tests", "1"), tmp_path_factory.mktemp("traps")))


@pytest.fixture(scope="module")
def builtin() -> Knowledge:
    return knowledge(open_catalogue().graph)


def knowledge(graph: KnowledgeGraph) -> Knowledge:
    def no_index() -> None:
        raise AssertionError("linking needs no text index")

    return Knowledge(graph, no_index)  # type: ignore[arg-type]


def sure(links: Links) -> list[str]:
    """Return the labels that are surely linked, in the order of the text."""
    best = [mention.candidates[0] for mention in links.mentions]
    return [candidate.label for candidate in best if candidate.score >= SURE]


def unknown(links: Links) -> list[str]:
    return [part.text for part in links.unlinked]


# A run that is no name in full is one unknown name


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Lantern of Ice was great", "Lantern of Ice"),
        ("I saw Seven Shades of Grey", "Seven Shades of Grey"),
        ("what sort of film is Month of the Stone?", "Month of the Stone"),
        ("Stone Man 3 is on tonight", "Stone Man 3"),
        ("I loved The Ghost Parade", "The Ghost Parade"),
        ("we watched Get Lost last week", "Get Lost"),
        ("The Pale Rider is my favourite film", "The Pale Rider"),
        ("Mad Lew: Grey Road was amazing", "Mad Lew: Grey Road"),
        ("something like Grey’s Lament", "Grey’s Lament"),
        ("films with Rob Beckwith Grey", "Rob Beckwith Grey"),
        ("have you seen An Earl and a Stone?", "An Earl and a Stone"),
    ],
)
def test_no_piece_of_an_unknown_name_is_linked(traps: Knowledge, text: str, whole: str) -> None:
    links = link_entities(traps, text)
    assert (sure(links), unknown(links)) == ([], [whole])


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("I loved Harbour Lights", ["Harbour Lights"]),
        ("I loved The Gravel", ["The Gravel: Part Two"]),
        ("I loved Juggler", ["The Juggler"]),
        ("I loved Harbuor Lights", ["Harbour Lights"]),
        ("films by Orla Fenimore", ["Orla Fennimore"]),
        ("Director Orla Fennimore", ["Orla Fennimore"]),
        ("Old Orla Fennimore Films", ["Orla Fennimore"]),
        ("Orla Fennimore Tess Quarrie", ["Orla Fennimore", "Tess Quarrie"]),
        ("Speaking of The Juggler: more of that", ["The Juggler"]),
        ("I loved The 'larks", ["The 'larks"]),
    ],
)
def test_a_name_in_full_or_nearly_is_linked(traps: Knowledge, text: str, labels: list[str]) -> None:
    links = link_entities(traps, text)
    assert (sure(links), unknown(links)) == (labels, [])


@pytest.mark.parametrize(
    "text",
    ["Long way home tonight, so a comedy with Ida Bright", "Ida Bright? it is a long way home, I think"],
)
def test_ordinary_words_are_no_title_for_the_capital_of_a_sentence(traps: Knowledge, text: str) -> None:
    assert "Long Way Home" not in sure(link_entities(traps, text))


@pytest.mark.parametrize("text", ["Kestrel Fennimore", "Fennimore Kestrel", "Fennimore’s Kestrel"])
def test_a_surname_beside_a_title_of_theirs_is_linked(traps: Knowledge, text: str) -> None:
    assert sorted(sure(link_entities(traps, text))) == ["Kestrel", "Orla Fennimore"]


def test_a_surname_beside_a_title_of_others_is_no_name(traps: Knowledge) -> None:
    links = link_entities(traps, "Ghost Fennimore")
    assert (sure(links), unknown(links)) == ([], ["Ghost Fennimore"])


def test_every_word_of_a_typo_must_be_near(traps: Knowledge) -> None:
    links = link_entities(traps, "Jon Wack was great")
    assert (sure(links), unknown(links)) == ([], ["Jon Wack"])


def test_another_number_of_a_title_is_another_title(traps: Knowledge) -> None:
    links = link_entities(traps, "the film The Jugglers")
    assert (unknown(links), links.unlinked[0].nearest) == (["The Jugglers"], ("The Juggler",))


def test_each_of_a_list_is_one_unknown_name(traps: Knowledge) -> None:
    links = link_entities(traps, "I enjoyed Widgets and The Grommet")
    assert unknown(links) == ["Widgets", "The Grommet"]


def test_what_is_said_in_full_elsewhere_is_not_unknown(traps: Knowledge) -> None:
    assert unknown(link_entities(traps, "I like Orla Fennimore. Anything by Orla?")) == []


def test_a_writer_of_capitals_everywhere_names_one_title(traps: Knowledge) -> None:
    links = link_entities(traps, "I Loved The Gremble Movie And Want More Like That Please")
    assert unknown(links) == ["The Gremble Movie"]


@pytest.mark.parametrize("text", ["Please Show Me A Good War Film", "What Should I Watch With Dad Tonight"])
def test_a_writer_of_capitals_everywhere_names_nothing_by_them(traps: Knowledge, text: str) -> None:
    assert unknown(link_entities(traps, text)) == []


# Small letters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("any film by bessie stone", "bessie stone"),
        ("films starring zindaya", "zindaya"),
        ("something with wilbur grabnik in it", "wilbur grabnik"),
        ("gribnak 2 is my favourite film", "gribnak 2"),
        ("ghost man 3 was great", "ghost man 3"),
        ("a comedy like supergrim", "supergrim"),
        ("i loved the grommel film", "the grommel film"),
        ("have you seen wobbleton?", "wobbleton"),
        ("gribnak was awesome", "gribnak"),
    ],
)
def test_an_unknown_name_in_small_letters_is_read_where_one_stands(
    traps: Knowledge, text: str, name: str
) -> None:
    links = link_entities(traps, text)
    assert ("Basil Stone" in sure(links), unknown(links)) == (False, [name])


def test_names_listed_in_small_letters_are_each_unknown(traps: Knowledge) -> None:
    assert unknown(link_entities(traps, "films like gribnak and wobbleton")) == ["gribnak", "wobbleton"]


@pytest.mark.parametrize(
    "text",
    [
        "something with a happy ending",
        "by candlelight with my sister",
        "the acting was great",
        "i liked the last one",
        "i have seen the first 2",
        "i watched it 3 times",
        "like a dream",
        "something like that but funnier",
        "in bed by 8",
    ],
)
def test_phrases_of_everyday_english_are_no_names(traps: Knowledge, text: str) -> None:
    links = link_entities(traps, text)
    assert (sure(links), unknown(links)) == ([], [])


@pytest.mark.parametrize(
    "text", ["films by orla fennimore", "films by fennimore", "a fennimore film", "fennimore"]
)
def test_known_names_in_small_letters_are_linked(traps: Knowledge, text: str) -> None:
    assert sure(link_entities(traps, text)) == ["Orla Fennimore"]


# Everyday words


@pytest.mark.parametrize(
    "text",
    [
        "a lantern would be nice",
        "a stone cold comedy",
        "something bright and funny",
        "grey days, so a comedy",
        "ghost stories",
        "a ghost film",
        "do you have a back-up plan?",
        "I need a back-up plan for Sunday",
        "movies made up to 1990",
        "hurry up please",
        "i like ghosts",
        "i believe in a ghost",
        "Dear friend, how are you?",
        "dear assistant, hello",
    ],
)
def test_everyday_words_are_neither_titles_nor_surnames(traps: Knowledge, text: str) -> None:
    found = set(sure(link_entities(traps, text)))
    assert not found & {
        "Lantern",
        "Rob Lantern",
        "Basil Stone",
        "Ida Bright",
        "Lew Grey",
        "Ghost",
        "Up",
        "Nick Dear",
    }


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I loved Up", "Up"),
        ("have you seen ghost?", "Ghost"),
        ("something like ghost but funny", "Ghost"),
        ("i loved ghost", "Ghost"),
        ("ghost was great", "Ghost"),
        ("the director of Ghost", "Ghost"),
        ("ghost (1990)", "Ghost"),
        ("ghost", "Ghost"),
        ("directed by stone", "Basil Stone"),
        ("the lantern director", "Lantern"),
    ],
)
def test_everyday_words_are_names_where_one_is_led_to(traps: Knowledge, text: str, label: str) -> None:
    assert label in sure(link_entities(traps, text))


@pytest.mark.parametrize("text", ["fantastic, that one is on my list", "how fantastic!", "sounds fantastic"])
def test_praise_is_no_genre(traps: Knowledge, text: str) -> None:
    assert sure(link_entities(traps, text)) == []


@pytest.mark.parametrize("text", ["a fantastic film", "fantastic films please"])
def test_a_word_of_praise_before_a_noun_may_be_a_genre(traps: Knowledge, text: str) -> None:
    assert sure(link_entities(traps, text)) == ["Fantastic"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("see ya later", []),
        ("do ya have more?", []),
        ("ya films", ["Young adult"]),
        ("a YA film", ["Young adult"]),
    ],
)
def test_a_short_form_of_a_genre_needs_a_noun(traps: Knowledge, text: str, labels: list[str]) -> None:
    assert sure(link_entities(traps, text)) == labels


def test_a_word_of_english_is_no_misspelt_genre(traps: Knowledge) -> None:
    assert sure(link_entities(traps, "a film about a flood or a foot")) == []


# Surnames


@pytest.mark.parametrize(
    "text", ["have you seen Beckwith?", "I watched Grey", "Quarrie is on tonight, seen Bright?"]
)
def test_a_rare_surname_in_a_title_s_place_is_an_unknown_title(traps: Knowledge, text: str) -> None:
    assert not {"Jon Beckwith", "Lew Grey", "Ida Bright"} & set(sure(link_entities(traps, text)))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("I like Stone and Fennimore", ["Basil Stone", "Orla Fennimore"]),
        ("a Fennimore film", ["Orla Fennimore"]),
        ("Fennimore films", ["Orla Fennimore"]),
        ("anything by Grey", ["Lew Grey"]),
        ("films starring Bright", ["Ida Bright"]),
        ("Fennimore & Stone", ["Orla Fennimore", "Basil Stone"]),
    ],
)
def test_a_surname_is_linked_where_a_person_stands(traps: Knowledge, text: str, labels: list[str]) -> None:
    assert sure(link_entities(traps, text)) == labels


# Years and numbers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I loved Ghost (2013)", "Ghost (2013)"),
        ("a film like Widgetry (2007)", "Widgetry (2007)"),
        ("something like widgetry (2007)", "widgetry (2007)"),
        ("films like Harbour Lights 3", "Harbour Lights 3"),
        ("i saw harbour lights 2049", "harbour lights 2049"),
        ("Kestrel (1950)", "Kestrel (1950)"),
    ],
)
def test_a_year_or_number_that_no_item_has_makes_a_title_unknown(
    traps: Knowledge, text: str, name: str
) -> None:
    links = link_entities(traps, text)
    assert (sure(links), unknown(links)) == ([], [name])


@pytest.mark.parametrize(
    ("text", "year"),
    [("Kestrel (1990)", 1990), ("Kestrel (2004)", 2004), ("Kestrel (2005)", 2004), ("kestrel (2004)", 2004)],
)
def test_a_year_in_brackets_tells_which_of_a_title_is_meant(traps: Knowledge, text: str, year: int) -> None:
    (mention,) = link_entities(traps, text).mentions
    assert {candidate.year for candidate in mention.candidates} == {year}


def test_a_sequel_that_is_there_is_linked(traps: Knowledge) -> None:
    assert sure(link_entities(traps, "I loved Harbour Lights 2")) == ["Harbour Lights 2"]


# Nearest


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("I watched The Jugglers", ("The Juggler",)),
        ("films by The Jugglers", ()),
        ("films by Orla Featherstone", ()),
    ],
)
def test_nearest_is_of_the_same_kind_and_close(traps: Knowledge, text: str, nearest: tuple[str, ...]) -> None:
    found = [label for part in link_entities(traps, text).unlinked for label in part.nearest]
    assert tuple(found) == nearest


# The built-in catalogue


@pytest.mark.parametrize(
    "text",
    [
        "Knives of London was so good",
        "the film Silver Men Walking",
        "anything with Wilhelmina Obradovich?",
        "books by Rutger Vandermolen",
        "I just saw Jaws 9",
        "a comedy like Grimsbottom (2011)",
        "Star Zorgs is my favourite film",
        "more like Wexford Hall",
    ],
)
def test_what_the_built_in_catalogue_lacks_is_unknown(builtin: Knowledge, text: str) -> None:
    links = link_entities(builtin, text)
    titles = [m for m in links.mentions if m.candidates[0].score >= SURE and m.candidates[0].kind == "item"]
    assert (len(links.unlinked), titles) == (1, [])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("movies with De Niro & Pacino", "Al Pacino"),
        ("Spielberg’s Jaws", "Jaws"),
        ("Arnold Schwarzeneger movies", "Arnold Schwarzenegger"),
        ("a kubrick film", "Stanley Kubrick"),
        ("Something Like The Matrix", "The Matrix"),
        ("i saw jaws again", "Jaws"),
    ],
)
def test_what_the_built_in_catalogue_has_is_linked(builtin: Knowledge, text: str, label: str) -> None:
    assert label in sure(link_entities(builtin, text))


def test_a_misspelt_surname_is_a_candidate(builtin: Knowledge) -> None:
    (mention,) = link_entities(builtin, "another Tolkein book").mentions
    assert (mention.candidates[0].label, mention.candidates[0].match) == ("J. R. R. Tolkien", "spelling")


def test_a_series_is_meant_where_one_is_called_so(builtin: Knowledge) -> None:
    (mention,) = link_entities(builtin, "the matrix series").mentions
    assert {candidate.kind for candidate in mention.candidates} == {"entity"}


@pytest.fixture(scope="module")
def surnames(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """People whose surnames small words spell without a space, or who write theirs in two."""
    builder = Builder()
    builder.add_item(Item(ItemId("1"), "Salt Road", 1999))
    for label in ("Lena Orr", "Mara De Luca", "Tove McArran"):
        builder.add_fact(ItemId("1"), "composer", Entity(EntityId(f"compo/{label}"), label))
    return knowledge(as_graph(builder.finish("toy", "tests", "1"), tmp_path_factory.mktemp("surnames")))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("PG-13 or R. Nothing else", []),
        ("pg-13 or r", []),
        ("scored by Orr", ["Lena Orr"]),
        ("scored by de luca", ["Mara De Luca"]),
        ("scored by mc arran", ["Tove McArran"]),
    ],
)
def test_small_words_that_spell_a_surname_are_none(surnames: Knowledge, text: str, labels: list[str]) -> None:
    assert sure(link_entities(surnames, text)) == labels
