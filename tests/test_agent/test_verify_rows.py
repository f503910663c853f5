"""Tables of an answer: a row is an entry about its title, and its cells are claims."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from agent.verify.checking import verify
from agent.verify.types import Verification

BY_QUILL = "films directed by Ada Quill"


def claims(found: Verification) -> set[tuple[str, str, str, str]]:
    return {(each.title, each.relation, each.claimed, each.verdict) for each in found.claims}


def test_the_cells_of_a_row_are_claims_by_their_headers(toy_usher: Assistant) -> None:
    table = (
        "| # | Film | Year | Director |\n|---|:---:|---|---|\n| 1 | **Night Tram** | 1979 | Dov Eberhart |\n"
        "| 2 | Cold Orchard | 2001 | Ada Quill |\n| 3 | Borrowed Lanterns | 1987 | Ada Quill |"
    )
    found = verify(toy_usher, BY_QUILL, table)
    assert claims(found) == {
        ("Night Tram", "year", "1979", "contradicted"),
        ("Night Tram", "director", "Dov Eberhart", "contradicted"),
        ("Cold Orchard", "year", "2001", "proved"),
        ("Cold Orchard", "director", "Ada Quill", "proved"),
    }
    assert found.unknown == ("Borrowed Lanterns",)


@pytest.mark.parametrize(("name", "verdict"), [("Ada Quill", "proved"), ("Dov Eberhart", "contradicted")])
def test_a_name_beside_a_title_in_a_row_without_a_header_is_a_claim(
    toy_usher: Assistant, name: str, verdict: str
) -> None:
    found = verify(toy_usher, BY_QUILL, f"| Night Tram | {name} |")
    assert claims(found) == {("Night Tram", "director", name, verdict)}


def test_a_table_of_other_things_names_no_title(toy_usher: Assistant) -> None:
    found = verify(toy_usher, BY_QUILL, "- Night Tram\n\n| Aspect | Why |\n|---|---|\n| Tension | Great |")
    assert (found.unknown, found.holds) == ((), True)
