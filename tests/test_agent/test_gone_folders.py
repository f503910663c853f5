"""Folders of the home that disappear, and many first questions at once: everybody is answered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.assistant import Assistant
from kg.store import open_catalogue

pytestmark = pytest.mark.slow

THEME = "something about a lonely lighthouse by the sea"
ASK = (sys.executable, "-m", "usher", "ask", THEME)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A home in which everything was made, and what was answered there."""
    home = tmp_path_factory.mktemp("made") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(home))
        return home, items(Assistant())


def items(assistant: Assistant) -> list[str]:
    return [line["id"] for line in assistant.ask(THEME).answer["items"]]


def test_a_home_that_disappears_under_an_open_catalogue_stops_no_answer(
    home: Path, made: tuple[Path, list[str]]
) -> None:
    shutil.copytree(made[0], home)
    assistant = Assistant()
    shutil.rmtree(home)
    assert items(assistant) == items(Assistant()) == made[1]
    assert open_catalogue().folder.is_relative_to(home)


@pytest.mark.parametrize("gone", ["words-*", "vectors-*", "vectors-*/chroma", "words-*/items.npy"])
def test_what_disappears_beside_a_catalogue_is_made_again_whole(
    home: Path, made: tuple[Path, list[str]], gone: str
) -> None:
    shutil.copytree(made[0], home)
    assert items(Assistant()) == made[1]
    (path,) = home.glob(f"catalogues/builtin-*/{gone}")
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert items(Assistant()) == made[1]
    assert path.exists()


def test_six_first_questions_at_once_are_all_answered(home: Path) -> None:
    pipe = subprocess.PIPE
    asked = [subprocess.Popen(ASK, stdout=pipe, stderr=pipe, text=True) for _ in range(6)]
    said = [each.communicate(timeout=600) for each in asked]
    assert [(each.returncode, err) for each, (_, err) in zip(asked, said, strict=True)] == [(0, "")] * 6
    assert len({out for out, _ in said}) == 1
    assert list(home.rglob(".*-unfinished-*")) == []
