"""A disk that is full or may not be written to: said as such, never as damage, and questions are answered."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from langgraph.checkpoint.sqlite import SqliteSaver
from rich.console import Console

from agent import chat as chats
from agent import memory
from agent.assistant import Assistant
from agent.people import People
from agent.terminal import run_app
from kg import folders, store
from kg.errors import UnwritableError
from kg.graph import KnowledgeGraph

FULL = "the disk is full"


def no_space(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "some file")


def sqlite_error(code: int, said: str = "database or disk is full") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error


def full(*_: object, **__: object) -> Any:
    raise sqlite_error(sqlite3.SQLITE_FULL)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, ""), FULL),
        (OSError(errno.EDQUOT, ""), FULL),
        (OSError(errno.EROFS, ""), "it may not be written to"),
        (PermissionError(errno.EACCES, ""), "it may not be written to"),
        (sqlite_error(sqlite3.SQLITE_FULL), FULL),
        (sqlite_error(sqlite3.SQLITE_IOERR_SHMSIZE), FULL),
        (sqlite_error(sqlite3.SQLITE_READONLY), "it may not be written to"),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), "it may not be written to"),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), ""),
        (OSError(errno.EIO, ""), ""),
        (FileNotFoundError(errno.ENOENT, ""), ""),
        (ValueError(), ""),
    ],
)
def test_what_stops_writing_is_told_from_damage(error: Exception, why: str) -> None:
    assert folders.why_unwritable(error) == why


def test_what_failed_because_of_a_full_disk_is_a_full_disk(tmp_path: Path) -> None:
    def end() -> None:
        try:
            full()
        finally:
            raise sqlite3.OperationalError("cannot commit - no transaction is active")

    with pytest.raises(UnwritableError, match=FULL), folders.writing(tmp_path):
        end()


def test_damage_stays_damage(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), folders.writing(tmp_path):
        raise sqlite_error(sqlite3.SQLITE_CORRUPT, "malformed")


@pytest.mark.parametrize("fail", [no_space, full])
def test_a_memory_that_cannot_be_written_is_no_damaged_one(
    toy: KnowledgeGraph, tmp_path: Path, fail: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = People(toy, tmp_path)
    people.change("zoe", lambda person: person)
    monkeypatch.setattr("langgraph.store.sqlite.SqliteStore.put", fail)
    with pytest.raises(UnwritableError, match=r"people\.sqlite: the disk is full\n  Free some space"):
        people.change("zoe", lambda person: person)


def test_a_memory_that_is_there_is_read_without_writing(
    toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    People(toy, tmp_path).change("zoe", lambda person: person)
    monkeypatch.setattr(Path, "touch", no_space)
    assert People(toy, tmp_path).load("zoe").id == "zoe"


def test_conversations_on_a_full_disk_are_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqliteSaver, "setup", full)
    with pytest.raises(UnwritableError, match=FULL), memory.conversations(tmp_path):
        pass


class Typist(Console):
    """A console whose person says some lines and leaves."""

    def __init__(self, *lines: str):
        super().__init__(record=True, width=100)
        self.lines = [*lines, "/quit"]

    def input(self, *_: Any, **__: Any) -> str:
        return self.lines.pop(0)


def chatted(*lines: str) -> str:
    console = Typist(*lines)
    chats.run(Assistant(), console)
    return console.export_text()


def test_a_chat_without_a_place_for_conversations_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SqliteSaver, "setup", full)
    said = chatted("who directed Jaws?", "what else did he direct?")
    assert memory.NOT_KEPT in said
    assert "directed by Steven Spielberg: " in said


def test_a_disk_that_fills_up_during_a_chat_loses_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    put, calls = SqliteSaver.put, []

    def later_full(self: SqliteSaver, *given: Any) -> Any:
        calls.append(1)
        return put(self, *given) if len(calls) == 1 else full()

    monkeypatch.setattr(SqliteSaver, "put", later_full)
    said = chatted("who directed Jaws?", "what else did he direct?", "which of them are from 1993?")
    assert said.count(memory.NOT_KEPT) == 1
    assert "directed by Steven Spielberg" in said
    assert "Jurassic Park (1993)" in said


def test_what_cannot_be_remembered_is_said_and_the_chat_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langgraph.store.sqlite.SqliteStore.put", full)
    said = chatted("/me like Alien (1979)", "who directed Jaws?")
    assert "people.sqlite: the disk is full" in said
    assert "Jaws (1975) was directed by Steven Spielberg." in said


def test_the_built_in_catalogue_answers_where_it_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = folders.new_folder

    def refuse_home(folder: Path) -> folders.new_folder:
        return no_space() if folder.is_relative_to(tmp_path) else made(folder)

    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(store, "new_folder", refuse_home)
    assert len(store.open_catalogue().graph.catalogue.items) > 1000
    assert f"cannot be kept ({FULL}); it is made for this time only" in caplog.text


def test_a_public_catalogue_on_a_full_disk_is_refused_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = typer.Typer()
    monkeypatch.setattr(store, "new_folder", no_space)
    app.command()(lambda: store.write(tmp_path / "x", lambda: pytest.fail("read"), {}))
    monkeypatch.setattr("sys.argv", ["usher"])
    with pytest.raises(SystemExit) as ended:
        run_app(app)
    assert ended.value.code == 2
    assert "error: some file: the disk is full\n  Free some space" in capsys.readouterr().err
