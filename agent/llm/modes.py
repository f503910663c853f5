"""How a model on a server takes part: it calls tools in a loop, or edits the built-in reading in one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from agent.llm import server_props
from agent.llm.server_props import Props
from agent.llm.settings import Settings

Mode = Literal["loop", "one-call"]


def chosen(settings: Settings, look: Callable[[Settings], Props] = server_props.of) -> Mode:
    """Return the mode of a model: as set, else one call where the server says that it knows no tools."""
    if settings.mode != "auto":
        return settings.mode
    return "one-call" if look(settings).tools is False else "loop"


def settled(settings: Settings) -> Settings:
    """Return settings that say their mode, so that a replay need not ask for it."""
    return settings.model_copy(update={"mode": chosen(settings)})
