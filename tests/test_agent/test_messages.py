"""What commands say when something is not as it should be, and corrections the guard must not let through."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent.guard.proof import examine
from kg.graph import KnowledgeGraph
from tools.proposal import Correction, Proposal

REPOSITORY = Path(__file__).parents[2]


def corrected(graph: KnowledgeGraph, *correction: Any) -> int:
    return len(examine(graph, Proposal((), (), (Correction(*correction),), "", None)).corrections)


def test_an_invented_truth_beside_a_true_one_is_left_out(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["3"], "director", "Zed", ["Dov Eberhart", "Invented Person"]) == 0


def test_a_right_claim_in_lower_case_is_not_corrected(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["1"], "director", "ada quill", ["Ada Quill"]) == 0


def test_a_correction_of_nobody_is_left_out(toy: KnowledgeGraph) -> None:
    assert corrected(toy, ["1"], "director", "", ["Ada Quill"]) == 0


def usher(*arguments: Any, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    env = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI")} | environment
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, env=env, timeout=60)


def test_a_question_that_is_not_utf8_does_not_crash() -> None:
    assert "Traceback" not in usher("agent", "ask", b"films \xff").stderr


def test_an_option_before_the_command_is_not_ignored() -> None:
    assert usher("agent", "--tools", "nonsense", "ask", "films by Akira Kurosawa").returncode == 2


def test_an_unknown_embedder_is_refused_even_if_it_is_not_needed() -> None:
    assert usher("agent", "ask", "films by Akira Kurosawa", "--embedder", "nonsense").returncode == 2


def test_a_missing_extra_is_a_message() -> None:
    if importlib.util.find_spec("sentence_transformers"):
        pytest.skip("the semantic extra is installed")
    done = usher("agent", "ask", "something like Jaws with snow", "--embedder", "sentence-transformers")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_home_that_cannot_be_written_is_a_message() -> None:
    assert "Traceback" not in usher("agent", "ask", "films", USHER_HOME="/dev/null/x").stderr


def test_an_unknown_model_ends_a_benchmark_run(tmp_path: Path) -> None:
    assert usher("bench.run", "--model", "gpt-4o", "--out", str(tmp_path / "o")).returncode == 2


def test_a_missing_key_ends_a_benchmark_run(tmp_path: Path) -> None:
    assert usher("bench.run", "--model", "openai:gpt-4o", "--out", str(tmp_path / "o")).returncode == 2


def test_a_run_folder_that_is_a_file_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "o").write_text("x")
    assert "Traceback" not in usher("bench.run", "--system", "oracle", "--out", str(tmp_path / "o")).stderr
