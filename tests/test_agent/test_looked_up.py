"""What was looked up, as the text that a language model is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent.looked_up import HEADING, as_text
from agent.messages import Answered


def mention(text: str, label: str, score: float, item: str = "7", year: int | None = 2017) -> dict[str, Any]:
    found = {"id": item, "label": label, "kind": "item", "score": score, "roles": {}, "year": year}
    return {"text": text, "candidates": [found]}


def shown(*mentions: dict[str, Any]) -> list[str]:
    """Return the lines below the heading."""
    links = json.dumps({"mentions": list(mentions), "unlinked": []})
    heading, *lines = as_text([Answered("link_entities", {"text": ""}, links, refused=False)]).splitlines()
    assert heading == HEADING
    return lines


def test_a_sure_name_has_a_line_of_its_own() -> None:
    assert shown(mention("Night Tram", "Night Tram", 0.9)) == ['"Night Tram": item 7, Night Tram (2017)']


def test_names_that_are_perhaps_just_words_share_the_last_line() -> None:
    told = shown(mention("it", "It", 0.3, "8"), mention("up", "Up", 0.3, "9"), mention("Jaws", "Jaws", 0.9))
    assert told == ['"Jaws": item 7, Jaws (2017)', 'Perhaps just words: "it" item 8; "up" item 9']


def test_words_that_come_again_are_told_once() -> None:
    assert shown(*[mention(each, "It", 0.3) for each in ("It", "it")]) == ['Perhaps just words: "It" item 7']


@pytest.mark.parametrize(
    ("label", "told"),
    [("La Notte", "item 7, La Notte (2017)"), ("The Nights", "item 7, The Nights (2017)")],
)
def test_a_title_that_is_spelt_otherwise_is_named(label: str, told: str) -> None:
    assert shown(mention("the night", label, 0.3)) == [f'Perhaps just words: "the night" {told}']


def test_names_that_mean_the_same_share_a_line() -> None:
    told = shown(mention("Jaws", "Jaws", 0.9), mention("the Jaws", "Jaws", 0.9), mention("jaws", "Jaws", 0.9))
    assert told == ['"Jaws", "the Jaws": item 7, Jaws (2017)']


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("movie/jaws-2017", "movie/jaws-2017"),
        ("x/Jaws_(film)", "x/Jaws_(film) (2017)"),
        ("7", "7, Jaws (2017)"),
    ],
)
def test_an_item_whose_id_tells_its_title_is_told_by_it(item: str, told: str) -> None:
    assert shown(mention("Jaws", "Jaws", 0.9, item)) == [f'"Jaws": item {told}']


def test_of_names_that_are_perhaps_just_words_the_likeliest_are_told() -> None:
    scores = {"It": 0.1, "Up": 0.3, "Us": 0.15, "Her": 0.15}
    told = shown(*(mention(title, title, score, title.upper()) for title, score in scores.items()))
    assert told == ['Perhaps just words: "Up" item UP; "Us" item US; "Her" item HER']


def test_a_claim_about_several_items_with_one_outcome_is_one_line() -> None:
    said = {"relation": "director", "op": "is", "value": "Ada Quill"}
    false = said | {"verdict": "contradicted", "true_values": ["Bo Lund"]}
    unknown = said | {"verdict": "unknown", "true_values": []}
    found = [false | {"item": "1"}, unknown | {"item": "2"}, false | {"item": "3"}]
    calls = [Answered("check_fact", {}, json.dumps(each), refused=False) for each in found]
    assert as_text(calls).splitlines()[1:] == [
        "claim, director of item 1, 3 is Ada Quill: contradicted, true: Bo Lund",
        "claim, director of item 2 is Ada Quill: unknown",
    ]
