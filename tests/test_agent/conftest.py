"""Assistants to ask, on the toy catalogue and the one that ships with Usher; and `usher` in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from langchain_core.language_models import BaseChatModel

from agent.__main__ import main
from agent.assistant import Assistant
from kg.graph import KnowledgeGraph
from kg.store import Opened

ToyAssistant = Callable[..., Assistant]


@pytest.fixture
def toy_assistant(lasting_toy: tuple[KnowledgeGraph, Path], monkeypatch: pytest.MonkeyPatch) -> ToyAssistant:
    """Make an assistant on the toy catalogue, with a toolset and a model."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(*lasting_toy))

    def make(*, tools: str = "full", model: str | BaseChatModel = "builtin") -> Assistant:
        return Assistant("toy", tools=tools, model=model)

    return make


@pytest.fixture
def toy_usher(toy_assistant: ToyAssistant) -> Assistant:
    """The assistant on the toy catalogue as everybody gets it."""
    return toy_assistant()


@pytest.fixture(scope="session")
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of `_own_home`, for fixtures that live longer than a test."""
    home = tmp_path_factory.getbasetemp() / "usher-home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def usher(assistants: Callable[[str], Assistant]) -> Assistant:
    """The assistant on the built-in catalogue."""
    return assistants("builtin")


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `usher` with arguments, in this process."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "USHER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["usher", *arguments])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Done(code, *capsys.readouterr())

    return run
