"""Whether Python finds Usher's own packages, whose names are common, or somebody else's."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

ROOMS = ("kg", "tools", "prompts", "agent", "bench")


class ForeignPackageError(ImportError):
    """Another package stands where Usher's own is expected."""


def check(here: Path = Path(__file__).parents[1]) -> None:
    """Refuse to go on where a room is not the one beside this package, below `here`.

    Raises:
        ForeignPackageError: which room, where the other one lies, and what to do.
    """
    for room in ROOMS:
        found, own = _place(room), here / room
        if found is None or not found.exists() or not found.samefile(own):
            raise ForeignPackageError(
                f"`import {room}` finds {found or 'nothing'}; Usher's own package {room!r} is {own}.\n"
                f"  Usher's packages have common names ({', '.join(ROOMS)}): it wants an environment of its"
                " own, by pipx, a virtual environment or a container.\n"
                "  Other programs reach it there by its API (`usher serve`) or by MCP (`usher mcp`).\n"
                "  To have both here, rename the other one or take its folder off sys.path.",
                name=room,
                path=str(found or ""),
            )


def _place(room: str) -> Path | None:
    """Return the folder or file that a name is imported from, or was."""
    loaded = sys.modules.get(room)
    if loaded is not None:
        file = getattr(loaded, "__file__", None)
    else:
        spec = find_spec(room)
        file = spec and spec.origin
    if file is None:
        return None
    path = Path(file)
    return path.parent if path.name.startswith("__init__.") else path
