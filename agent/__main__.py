"""The command `usher`, also `python -m agent`: a chat says its first line before anything is loaded."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import Typer

_COLLECTED_AFTER = 400_000  # objects more; imports make 300,000, and keep nearly all
CHAT_OPTIONS = frozenset(
    f"--{name}"
    for name in ("catalogue", "data", "tools", "model", "ranker", "embedder", "chroma", "database", "user")
)
BANNER = "Usher: recommendations that check their facts.\n"


def main(extend: Callable[[Typer], None] = lambda _: None) -> None:
    """Run the command line, to which `extend` may add commands."""
    gc.set_threshold(_COLLECTED_AFTER, *gc.get_threshold()[1:])  # at every 700 it is a fifth of a cold start
    if is_chat(sys.argv[1:]):
        sys.stdout.write(BANNER)
        sys.stdout.flush()
    from agent.commands import app
    from agent.terminal import run_app

    extend(app)
    run_app(app)


def is_chat(arguments: Sequence[str]) -> bool:
    """Tell whether arguments are a chat's options with their values only: no other command, no error."""
    left = iter(arguments)
    for each in left:
        name, sign, _ = each.partition("=")
        if name not in CHAT_OPTIONS or (not sign and next(left, None) is None):
            return False
    return True


if __name__ == "__main__":
    main()
