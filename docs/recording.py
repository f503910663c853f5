"""Record a conversation in the terminal, as it looks there: docs/images/chat.svg, printed as SVG.

    python -m docs.recording

It is the same picture every time, so that `make docs` writes it and `make check` tells whether it is current.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile

TYPED = (
    "three films shot by whoever photographed The Godfather",
    "only from the 80s",
    "/why",
    "who directed the second one?",
    "I loved Blade Runner, which Spielberg directed. More by that same director!",
)
WIDTH = 104
_NAME = "usher-chat"  # of what is in the picture, for its styles
_FROM_ELSEWHERE = re.compile(r"\s*@font-face \{\{.*?\}\}\n", re.DOTALL)


def picture() -> str:
    """Return the conversation as SVG."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    from agent.assistant import Assistant
    from agent.chat import PROMPT, Chat
    from agent.graph import build
    from agent.memory import conversations

    console = Console(
        file=io.StringIO(),
        record=True,
        width=WIDTH,
        height=60,
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
        _environ={"TERM": "dumb"},  # no line that goes away again
    )
    with conversations() as saver:
        chat = Chat(Assistant("builtin"), build(saver), "recorded", console)
        for line in TYPED:
            console.print(Text.assemble(PROMPT, line))
            chat.hear(line)
            console.print()
    return console.export_svg(
        title="usher", unique_id=_NAME, code_format=_FROM_ELSEWHERE.sub("", CONSOLE_SVG_FORMAT)
    )


def main() -> int:
    """Print the picture; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="usher-docs-") as home:
        os.environ.setdefault("USHER_HOME", home)
        sys.stdout.write(picture())
    return 0


if __name__ == "__main__":
    sys.exit(main())
