"""Which public links the gate believes, case by case and on the real mappings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg import links
from kg.sources import dbpedia
from kg.text import split_title


def reason(title: str, page: str) -> str:
    return links.judge("1", split_title(title), page).reason


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("Suicide Kings (1997)", "Suicide Kings"),
        ("Lady Eve, The (1941)", "The Lady Eve"),
        ("Amelie (2001)", "Amélie"),
        ("Breakfast of Champions (1999)", "Breakfast of Champions (film)"),
        ("Godfather: Part II, The (1974)", "The Godfather Part II"),
    ],
)
def test_the_same_title_is_kept(title: str, page: str) -> None:
    assert reason(title, page) == "same title"


def test_an_alternative_title_is_kept() -> None:
    assert reason("Boat, The (Das Boot) (1981)", "Das Boot") == "same alternative title"


@pytest.mark.parametrize("year", [1999, 2001])
def test_a_year_within_two_is_kept(year: int) -> None:
    assert reason("Virus (1999)", f"Virus ({year} film)") == "same title"


def test_another_year_is_dropped_though_the_title_agrees() -> None:
    assert reason("Virus (1999)", "Virus (1980 film)") == "other year"


def test_a_letter_apart_is_a_spelling() -> None:
    assert reason("Shawshank Redemtion, The (1994)", "The Shawshank Redemption") == "spelling"


def test_a_plural_is_another_title() -> None:
    assert reason("Player, The (1992)", "Players") == "other title"


def test_a_subtitle_that_only_the_page_has_names_another_part() -> None:
    assert reason("Cutting Edge, The (1992)", "The Cutting Edge: Fire & Ice") == "other title"


def test_a_subtitle_that_only_the_title_has_is_kept() -> None:
    assert reason("Strangelove or: How I Learned to Stop (1963)", "Strangelove") == "subtitle"


def test_a_subtitle_that_merely_describes_is_kept() -> None:
    assert reason("Hana-bi", "Hana-bi: A Novel") == "subtitle"


def test_a_presenter_in_front_is_kept() -> None:
    assert reason("Jungle Book, The (1994)", "Rudyard Kipling's The Jungle Book") == "subtitle"


def test_another_number_is_another_part() -> None:
    assert reason("Rocky (1976)", "Rocky IV") == "other part"


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("Lion King, The (1994)", "Leo the Lion: King of the Jungle"),
        ("Game, The (1997)", "Death Proof"),
        ("Distress", "A Damsel in Distress"),
    ],
)
def test_another_work_is_dropped(title: str, page: str) -> None:
    assert not links.judge("1", split_title(title), page).keep


def test_the_verdict_names_key_title_and_page() -> None:
    verdict = links.judge("7", split_title("Game, The (1997)"), "Death Proof")
    assert (verdict.key, verdict.title, verdict.target) == ("7", "The Game", "Death Proof")


def test_the_report_counts_reasons_most_frequent_first() -> None:
    rows = [("1", split_title(t), p) for t, p in (("Virus", "Virus"), ("Virus", "Jaws"), ("Virus", "Taps"))]
    assert links.gate(rows).by_reason() == {"other title": 2, "same title": 1}


def test_the_report_lists_the_dropped_in_the_order_of_the_mapping() -> None:
    rows = [(key, split_title("Virus"), page) for key, page in (("1", "Taps"), ("2", "Virus"), ("3", "Jaws"))]
    assert [verdict.key for verdict in links.gate(rows).dropped] == ["1", "3"]


@cache
def real_verdicts(folder: Path) -> dict[tuple[str, str], bool]:
    rows = dbpedia.mapping(folder)
    verdicts = dbpedia.judge(rows).verdicts
    return {(row.title, dbpedia.page_name(row.uri)): v.keep for row, v in zip(rows, verdicts, strict=True)}


def test_about_one_link_in_thirteen_of_ml_1m_is_dropped(shared: Path) -> None:
    verdicts = real_verdicts(shared / "ml-1m" / "dbpedia").values()
    assert 220 <= sum(not keep for keep in verdicts) <= 290


@pytest.mark.parametrize("title", ["Lion King, The (1994)", "Game, The (1997)"])
def test_the_known_bad_links_of_ml_1m_are_dropped(shared: Path, title: str) -> None:
    verdicts = real_verdicts(shared / "ml-1m" / "dbpedia")
    assert [keep for (named, _), keep in verdicts.items() if named == title] == [False]


@pytest.mark.parametrize("title", ["Toy Story 2 (1999)", "Blazing Saddles (1974)", "Lady Eve, The (1941)"])
def test_plain_links_of_ml_1m_are_kept(shared: Path, title: str) -> None:
    verdicts = real_verdicts(shared / "ml-1m" / "dbpedia")
    assert [keep for (named, _), keep in verdicts.items() if named == title] == [True]


def test_a_known_bad_link_of_librarything_is_dropped(shared: Path) -> None:
    verdicts = real_verdicts(shared / "librarything" / "dbpedia")
    assert verdicts["Distress", "A Damsel in Distress (novel)"] is False
