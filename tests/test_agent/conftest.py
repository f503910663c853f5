"""Assistants to ask: one on the toy catalogue, one on the catalogue that ships with Usher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from agent.assistant import Assistant
from kg.graph import KnowledgeGraph
from kg.store import Opened

ToyAssistant = Callable[..., Assistant]


@pytest.fixture
def toy_assistant(toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ToyAssistant:
    """Make an assistant on the toy catalogue, with a toolset and a model."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(toy, tmp_path / "toy"))

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
def usher(session_home: Path) -> Assistant:
    """The assistant on the built-in catalogue."""
    return Assistant("builtin")
