"""How a model on a server takes part: it calls tools in a loop, or edits the built-in reading in one call."""

from __future__ import annotations

from collections.abc import Callable

from agent.llm import server_props
from agent.llm.remembered import Remembered
from agent.llm.server_props import Props
from agent.llm.settings import Mode, Settings


def chosen(model: str, settings: Settings, look: Callable[[Settings], Props] = server_props.of) -> Mode:
    """Return the mode of a model: as set, as `usher models check` found lately, or by what the server says.

    One call where the server says that it knows no tools.
    """
    if settings.mode != "auto":
        return settings.mode
    if known := Remembered(model, settings).mode():
        return known
    return "one-call" if look(settings).tools is False else "loop"


def settled(model: str, settings: Settings) -> Settings:
    """Return settings that say their mode, so that a replay need not ask for it."""
    return settings.model_copy(update={"mode": chosen(model, settings)})
