"""One numbering of the paper's parts over code and docs: what is cited is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAPER = "2503.09382"
SECTIONS = {
    *("1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "1.2.2", "1.2.3", "1.3", "1.3.1", "1.3.2", "1.4"),
    *("2", "2.1", "2.1.1", "2.1.2", "2.2", "2.3", "3", "4"),
}
CITED = re.compile(r"(?:section|sec\.) (\d(?:\.\d)*)", re.I)
EQUATIONS = re.compile(r"eqs?\. (\d+)")


def lines(what: str) -> list[tuple[str, str]]:
    """The lines of code and docs that name the paper and `what`."""
    rooms = ("kg", "tools", "agent", "bench", "docs")
    files = [
        path for room in rooms for path in (REPOSITORY / room).rglob("*") if path.suffix in (".py", ".md")
    ]
    return [
        (path.relative_to(REPOSITORY).as_posix(), line)
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if PAPER in line and re.search(what, line, re.I)
    ]


def test_every_section_that_is_cited_is_one_of_the_paper() -> None:
    cited = {(name, number) for name, line in lines("sec") for number in CITED.findall(line)}
    assert cited
    assert {each for each in cited if each[1] not in SECTIONS} == set()


def test_every_equation_that_is_cited_is_one_of_the_paper() -> None:
    cited = {int(number) for _, line in lines("eq") for number in EQUATIONS.findall(line)}
    assert cited
    assert cited <= set(range(1, 10))


@pytest.mark.parametrize("metric", ["precision", "recall", "cmr"])
def test_metrics_cite_the_section_that_defines_them(metric: str) -> None:
    code = (REPOSITORY / "bench" / "metrics" / f"{metric}.py").read_text(encoding="utf-8")
    assert f"section 2.1.2 of arXiv {PAPER}" in code


@pytest.mark.parametrize(
    "page", sorted((REPOSITORY / "docs" / "results").glob("*.md")), ids=lambda page: page.stem
)
def test_no_table_of_results_has_a_row_that_the_paper_reports(page: Path) -> None:
    assert "best reported" not in page.read_text(encoding="utf-8")
