"""Own tables written as text, each opened once and asked by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from kg import adding
from kg.sources.mapping import Mapping as Named
from kg.sources.table import Tables

Ask = Callable[[str, str], dict[str, Any]]


@contextmanager
def asking(tables: Mapping[str, str], folder: Path) -> Iterator[Ask]:
    """Yield what asks the assistant on one of the tables, by its name without its ending."""
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")

    @cache
    def on(name: str) -> Assistant:
        path = next(folder.glob(f"{name}.*"))
        adding.add_tables(name, Tables(path, None, None, None, ""), replace(Named.of({}), guess=True))
        return Assistant(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(folder / "home"))
        patch.setenv("USHER_TODAY", "2026-11-30")
        yield lambda name, text: on(name).ask(text).answer
