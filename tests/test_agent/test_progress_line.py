"""How far long work is and how long it still takes, as a person reads it; the clock is the test's."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from agent import data_said
from agent.progress_line import ProgressLine, line
from agent.status_line import StatusLine, status_line
from kg.folders import new_folder
from kg.progress import BYTES, Stage, stage

TASTE = Stage("taste", 32_000_000, "choices")


class Clock:
    """Seconds that go by when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("stage", "done", "seconds", "said"),
    [
        (TASTE, 12_000_000, 108, "12 of 32 million choices, about 3 min left"),
        (Stage("", 4_100_000, "choices"), 1_230_000, 12, "1.2 of 4.1 million choices, about 30 s left"),
        (Stage("", 87_585, "texts"), 80_000, 9, "80,000 of 87,585 texts, some seconds left"),
        (Stage("", 877_076_222, BYTES), 300_000_000, 30, "300 of 877 MB, about 1 min left"),
        (Stage("", 5_900_000, BYTES), 590_000, 1000, "0.6 of 5.9 MB, about 2 h left"),
        (Stage("", 0, BYTES), 12_000_000, 9, "12 MB"),
        (Stage("", 3, "pages"), 0, 9, "0 of 3 pages"),
        (Stage("", 3, "pages"), 3, 9, "3 of 3 pages"),
        (Stage("", 3, "pages"), 4, 9, "3 of 3 pages"),
        (Stage("", 900, BYTES), 450, 2, "450 of 900 bytes, some seconds left"),
    ],
)
def test_a_line_says_what_how_much_and_how_long(stage: Stage, done: int, seconds: float, said: str) -> None:
    assert line(stage, done, seconds) == f"{stage.what}: {said}"


def lines_of(every: float, seconds: int) -> list[str]:
    """Return what is said of work that takes so many seconds, told of every half second."""
    said: list[str] = []
    clock = Clock()
    progress = ProgressLine(said.append, every=every, clock=clock)
    work = Stage("work", 2 * seconds, "steps")
    for half in range(2 * seconds):
        progress.at(work, half)
        clock.now += 0.5
    progress.over(work)
    return said


def test_nothing_is_said_of_two_seconds_of_work() -> None:
    assert lines_of(0.2, 2) == []


def test_a_line_every_few_seconds_and_no_more() -> None:
    said = lines_of(5.0, 20)
    assert [each.split(":")[1].split(" of ")[0] for each in said] == [" 4", " 14", " 24", " 34"]
    assert said[0] == "work: 4 of 40 steps, about 20 s left"


def test_elsewhere_nothing_is_said_of_what_is_nearly_done() -> None:
    said: list[str] = []
    clock = Clock()
    progress = ProgressLine(said.append, every=0, least=5, clock=clock)
    work = Stage("work", 100, "steps")
    for done in (0, 60, 61, 100):
        progress.at(work, done)
        clock.now += 8
    assert said == ["work: 60 of 100 steps, some seconds left", "work: 61 of 100 steps, about 10 s left"]


def test_the_pace_is_that_of_the_stage() -> None:
    said: list[str] = []
    clock = Clock()
    progress = ProgressLine(said.append, every=0, clock=clock)
    slow, fast = Stage("slow", 10, "steps"), Stage("fast", 60, "steps")
    progress.at(slow, 0)
    clock.now += 100
    progress.at(slow, 9)
    progress.over(slow)
    progress.at(fast, 0)
    clock.now += 2
    progress.at(fast, 10)
    assert said == ["slow: 9 of 10 steps, about 10 s left", "fast: 10 of 60 steps, about 10 s left"]


def screen(monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setenv("TERM", "xterm")
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_on_a_terminal_the_line_is_rewritten_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    console, clock = screen(monkeypatch), Clock()
    shown = StatusLine(console)
    shown.say("building …")
    progress = shown.progress(clock)
    progress.at(TASTE, 0)
    clock.now += 108
    progress.at(TASTE, 12_000_000)
    assert shown._status is not None
    assert str(shown._status.status) == "taste: 12 of 32 million choices, about 3 min left"
    progress.over(TASTE)
    assert str(shown._status.status) == "building …"
    shown.clear()
    assert printed(console).endswith("\x1b[2K")


def test_elsewhere_lines_are_written_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    progress = StatusLine(Console(file=io.StringIO())).progress(clock)
    progress.at(TASTE, 0)
    for _ in range(4):
        clock.now += 2
        progress.at(TASTE, 2_000_000)
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        "taste: 2 of 32 million choices, about 30 s left\ntaste: 2 of 32 million choices, about 2 min left\n",
    )


def test_whatever_is_done_below_a_status_line_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(StatusLine.progress, "__defaults__", (clock,))
    with (
        status_line(Console(file=io.StringIO())),
        new_folder(tmp_path / "taste-1"),
        stage("taste", 4, "choices") as tell,
    ):
        clock.now += 60
        tell(1)
    assert capsys.readouterr().err == "taste: 1 of 4 choices, about 3 min left\n"
    with stage("taste", 4, "choices") as tell:
        clock.now += 60
        tell(1)
    assert capsys.readouterr().err == ""


def test_a_fetched_file_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(StatusLine.progress, "__defaults__", (clock,))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with data_said.progress() as on_file:
        tell = on_file("ml-32m.zip")
        tell(0, 239_000_000)
        clock.now += 30
        tell(60_000_000, 239_000_000)
    assert capsys.readouterr().err == (
        "fetching ml-32m.zip (239.0 MB)\nfetching ml-32m.zip: 60 of 239 MB, about 1 min left\n"
    )
