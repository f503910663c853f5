"""What an answer sets in bold or as a heading, and is no title: people, kinds, headings, plain words."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from agent.verify.checking import verify


@pytest.mark.parametrize(
    "answer",
    [
        "Here are films directed by **Ada Quill**: **Night Tram** (1981).",
        "## Films by Ada Quill\n- Night Tram",
        "## My Recommendations\n- Night Tram",
        "**Top Picks**\n- Night Tram",
        "**Night Tram** (1981), **Ada Quill**",
        "- **Ada Quill**: Night Tram (1981)",
        "- Night Tram\n- **Director:** Ada Quill",
        "- Night Tram, a **Must See**",
        "- Night Tram\n- **Why you'll love it:** rain",
        "# Rainy Evenings at Home\n- Night Tram",
        "Night Tram is no **Orla Vantreese** film.",
    ],
)
def test_names_of_people_and_headings_are_no_titles(toy_usher: Assistant, answer: str) -> None:
    asked = "films directed by Ada Quill, nothing like Orla Vantreese"
    found = verify(toy_usher, asked, answer)
    assert found.unknown == ()
    assert [each.title for each in found.items] == ["Night Tram"]


@pytest.mark.parametrize(
    "answer",
    [
        "1. **Borrowed Lanterns**, directed by Ada Quill",
        "### 1. Borrowed Lanterns",
        "# Borrowed Lanterns (1987)",
        "Then there is **Borrowed Lanterns**.",
    ],
)
def test_a_title_that_is_not_here_is_still_said(toy_usher: Assistant, answer: str) -> None:
    assert verify(toy_usher, "films directed by Ada Quill", answer).unknown == ("Borrowed Lanterns",)


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ("Jaws has 3 sequels.", ["Jaws"]),
        ("3:10 to Yuma", ["3:10 to Yuma"]),
        ("1984", ["Nineteen Eighty-Four"]),
    ],
)
def test_a_number_is_a_title_only_where_it_is_all_of_one(
    usher: Assistant, answer: str, titles: list[str]
) -> None:
    assert [each.title for each in verify(usher, "films", answer).items] == titles
