"""`usher bench`: all commands under one help, options passed on as given; tables that fit 80 columns."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.dialogue import score as dialogue
from bench.metrics.stats import Estimate
from bench.next_item import table
from bench.next_item.measure import Chosen, Result
from bench.report import print_table
from bench.reports import denominators
from bench.score import METRICS, Row
from usher.bench_commands import COMMANDS, app

BENCH = Path(__file__).parents[2] / "bench"
OUTSIDE = {"bench.builtin_agreement"}  # no command of its own


def invoke(*arguments: str) -> str:
    return CliRunner().invoke(app, [*arguments], env={"COLUMNS": "80"}).output


def test_every_command_of_the_benchmark_is_listed() -> None:
    runs = [path for path in BENCH.rglob("*.py") if "run_app(app)" in path.read_text(encoding="utf-8")]
    named = {".".join(path.relative_to(BENCH.parent).with_suffix("").parts) for path in runs}
    assert named - OUTSIDE == {module for module, _ in COMMANDS.values()}


@pytest.mark.parametrize("module", [module for module, _ in COMMANDS.values()])
def test_a_listed_command_is_there(module: str) -> None:
    assert import_module(module).app


def test_the_help_lists_every_command_whole() -> None:
    said = invoke("--help")
    assert [name for name, (_, what) in COMMANDS.items() if f"{name} " not in said or what not in said] == []


def test_the_help_of_a_command_is_its_own() -> None:
    assert "Usage: usher bench run" in invoke("run", "--help")


def test_options_are_passed_on_as_they_were_given(tmp_path: Path) -> None:
    given = ("--system=popularity", "--limit", "2", "--out", str(tmp_path / "run"))
    assert "popularity on builtin" in invoke("run", *given)


# Width

ESTIMATE = Estimate(0.1234, 0.1, 0.2, 5)
ROWS = [
    Row("demographic", None, 10_000, 0, dict.fromkeys(METRICS, ESTIMATE)),
    Row("demographic", 3, 10_000, 0, dict.fromkeys(METRICS, ESTIMATE)),
]


def width(text: str) -> int:
    return max(len(line.rstrip()) for line in text.splitlines() if "run folder" not in line)


def test_scores_fit_80_columns(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table(ROWS, (), "agent on builtin", Path("run"))
    said = capsys.readouterr().out
    assert width(said) <= 80
    assert re.search(r"demographic +all +10000( +\.123){4} +0", said)


def test_wide_scores_have_every_column(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table(ROWS, (), "agent on builtin", Path("run"), wide=True)
    first, second = capsys.readouterr().out.split(denominators.TITLE)
    apart = {"cmr_answered", "cmr_pooled", "refused", "silent"}
    assert re.search(rf"demographic +all +10000( +\.123){{{len(METRICS) - len(apart)}}} +0", first)
    assert apart < denominators.COLUMNS.keys()
    assert re.search(rf"demographic( +\.123){{{len(denominators.COLUMNS)}}}", second)


@pytest.mark.parametrize("wide", [False, True])
def test_next_items_fit_80_columns(
    wide: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = Result(Chosen({"neighbours": 100}, 5), [1, 2, 3], 1.5, [0.1, 0.2])
    table.show({"implicit-bm25-recent": result}, {}, "next item", "run folder: x", wide=wide)
    said = capsys.readouterr().out
    assert ("neighbours 100, last 5" in said) is wide
    assert width(said) <= (160 if wide else 80)


ROW = {"mean": 0.8, "low": 0.75, "high": 0.85, "n": 9}


def test_turns_of_dialogues_fit_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    row = {"n": 10_000, **dict.fromkeys(dialogue.METRICS, ROW)}
    dialogue.show({"all": row, "turn": {1: row}, "step": {}}, "agent on dialogues", "run folder: x")
    assert width(capsys.readouterr().out) <= 80


def test_a_long_run_folder_is_printed_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    note = "run folder: " + "/a-folder" * 20
    dialogue.show(
        {"all": {"n": 1, **dict.fromkeys(dialogue.METRICS, ROW)}, "turn": {}, "step": {}}, "t", note
    )
    assert note in capsys.readouterr().out
