"""Where tables are printed: in 80 columns what matters most, with `--wide` every column."""

from __future__ import annotations

from rich.console import Console

NARROW, WIDE = 80, 160
MORE = "--wide shows every column."


def console(*, wide: bool) -> Console:
    """Return a console for tables: as wide as the terminal, or as the table needs where nobody looks."""
    found = Console()
    if wide:
        return Console(width=max(found.width, WIDE))
    return found if found.is_terminal else Console(width=max(found.width, NARROW))
