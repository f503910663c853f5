"""Every spelling under which something may be called, exact and near."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg import names, naming, trigrams
from kg.builder import Builder
from kg.forms import Form, entity_forms
from kg.graph import KnowledgeGraph
from kg.names import NameIndex
from kg.sources import builtin
from kg.text import name_key
from kg.types import Entity, EntityId, Item, ItemId, Kind

ITEMS = {
    "harbour": "The Glass Harbour",
    "episode": "Star Fleet: Episode IV - A New Dawn",
    "eight": "Eight Men Out",
    "enfer": "L'Enfer",
    "long": "How I Learned to Love the Rain",
}
FACTS = {
    "director": [
        "Philip Seymour Hoffmann",
        "J. R. R. Tolkin",
        "Guillermo del Toro",
        "Robert Dow Jr.",
        "Wim von Ek",
    ],
    "distributor": ["Grey Gate Pictures"],
    "series": ["The Earthsea Cycle", "Chronicles of Ember", "Ottilie Crane"],
    "genre": ["Science fiction novel", "Comedy", "Film-Noir", "Short stories", "War"],
}


@pytest.fixture
def index(graph_of: Callable[..., KnowledgeGraph]) -> KnowledgeGraph:
    items = [Item(ItemId(key), title) for key, title in ITEMS.items()]
    items.append(Item(ItemId("boat"), "The Boat", 1981, "movie", ("Das Boot",)))
    return graph_of(items, [("eight", name, label) for name, labels in FACTS.items() for label in labels])


def named(graph: KnowledgeGraph, said: str) -> dict[str, Form]:
    """Return the items' ids and the entities' labels that `said` names, with the form of each."""
    found = graph.names.lookup([name_key(said)])[0]
    catalogue = graph.catalogue
    return {
        catalogue.items[ref.code].id if ref.is_item else catalogue.entities[-1 - ref.code].label: ref.form
        for ref in found
    }


@pytest.mark.parametrize(
    ("said", "name", "form"),
    [
        ("The Glass Harbour", "harbour", Form.FULL),
        ("the glass harbour", "harbour", Form.FULL),
        ("Glass Harbour", "harbour", Form.ALIAS),
        ("Das Boot", "boat", Form.ALIAS),
        ("Boot Das", None, None),
        ("Star Fleet", "episode", Form.SHORT),
        ("New Dawn", "episode", Form.SHORT),
        ("Star Fleet 4 A New Dawn", "episode", Form.SHORT),
        ("How I Learned", "long", Form.PREFIX),
        ("8 Men Out", "eight", Form.FULL),
        ("EightMen Out", None, None),
        ("l’enfer", "enfer", Form.FULL),
        ("lenfer", "enfer", Form.FULL),
    ],
)
def test_items_are_found_under_their_titles(
    index: KnowledgeGraph, said: str, name: str | None, form: Form | None
) -> None:
    assert named(index, said) == ({name: form} if name else {})


@pytest.mark.parametrize(
    ("said", "name", "form"),
    [
        ("Philip Seymour Hoffmann", "Philip Seymour Hoffmann", Form.FULL),
        ("philip hoffmann", "Philip Seymour Hoffmann", Form.INITIALS),
        ("P. S. Hoffmann", "Philip Seymour Hoffmann", Form.INITIALS),
        ("Hoffmann", "Philip Seymour Hoffmann", Form.SURNAME),
        ("JRR Tolkin", "J. R. R. Tolkin", Form.FULL),
        ("del Toro", "Guillermo del Toro", Form.SURNAME),
        ("Toro", "Guillermo del Toro", Form.SURNAME),
        ("Robert Dow", "Robert Dow Jr.", Form.INITIALS),
        ("Dow", "Robert Dow Jr.", Form.SURNAME),
        ("Ek", None, None),
        ("Philip", None, None),
    ],
)
def test_people_are_found_under_initials_and_surname(
    index: KnowledgeGraph, said: str, name: str | None, form: Form | None
) -> None:
    assert named(index, said) == ({name: form} if name else {})


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("comedies", "Comedy"),
        ("humour", "Comedy"),
        ("films noirs", "Film-Noir"),
        ("noir", "Film-Noir"),
        ("sci-fi novels", "Science fiction novel"),
        ("short story", "Short stories"),
        ("science fiction", "Science fiction novel"),
        ("Grey Gate", "Grey Gate Pictures"),
        ("Earthsea", "The Earthsea Cycle"),
        ("Earthsea Cycle", "The Earthsea Cycle"),
        ("Ember", "Chronicles of Ember"),
        ("Crane", "Ottilie Crane"),
    ],
)
def test_categories_companies_and_series_are_found_as_people_say_them(
    index: KnowledgeGraph, said: str, name: str
) -> None:
    assert list(named(index, said)) == [name]


def test_split_and_glued_words_agree(index: KnowledgeGraph) -> None:
    assert named(index, "Glassharbour") == named(index, "Glass Har Bour") == {"harbour": Form.ALIAS}


def test_an_unknown_name_names_nothing(index: KnowledgeGraph) -> None:
    assert named(index, "Zorg Blattner") == {}


def test_no_keys_no_answers(index: KnowledgeGraph) -> None:
    assert index.names.lookup([]) == []


def test_whole_names_come_before_shortened_ones(graph_of: Callable[..., KnowledgeGraph]) -> None:
    items = [Item(ItemId("part"), "Heat: A Tale of Two"), Item(ItemId("whole"), "Heat")]
    assert list(named(graph_of(items, []), "Heat").values()) == [Form.FULL, Form.SHORT]


def test_a_work_that_is_no_item_is_not_indexed(graph_of: Callable[..., KnowledgeGraph]) -> None:
    graph = graph_of([Item(ItemId("a"), "Salt Road")], [("a", "previous_work", "Pepper Road")])
    assert named(graph, "Pepper Road") == {}


def test_an_index_of_nothing_finds_nothing(graph_of: Callable[..., KnowledgeGraph]) -> None:
    empty = graph_of([], []).names
    assert (empty.lookup(["abcdef"]), empty.near("abcdef", 2)) == ([()], [])


@pytest.mark.parametrize(
    ("typed", "distance"),
    [
        ("glassharbour", 0),
        ("glassharbor", 1),
        ("glasharbour", 1),
        ("glassharbuor", 1),
        ("glaasharbor", 2),
        ("lassharbours", 2),
    ],
)
def test_near_finds_misspellings(index: KnowledgeGraph, typed: str, distance: int) -> None:
    assert index.names.near(typed, 2)[0] == ("glassharbour", distance)


def test_near_says_nothing_of_short_keys(index: KnowledgeGraph) -> None:
    assert index.names.near("dow", 2) == []


def test_near_keeps_to_its_limit(index: KnowledgeGraph) -> None:
    assert len(index.names.near("glassharbour", 3, limit=1)) == 1


def test_near_finds_names_of_letters_with_several_bytes(graph_of: Callable[..., KnowledgeGraph]) -> None:
    near = graph_of([Item(ItemId("a"), "千と千尋の神隠し")], []).names.near("千と千尋神の隠し", 1)
    assert [each.distance for each in near] == [1]


@cache
def shipped_keys() -> list[str]:
    return sorted({key for key, _, _ in naming._all_forms(builtin.read()) if key})


@cache
def long_keys() -> list[str]:
    return [key for key in shipped_keys() if len(key) >= 6]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    """The name index of the built-in catalogue."""
    folder = tmp_path_factory.mktemp("shipped")
    naming.write(builtin.read(), folder)
    return names.load(folder)


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Draw a key of the built-in catalogue with up to two edits."""
    key = draw(st.sampled_from(long_keys()))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(key) - 1))
        letter = draw(st.sampled_from(string.ascii_lowercase))
        edits = (
            key[:at] + letter + key[at:],
            key[:at] + key[at + 1 :],
            key[:at] + letter + key[at + 1 :],
            key[:at] + key[at + 1 : at + 2] + key[at] + key[at + 2 :],
        )
        key = draw(st.sampled_from(edits))
    return key


@given(typed=misspelt())
@settings(max_examples=150, deadline=None)
def test_near_finds_everything_one_edit_away(shipped: NameIndex, typed: str) -> None:
    if len(typed) >= 6:
        wanted = {
            key for key, *_ in process.extract_iter(typed, long_keys(), scorer=OSA.distance, score_cutoff=1)
        }
        assert wanted <= {near.key for near in shipped.near(typed, 1, limit=1000)}


@given(typed=misspelt(), reach=st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_near_never_goes_beyond_its_distance(shipped: NameIndex, typed: str, reach: int) -> None:
    found = shipped.near(typed, reach, limit=1000)
    assert all(near.distance == OSA.distance(typed, near.key) <= reach for near in found)


@given(st.lists(st.text("abc", min_size=4, max_size=9), min_size=1, max_size=60, unique=True))
@settings(max_examples=25, deadline=None)
def test_near_agrees_with_brute_force_on_repetitive_names(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str]
) -> None:
    builder = Builder()
    for position, key in enumerate(keys):
        builder.add_item(Item(ItemId(str(position)), key))
    folder = tmp_path_factory.mktemp("names")
    naming.write(builder.finish("n", "s", "1"), folder)
    index = names.load(folder)
    for typed in (key for key in keys if len(key) >= 6):
        wanted = {key for key in keys if len(key) >= 6 and OSA.distance(typed, key) <= 1}
        assert wanted <= {near.key for near in index.near(typed, 1, limit=1000)}


@given(typed=misspelt())
@settings(max_examples=50, deadline=None)
def test_near_answers_nearest_first_and_alphabetically(shipped: NameIndex, typed: str) -> None:
    found = shipped.near(typed, 3)
    assert found == sorted(found, key=lambda near: (near.distance, near.key))


@given(st.lists(st.sampled_from(["Ann", "de", "O'Hara", "X.", "II", "Jr.", "Élie", "van", "3"]), max_size=6))
def test_every_form_of_a_person_is_a_normal_key(parts: list[str]) -> None:
    person = Entity(EntityId("e"), " ".join(parts))
    keys = [key for key, _ in entity_forms(person, frozenset({Kind.PERSON}))]
    assert all(key == "".join(key.split()).lower() for key in keys)


@pytest.mark.parametrize("label", ["French", "French language"])
def test_a_language_is_called_by_its_name_and_not_by_what_is_in_it(label: str) -> None:
    language = Entity(EntityId("e"), label)
    keys = {key for key, _ in entity_forms(language, frozenset({Kind.LANGUAGE}))}
    assert keys == {"french", name_key(label)}  # 'French films' are from France, where a country is known


def test_a_surname_stands_for_its_best_known_bearers(
    graph_of: Callable[..., KnowledgeGraph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "_MOST", 2)
    facts = [("a", "actor", "Ann Smith"), ("a", "actor", "Bob Smith"), ("a", "actor", "Cid Smith")]
    facts += [("b", "actor", "Bob Smith"), ("b", "actor", "Cid Smith")]
    graph = graph_of([Item(ItemId("a"), "A"), Item(ItemId("b"), "B")], facts)
    assert list(named(graph, "Smith")) == ["Bob Smith", "Cid Smith"]


def test_a_short_title_stands_for_the_best_known_titles(
    graph_of: Callable[..., KnowledgeGraph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "_MOST", 1)
    items = [Item(ItemId("less"), "Star Fleet: Dawn"), Item(ItemId("more"), "Star Fleet: Dusk")]
    assert list(named(graph_of(items, [("more", "genre", "War")]), "Star Fleet")) == ["more"]


def test_everything_of_one_whole_name_is_found(
    graph_of: Callable[..., KnowledgeGraph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "_MOST", 2)
    graph = graph_of([Item(ItemId(key), "Heat") for key in "abcd"], [])
    assert list(named(graph, "Heat")) == ["a", "b", "c", "d"]


def test_trigrams_are_the_same_however_many_are_collected_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [key for key in shipped_keys() if len(key) >= 4][:500]
    at_once = trigrams.postings_of(keys)
    monkeypatch.setattr(trigrams, "_CHUNK", 7)
    assert all(np.array_equal(*pair) for pair in zip(at_once, trigrams.postings_of(keys), strict=True))


@pytest.mark.parametrize("said", ["glassharbour", "aaaaaa", "千と千尋の神隠し", "\U0010ffff" * 4])
def test_a_key_is_asked_for_by_the_trigrams_that_it_is_filed_under(said: str) -> None:
    offsets, postings = trigrams.postings_of([said])
    assert trigrams.buckets_of(said.encode()) == np.flatnonzero(np.diff(offsets)).tolist()
    assert postings.tolist() == [0] * len(trigrams.buckets_of(said.encode()))


def test_near_keys_asked_for_again_are_the_same_and_ones_own(index: KnowledgeGraph) -> None:
    first = index.names.near("glasharbour", 2)
    first.append(names.Near("zorg", 0))
    again = index.names.near("glasharbour", 2)
    assert again == first[:-1]
    assert index.names.near("glasharbour", 2, limit=0) == []


def test_numbers_that_several_lists_share_are_told_in_order_with_their_counts() -> None:
    lists = [np.array(each, dtype=np.int32) for each in ([5, 9], [5, 7, 9], [], [9])]
    found, counts = trigrams.sharing(lists, 2, 5)
    assert (found.tolist(), counts.tolist()) == ([5, 9], [2, 3])


def test_near_keys_of_one_name_more_than_anybody_compares(graph_of: Callable[..., KnowledgeGraph]) -> None:
    items = [Item(ItemId(str(n)), f"Harbour {n}") for n in range(3 * names._COMPARED)]
    graph = graph_of([*items, Item(ItemId("x"), "Glass Harbours")], [])
    assert [near.key for near in graph.names.near("glasharbours", 1)] == ["glassharbours"]


@given(st.text("aeglmnorst ", max_size=30))
@settings(max_examples=200)
def test_no_name_is_longer_than_the_reach_of_a_text(shipped: NameIndex, said: str) -> None:
    text = name_key(said)
    (most,) = shipped.reach([text])
    begun = [text[:end] for end in range(1, len(text) + 1)]
    named = [key for key, refs in zip(begun, shipped.lookup(begun), strict=True) if refs]
    assert all(len(key) <= most for key in named)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("xqzvabcdefghij", 3),
        ("jaws", 4),
        ("thegodfather", 12),
        ("godfxqzvabcde", 7),
        ("jawsandmorewordsyet", 7),
    ],
)
def test_a_text_that_begins_no_name_does_not_reach_far(shipped: NameIndex, text: str, most: int) -> None:
    assert shipped.reach([text]) == [most]


def test_without_beginnings_every_text_reaches_its_end(shipped: NameIndex) -> None:
    assert replace(shipped, begun=None).reach(["xqzvabcd", ""]) == [8, 0]


def test_what_was_looked_up_before_is_told_again(
    index: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [name_key("Das Boot"), name_key("nobody at all"), name_key("The Boat")]
    first, reached = index.names.lookup(keys), index.names.reach(keys)
    monkeypatch.setattr(names, "_looked_up", None)  # nothing is looked up any more
    assert index.names.lookup(keys[::-1]) == first[::-1]
    assert index.names.reach(keys) == reached


def test_a_full_memory_of_what_was_looked_up_is_emptied(
    index: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "_KEPT", 2)
    keys = [name_key(said) for said in ("Das Boot", "The Boat", "nobody", "Wim von Ek")]
    alone = [index.names.lookup([key])[0] for key in keys]
    assert index.names.lookup(keys) == alone
    assert [bool(refs) for refs in alone] == [True, True, False, True]
