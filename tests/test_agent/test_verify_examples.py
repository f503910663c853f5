"""The shop of bags in examples/bags: what `usher verify` finds in answers, as docs/verify.md counts it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.assistant import Assistant
from agent.commands import app
from agent.verify.checking import verify
from agent.verify.types import Verification

ROOT = Path(__file__).parents[2]
BAGS = ROOT / "examples" / "bags"
CASES: list[dict[str, str]] = [
    json.loads(line) for line in (BAGS / "answers.jsonl").read_text(encoding="utf-8").splitlines()
]
CLEAN = "nothing"
NOT_FOUND = "a word of judgement"  # 'lightweight' is nothing that can be compared
LEFT_OUT = "so I leave it out"  # what an answer rejects is taken for recommended


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.mktemp("bags")))
        tables = ["--items", str(BAGS / "items.csv"), "--mapping", str(BAGS / "usher.toml")]
        done = CliRunner().invoke(app, ["data", "add", "bags", *tables])
        assert done.exit_code == 0, done.output
        yield Assistant("bags")


def checked(bags: Assistant, case: dict[str, str]) -> Verification:
    return verify(bags, case["request"], case["answer"])


@pytest.mark.parametrize("case", CASES, ids=[case["answer"][:60] for case in CASES])
def test_what_is_wrong_is_found_and_nothing_else(bags: Assistant, case: dict[str, str]) -> None:
    expected = case["wrong"] in (CLEAN, NOT_FOUND) and LEFT_OUT not in case["answer"]
    assert checked(bags, case).holds is expected


def test_the_docs_count_what_is_found(bags: Assistant) -> None:
    all_of = Counter(case["wrong"] for case in CASES)
    found = Counter(case["wrong"] for case in CASES if not checked(bags, case).holds)
    rows = re.findall(
        r"^\| ([a-z ]+) \| (\d+) \| (\d+) \| \d+ \|$", (ROOT / "docs" / "verify.md").read_text(), re.MULTILINE
    )
    assert {wrong: (int(n), int(flagged)) for wrong, n, flagged in rows} == {
        wrong: (count, found[wrong]) for wrong, count in all_of.items()
    }


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("The Ledger Day Pack costs 139 EUR.", {("price", "139", "contradicted")}),
        (
            "The Ledger Day Pack costs about 130 EUR.",
            {("price", "117", "proved"), ("price", "143", "proved")},
        ),
        ("The Ledger Day Pack is under 100 EUR.", {("price", "100", "contradicted")}),
        (
            "The Weir Tote and the Tramline Tote are both 99 EUR.",
            {("price", "99", "proved"), ("price", "99", "contradicted")},
        ),
        ("The Sparrow 12, made by Corrie.", {("maker", "Corrie", "contradicted")}),
        (
            "The Weir Tote at 99 EUR or the Tramline Tote at 79 EUR.",
            {("price", "99", "proved"), ("price", "79", "proved")},
        ),
    ],
)
def test_a_number_is_claimed_of_the_item_it_stands_by(
    bags: Assistant, answer: str, claims: set[tuple[str, str, str]]
) -> None:
    said = verify(bags, "bags", answer).claims
    assert {(each.relation, each.claimed, each.verdict) for each in said} == claims


def test_a_name_that_is_recommended_in_words_and_is_not_here_is_said(bags: Assistant) -> None:
    assert verify(bags, "a backpack", "I recommend the Gannet Commuter 26.").unknown == (
        "Gannet Commuter 26",
    )
    assert verify(bags, "a backpack", "I recommend the Sparrow 12 by Vellum Works.").unknown == ()
