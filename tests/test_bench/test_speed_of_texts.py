"""The benches of texts: nearest text beside Chroma's own filter, and items like X but Y."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.assistant import Assistant
from bench import like_but, speed_text


def test_our_nearest_texts_are_the_exact_ones_whatever_is_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speed_text.make(1000, str(tmp_path))
    speed_text.measure(1000, str(tmp_path))
    found = json.loads(capsys.readouterr().out)
    assert [found[f"{name}: recall@10"] for name in ("plain", "1 %", "12 %")] == [1, 1, 1]
    assert found["a theme, median ms"] > 0


def test_what_is_wished_for_is_had_by_more_than_without_the_wish() -> None:
    rows = like_but.measured(Assistant().knowledge, 3, 2)
    assert len(rows) == 2
    assert all(row.have > row.have_alone for row in rows)
