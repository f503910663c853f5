"""The bench of whole runs: this checkout in one process and in two, beside itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import speed_run
from bench.speed_run import ONE, OTHER, SEVERAL, differences, spread, timed


def test_three_ways_take_turns_and_the_order_turns_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, str]] = []

    def run(checkout: Path, options: Sequence[str], out: Path, _: Path) -> tuple[float, float]:
        ran.append((out.name, " ".join(options)))
        return {OTHER: 10.0, ONE: 5.0, SEVERAL: 3.0}.get(out.name, 1.0), 2.0

    monkeypatch.setattr(speed_run, "_run", run)
    found, busy = timed(Path("other"), ["--queries", "q"], 2, 2, tmp_path)
    assert [name for name, _ in ran] == ["first", "first", OTHER, ONE, SEVERAL, SEVERAL, ONE, OTHER]
    assert dict(ran)[SEVERAL] == "--queries q --workers 2"
    assert dict(ran)[OTHER] == "--queries q"
    assert [runs.wall for runs in found.values()] == [[10.0] * 2, [5.0] * 2, [3.0] * 2]
    assert len(busy) == 6


def test_a_sample_is_spread_over_the_file_and_keeps_its_split(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    (folder / "queries.jsonl").write_text("".join(f"{number}\n" for number in range(10)), encoding="utf-8")
    (folder / "split.json").write_text("{}", encoding="utf-8")
    written = spread(folder / "queries.jsonl", 4, tmp_path)
    assert written.read_text(encoding="utf-8").split() == ["0", "2", "5", "7"]
    assert (tmp_path / "split.json").read_text(encoding="utf-8") == "{}"
    assert len(spread(folder / "queries.jsonl", None, tmp_path).read_text(encoding="utf-8").split()) == 10


def test_times_may_differ_and_nothing_else(tmp_path: Path) -> None:
    def folder(name: str, items: list[str], latency: float, score: float) -> Path:
        made = tmp_path / name
        made.mkdir()
        answer = json.dumps({"id": "a", "items": items, "latency_ms": latency})
        (made / "answers.jsonl").write_text(answer + "\n", encoding="utf-8")
        (made / "scores.json").write_text(json.dumps(score), encoding="utf-8")
        return made

    one = folder("one", ["1"], 5.0, 0.5)
    assert differences(one, folder("slower", ["1"], 9.0, 0.5)) == []
    assert differences(one, folder("other", ["2"], 5.0, 0.5)) == ["answers"]
    assert differences(one, folder("scored", ["1"], 5.0, 0.4)) == ["scores"]
