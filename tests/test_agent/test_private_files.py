"""What is kept of people and of replies is for its owner alone; no key and no control reaches a terminal."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from agent.llm.cache import DiskCache
from agent.llm.errors import Unanswered
from agent.memory import conversations
from agent.people import People
from agent.person import chosen
from agent.records import FILE
from agent.terminal import run_app
from kg.folders import private_file, private_folder
from kg.graph import KnowledgeGraph
from kg.types import ItemId


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """The most open way in which a system makes files."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Return (is a folder, mode) of everything in a folder, and of itself; locks are empty."""
    return {(path.is_dir(), mode(path)) for path in (folder, *folder.rglob("*")) if path.suffix != ".lock"}


def test_the_memory_of_people_is_private(toy: KnowledgeGraph, tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    People(toy, home).change("zoe", lambda person: chosen(person, toy, likes=[ItemId("2")]))
    assert (home / FILE).exists()
    assert modes(home) == {(True, 0o700), (False, 0o600)}


def test_conversations_are_private(tmp_path: Path) -> None:
    with conversations(tmp_path / "home"):
        assert modes(tmp_path / "home") == {(True, 0o700), (False, 0o600)}


def test_replies_are_private(tmp_path: Path) -> None:
    DiskCache(tmp_path / "home" / "replies.sqlite").put("k", "m", {"choices": []})
    assert modes(tmp_path / "home") == {(True, 0o700), (False, 0o600)}


def test_a_file_that_others_may_read_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    path.touch(mode=0o666)
    assert mode(private_file(path)) == 0o600


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    private_folder(tmp_path / "open" / "a" / "b")
    assert [mode(tmp_path / "open" / each) for each in (".", "a", "a/b")] == [0o755, 0o700, 0o700]


# Errors at a terminal


def printed(error: Exception, capsys: pytest.CaptureFixture[str]) -> str:
    app = typer.Typer()

    @app.command()
    def fails() -> None:
        raise error

    with pytest.raises(SystemExit):
        run_app(lambda: app([], standalone_mode=False))  # type: ignore[arg-type]
    return capsys.readouterr().err


def test_an_error_at_a_terminal_holds_no_key(capsys: Any) -> None:
    said = printed(Unanswered("Incorrect API key provided: sk-abcdefgh12345678"), capsys)
    assert said == "error: Incorrect API key provided: [key]\n"


def test_an_error_at_a_terminal_holds_no_controls(capsys: Any) -> None:
    said = printed(Unanswered("a \x1b[31mred\u202e word\n  What to do."), capsys)
    assert said == "error: a \\u001b[31mred\\u202e word\n  What to do.\n"
