"""What a text names, on the toy catalogue."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kg import names, naming
from kg.builder import Builder
from kg.documents import documents
from kg.embedders import Lsa
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId
from kg.vectors import exact_index
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import MAX_CHARS, link_entities


def linked(knowledge: Knowledge, text: str) -> dict[str, str]:
    """Return, for every mention, the label of its best candidate."""
    return {m.text: m.candidates[0].label for m in link_entities(knowledge, text).mentions}


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Films by Ada Quill", {"Ada Quill": "Ada Quill"}),
        ("films by ada quill", {"ada quill": "Ada Quill"}),
        ("FILMS BY ADA QUILL", {"ADA QUILL": "Ada Quill"}),
        ("I liked Night Tram and Salt Road.", {"Night Tram": "Night Tram", "Salt Road": "Salt Road"}),
        ("I liked Night Tram (1981).", {"Night Tram": "Night Tram"}),
        ("something like “Paper Moons”", {"Paper Moons": "Paper Moons"}),
        ('something like "Cold Orchard"', {"Cold Orchard": "Cold Orchard"}),
        ("I loved The Glass Harbour", {"The Glass Harbour": "The Glass Harbour"}),
        ("I loved Glass Harbour", {"Glass Harbour": "The Glass Harbour"}),
        ("I loved Ada Quill's films", {"Ada Quill": "Ada Quill"}),
        ("a western, please", {"western": "Western"}),
        ("some westerns", {"westerns": "Western"}),
    ],
)
def test_names_are_linked_as_they_are_written(
    toy_knowledge: Knowledge, text: str, mentions: dict[str, str]
) -> None:
    assert linked(toy_knowledge, text) == mentions


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("The Glass Harbour part 2", "The Glass Harbour II"),
        ("The Glass Harbour part two", "The Glass Harbour II"),
        ("the glass harbour part ii", "The Glass Harbour II"),
        ("The Glass Harbour part 1", "The Glass Harbour"),
    ],
)
def test_a_numbered_part_is_part_of_the_name(toy_knowledge: Knowledge, said: str, label: str) -> None:
    assert linked(toy_knowledge, f"how long is {said}?")[said] == label


def test_a_part_that_is_not_here_is_no_other_one(toy_knowledge: Knowledge) -> None:
    found = link_entities(toy_knowledge, "how long is The Glass Harbour part 7?")
    assert [each.text for each in found.unlinked] == ["The Glass Harbour part 7"]


def test_a_number_in_the_title_is_not_lost(toy_knowledge: Knowledge) -> None:
    assert "The Glass Harbour II" in linked(toy_knowledge, "I loved The Glass Harbour II").values()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Nihgt Tram", "Night Tram"),
        ("The Glas Harbour", "The Glass Harbour"),
        ("Dov Eberhardt", "Dov Eberhart"),
        ("Teo Brandt", "Theo Brandt"),
    ],
)
def test_misspellings_are_linked(toy_knowledge: Knowledge, typed: str, label: str) -> None:
    assert label in linked(toy_knowledge, f"I loved films like {typed} very much").values()


def test_a_misspelling_says_so_and_scores_less(toy_knowledge: Knowledge) -> None:
    (mention,) = link_entities(toy_knowledge, "I loved Nihgt Tram").mentions
    assert (mention.candidates[0].match, mention.candidates[0].score < 1) == ("spelling", True)


def test_a_surname_alone_is_linked_as_a_surname(toy_knowledge: Knowledge) -> None:
    (mention,) = link_entities(toy_knowledge, "anything by Eberhart").mentions
    assert [(c.label, c.match) for c in mention.candidates] == [("Dov Eberhart", "surname")]


def test_the_word_that_leads_to_a_name_is_no_slip_for_somebodys_initials(tmp_path: Path) -> None:
    builder = Builder()
    for key, director in (("1", "Bea Jo Vander"), ("2", "Wes Vander")):
        builder.add_item(Item(ItemId(key), f"Film {key}", 1999))
        builder.add_fact(ItemId(key), "director", Entity(EntityId(f"person/{key}"), director))
    catalogue = builder.finish("toy", "tests", "1")
    naming.write(catalogue, tmp_path)
    graph = KnowledgeGraph(catalogue, names.load(tmp_path))
    knowledge = Knowledge(graph, lambda: exact_index(graph, Lsa.fit(documents(graph))))
    (mention,) = link_entities(knowledge, "What was directed by Vander?").mentions
    assert (mention.text, {c.match for c in mention.candidates}) == ("Vander", {"surname"})


def test_a_person_comes_with_their_roles(toy_knowledge: Knowledge) -> None:
    (mention,) = link_entities(toy_knowledge, "anything by Ada Quill").mentions
    assert mention.candidates[0].roles == {"director": 3}


def test_an_item_comes_with_its_year(toy_knowledge: Knowledge) -> None:
    (mention,) = link_entities(toy_knowledge, "anything like Salt Road").mentions
    assert (mention.candidates[0].id, mention.candidates[0].year) == ("4", 1990)


def test_a_name_that_is_not_in_the_catalogue_is_unlinked(toy_knowledge: Knowledge) -> None:
    (part,) = link_entities(toy_knowledge, "I loved Zorg Blattner films").unlinked
    assert part.text == "Zorg Blattner"


def test_mentions_lie_where_they_say(toy_knowledge: Knowledge) -> None:
    text = "After “Night Tram”, Ada Quill’s best, and Zorg Blattner: a western?"
    links = link_entities(toy_knowledge, text)
    parts = [*links.mentions, *links.unlinked]
    assert [text[p.start : p.end] for p in parts] == [p.text for p in parts]


def test_mentions_do_not_overlap(toy_knowledge: Knowledge) -> None:
    text = "The Glass Harbour II by Ines Okafor, Night Tram, Paper Moons, Salt Road"
    mentions = link_entities(toy_knowledge, text).mentions
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize("text", ["", "   ", "?!", "what should I watch tonight", "😀 \u200b"])
def test_words_that_name_nothing_link_nothing(toy_knowledge: Knowledge, text: str) -> None:
    assert linked(toy_knowledge, text) == {}


def test_a_text_that_is_too_long_is_refused_with_both_lengths(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match=r"20,001 characters, expected at most 20,000"):
        link_entities(toy_knowledge, "x" * (MAX_CHARS + 1))


@pytest.fixture
def time_and_life(tmp_path: Path) -> Knowledge:
    builder = Builder()
    for key, title in (("1", "Life"), ("2", "Next Friday"), ("3", "Salt Road"), ("4", "12")):
        builder.add_item(Item(ItemId(key), title, 1999))
    catalogue = builder.finish("toy", "tests", "1")
    naming.write(catalogue, tmp_path)
    graph = KnowledgeGraph(catalogue, names.load(tmp_path))
    return Knowledge(graph, lambda: exact_index(graph, Lsa.fit(documents(graph))))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("I just watched Life and loved it", True),
        ("I just watched The Tree of Life and loved it", False),
        ("More by the director of Life", True),
        ("I loved Next Friday", True),
        ("Next Friday was great", True),
        ("Next Friday I am at home. More like Salt Road", False),
        ("Next Friday we meet. More like Salt Road", False),
        ("For my 12-year-old. More like Salt Road", False),
    ],
)
def test_a_title_inside_a_longer_name_or_a_date_is_no_sure_mention(
    time_and_life: Knowledge, text: str, sure: bool
) -> None:
    best = [mention.candidates[0] for mention in link_entities(time_and_life, text).mentions]
    assert [c.label for c in best if c.label != "Salt Road" and c.score >= 0.5] == (
        [next(t for t in ("Next Friday", "Life") if t in text)] if sure else []
    )
