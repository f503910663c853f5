"""What commands say when something is not as it should be, and corrections the guard must not let through."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bench.run
from agent.guard.proof import examine
from agent.terminal import run_app
from kg.graph import KnowledgeGraph
from tools.proposal import Correction, Proposal

REPOSITORY = Path(__file__).parents[2]
Run = Callable[..., Any]


def corrected(graph: KnowledgeGraph, *correction: Any) -> int:
    return len(examine(graph, Proposal((), (), (Correction(*correction),), "", None)).corrections)


def test_an_invented_truth_beside_a_true_one_is_left_out(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["3"], "director", "Zed", ["Dov Eberhart", "Invented Person"]) == 0


def test_a_right_claim_in_lower_case_is_not_corrected(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["1"], "director", "ada quill", ["Ada Quill"]) == 0


def test_a_correction_of_nobody_is_left_out(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["1"], "director", "", ["Ada Quill"]) == 0


def test_a_question_that_is_not_utf8_does_not_crash() -> None:
    command = [sys.executable, "-m", "agent", "ask", b"films \xff"]
    assert b"Traceback" not in subprocess.run(command, capture_output=True, cwd=REPOSITORY, timeout=60).stderr


def test_an_option_before_the_command_is_not_ignored(agent: Run) -> None:
    assert agent("--tools", "nonsense", "ask", "films by Akira Kurosawa").code == 2


def test_an_unknown_embedder_is_refused_even_if_it_is_not_needed(agent: Run) -> None:
    assert agent("ask", "films by Akira Kurosawa", "--embedder", "nonsense").code == 2


def test_a_missing_extra_is_a_message(agent: Run) -> None:
    if importlib.util.find_spec("sentence_transformers"):
        pytest.skip("the semantic extra is installed")
    assert agent("ask", "something like Jaws with snow", "--embedder", "sentence-transformers").code == 2


def test_a_home_that_cannot_be_written_is_a_message(agent: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_HOME", "/dev/null/x")
    done = agent("ask", "films")
    assert (done.code, "/dev/null/x" in done.err) == (2, True)


@pytest.fixture
def bench_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Run `bench.run` into a folder, in this process, and return its exit code."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def start(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["bench.run", *arguments, "--out", str(tmp_path / "o")])
        with pytest.raises(SystemExit) as end:
            run_app(bench.run.app)
        return int(end.value.code or 0)

    return start


def test_an_unknown_model_ends_a_benchmark_run(bench_run: Callable[..., int]) -> None:
    assert bench_run("--model", "gpt-4o") == 2


def test_a_missing_key_ends_a_benchmark_run(bench_run: Callable[..., int]) -> None:
    assert bench_run("--model", "openai:gpt-4o") == 2


def test_a_run_folder_that_is_a_file_is_a_message(bench_run: Callable[..., int], tmp_path: Path) -> None:
    (tmp_path / "o").write_text("x")
    assert bench_run("--system", "oracle") == 2
