"""Years that an answer tells outside brackets, and those that tell of something else."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from agent.verify.checking import verify


def years(usher: Assistant, answer: str) -> list[tuple[str, str, str]]:
    found = verify(usher, "films directed by Ada Quill", answer).claims
    return [(each.title, each.claimed, each.verdict) for each in found if each.relation == "year"]


@pytest.mark.parametrize(
    "answer",
    [
        "Night Tram came out in {}.",
        "Night Tram was released in {} and has Mara Vance in it.",
        "Night Tram, released on May 3, {}",
        "Night Tram is a {} film by Ada Quill.",
        "- **Night Tram**, a {} thriller by Ada Quill",
        "Night Tram is from {}.",
        "Night Tram, {}, directed by Ada Quill",
        "- Night Tram - {}",
        "Try the {} thriller Night Tram.",
        "Night Tram is by Ada Quill. It came out in {}.",
        "- Night Tram: a {} thriller",
        "1. Night Tram\n   - **Year:** {}",
    ],
)
@pytest.mark.parametrize(("year", "verdict"), [("1981", "proved"), ("1979", "contradicted")])
def test_a_year_outside_brackets_is_a_claim(
    toy_usher: Assistant, answer: str, year: str, verdict: str
) -> None:
    assert years(toy_usher, answer.format(year)) == [("Night Tram", year, verdict)]


@pytest.mark.parametrize(
    "answer",
    [
        "Night Tram is set in 1945.",
        "Night Tram, based on a novel published in 1974.",
        "Night Tram was released in 1999 on DVD.",
        "Night Tram was re-released in 1999.",
        "Night Tram is one of the best films from 1975 to 1985.",
        "Night Tram won a 1982 award.",
        "Night Tram seats 1900 people.",
    ],
)
def test_a_year_of_something_else_is_none(toy_usher: Assistant, answer: str) -> None:
    assert years(toy_usher, answer) == []


def test_a_year_is_told_of_the_title_beside_it(toy_usher: Assistant) -> None:
    assert years(toy_usher, "Night Tram came out in 1981 and Paper Moons came out in 1990.") == [
        ("Night Tram", "1981", "proved"),
        ("Paper Moons", "1990", "contradicted"),
    ]
