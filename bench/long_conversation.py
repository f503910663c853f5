"""What a turn of a long conversation costs: `python -m bench.long_conversation [--turns N]`.

A conversation on disk, on the built-in catalogue, with requests that follow up on one another: the CPU time
of turns 11 to 50 beside that of the last 50, and the bytes of the stored state.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.graph import build
from agent.memory import conversations
from agent.terminal import run_app

app = typer.Typer(add_completion=False, rich_markup_mode=None)

REQUESTS = (
    "films directed by Steven Spielberg",
    "only from the 90s",
    "more",
    "who directed Jaws?",
    "what else did they direct?",
    "a western",
    "older",
    "not that one",
    "something like Alien",
    "with Sigourney Weaver",
    "thrillers from the 80s",
    "is the first one long?",
    "a novel by Ursula K. Le Guin",
    "something newer",
)
_FIRST, _LAST = slice(10, 50), slice(-50, None)


@app.command()
def main(
    turns: Annotated[int, typer.Option(min=101, help="how many turns the conversation has")] = 200,
) -> None:
    """Measure the turns of one long conversation.

    Example:

      python -m bench.long_conversation --turns 200
    """
    usher = Assistant()
    for request in REQUESTS:
        usher.ask(request)  # what is loaded at the first use is not measured
    with tempfile.TemporaryDirectory() as folder, conversations(Path(folder)) as saver:
        talk = Conversation(usher, graph=build(saver))
        times, sizes = [], []
        for number in range(turns):
            start = time.process_time()
            talk.say(REQUESTS[number % len(REQUESTS)])
            times.append(time.process_time() - start)
            sizes.append(_stored(saver))
    first, last = median(times[_FIRST]), median(times[_LAST])
    table = Table("", "turns 11 to 50", f"last 50 of {turns}", "ratio")
    table.add_row("CPU ms, median", f"{1000 * first:.1f}", f"{1000 * last:.1f}", f"{last / first:.2f}")
    most = max(sizes[_FIRST]), max(sizes[_LAST])
    table.add_row("stored KB, most", *(f"{size / 1000:.0f}" for size in most), f"{most[1] / most[0]:.2f}")
    Console().print(table)


def _stored(saver: Any) -> int:
    """Return the bytes of all stored states."""
    return int(saver.conn.execute("SELECT sum(length(checkpoint)) FROM checkpoints").fetchone()[0])


if __name__ == "__main__":
    run_app(app)
