"""What importing the rooms leaves unloaded: a first answer should not wait for libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "transformers", "chromadb", "sklearn", "langchain_core", "langgraph", "networkx")
ROOMS = {
    "kg": "kg.store, kg.vectors, kg.embedders, kg.graph, kg.sources",
    "tools": "tools.toolsets, tools.link, tools.recommend, tools.search",
}


def loaded_by(code: str) -> set[str]:
    command = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_no_heavy_library(room: str) -> None:
    assert not loaded_by(f"import {ROOMS[room]}") & set(HEAVY)


def test_importing_kg_loads_no_tools() -> None:
    assert not [
        name for name in loaded_by(f"import {ROOMS['kg']}") if name.split(".")[0] in ("tools", "agent")
    ]


def test_opening_the_builtin_catalogue_loads_no_heavy_library() -> None:
    assert not loaded_by("from kg.store import open_catalogue; open_catalogue()") & set(HEAVY)
